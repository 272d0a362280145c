"""Reads the record of one officer: who, which posts, what happened, what may be missing, what is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from compliance.calendar.days import day
from compliance.norm.types import Position
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place
from compliance.source.reader import Mapping as MappingNode
from compliance.source.reader import Node, Scalar
from compliance.source.shape import Fields, as_mapping, as_scalar, as_sequence
from compliance.timeline.attributes import NONE, UNKNOWN, ValueReader, as_day
from compliance.timeline.case import Case
from compliance.timeline.defaults import UNDECLARED, Scope, missing_kinds, phantoms, undeclared_post
from compliance.timeline.events import Draft, EventReader, known_kind, last_day, proposed, slots
from compliance.timeline.expectation import ExpectationReader
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.model import OneOf, Open, Slot, Timeline

RECORD: Final = (
    "officer", "as_of", "positions", "events", "complete", "may_be_missing", "did_not_happen", "propose", "expect",
)  # fmt: skip
"""The keys of one officer's record."""

SHARED: Final = ("as_of", "positions", "complete", "may_be_missing", "did_not_happen")
"""Keys of a record that may also be said once for all officers of a file."""

MOST_POSITIONS: Final = 100

_ID: Final = re.compile(r"\S(?:[^\x00-\x1f\x7f]{0,78}\S)?")
_POSITION: Final = re.compile(r"[^\W_][\w-]{0,59}")
_RESERVED: Final = (UNKNOWN, NONE, UNDECLARED)
_FAR: Final = day(2060, 12, 31)
"""Stands for `as_of` where it cannot be known for errors, so that the rest is still checked."""


@frozen
class RecordReader:
    """Reads a record whose keys have been checked; what it lacks may be said once for the whole file (`top`)."""

    lexicon: Lexicon
    collector: Collector
    top: Fields
    record: Fields

    def fields_of(self, name: str) -> Fields:
        """Where a key is said that all officers of a file may share."""
        return self.record if self.record.has(name) else self.top

    def case(self, file: str, readings: Mapping[str, str], law: str | None, published: int | None) -> Case:
        """The case; wrong values are noted, and read as if they had been left out."""
        events, plans = self.drafts("events"), self.drafts("propose", proposed=True)
        posts, as_of, drafts = self.posts(), self.as_of(events), events or []
        scope = self.scope(posts, [*drafts, *(plans or ())], as_of)
        reader = ValueReader(scope, self.collector)
        listed = slots(drafts, reader)
        ghosts = tuple(phantoms(self.missing(), self.settled(scope), scope, len(drafts)))
        plan = proposed(plans, reader, len(drafts) + len(ghosts)) if plans is not None else None
        positions = {name: reader.all_of(post, self.lexicon.vocabulary.position) for name, post in posts.items()}
        if self.uses_undeclared((*listed, *ghosts, *(plan or ()))):
            positions[UNDECLARED] = undeclared_post(scope)
        officer_id, officer, fields = self.officer(reader)
        return Case(
            file=file,
            officer_id=officer_id,
            timeline=Timeline(officer, positions, (*listed, *ghosts), as_of),
            as_of=as_of,
            vocabulary=self.lexicon.vocabulary,
            propose=plan,
            readings=readings,
            law=law,
            published=published,
            expect=self.record.read("expect", ExpectationReader(self.lexicon, plan is not None).read),
            place=self.record.place,
            places=self.places(fields, posts),
        )

    def drafts(self, name: str, proposed: bool = False) -> list[Draft | None] | None:
        """The events under a key, or nothing where the record does not have it."""
        listed = self.record.read(name, as_sequence)
        if listed is None:
            return None
        return EventReader(self.lexicon.vocabulary, self.collector).drafts(listed.items, proposed)

    def as_of(self, drafts: list[Draft | None] | None) -> int:
        """The day up to which facts are known: as given, else the last day that the events write down."""
        fields = self.fields_of("as_of")
        if fields.has("as_of"):
            given = fields.read("as_of", as_day)
            return _FAR if given is None else given
        found = last_day(drafts or ())
        readable = drafts is not None and all(draft is not None and draft.span is not None for draft in drafts)
        if found is None and readable:
            self.collector.error(
                "scenario.as-of-needed", self.record.key_place("events"), expected=("as_of: 2026-12-31",)
            )
        return _FAR if found is None else found

    def posts(self) -> dict[str, Fields]:
        """The declared positions, those of the whole file first."""
        result: dict[str, Fields] = {}
        for source in (self.top, self.record) if self.record is not self.top else (self.top,):
            found = source.read("positions", as_mapping)
            for name, node in found.entries if found else ():
                result[name.text] = self.post(name, node)
        if len(result) > MOST_POSITIONS:
            self.collector.error(
                "scenario.too-many-positions",
                self.fields_of("positions").key_place("positions"),
                limit=str(MOST_POSITIONS),
            )
        return result

    def post(self, name: Scalar, node: Node) -> Fields:
        if not can_name_position(name.text):
            self.collector.error("scenario.position-name", name.place, expected=("deputy", "head_2"), word=name.text)
        allowed = tuple(self.lexicon.vocabulary.position)
        return Fields(node, self.collector, allowed=allowed, unknown_code="scenario.position-key")

    def scope(self, posts: Mapping[str, Fields], drafts: Iterable[Draft | None], as_of: int) -> Scope:
        known = [draft for draft in drafts if draft is not None]
        refs = dict.fromkeys(ref for draft in known for ref in draft.refs())
        kinds = frozenset(draft.kind.name for draft in known)
        return Scope(self.lexicon.vocabulary, tuple(posts), tuple(refs), kinds, as_of)

    def missing(self) -> dict[str, int]:
        """How many acts of each kind the record may be missing."""
        complete = self.fields_of("complete").boolean("complete", True)
        return missing_kinds(self.lexicon.vocabulary, complete, self.kinds("may_be_missing"))

    def settled(self, scope: Scope) -> tuple[str, ...]:
        """The kinds of which the record says that no such event happened."""
        settled = self.kinds("did_not_happen")
        for kind in settled:
            if kind in scope.kinds:
                place = self.fields_of("did_not_happen").place_of("did_not_happen")
                self.collector.error("scenario.did-happen", place, word=kind)
        return settled

    def kinds(self, name: str) -> tuple[str, ...]:
        def read(node: Node, collector: Collector) -> str | None:
            return known_kind(node, self.lexicon.vocabulary, collector)

        return self.fields_of(name).list_of(name, read)

    def uses_undeclared(self, used: Iterable[Slot]) -> bool:
        """Whether some event may concern a post that the record does not declare."""
        kinds = self.lexicon.vocabulary.kinds
        return any(
            _may_be(slot.attrs[name], UNDECLARED)
            for slot in used
            for name, attribute in kinds[slot.kind].attributes.items()
            if isinstance(attribute.type, Position)
        )

    def officer(self, reader: ValueReader) -> tuple[str, dict[str, Open], Fields]:
        """The officer's id and attributes, with the fields they were read from."""
        attributes = self.lexicon.vocabulary.officer
        node = self.record.node("officer") or MappingNode((), self.record.place)
        required = ("id",) if self.record.has("officer") else ()
        allowed, code = ("id", *attributes), "scenario.officer-key"
        fields = Fields(node, self.collector, allowed=allowed, required=required, unknown_code=code)
        scalar = fields.read("id", as_scalar)
        if scalar is not None and not _ID.fullmatch(scalar.text):
            self.collector.error("scenario.officer-id", scalar.place, expected=("A-17",), word=scalar.text)
        return scalar.text if scalar else "", reader.all_of(fields, attributes), fields

    def places(self, officer: Fields, posts: Mapping[str, Fields]) -> dict[str, Place]:
        """Where the officer and the positions stand, by path."""
        vocabulary = self.lexicon.vocabulary
        owners = [("officer", officer, ("id", *vocabulary.officer))]
        owners += [(f"positions.{name}", post, tuple(vocabulary.position)) for name, post in posts.items()]
        whole = {owner: fields.place for owner, fields, _ in owners}
        parts = {
            f"{owner}.{name}": fields.place_of(name)
            for owner, fields, names in owners
            for name in names
            if fields.has(name)
        }
        return whole | parts


def can_name_position(name: str) -> bool:
    """Whether a file may declare a position under this name."""
    return _POSITION.fullmatch(name) is not None and name not in _RESERVED


def _may_be(attr: Open, value: str) -> bool:
    return value in attr.values if isinstance(attr, OneOf) else attr == value
