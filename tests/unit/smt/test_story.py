"""Stories for people out of records that leave much open."""

from __future__ import annotations

import pytest

from compliance.calendar.days import day
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.evaluate import Evaluator
from compliance.norm.program import Typed
from compliance.smt.story import NoStory, Told, story
from compliance.timeline.model import Days
from tests.unit.smt.stories import all_open, formula, profile_of, sending
from tests.unit.smt.stories import story as record

YEAR = Days(((day(2026, 1, 1), day(2026, 12, 31)),))
ROUTE = (
    "qualification_assessment", "attestation", "penalty", "materials_sent", "materials_checked", "list_formed",
    "secretary_agreement", "list_submitted", "reserve_decision", "officer_notified", "training", "transfer",
)  # fmt: skip


@pytest.fixture(scope="module")
def lawful(law: Law) -> dict[str, tuple[Typed, bool]]:
    return {norm.id: (norm.typed, True) for norm in law.norms}


def test_an_enrolment_takes_the_acts_of_its_route_and_no_others(
    law: Law, calendar: WorkingCalendar, lawful: dict[str, tuple[Typed, bool]]
) -> None:
    wanted = {**lawful, "enrolled": (formula(law, "some enrolment e"), True)}
    told = story(law.program, calendar, all_open(law, YEAR, *ROUTE), wanted, profile_of(law))
    assert isinstance(told, Told)
    kinds = [event.kind for event in sorted(told.facts.events, key=lambda e: e.date)]
    assert kinds[-1] == "reserve_decision" or kinds[-2] == "reserve_decision"
    assert {"materials_sent", "list_formed", "secretary_agreement", "list_submitted"} <= set(kinds)
    assert not {"penalty", "training", "transfer"} & set(kinds)
    evaluator = Evaluator(law.program, calendar, told.facts, profile_of(law))
    assert all(evaluator.truth(norm.expr, {}) is value for norm, value in wanted.values())
    assert all(calendar.is_working(event.date) for event in told.facts.events)


def test_one_norm_broken_alone(law: Law, calendar: WorkingCalendar, lawful: dict[str, tuple[Typed, bool]]) -> None:
    late = law.norm("p10.part1.deadline").typed
    wanted = {**lawful, "p10.part1.deadline": (late, False)}
    told = story(law.program, calendar, all_open(law, YEAR, *ROUTE), wanted, profile_of(law))
    assert isinstance(told, Told)
    assert "materials_sent" in [event.kind for event in told.facts.events]
    assert len(told.facts.events) <= 5


def test_what_contradicts_is_named(law: Law, calendar: WorkingCalendar) -> None:
    timeline = record(law, sending(law, 0, Days(((day(2026, 12, 2), day(2026, 12, 9)),))))
    wanted = {
        "in time": (law.norm("p10.part1.deadline").typed, True),
        "sent": (formula(law, "some materials_sent m"), True),
    }
    assert story(law.program, calendar, timeline, wanted, profile_of(law)) == NoStory(("in time",))
