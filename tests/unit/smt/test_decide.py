"""Verdicts on uncertain records, with norms of the Rules."""

from __future__ import annotations

import pytest
from attrs import evolve

from compliance.calendar.days import day
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.evaluate import DUE
from compliance.norm.program import Typed
from compliance.smt.answers import Always, EngineDisagreement, Open, Undecided
from compliance.smt.decide import NO_COMPLETION, decide, decide_over_readings
from compliance.smt.decode import Claim, Replay
from compliance.smt.missing import missing, smallest_hitting_set
from compliance.timeline.model import Days, OneOf
from tests.unit.smt.stories import event, profile_of, sending, story

LAST = day(2026, 11, 30)
AROUND = Days(((day(2026, 11, 25), day(2026, 12, 5)),))


@pytest.fixture
def deadline(law: Law) -> dict[str, Typed]:
    return {"deadline": law.norm("p10.part1.deadline").typed}


def test_days_on_both_sides_of_a_deadline_leave_it_open(
    law: Law, calendar: WorkingCalendar, deadline: dict[str, Typed]
) -> None:
    timeline = story(law, sending(law, 0, AROUND))
    verdict = decide(law.program, calendar, timeline, deadline, profile_of(law))["deadline"]
    assert isinstance(verdict, Open)
    kept, broken = verdict.holds["events[0].date"], verdict.fails["events[0].date"]
    assert isinstance(kept, int)
    assert isinstance(broken, int)
    assert kept <= LAST < broken


@pytest.mark.parametrize(
    ("lo", "hi", "kept"),
    [(LAST - 9, LAST, True), (LAST + 1, LAST + 9, False), (LAST, LAST, True), (LAST + 1, LAST + 1, False)],
)
def test_days_on_one_side_decide_it(
    law: Law, calendar: WorkingCalendar, deadline: dict[str, Typed], lo: int, hi: int, kept: bool
) -> None:
    timeline = story(law, sending(law, 0, Days(((lo, hi),))))
    assert decide(law.program, calendar, timeline, deadline, profile_of(law)) == {"deadline": Always(kept)}


def test_only_readings_that_are_consulted_split_a_verdict(
    law: Law, calendar: WorkingCalendar, deadline: dict[str, Typed]
) -> None:
    timeline = story(law, sending(law, 0, Days(((LAST + 1, LAST + 1),))))
    answer = decide_over_readings(law.program, calendar, timeline, deadline, profile_of(law))["deadline"]
    profile = profile_of(law)
    assert answer.under(profile) == Always(False)
    assert answer.under({**profile, "until_date": "inclusive"}) == Always(True)
    consulted = {reading for part, _ in answer.parts for reading in part}
    assert "until_date" in consulted
    assert "cooling_off_end" not in consulted
    with pytest.raises(LookupError):
        answer.under({})


def test_premises_leave_completions_out(law: Law, calendar: WorkingCalendar, deadline: dict[str, Typed]) -> None:
    timeline, profile = story(law, sending(law, 0, AROUND)), profile_of(law)
    found = decide(law.program, calendar, timeline, deadline, profile, premises=deadline)
    assert found == {"deadline": Always(True)}
    late = story(law, sending(law, 0, Days(((LAST + 1, LAST + 5),))))
    assert decide(law.program, calendar, late, deadline, profile, premises=deadline) == {
        "deadline": Undecided(NO_COMPLETION)
    }


def test_a_reading_without_a_value_is_an_error(law: Law, calendar: WorkingCalendar, deadline: dict[str, Typed]) -> None:
    timeline = story(law, sending(law, 0, AROUND))
    with pytest.raises(LookupError, match="until_date"):
        decide(law.program, calendar, timeline, deadline, {DUE: "open"})


def test_the_evaluator_has_the_last_word(law: Law, calendar: WorkingCalendar, deadline: dict[str, Typed]) -> None:
    replay = Replay(law.program, calendar, story(law, sending(law, 0, AROUND)))
    choice, profile = {"events[0].date": LAST}, profile_of(law)
    replay.confirm(choice, [Claim("deadline", deadline["deadline"], profile, holds=True)])
    with pytest.raises(EngineDisagreement, match="deadline"):
        replay.confirm(choice, [Claim("deadline", deadline["deadline"], profile, holds=False)])


def test_the_missing_facts_are_the_fewest_that_decide(law: Law, calendar: WorkingCalendar) -> None:
    signed = OneOf(("first_head", "other"))
    timeline = story(
        law,
        sending(law, 0, AROUND, signed_by=signed),
        event(law.vocabulary, 1, "officer_notified", Days(((LAST, LAST + 20),)), by="personnel_unit"),
    )
    profile = profile_of(law)
    late, papers = law.norm("p10.part1.deadline").typed, law.norms_of("p10.part2.sub1")[0].typed
    case = law.program, calendar, timeline
    assert missing(*case, [(late, profile)]) == ("events[0].date",)
    assert missing(*case, [(papers, profile)]) == ("events[0].signed_by",)
    assert missing(*case, [(late, profile), (papers, profile)]) == ("events[0].date", "events[0].signed_by")
    decided = evolve(timeline, slots=timeline.slots[1:])
    assert missing(law.program, calendar, decided, [(late, profile)]) == ()


def test_missing_facts_under_premises(law: Law, calendar: WorkingCalendar, deadline: dict[str, Typed]) -> None:
    timeline, profile = story(law, sending(law, 0, AROUND)), profile_of(law)
    asked = [(deadline["deadline"], profile)]
    assert missing(law.program, calendar, timeline, asked, premises={"kept": asked[0]}) == ()


def test_smallest_hitting_set() -> None:
    assert smallest_hitting_set([]) == frozenset()
    assert smallest_hitting_set([("a", "b"), ("b", "c"), ("d", "b")]) == {"b"}
    assert smallest_hitting_set([("a", "b"), ("c", "d"), ("a", "d")]) in ({"a", "d"}, {"a", "c"}, {"b", "d"})
