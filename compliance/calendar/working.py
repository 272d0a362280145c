"""Working days of the five-day week (Labour Code arts. 71, 84, 85; Law on holidays art. 5).

Years are read only when a day of theirs is asked for. Outside the years that have a file every Monday to Friday
counts as working, so that all functions are total, and `status` says `beyond`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Protocol

from attrs import field, frozen

from compliance.calendar import quarters
from compliance.calendar.days import FIRST_DAY, NEVER, Rounding, add_days, add_months, is_weekend
from compliance.calendar.year import DayOff, Status, WorkedDay, YearData, worst


class PeriodLike(Protocol):
    """Months (years are twelve), then days, then working days; each may be negative."""

    @property
    def months(self) -> int: ...
    @property
    def days(self) -> int: ...
    @property
    def working_days(self) -> int: ...


class QuarterDayLike(Protocol):
    """A day of the first, second or third month of a quarter."""

    @property
    def day(self) -> int: ...
    @property
    def month(self) -> int: ...


@frozen
class _Table:
    """One year, made ready for counting."""

    status: Status
    working: Sequence[int]
    unsure: frozenset[int]
    entries: dict[int, DayOff | WorkedDay] = field(hash=False)


@frozen(eq=False)
class WorkingCalendar:
    """Counts working days; `read_year` gives the data of each year from `first_year` to `last_year`."""

    read_year: Callable[[int], YearData]
    first_year: int
    last_year: int
    _tables: dict[int, _Table] = field(init=False, factory=dict, repr=False)

    def is_working(self, day: int) -> bool:
        """Whether the day is a working day; NEVER is none."""
        if day >= NEVER:
            return False
        table = self._table_of(day)
        if table is None:
            return not is_weekend(day)
        at = bisect_left(table.working, day)
        return at < len(table.working) and table.working[at] == day

    def next_working_day(self, day: int) -> int:
        """The day itself if it works, else the nearest one after it (Civil Code art. 175)."""
        while day < NEVER and not self.is_working(day):
            day += 1
        return day

    def plus_working_days(self, day: int, count: int) -> int:
        """The `count`-th working day strictly after the day; before it where `count` is negative; 0 is the day."""
        if count == 0 or day >= NEVER:
            return min(day, NEVER)
        return self._after(day, count) if count > 0 else self._before(day, -count)

    def working_days(self, first: int, last: int) -> list[int]:
        """The working days from `first` to `last`, both included."""
        found: list[int] = []
        for start, end, table in self._years(first, last):
            if table is None:
                found.extend(day for day in range(start, end + 1) if not is_weekend(day))
            else:
                found.extend(table.working[bisect_left(table.working, start) : bisect_right(table.working, end)])
        return found

    def status(self, day: int) -> Status:
        """Whether it is settled that the day is worked or off."""
        table = None if day >= NEVER else self._table_of(day)
        if table is None:
            return "beyond"
        return worst(table.status, "projected" if day in table.unsure else "confirmed")

    def status_between(self, first: int, last: int) -> Status:
        """The least certain status of the days from `first` to `last`, both included; of no day: confirmed."""
        if first > last:
            return "confirmed"
        if last >= NEVER or not self._covers(first) or not self._covers(last):
            return "beyond"
        found: Status = "confirmed"
        for start, end, table in self._years(first, last):
            if table is not None:
                unsure = any(start <= day <= end for day in table.unsure)
                found = worst(found, table.status, "projected" if unsure else "confirmed")
        return found

    def turns_on_projected(self, first: int, last: int) -> bool:
        """Whether a day from `first` to `last`, both included, is not confirmed."""
        return self.status_between(first, last) != "confirmed"

    def entry(self, day: int) -> DayOff | WorkedDay | None:
        """What the calendar says of the day itself; nothing for ordinary working days and weekends."""
        table = None if day >= NEVER else self._table_of(day)
        return table.entries.get(day) if table else None

    def shift(self, day: int, period: PeriodLike, rounding: Rounding = "down") -> int:
        """The day moved by a period: years and months rounded once, then days, then working days."""
        if period.months:
            day = add_months(day, period.months, rounding)
        return self.plus_working_days(add_days(day, period.days), period.working_days)

    def quarter_of(self, day: int) -> int:
        return quarters.quarter_of(day)

    def day_of_quarter(self, quarter: int, spec: QuarterDayLike) -> int:
        return quarters.day_of_quarter(quarter, spec.month, spec.day)

    def load(self) -> None:
        """Reads every year at once (Problems of the first bad file otherwise come when it is met)."""
        for year in range(self.first_year, self.last_year + 1):
            self._table(year)

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the days that work, over all years that have a file."""
        first, last = date(self.first_year, 1, 1).toordinal(), date(self.last_year, 12, 31).toordinal()
        return sha256(repr((first, last, self.working_days(first, last))).encode()).hexdigest()

    def _covers(self, day: int) -> bool:
        return self.first_year <= date.fromordinal(max(day, FIRST_DAY)).year <= self.last_year

    def _table_of(self, day: int) -> _Table | None:
        return self._table(date.fromordinal(max(day, FIRST_DAY)).year)

    def _table(self, year: int) -> _Table | None:
        table = self._tables.get(year)
        if table is None and self.first_year <= year <= self.last_year:
            table = self._tables[year] = _prepare(self.read_year(year))
        return table

    def _years(self, first: int, last: int) -> Iterator[tuple[int, int, _Table | None]]:
        """The stretch from `first` to `last` cut at the turns of the years."""
        while first <= last:
            year = date.fromordinal(first).year
            end = min(last, date(year, 12, 31).toordinal())
            yield first, end, self._table(year)
            first = end + 1

    def _after(self, day: int, count: int) -> int:
        files_start = date(self.first_year, 1, 1).toordinal()
        if day < files_start - 1:
            before = _weekdays_until(files_start - 1) - _weekdays_until(max(day, 0))
            if count <= before:
                return _plus_weekdays(max(day, 0), count)
            day, count = files_start - 1, count - before
        for year in range(date.fromordinal(day + 1).year, self.last_year + 1):
            table = self._table(year)
            assert table is not None
            at = bisect_right(table.working, day) + count - 1
            if at < len(table.working):
                return table.working[at]
            count, day = at - len(table.working) + 1, date(year, 12, 31).toordinal()
        return min(_plus_weekdays(day, count), NEVER)

    def _before(self, day: int, count: int) -> int:
        files_end = date(self.last_year, 12, 31).toordinal()
        if day > files_end + 1:
            after = _weekdays_until(day - 1) - _weekdays_until(files_end)
            if count <= after:
                return _minus_weekdays(day, count)
            day, count = files_end + 1, count - after
        for year in range(date.fromordinal(max(day - 1, FIRST_DAY)).year, self.first_year - 1, -1):
            table = self._table(year)
            assert table is not None
            at = bisect_left(table.working, day) - count
            if at >= 0:
                return table.working[at]
            count, day = -at, date(year, 1, 1).toordinal()
        return max(_minus_weekdays(day, count), FIRST_DAY)


def _prepare(data: YearData) -> _Table:
    off = {entry.day for entry in data.days_off}
    worked = {entry.day for entry in data.worked}
    first, last = date(data.year, 1, 1).toordinal(), date(data.year, 12, 31).toordinal()
    working = [d for d in range(first, last + 1) if d in worked or not (is_weekend(d) or d in off)]
    unsure: set[int] = set()
    for entry in data.days_off:
        if entry.status == "projected":
            start, end = entry.between or (entry.day, entry.day)
            unsure.update(range(start, end + 1))
    entries: dict[int, DayOff | WorkedDay] = {entry.day: entry for entry in reversed(data.days_off)}
    return _Table(data.status, working, frozenset(unsure), entries | {entry.day: entry for entry in data.worked})


def _weekdays_until(day: int) -> int:
    """The number of Mondays to Fridays among the ordinals 1 to `day` (ordinal 1 was a Monday)."""
    return day // 7 * 5 + min(day % 7, 5)


def _plus_weekdays(day: int, count: int) -> int:
    """The `count`-th Monday to Friday strictly after the day."""
    weekday = (day - 1) % 7
    if weekday > 4:
        day, weekday = day - (weekday - 4), 4
    weeks, rest = divmod(count, 5)
    return day + 7 * weeks + rest + (2 if weekday + rest > 4 else 0)


def _minus_weekdays(day: int, count: int) -> int:
    """The `count`-th Monday to Friday strictly before the day."""
    weekday = (day - 1) % 7
    if weekday > 4:
        day, weekday = day + 7 - weekday, 0
    weeks, rest = divmod(count, 5)
    return day - 7 * weeks - rest - (2 if rest > weekday else 0)
