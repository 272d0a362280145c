"""Calendar functions over columns against the functions themselves: inside the tables, beyond them, and at NEVER."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from compliance.bulk.dates import Dates
from compliance.bulk.values import ABSENT, Number, number
from compliance.calendar.days import FIRST_DAY, NEVER, TABLE_FIRST, TABLE_LAST, day
from compliance.calendar.functions import (
    AddDays,
    AddMonths,
    AddWorkingDays,
    DayOfQuarter,
    Function,
    NextWorkingDay,
    QuarterOf,
)
from compliance.calendar.load import shipped_calendar
from compliance.norm.types import Period, QuarterDay

CALENDAR = shipped_calendar()
DATES = Dates(CALENDAR)
FUNCTIONS: tuple[Function, ...] = (
    AddMonths(3), AddMonths(36, "up"), AddMonths(-13), AddDays(1), AddDays(-40), AddDays(5_000_000), AddWorkingDays(10),
    NextWorkingDay(), QuarterOf(), DayOfQuarter(3, 31), DayOfQuarter(1, 15),
)  # fmt: skip


def arguments(function: Function) -> list[int]:
    """Ordinary arguments, the ends of the tables, days far outside them, and the two that are no days."""
    if isinstance(function, DayOfQuarter):
        return [ABSENT, 4, 2009 * 4, 2026 * 4 + 2, 2064 * 4 + 3, 2065 * 4, 9999 * 4 + 3, NEVER]
    rng = Random(1)
    ends = [
        TABLE_FIRST - 1,
        TABLE_FIRST,
        TABLE_LAST,
        TABLE_LAST + 1,
        FIRST_DAY,
        day(1900, 2, 28),
        NEVER - 1,
        NEVER,
        ABSENT,
    ]
    return [*ends, *(rng.randint(TABLE_FIRST, TABLE_LAST) for _ in range(200)), day(2028, 2, 29), day(2026, 11, 30)]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_column_is_the_function_of_each_day(function: Function) -> None:
    given = arguments(function)
    expected = [x if x == ABSENT else function.apply(x, CALENDAR) for x in given]
    found = DATES.apply(function, number(np.array(given, dtype=np.int32)))
    assert isinstance(found.lo, np.ndarray)
    assert found.lo.tolist() == expected
    assert found.certain
    assert [DATES.apply(function, number(x)).lo for x in given] == expected


def test_both_ends_of_a_range_are_mapped() -> None:
    lo, hi = np.array([day(2026, 1, 30), ABSENT], dtype=np.int32), np.array([day(2026, 1, 31), NEVER], dtype=np.int32)
    found = DATES.shift(Number(lo, hi), Period(1, 1), "down")
    assert isinstance(found.lo, np.ndarray)
    assert isinstance(found.hi, np.ndarray)
    assert found.lo.tolist() == [day(2026, 3, 1), ABSENT]
    assert found.hi.tolist() == [day(2026, 3, 1), NEVER]


def test_a_day_of_a_quarter_is_at_most_the_last_of_its_month() -> None:
    found = DATES.day_of_quarter(number(np.array([2026 * 4], dtype=np.int32)), QuarterDay(31, 2))
    assert isinstance(found.lo, np.ndarray)
    assert found.lo.tolist() == [day(2026, 2, 28)]
