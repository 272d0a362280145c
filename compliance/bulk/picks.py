"""The day of the first or last event of each group, where days and the events themselves may be uncertain."""

from __future__ import annotations

import numpy as np

from compliance.bulk.arrays import Bits, Index, extreme_by, gather_ints, greatest, least, where, whole
from compliance.bulk.values import Number
from compliance.norm import ast


def extreme(order: ast.Order, day: Number, sure: Bits, parent: Index | None, otherwise: Number, size: int) -> Number:
    """For each of `size` parents the extreme day of its rows, else `otherwise`; `sure` rows certainly count.

    Where some row is sure, the day lies between the extremes of all rows and of the sure ones; where none is, any of
    the rows may stand alone or there may be none.
    """
    rows = size if parent is None else len(parent)
    given = day.given and otherwise.given
    if sure is True and day.certain:
        found, has = extreme_by(parent, day.lo, size, rows, "least" if order == "first" else "greatest")
        lo = where(has, found, otherwise.lo)
        return Number(lo, lo if otherwise.certain else where(has, found, otherwise.hi), given)
    low, has = extreme_by(parent, day.lo, size, rows, "least")
    high, _ = extreme_by(parent, day.hi, size, rows, "greatest")
    parents = np.arange(size) if parent is None else parent
    kept = np.flatnonzero(whole(sure, rows))
    ends = day.hi if order == "first" else day.lo
    bound, settled = extreme_by(
        parents.take(kept), gather_ints(ends, kept), size, len(kept), "least" if order == "first" else "greatest"
    )
    if order == "first":
        high = np.where(settled, bound, high)
    else:
        low = np.where(settled, bound, low)
    lo = where(has, where(settled, low, least(low, otherwise.lo)), otherwise.lo)
    hi = where(has, where(settled, high, greatest(high, otherwise.hi)), otherwise.hi)
    return Number(lo, hi, given)
