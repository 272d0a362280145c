"""Reads what stands beside the rules in model/: definitions, readings, notices, facts of the world, versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from attrs import frozen

from compliance.calendar.load import as_day
from compliance.law.model import Checklist, DefinitionText, FactClause, NoticeClause, Reading, Severity
from compliance.law.read_rules import both_languages, read_formula
from compliance.law.version import AfterPublication, FixedDay, Version
from compliance.norm.parse import Head, parse_signature
from compliance.norm.program import Notion
from compliance.norm.typecheck import RawDefinition
from compliance.norm.vocabulary import Vocabulary
from compliance.source.diagnostic import Collector, Problems
from compliance.source.reader import Node, Scalar, Sequence
from compliance.source.shape import Fields, as_mapping

T = TypeVar("T")

_SEVERITIES: Final[dict[str, Severity]] = {"notice": "notice", "contradiction": "contradiction"}
_VERSION: Final = ("id", "title", "act", "signed", "in_force")


@frozen
class Definitions:
    """The content of definitions.yaml."""

    notions: dict[str, Notion]
    entries: tuple[DefinitionText, ...]


def read_definitions(root: Node, vocabulary: Vocabulary, collector: Collector) -> Definitions:
    """The notions by name and the definitions in the order of the file."""
    top = Fields(root, collector, allowed=("notions", "definitions"))
    mapping = top.read("notions", as_mapping)
    read = [_notion(name, node, vocabulary, collector) for name, node in (mapping.entries if mapping else ())]
    notions = {notion.name: notion for notion in read if notion is not None}
    return Definitions(notions, top.list_of("definitions", read_definition))


def read_readings(root: Node, collector: Collector) -> tuple[Reading, ...]:
    """The named readings in the order of the file."""
    return _items(root, collector, _reading)


def read_notices(root: Node, collector: Collector) -> tuple[NoticeClause, ...]:
    """The formulas that are no law."""
    return _items(root, collector, _notice)


def read_world(root: Node, collector: Collector) -> tuple[FactClause, ...]:
    """The facts of the world."""
    return _items(root, collector, _fact)


def read_versions(root: Node, collector: Collector) -> tuple[Version, ...]:
    """The versions as they stand in the file."""
    return _items(root, collector, _version)


def read_checklist(root: Node, collector: Collector) -> Checklist:
    """The skeleton of the official text."""
    top = Fields(root, collector, allowed=("unmentioned",), required=("units", "breakable"))
    unmentioned = top.mapping_of("unmentioned", both_languages)
    return Checklist(top.texts("units"), top.texts("breakable"), unmentioned, place=top.place)


def _items(root: Node, collector: Collector, read: Callable[[Node, Collector], T | None]) -> tuple[T, ...]:
    """A file that is a list of entries."""
    if not isinstance(root, Sequence):
        collector.error("source.not-a-list", root.place)
        return ()
    return tuple(item for node in root.items if (item := read(node, collector)) is not None)


def _notion(name: Scalar, node: Node, vocabulary: Vocabulary, collector: Collector) -> Notion | None:
    fields = Fields(node, collector, allowed=(), required=("kind", "var", "where", "words"))
    kind = fields.word("kind", vocabulary.kinds, "law.unknown-kind")
    var, where = fields.text("var"), read_formula(fields.scalar("where"), collector)
    words = fields.read("words", both_languages)
    return Notion(name.text, kind, var, where.expr, words) if kind and var and where and words else None


def read_definition(node: Node, collector: Collector) -> DefinitionText | None:
    fields = Fields(node, collector, allowed=("says", "note"), required=("define", "is"))
    head = _head(fields.scalar("define"), collector)
    body = read_formula(fields.scalar("is"), collector)
    says, note = fields.read("says", both_languages), fields.read("note", both_languages)
    return DefinitionText(RawDefinition(head, body.expr, says), note) if head and body else None


def _head(scalar: Scalar | None, collector: Collector) -> Head | None:
    if scalar is None:
        return None
    try:
        return parse_signature(scalar)
    except Problems as problems:
        collector.add(*problems.diagnostics)
        return None


def _reading(node: Node, collector: Collector) -> Reading | None:
    needed = ("id", "words", "question", "values", "default", "units", "parts")
    fields = Fields(node, collector, allowed=(), required=needed)
    id, words = fields.text("id"), fields.text("words")
    question, parts = fields.read("question", both_languages), fields.read("parts", both_languages)
    values = fields.mapping_of("values", both_languages)
    if len(values) == 1:
        collector.error("law.single-value", fields.key_place("values"))
    default = fields.word("default", (*values, "none"), "law.unknown-value")
    units = fields.texts("units")
    if not (id and words and question and parts and values and default):
        return None
    chosen = None if default == "none" else default
    return Reading(id, words.strip(), question, values, chosen, units, parts, place=fields.place_of("id"))


def _notice(node: Node, collector: Collector) -> NoticeClause | None:
    fields = Fields(node, collector, allowed=("units",), required=("id", "severity", "norm", "fails"))
    id, severity = fields.text("id"), fields.word("severity", _SEVERITIES)
    formula, fails = read_formula(fields.scalar("norm"), collector), fields.read("fails", both_languages)
    units = fields.texts("units")
    if not (id and severity and formula and fails):
        return None
    return NoticeClause(id, _SEVERITIES[severity], formula, fails, units, place=fields.place_of("id"))


def _fact(node: Node, collector: Collector) -> FactClause | None:
    fields = Fields(node, collector, allowed=(), required=("id", "says", "norm"))
    id, says = fields.text("id"), fields.read("says", both_languages)
    formula = read_formula(fields.scalar("norm"), collector)
    return FactClause(id, says, formula, place=fields.place_of("id")) if id and says and formula else None


def _version(node: Node, collector: Collector) -> Version | None:
    fields = Fields(node, collector, allowed=(), required=_VERSION)
    id, title, act = fields.text("id"), fields.read("title", both_languages), fields.text("act")
    signed = fields.read("signed", as_day)
    begins = fields.node("in_force")
    in_force = _in_force(begins, collector) if begins is not None else None
    if id is None or title is None or act is None or signed is None or in_force is None:
        return None
    return Version(id, title, act, signed, in_force, place=fields.place_of("id"))


def _in_force(node: Node, collector: Collector) -> FixedDay | AfterPublication | None:
    if isinstance(node, Scalar):
        day = as_day(node, collector)
        return None if day is None else FixedDay(day)
    fields = Fields(node, collector, allowed=(), required=("publication", "plus_days"))
    plus, publication = fields.integer("plus_days", 0, 366), fields.node("publication")
    if publication is None:
        return None
    window = Fields(publication, collector, allowed=(), required=("earliest", "latest"))
    earliest, latest = window.read("earliest", as_day), window.read("latest", as_day)
    if plus is None or earliest is None or latest is None:
        return None
    if latest < earliest:
        collector.error("law.empty-window", window.place_of("latest"))
    return AfterPublication(earliest, latest, plus)
