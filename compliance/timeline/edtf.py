"""Dates as records give them: certain days and the uncertain ones of EDTF (ISO 8601-2).

A written date is a `Span`: intervals of days whose ends may be open. What an open end means is known only with the
record: it reaches back to the first day that the calendars know, or forward to the day up to which facts are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import frozen

from compliance.calendar.days import FIRST_YEAR, LAST_YEAR, TextError, day, days_in_month
from compliance.timeline.model import Days
from compliance.timeline.slips import nearest_date

EARLIEST: Final = day(2013, 1, 1)
"""The first day of the calendars: open starts reach back to it."""

FORMS: Final = ("2026-12-02", "2026-12-XX", "2026-XX-XX", "[2026-11-25..2026-12-05]", "../2026-12-01", "unknown")
"""The ways to write a date, by example."""

MOST_CHOICES: Final = 64
LONGEST: Final = 2000

_DATE: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?")
_TODAY: Final = frozenset({"today", "now", "yesterday", "tomorrow", "сегодня", "сейчас", "вчера", "завтра"})

Interval = tuple[int | None, int | None]


class DateError(TextError):
    """A date that cannot be read; `suggestion` is what was probably meant."""

    def __init__(self, code: str, suggestion: str | None = None, **fields: str) -> None:
        super().__init__(code, **fields)
        self.suggestion = suggestion


@frozen
class Span:
    """A date as written: any day of its intervals; None is an open end. `unknown` is open at both."""

    intervals: tuple[Interval, ...]

    @property
    def last_written(self) -> int | None:
        """The latest day that is written down: of `2026-12-01/..` its start, of `unknown` none."""
        return max((end for interval in self.intervals for end in interval if end is not None), default=None)

    def days(self, earliest: int, latest: int) -> int | Days | None:
        """The days meant, none of them after `latest`; nothing where no such day is left.

        `earliest` bounds open starts only: a day that is written down may be earlier.
        """
        bounded = [_bounded(interval, earliest, latest) for interval in self.intervals]
        merged = _merged(interval for interval in bounded if interval[0] <= interval[1])
        if not merged:
            return None
        if len(merged) == 1 and merged[0][0] == merged[0][1]:
            return merged[0][0]
        return Days(merged)


UNKNOWN: Final = Span(((None, None),))


def parse_edtf(text: str) -> Span:
    """The date that a text says; raises `DateError`."""
    if text == "unknown":
        return UNKNOWN
    if len(text) > LONGEST:
        raise DateError("scenario.not-a-date", text=text)
    if text.startswith("[") and text.endswith("]"):
        return _choices(text, text[1:-1])
    if text.count("/") == 1 and (whole := _interval(text, *text.split("/"))):
        return Span((whole,))
    return Span((_single(text, text),))


def _choices(text: str, inner: str) -> Span:
    parts = [part.strip() for part in inner.split(",")]
    if len(parts) > MOST_CHOICES:
        raise DateError("scenario.too-many-days", limit=str(MOST_CHOICES))
    return Span(tuple(_choice(text, part) for part in parts))


def _choice(text: str, part: str) -> Interval:
    if part.count("..") != 1:
        return _single(text, part)
    start, _, end = part.partition("..")
    if not start and not end:
        raise DateError("scenario.not-a-date", "unknown", text=text)
    first = _single(text, start)[0] if start else None
    last = _single(text, end)[1] if end else None
    return _in_order(text, first, last)


def _interval(text: str, start: str, end: str) -> Interval | None:
    """`start/end`; `..` stands for an open end, and an empty one is a slip."""
    if not start or not end:
        if _DATE.fullmatch(start or end):
            raise DateError("scenario.not-a-date", f"{start or '..'}/{end or '..'}", text=text)
        return None
    if start == end == "..":
        raise DateError("scenario.not-a-date", "unknown", text=text)
    if start != ".." and not _DATE.fullmatch(start):
        return None
    if end != ".." and not _DATE.fullmatch(end):
        return None
    first = None if start == ".." else _single(text, start)[0]
    last = None if end == ".." else _single(text, end)[1]
    return _in_order(text, first, last)


def _in_order(text: str, first: int | None, last: int | None) -> Interval:
    if first is not None and last is not None and first > last:
        raise DateError("scenario.dates-out-of-order", text=text)
    return first, last


def _single(text: str, part: str) -> tuple[int, int]:
    """The first and the last day of a day, a month or a year, also where it is written with `XX`."""
    found = _DATE.fullmatch(part)
    if found is None or (found[2] == "XX" and found[3] not in (None, "XX")):
        raise _not_a_date(text, part)
    year = int(found[1])
    month = None if found[2] in (None, "XX") else int(found[2])
    number = None if found[3] in (None, "XX") else int(found[3])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError("scenario.year", text=text, first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if month is not None and not 1 <= month <= 12:
        swapped = _day_and_month_swapped(year, month, number)
        raise DateError("scenario.no-such-month", swapped, text=text, month=found[2])
    if month is None:
        return day(year, 1, 1), day(year, 12, 31)
    length = days_in_month(year, month)
    if number is None:
        return day(year, month, 1), day(year, month, length)
    if not 1 <= number <= length:
        raise DateError("scenario.no-such-day", text=text, month=f"{year}-{month:02}", days=str(length))
    return day(year, month, number), day(year, month, number)


def _not_a_date(text: str, part: str) -> DateError:
    if part.casefold() in _TODAY:
        return DateError("scenario.today", text=part)
    if part[-1:] in ("?", "~", "%") and _DATE.fullmatch(part[:-1]):
        return DateError("scenario.approximate", text=part)
    return DateError("scenario.not-a-date", nearest_date(text) or nearest_date(part), text=text)


def _day_and_month_swapped(year: int, month: int, number: int | None) -> str | None:
    if number is None or not 1 <= number <= 12 or not 1 <= month <= days_in_month(year, number):
        return None
    return f"{year}-{number:02}-{month:02}"


def _bounded(interval: Interval, earliest: int, latest: int) -> tuple[int, int]:
    first, last = interval
    return earliest if first is None else first, latest if last is None else min(last, latest)


def _merged(intervals: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Intervals in order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(intervals):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)
