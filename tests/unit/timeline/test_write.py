"""Writing records: what is written is read back as the same record, whatever is uncertain in it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.calendar.days import day, format_iso
from compliance.law.vocabulary import load_vocabulary
from compliance.norm.facts import Facts
from compliance.norm.vocabulary import Words
from compliance.source.data import data_path
from compliance.timeline.case import Case
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.model import Choice, Days, OneOf, OpenItems, Slot, Timeline
from compliance.timeline.scenario import parse_scenario
from compliance.timeline.story import case_of
from compliance.timeline.write import write_case, write_scenario
from tests.unit.timeline.stories import stories

VOCABULARY = load_vocabulary(data_path("model", "vocabulary.yaml"))
LEXICON = Lexicon(VOCABULARY)
TITLE = Words("A story", "История")

thorough = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> Case:
    (case,) = parse_scenario(text, "story.yaml", LEXICON).cases
    return case


def shape(slot: Slot) -> tuple[object, ...]:
    return (slot.kind, slot.date, dict(slot.attrs), slot.index, slot.occurred, slot.phantom)


def record(timeline: Timeline) -> tuple[object, ...]:
    slots = [shape(slot) for slot in timeline.slots]
    return (timeline.officer, timeline.positions, slots, timeline.as_of, timeline.in_force, timeline.replaced)


@thorough
@given(stories(VOCABULARY))
def test_what_is_written_is_read_back(text: str) -> None:
    first = read(text)
    written = write_case(first, TITLE)
    second = read(written)
    assert record(second.timeline) == record(first.timeline)
    assert [shape(slot) for slot in second.propose or ()] == [shape(slot) for slot in first.propose or ()]
    assert (first.propose is None) == (second.propose is None)
    assert second.officer_id == first.officer_id
    assert write_case(second, TITLE) == written
    assert all(len(line) <= 120 for line in written.splitlines() if line.startswith(("  - {type", "     ")))


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """A completion of a random record."""
    timeline = read(draw(stories(VOCABULARY))).timeline
    choice: dict[str, int | str | bool | frozenset[str] | None] = {}
    for path, domain in timeline.unknowns().items():
        match domain:
            case None:
                choice[path] = draw(st.booleans())
            case Days(intervals=intervals):
                choice[path] = draw(st.sampled_from([end for interval in intervals for end in interval]))
            case OneOf(values=values):
                choice[path] = draw(st.sampled_from(values))
            case OpenItems(sure=sure, maybe=maybe):
                choice[path] = sure | draw(st.sets(st.sampled_from(sorted(maybe))))
    picked: Choice = choice
    return timeline.facts(picked)


@thorough
@given(facts())
def test_saved_facts_are_read_back_without_doubts(found: Facts) -> None:
    case = case_of(found, VOCABULARY)
    again = read(write_case(case, TITLE)).timeline
    assert again.certain
    assert record(again) == record(case.timeline)
    kept = again.facts()
    assert sorted((event.kind, event.date) for event in kept.events) == sorted(
        (event.kind, event.date) for event in found.events
    )
    assert "?" not in again.positions


STORY = """\
# a warning
title: {en: "A story: its title", ru: История}
readings: {until_date: inclusive}
law: 2025
published: 2025-05-20
officer: {id: A-17, body: knb, seconded_to: state_body}
as_of: 2026-12-12
may_be_missing: [penalty, penalty_lifted]
did_not_happen: [qualification_assessment]
# the posts
positions:
  deputy: {listed: true, first_head: false, higher: unknown}
events:
  - {type: materials_sent, date: 2026-11-XX, position: deputy, by: first_head, signed_by: unknown,
     contents: {sure: [representation, qualities, three_year_results], maybe: [service_record_with_photo,
     special_check]}}
  # late
  - {type: materials_checked, date: [2026-12-01..2026-12-03, 2026-12-05], by: {one_of: [department, other]}}
propose:
  - {type: list_formed, date: 2027-01-11}
expect:
  verdict: undetermined
  units: [p10.part1]
  missing: ["events[0].date"]
  notices: [overlap]
  depends_on: {until_date: {exclusive: violated, inclusive: compliant}}
  pending: [{unit: p13, by: 2027-02-05}, {unit: p11.sub1}]
  proposal: {answer: not_yet, from: 2027-02-05, units: [p11.sub2]}
"""


def test_a_story_with_everything_is_written_as_it_was() -> None:
    scenario = parse_scenario(STORY, "story.yaml", LEXICON)
    comments = {"": "a warning", "positions": "the posts", "events[1]": "late"}
    assert write_scenario(scenario, comments) == STORY


OFFICERS = """\
title: {en: Two, ru: Двое}
officers:
  - officer: {id: A-1, body: knb}
    as_of: 2026-12-12
    events:
      - {type: dismissal, date: 2026-12-12}
    expect:
      verdict: compliant
  - officer: {id: A-2, body: sgs}
    as_of: 2026-12-31
    events: []
expect:
  verdict: violated
"""


def test_several_officers_are_written_as_they_were() -> None:
    assert write_scenario(parse_scenario(OFFICERS, "story.yaml", LEXICON)) == OFFICERS


def test_names_that_no_file_can_hold_are_replaced() -> None:
    post = {"listed": True, "first_head": False, "higher": True, "body": None}
    story = Facts(
        officer={"body": "knb", "in_service": True, "seconded_to": "none", "attestation": "subject"},
        positions={"?": post, "post_1": post},
        events=(),
        as_of=day(2026, 12, 12),
    )
    case = case_of(story, VOCABULARY)
    assert list(case.timeline.positions) == ["post_2", "post_1"]
    assert f"as_of: {format_iso(story.as_of)}" in write_case(case, TITLE)


def test_titles_with_any_characters_are_read_back() -> None:
    title = Words('a "quoted": #title\nof two lines\t\x07', "ёлка, [список] {x}")
    text = write_case(read(STORY), title)
    assert parse_scenario(text, "story.yaml", LEXICON).title == title
