"""Amendments as YAML: the same operations as the plain text, one or several amendments a file, places kept."""

from __future__ import annotations

import re
from collections.abc import Sequence as Items
from pathlib import PurePath
from typing import Final

from attrs import evolve

from compliance.amend.address import Address, address_of
from compliance.amend.clauses import transitional
from compliance.amend.instruction import MOST_OPERATIONS, parse_instruction
from compliance.amend.matching import shown
from compliance.amend.operations import (
    AddUnit,
    DeleteUnit,
    DeleteWords,
    EntryIntoForce,
    InsertWords,
    Operation,
    Package,
    Quoted,
    Renumber,
    ReplaceWords,
    Restate,
    Supplied,
    Target,
    Transitional,
)
from compliance.amend.text import plain
from compliance.law.citation import UnitIdError, unit_id_from_user
from compliance.norm.vocabulary import Words
from compliance.source.diagnostic import Collector, Problems
from compliance.source.loc import Place
from compliance.source.reader import Mapping, Node, Scalar, Sequence, parse_yaml
from compliance.source.shape import Fields, as_date_text, as_integer, as_sequence, as_word

_KEYS: Final = (
    "id title ru en ops effective transitional norm norms parameters definitions vocabulary expect note preamble_ru "
    "description gravity"
).split()
_OP_KEYS: Final = (
    "op unit old new text text_in count everywhere after before from to norm norms parameters definitions vocabulary"
).split()
_OPS: Final = "replace_words delete_words insert_words delete add restate renumber".split()
_RANGE: Final = re.compile(r"\s*(?P<first>[\w.-]+?)\s*\.\.\s*(?P<last>[\w.-]+)\s*")


def read_amendments(text: str, name: str) -> tuple[Package, ...]:
    """The amendments of a file, plain text or YAML by its name and first words; raises `Problems`."""
    if is_yaml(text, name):
        return parse_document(text, name)
    return (parse_instruction(text.removeprefix("\ufeff").replace("\r\n", "\n"), name),)


def is_yaml(text: str, name: str) -> bool:
    """Whether a file is in the YAML form: by its ending, or (from standard input) by a first key."""
    suffix = PurePath(name).suffix.lower()
    if suffix in (".yaml", ".yml", ".txt", ".md"):
        return suffix in (".yaml", ".yml")
    keys = "|".join((*_KEYS, "amendments"))
    return bool(re.match(rf"\s*(?:---\s*\n\s*)?(?:#[^\n]*\n\s*)*(?:{keys})\s*:", text))


def parse_document(text: str, name: str) -> tuple[Package, ...]:
    """The amendments of a YAML text, one or one for each entry of `amendments:`; raises `Problems`."""
    root, collector = parse_yaml(text, name), Collector()
    if isinstance(root, Mapping) and root.get("amendments") is not None:
        packages = _several(root, name, collector)
    else:
        package = _package(root, name, collector)
        packages = (package,) if package else ()
    collector.raise_if_any()
    return packages


def _several(root: Mapping, name: str, collector: Collector) -> tuple[Package, ...]:
    fields = Fields(root, collector, allowed=("amendments", "preamble_ru", "effective", "title", "note"))
    items = fields.read("amendments", as_sequence)
    day = fields.read("effective", as_date_text)
    out: list[Package] = []
    for index, item in enumerate(items.items if items else ()):
        package = _package(item, f"{name}#{index + 1}", collector)
        if package is not None:
            entry = package.entry or _entry(day, fields.place_of("effective"))
            out.append(evolve(package, entry=entry))
    return tuple(out)


def _entry(day: str | None, place: Place) -> EntryIntoForce | None:
    return EntryIntoForce(day, place, date=day) if day else None


def _package(node: Node, name: str, collector: Collector) -> Package | None:
    if not isinstance(node, Mapping):
        collector.error("source.not-a-mapping", node.place)
        return None
    fields = Fields(node, collector, allowed=_KEYS)
    said = _said(fields, name, collector)
    ops = fields.read("ops", as_sequence)
    operations = _operations(ops, said, collector) if ops else said.operations if said else ()
    if not operations and not collector.has_errors:
        collector.error("amend.nothing", node.place, expected=("ops", "ru"))
    entry = _entry(fields.read("effective", as_date_text), fields.place_of("effective")) or (
        said.entry if said else None
    )
    clauses = (*(said.transitional if said else ()), *_clauses(fields))
    preambles = (*(said.preambles if said else ()), *_preambles(fields))
    identity, title = fields.node("id"), fields.node("title")
    own = identity.text if isinstance(identity, Scalar) else name
    return Package(own, operations, entry, clauses, preambles, _title(title),
                   _supplied(fields), fields.node("expect"), _gravity(fields.node("gravity"), collector))  # fmt: skip


def _gravity(node: Node | None, collector: Collector) -> tuple[tuple[str, ...], ...]:
    """Lists of grounds from the gravest to the mildest."""
    rows = as_sequence(node, collector) if node is not None else None
    lists = [as_sequence(row, collector) for row in rows.items] if rows else []
    return tuple(tuple(each.text for each in row.items if isinstance(each, Scalar)) for row in lists if row)


def _title(node: Node | None) -> Words:
    """The title in both languages; one that is given once serves for both."""
    if isinstance(node, Scalar):
        return Words(node.text, node.text)
    en, ru = (node.get(lang) if isinstance(node, Mapping) else None for lang in ("en", "ru"))
    found = [each.text if isinstance(each, Scalar) else "" for each in (en, ru)]
    return Words(found[0] or found[1], found[1] or found[0])


def _said(fields: Fields, name: str, collector: Collector) -> Package | None:
    """What the words of `ru:` say, with places in the YAML file."""
    words = fields.scalar("ru")
    if words is None:
        return None
    try:
        return parse_instruction(words.text, name, words.place_at)
    except Problems as problems:
        collector.add(*problems.diagnostics)
        return None


def _clauses(fields: Fields) -> tuple[Transitional, ...]:
    node = fields.node("transitional")
    scalars = [node] if isinstance(node, Scalar) else list(node.items) if isinstance(node, Sequence) else []
    return tuple(
        transitional(scalar.text, scalar.place) or Transitional(scalar.text, scalar.place)
        for scalar in scalars
        if isinstance(scalar, Scalar)
    )


def _preambles(fields: Fields) -> tuple[Quoted, ...]:
    words = fields.scalar("preamble_ru")
    return (Quoted(words.text, words.place),) if words is not None else ()


def _supplied(fields: Fields) -> Supplied:
    names = ("norm", "norms", "parameters", "definitions", "vocabulary")
    return Supplied(*(fields.node(name) for name in names))


# Operations -----------------------------------------------------------------------------------------------------


def _operations(ops: Sequence, said: Package | None, collector: Collector) -> tuple[Operation, ...]:
    if len(ops.items) > MOST_OPERATIONS:
        collector.fail("amend.too-many", ops.place, limit=str(MOST_OPERATIONS))
    spoken = said.operations if said else ()
    out: list[Operation] = []
    for index, item in enumerate(ops.items):
        twin = spoken[index] if index < len(spoken) else None
        operation = _Op(Fields(item, collector, allowed=_OP_KEYS, required=("op",)), twin, collector).read()
        if operation is not None:
            out.append(operation)
    if said is not None and len(out) == len(ops.items):
        _agree(out, spoken, ops, collector)
    return tuple(out)


def _agree(given: Items[Operation], spoken: Items[Operation], ops: Sequence, collector: Collector) -> None:
    """The two forms of one amendment must say the same."""
    if len(given) != len(spoken):
        collector.error("amend.forms-count", ops.place, ops=str(len(given)), ru=str(len(spoken)))
        return
    for one, other in zip(given, spoken, strict=True):
        if type(one) is not type(other) or _words(one) != _words(other) or not _one_place(one, other):
            told = [" / ".join((*_named(each), *_words(each))) for each in (one, other)]
            collector.error("amend.forms-differ", one.place, ops=told[0], ru=told[1])


def _targets(operation: Operation) -> tuple[Address, ...]:
    if isinstance(operation, Renumber):
        return tuple(target.address for target in (*operation.old, *operation.new))
    return (operation.target.address,)


def _named(operation: Operation) -> tuple[str, ...]:
    return tuple(shown(address) for address in _targets(operation)[:1])


def _one_place(one: Operation, other: Operation) -> bool:
    """Whether two forms of an operation can speak of one unit: the larger ones may be left out in between."""
    left, right = _targets(one), _targets(other)
    return len(left) == len(right) and all(_may_be_one(a, b) for a, b in zip(left, right, strict=True))


def _may_be_one(one: Address, other: Address) -> bool:
    if not one.steps or not other.steps:
        return one.steps == other.steps
    (level, number), (same, again) = one.steps[-1], other.steps[-1]
    alike = level != same or number == again or "" in (number, again) or "0" in (number, again)
    return alike and one.step("point") == other.step("point")


def _words(operation: Operation) -> tuple[str, ...]:
    found = (getattr(operation, name, None) for name in ("old", "new", "text", "anchor"))
    return tuple(plain(each.text) for each in found if isinstance(each, Quoted))


class _Op:
    """One entry of `ops:`."""

    def __init__(self, fields: Fields, twin: Operation | None, collector: Collector) -> None:
        self.fields, self.twin, self.collector = fields, twin, collector

    def read(self) -> Operation | None:
        """The operation, or nothing where an error was noted."""
        name = self.fields.read("op", lambda node, collector: as_word(node, collector, _OPS, "amend.unknown-op"))
        match name:
            case "replace_words" | "delete_words" | "insert_words":
                return self._words(name)
            case "delete":
                target = self._target("unit")
                return DeleteUnit(target, self.fields.place, _supplied(self.fields)) if target else None
            case "add":
                return self._add()
            case "restate":
                target, text = self._target("unit"), self._text()
                if target is None or text is None:
                    return None
                return Restate(target, text, self.fields.place, supplied=_supplied(self.fields))
            case "renumber":
                return self._renumber()
            case _:
                return None

    def _words(self, name: str) -> Operation | None:
        target = self._target("unit") if self.fields.has("unit") else Target(Address(), self.fields.place)
        place, supplied = self.fields.place, _supplied(self.fields)
        count = self.fields.read("count", lambda node, collector: as_integer(node, collector, 1, 1000))
        everywhere = bool(self.fields.boolean("everywhere")) if self.fields.has("everywhere") else False
        if name == "insert_words":
            return self._insert(target, place, supplied)
        old = self._quoted("old")
        if target is None or old is None:
            return None
        if name == "delete_words":
            return DeleteWords(target, old, everywhere, place, count, supplied)
        new = self._quoted("new")
        return ReplaceWords(target, old, new, everywhere, place, count, supplied) if new else None

    def _insert(self, target: Target | None, place: Place, supplied: Supplied) -> Operation | None:
        new = self._quoted("new")
        before = self.fields.has("before")
        anchored = before or self.fields.has("after")
        anchor = self._quoted("before" if before else "after") if anchored else None
        if target is None or new is None or (anchored and anchor is None):
            return None
        return InsertWords(target, new, anchor, before, place, supplied)

    def _add(self) -> Operation | None:
        target, text = self._target("unit"), self._text()
        after = self._target("after") if self.fields.has("after") else None
        if target is None or text is None:
            return None
        return AddUnit(target, text, self.fields.place, after, _supplied(self.fields))

    def _renumber(self) -> Operation | None:
        old, new = self._range("from"), self._range("to")
        if not old or not new:
            return None
        if len(old) != len(new):
            self.collector.error("amend.renumber-count", self.fields.place, old=str(len(old)), new=str(len(new)))
            return None
        return Renumber(old, new, self.fields.place, _supplied(self.fields))

    def _missing(self, name: str) -> None:
        self.collector.error("source.missing-key", self.fields.place, word=name)

    def _quoted(self, name: str) -> Quoted | None:
        scalar = self.fields.scalar(name)
        if scalar is None:
            if not self.fields.has(name):
                self._missing(name)
            return None
        return Quoted(scalar.text, scalar.place_at(0, len(scalar.text)))

    def _text(self) -> Quoted | None:
        """The words of a unit: given here, or in the amendment's `ru:` where `text_in: ru` points there."""
        if not self.fields.has("text_in"):
            return self._quoted("text")
        self.fields.read("text_in", lambda node, collector: as_word(node, collector, ("ru",)))
        if isinstance(self.twin, AddUnit | Restate):
            return self.twin.text
        self.collector.error("amend.text-not-there", self.fields.place_of("text_in"))
        return None

    def _target(self, name: str) -> Target | None:
        scalar = self.fields.scalar(name)
        if scalar is None:
            if not self.fields.has(name):
                self._missing(name)
            return None
        return self._unit(scalar.text, scalar.place)

    def _unit(self, words: str, place: Place) -> Target | None:
        if re.fullmatch(r"chapter\d+", words):
            return Target(Address((("chapter", words[7:]),)), place, words)
        try:
            unit = unit_id_from_user(words)
        except UnitIdError as error:
            self.collector.add(error.at(place))
            return None
        address = address_of(re.sub(r"\.s\d+$", "", unit))
        sentence = re.search(r"\.s(\d+)$", unit)
        if address is not None and sentence:
            address = Address((*address.steps, ("sentence", sentence[1])))
        return Target(address, place, words) if address else None

    def _range(self, name: str) -> tuple[Target, ...]:
        scalar = self.fields.scalar(name)
        if scalar is None:
            if not self.fields.has(name):
                self._missing(name)
            return ()
        span = _RANGE.fullmatch(scalar.text)
        ends = [self._unit(word, scalar.place) for word in ((span["first"], span["last"]) if span else (scalar.text,))]
        found = [end for end in ends if end is not None]
        if len(found) != len(ends):
            return ()
        return _between(found[0], found[-1], scalar.place, self.collector)


def _between(first: Target, last: Target, place: Place, collector: Collector) -> tuple[Target, ...]:
    (level, start), (_, end) = first.address.steps[-1], last.address.steps[-1]
    parents = (first.address.steps[:-1], last.address.steps[:-1])
    if parents[0] != parents[1] or not (start.isdigit() and end.isdigit()):
        if first.address == last.address:
            return (first,)
        collector.error("amend.range", place)
        return ()
    numbers = range(int(start), int(end) + 1)[:MOST_OPERATIONS]
    if not numbers:
        collector.error("amend.range", place)
    return tuple(Target(Address((*parents[0], (level, str(number)))), place, first.words) for number in numbers)
