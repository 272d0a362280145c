"""Reads theorem files: a list of theorems, each a sentence in both languages with its formula; errors with places."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from attrs import define, field, frozen

from compliance.law.model import Law
from compliance.law.read_rules import both_languages, read_formula
from compliance.norm.parse import Head, parse_signature
from compliance.norm.program import Program, Typed
from compliance.norm.typecheck import RawDefinition, Scope, check_program, try_expr
from compliance.norm.vocabulary import Words
from compliance.prove.inputs import BASELINE
from compliance.prove.questions import known_ids
from compliance.prove.theorem import Expect, Kind, NearMiss, Theorem
from compliance.source.data import shown_name
from compliance.source.diagnostic import Collector, Problems
from compliance.source.loc import Place
from compliance.source.reader import Mapping, Node, Scalar, Sequence, parse_yaml, read_text
from compliance.source.shape import Fields, as_mapping, as_word

_KINDS: Final[dict[str, Kind]] = {"always": "always", "possible": "possible"}
_EXPECTS: Final[dict[str, Expect]] = {"proved": "proved", "refuted": "refuted"}
_ALLOWED: Final = (
    "definitions", "kind", "expect", "readings", "for_all_readings", "under", "without", "rests_on", "near_miss",
    "lemmas", "single_method", "vacuous", "note",
)  # fmt: skip


def read_theorems(paths: Iterable[Path], law: Law) -> tuple[Theorem, ...]:
    """The theorems of files and of the files `*.yaml` in folders, in order; raises `Problems` with every error."""
    collector, found, seen = Collector(), list[Theorem](), dict[str, Place | None]()
    for path in _files(paths):
        try:
            theorems = theorems_from_text(read_text(path, shown_as=shown_name(path)), shown_name(path), law)
        except Problems as problems:
            collector.add(*problems.diagnostics)
            continue
        for theorem in theorems:
            if theorem.id in seen:
                collector.error("proofs.duplicate-id", theorem.place, word=theorem.id)
            seen[theorem.id] = theorem.place
            found.append(theorem)
    collector.raise_if_any()
    return tuple(found)


def theorems_from_text(text: str, file: str, law: Law) -> tuple[Theorem, ...]:
    """The theorems of one file in memory; raises `Problems`."""
    collector = Collector()
    root = parse_yaml(text, file)
    if not isinstance(root, Sequence):
        collector.fail("source.not-a-list", root.place)
    raw = [each for node in root.items if (each := _Reader(law, collector).theorem(node)) is not None]
    collector.raise_if_any()
    program = _program(law, raw, collector)
    collector.raise_if_any()
    checker = _Checker(law, Scope(program), collector)
    found = [theorem for each in raw if (theorem := checker.theorem(each)) is not None]
    collector.raise_if_any()
    return tuple(found)


@frozen(eq=False)
class _Raw:
    """A theorem as it was read, its formulas not yet parsed."""

    id: str
    says: Words
    formula: Scalar
    definitions: tuple[RawDefinition, ...]
    near_miss: tuple[Words, Scalar] | None
    fields: Fields


@define
class _Reader:
    law: Law
    collector: Collector

    def theorem(self, node: Node) -> _Raw | None:
        fields = Fields(node, self.collector, allowed=_ALLOWED, required=("id", "says", "theorem"))
        id, says, formula = fields.text("id"), fields.read("says", both_languages), fields.scalar("theorem")
        definitions = fields.list_of("definitions", _definition)
        near_miss = fields.read("near_miss", _near_miss)
        return _Raw(id, says, formula, definitions, near_miss, fields) if id and says and formula else None


def _near_miss(node: Node, collector: Collector) -> tuple[Words, Scalar] | None:
    fields = Fields(node, collector, allowed=(), required=("says", "theorem"))
    says, formula = fields.read("says", both_languages), fields.scalar("theorem")
    return (says, formula) if says and formula else None


def _definition(node: Node, collector: Collector) -> RawDefinition | None:
    fields = Fields(node, collector, allowed=("says", "note"), required=("define", "is"))
    head = fields.read("define", _head)
    body = read_formula(fields.scalar("is"), collector)
    says = fields.read("says", both_languages)
    return RawDefinition(head, body.expr, says) if head and body else None


def _head(node: Node, collector: Collector) -> Head | None:
    if not isinstance(node, Scalar):
        collector.error("source.not-text", node.place)
        return None
    try:
        return parse_signature(node)
    except Problems as problems:
        collector.add(*problems.diagnostics)
        return None


def _program(law: Law, raw: list[_Raw], collector: Collector) -> Program:
    """The law's program with the definitions of the file; definitions of a file share one set of names."""
    own = [definition for each in raw for definition in each.definitions]
    if not own:
        return law.program
    written = law.written
    definitions = [text.raw for text in written.definitions.values()]
    return check_program(
        written.vocabulary, [*written.notions.values()], [*definitions, *own], law.program.readings,
        law.program.params, collector,
    )  # fmt: skip


@define
class _Checker:
    law: Law
    scope: Scope
    collector: Collector
    known: dict[str, Place] = field(factory=dict)

    def theorem(self, raw: _Raw) -> Theorem | None:
        fields, collector = raw.fields, self.collector
        place = fields.place_of("id")
        if raw.id in self.known:
            collector.error("proofs.duplicate-id", place, word=raw.id)
        self.known[raw.id] = place
        formula = self.typed(raw.formula)
        near = raw.near_miss
        near_formula = self.typed(near[1]) if near else None
        kind, expect = fields.word("kind", _KINDS) or "always", fields.word("expect", _EXPECTS) or "proved"
        under = self.ids(fields, "under") if fields.has("under") else None
        without, rests_on = self.ids(fields, "without"), self.ids(fields, "rests_on")
        if formula is None:
            return None
        return Theorem(
            raw.id, raw.says, formula, self.scope.program, _KINDS[kind], _EXPECTS[expect], self.readings(fields),
            bool(fields.boolean("for_all_readings")), under, without, rests_on,
            NearMiss(near[0], near_formula) if near and near_formula else None, fields.texts("lemmas"),
            bool(fields.boolean("single_method")), bool(fields.boolean("vacuous")), place,
            fields.read("note", both_languages),
        )  # fmt: skip

    def ids(self, fields: Fields, key: str) -> tuple[str, ...]:
        known = known_ids(self.law)

        def one(node: Node, collector: Collector) -> str | None:
            return as_word(node, collector, known, "proofs.unknown-unit")

        return fields.list_of(key, one)

    def typed(self, scalar: Scalar) -> Typed | None:
        formula = read_formula(scalar, self.collector)
        return try_expr(formula.expr, self.scope, self.collector) if formula else None

    def readings(self, fields: Fields) -> dict[str, str]:
        mapping = fields.read("readings", as_mapping)
        found: dict[str, str] = {}
        for name, node in mapping.entries if isinstance(mapping, Mapping) else ():
            if name.text not in self.law.readings:
                self.collector.unknown("law.unknown-reading", name.place, name.text, self.law.readings)
            elif isinstance(node, Scalar) and node.text in self.law.readings[name.text].values:
                found[name.text] = node.text
            else:
                word = node.text if isinstance(node, Scalar) else ""
                self.collector.unknown("law.unknown-value", node.place, word, self.law.readings[name.text].values)
        return found


def _files(paths: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        found += sorted(each for each in path.glob("*.yaml") if each.name != BASELINE) if path.is_dir() else [path]
    return found


__all__ = ["read_theorems", "theorems_from_text"]
