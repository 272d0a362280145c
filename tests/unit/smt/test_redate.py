"""The same story on other days: found where only the days have to change, and nothing else is touched."""

from __future__ import annotations

from attrs import evolve

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.facts import Event, Facts
from compliance.smt.query import Query, Story
from compliance.smt.redate import redated, undated
from compliance.smt.search import search
from tests.unit.smt.questions import question, typed

LEFT = "some enrolment e: (some exclusion_decision x with x.ground = p18.sub5:"
EXPIRED = f"{LEFT} x.date = e.date + 3 years rounded down)"
SHORTER = f"{LEFT} x.date = e.date + 2 years rounded down)"
NEVER_SO = f"{LEFT} x.date < e.date)"


def enrolled(law: Law, calendar: WorkingCalendar) -> tuple[Query, Facts]:
    """A story of a stay of three years, under few units."""
    asked = question(law, calendar, EXPIRED, True, under=("p10.part1", "p12.part1"))
    found = search(asked)
    assert isinstance(found, Story)
    return asked, found.facts


def shapes(facts: Facts) -> list[tuple[str, object]]:
    return sorted((each.kind, each.attrs.get("ground")) for each in facts.events)


def test_the_days_follow_another_period(law: Law, calendar: WorkingCalendar) -> None:
    asked, facts = enrolled(law, calendar)
    other = evolve(asked, goal=typed(law, SHORTER))
    found = redated(other, facts)
    assert found is not None
    assert not other.judge(facts, law.default_profile).goal
    assert other.judge(found.facts, found.profile).is_story
    assert shapes(found.facts) == shapes(facts)


def test_what_no_days_make_true_is_not_found(law: Law, calendar: WorkingCalendar) -> None:
    asked, facts = enrolled(law, calendar)
    whole = question(law, calendar, NEVER_SO, True)
    assert redated(evolve(asked, goal=typed(law, NEVER_SO), axioms=whole.axioms), facts) is None


def test_a_record_of_another_vocabulary_is_left_alone(law: Law, calendar: WorkingCalendar) -> None:
    asked, facts = enrolled(law, calendar)
    strange = Event("coronation", facts.as_of, {}, len(facts.events))
    assert redated(asked, evolve(facts, events=(*facts.events, strange))) is None
    assert redated(asked, evolve(facts, events=())) is None


def test_what_followed_from_the_day_goes_on_to_follow(law: Law, calendar: WorkingCalendar) -> None:
    asked, facts = enrolled(law, calendar)
    timeline = undated(asked, facts)
    assert [slot.kind for slot in timeline.slots] == [
        event.kind for event in sorted(facts.events, key=lambda each: (each.date, each.index))
    ]
    assert set(timeline.unknowns()) >= {"as_of", *(f"events[{slot.index}].date" for slot in timeline.slots)}
