"""Days as integers: reading and writing dates, and adding years, months and days to them.

A day is a proleptic Gregorian ordinal (`datetime.date.toordinal`). `NEVER` is the day after every other: each
function maps it to itself, and a sum that reaches it stays there. Nothing here raises on arithmetic.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final, Literal

Rounding = Literal["down", "up"]

NEVER: Final = date.max.toordinal()
"""A day beyond every table; what never happens happens then."""

FIRST_DAY: Final = 1
"""Arithmetic stops here on the early side: no result is earlier than the first ordinal."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years a date may be written in; anything else is taken for a slip of the pen."""

TABLE_FIRST: Final = date(2010, 1, 1).toordinal()
TABLE_LAST: Final = date(2064, 12, 31).toordinal()
"""The days over which tables and pieces are normally asked for."""

MONTHS_RU: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class TextError(ValueError):
    """A date or quarter that cannot be read: a code of the catalogue and the words for its holes."""

    def __init__(self, code: str, **fields: str) -> None:
        super().__init__(" ".join([code, *(f"{name}=`{value}`" for name, value in fields.items())]))
        self.code, self.fields = code, fields


def day(year: int, month: int, number: int) -> int:
    """The ordinal of an existing date."""
    return date(year, month, number).toordinal()


def year_of(day: int) -> int:
    return date.fromordinal(day).year


def days_in_month(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def parse_iso(text: str) -> int:
    """The day written as `YYYY-MM-DD`, in the years 1900-2199 (TextError with what is wrong otherwise)."""
    found = _ISO.fullmatch(text)
    if not found:
        raise TextError("calendar.not-a-date", text=text)
    year, month, number = (int(part) for part in found.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TextError("calendar.year-out-of-range", text=text, first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if not 1 <= month <= 12:
        raise TextError("calendar.no-such-month", text=text, month=found[2])
    if not 1 <= number <= days_in_month(year, month):
        raise TextError("calendar.no-such-day", text=text, days=str(days_in_month(year, month)))
    return day(year, month, number)


def format_iso(day: int) -> str:
    return "never" if day >= NEVER else date.fromordinal(day).isoformat()


def format_ru(day: int) -> str:
    """`2 декабря 2026 года`."""
    if day >= NEVER:
        return "никогда"
    d = date.fromordinal(day)
    return f"{d.day} {MONTHS_RU[d.month - 1]} {d.year} года"


def format_en(day: int) -> str:
    """`2 December 2026`."""
    if day >= NEVER:
        return "never"
    d = date.fromordinal(day)
    return f"{d.day} {MONTHS_EN[d.month - 1]} {d.year}"


def is_weekend(day: int) -> bool:
    """A Saturday or a Sunday (ordinal 1 was a Monday)."""
    return (day - 1) % 7 >= 5


def add_days(day: int, days: int) -> int:
    """`days` after `day` (before it where negative)."""
    return day if day >= NEVER else min(max(day + days, FIRST_DAY), NEVER)


def add_months(day: int, months: int, rounding: Rounding = "down") -> int:
    """The same number of the month `months` later; where that month lacks it, its last day or the first of the next.

    Civil Code art. 174(1), (3). Years are added as twelve months each, in the same step.
    """
    if day >= NEVER:
        return NEVER
    start = date.fromordinal(max(day, FIRST_DAY))
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year < date.min.year:
        return FIRST_DAY
    if year > date.max.year:
        return NEVER
    length = days_in_month(year, month0 + 1)
    first = date(year, month0 + 1, 1).toordinal()
    if start.day <= length:
        return min(first + start.day - 1, NEVER)
    return first + (length - 1 if rounding == "down" else length)


def add(day: int, *, years: int = 0, months: int = 0, days: int = 0, rounding: Rounding = "down") -> int:
    """Years and months together, rounded once; then days."""
    return add_days(add_months(day, 12 * years + months, rounding), days)
