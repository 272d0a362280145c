"""Scenario files: what is said, what is left out, what may be missing, and what is asked."""

from __future__ import annotations

import pytest

from compliance.calendar.days import day
from compliance.calendar.quarters import parse_quarter
from compliance.norm.vocabulary import Words
from compliance.timeline.expectation import ExpectedAnswer, ExpectedDuty
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.scenario import parse_scenario
from tests.unit.timeline.records import HEAD, case


def test_the_example_of_a_scenario(lexicon: Lexicon) -> None:
    text = """\
title: {en: Late, ru: Поздно}
as_of: 2026-12-12
officer: {id: A-17, body: knb}
positions:
  deputy: {listed: true, first_head: false, higher: true}
events:
  - {type: materials_sent, date: 2026-12-02, quarter: 2026Q4, position: deputy, by: first_head, signed_by: first_head,
     contents: [representation, qualities]}
  - {type: materials_checked, date: 2026-12-10, by: department}
  - {type: qualification_assessment, date: 2026-11-01, meets: true}
expect:
  verdict: violated
  units: [p10.part1]
"""
    scenario = parse_scenario(text, "stories/late.yaml", lexicon)
    (found,) = scenario.cases
    assert scenario.title == Words("Late", "Поздно")
    assert not scenario.several
    assert scenario.expect is None
    assert (found.file, found.officer_id, found.as_of) == ("stories/late.yaml", "A-17", day(2026, 12, 12))
    assert found.timeline.certain
    sent, checked, assessed = found.timeline.slots
    assert dict(sent.attrs) == {
        "quarter": parse_quarter("2026Q4"), "position": "deputy", "by": "first_head", "to": None,
        "signed_by": "first_head", "contents": frozenset({"representation", "qualities"}), "basis": "ordinary",
    }  # fmt: skip
    assert (sent.kind, sent.date, sent.index, sent.occurred, sent.phantom) == (
        "materials_sent", day(2026, 12, 2), 0, True, False,
    )  # fmt: skip
    assert dict(checked.attrs) == {"by": "department", "quarter": None, "position": None}
    assert assessed.index == 2
    assert found.expect is not None
    assert (found.expect.verdict, found.expect.units, found.expect.missing) == ("violated", ("p10.part1",), None)
    assert sent.place is not None
    assert sent.place.line == 7
    assert [sent.places[name].line for name in ("type", "date", "contents")] == [7, 7, 8]
    assert found.places["positions.deputy.higher"].line == 5


def test_the_title_may_be_one_text_or_left_out(lexicon: Lexicon) -> None:
    rest = HEAD + "events: [{type: dismissal, date: 2026-12-05}]\n"
    assert parse_scenario("title: Dismissal\n" + rest, "a.yaml", lexicon).title == Words("Dismissal", "Dismissal")
    assert parse_scenario(rest, "stories/late.yaml", lexicon).title == Words("late", "late")


@pytest.mark.parametrize(
    ("dates", "as_of"),
    [
        (["2026-12-02", "2026-11-30"], (2026, 12, 2)),
        (["2026-11-30", "2026-12-XX"], (2026, 12, 31)),
        (["2026-11-30", "2026-11-25/.."], (2026, 11, 30)),
        (["2026-12-01/.."], (2026, 12, 1)),
        (["2026-11-30", "unknown"], (2026, 11, 30)),
        (["[2026-12-20..2026-12-25, 2026-12-01]"], (2026, 12, 25)),
    ],
)
def test_facts_are_known_up_to_the_last_day_written(
    dates: list[str], as_of: tuple[int, int, int], lexicon: Lexicon
) -> None:
    events = "".join(f"  - {{type: training, date: {date}, place: academy}}\n" for date in dates)
    found = case(f"{HEAD}events:\n{events}", lexicon)
    assert found.as_of == found.timeline.as_of == day(*as_of)


def test_a_proposal_does_not_move_the_last_known_day(lexicon: Lexicon) -> None:
    events = "events:\n  - {type: dismissal, date: 2026-12-05}\n"
    plan = "propose:\n  - {type: exclusion_decision, date: 2027-01-05, by: president, ground: p18.sub6}\n"
    found = case(HEAD + events + plan, lexicon)
    assert found.as_of == day(2026, 12, 5)
    assert found.propose is not None
    (planned,) = found.propose
    assert (planned.date, planned.index, planned.phantom) == (day(2027, 1, 5), 2, False)
    assert [each.index for each in found.timeline.slots] == [0, 1]


def test_nothing_proposed_is_not_an_empty_proposal(lexicon: Lexicon) -> None:
    events = "events:\n  - {type: dismissal, date: 2026-12-05}\n"
    assert case(HEAD + events, lexicon).propose is None
    assert case(HEAD + events + "propose: []\n", lexicon).propose == ()


def test_several_officers_share_what_is_said_once(lexicon: Lexicon) -> None:
    text = """\
as_of: 2026-12-31
may_be_missing: [penalty]
positions: {deputy: {listed: true}}
readings: {until_date: inclusive}
law: 2025
published: 2025-05-20
officers:
  - officer: {id: A-1, body: knb}
    events: [{type: appointment, date: 2026-12-01, position: deputy}]
    expect: {verdict: compliant}
  - officer: {id: A-2, body: sgs}
    as_of: 2026-11-30
    may_be_missing: []
    positions: {head: {listed: false}}
    events: []
expect: {verdict: violated}
"""
    scenario = parse_scenario(text, "two.yaml", lexicon)
    first, second = scenario.cases
    assert scenario.several
    assert scenario.expect is not None
    assert scenario.expect.verdict == "violated"
    assert [each.officer_id for each in scenario.cases] == ["A-1", "A-2"]
    assert (first.as_of, second.as_of) == (day(2026, 12, 31), day(2026, 11, 30))
    assert [found.kind for found in first.timeline.slots].count("penalty") == 2
    assert [found.kind for found in second.timeline.slots] == ["qualification_assessment"]
    assert list(first.timeline.positions) == ["deputy"]
    assert list(second.timeline.positions) == ["deputy", "head"]
    assert first.readings == second.readings == {"until_date": "inclusive"}
    assert (first.law, first.published) == ("2025", day(2025, 5, 20))
    assert first.expect is not None
    assert second.expect is None


def test_what_is_expected(lexicon: Lexicon) -> None:
    text = (
        HEAD
        + """\
events: [{type: dismissal, date: 2026-12-05}]
propose: [{type: exclusion_decision, date: 2026-12-15, by: president, ground: p18.sub6}]
expect:
  verdict: undetermined
  units: []
  depends_on: {until_date: {exclusive: violated, inclusive: compliant}}
  missing: ["events[3].date", positions.deputy.listed, in_force]
  pending: [{unit: p13, by: 2027-02-05}, {unit: p13}]
  proposal: {answer: not_yet, from: 2027-01-01, units: [p14.part2]}
  notices: [overlap]
"""
    )
    found = case(text, lexicon).expect
    assert found is not None
    assert found.units == ()
    assert found.depends_on == {"until_date": {"exclusive": "violated", "inclusive": "compliant"}}
    assert found.missing == ("events[3].date", "positions.deputy.listed", "in_force")
    assert found.pending == (ExpectedDuty("p13", day(2027, 2, 5)), ExpectedDuty("p13"))
    assert found.proposal == ExpectedAnswer("not_yet", day(2027, 1, 1), ("p14.part2",))
    assert found.notices == ("overlap",)
