"""Reads YAML into frozen nodes with places: every value stays text, and whatever could surprise is refused."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml
from attrs import field, frozen

from compliance.source.diagnostic import Collector, Note
from compliance.source.loc import Place, Source, spot
from compliance.source.malformed import report_malformed
from compliance.source.stdin import NAME as STANDARD_INPUT
from compliance.source.stdin import standard_input

_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What may stand in a file: tabs, line ends, printable characters; no zero bytes, no odd line ends, no inner BOM.
_REFUSED: Final = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_MOST_CHARACTERS: Final = 20


@frozen
class Limits:
    """How large a file of a stranger may be."""

    size: int = 4 * 1024 * 1024
    depth: int = 64
    nodes: int = 200_000


STRICT: Final = Limits()


@frozen
class Scalar:
    """A single value, always text. The place is no part of equality."""

    text: str
    place: Place = field(eq=False)
    quoted: bool = False
    block: bool = False
    exact: bool = field(default=False, eq=False, repr=False)
    """Whether the text stands in the file character by character, line by line, from `place.column` of `first_line`."""
    first_line: int = field(default=0, eq=False, repr=False)
    first_column: int = field(default=0, eq=False, repr=False)

    def place_at(self, offset: int, length: int = 1) -> Place:
        """The place in the file of `length` characters of the text from `offset` on, cut at the end of the line.

        Exact for literal blocks (`|`) and for plain and quoted values on one line; otherwise the value's own place.
        """
        if not self.exact:
            return self.place
        offset = max(0, min(offset, len(self.text)))
        before = self.text[:offset].split("\n")
        rest = self.text[offset:].partition("\n")[0]
        line = self.first_line + len(before) - 1
        return spot(self.place.file, line, self.first_column + len(before[-1]), max(1, min(length, len(rest))))


@frozen
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    place: Place = field(eq=False)


@frozen
class Mapping:
    """Entries in the order of the file; keys are unique words."""

    entries: tuple[tuple[Scalar, Node], ...]
    place: Place = field(eq=False)

    def get(self, key: str) -> Node | None:
        """The value of a key, if the mapping has it."""
        return next((value for name, value in self.entries if name.text == key), None)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in the order of the file."""
        return tuple(name.text for name, _ in self.entries)


Node = Scalar | Sequence | Mapping


def read_yaml(path: str | os.PathLike[str], limits: Limits = STRICT, shown_as: str | None = None) -> Node:
    """The content of a file; raises `Problems`. Places carry the name `shown_as`, by default the path."""
    return parse_yaml(read_text(path, limits, shown_as), shown_as or os.fspath(path), limits)


def read_text(path: str | os.PathLike[str], limits: Limits = STRICT, shown_as: str | None = None) -> str:
    """The text of a UTF-8 file of bounded size, without its byte order mark; raises `Problems`."""
    collector, name = Collector(), shown_as or os.fspath(path)
    try:
        if Path(path).is_dir():
            collector.fail("source.not-a-file", None, path=name)
        if os.fspath(path) == STANDARD_INPUT:
            raw = standard_input(limits.size)
        else:
            with open(path, "rb") as stream:
                raw = stream.read(limits.size + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        collector.fail("source.not-found", None, path=name)
    except OSError:
        collector.fail("source.unreadable", None, path=name)
    if len(raw) > limits.size:
        collector.fail("source.too-large", spot(name, 1, 1), limit=str(limits.size))
    return decode(raw, name, collector)


def decode(raw: bytes, name: str, collector: Collector) -> str:
    """Bytes to text; anything but UTF-8 ends the phase with the place of the first wrong byte."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        collector.fail("source.utf16", spot(name, 1, 1), expected=("UTF-8",))
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        good = Source(name, raw[: error.start].decode("utf-8").removeprefix("\ufeff"))
        place = good.place_of(len(good.text))
        collector.fail("source.not-utf8", place, expected=("UTF-8",), byte=f"0x{raw[error.start]:02X}")


def parse_yaml(text: str, file: str, limits: Limits = STRICT) -> Node:
    """The one document of a text; raises `Problems` with everything that was found wrong."""
    collector = Collector()
    if len(text) > limits.size or len(text.encode("utf-8", "replace")) > limits.size:
        collector.fail("source.too-large", spot(file, 1, 1), limit=str(limits.size))
    source = Source(file, text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    _refuse_characters(source, collector)
    root = _Builder(source, collector, limits).document()
    collector.raise_if_any()
    return root


def _refuse_characters(source: Source, collector: Collector) -> None:
    for count, match in enumerate(_REFUSED.finditer(source.text)):
        if count == _MOST_CHARACTERS:
            break
        collector.error("source.character", source.place_of(match.start()), char=f"U+{ord(match[0]):04X}")
    collector.raise_if_any()


class _Builder:
    """Turns the parser's events into nodes; the parser composes nothing and runs nothing."""

    def __init__(self, source: Source, collector: Collector, limits: Limits) -> None:
        self._source, self._collector, self._limits = source, collector, limits
        self._count = 0
        self._events: Iterator[Any] = self._guarded()

    def document(self) -> Node:
        """The content of the only document."""
        self._next(yaml.StreamStartEvent)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            self._collector.fail("source.empty", spot(self._source.name, 1, 1))
        if start.version or start.tags:
            self._collector.error("source.directive", self._place(start))
        root = self._node(next(self._events), 1)
        self._next(yaml.DocumentEndEvent)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._collector.error("source.several-documents", self._place(after))
        return root

    def _guarded(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self._source.text, _LOADER)
        except yaml.YAMLError as error:
            report_malformed(error, self._source, self._collector)

    def _next(self, kind: type[Any]) -> None:
        event = next(self._events)
        assert isinstance(event, kind)

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark, event.end_mark
        return Place(self._source.name, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _node(self, event: Any, depth: int) -> Node:
        place = self._place(event)
        self._guard(event, place, depth)
        match event:
            case yaml.AliasEvent():
                self._collector.error("source.alias", place, word=str(event.anchor))
                return Scalar("", place)
            case yaml.ScalarEvent():
                return self._scalar(event, place)
            case yaml.SequenceStartEvent():
                return self._sequence(event, place, depth)
            case _:
                return self._mapping(event, place, depth)

    def _guard(self, event: Any, place: Place, depth: int) -> None:
        self._count += 1
        if self._count > self._limits.nodes:
            self._collector.fail("source.too-many-nodes", place, limit=str(self._limits.nodes))
        if depth > self._limits.depth:
            self._collector.fail("source.too-deep", place, limit=str(self._limits.depth))
        if event.anchor and not isinstance(event, yaml.AliasEvent):
            self._collector.error("source.anchor", place, word=event.anchor)
        tag = getattr(event, "tag", None)
        if tag:
            self._collector.error("source.tag", place, word=str(tag))

    def _scalar(self, event: Any, place: Place) -> Scalar:
        quoted, block, text = event.style in ("'", '"'), event.style in ("|", ">"), event.value
        if event.style == "|":
            return self._literal(text, place)
        edge = 1 if quoted else 0
        exact = place.line == place.end_line and place.end_column - place.column == len(text) + 2 * edge
        return Scalar(text, place, quoted, block, exact, place.line, place.column + edge)

    def _literal(self, text: str, place: Place) -> Scalar:
        """A literal block: its lines stand in the file as they are, behind one common indentation."""
        for number, line in enumerate(text.split("\n")):
            raw = self._source.line(place.line + 1 + number)
            if line.strip(" ") and raw is not None:
                return Scalar(text, place, False, True, True, place.line + 1, len(raw) - len(line) + 1)
        return Scalar(text, place, False, True)

    def _sequence(self, start: Any, place: Place, depth: int) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Sequence(tuple(items), self._whole(start, event, place, items[-1].place if items else place))

    def _mapping(self, start: Any, place: Place, depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        first: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if isinstance(key, Scalar):
                entries.append((key, value))
                self._check_key(key, first)
            else:
                self._collector.error("source.key-not-text", key.place)
        return Mapping(tuple(entries), self._whole(start, event, place, entries[-1][1].place if entries else place))

    def _check_key(self, key: Scalar, first: dict[str, Place]) -> None:
        if key.text == "<<" and not key.quoted:
            self._collector.error("source.merge-key", key.place)
        elif key.text in first:
            note = Note("source.first-key", first[key.text])
            self._collector.error("source.duplicate-key", key.place, chain=(note,), word=key.text)
        first.setdefault(key.text, key.place)

    def _whole(self, start: Any, end: Any, place: Place, last: Place) -> Place:
        """From the opening to the closing bracket, or to the end of the last child where there are no brackets."""
        return place.to(self._place(end) if start.flow_style else last)
