"""The finite search: stories under the whole law, small and replayed; bounds where there is none."""

from __future__ import annotations

from compliance.calendar.days import day
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.smt.polish import polished, shortened
from compliance.smt.query import NoStory, Story
from compliance.smt.search import search
from compliance.smt.symbolic import FIRST, LAST, symbolic
from tests.unit.smt.questions import question

ENROLLED = "officer.body = knb and some enrolment e with not for_first_head(e)"


def kinds(story: Story) -> list[str]:
    return [event.kind for event in sorted(story.facts.events, key=lambda e: (e.date, e.index))]


def test_an_enrolment_needs_its_whole_route_and_nothing_else(law: Law, calendar: WorkingCalendar) -> None:
    asked = question(law, calendar, ENROLLED, True)
    found = search(asked)
    assert isinstance(found, Story)
    assert asked.judge(found.facts, found.profile).is_story
    assert kinds(polished(asked, found)) == [
        "qualification_assessment", "attestation", "materials_sent", "materials_checked", "list_formed",
        "secretary_agreement", "list_submitted", "reserve_decision",
    ]  # fmt: skip


def test_a_polished_story_is_natural(law: Law, calendar: WorkingCalendar) -> None:
    asked = question(law, calendar, ENROLLED, True)
    found = search(asked)
    assert isinstance(found, Story)
    tidy = polished(asked, found)
    assert asked.judge(tidy.facts, tidy.profile).is_story
    assert tidy.facts.officer == {
        "body": "knb", "in_service": True, "seconded_to": "none", "attestation": "subject",
    }  # fmt: skip
    assert list(tidy.facts.positions) == ["post1"]
    dates = sorted(event.date for event in tidy.facts.events)
    assert FIRST <= dates[0] <= day(2026, 3, 1)
    assert all(calendar.next_working_day(date) == date for date in dates)
    assert tidy.facts.as_of == dates[-1]
    assert not any(event.attrs.get("presumed_regular") for event in tidy.facts.events)


def test_events_that_are_not_needed_are_left_out(law: Law, calendar: WorkingCalendar) -> None:
    asked = question(law, calendar, "some training t", True, under=())
    found = search(asked, slots=(3,))
    assert isinstance(found, Story)
    more = search(question(law, calendar, "some training t: some penalty p", True, under=()))
    assert isinstance(more, Story)
    assert kinds(shortened(asked, more)) == ["training"]


def test_no_story_names_its_bound(law: Law, calendar: WorkingCalendar) -> None:
    asked = question(law, calendar, "some enrolment e with not for_first_head(e): e.by != head_of_administration", True)
    found = search(asked, slots=(1, 2))
    assert isinstance(found, NoStory)
    assert found.slots == 2


def test_free_readings_are_usually_the_defaults(law: Law, calendar: WorkingCalendar) -> None:
    found = search(question(law, calendar, "some enrolment e: e.date < start(e)", True, under=(), free=True))
    assert isinstance(found, Story)
    assert found.profile["stay_starts"] != "decision"
    changed = {name for name, value in found.profile.items() if law.default_profile.get(name, value) != value}
    assert changed == {"stay_starts"}


def test_the_same_question_gets_the_same_story(law: Law, calendar: WorkingCalendar) -> None:
    asked = question(law, calendar, "some exclusion_decision x: x.ground = p18.sub4", True)
    first, second = search(asked), search(asked)
    assert isinstance(first, Story)
    assert isinstance(second, Story)
    assert [(e.kind, e.date, dict(e.attrs)) for e in first.facts.events] == [
        (e.kind, e.date, dict(e.attrs)) for e in second.facts.events
    ]


def test_what_authors_stipulate_is_not_open(law: Law) -> None:
    timeline = symbolic(law.vocabulary, ["reserve_decision"], 2)
    assert [slot.attrs["presumed_regular"] for slot in timeline.slots] == [False, False]
    assert (timeline.slots[0].date.lo, timeline.slots[0].date.hi) == (FIRST, LAST)  # type: ignore[union-attr]
