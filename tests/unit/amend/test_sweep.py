"""Many readings at once: the answer is that of asking about each by itself."""

from __future__ import annotations

import pytest

from compliance.amend.effect.ask import Asker, Told
from compliance.amend.effect.compare import compare, only
from compliance.amend.effect.meaning import both, difference
from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.effect.over import alternatives, read_so, swept
from compliance.amend.effect.sweep import MOST, sweep
from compliance.calendar.load import shipped_calendar
from compliance.norm.parse import parse_expr
from compliance.norm.program import Typed
from compliance.norm.typecheck import Scope, check_expr
from tests.unit.amend.test_effect import made, rules, shipped
from tests.unit.amend.test_logic import sides


def asker(new: NewLaw) -> Asker:
    return Asker(shipped_calendar(), new.old.default_profile, polish=False)


def one_by_one(new: NewLaw, side: str, other: tuple[str, str]) -> Told:
    """The side of the comparison under one alternative alone, asked for itself."""
    reading, value = other
    profile = {**new.old.default_profile, reading: value}
    found = difference(read_so(new.old, reading, value), read_so(new.law, reading, value), profile)
    program = both(found)
    way = (program.come, program.gone) if side == "looser" else (program.gone, program.come)
    return only(program, *way, Asker(shipped_calendar(), profile, polish=False), brief=True)


@pytest.mark.parametrize(("example", "side"), [("example-5", "stricter"), ("example-6", "looser")])
def test_the_sides_are_those_of_each_reading_alone(example: str, side: str) -> None:
    new = shipped(example)
    found = sides(new)
    others = alternatives(found)
    comparison = compare(found.found, asker(new), facets=False)
    told = swept(found, comparison, (), others)[side]
    assert set(told) == set(others)
    assert told["discharge_of_grounds", "breach"].outcome == "story"
    for other in (("discharge_of_grounds", "breach"), ("stay_starts", "extract"), ("ground_date", "order")):
        assert told[other].outcome == one_by_one(new, side, other).outcome


def law_says(text: str) -> Typed:
    return check_expr(parse_expr(text), Scope(rules().program))


def test_a_story_names_the_reading_under_which_it_is_one() -> None:
    new = made('в части первой пункта 14 слова "трех лет" заменить словами "двух лет";')
    late = law_says("some enrolment e: case stay_starts {decision: false; extract: true; notification: false}")
    told = sweep(asker(new), rules().program, {}, late, [("stay_starts", "extract"), ("stay_starts", "notification")])
    assert told["stay_starts", "extract"].outcome == "story"
    assert told["stay_starts", "extract"].profile["stay_starts"] == "extract"
    assert told["stay_starts", "notification"].outcome == "none_found"


def test_that_there_is_none_is_known_for_all() -> None:
    new = made('в части первой пункта 14 слова "трех лет" заменить словами "двух лет";')
    never = law_says("some enrolment e: e.date < e.date")
    others = [("stay_starts", "extract"), ("expiry", "automatic")]
    told = sweep(asker(new), rules().program, {"always": law_says("as_of = as_of")}, never, others)
    assert {other: each.outcome for other, each in told.items()} == dict.fromkeys(others, "none_found")
    assert all("one reading" not in each.core for each in told.values())


def test_after_a_few_stories_the_rest_is_left_out() -> None:
    new = made('в части первой пункта 14 слова "трех лет" заменить словами "двух лет";')
    default = new.old.default_profile
    others = [(name, each.order[1]) for name, each in new.old.readings.items() if len(each.order) == 2]
    others = [(name, value) for name, value in others if value != default[name]]
    told = sweep(asker(new), rules().program, {}, law_says("some enrolment e: e.date = e.date"), others)
    assert len(others) > MOST
    assert MOST <= len(told) < len(others)
    assert all(each.profile[name] == value for (name, value), each in told.items())
