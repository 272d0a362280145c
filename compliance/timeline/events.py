"""Reads the events of a record: first their kinds and days, then, once `as_of` is known, all that they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from compliance.calendar.days import format_iso
from compliance.norm.types import Ref
from compliance.norm.vocabulary import Kind, Vocabulary
from compliance.source.diagnostic import Collector, did_you_mean
from compliance.source.loc import Place
from compliance.source.reader import Mapping as MappingNode
from compliance.source.reader import Node, Scalar
from compliance.source.shape import Fields, as_mapping, as_scalar
from compliance.timeline.attributes import NONE, UNKNOWN, ValueReader, as_span
from compliance.timeline.edtf import FORMS, Span
from compliance.timeline.lexicon import nearest
from compliance.timeline.model import Days, Slot

MOST_EVENTS: Final = 500
"""A longer life than any officer's; registers are for the audit."""

_DATE_SLIPS: Final = frozenset({"on", "when", "day", "at", "дата", "true", "True"})
_TYPE_SLIPS: Final = frozenset({"event", "name", "событие", "вид"})


@frozen
class Draft:
    """An event as it stands in the file: a known kind, and the day as written where it could be read."""

    kind: Kind
    span: Span | None
    occurred: bool | None
    fields: Fields
    index: int
    place: Place

    def refs(self) -> Iterator[str]:
        """The references that the event mentions."""
        for attribute in self.kind.attributes.values():
            node = self.fields.node(attribute.name) if isinstance(attribute.type, Ref) else None
            if isinstance(node, Scalar) and node.text not in (UNKNOWN, NONE):
                yield node.text


@frozen
class EventReader:
    """Reads event mappings against the vocabulary."""

    vocabulary: Vocabulary
    collector: Collector

    def drafts(self, nodes: Sequence[Node], proposed: bool = False) -> list[Draft | None]:
        """The events in the order of the file; nothing stands for one that could not be read."""
        if len(nodes) > MOST_EVENTS:
            self.collector.error("scenario.too-many-events", nodes[MOST_EVENTS].place, limit=str(MOST_EVENTS))
            nodes = nodes[:MOST_EVENTS]
        return [self.draft(node, index, proposed) for index, node in enumerate(nodes)]

    def draft(self, node: Node, index: int, proposed: bool) -> Draft | None:
        mapping = as_mapping(node, self.collector)
        if mapping is None:
            return None
        kind = self.kind(mapping)
        own = ("type", "date") if proposed else ("type", "date", "occurred")
        allowed = {*own, *(kind.attributes if kind else mapping.keys)}
        wrong = self.wrong_keys(mapping, kind, allowed)
        slips = {self.slip(key, mapping) for key in wrong}
        required = [key for key in ("type", "date") if key not in slips]
        fields = Fields(node, self.collector, allowed={*allowed, *wrong}, required=required)
        span = fields.read("date", as_span)
        occurred = self.occurred(fields) if not proposed else True
        return Draft(kind, span, occurred, fields, index, node.place) if kind else None

    def kind(self, mapping: MappingNode) -> Kind | None:
        node = mapping.get("type")
        name = known_kind(node, self.vocabulary, self.collector) if node is not None else None
        return self.vocabulary.kinds[name] if name is not None else None

    def wrong_keys(self, mapping: MappingNode, kind: Kind | None, allowed: set[str]) -> list[str]:
        """The keys that no event of this kind has; each is an error that says what was probably meant."""
        wrong = [key for key, _ in mapping.entries if key.text not in allowed or self.slip(key.text, mapping)]
        for key in wrong:
            self.wrong_key(key, mapping, kind, allowed)
        return [key.text for key in wrong]

    def slip(self, key: str, mapping: MappingNode) -> str | None:
        """The key of every event for which another word was used."""
        if key in _DATE_SLIPS and "date" not in mapping.keys:
            return "date"
        return "type" if key in _TYPE_SLIPS and "type" not in mapping.keys else None

    def wrong_key(self, key: Scalar, mapping: MappingNode, kind: Kind | None, allowed: set[str]) -> None:
        meant = self.slip(key.text, mapping)
        free = tuple(sorted(allowed - set(mapping.keys)))
        others = [other.name for other in self.vocabulary.kinds.values() if key.text in other.attributes]
        if meant == "date":
            self.collector.error("scenario.date-key", key.place, expected=("date",), suggestion=meant, word=key.text)
        elif meant is not None or kind is None:
            suggestion = meant or did_you_mean(key.text, free)
            self.collector.error("scenario.event-key", key.place, expected=free, suggestion=suggestion, word=key.text)
        elif others:
            holders = ", ".join(others[:3])
            self.collector.error(
                "scenario.foreign-attribute", key.place, expected=free, word=key.text, kind=kind.name, others=holders
            )
        else:
            self.collector.error(
                "scenario.unknown-attribute", key.place, expected=free, suggestion=did_you_mean(key.text, free),
                word=key.text, kind=kind.name,
            )  # fmt: skip

    def occurred(self, fields: Fields) -> bool | None:
        scalar = fields.scalar("occurred")
        if scalar is None or scalar.text == "true":
            return True
        if scalar.text != UNKNOWN:
            self.collector.error("scenario.occurred", scalar.place, expected=("true", UNKNOWN), word=scalar.text)
        return None


def known_kind(node: Node, vocabulary: Vocabulary, collector: Collector) -> str | None:
    """The name of a kind of event that the vocabulary has."""
    scalar = as_scalar(node, collector)
    if scalar is None or scalar.text in vocabulary.kinds:
        return scalar.text if scalar else None
    words = {kind.name: kind.words for kind in vocabulary.kinds.values()}
    meant, expected = nearest(scalar.text, words), tuple(words)
    collector.error("scenario.unknown-event", scalar.place, expected=expected, suggestion=meant, word=scalar.text)
    return None


def last_day(drafts: Iterable[Draft | None]) -> int | None:
    """The last day that the events write down: the day up to which facts are known, where the record names none."""
    days = (draft.span.last_written for draft in drafts if draft is not None and draft.span is not None)
    return max((day for day in days if day is not None), default=None)


def slots(drafts: Iterable[Draft | None], reader: ValueReader) -> tuple[Slot, ...]:
    """The events of the record with all that they say."""
    return tuple(_slot(draft, _past(draft, reader), draft.index, reader) for draft in drafts if draft is not None)


def proposed(drafts: Iterable[Draft | None], reader: ValueReader, first: int) -> tuple[Slot, ...]:
    """The events that are proposed, numbered on from `first`; their days are certain and may be in the future."""
    found = [draft for draft in drafts if draft is not None]
    return tuple(_slot(draft, _planned(draft, reader), first + draft.index, reader) for draft in found)


def _slot(draft: Draft, date: int | Days, index: int, reader: ValueReader) -> Slot:
    fields, attributes = draft.fields, draft.kind.attributes
    places = {name: fields.place_of(name) for name in ("type", "date", "occurred", *attributes) if fields.has(name)}
    attrs = reader.all_of(fields, attributes, date)
    return Slot(draft.kind.name, date, attrs, index, draft.occurred, place=draft.place, places=places)


def _past(draft: Draft, reader: ValueReader) -> int | Days:
    """The days of an event that lies in the past; an error where it lies after `as_of`."""
    scope, place = reader.scope, draft.fields.place_of("date")
    if draft.span is None:
        return scope.as_of
    days = draft.span.days(scope.earliest, scope.as_of)
    if days is not None:
        return days
    written = draft.span.days(scope.earliest, draft.span.last_written or scope.as_of)
    if written is None:
        reader.collector.error("scenario.before-calendars", place, first=format_iso(scope.earliest))
    else:
        reader.collector.error("scenario.after-as-of", place, as_of=format_iso(scope.as_of))
    return scope.as_of


def _planned(draft: Draft, reader: ValueReader) -> int:
    span = draft.span
    day = span.days(reader.scope.earliest, span.last_written or 0) if span is not None else None
    if isinstance(day, int):
        return day
    if span is not None:
        reader.collector.error("scenario.proposed-day", draft.fields.place_of("date"), expected=FORMS[:1])
    return reader.scope.as_of
