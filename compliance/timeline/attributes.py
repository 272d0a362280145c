"""Reads the value of an attribute: certain, unknown, one of several, or a set of items that is partly open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from compliance.calendar.days import TextError
from compliance.calendar.quarters import parse_quarter
from compliance.norm.types import Bool, Date, Enum, Items, Position, Quarter, Ref, Type, Value
from compliance.norm.vocabulary import Attribute, Words
from compliance.source.diagnostic import Collector, Diagnostic, did_you_mean
from compliance.source.reader import Mapping as MappingNode
from compliance.source.reader import Node, Scalar, Sequence
from compliance.source.shape import Fields, as_boolean, as_scalar, as_sequence
from compliance.timeline.defaults import Scope, left_out, narrowed, unknown
from compliance.timeline.edtf import FORMS, DateError, Span, parse_edtf
from compliance.timeline.lexicon import nearest
from compliance.timeline.model import Days, Open, OpenItems
from compliance.timeline.slips import nearest_quarter

UNKNOWN: Final = "unknown"
NONE: Final = "none"
REF: Final = re.compile(r"[^\W_][\w./№-]{0,59}")
QUARTER_FORMS: Final = ("2026Q1", "2026Q4")


def as_span(node: Node, collector: Collector) -> Span | None:
    """A date of EDTF. `[a..b]` without quotes is a list to YAML; here it is a date all the same."""
    text = _bracketed(node) if isinstance(node, Sequence) else None
    if text is None:
        scalar = as_scalar(node, collector)
        if scalar is None:
            return None
        text = scalar.text.strip()
    try:
        return parse_edtf(text)
    except DateError as error:
        collector.add(Diagnostic(error.code, node.place, error.fields, FORMS, error.suggestion))
        return None


def as_day(node: Node, collector: Collector) -> int | None:
    """A single day that is certain."""
    span = as_span(node, collector)
    if span is None:
        return None
    (first, last), *others = span.intervals
    if first is None or first != last or others:
        collector.error("scenario.uncertain-day", node.place, expected=FORMS[:1])
        return None
    return first


def _bracketed(node: Sequence) -> str | None:
    parts = [item.text.strip() for item in node.items if isinstance(item, Scalar)]
    return f"[{','.join(parts)}]" if len(parts) == len(node.items) else None


@frozen
class ValueReader:
    """Reads values against a scope. A value that is wrong is noted, and read as if it had been left out."""

    scope: Scope
    collector: Collector

    def all_of(
        self, fields: Fields, attributes: Mapping[str, Attribute], date: int | Days | None = None
    ) -> dict[str, Open]:
        """Every attribute of an event, a position or the officer, those left out included."""
        nodes = ((attribute, fields.node(name)) for name, attribute in attributes.items())
        return {
            attribute.name: left_out(attribute, self.scope, date) if node is None else self.read(node, attribute, date)
            for attribute, node in nodes
        }

    def read(self, node: Node, attribute: Attribute, date: int | Days | None = None) -> Open:
        """The value of one attribute that is mentioned; `date` is the day of its event."""
        if isinstance(node, Scalar) and node.text == UNKNOWN:
            return unknown(attribute.type, self.scope, date)
        match attribute.type:
            case Date():
                return self.date(node, attribute, date)
            case Items() as type_:
                return self.items(node, type_)
            case _ if isinstance(node, MappingNode):
                return self.one_of(node, attribute, date)
            case _:
                return self.value(node, attribute)

    def value(self, node: Node, attribute: Attribute) -> Value:
        """A single value that is certain."""
        if self.says_none(node, attribute):
            return None
        match attribute.type:
            case Bool():
                return as_boolean(node, self.collector)
            case Enum(name=name):
                return self.enumerator(node, attribute.name, self.scope.vocabulary.enumerations[name].values)
            case Position():
                return self.position(node)
            case Quarter():
                return self.quarter(node)
            case Ref():
                return self.ref(node)
            case Date() | Items() | _:
                raise AssertionError(f"{attribute.name} has no single value")

    def says_none(self, node: Node, attribute: Attribute) -> bool:
        """Whether the value is written out as not given."""
        return (
            isinstance(node, Scalar) and node.text == NONE and attribute.optional and not self.has_none(attribute.type)
        )

    def has_none(self, type_: Type) -> bool:
        return isinstance(type_, Enum) and NONE in self.scope.vocabulary.enumerations[type_.name].values

    def date(self, node: Node, attribute: Attribute, date: int | Days | None) -> Open:
        if self.says_none(node, attribute):
            return None
        span = as_span(node, self.collector)
        if span is None:
            return None
        first = date.lo if isinstance(date, Days) else date
        return span.days(first or self.scope.earliest, max(self.scope.horizon, span.last_written or 0))

    def enumerator(self, node: Node, attribute: str, values: Mapping[str, Words]) -> str | None:
        scalar = as_scalar(node, self.collector)
        if scalar is None or scalar.text in values:
            return scalar.text if scalar else None
        self.collector.error(
            "scenario.unknown-value", scalar.place, expected=tuple(values), suggestion=nearest(scalar.text, values),
            word=scalar.text, attribute=attribute,
        )  # fmt: skip
        return None

    def position(self, node: Node) -> str | None:
        scalar, known = as_scalar(node, self.collector), self.scope.positions
        if scalar is None or scalar.text in known:
            return scalar.text if scalar else None
        self.collector.error(
            "scenario.undeclared-position", scalar.place, expected=(*known, UNKNOWN),
            suggestion=did_you_mean(scalar.text, known), word=scalar.text,
        )  # fmt: skip
        return None

    def quarter(self, node: Node) -> int | None:
        scalar = as_scalar(node, self.collector)
        if scalar is None:
            return None
        try:
            return parse_quarter(scalar.text)
        except TextError:
            meant = nearest_quarter(scalar.text)
            self.collector.error(
                "scenario.not-a-quarter", scalar.place, expected=(*QUARTER_FORMS, UNKNOWN), suggestion=meant,
                word=scalar.text,
            )  # fmt: skip
            return None

    def ref(self, node: Node) -> str | None:
        scalar = as_scalar(node, self.collector)
        if scalar is None or REF.fullmatch(scalar.text):
            return scalar.text if scalar else None
        self.collector.error("scenario.ref", scalar.place, expected=("w1", "order-17"), word=scalar.text)
        return None

    def one_of(self, node: Node, attribute: Attribute, date: int | Days | None) -> Open:
        """`{one_of: [a, b]}`: one of several values."""
        fields = Fields(node, self.collector, allowed=("one_of",), required=("one_of",))
        listed = fields.read("one_of", as_sequence)
        if listed is None:
            return None
        values = tuple(self.value(item, attribute) for item in listed.items)
        self.distinct(listed, "scenario.duplicate-value")
        if len(values) < 2:
            self.collector.error("scenario.one-choice", listed.place)
        return narrowed(values) if values else None

    def items(self, node: Node, type_: Items) -> Open:
        """A list of items, or `{sure: [...], maybe: [...]}` where some may be missing."""
        if not isinstance(node, MappingNode):
            return self.set_of(as_sequence(node, self.collector), type_)
        fields = Fields(node, self.collector, allowed=("sure", "maybe"), required=("maybe",))
        sure, maybe = (self.set_of(fields.read(name, as_sequence), type_) for name in ("sure", "maybe"))
        for word in sorted(sure & maybe):
            self.collector.error("scenario.sure-and-maybe", fields.place_of("maybe"), word=word)
        return OpenItems(sure, maybe) if maybe else sure

    def set_of(self, listed: Sequence | None, type_: Items) -> frozenset[str]:
        if listed is None:
            return frozenset()
        self.distinct(listed, "scenario.duplicate-item")
        values = self.scope.vocabulary.enumerations[type_.name].values
        return frozenset(word for item in listed.items if (word := self.enumerator(item, type_.name, values)))

    def distinct(self, listed: Sequence, code: str) -> None:
        seen: set[str] = set()
        for item in listed.items:
            if isinstance(item, Scalar) and item.text in seen:
                self.collector.error(code, item.place, word=item.text)
            elif isinstance(item, Scalar):
                seen.add(item.text)
