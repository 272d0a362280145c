"""The engine: proofs for any number of events with their cores, stories, and giving up by name."""

from __future__ import annotations

import pytest

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.smt.query import GaveUp, Impossible, Story
from compliance.smt.unbounded.engine import Engine, settle
from tests.unit.smt.questions import question

PROVED = {
    "every enrolment e with officer.body = sgs and not for_first_head(e): some list_submitted s: s.date <= e.date": {
        "p5.part2"
    },
    "no enrolment e with for_first_head(e)": {"p7"},
    "every exclusion_decision x: x.by = head_of_administration": {"p19"},
    "every exclusion_decision x with x.ground = p18.sub5, every enrolment e with opens(e) and ends(x, e):"
    " x.date = e.date + 3 years rounded down": {"p14.part1.s1", "p18.sub5.ground"},
    "every exclusion_decision x with x.ground = p18.sub3, every enrolment e with x.date < e.date:"
    " removal_day(x) + 1 year rounded down <= e.date": {"p20"},
}


@pytest.mark.parametrize("text", PROVED)
def test_proofs_name_the_units_they_use(law: Law, calendar: WorkingCalendar, text: str) -> None:
    found = settle(question(law, calendar, text, False))
    assert isinstance(found, Impossible)
    assert set(found.core) == PROVED[text]
    assert found.goal_used


def test_a_unit_of_the_core_is_needed(law: Law, calendar: WorkingCalendar) -> None:
    text = "no enrolment e with for_first_head(e)"
    units = tuple(unit for unit in law.units if unit != "p7")
    asked = question(law, calendar, text, False, under=units)
    found = settle(asked)
    assert isinstance(found, Story)
    assert asked.judge(found.facts, found.profile).is_story


def test_stories_are_replayed(law: Law, calendar: WorkingCalendar) -> None:
    asked = question(law, calendar, "some enrolment e with not for_first_head(e)", True)
    found = settle(asked)
    assert isinstance(found, Story)
    assert asked.judge(found.facts, found.profile).is_story


def test_a_first_event_exists_where_there_is_any(law: Law, calendar: WorkingCalendar) -> None:
    """Needs the least-element axiom: without it every candidate has an earlier one."""
    axiom = {
        "ax": "no training t with (no training x with x.date < t.date and x.place = academy) and t.place = academy"
    }
    asked = question(law, calendar, "some training t with t.place = academy", True, under=(), more=axiom)
    assert isinstance(settle(asked), Impossible)


def test_the_day_of_the_first_is_that_of_an_event(law: Law, calendar: WorkingCalendar) -> None:
    text = (
        "every exclusion_decision x with x.ground = p18.sub3 and removal_day(x) < as_of:"
        " (some ground_removed g with g.date = removal_day(x)) or some penalty_lifted l with l.date = removal_day(x)"
    )
    assert isinstance(settle(question(law, calendar, text, False, under=())), Impossible)


def test_two_events_of_a_day_are_two(law: Law, calendar: WorkingCalendar) -> None:
    text = "some training t, some training u with u != t: u.date = t.date"
    assert isinstance(settle(question(law, calendar, text, True, under=())), Story)
    alone = {"alone": "every training t: no training u with u != t"}
    assert isinstance(settle(question(law, calendar, text, True, under=(), more=alone)), Impossible)


def test_a_witness_may_be_an_event_that_exists(law: Law, calendar: WorkingCalendar) -> None:
    """`some x: some y: x = y` must not need two events, and `x != y` must not be free."""
    one = {"one": "every training t: no training u with u != t"}
    same = "some training t: some training u: u = t and u.place = academy"
    assert isinstance(settle(question(law, calendar, same, True, under=(), more=one)), Story)


def test_posts_are_told_apart_only_by_what_is_said_of_them(law: Law, calendar: WorkingCalendar) -> None:
    text = (
        "every appointment a, every appointment b with a.position = b.position:"
        " a.position.higher implies b.position.higher"
    )
    assert isinstance(settle(question(law, calendar, text, False, under=())), Impossible)
    other = "every appointment a, every appointment b: a.position.higher implies b.position.higher"
    assert isinstance(settle(question(law, calendar, other, False, under=())), Story)


def test_giving_up_is_named(law: Law, calendar: WorkingCalendar) -> None:
    text = "(some training t) and every training x: some training y: x.date < y.date and y.date < x.date + 2 days"
    asked = question(law, calendar, text, True, under=())
    found = Engine(asked, asked.preferred, most_events=6).run()
    assert found == GaveUp("events")


def test_all_readings_at_once(law: Law, calendar: WorkingCalendar) -> None:
    text = "every enrolment e with start(e) < as_of: e.date <= start(e)"
    assert isinstance(settle(question(law, calendar, text, False, under=(), free=True)), Impossible)
    text = "every enrolment e: e.date = start(e)"
    found = settle(question(law, calendar, text, False, under=(), free=True))
    assert isinstance(found, Story)
    assert found.profile["stay_starts"] in ("extract", "notification")


def test_the_same_question_gets_the_same_answer(law: Law, calendar: WorkingCalendar) -> None:
    def ask() -> tuple[object, ...]:
        found = settle(question(law, calendar, "some exclusion_decision x: x.ground = p18.sub6", True))
        assert isinstance(found, Story)
        return tuple((e.kind, e.date, tuple(sorted(e.attrs.items(), key=str))) for e in found.facts.events)

    assert ask() == ask()


def test_effort_is_bounded_by_the_solver_not_by_the_clock(law: Law, calendar: WorkingCalendar) -> None:
    asked = question(law, calendar, "some enrolment e, some enrolment f: e.date < f.date", True)
    found = Engine(asked, asked.preferred, total=1_000).run()
    assert isinstance(found, GaveUp)
    assert found.reason == "effort"
