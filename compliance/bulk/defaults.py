"""What a cell of a register means that says nothing, or `unknown`: the same as in timeline/defaults.py, by column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from attrs import frozen

from compliance.bulk.arrays import Bools, Index, IntArray
from compliance.bulk.coding import Codes, dtype
from compliance.bulk.values import ABSENT
from compliance.bulk.words import LEFT_OUT
from compliance.norm.types import Date, Items, Position, Quarter, Ref, Type
from compliance.norm.vocabulary import Attribute
from compliance.timeline.defaults import QUARTERS_AROUND, YEAR_AHEAD

Pair: TypeAlias = tuple[IntArray, IntArray]
"""The least and the greatest code of each row; one array where they are the same."""

_EPOCH_QUARTER = 1970 * 4


@frozen(eq=False)
class Setting:
    """The rows that are filled: their days and officers, and what the register holds."""

    codes: Codes
    as_of: int
    refs: int
    posts: int
    day: Pair
    officer: Index
    silent: Mapping[str, Bools]
    """By kind, which officers have no such event."""


def filled(attribute: Attribute, codes: IntArray, setting: Setting) -> Pair:
    """The codes with everything that is left out or unknown made what it stands for."""
    kept = dtype(attribute.type)
    if not len(codes) or int(codes.min()) > LEFT_OUT:
        certain = codes.astype(kept)
        return certain, certain
    left, unknown = codes == LEFT_OUT, codes < LEFT_OUT
    lo, hi = codes.copy(), codes.copy()
    match attribute.default:
        case "value":
            lo[left] = hi[left] = _code(attribute, setting.codes)
        case "date":
            lo[left], hi[left] = setting.day[0][left], setting.day[1][left]
        case "quarter_of_date":
            lo[left], hi[left] = quarters(setting.day[0][left]), quarters(setting.day[1][left])
        case "none":
            lo[left] = hi[left] = 0 if isinstance(attribute.type, Items) else ABSENT
            if attribute.open_without is not None:
                unknown |= left & setting.silent[attribute.open_without][setting.officer]
        case "unknown":
            unknown |= left
    if unknown.any():
        lo[unknown], hi[unknown] = _domain(attribute.type, setting, np.flatnonzero(unknown))
    return pair_of(lo.astype(kept), hi.astype(kept))


def pair_of(lo: IntArray, hi: IntArray) -> Pair:
    return (lo, lo) if np.array_equal(lo, hi) else (lo, hi)


def quarters(days: IntArray) -> IntArray:
    """`quarter_of` over days that are written as dates."""
    months = (days - 719_163).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months // 3 + _EPOCH_QUARTER


def _code(attribute: Attribute, codes: Codes) -> int:
    if isinstance(attribute.type, Items):
        assert isinstance(attribute.value, frozenset)
        return codes.mask(attribute.type, attribute.value)
    return codes.plain(attribute.type, attribute.value)


def _domain(type_: Type, setting: Setting, rows: Index) -> tuple[IntArray | int, IntArray | int]:
    """The least and the greatest code of a value of which nothing is known, for some rows."""
    first, last = setting.day[0][rows], setting.day[1][rows]
    match type_:
        case Items(name=name):
            return 1, setting.codes.mask(type_, frozenset(setting.codes.enumerators[name]))
        case Position():
            return 0, setting.posts - 1
        case Ref():
            return ABSENT, setting.refs - 1
        case Quarter():
            return quarters(first) - QUARTERS_AROUND, quarters(last) + QUARTERS_AROUND
        case Date():
            return first, np.maximum(first + 1, setting.as_of + YEAR_AHEAD)
        case _:
            return 0, setting.codes.most(type_)
