"""Reads a column of words once for each distinct word: what the words of an attribute mean, as codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen

from compliance.bulk.arrays import Index, IntArray
from compliance.bulk.coding import Codes
from compliance.bulk.values import ABSENT
from compliance.calendar.days import TextError, parse_iso
from compliance.calendar.quarters import parse_quarter
from compliance.norm.types import Bool, Date, Enum, Items, Position, Quarter, Ref, Type
from compliance.norm.vocabulary import Attribute

LEFT_OUT: Final = -2
UNKNOWN: Final = -3
UNREAD: Final = -4
EPOCH: Final = 719_163
"""The ordinal of 1970-01-01, from which Arrow counts days."""

UNKNOWN_WORD: Final = "unknown"
NONE_WORD: Final = "none"
BOOLEANS: Final = {"true": 1, "false": 0}
BETWEEN_ITEMS: Final = re.compile(r"[;,|\s]+")


@frozen(eq=False)
class Words:
    """A column of text: for each row the place of its word, -1 where there is none."""

    places: IntArray
    dictionary: Any
    """The distinct words, as Arrow has them."""

    @property
    def words(self) -> list[str]:
        """The distinct words; a null among them is empty."""
        return ["" if word is None else str(word).strip() for word in self.dictionary.to_pylist()]

    def at(self, rows: Index) -> Words:
        return Words(self.places.take(rows), self.dictionary)


@frozen(eq=False)
class Plain:
    """A column that holds codes already (days, quarters, truths)."""

    codes: IntArray

    def at(self, rows: Index) -> Plain:
        return Plain(self.codes.take(rows))


@define(eq=False)
class Reader:
    """Reads words against the vocabulary and the names that the register itself brings."""

    codes: Codes
    refs: Any = field(factory=lambda: pa.array([], pa.string()))
    """Every reference that the register mentions."""
    posts: dict[str, int] = field(factory=dict)

    def read(self, attribute: Attribute, column: Words | Plain) -> IntArray:
        """The code of each row, or one of LEFT_OUT, UNKNOWN and UNREAD."""
        if isinstance(column, Plain):
            return column.codes
        if isinstance(attribute.type, Ref):
            table = self.ref_codes(column)
        else:
            table = np.array([self.word(attribute, word) for word in column.words], dtype=np.int64)
        return np.append(table, LEFT_OUT).take(column.places)

    def word(self, attribute: Attribute, word: str) -> int:
        if not word:
            return LEFT_OUT
        if word == UNKNOWN_WORD:
            return UNKNOWN
        if word == NONE_WORD and attribute.optional and not self.has_none(attribute.type):
            return ABSENT
        try:
            return self.code(attribute.type, word)
        except (KeyError, TextError):
            return UNREAD

    def has_none(self, type_: Type) -> bool:
        return isinstance(type_, Enum) and NONE_WORD in self.codes.enumerators[type_.name]

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
            case Position():
                return self.posts[word]
            case _:
                raise KeyError(word)

    def name_refs(self, columns: Sequence[Words]) -> None:
        """Numbers the references of some columns, so that an unknown one can be any of them."""
        found = [trimmed(column.dictionary) for column in columns]
        if found:
            words = pa.concat_arrays(found).unique()
            said = pc.invert(pc.is_in(words, value_set=pa.array(["", UNKNOWN_WORD, NONE_WORD, None])))
            self.refs = words.filter(said)

    def ref_codes(self, column: Words) -> IntArray:
        words = trimmed(column.dictionary)
        table: IntArray = pc.index_in(words, value_set=self.refs).fill_null(LEFT_OUT).to_numpy().astype(np.int64)
        table[pc.equal(words, UNKNOWN_WORD).fill_null(False).to_numpy(zero_copy_only=False)] = UNKNOWN
        table[pc.equal(words, NONE_WORD).fill_null(False).to_numpy(zero_copy_only=False)] = ABSENT
        return table


def trimmed(words: Any) -> Any:
    """Words as plain strings without blanks around them."""
    return pc.utf8_trim_whitespace(words.cast(pa.string()))


def column_of(table: Any, name: str, text: bool = False) -> Words | Plain | None:
    """A column of an Arrow table, each distinct word once; nothing where the table does not have it.

    Days, truths and numbers (a quarter by its code) stay as they are, unless they are wanted as `text`.
    """
    if table is None or name not in table.column_names:
        return None
    values = table.column(name)
    if text and pa.types.is_integer(values.type):
        values = values.cast(pa.string())
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
    return Words(places, values.dictionary)


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
