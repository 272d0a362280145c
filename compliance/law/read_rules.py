"""Reads the units of model/rules/*.yaml: words, notes, anchored parameters, and formulas parsed but not checked."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from compliance.law.anchors import AnchoredValue, occurrences, read_value, read_words, write_value
from compliance.law.citation import parse_unit_id
from compliance.law.model import (
    UNIT_KINDS,
    WHYS,
    Chapter,
    Clause,
    Formula,
    Judged,
    NoNorm,
    Openness,
    Parameter,
    Unit,
)
from compliance.norm.parse import parse_expr
from compliance.norm.vocabulary import Words
from compliance.source.diagnostic import Collector, Problems
from compliance.source.loc import Place
from compliance.source.reader import Node, Scalar
from compliance.source.shape import Fields, as_mapping, as_text, as_words

_UNIT: Final = ("id", "kind", "bearer", "text", "note", "no_norm", "parameters", "readings")
_SINGLE: Final = ("norm", "fails", "open", "judged")
_NEEDED: Final = ("id", "kind", "bearer", "text")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_OPENNESS: Final[dict[str, Openness]] = {"pending": "pending", "ahead": "ahead"}
_JUDGED: Final[dict[str, Judged]] = {"event": "event", "always": "always"}


def read_units(root: Node, actors: frozenset[str], collector: Collector) -> list[Unit]:
    """The units of one file; what is wrong is noted, and a unit that cannot be read is left out."""
    top = Fields(root, collector, allowed=("units",), required=("units",))
    reader = _Reader(actors, collector)
    return list(top.list_of("units", lambda node, _: reader.unit(node)))


def read_chapters(root: Node, collector: Collector) -> tuple[Chapter, ...]:
    """The chapter headings."""
    top = Fields(root, collector, allowed=("chapters",), required=("chapters",))
    return top.list_of("chapters", _chapter)


def read_formula(scalar: Scalar | None, collector: Collector) -> Formula | None:
    """The formula of a value, or nothing with the error noted."""
    if scalar is None:
        return None
    try:
        return Formula(parse_expr(scalar), scalar.text, place=scalar.place)
    except Problems as problems:
        collector.add(*problems.diagnostics)
        return None


def both_languages(node: Node, collector: Collector) -> Words | None:
    """Words in both languages."""
    found = as_words(node, collector)
    return Words(found.en, found.ru) if found else None


def _chapter(node: Node, collector: Collector) -> Chapter | None:
    fields = Fields(node, collector, allowed=("id", "first", "text"), required=("id", "first", "text"))
    id, first, text = fields.text("id"), fields.text("first"), fields.read("text", both_languages)
    return Chapter(id, first, text, place=fields.place_of("id")) if id and first and text else None


@frozen
class _Reader:
    actors: frozenset[str]
    collector: Collector

    def unit(self, node: Node) -> Unit | None:
        fields = Fields(node, self.collector, allowed=(*_UNIT, *_SINGLE, "norms"), required=_NEEDED)
        id, kind = self.unit_id(fields), fields.word("kind", UNIT_KINDS, "law.unknown-unit-kind")
        text, note = fields.read("text", both_languages), fields.read("note", both_languages)
        bearer = fields.list_of("bearer", self.actor)
        no_norm = self.no_norm(fields)
        if id is None or kind is None or text is None:
            return None
        return Unit(
            id=id,
            kind=kind,  # type: ignore[arg-type]
            bearer=bearer,
            text=text,
            note=note,
            no_norm=no_norm,
            clauses=self.clauses(id, fields),
            parameters=self.parameters(id, text.ru, fields),
            readings=fields.texts("readings"),
            place=fields.place_of("id"),
            text_place=fields.place_of("text"),
        )

    def unit_id(self, fields: Fields) -> str | None:
        scalar = fields.scalar("id")
        if scalar is None:
            return None
        try:
            return str(parse_unit_id(scalar.text))
        except Problems:
            expected = ("p14.part1", "p18.sub3")
            self.collector.error("law.not-a-unit-id", scalar.place, expected=expected, word=scalar.text)
            return None

    def actor(self, node: Node, collector: Collector) -> str | None:
        word = as_text(node, collector)
        if word is not None and word not in self.actors:
            collector.unknown("law.unknown-actor", node.place, word, self.actors)
        return word

    def no_norm(self, fields: Fields) -> NoNorm | None:
        node = fields.node("no_norm")
        if node is None:
            return None
        inner = Fields(node, self.collector, allowed=(), required=("why", "en", "ru"))
        why, en, ru = inner.word("why", WHYS, "law.unknown-reason"), inner.text("en"), inner.text("ru")
        if fields.has("norm") or fields.has("norms"):
            self.collector.error("law.norm-and-reason", fields.key_place("no_norm"))
        return NoNorm(why, Words(en.strip(), ru.strip())) if why and en and ru else None  # type: ignore[arg-type]

    # norms

    def clauses(self, unit: str, fields: Fields) -> tuple[Clause, ...]:
        """One norm written in the unit itself, or a list of them."""
        alone = [name for name in _SINGLE if fields.has(name)]
        if fields.has("norms"):
            for name in alone:
                self.collector.error("law.norm-and-norms", fields.key_place(name), word=name)
            items = fields.list_of("norms", lambda node, _: self.item(unit, node))
            self.check_ids(unit, items)
            return items
        found = self.clause(unit, unit, fields) if alone else None
        return (found,) if found else ()

    def item(self, unit: str, node: Node) -> Clause | None:
        fields = Fields(node, self.collector, allowed=("id", *_SINGLE), required=("norm",))
        return self.clause(unit, fields.text("id", unit), fields)

    def clause(self, unit: str, id: str, fields: Fields) -> Clause | None:
        formula = read_formula(fields.scalar("norm"), self.collector)
        fails = fields.read("fails", both_languages)
        is_open, judged = fields.word("open", _OPENNESS), fields.word("judged", _JUDGED)
        if formula is None:
            return None
        place = fields.place_of("id") if fields.has("id") else fields.key_place("norm")
        return Clause(
            id, unit, formula, fails, _OPENNESS[is_open or "pending"], _JUDGED[judged or "event"], place=place
        )

    def check_ids(self, unit: str, clauses: tuple[Clause, ...]) -> None:
        """The only norm of a unit bears the unit's id; of several, each adds a step of its own."""
        for clause in clauses:
            step = clause.id.removeprefix(f"{unit}.")
            fits = step != clause.id and _NAME.fullmatch(step)
            if not fits and not (len(clauses) == 1 and clause.id == unit):
                example = f"{unit}.s1" if len(clauses) > 1 else unit
                self.collector.error("law.norm-id", clause.place, expected=(example,), word=clause.id, unit=unit)

    # parameters

    def parameters(self, unit: str, text: str, fields: Fields) -> tuple[Parameter, ...]:
        mapping = fields.read("parameters", as_mapping)
        read = (self.parameter(unit, text, name, node) for name, node in (mapping.entries if mapping else ()))
        return tuple(parameter for parameter in read if parameter is not None)

    def parameter(self, unit: str, text: str, name: Scalar, node: Node) -> Parameter | None:
        fields = Fields(node, self.collector, allowed=(), required=("value", "words"))
        value, words = fields.scalar("value"), fields.scalar("words")
        if not _NAME.fullmatch(name.text):
            self.collector.error("law.parameter-name", name.place, word=name.text)
        if value is None or words is None:
            return None
        read = read_value(value.text)
        if read is None:
            expected = ("3 years", "10 working days", "day 15 of month 3")
            self.collector.error("law.parameter-value", value.place, expected=expected, word=value.text)
            return None
        self.check_words(words, read, value.place, text)
        return Parameter(name.text, unit, read, words.text.strip(), place=name.place, words_place=words.place)

    def check_words(self, words: Scalar, value: AnchoredValue, place: Place, text: str) -> None:
        """The words must stand in the official text, once, and must not carry another value."""
        count = occurrences(words.text, text)
        if count != 1:
            code = "law.words-not-in-text" if count == 0 else "law.words-repeated"
            self.collector.error(code, words.place, words=words.text)
        carried = read_words(words.text)
        if carried is not None and not carried.agrees(value):
            meant = carried.value()
            expected = (write_value(meant),) if meant else ()
            self.collector.error(
                "law.words-disagree", place, expected=expected, words=words.text, value=write_value(value)
            )
