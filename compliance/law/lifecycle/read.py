"""Reads model/lifecycle.yaml: graphs whose formulas are typed on top of the law's program; all errors at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from pathlib import Path
from typing import Final

from attrs import define, field

from compliance.law.lifecycle.model import TIME, Graph, Lifecycle, State, Transition
from compliance.law.model import Law
from compliance.law.read_parts import read_definition
from compliance.law.read_rules import both_languages, read_formula
from compliance.norm.ast import Expr
from compliance.norm.parse import Head
from compliance.norm.typecheck import RawDefinition, check_program
from compliance.source.data import model_path, shown_name
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place
from compliance.source.reader import Node, Scalar, parse_yaml, read_text
from compliance.source.shape import Fields, as_mapping, as_scalar

FILE: Final = "lifecycle.yaml"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_GRAPH: Final = ("id", "words", "events", "start", "states", "transitions")
_STEP: Final = ("from", "to", "event", "units", "words")
_MAY: Final = ("route", "guard", "actor", "note")


def load_lifecycle(law: Law, path: Path | None = None) -> Lifecycle:
    """The lifecycle of a file, by default the shipped one; raises `Problems` with every error."""
    path = path if path is not None else model_path(FILE)
    return lifecycle_from_text(law, read_text(path, shown_as=shown_name(path)), shown_name(path))


def lifecycle_from_text(law: Law, text: str, shown_as: str = f"model/{FILE}") -> Lifecycle:
    """The lifecycle of a text."""
    collector = Collector()
    reader = _Reader(law, collector)
    top = Fields(parse_yaml(text, shown_as), collector, allowed=("definitions",), required=("graphs",))
    definitions = top.list_of("definitions", read_definition)
    graphs = top.list_of("graphs", lambda node, _: reader.graph(node))
    reader.once(((graph.id, graph.place) for graph in graphs), "lifecycle.duplicate")
    collector.raise_if_any()
    written = law.written
    raw = [*(text.raw for text in written.definitions.values()), *(text.raw for text in definitions), *reader.formulas]
    readings = {name: reading.order for name, reading in written.readings.items()}
    params = {name: parameter.value for name, parameter in written.parameters.items()}
    program = check_program(law.vocabulary, list(written.notions.values()), raw, readings, params, collector)
    return Lifecycle(graphs, program)


@define
class _Reader:
    """Reads graphs; formulas are gathered as definitions, to be checked together with those of the law."""

    law: Law
    collector: Collector
    formulas: list[RawDefinition] = field(factory=list)

    def once(self, names: Iterable[tuple[str, Place | None]], code: str) -> None:
        """Notes names that are given twice."""
        seen: set[str] = set()
        for name, place in names:
            if name in seen:
                self.collector.error(code, place, word=name)
            seen.add(name)

    def name(self, node: Node, collector: Collector) -> str | None:
        scalar = as_scalar(node, collector)
        if scalar is not None and not _NAME.fullmatch(scalar.text):
            collector.error("lifecycle.name", scalar.place, word=scalar.text)
            return None
        return scalar.text if scalar else None

    def graph(self, node: Node) -> Graph | None:
        fields = Fields(node, self.collector, allowed=(), required=_GRAPH)
        id, words = fields.read("id", self.name), fields.read("words", both_languages)
        events = fields.list_of("events", self.kind)
        states = self.states(id or "", fields)
        start = fields.word("start", states, "lifecycle.unknown-state")
        numbers = count()
        steps = fields.list_of("transitions", lambda each, _: self.step(id or "", next(numbers), each, states, events))
        if not (id and words and start):
            return None
        found = Graph(id, words, events, start, states, steps, place=fields.place_of("id"))
        self.once(((step.id, step.transition.place) for step in found.steps), "lifecycle.duplicate")
        return found

    def kind(self, node: Node, collector: Collector) -> str | None:
        return self.word(node, collector, self.law.vocabulary.kinds, "law.unknown-kind")

    def word(self, node: Node, collector: Collector, known: Iterable[str], code: str) -> str | None:
        scalar = as_scalar(node, collector)
        if scalar is None or scalar.text in known:
            return scalar.text if scalar else None
        collector.unknown(code, scalar.place, scalar.text, known)
        return None

    def states(self, graph: str, fields: Fields) -> dict[str, State]:
        mapping = fields.read("states", as_mapping)
        found: dict[str, State] = {}
        for key, node in mapping.entries if mapping else ():
            state = self.state(graph, key, node)
            if state is not None:
                found[state.id] = state
        return found

    def state(self, graph: str, key: Scalar, node: Node) -> State | None:
        name = self.name(key, self.collector)
        fields = Fields(node, self.collector, allowed=("note",), required=("words", "is"))
        words, note = fields.read("words", both_languages), fields.read("note", both_languages)
        formula = read_formula(fields.scalar("is"), self.collector)
        if not (name and words and formula):
            return None
        self.define(f"state_{graph}_{name}", [("d", "date"), ("t", "date")], formula.expr, key.place)
        return State(name, words, note, place=key.place)

    def step(
        self, graph: str, number: int, node: Node, states: dict[str, State], events: tuple[str, ...]
    ) -> Transition | None:
        fields = Fields(node, self.collector, allowed=_MAY, required=_STEP)
        place = fields.place_of("event")
        sources = fields.list_of("from", lambda n, c: self.word(n, c, states, "lifecycle.unknown-state"))
        target = fields.word("to", states, "lifecycle.unknown-state")
        event = fields.word("event", (*events, TIME), "lifecycle.unknown-event")
        units = fields.list_of("units", lambda n, c: self.word(n, c, self.law.units, "law.unknown-unit"))
        actors = self.law.vocabulary.enumerations["actor"].values
        actor = fields.word("actor", actors, "law.unknown-actor")
        words, note = fields.read("words", both_languages), fields.read("note", both_languages)
        guarded = self.guard(graph, number, event, fields)
        if event is not None and (event == TIME) == fields.has("actor"):
            self.collector.error("lifecycle.actor", place, word=event)
        if not (sources and target and event and words):
            return None
        route = fields.read("route", self.name)
        return Transition(number, sources, target, event, words, units, route, actor, guarded, note, place=place)

    def guard(self, graph: str, number: int, event: str | None, fields: Fields) -> bool:
        formula = read_formula(fields.scalar("guard"), self.collector)
        if formula is None or event is None:
            return False
        params = [("d", "date"), ("t", "date")] if event == TIME else [("x", event)]
        self.define(f"step_{graph}_{number}", params, formula.expr, fields.place_of("guard"))
        return True

    def define(self, name: str, params: list[tuple[str, str]], body: Expr, place: Place) -> None:
        head = Head(name, tuple((param, word, None) for param, word in params), "truth", place)
        self.formulas.append(RawDefinition(head, body))


__all__ = ["FILE", "lifecycle_from_text", "load_lifecycle"]
