"""The logic of a changed law: each check on an amendment that fires it, and on one that must stay silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import pytest

from compliance.amend.effect.alive import dead, dead_branches, idle_grounds, redundant
from compliance.amend.effect.ambiguous import ambiguities
from compliance.amend.effect.branches import branches
from compliance.amend.effect.clashes import conflicts, overlaps
from compliance.amend.effect.cohort import cohort
from compliance.amend.effect.flips import always, stories
from compliance.amend.effect.meaning import difference
from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.effect.probe import Probe
from compliance.amend.effect.sanctions import read_gravity, sanctions
from compliance.amend.effect.trouble import Sides, Trouble
from compliance.calendar.load import shipped_calendar
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.source.data import data_path
from tests.unit.amend.test_effect import made, rules

FIRST = date(2027, 1, 10).toordinal()
REWORDED = 'в части первой пункта 14 слова "трех лет" заменить словами "тридцати шести месяцев";'
LONGER_NOTICE = 'в пункте 13 слова "десяти рабочих дней" заменить словами "двенадцати рабочих дней";'


@cache
def records() -> tuple[Facts, ...]:
    """The stored stories, as if one law had always stood."""
    return tuple(always(stories(data_path("scenarios"), rules()).stored))


@cache
def before() -> Probe:
    """Today's law with the stored stories, judged once."""
    return Probe(rules(), shipped_calendar(), rules().default_profile, records())


def sides(new: NewLaw) -> Sides:
    """Both laws, with the stored stories."""
    profile = new.old.default_profile
    old = before() if new.old is rules() else Probe(new.old, shipped_calendar(), profile, records())
    return Sides(difference(new.old, new.law, profile), old,
                 Probe(new.law, shipped_calendar(), profile, records(), old))  # fmt: skip


def added(norm: str, unit: str = "p14-1", **more: str) -> Sides:
    """The law with one more point that says a norm."""
    extra = "".join(f"\n{name}: {value}" for name, value in more.items())
    lines = "\n".join(f"    {line}" for line in norm.splitlines())
    return sides(made(
        f"ops:\n- op: add\n  unit: {unit}\n  text: {unit[1:]}. Новая норма.\n  norm: |\n{lines}{extra}\n",
        "change.yaml",
    ))  # fmt: skip


def codes(found: Iterable[Trouble]) -> list[tuple[str, tuple[str, ...]]]:
    """Codes with their norms."""
    return [(each.code, each.norms) for each in found]


def lawful(each: Trouble, found: Sides, without: Iterable[str]) -> bool:
    """Whether the evaluator finds the story lawful under the new law, some norms left out."""
    assert each.facts is not None
    profile = {DUE: OPEN, **found.new.profile}
    evaluator = Evaluator(found.found.new.program, shipped_calendar(), each.facts, profile)
    kept = (typed for name, typed in found.new.axioms.items() if name not in set(without))
    return all(evaluator.truth(typed.expr, {}) for typed in kept)


QUIET = [REWORDED, LONGER_NOTICE]


@pytest.mark.parametrize("text", QUIET, ids=["same term", "longer notice"])
def test_small_changes_are_quiet(text: str) -> None:
    found = sides(made(text))
    for check in (conflicts, dead, idle_grounds, dead_branches, redundant, overlaps, ambiguities):
        assert codes(check(found)) == [], check.__name__


# direct conflicts


def test_two_norms_that_order_the_opposite() -> None:
    found = added("every exclusion_decision x: x.by = president")
    (each,) = [each for each in conflicts(found) if "p19" in each.norms]
    assert (each.code, each.weight, each.norms) == ("CONFLICT_DIRECT", "reject", ("p14-1", "p19"))
    assert lawful(each, found, each.norms)
    assert not lawful(each, found, ())


def test_triggers_that_exclude_each_other_are_no_conflict() -> None:
    found = added("every exclusion_decision x with x.ground = p18.sub4 and x.ground = p18.sub5: x.by = president")
    assert [each for each in conflicts(found) if "p18.sub4.ground" in each.norms] == []


# dead norms


def test_a_norm_whose_case_another_forbids() -> None:
    found = added("every enrolment e with for_first_head(e): some appointment a: a.date >= e.date")
    assert [(each.code, each.word, each.norms) for each in dead(found)] == [
        ("DEAD_CLAUSE", "logic.dead-after-breach", ("p14-1",))
    ]


def test_a_norm_that_the_change_kills() -> None:
    found = added("no exclusion_decision x with x.ground = p18.sub4")
    (each,) = [each for each in dead(found) if each.norms == ("p18.sub4.ground",)]
    assert (each.code, each.weight, each.cited["core"]) == ("DEAD_CLAUSE", "reject", ("p14-1",))


def test_a_norm_about_the_impossible() -> None:
    found = added("every enrolment e with e.date < e.date: e.by = president")
    assert [(each.word, each.weight) for each in dead(found)] == [("logic.dead-always", "reject")]


def test_a_bar_is_not_dead() -> None:
    assert codes(dead(added("every demotion d with d.date < 2026-06-01: d.date > 2026-07-01"))) == []


# repetitions


def test_a_norm_that_follows_from_another() -> None:
    found = added("every exclusion_decision x: x.by in {head_of_administration, president}")
    (each,) = redundant(found)
    assert (each.code, each.weight, each.norms, each.cited["core"]) == ("REDUNDANT", "note", ("p14-1",), ("p19",))


def test_a_norm_that_forbids_nothing() -> None:
    assert codes(redundant(added("every enrolment e: e.date <= e.date"))) == [("NOT_DECISIVE", ("p14-1",))]


def test_what_the_law_repeats_today_is_nobodys_fault() -> None:
    found = sides(made('в части первой пункта 14 слова "трех лет" заменить словами "двух лет";'))
    assert "p18.sub5.ground" in found.changed
    assert codes(redundant(found)) == []


# branches


def test_a_branch_that_can_never_help() -> None:
    found = added("every demotion d:\n  some enrolment e: e.date <= d.date or e.date < e.date")
    assert [(each.code, each.formula) for each in dead_branches(found)] == [("DEAD_BRANCH", "e.date < e.date")]


def test_a_branch_that_another_covers() -> None:
    found = added("every demotion d:\n  some enrolment e: e.date <= d.date or e.date < d.date")
    assert [(each.code, each.formula) for each in dead_branches(found)] == [("NOT_DECISIVE", "e.date < d.date")]


def test_branches_that_matter() -> None:
    found = added("every demotion d: d.date >= 2026-01-01 or some enrolment e: e.date <= d.date")
    assert codes(dead_branches(found)) == []


def test_the_branches_of_a_norm() -> None:
    expr = rules().norm("p14.part2").expr
    found = {each.text: each.sort for each in branches(expr, rules().default_profile)}
    assert found["waived(e, a.date)"] == "exception"


# grounds


def test_a_ground_that_nobody_can_use() -> None:
    found = sides(made(
        """
ops:
- op: add
  unit: p18.sub9
  text: 9) иные случаи.
vocabulary:
  ground:
    p18.sub9: {en: "sub-point 9)", ru: "подпункт 9)"}
norms:
- id: p18.sub9.ground
  norm: "every exclusion_decision x with x.ground = p18.sub9: some enrolment e: e.date <= x.date"
""",
        "change.yaml",
    ))  # fmt: skip
    (each,) = idle_grounds(found)
    assert (each.code, each.word, each.cited["core"]) == ("DEAD_CLAUSE", "logic.idle-ground", ("p19",))


# exceptions


EXCEPTED = """every appointment a with a.position.higher and not a.position.first_head:
  (every enrolment e with opens(e) and runs_on(e, a.date): stayed_enough(e, a.date) or waived(e, a.date)
    or officer.body = sgs)
  and (not a.position.listed
    or (some enrolment e with opens(e) and runs_on(e, a.date))
    or case minimum_stay_reach {members: true; every_listed_post: false})"""


def test_a_new_exception_meets_the_old_one() -> None:
    lines = "\n".join(f"    {line}" for line in EXCEPTED.splitlines())
    found = sides(made(
        "ops:\n- op: replace_words\n  unit: p14.part2\n  old: не менее\n  new: менее\n  norm: |\n" + lines,
        "change.yaml",
    ))  # fmt: skip
    met = [each for each in overlaps(found) if each.formula.endswith(" / waived(e, a.date)")]
    assert [(each.code, each.formula) for each in met] == [
        ("EXCEPTION_OVERLAP", "officer.body = sgs / waived(e, a.date)")
    ]
    assert all(lawful(each, found, ()) for each in met)


def test_an_old_exception_is_not_told_again() -> None:
    assert codes(overlaps(sides(made('в части второй пункта 14 слова "трех" заменить словами "шести";')))) == []


# sanctions


def test_the_milder_ground_has_to_wait() -> None:
    found = sides(made('в пункте 20 слова "подпунктом 3)" заменить словами "подпунктом 4)";'))
    if not found.found.come:
        found = sides(made(
            "ops:\n- op: replace_words\n  unit: p20\n  old: подпунктом 3)\n  new: подпунктом 4)\n  norm: |\n"
            "    every enrolment e, every exclusion_decision x with x.date < e.date and x.ground = p18.sub4:\n"
            "      e.date >= x.date + 1 year rounded down\n", "change.yaml",
        ))  # fmt: skip
    told = list(sanctions(found, read_gravity()))
    assert ("SANCTION_MONOTONICITY", "p18.sub3<p18.sub4") in [(each.code, each.what) for each in told]
    assert all(lawful(each, found, ()) for each in told)


def test_a_shorter_waiting_year_is_no_reversal() -> None:
    found = sides(made('в пункте 20 слова "один год" заменить словами "шесть месяцев";'))
    assert codes(sanctions(found, read_gravity())) == []


# cohorts


def test_a_rule_for_those_enrolled_before() -> None:
    found = added("every enrolment e with e.date < 2025-01-10: no appointment a with a.date > e.date + 30 days")
    (each,) = cohort(found, FIRST)
    assert each.code == "COHORT_ONLY"


def test_a_rule_from_a_day_on_is_for_all() -> None:
    found = added("every enrolment e with e.date > 2025-01-10: e.by = president")
    assert codes(cohort(found, FIRST)) == []


# ambiguity


def test_new_words_that_can_be_read_in_two_ways() -> None:
    found = added("every dismissal d, every enrolment e with e.date < d.date: d.date >= later(e.date, min_stay)")
    told = list(ambiguities(found))
    assert [(each.code, each.what) for each in told] == [("AMBIGUITY", "month_rounding")]
