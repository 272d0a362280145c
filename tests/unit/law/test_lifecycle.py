"""The lifecycle is read with every error placed, and its shape is known without asking the law."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from compliance.law.lifecycle.model import TIME, Lifecycle
from compliance.law.lifecycle.read import lifecycle_from_text, load_lifecycle
from compliance.law.lifecycle.structure import fewest_days, graphml, lint_lifecycle, structure
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.source.data import data_path
from compliance.source.diagnostic import Problems

SMALL = """\
definitions:
- define: "sent_by(d: date)"
  is: |
    some materials_sent m with m.date <= d
graphs:
- id: small
  words: {en: small, ru: малый}
  events: [materials_sent, dismissal]
  start: before
  states:
    before:
      words: {en: before, ru: до}
      is: |
        not sent_by(d) and d <= t
    after:
      words: {en: after, ru: после}
      is: |
        sent_by(d) and d <= t
  transitions:
  - {from: [before], to: after, event: materials_sent, actor: first_head, units: [p10.part1], guard: "x.date = x.date",
     words: {en: sending, ru: направление}}
"""


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def lifecycle(law: Law) -> Lifecycle:
    return load_lifecycle(law)


def test_the_shipped_graphs_know_what_they_speak_of(law: Law, lifecycle: Lifecycle) -> None:
    assert [graph.id for graph in lifecycle.graphs] == ["candidacy", "stay"]
    for graph in lifecycle.graphs:
        assert set(graph.events) <= set(law.vocabulary.kinds)
        for step in graph.steps:
            assert {step.source, step.target} <= set(graph.states)
            assert set(step.transition.units) <= set(law.units)
            assert step.transition.event in (*graph.events, TIME)
    grounds = {step.transition.route for step in lifecycle.graph("stay").out_of("ground", "exclusion_decision")}
    assert grounds == {f"sub{number}" for number in range(1, 9)}


def test_the_shipped_graphs_have_no_lost_states(lifecycle: Lifecycle) -> None:
    assert lint_lifecycle(lifecycle) == ()
    stay = structure(lifecycle.graph("stay"))
    assert stay.ranks[0] == ("outside",)
    assert stay.circles == (("outside", "member", "appointed", "ground", "barred", "waiting"),)


def test_a_small_graph_is_read(law: Law) -> None:
    (graph,) = lifecycle_from_text(law, SMALL).graphs
    (step,) = graph.steps
    assert step.id == "small.before-after.materials_sent"
    assert step.transition.guarded
    assert structure(graph).dead_ends == ("after",)


def test_what_cannot_be_reached_is_found(law: Law) -> None:
    lifecycle = lifecycle_from_text(law, SMALL.replace("start: before", "start: after"))
    found = {(each.code, each.fields["word"]) for each in lint_lifecycle(lifecycle)}
    assert found == {("lifecycle.unreachable", "before"), ("lifecycle.dead-end", "after")}


WRONG = {
    "start: before": ("start: befor", "lifecycle.unknown-state", "before"),
    "from: [before]": ("from: [sooner]", "lifecycle.unknown-state", None),
    "to: after": ("to: aftr", "lifecycle.unknown-state", "after"),
    "event: materials_sent": ("event: demotion", "lifecycle.unknown-event", None),
    "[materials_sent, dismissal]": ("[materials_sent, dismisal]", "law.unknown-kind", "dismissal"),
    "units: [p10.part1]": ("units: [p10.part9]", "law.unknown-unit", None),
    "actor: first_head, ": ("actor: first_haed, ", "law.unknown-actor", "first_head"),
    "actor: first_head, units": ("units", "lifecycle.actor", None),
    "event: materials_sent, ": ("event: time, ", "lifecycle.actor", None),
    "id: small": ("id: Small", "lifecycle.name", None),
    "x.date = x.date": ("x.dat = x.date", "norm.unknown-attribute", None),
    "not sent_by(d) and": ("not sent_by() and", "norm.wrong-count", None),
    "  start: before": ("  begin: before", "source.unknown-key", None),
}


@pytest.mark.parametrize("part", WRONG)
def test_an_error_is_placed(law: Law, part: str) -> None:
    instead, code, suggestion = WRONG[part]
    assert SMALL.count(part) >= 1
    with pytest.raises(Problems) as caught:
        lifecycle_from_text(law, SMALL.replace(part, instead, 1), "small.yaml")
    found = [each for each in caught.value.diagnostics if each.code == code]
    assert found, [each.code for each in caught.value.diagnostics]
    assert found[0].place is not None
    assert found[0].place.file == "small.yaml"
    if suggestion is not None:
        assert found[0].suggestion == suggestion


def test_all_errors_come_at_once(law: Law) -> None:
    text = SMALL.replace("start: before", "start: befor").replace("to: after", "to: aftr")
    with pytest.raises(Problems) as caught:
        lifecycle_from_text(law, text)
    assert [each.code for each in caught.value.diagnostics] == ["lifecycle.unknown-state"] * 2


def test_a_step_stands_once(law: Law) -> None:
    start = SMALL.index("  - {from")
    with pytest.raises(Problems) as caught:
        lifecycle_from_text(law, SMALL + SMALL[start:])
    assert "lifecycle.duplicate" in [each.code for each in caught.value.diagnostics]


def test_days_add_up_along_the_fastest_way(lifecycle: Lifecycle) -> None:
    stay = lifecycle.graph("stay")
    assert fewest_days(stay, "outside", "waiting", lambda step: 1) == 2
    assert fewest_days(stay, "outside", "barred", lambda step: 5 if step.target == "ground" else 1) == 6
    assert fewest_days(stay, "outside", "barred", lambda step: None if step.target == "barred" else 1) is None


def test_graphml_holds_every_state_and_step(lifecycle: Lifecycle) -> None:
    root = ElementTree.fromstring(graphml(lifecycle, "ru"))
    names = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(root.findall(f".//{names}node")) == sum(len(graph.states) for graph in lifecycle.graphs)
    assert len(root.findall(f".//{names}edge")) == len(lifecycle.steps)


def test_the_file_is_the_shipped_one(law: Law, lifecycle: Lifecycle) -> None:
    text = data_path("model", "lifecycle.yaml").read_text(encoding="utf-8")
    assert lifecycle_from_text(law, text).graphs == lifecycle.graphs
