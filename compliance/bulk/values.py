"""What a term of the norm language is over many rows: truths as pairs, everything else as ranges of codes.

A `Truth` is what must hold and what may hold. A `Number` stands for a date, a quarter, an enumerator, a truth that
may be not given, a reference or a position: all are integers, in a range from `lo` to `hi`. `ABSENT`, which lies
below every other code, is the value that is not given. Where nothing is uncertain both ends are the same object.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from attrs import frozen

from compliance.bulk import arrays
from compliance.bulk.arrays import Bits, Index, IntArray, Ints, bits, both, either, where
from compliance.norm import ast
from compliance.norm.types import Period, QuarterDay

ABSENT: Final = -1


@frozen(eq=False)
class Truth:
    """What holds in every completion, and what holds in some; one object where nothing is uncertain."""

    must: Bits
    may: Bits

    @property
    def certain(self) -> bool:
        return self.must is self.may

    def at(self, rows: Index | None) -> Truth:
        """The truth at these rows; None is every row in its place."""
        found = arrays.gather_bits(self.must, rows)
        return Truth(found, found if self.certain else arrays.gather_bits(self.may, rows))


@frozen(eq=False)
class Number:
    """A code between `lo` and `hi`; `given` promises that it is never ABSENT."""

    lo: Ints
    hi: Ints
    given: bool = False

    @property
    def certain(self) -> bool:
        return self.lo is self.hi

    def at(self, rows: Index | None) -> Number:
        found = arrays.gather_ints(self.lo, rows)
        return Number(found, found if self.certain else arrays.gather_ints(self.hi, rows), self.given)


@frozen(eq=False)
class ItemMask:
    """A set of items as bits: all of `sure`, none but `most`. The lowest bit says that the set is given."""

    sure: Ints
    most: Ints

    @property
    def certain(self) -> bool:
        return self.sure is self.most

    def at(self, rows: Index | None) -> ItemMask:
        found = arrays.gather_ints(self.sure, rows)
        return ItemMask(found, found if self.certain else arrays.gather_ints(self.most, rows))


@frozen
class Row:
    """The event in one slot of a frame."""

    slot: int
    kind: str


Value: TypeAlias = Truth | Number | ItemMask | Row | Period | QuarterDay
Plain: TypeAlias = Truth | Number | ItemMask

YES, NO, MAYBE = Truth(True, True), Truth(False, False), Truth(False, True)


def sure(value: Bits) -> Truth:
    """A truth that is certain."""
    return Truth(value, value)


def number(value: Ints, given: bool = False) -> Number:
    """A number that is certain."""
    return Number(value, value, given)


def truth_of(value: Value) -> Truth:
    """Whether the value is `true`; what is not given is not."""
    if isinstance(value, Truth):
        return value
    assert isinstance(value, Number)
    must = bits(value.lo == 1)
    return Truth(must, must if value.certain else bits(value.hi == 1))


def number_of(value: Value) -> Number:
    """A truth as the number 0 or 1; numbers as they are."""
    if isinstance(value, Number):
        return value
    assert isinstance(value, Truth)
    lo = _as_int(value.must)
    return Number(lo, lo if value.certain else _as_int(value.may), given=True)


def _as_int(value: Bits) -> Ints:
    return int(value) if isinstance(value, bool) else value.view(np.int8)


def not_(value: Truth) -> Truth:
    must = arrays.negate(value.may)
    return Truth(must, must if value.certain else arrays.negate(value.must))


def and_(a: Truth, b: Truth) -> Truth:
    must = both(a.must, b.must)
    return Truth(must, must if a.certain and b.certain else both(a.may, b.may))


def or_(a: Truth, b: Truth) -> Truth:
    must = either(a.must, b.must)
    return Truth(must, must if a.certain and b.certain else either(a.may, b.may))


def join(a: Truth, b: Truth, stop: bool) -> Truth:
    """Disjunction where `stop` is true, else conjunction."""
    return or_(a, b) if stop else and_(a, b)


def scatter(rows: Index, inner: Truth, decided: bool, size: int) -> Truth:
    """`inner` at these rows, `decided` at the others."""

    def spread(part: Bits) -> Bits:
        found = np.full(size, decided, dtype=np.bool_)
        found[rows] = part
        return found

    must = spread(inner.must)
    return Truth(must, must if inner.certain else spread(inner.may))


def merge(condition: Truth, then: Value, otherwise: Value) -> Value:
    """`then` where the condition holds, `otherwise` where it does not, what covers both where that is open."""
    if isinstance(then, Truth) and isinstance(otherwise, Truth):
        kept = or_(and_(condition, then), and_(not_(condition), otherwise))
        if condition.certain:
            return kept
        return Truth(either(kept.must, both(then.must, otherwise.must)), kept.may)
    if isinstance(then, ItemMask) and isinstance(otherwise, ItemMask):
        least = _spread(condition, then.sure, otherwise.sure, np.bitwise_and)
        return ItemMask(least, _spread(condition, then.most, otherwise.most, np.bitwise_or))
    a, b = number_of(then), number_of(otherwise)
    given = a.given and b.given
    if condition.certain and a.certain and b.certain:
        return number(where(condition.must, a.lo, b.lo), given)
    lo = _spread(condition, a.lo, b.lo, np.minimum)
    return Number(lo, _spread(condition, a.hi, b.hi, np.maximum), given)


def _spread(condition: Truth, then: Ints, otherwise: Ints, cover: np.ufunc) -> Ints:
    if condition.certain:
        return where(condition.must, then, otherwise)
    if condition is MAYBE:
        whole = isinstance(then, int) and isinstance(otherwise, int)
        return int(cover(then, otherwise)) if whole else cover(then, otherwise)
    return where(condition.must, then, where(condition.may, cover(then, otherwise), otherwise))


def same(a: Value, b: Value) -> Truth:
    """Equality; what is not given equals only what is not given."""
    if isinstance(a, ItemMask) and isinstance(b, ItemMask):
        equal = bits(a.sure == b.sure)
        if a.certain and b.certain:
            return sure(equal)
        must = both(equal, both(bits(a.sure == a.most), bits(b.sure == b.most)))
        return Truth(must, both(bits(a.sure & ~b.most == 0), bits(b.sure & ~a.most == 0)))
    x, y = number_of(a), number_of(b)
    if x.certain and y.certain:
        return sure(bits(x.lo == y.lo))
    must = both(bits(x.lo == y.hi), bits(x.hi == y.lo))
    return Truth(must, both(bits(x.lo <= y.hi), bits(y.lo <= x.hi)))


def ordered(op: ast.CompareOp, a: Number, b: Number) -> Truth:
    """An order of two dates or quarters; false where one is not given."""
    if op in (">", ">="):
        a, b = b, a
    strict = op in ("<", ">")
    must = bits(a.hi < b.lo) if strict else bits(a.hi <= b.lo)
    if not a.given:
        must = both(must, bits(a.lo > ABSENT))
    if a.certain and b.certain:
        return sure(must)
    first = a.lo if a.given else arrays.greatest(a.lo, 0)
    may = bits(first < b.hi) if strict else bits(first <= b.hi)
    return Truth(must, may if a.given else both(may, bits(a.hi > ABSENT)))


def among(item: Number, options: IntArray) -> Truth:
    """Whether the item is one of the options, which ascend."""
    if item.certain:
        found: Bits = False
        for option in options.tolist():
            found = either(found, bits(item.lo == option))
        return sure(found)
    inside = np.searchsorted(options, item.hi, "right") - np.searchsorted(options, item.lo, "left")
    return Truth(bits(inside == np.subtract(item.hi, item.lo) + 1), bits(inside > 0))


def has(items: ItemMask, item: Number) -> Truth:
    """Whether the set holds the item; each item's bit is one above its code."""
    if isinstance(item.lo, int) and item.certain:
        bit = item_bit(item.lo)
        must = bits(np.bitwise_and(items.sure, bit) != 0)
        return Truth(must, must if items.certain else bits(np.bitwise_and(items.most, bit) != 0))
    low, high = np.maximum(item.lo, ABSENT) + 1, np.maximum(item.hi, ABSENT) + 1
    span = np.left_shift(np.int64(2), high) - np.left_shift(np.int64(1), low)
    span &= ~np.int64(1)
    must = both(bits((np.bitwise_and(items.sure, span) == span) & (low > 0)), True)
    may = bits(np.bitwise_and(items.most, span) != 0)
    return Truth(must, must if item.certain and items.certain else may)


def item_bit(code: int) -> int:
    """The bit of an item in a mask; nothing for what is not given."""
    return 0 if code < 0 else 2 << code


def given(value: Value) -> Truth:
    """Whether a value is given at all."""
    if isinstance(value, Truth):
        return YES
    if isinstance(value, ItemMask):
        must = bits(np.bitwise_and(value.sure, 1) != 0)
        return Truth(must, must if value.certain else bits(np.bitwise_and(value.most, 1) != 0))
    assert isinstance(value, Number)
    if value.given:
        return YES
    must = bits(value.lo > ABSENT)
    return Truth(must, must if value.certain else bits(value.hi > ABSENT))
