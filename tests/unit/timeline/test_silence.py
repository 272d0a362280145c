"""What a record does not say: attributes left out, unknown facts, acts that may be missing."""

from __future__ import annotations

import pytest
from attrs import evolve

from compliance.calendar.days import day
from compliance.calendar.quarters import parse_quarter
from compliance.timeline.edtf import EARLIEST
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.model import Days, FromDate, OneOf, OpenItems, Slot
from tests.unit.timeline.records import HEAD, POSTS, TRUTHS, case, slot


class TestLeftOut:
    def test_the_officer(self, lexicon: Lexicon) -> None:
        found = case("officer: {id: A-17}\nevents:\n  - {type: dismissal, date: 2026-12-05}\n", lexicon)
        assert found.timeline.officer == {
            "body": OneOf(("knb", "syrbar", "sgs", "other")), "in_service": True, "seconded_to": "none",
            "attestation": "subject",
        }  # fmt: skip

    def test_a_position(self, lexicon: Lexicon) -> None:
        found = case(HEAD + POSTS + "events:\n  - {type: dismissal, date: 2026-12-05}\n", lexicon)
        assert found.timeline.positions == {
            "deputy": {"listed": True, "first_head": False, "higher": True, "body": None},
            "head": {"listed": TRUTHS, "first_head": TRUTHS, "higher": TRUTHS, "body": None},
        }

    def test_the_quarter_of_the_materials_follows_from_their_day(self, lexicon: Lexicon) -> None:
        found = slot("{type: materials_sent, date: 2026-11-XX}", lexicon)
        assert found.attrs["quarter"] == FromDate(quarter=True)
        assert found.attrs["position"] is None
        assert isinstance(found.attrs["contents"], OpenItems)
        assert (len(found.attrs["contents"].sure), len(found.attrs["contents"].maybe)) == (0, 8)
        assert isinstance(found.attrs["by"], OneOf)
        assert "head_of_sgs" in found.attrs["by"].values

    def test_the_day_a_ruling_takes_effect_is_its_own_day(self, lexicon: Lexicon) -> None:
        found = slot("{type: administrative_liability, date: 2026-03-03, by_court: true}", lexicon)
        assert dict(found.attrs) == {"by_court": True, "intentional": TRUTHS, "in_force": FromDate(quarter=False)}

    def test_the_bearer_that_nobody_disputes(self, lexicon: Lexicon) -> None:
        assert slot("{type: officer_notified, date: 2026-03-03}", lexicon).attrs["by"] == "personnel_unit"

    def test_the_post_of_a_decision_without_materials_is_open(self, lexicon: Lexicon) -> None:
        decision = "{type: reserve_decision, date: 2026-12-20, outcome: enrol, by: president}"
        assert slot(decision, lexicon).attrs["position"] == OneOf(("deputy", "head", "?"))
        with_materials = decision + "\n  - {type: materials_sent, date: 2026-11-20}"
        assert slot(with_materials, lexicon).attrs["position"] is None

    def test_the_post_that_no_record_declares(self, lexicon: Lexicon) -> None:
        text = f"{HEAD}events:\n  - {{type: appointment, date: 2026-12-05}}\n"
        found = case(text, lexicon).timeline
        assert found.slots[0].attrs["position"] == "?"
        assert found.positions["?"] == {
            "listed": TRUTHS, "first_head": False, "higher": TRUTHS, "body": OneOf(("knb", "syrbar", "sgs", "other")),
        }  # fmt: skip


class TestUnknown:
    def test_dates_and_occurrences(self, lexicon: Lexicon) -> None:
        found = slot("{type: dismissal, date: unknown, occurred: unknown}", lexicon, "as_of: 2026-12-12\n")
        assert found.occurred is None
        assert found.date == Days(((EARLIEST, day(2026, 12, 12)),))

    def test_a_month_ends_with_what_is_known(self, lexicon: Lexicon) -> None:
        found = slot("{type: dismissal, date: 2026-12-XX}", lexicon, "as_of: 2026-12-12\n")
        assert found.date == Days(((day(2026, 12, 1), day(2026, 12, 12)),))

    @pytest.mark.parametrize(
        ("event", "name", "meant"),
        [
            ("{type: transfer, date: 2026-12-05, promotion: unknown}", "promotion", TRUTHS),
            ("{type: acting_duty, date: 2026-12-05, basis: unknown}", "basis", OneOf(("p17", "other"))),
            ("{type: penalty_lifted, date: 2026-12-05, ref: unknown}", "ref", None),
            ("{type: appointment, date: 2026-12-05, position: unknown}", "position", OneOf(("deputy", "head", "?"))),
            ("{type: list_formed, date: 2026-12-05, position: none}", "position", None),
            ("{type: stay_waiver, date: 2026-12-05, by: {one_of: [president, court]}}", "by",
             OneOf(("president", "court"))),
            ("{type: list_formed, date: 2026-12-05, quarter: {one_of: [2026Q4, none]}}", "quarter",
             OneOf((8107, None))),
            ("{type: materials_sent, date: 2026-12-05, contents: {sure: [qualities], maybe: [special_check]}}",
             "contents", OpenItems(frozenset({"qualities"}), frozenset({"special_check"}))),
            ("{type: materials_sent, date: 2026-12-05, contents: {sure: [qualities], maybe: []}}", "contents",
             frozenset({"qualities"})),
        ],
    )  # fmt: skip
    def test_attributes(self, event: str, name: str, meant: object, lexicon: Lexicon) -> None:
        assert slot(event, lexicon).attrs[name] == meant

    def test_a_reference_is_one_of_those_in_the_record(self, lexicon: Lexicon) -> None:
        others = "\n  - {type: penalty, date: 2026-11-05, ref: w1}\n  - {type: penalty, date: 2026-11-06, ref: w2}"
        found = slot("{type: penalty_lifted, date: 2026-12-05, ref: unknown}" + others, lexicon)
        assert found.attrs["ref"] == OneOf(("w1", "w2", None))

    def test_a_quarter_is_not_far_from_its_event(self, lexicon: Lexicon) -> None:
        found = slot("{type: list_formed, date: 2026-12-XX, quarter: unknown}", lexicon).attrs["quarter"]
        assert isinstance(found, OneOf)
        assert (found.values[0], found.values[-1]) == (parse_quarter("2025Q4"), parse_quarter("2027Q4"))

    @pytest.mark.parametrize(
        ("written", "first", "last"),
        [
            ("unknown", (2026, 3, 3), (2027, 3, 4)),
            ("2026-03-XX", (2026, 3, 1), (2026, 3, 31)),
            ("../2026-03-20", (2026, 3, 3), (2026, 3, 20)),
            ("[2026-03-20..2031-01-01]", (2026, 3, 20), (2031, 1, 1)),
        ],
    )
    def test_a_date_attribute(
        self, written: str, first: tuple[int, int, int], last: tuple[int, int, int], lexicon: Lexicon
    ) -> None:
        found = slot(f"{{type: administrative_liability, date: 2026-03-03, in_force: {written}}}", lexicon)
        assert found.attrs["in_force"] == Days(((day(*first), day(*last)),))

    def test_completions_of_a_date_attribute(self, lexicon: Lexicon) -> None:
        event = (
            "{type: administrative_liability, date: 2026-03-03, in_force: unknown, by_court: true, intentional: true}"
        )
        timeline = evolve(case(f"{HEAD}events:\n  - {event}\n", lexicon).timeline)
        timeline = evolve(timeline, slots=timeline.slots[:1])
        assert list(timeline.unknowns()) == ["events[0].in_force"]
        (event_made,) = timeline.facts({"events[0].in_force": 7}).events
        assert event_made.attrs["in_force"] == 7


class TestMissing:
    def ghosts(self, rest: str, lexicon: Lexicon) -> list[Slot]:
        text = f"{HEAD}{rest}events:\n  - {{type: penalty, date: 2026-12-05, ref: w1, kind: remark}}\n"
        return [found for found in case(text, lexicon).timeline.slots if found.phantom]

    def test_a_record_never_closes_judgements(self, lexicon: Lexicon) -> None:
        (ghost,) = self.ghosts("", lexicon)
        assert (ghost.kind, ghost.index, ghost.occurred) == ("qualification_assessment", 1, None)
        assert ghost.date == Days(((EARLIEST, day(2026, 12, 5)),))
        assert ghost.attrs == {"position": None, "meets": TRUTHS}

    def test_a_judgement_that_was_not_passed(self, lexicon: Lexicon) -> None:
        assert self.ghosts("did_not_happen: [qualification_assessment]\n", lexicon) == []

    def test_acts_that_may_be_missing(self, lexicon: Lexicon) -> None:
        found = self.ghosts("may_be_missing: [penalty_lifted]\n", lexicon)
        assert [(ghost.kind, ghost.index) for ghost in found] == [
            ("qualification_assessment", 1), ("penalty_lifted", 2), ("penalty_lifted", 3),
        ]  # fmt: skip
        assert found[1].attrs == {"ref": OneOf(("w1", None))}

    def test_what_is_open_in_a_missing_act(self, lexicon: Lexicon) -> None:
        found = self.ghosts(POSTS + "may_be_missing: [penalty, reserve_decision, appointment]\n", lexicon)
        by_kind = {ghost.kind: ghost.attrs for ghost in found}
        assert by_kind["penalty"]["corruption"] == TRUTHS
        assert by_kind["penalty"]["by"] is None
        assert by_kind["reserve_decision"]["presumed_regular"] is False
        assert by_kind["reserve_decision"]["position"] == OneOf(("deputy", "head", None))
        assert by_kind["appointment"]["position"] == OneOf(("deputy", "head", "?"))

    def test_an_incomplete_record_opens_every_kind(self, lexicon: Lexicon) -> None:
        found = self.ghosts("complete: false\n", lexicon)
        kinds = lexicon.vocabulary.kinds
        assert len(found) == 2 * (len(kinds) - 1) + 1
        assert {ghost.kind for ghost in found} == set(kinds)
