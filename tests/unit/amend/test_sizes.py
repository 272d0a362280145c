"""By how much a change moves a last day; which readings a comparison turns on; work that two processes share."""

from __future__ import annotations

import pytest

from compliance.amend.effect.ask import Asker
from compliance.amend.effect.compare import compare
from compliance.amend.effect.crew import Crew
from compliance.amend.effect.over import Over, Under, alternatives, swept
from compliance.amend.effect.positions import read_positions
from compliance.amend.effect.situations import read_book
from compliance.amend.effect.sizes import Size, sizes
from compliance.amend.effect.tell import placed
from compliance.amend.effect.transition import Spoken
from compliance.amend.finding import Finding, says
from compliance.calendar.days import day
from compliance.calendar.load import shipped_calendar
from compliance.norm.types import Period
from tests.unit.amend.test_effect import made, shipped
from tests.unit.amend.test_logic import sides


def size(text: str) -> Size:
    """The size of the one change."""
    (found,) = sizes(made(text), shipped_calendar())
    return found


def test_a_leap_day_makes_the_only_difference() -> None:
    found = size('в части первой пункта 14 слова "трех лет" заменить словами "1095 календарных дней";')
    assert (found.least, found.most) == (-1, 0)
    assert found.says().en == "the last day comes earlier by 1 day, exactly when 29 February lies in the term"


def test_a_year_less() -> None:
    found = size('в части первой пункта 14 слова "трех лет" заменить словами "двух лет";')
    assert [(days, words.en) for days, words in found.parts] == [
        (-366, "exactly when 29 February lies between the two last days"), (-365, "otherwise"),
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["двух лет", "1095 календарных дней"])
def test_the_condition_holds_for_every_start(words: str) -> None:
    found = size(f'в части первой пункта 14 слова "трех лет" заменить словами "{words}";')
    calendar, new = shipped_calendar(), Period(24) if words == "двух лет" else Period(days=1095)
    for start in range(day(2014, 1, 1), day(2050, 1, 1), 3):
        move = calendar.shift(start, new, "down") - calendar.shift(start, Period(36), "down")
        assert found.least <= move <= found.most


def test_days_of_the_quarter() -> None:
    found = size(
        'в подпункте 1) пункта 11 слова "до 15 числа последнего месяца" заменить словами "до 15 числа второго месяца";'
    )
    assert (found.least, found.most) == (-31, -28)
    assert {days: said.en for days, said in found.parts}[-29] == "in the first quarter of a leap year"


def test_the_same_value_in_other_words_has_no_size() -> None:
    assert (
        sizes(made('в части первой пункта 14 слова "трех лет" заменить словами "36 месяцев";'), shipped_calendar())
        == ()
    )


# readings


def test_a_ground_is_stricter_too_where_leaving_it_open_is_a_breach() -> None:
    new = shipped("example-5")
    found = sides(new)
    asker = Asker(shipped_calendar(), new.old.default_profile, polish=False)
    comparison = compare(found.found, asker, facets=False)
    others = alternatives(found)
    assert comparison.relation == "looser"
    assert ("discharge_of_grounds", "breach") in others
    for side in (comparison.looser_side, comparison.stricter_side):
        if side.facts is not None:
            found.learn(side.facts)
    over = Over(found, (), read_book().steps, (), (), (), read_positions(), Spoken(), frozenset(),
                swept(found, comparison, (), others))  # fmt: skip
    assert over.under(("discharge_of_grounds", "breach")).relation == "incomparable"
    assert over.under(("ground_date", "order")).relation == "looser"


def test_only_another_reading_makes_a_note() -> None:
    finding = Finding("DEAD_CLAUSE", "reject", ("p14",), "", says("logic.dead"))
    only = placed(finding, Under(only=(("until_date", "inclusive"),)), frozenset())
    assert (only.weight, only.depends_on, only.only_under) == ("note", ("until_date",), ("until_date=inclusive",))
    undecided = placed(finding, Under(only=(("until_date", "inclusive"),)), frozenset({"until_date"}))
    assert undecided.weight == "warn"
    not_there = placed(finding, Under(absent=(("until_date", "inclusive"),)), frozenset())
    assert (not_there.weight, not_there.not_under) == ("reject", ("until_date=inclusive",))
    assert placed(finding, Under(), frozenset()) == finding


# two processes


def test_answers_stand_in_the_place_of_their_tasks() -> None:
    tasks = range(50)
    assert Crew(tasks, lambda n: n * n).answers() == tuple(n * n for n in tasks)
    assert Crew(tasks, lambda n: n * n, jobs=1).answers() == tuple(n * n for n in tasks)
    assert Crew(tasks, lambda n: n * n, order=tasks[::-1]).answers() == tuple(n * n for n in tasks)
    assert Crew((), lambda n: n).answers() == ()


def test_an_error_in_either_process_is_met_here() -> None:
    def work(n: int) -> int:
        if n == 7:
            raise ValueError(n)
        return n

    with pytest.raises(ValueError, match="7"):
        Crew(range(20), work).answers()


def test_a_term_that_leaves_the_calendar_has_no_size() -> None:
    text = 'в части первой пункта 14 слова "трех лет" заменить словами "ста лет";'
    assert sizes(made(text), shipped_calendar()) == ()
