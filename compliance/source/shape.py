"""Helpers for readers of typed objects: the keys of a mapping, and values with a type; every error is collected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, TypeVar, overload

from attrs import frozen

from compliance.source.diagnostic import Collector
from compliance.source.loc import Place
from compliance.source.reader import Mapping, Node, Scalar, Sequence

T = TypeVar("T")
D = TypeVar("D")

_TRUE_WORDS: Final = frozenset({"true", "yes", "on", "y", "1", "да", "истина"})
_FALSE_WORDS: Final = frozenset({"false", "no", "off", "n", "0", "нет", "ложь"})
_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@frozen
class Words:
    """The same words in both languages."""

    en: str
    ru: str

    def say(self, lang: str) -> str:
        """The words in one language."""
        return self.ru if lang == "ru" else self.en


def as_mapping(node: Node, collector: Collector) -> Mapping | None:
    """The node if it is a mapping; otherwise an error is noted."""
    if isinstance(node, Mapping):
        return node
    collector.error("source.not-a-mapping", node.place)
    return None


def as_sequence(node: Node, collector: Collector) -> Sequence | None:
    """The node if it is a list; otherwise an error is noted."""
    if isinstance(node, Sequence):
        return node
    collector.error("source.not-a-list", node.place)
    return None


def as_scalar(node: Node, collector: Collector) -> Scalar | None:
    """The node if it is a single value that is not empty; otherwise an error is noted."""
    if not isinstance(node, Scalar):
        collector.error("source.not-text", node.place)
        return None
    if not node.text.strip():
        collector.error("source.empty-value", node.place)
        return None
    return node


def as_text(node: Node, collector: Collector) -> str | None:
    """The text of a single value."""
    scalar = as_scalar(node, collector)
    return scalar.text if scalar else None


def as_word(node: Node, collector: Collector, known: Iterable[str], code: str = "source.unknown-word") -> str | None:
    """A value out of a closed list; another word is an error of the given code, with the nearest known one."""
    scalar, words = as_scalar(node, collector), sorted(set(known))
    if scalar is None or scalar.text in words:
        return scalar.text if scalar else None
    collector.unknown(code, scalar.place, scalar.text, words)
    return None


def as_boolean(node: Node, collector: Collector) -> bool | None:
    """`true` or `false`; other spellings are errors that say which of the two was meant."""
    scalar = as_scalar(node, collector)
    if scalar is None:
        return None
    if scalar.text in ("true", "false"):
        return scalar.text == "true"
    folded = scalar.text.strip().casefold()
    meant = "true" if folded in _TRUE_WORDS else "false" if folded in _FALSE_WORDS else None
    expected = ("true", "false")
    collector.error("source.not-a-boolean", scalar.place, expected=expected, suggestion=meant, word=scalar.text)
    return None


def as_integer(node: Node, collector: Collector, low: int = 0, high: int = 10**9) -> int | None:
    """A whole number within bounds that include both ends."""
    scalar = as_scalar(node, collector)
    if scalar is None:
        return None
    if not _INTEGER.fullmatch(scalar.text):
        collector.error("source.not-an-integer", scalar.place, word=scalar.text)
        return None
    number = int(scalar.text)
    if low <= number <= high:
        return number
    collector.error("source.integer-range", scalar.place, word=scalar.text, low=str(low), high=str(high))
    return None


def as_date_text(node: Node, collector: Collector) -> str | None:
    """A day of the calendar written YYYY-MM-DD, as text; uncertain dates are not for this helper."""
    scalar = as_scalar(node, collector)
    if scalar is None:
        return None
    if not _DATE.fullmatch(scalar.text):
        collector.error("source.not-a-date", scalar.place, expected=("YYYY-MM-DD",), word=scalar.text)
        return None
    try:
        return date.fromisoformat(scalar.text).isoformat()
    except ValueError:
        collector.error("source.impossible-date", scalar.place, word=scalar.text)
        return None


def as_words(node: Node, collector: Collector) -> Words | None:
    """A mapping with the two keys `en` and `ru`."""
    fields = Fields(node, collector, allowed=("en", "ru"), required=("en", "ru"))
    english, russian = fields.text("en"), fields.text("ru")
    return Words(english.strip(), russian.strip()) if english is not None and russian is not None else None


class Fields:
    """The entries of a mapping, read by name. Unknown and missing keys are noted when it is made."""

    def __init__(
        self,
        node: Node,
        collector: Collector,
        *,
        allowed: Iterable[str],
        required: Iterable[str] = (),
        unknown_code: str = "source.unknown-key",
    ) -> None:
        """`allowed` are all the keys that may stand here (the required ones are allowed without being named)."""
        self.place = node.place
        self._collector = collector
        self._nodes: dict[str, Node] = {}
        self._keys: dict[str, Place] = {}
        mapping = as_mapping(node, collector)
        if mapping is not None:
            self._take(mapping, {*allowed, *required}, tuple(required), unknown_code)

    def _take(self, mapping: Mapping, allowed: set[str], required: tuple[str, ...], unknown_code: str) -> None:
        for key, value in mapping.entries:
            if key.text not in allowed:
                free = allowed - set(mapping.keys)
                self._collector.unknown(unknown_code, key.place, key.text, free or allowed)
            else:
                self._nodes[key.text], self._keys[key.text] = value, key.place
        start = mapping.entries[0][0].place if mapping.entries else mapping.place
        for name in required:
            if name not in mapping.keys:
                self._collector.error("source.missing-key", start, word=name)

    def has(self, name: str) -> bool:
        """Whether the key stands in the file, readable or not."""
        return name in self._nodes

    def node(self, name: str) -> Node | None:
        """The raw node of a key."""
        return self._nodes.get(name)

    def place_of(self, name: str) -> Place:
        """Where the key's value stands; the mapping's own place where the key is absent."""
        found = self._nodes.get(name)
        return found.place if found is not None else self.place

    def key_place(self, name: str) -> Place:
        """Where the key itself stands; the mapping's own place where it is absent."""
        return self._keys.get(name, self.place)

    def scalar(self, name: str) -> Scalar | None:
        """A single value with its place, if the key is there."""
        return self.read(name, as_scalar)

    def read(self, name: str, reader: Callable[[Node, Collector], T | None]) -> T | None:
        """The key's value through any reader of a node; nothing where the key is absent or the value wrong."""
        found = self._nodes.get(name)
        return reader(found, self._collector) if found is not None else None

    @overload
    def text(self, name: str) -> str | None: ...
    @overload
    def text(self, name: str, default: D) -> str | D: ...
    def text(self, name: str, default: D | None = None) -> str | D | None:
        """A value as text."""
        found = self.read(name, as_text)
        return default if found is None else found

    @overload
    def boolean(self, name: str) -> bool | None: ...
    @overload
    def boolean(self, name: str, default: bool) -> bool: ...
    def boolean(self, name: str, default: bool | None = None) -> bool | None:
        """`true` or `false`."""
        found = self.read(name, as_boolean)
        return default if found is None else found

    def integer(self, name: str, low: int = 0, high: int = 10**9) -> int | None:
        """A whole number from `low` to `high`."""
        return self.read(name, lambda node, collector: as_integer(node, collector, low, high))

    def date_text(self, name: str) -> str | None:
        """A day written YYYY-MM-DD, as text."""
        return self.read(name, as_date_text)

    def word(self, name: str, known: Iterable[str], code: str = "source.unknown-word") -> str | None:
        """A value out of a closed list of words."""
        words = tuple(known)
        return self.read(name, lambda node, collector: as_word(node, collector, words, code))

    def words(self, name: str) -> Words | None:
        """Words in both languages: `{en: ..., ru: ...}`."""
        return self.read(name, as_words)

    def list_of(self, name: str, reader: Callable[[Node, Collector], T | None]) -> tuple[T, ...]:
        """The items of a list, each through the reader; items that cannot be read are left out (and noted)."""
        sequence = self.read(name, as_sequence)
        items = sequence.items if sequence else ()
        return tuple(item for node in items if (item := reader(node, self._collector)) is not None)

    def texts(self, name: str) -> tuple[str, ...]:
        """The items of a list of single values."""
        return self.list_of(name, as_text)

    def mapping_of(self, name: str, reader: Callable[[Node, Collector], T | None]) -> dict[str, T]:
        """The values of a mapping with free keys, in the order of the file, each through the reader."""
        mapping = self.read(name, as_mapping)
        entries = mapping.entries if mapping else ()
        read = ((key.text, reader(value, self._collector)) for key, value in entries)
        return {key: value for key, value in read if value is not None}
