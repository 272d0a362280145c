"""Calendar functions over columns of days, by table; days beyond the tables are computed one by one, never wrapped.

Every function is monotone, so that a range of days maps end by end; NEVER and what is not given map to themselves.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from attrs import define, field

from compliance.bulk.arrays import IntArray, Ints
from compliance.bulk.values import ABSENT, Number
from compliance.calendar.days import FIRST_DAY, NEVER
from compliance.calendar.functions import (
    AddDays,
    DayOfQuarter,
    Function,
    NextWorkingDay,
    QuarterOf,
    chain_of,
    domain,
    table,
)
from compliance.calendar.working import WorkingCalendar
from compliance.norm.types import Period, QuarterDay, Rounding

MONTHS: tuple[Literal[1, 2, 3], ...] = (1, 2, 3)


@define(eq=False)
class Dates:
    """The calendar's functions; each table is built when it is first needed and kept."""

    calendar: WorkingCalendar
    tables: dict[Function, IntArray] = field(factory=dict)

    def shift(self, day: Number, period: Period, rounding: Rounding) -> Number:
        for function in chain_of(period, rounding):
            day = self.apply(function, day)
        return day

    def next_working_day(self, day: Number) -> Number:
        return self.apply(NextWorkingDay(), day)

    def quarter_of(self, day: Number) -> Number:
        return self.apply(QuarterOf(), day)

    def day_of_quarter(self, quarter: Number, spec: QuarterDay) -> Number:
        return self.apply(DayOfQuarter(MONTHS[spec.month - 1], spec.day), quarter)

    def apply(self, function: Function, x: Number) -> Number:
        lo = self._ints(function, x.lo)
        return Number(lo, lo if x.certain else self._ints(function, x.hi), x.given)

    def _ints(self, function: Function, x: Ints) -> Ints:
        if isinstance(x, int):
            return self._one(function, x)
        if isinstance(function, AddDays):
            return _add(x, function.days)
        return self._by_table(function, x)

    def _one(self, function: Function, x: int) -> int:
        return x if x == ABSENT else function.apply(x, self.calendar)

    def _by_table(self, function: Function, x: IntArray) -> IntArray:
        first, last = domain(function)
        found = self.tables.get(function)
        if found is None:
            found = np.array(table(function, self.calendar, first, last), dtype=np.int32)
            self.tables[function] = found
        at = x.astype(np.int64) - first
        outside = np.flatnonzero((at < 0) | (at > last - first))
        if not len(outside):
            return found.take(at)
        at[outside] = 0
        result = found.take(at)
        values, places = np.unique(x[outside], return_inverse=True)
        exact = [self._one(function, int(value)) for value in values]
        result[outside] = np.array(exact, dtype=np.int32)[places]
        return result


def _add(x: IntArray, days: int) -> IntArray:
    """`add_days` over a column; nothing overflows, for no sum of days of one calendar is larger than NEVER twice."""
    step = max(-NEVER, min(days, NEVER))
    moved = np.clip(x.astype(np.int32) + np.int32(step), FIRST_DAY, NEVER)
    kept = (x >= NEVER) | (x == ABSENT)
    return np.where(kept, x, moved)
