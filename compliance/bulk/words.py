"""Reads a column of words once for each distinct word: what the words of an attribute mean, as codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from compliance.bulk.arrays import Index, IntArray
from compliance.bulk.coding import Codes
from compliance.calendar.days import TextError, parse_iso
from compliance.calendar.quarters import parse_quarter
from compliance.norm.types import Bool, Date, Enum, Items, Position, Quarter, Ref, Type
from compliance.norm.vocabulary import Attribute

LEFT_OUT: Final = -2
UNKNOWN: Final = -3
UNREAD: Final = -4
EPOCH: Final = 719_163
"""The ordinal of 1970-01-01, from which Arrow counts days."""

BOOLEANS: Final = {"true": 1, "false": 0}
BETWEEN_ITEMS: Final = re.compile(r"[;,|\s]+")


@frozen(eq=False)
class Words:
    """A column of text: for each row the place of its word, -1 where there is none."""

    places: IntArray
    words: Sequence[str]

    def at(self, rows: Index) -> Words:
        return Words(self.places.take(rows), self.words)


@frozen(eq=False)
class Plain:
    """A column that holds codes already (days, quarters, truths)."""

    codes: IntArray

    def at(self, rows: Index) -> Plain:
        return Plain(self.codes.take(rows))


@frozen
class Reader:
    """Reads words against the vocabulary and the names that the register itself brings."""

    codes: Codes
    refs: dict[str, int] = field(factory=dict)
    posts: dict[str, int] = field(factory=dict)

    def read(self, attribute: Attribute, column: Words | Plain) -> IntArray:
        """The code of each row, or one of LEFT_OUT, UNKNOWN and UNREAD."""
        if isinstance(column, Plain):
            return column.codes
        table = np.array([*(self.word(attribute, word) for word in column.words), LEFT_OUT], dtype=np.int64)
        return table.take(column.places)

    def word(self, attribute: Attribute, word: str) -> int:
        word = word.strip()
        if not word:
            return LEFT_OUT
        if word == "unknown":
            return UNKNOWN
        if word == "none" and attribute.optional and not self.has_none(attribute.type):
            return -1
        try:
            return self.code(attribute.type, word)
        except (KeyError, TextError):
            return UNREAD

    def has_none(self, type_: Type) -> bool:
        return isinstance(type_, Enum) and "none" in self.codes.enumerators[type_.name]

    def code(self, type_: Type, word: str) -> int:
        match type_:
            case Bool():
                return BOOLEANS[word.lower()]
            case Enum(name=name):
                return self.codes.enumerators[name][word]
            case Items():
                return self.codes.mask(type_, frozenset(filter(None, BETWEEN_ITEMS.split(word))))
            case Quarter():
                return parse_quarter(word)
            case Date():
                return parse_iso(word)
            case Ref():
                return self.refs.setdefault(word, len(self.refs))
            case Position():
                return self.posts[word]
            case _:
                raise KeyError(word)


def column_of(table: Any, name: str) -> Words | Plain | None:
    """A column of an Arrow table, each distinct word once; nothing where the table does not have it."""
    if name not in table.column_names:
        return None
    values = table.column(name)
    values = values.unify_dictionaries().combine_chunks() if pa.types.is_dictionary(values.type) else whole(values)
    if pa.types.is_boolean(values.type):
        return Plain(_filled(values.cast(pa.int8())))
    if pa.types.is_date(values.type):
        return Plain(days(values))
    if pa.types.is_integer(values.type):
        return Plain(_filled(values))
    if pa.types.is_list(values.type) or pa.types.is_large_list(values.type):
        values = pc.binary_join(values, ";")
    if not pa.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    places = values.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    return Words(places, ["" if word is None else str(word) for word in values.dictionary.to_pylist()])


def whole(values: Any) -> Any:
    """A column in one piece."""
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def days(values: Any) -> IntArray:
    """A column of dates as ordinals; LEFT_OUT where there is none."""
    if pa.types.is_date64(values.type):
        values = values.cast(pa.date32())
    counted = values if pa.types.is_integer(values.type) else pc.add(values.cast(pa.int32()), EPOCH)
    return _filled(counted)


def _filled(values: Any) -> IntArray:
    found: IntArray = values.fill_null(LEFT_OUT).to_numpy(zero_copy_only=False)
    return found.astype(np.int64)
