"""How the values of the norm language become integers, and back: enumerators by their place, positions by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from attrs import field, frozen

from compliance.bulk.values import ABSENT, item_bit
from compliance.norm.types import Bool, Date, Enum, Items, Quarter, Type
from compliance.norm.vocabulary import Vocabulary

MOST_ITEMS: Final = 61
"""So many items fit a mask beside the bit that says it is given."""


@frozen
class Codes:
    """The codes of every enumerator, by enumeration."""

    vocabulary: Vocabulary = field(repr=False)
    enumerators: Mapping[str, Mapping[str, int]] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        found = {
            name: {value: code for code, value in enumerate(enumeration.values)}
            for name, enumeration in self.vocabulary.enumerations.items()
        }
        object.__setattr__(self, "enumerators", found)

    def plain(self, type_: Type, value: object) -> int:
        """The code of a value whose type needs no record: dates, quarters, truths, enumerators."""
        if value is None:
            return ABSENT
        match type_, value:
            case ((Date() | Quarter() | Bool()), int()):
                return int(value)
            case Enum(name=name), str():
                return self.enumerators[name][value]
            case _:
                raise ValueError(f"`{value}` is no value of {type_}")

    def mask(self, type_: Items, values: frozenset[str]) -> int:
        """The bits of a set of items that is given."""
        codes = self.enumerators[type_.name]
        assert len(codes) <= MOST_ITEMS
        return sum(item_bit(codes[value]) for value in values) | 1

    def most(self, type_: Type) -> int:
        """The highest code of a type with a fixed domain."""
        match type_:
            case Bool():
                return 1
            case Enum(name=name):
                return len(self.enumerators[name]) - 1
            case _:
                raise ValueError(f"the type {type_} has no fixed domain")


def dtype(type_: Type) -> type[np.signedinteger]:
    """How the codes of a type are kept."""
    match type_:
        case Bool():
            return np.int8
        case Enum():
            return np.int16
        case Items():
            return np.int64
        case _:
            return np.int32


__all__ = ["MOST_ITEMS", "Codes", "dtype"]
