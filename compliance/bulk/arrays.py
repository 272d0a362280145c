"""Small operations on columns that numpy has no single word for. Rows of one parent always stand together."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Index: TypeAlias = npt.NDArray[np.intp]
Bools: TypeAlias = npt.NDArray[np.bool_]
IntArray: TypeAlias = npt.NDArray[np.signedinteger]

Bits: TypeAlias = "bool | Bools"
"""A truth for each row, or one for all of them."""

Ints: TypeAlias = "int | IntArray"
"""A number for each row, or one for all of them."""


def both(a: Bits, b: Bits) -> Bits:
    if isinstance(a, bool):
        return b if a else False
    if isinstance(b, bool):
        return a if b else False
    return a & b


def either(a: Bits, b: Bits) -> Bits:
    if isinstance(a, bool):
        return True if a else b
    if isinstance(b, bool):
        return True if b else a
    return a | b


def negate(a: Bits) -> Bits:
    return not a if isinstance(a, bool) else ~a


def bits(value: object) -> Bits:
    """What a comparison gave: numpy's own truth values become Python's."""
    return value if isinstance(value, np.ndarray) else bool(value)


def whole(a: Bits, size: int) -> Bools:
    """One truth a row."""
    return np.full(size, a, dtype=np.bool_) if isinstance(a, bool) else a


def none_of(a: Bits) -> bool:
    """Whether it is false for every row."""
    return not a if isinstance(a, bool) else not a.any()


def all_of(a: Bits) -> bool:
    """Whether it is true for every row."""
    return a if isinstance(a, bool) else bool(a.all())


def where(condition: Bits, then: Ints, otherwise: Ints) -> Ints:
    if isinstance(condition, bool):
        return then if condition else otherwise
    return np.where(condition, then, otherwise)


def least(a: Ints, b: Ints) -> Ints:
    return min(a, b) if isinstance(a, int) and isinstance(b, int) else np.minimum(a, b)


def greatest(a: Ints, b: Ints) -> Ints:
    return max(a, b) if isinstance(a, int) and isinstance(b, int) else np.maximum(a, b)


def gather_bits(a: Bits, rows: Index | None) -> Bits:
    return a if isinstance(a, bool) or rows is None else a.take(rows)


def gather_ints(a: Ints, rows: Index | None) -> Ints:
    return a if isinstance(a, int) or rows is None else a.take(rows)


def any_by(parent: Index | None, holds: Bits, size: int, rows: int) -> Bits:
    """For each of `size` parents, whether it holds for one of its rows (`parent` is None where they are the rows)."""
    if isinstance(holds, bool):
        if not holds or rows == 0:
            return False
        holds = np.ones(rows, dtype=np.bool_)
    if parent is None:
        return holds
    found = np.zeros(size, dtype=np.bool_)
    found[parent[holds]] = True
    return found


def extreme_by(
    parent: Index | None, values: Ints, size: int, rows: int, order: Literal["least", "greatest"]
) -> tuple[IntArray, Bools]:
    """The least or greatest value of each parent's rows, and which parents have rows (0 where there is none)."""
    column = np.full(rows, values, dtype=np.int32) if isinstance(values, int) else values
    if parent is None:
        return column, np.ones(size, dtype=np.bool_)
    found, has = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.bool_)
    if rows:
        starts = np.flatnonzero(np.diff(parent, prepend=-1))
        firsts = parent.take(starts)
        has[firsts] = True
        found[firsts] = (np.minimum if order == "least" else np.maximum).reduceat(column, starts)
    return found, has


def runs(counts: Index) -> tuple[Index, Index]:
    """For parents with so many rows each: the parent of every row, and where each parent's rows begin."""
    ends = np.cumsum(counts)
    return np.repeat(np.arange(len(counts)), counts), ends - counts
