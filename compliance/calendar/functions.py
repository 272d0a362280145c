"""The calendar functions of the norm language as named objects, with their tables and exact linear pieces.

`apply` is the meaning; `values` is the same over a stretch of arguments, built at once; `pieces` cuts the stretch
into the fewest runs on which the result is constant or keeps its distance. All map NEVER to NEVER.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

from attrs import frozen

from compliance.calendar import quarters
from compliance.calendar.days import (
    NEVER,
    TABLE_FIRST,
    TABLE_LAST,
    Rounding,
    add_days,
    add_months,
    days_in_month,
)
from compliance.calendar.working import PeriodLike, WorkingCalendar
from compliance.calendar.year import Status


@frozen
class AddMonths:
    """The day `months` later (years count twelve), rounded where the month lacks the number."""

    months: int
    rounding: Rounding = "down"

    def apply(self, x: int, calendar: WorkingCalendar) -> int:
        return add_months(x, self.months, self.rounding)

    def values(self, lo: int, hi: int, calendar: WorkingCalendar) -> list[int]:
        start = date.fromordinal(lo)
        year, month, number = start.year, start.month, start.day
        found: list[int] = []
        while len(found) <= hi - lo:
            length = days_in_month(year, month)
            target = add_months(date(year, month, 1).toordinal(), self.months)
            kept = min(length, _month_length(target))
            rounded = target + kept - (1 if self.rounding == "down" else 0)
            month_values = [*range(target, target + kept), *([rounded] * (length - kept))]
            found.extend(month_values[number - 1 :])
            year, month, number = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
        return found[: hi - lo + 1]


@frozen
class AddDays:
    """The day a fixed number of days later."""

    days: int

    def apply(self, x: int, calendar: WorkingCalendar) -> int:
        return add_days(x, self.days)

    def values(self, lo: int, hi: int, calendar: WorkingCalendar) -> list[int]:
        return list(range(lo + self.days, hi + self.days + 1))


@frozen
class AddWorkingDays:
    """The n-th working day strictly after the day (before it where negative)."""

    days: int

    def apply(self, x: int, calendar: WorkingCalendar) -> int:
        return calendar.plus_working_days(x, self.days)

    def values(self, lo: int, hi: int, calendar: WorkingCalendar) -> list[int]:
        if self.days == 0:
            return list(range(lo, hi + 1))
        if self.days > 0:
            reached = calendar.working_days(lo + 1, self.apply(hi, calendar))
            return _steps(lo, hi, reached, reached[self.days - 1 :])
        reached = calendar.working_days(self.apply(lo, calendar), hi)
        return _steps(lo, hi, [day + 1 for day in reached[-self.days :]], reached)


@frozen
class NextWorkingDay:
    """The day itself if it works, else the nearest working day after it."""

    def apply(self, x: int, calendar: WorkingCalendar) -> int:
        return calendar.next_working_day(x)

    def values(self, lo: int, hi: int, calendar: WorkingCalendar) -> list[int]:
        reached = calendar.working_days(lo, self.apply(hi, calendar))
        return _steps(lo, hi, [day + 1 for day in reached], reached)


@frozen
class QuarterOf:
    """The quarter in which the day lies."""

    def apply(self, x: int, calendar: WorkingCalendar) -> int:
        return quarters.quarter_of(x)

    def values(self, lo: int, hi: int, calendar: WorkingCalendar) -> list[int]:
        found = list(range(quarters.quarter_of(lo), quarters.quarter_of(hi) + 1))
        return _steps(lo, hi, [quarters.first_day(quarter) for quarter in found[1:]], found)


@frozen
class DayOfQuarter:
    """The day of the first, second or third month of a quarter; the argument is a quarter."""

    month: Literal[1, 2, 3]
    day: int

    def apply(self, x: int, calendar: WorkingCalendar) -> int:
        return quarters.day_of_quarter(x, self.month, self.day)

    def values(self, lo: int, hi: int, calendar: WorkingCalendar) -> list[int]:
        return [quarters.day_of_quarter(quarter, self.month, self.day) for quarter in range(lo, hi + 1)]


Function: TypeAlias = AddMonths | AddDays | AddWorkingDays | NextWorkingDay | QuarterOf | DayOfQuarter


def chain_of(period: PeriodLike, rounding: Rounding = "down") -> tuple[Function, ...]:
    """The functions that together shift a day by a period, in the order in which they apply."""
    months = (AddMonths(period.months, rounding),) if period.months else ()
    days = (AddDays(period.days),) if period.days else ()
    working = (AddWorkingDays(period.working_days),) if period.working_days else ()
    return (*months, *days, *working)


def name_of(fn: Function) -> str:
    """A name that is unique and fit for a solver's symbol: `add_months_3_down`."""
    match fn:
        case AddMonths(months=n, rounding=rounding):
            return f"add_months_{_signed(n)}_{rounding}"
        case AddDays(days=n):
            return f"add_days_{_signed(n)}"
        case AddWorkingDays(days=n):
            return f"add_working_days_{_signed(n)}"
        case NextWorkingDay():
            return "next_working_day"
        case QuarterOf():
            return "quarter_of"
        case DayOfQuarter(month=month, day=day):
            return f"day_of_quarter_{month}_{day}"


def status_of(fn: Function, calendar: WorkingCalendar, x: int) -> Status:
    """How sure the result at `x` is: the least certain of the days that were counted."""
    if x >= NEVER:
        return "confirmed"
    match fn:
        case AddWorkingDays(days=n) if n > 0:
            return calendar.status_between(x + 1, fn.apply(x, calendar))
        case AddWorkingDays(days=n) if n < 0:
            return calendar.status_between(fn.apply(x, calendar), x - 1)
        case NextWorkingDay():
            return calendar.status_between(x, fn.apply(x, calendar))
        case _:
            return "confirmed"


@frozen
class Piece:
    """On `lo <= x <= hi` the result is `slope * x + offset`."""

    lo: int
    hi: int
    slope: Literal[0, 1]
    offset: int

    def at(self, x: int) -> int:
        return self.slope * x + self.offset


FOREVER = Piece(NEVER, NEVER, 0, NEVER)
"""The piece that every function ends with."""


def domain(fn: Function) -> tuple[int, int]:
    """The arguments over which tables are normally asked for: 2010-2064, in days or in quarters."""
    if isinstance(fn, DayOfQuarter):
        return quarters.quarter_of(TABLE_FIRST), quarters.quarter_of(TABLE_LAST)
    return TABLE_FIRST, TABLE_LAST


@lru_cache(maxsize=512)
def pieces(fn: Function, calendar: WorkingCalendar, lo: int, hi: int) -> tuple[Piece, ...]:
    """The fewest linear pieces that cover the arguments from `lo` to `hi` exactly, and then NEVER."""
    return (*_runs(lo, fn.values(lo, hi, calendar)), FOREVER)


def piece_at(found: tuple[Piece, ...], x: int) -> Piece:
    """The piece that holds `x` (LookupError where the pieces do not reach)."""
    at = bisect_right(found, x, key=_start) - 1
    if at < 0 or x > found[at].hi:
        raise LookupError(x)
    return found[at]


@lru_cache(maxsize=512)
def bounds(fn: Function, calendar: WorkingCalendar, lo: int, hi: int) -> tuple[int, int]:
    """The least and the greatest distance from argument to result over `lo` to `hi`, NEVER left out."""
    found = pieces(fn, calendar, lo, hi)[:-1]
    least = min(piece.at(piece.hi) - piece.hi for piece in found)
    return least, max(piece.at(piece.lo) - piece.lo for piece in found)


def table(fn: Function, calendar: WorkingCalendar, lo: int, hi: int) -> array[int]:
    """The results at `lo`, `lo + 1`, … `hi`, as C ints."""
    return array("i", fn.values(lo, hi, calendar))


def _runs(lo: int, values: list[int]) -> list[Piece]:
    """Greedy from the left: linearity is kept by parts, so no cut gives fewer pieces."""
    found: list[Piece] = []
    start, count = 0, len(values)
    while start < count:
        end = start + 1
        slope = values[end] - values[start] if end < count else 0
        if slope in (0, 1):
            while end < count and values[end] - values[end - 1] == slope:
                end += 1
        else:
            slope = 0
        found.append(Piece(lo + start, lo + end - 1, 1 if slope else 0, values[start] - slope * (lo + start)))
        start = end
    return found


def _steps(lo: int, hi: int, turns: list[int], results: list[int]) -> list[int]:
    """Each result holds up to the day before the next turn (turns lie after `lo` and ascend)."""
    edges = [lo, *turns[: bisect_right(turns, hi)], hi + 1]
    found: list[int] = []
    for at, edge in enumerate(edges[1:]):
        found.extend([results[at]] * (edge - edges[at]))
    return found


def _month_length(first: int) -> int:
    start = date.fromordinal(first)
    return days_in_month(start.year, start.month)


def _start(piece: Piece) -> int:
    return piece.lo


def _signed(n: int) -> str:
    return f"minus_{-n}" if n < 0 else str(n)
