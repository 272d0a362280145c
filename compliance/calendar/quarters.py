"""Quarters as integers: `year * 4 + (number - 1)`. NEVER is the quarter of NEVER and stays itself."""

from __future__ import annotations

import re
from datetime import date

from compliance.calendar.days import FIRST_DAY, FIRST_YEAR, LAST_YEAR, NEVER, TextError, days_in_month
from compliance.calendar.days import day as day_of

_QUARTER = re.compile(r"([0-9]{4})Q([1-4])")
_ROMAN = ("I", "II", "III", "IV")


def quarter_of(day: int) -> int:
    if day >= NEVER:
        return NEVER
    d = date.fromordinal(max(day, FIRST_DAY))
    return d.year * 4 + (d.month - 1) // 3


def parse_quarter(text: str) -> int:
    """The quarter written as `2026Q4`, in the years 1900-2199 (TextError otherwise)."""
    found = _QUARTER.fullmatch(text)
    if not found:
        raise TextError("calendar.not-a-quarter", text=text)
    year, number = int(found[1]), int(found[2])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TextError("calendar.year-out-of-range", text=text, first=str(FIRST_YEAR), last=str(LAST_YEAR))
    return year * 4 + number - 1


def format_quarter(quarter: int) -> str:
    """`2026Q4`."""
    return "never" if quarter >= NEVER else f"{quarter // 4}Q{quarter % 4 + 1}"


def format_quarter_ru(quarter: int) -> str:
    """`IV квартал 2026 года`."""
    return "никогда" if quarter >= NEVER else f"{_ROMAN[quarter % 4]} квартал {quarter // 4} года"


def format_quarter_en(quarter: int) -> str:
    """`the fourth quarter of 2026`."""
    if quarter >= NEVER:
        return "never"
    return f"the {('first', 'second', 'third', 'fourth')[quarter % 4]} quarter of {quarter // 4}"


def day_of_quarter(quarter: int, month: int, day: int) -> int:
    """The `day` of the `month` (1-3) of the quarter, at most that month's last day (see `exists`)."""
    if not _within(quarter):
        return NEVER if quarter > 4 else FIRST_DAY
    year, month_of_year = quarter // 4, quarter % 4 * 3 + month
    return day_of(year, month_of_year, min(day, days_in_month(year, month_of_year)))


def exists(quarter: int, month: int, day: int) -> bool:
    """Whether that month of that quarter has such a day."""
    return _within(quarter) and 1 <= day <= days_in_month(quarter // 4, quarter % 4 * 3 + month)


def first_day(quarter: int) -> int:
    return day_of_quarter(quarter, 1, 1)


def last_day(quarter: int) -> int:
    return day_of_quarter(quarter, 3, 31)


def _within(quarter: int) -> bool:
    return date.min.year <= quarter // 4 <= date.max.year
