"""Answers to theorems: labels, cores, drops, vacuity, near misses, lemmas."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from attrs import evolve, frozen

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.prove import answer as answering
from compliance.prove.decide import Decision, Worlds
from compliance.prove.export import smt2
from compliance.prove.options import ProveOptions
from compliance.prove.outcome import Confirmation
from compliance.prove.prove import in_order, prove, prove_all, setting_of
from compliance.prove.record import to_json
from compliance.smt.certify import confirm
from compliance.smt.query import GaveUp
from compliance.source.diagnostic import Problems
from tests.unit.prove.conftest import Write


@frozen
class Tired:
    """An engine that gave up after having switched these on."""

    active: tuple[str, ...]


HEAD = "every reserve_decision r with not for_first_head(r): r.by = head_of_administration"
QUICK = ProveOptions(confirm=False, polish=False)


def test_a_proof_says_what_it_rests_on(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    theorem = write(HEAD, "rests_on: [p12.part2]", "near_miss: {says: {en: n, ru: р}, theorem: 'every reserve_decision"
                    " r: r.by = head_of_administration'}")  # fmt: skip
    found = prove(law, theorem, calendar=calendar)
    assert (found.result, found.label, found.core, found.norms) == (
        "proved", "proved", ("p12.part2",), ("p12.part2.decider",),
    )  # fmt: skip
    assert [(drop.unit, drop.outcome) for drop in found.drops] == [("p12.part2", "story")]
    assert (found.vacuous, found.near_miss, found.unmet) == (False, "refuted", ())
    assert [each.outcome for each in found.confirmations] == ["confirmed"]
    assert [name.split()[0] for name in found.solvers] == ["z3", "cvc5"]


def test_a_unit_that_is_not_needed_is_told(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    found = prove(law, write(HEAD, "rests_on: [p20]"), QUICK, calendar=calendar)
    assert found.result == "proved"
    assert [words.en for words in found.unmet] == ["without `p20` it does not fail: still proved"]


def test_a_refutation_carries_its_story(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    found = prove(law, write("every appointment a with a.position.higher: member_on(a.date)"), QUICK, calendar=calendar)
    assert (found.result, found.label, found.core) == ("refuted", "refuted", ())
    assert found.story is not None
    assert [event.kind for event in found.story.facts.events] == ["appointment"]
    assert [words.en for words in found.unmet] == ["expected `proved`, got `refuted`"]


def test_an_existence_is_shown_or_impossible(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    shown = prove(law, write("some training t: t.place = academy", "kind: possible"), QUICK, calendar=calendar)
    assert (shown.result, shown.label, shown.unmet) == ("proved", "shown", ())
    never = write("some enrolment e: for_first_head(e)", "kind: possible", "expect: refuted")
    found = prove(law, never, calendar=calendar)
    assert (found.result, found.label, found.core, found.unmet) == ("refuted", "impossible", ("p7",), ())


def test_a_premise_that_cannot_be_met_is_vacuous(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    text = "every enrolment e with for_first_head(e): e.by = president"
    found = prove(law, write(text), QUICK, calendar=calendar)
    assert (found.label, found.vacuous) == ("vacuous", True)
    assert [words.en for words in found.unmet] == ["proved, but vacuous: its premise can never be met"]
    assert prove(law, write(text, "vacuous: true"), QUICK, calendar=calendar).unmet == ()


def test_what_is_true_of_every_record_is_refused(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    with pytest.raises(Problems) as caught:
        prove(law, write("every training t: t.date <= t.date"), QUICK, calendar=calendar)
    assert [each.code for each in caught.value.diagnostics] == ["proofs.trivially-true"]


def test_only_what_is_named_is_assumed(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    alone = prove(law, write(HEAD, "under: [p12.part2]"), QUICK, calendar=calendar)
    assert (alone.result, alone.core) == ("proved", ("p12.part2",))
    for key in ("under: [p11, world]", "without: [p12.part2, p5.part1, p5.part2]"):
        found = prove(law, write(HEAD, key.replace("p11,", "p11.sub2,"), "expect: refuted"), QUICK, calendar=calendar)
        assert (found.result, found.unmet) == ("refuted", ())


def test_one_method_alone_must_be_declared(
    law: Law, calendar: WorkingCalendar, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = Confirmation("quantified", "absent")
    monkeypatch.setattr(answering, "confirmations", lambda *_: (absent,))
    options = ProveOptions(drops=False, premises=False)
    found = prove(law, write(HEAD), options, calendar=calendar)
    assert (found.label, [words.en for words in found.unmet]) == (
        "proved_by_one_method", ["no second solver confirms it"],
    )  # fmt: skip
    assert prove(law, write(HEAD, "single_method: true"), options, calendar=calendar).unmet == ()


def test_without_the_second_solver_a_proof_is_by_one_method_and_says_so(
    law: Law, calendar: WorkingCalendar, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cvc5", None)
    options = ProveOptions(drops=False, premises=False)
    found = prove(law, write(HEAD), options, calendar=calendar)
    assert [(each.method, each.outcome) for each in found.confirmations] == [
        ("quantified", "absent"), ("instances", "absent"), ("quantified", "confirmed"),
    ]  # fmt: skip
    assert (found.result, found.label) == ("proved", "proved_by_one_method")
    assert [words.en for words in found.unmet] == ["no second solver confirms it"]
    assert prove(law, write(HEAD, "single_method: true"), options, calendar=calendar).unmet == ()


def test_what_is_asked_beside_a_theorem_does_not_turn_on_the_worlds_that_serve_it(
    law: Law, calendar: WorkingCalendar, write: Write
) -> None:
    near = "near_miss: {says: {en: n, ru: р}, theorem: 'every reserve_decision r: r.by = head_of_administration'}"
    theorems = [write(HEAD, "rests_on: [p12.part2, p20]", near), write("no training t", "rests_on: [p1]", near)]
    alone = [to_json(prove(law, theorem, QUICK, calendar=calendar)) for theorem in theorems]
    setting = setting_of(law, calendar)
    for few in (6, 0):
        shared = evolve(setting, worlds=Worlds(few))
        assert [to_json(prove(law, theorem, QUICK, setting=shared)) for theorem in theorems] == alone


def test_lemmas_come_first_and_are_named(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    lemma = write(HEAD, "under: [p12.part2]", id="L")
    # Without the unit itself, only the lemma carries the theorem.
    main = write("every enrolment e with not for_first_head(e): e.by != president", "under: [p12.part2]", "lemmas: [L]")
    report = prove_all(law, [main, lemma], QUICK, calendar=calendar)
    assert [found.theorem for found in report.results] == ["T", "L"]
    assert report.results[0].result == "proved"
    assert [theorem.id for theorem in in_order((main, lemma))] == ["L", "T"]


def test_a_lemma_counts_only_where_it_is_meant(law: Law, write: Write) -> None:
    lemma = write(HEAD, "without: [p20]", id="L")
    main = write(HEAD, "lemmas: [L]")
    for theorems, code in (
        ((main, lemma), "proofs.lemma-elsewhere"),
        ((main,), "proofs.unknown-lemma"),
        ((main, write(HEAD, "lemmas: [T]", id="L")), "proofs.lemma-circle"),
    ):
        with pytest.raises(Problems) as caught:
            in_order(theorems)
        assert [each.code for each in caught.value.diagnostics] == [code]


def test_for_all_readings_covers_each(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    text = "every enrolment e with start(e) < as_of: e.date <= start(e)"
    assert prove(law, write(text, "for_all_readings: true"), QUICK, calendar=calendar).result == "proved"
    text = "every enrolment e: e.date = start(e)"
    found = prove(law, write(text, "for_all_readings: true", "expect: refuted"), QUICK, calendar=calendar)
    assert (found.result, found.readings, found.unmet) == ("refuted", None, ())
    assert found.story is not None
    assert found.story.profile["stay_starts"] != "decision"


def test_answers_are_kept_and_found_again(law: Law, calendar: WorkingCalendar, write: Write, tmp_path: Path) -> None:
    options = evolve(QUICK, cache=tmp_path / "cache")
    first = prove(law, write(HEAD), options, calendar=calendar)
    again = prove(law, write(HEAD), options, calendar=calendar)
    assert (first.cached, again.cached) == (False, True)
    assert again == first
    assert prove(law, write(HEAD, "rests_on: [p20]"), options, calendar=calendar).cached is False


def test_a_broken_cache_is_no_harm(law: Law, calendar: WorkingCalendar, write: Write, tmp_path: Path) -> None:
    options = evolve(QUICK, cache=tmp_path)
    first = prove(law, write(HEAD), options, calendar=calendar)
    (path,) = tmp_path.glob("*.json")
    for text in ("{", '{"theorem": "T"}', "[]"):
        path.write_text(text, encoding="utf-8")
        assert prove(law, write(HEAD), options, calendar=calendar) == first


def test_giving_up_is_named_and_never_kept(law: Law, calendar: WorkingCalendar, write: Write, tmp_path: Path) -> None:
    """True of every finite record, as some such day is the last; nothing here can see that."""
    kind = "administrative_liability"
    chain = f"(every {kind} g: some {kind} h: g.in_force < h.in_force) implies no {kind} g"
    found = prove(law, write(chain, "under: []"), evolve(QUICK, cache=tmp_path, slots=(1, 2)), calendar=calendar)
    assert (found.result, found.label, found.slots) == ("open", "no_story", 2)
    assert found.label_words.en == "no story up to 2 events of a kind, and no proof"
    assert found.reason in ("events", "effort", "rounds")
    assert not list(tmp_path.glob("*.json"))


def test_proof_objects_are_kept_on_request(law: Law, calendar: WorkingCalendar, write: Write, tmp_path: Path) -> None:
    prove(law, write(HEAD), evolve(QUICK, proofs=tmp_path), calendar=calendar)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["T.cpc", "T.smt2"]


def test_other_solvers_prove_where_the_engine_gives_up(
    law: Law, calendar: WorkingCalendar, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    tired = Decision(GaveUp("effort"), Tired(("axiom:p20", "axiom:p12.part2.decider")), 1)  # type: ignore[arg-type]
    monkeypatch.setattr(answering, "decide", lambda *_: tired)
    options = ProveOptions(drops=False, premises=False, near_misses=False)
    found = prove(law, write(HEAD), options, calendar=calendar)
    assert (found.result, found.label, found.norms) == ("proved", "proved", ("p12.part2.decider",))
    assert [each.outcome for each in found.confirmations] == ["confirmed", "confirmed"]
    opened = prove(law, write("no training t"), options, calendar=calendar)
    assert (opened.result, opened.label, opened.reason) == ("open", "no_story", "effort")


def test_a_theorem_can_be_exported(law: Law, write: Write) -> None:
    theorem = write(HEAD)
    whole, part = smt2(law, theorem), smt2(law, theorem, ("p12.part2.decider",))
    assert whole.startswith("(set-logic ALL)")
    assert len(part) < len(whole)
    assert confirm(part, 60_000).outcome == "confirmed"
