"""The dates of a register: each distinct word is read once, into the first and the last day that it may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import frozen

from compliance.calendar.days import FIRST_YEAR, LAST_YEAR, TextError, day, days_in_month
from compliance.timeline.edtf import EARLIEST, DateError, parse_edtf

OPEN_END: Final = 4_000_000
"""Stands for the day up to which facts are known, before that day is."""

_TIME: Final = re.compile(r"[T ]00:00(:00(\.0+)?)?(Z|\+00:00)?")
_CLOCK: Final = re.compile(r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
_LOOSE: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2}|\d{4})")


@frozen
class Day:
    """A date as read: the days it may mean, or why it cannot be read."""

    lo: int
    hi: int
    written: int = 0
    """The latest day that is written down; 0 for none."""
    wrong: str = ""


def wrong(code: str) -> Day:
    return Day(0, 0, wrong=code)


def read_days(words: Iterable[str | None], forms: tuple[str, ...]) -> list[Day]:
    patterns = [_pattern(form) for form in forms]
    return [read_day(word, patterns) for word in words]


def read_day(word: str | None, patterns: list[re.Pattern[str]]) -> Day:
    """One date: ISO or EDTF, or one of the forms of the mapping; a time of day is cut off."""
    text = (word or "").strip()
    if not text:
        return wrong("audit.no-date")
    clock = _CLOCK.search(text)
    if clock and clock.start() >= 8:
        text = text[: clock.start()]
    for pattern in patterns:
        found = pattern.fullmatch(text)
        if found:
            return _of_parts(found["year"], found["month"], found["day"])
    try:
        span = parse_edtf(text)
    except (DateError, TextError):
        return wrong("audit.day-first" if _LOOSE.fullmatch(text) else "audit.not-a-date")
    lows = [EARLIEST if lo is None else lo for lo, _ in span.intervals]
    highs = [OPEN_END if hi is None else hi for _, hi in span.intervals]
    return Day(min(lows), max(highs), span.last_written or 0)


def _of_parts(year: str, month: str, number: str) -> Day:
    y = int(year) if len(year) == 4 else 2000 + int(year)
    m, d = int(month), int(number)
    if not (FIRST_YEAR <= y <= LAST_YEAR and 1 <= m <= 12 and 1 <= d <= days_in_month(y, m)):
        return wrong("audit.not-a-date")
    found = day(y, m, d)
    return Day(found, found, found)


def is_form(form: str) -> bool:
    """Whether a form of the mapping names a day, a month and a year once each."""
    return sorted(re.findall(r"D+|M+|Y+", form)) in (["DD", "MM", "YYYY"], ["D", "M", "YYYY"], ["DD", "MM", "YY"])


def _pattern(form: str) -> re.Pattern[str]:
    parts = {"DD": r"(?P<day>\d\d?)", "D": r"(?P<day>\d\d?)", "MM": r"(?P<month>\d\d?)", "M": r"(?P<month>\d\d?)"}
    parts |= {"YYYY": r"(?P<year>\d{4})", "YY": r"(?P<year>\d\d)"}
    return re.compile("".join(parts.get(piece, re.escape(piece)) for piece in re.split(r"(D+|M+|Y+)", form)))
