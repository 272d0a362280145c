"""The lifecycle held against the norms: a few of its steps here, all of them in the long run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from compliance.calendar.days import parse_iso
from compliance.check.lifecycle import verify as verification
from compliance.check.lifecycle.path import Paths
from compliance.check.lifecycle.stories import story_files
from compliance.check.lifecycle.verify import (
    Fewest,
    Missing,
    Partition,
    Taken,
    Verification,
    Verifier,
    is_good,
    questions_of,
    tasks_of,
)
from compliance.law.lifecycle.model import Lifecycle
from compliance.law.lifecycle.read import lifecycle_from_text, load_lifecycle
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm.facts import Event, Facts
from compliance.smt.query import NoStory, Story
from compliance.source.data import data_path

Change = Callable[[str], str]


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def lifecycle(law: Law) -> Lifecycle:
    return load_lifecycle(law)


@pytest.fixture(scope="module")
def verifier(law: Law, lifecycle: Lifecycle) -> Verifier:
    return Verifier(questions_of(law, lifecycle))


def changed(law: Law, *changes: tuple[str, str]) -> Verifier:
    """A verifier of the shipped lifecycle with some words replaced."""
    text = data_path("model", "lifecycle.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return Verifier(questions_of(law, lifecycle_from_text(law, text)))


def test_a_step_is_taken_by_a_story_that_goes_through_its_states(verifier: Verifier) -> None:
    taken, fewest = verifier.answer(("step", "stay", "stay.member-appointed.appointment.waiver", ""))
    assert isinstance(taken, Taken)
    assert isinstance(fewest, Fewest)
    assert [turn.target for turn in taken.turns] == ["member", "appointed"]
    assert fewest.days == 1
    assert isinstance(taken.found, Story)
    assert (
        verifier.questions.query(verifier.questions.taken(taken.step))
        .judge(taken.found.facts, taken.found.profile)
        .is_story
    )


def test_three_months_are_no_less_than_89_days(verifier: Verifier, lifecycle: Lifecycle) -> None:
    step = next(s for s in lifecycle.steps if s.id == "stay.member-appointed.appointment")
    assert isinstance(verifier.within(step, 88), NoStory)
    story = verifier.within(step, 89)
    assert isinstance(story, Story)
    assert verifier.days(lifecycle.graph("stay"), step, story) == 89


def test_a_term_that_ends_may_be_answered_on_its_day(verifier: Verifier, lifecycle: Lifecycle) -> None:
    """On the day of the anniversary time leads into the ground, and the exclusion out of it."""
    step = next(s for s in lifecycle.steps if s.id == "stay.ground-outside.exclusion_decision.sub5")
    fewest = verifier.fewest(lifecycle.graph("stay"), step)
    assert fewest.days == 0


@pytest.mark.parametrize(
    "task",
    [
        ("partition", "candidacy", "two", ""),
        ("partition", "stay", "none", ""),
        ("partition", "stay", "start", ""),
        ("missing", "candidacy", "sent", "list_formed"),
        ("missing", "stay", "waiting", "reserve_decision"),
        ("missing", "stay", "member", "exclusion_decision"),
        ("missing", "stay", "outside", "time"),
    ],
    ids=".".join,
)
def test_what_the_graphs_promise_holds(verifier: Verifier, task: verification.Task) -> None:
    (finding,) = verifier.answer(task)
    assert is_good(finding)


def test_a_step_left_out_is_found(law: Law) -> None:
    verifier = changed(law, ("from: [agreed], to: vetted", "from: [agreed], to: agreed"))
    (finding,) = verifier.answer(("missing", "candidacy", "agreed", "materials_checked"))
    assert isinstance(finding, Missing)
    assert (is_good(finding), finding.target) == (False, "vetted")


def test_a_step_that_the_law_forbids_is_not_taken(law: Law) -> None:
    verifier = changed(law, ("from: [checked], to: listed", "from: [sent, checked], to: listed"))
    findings = verifier.answer(("step", "candidacy", "candidacy.sent-listed.list_formed", ""))
    assert [is_good(finding) for finding in findings] == [False, False]


def test_states_that_overlap_are_found(law: Law) -> None:
    verifier = changed(law, ("and not was_checked(m, d) and was_agreed(m, d)", "and was_agreed(m, d)"))
    (finding,) = verifier.answer(("partition", "candidacy", "two", ""))
    assert isinstance(finding, Partition)
    assert not is_good(finding)


def test_the_questions_cover_every_state_and_event(lifecycle: Lifecycle) -> None:
    tasks = tasks_of(lifecycle.graphs)
    assert len(set(tasks)) == len(tasks)
    pairs = {(graph.id, state, event) for graph in lifecycle.graphs for state in graph.states
             for event in (*graph.events, "time")}  # fmt: skip
    assert {task[1:] for task in tasks if task[0] == "missing"} == pairs
    assert {task[2] for task in tasks if task[0] == "step"} == {step.id for step in lifecycle.steps}


def test_the_path_of_a_record(law: Law, lifecycle: Lifecycle, verifier: Verifier) -> None:
    """A grave penalty, an exclusion, the lifting, and the year: three acts and one night."""

    def event(index: int, of: str, day: str, **attrs: object) -> Event:
        every = {name: attribute.value for name, attribute in law.vocabulary.kinds[of].attributes.items()}
        return Event(of, parse_iso(day), {**every, **attrs}, index)  # type: ignore[dict-item]

    events = (
        event(0, "reserve_decision", "2025-10-06", outcome="enrol", presumed_regular=True),
        event(1, "penalty", "2026-02-10", ref="w1", kind="incomplete_fitness_warning"),
        event(2, "exclusion_decision", "2026-02-24", ground="p18.sub3", ref="w1"),
        event(3, "penalty_lifted", "2026-08-10", ref="w1"),
    )
    facts = Facts({"body": "knb"}, {}, events, parse_iso("2027-12-01"))
    questions = verifier.questions
    turns = Paths(lifecycle, questions.calendar, facts, questions.profile).turns(lifecycle.graph("stay"))
    assert [(turn.target, turn.events) for turn in turns] == [
        ("member", (0,)), ("ground", (1,)), ("barred", (2,)), ("waiting", (3,)), ("outside", ()),
    ]  # fmt: skip
    assert turns[-1].day == parse_iso("2027-08-10")
    assert turns[-1].step is not None
    assert turns[1].step is not None
    assert turns[1].step.transition.route == "grave"


def test_a_story_is_saved_as_a_file(law: Law, verifier: Verifier) -> None:
    findings = verifier.answer(("step", "candidacy", "candidacy.sent-checked.materials_checked", ""))
    files = story_files(law, Verification(verifier.questions.profile, findings))
    (text,) = files.values()
    assert list(files) == ["candidacy.sent-checked.materials_checked.yaml"]
    assert "type: materials_checked" in text
    assert "verdict: compliant" in text or "verdict: pending" in text


@pytest.mark.deep
def test_the_whole_lifecycle_and_its_page(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from docs.build import SLOW_PAGES

    found = verification.verify(jobs=os.cpu_count() or 1)
    assert found.wrong == ()
    monkeypatch.setattr(verification, "verify", lambda **_: found)
    page = (checkout / "docs" / "reference" / "lifecycle.md").read_text(encoding="utf-8")
    assert page == SLOW_PAGES["reference/lifecycle.md"](), "run `make docs` to write the page anew"
