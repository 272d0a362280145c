"""Pictures of the lifecycle and of one story, held as a whole."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from attrs import evolve

from compliance.check.chronicle import Chronicle, chronicles
from compliance.check.lifecycle.verify import Missing, Verification, Verifier, questions_of
from compliance.check.open import lexicon_of, open_setting
from compliance.check.options import CheckOptions
from compliance.law.lifecycle.model import Lifecycle
from compliance.law.lifecycle.read import load_lifecycle
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm.vocabulary import Lang
from compliance.report.lifecycle.arrows import arrows
from compliance.report.lifecycle.diagrams import dot, mermaid
from compliance.report.lifecycle.gantt import story_mermaid
from compliance.report.lifecycle.jsonform import lifecycle_json
from compliance.report.lifecycle.layout import WIDTH, layout
from compliance.report.lifecycle.page import lifecycle_page
from compliance.report.lifecycle.story_svg import story_svg
from compliance.report.lifecycle.svg import svg
from compliance.report.lifecycle.text import lifecycle_text
from compliance.report.show import show_text
from compliance.report.text import Page
from compliance.smt.query import GaveUp
from compliance.timeline.scenario import read_scenario
from tests.conftest import Golden

STORY = """\
title: {en: Excluded after a warning and back, ru: Исключён после предупреждения и возвращён}
law: 2025
as_of: 2027-09-01
officer: {id: K-01, body: knb}
positions:
  deputy: {listed: true, first_head: false, higher: true}
events:
  - {type: reserve_decision, date: 2025-10-06, outcome: enrol, by: head_of_administration, position: deputy,
     presumed_regular: true}
  - {type: penalty, date: 2026-02-10, ref: w1, kind: incomplete_fitness_warning, by: first_head}
  - {type: exclusion_materials, date: 2026-02-16, by: personnel_unit, to: department}
  - {type: exclusion_decision, date: 2026-02-24, by: head_of_administration, ground: p18.sub3, ref: w1}
  - {type: penalty_lifted, date: 2026-08-10, ref: w1}
  - {type: reserve_decision, date: 2027-08-10, outcome: enrol, by: head_of_administration, position: deputy,
     presumed_regular: true}
  - {type: materials_sent, date: 2027-08-20, quarter: 2027Q3, position: deputy, by: first_head, signed_by: first_head}
"""


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def lifecycle(law: Law) -> Lifecycle:
    return load_lifecycle(law)


@pytest.fixture(scope="module")
def verified(law: Law, lifecycle: Lifecycle) -> Verification:
    """The answers on one step and on one that is no step."""
    verifier = Verifier(questions_of(law, lifecycle))
    step = verifier.answer(("step", "candidacy", "candidacy.sent-checked.materials_checked", ""))
    return Verification(verifier.questions.profile, (*step, *verifier.answer(("missing", "candidacy", "sent", "time"))))


@pytest.fixture(scope="module")
def story(law: Law, lifecycle: Lifecycle, tmp_path_factory: pytest.TempPathFactory) -> Chronicle:
    path = tmp_path_factory.mktemp("story") / "back.yaml"
    path.write_text(STORY, encoding="utf-8")
    setting = open_setting(CheckOptions(repair=False), law)
    (found,) = chronicles(setting, read_scenario(path, lexicon_of(law), "back.yaml"), lifecycle)
    return found


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_tree(lifecycle: Lifecycle, golden: Golden, lang: Lang) -> None:
    text = lifecycle_text(lifecycle, None, Page(lang, 80))
    assert max(map(len, text.splitlines())) <= 80
    golden(f"lifecycle/tree.{lang}.txt", text)


def test_the_other_forms(lifecycle: Lifecycle, golden: Golden) -> None:
    golden("lifecycle/graphs.mmd", mermaid(lifecycle, "en"))
    golden("lifecycle/graphs.dot", dot(lifecycle, "ru"))
    golden("lifecycle/graphs.svg", svg(lifecycle, "en"))
    golden("lifecycle/graphs.json", lifecycle_json(lifecycle, None))
    golden("lifecycle/graphs.md", lifecycle_page(lifecycle, None, "ru"))


def test_a_verification_is_told(lifecycle: Lifecycle, verified: Verification, golden: Golden) -> None:
    text = lifecycle_text(lifecycle, verified, Page("en", 80))
    golden("lifecycle/verified.txt", text)
    page = lifecycle_page(lifecycle, verified, "en")
    assert "| materials sent | checked | check |" in page
    assert '"fewest_days": 1' in lifecycle_json(lifecycle, verified)


def test_what_is_open_is_no_success(lifecycle: Lifecycle, verified: Verification) -> None:
    gave_up = Missing("stay", "member", "penalty", GaveUp("resource limit"))
    worse = evolve(verified, findings=(*verified.findings, gave_up))
    assert worse.wrong == (gave_up,)
    assert worse.gave_up
    assert "not settled: resource limit" in lifecycle_text(lifecycle, worse, Page("en", 80))


def test_pictures_are_well_formed_and_inside_their_frame(lifecycle: Lifecycle) -> None:
    for lang in ("en", "ru"):
        ElementTree.fromstring(svg(lifecycle, lang))
    for graph in lifecycle.graphs:
        found = layout(graph)
        assert [line.arrow for line in found.lines] == list(arrows(graph))
        for line in found.lines:
            assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in line.points)
        assert all(box.x + WIDTH <= found.width for box in found.boxes)


def test_no_two_lanes_lie_on_each_other(lifecycle: Lifecycle) -> None:
    for graph in lifecycle.graphs:
        lanes = [(line.points[1][0], *sorted((line.points[1][1], line.points[2][1])))
                 for line in layout(graph).lines if len(line.points) == 4]  # fmt: skip
        for number, (x, low, high) in enumerate(lanes):
            assert not [other for other in lanes[number + 1 :] if other[0] == x and low < other[2] and other[1] < high]


def test_a_story_in_pictures(story: Chronicle, golden: Golden) -> None:
    golden("lifecycle/story.mmd", story_mermaid([story], "en"))
    golden("lifecycle/story.svg", story_svg([story], "ru"))
    ElementTree.fromstring(story_svg([story], "en"))


def test_the_way_of_a_story(story: Chronicle) -> None:
    candidacy, stay = story.ways
    assert [leg.state for leg in candidacy.legs] == ["sent"]
    assert [leg.state for leg in stay.legs] == ["member", "ground", "barred", "waiting", "outside", "member"]
    assert [leg.known for leg in stay.legs] == [True] * 6
    assert "2027-08-10 outside the reserve (the year is over)" in show_text([story], Page("en", 110))


def test_the_notes_of_the_file_are_shown_once(lifecycle: Lifecycle) -> None:
    text = lifecycle_text(lifecycle, None, Page("en", 110))
    notes = [each.note.en for graph in lifecycle.graphs for each in graph.transitions if each.note]
    assert notes
    assert [note for note in notes if text.count(note[:60]) != 1] == []
