"""Counting working days: against the shipped calendar, and against a count made one day at a time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.calendar.days import FIRST_DAY, NEVER, Rounding, format_iso, is_weekend, parse_iso
from compliance.calendar.working import WorkingCalendar
from compliance.calendar.year import DayOff, WorkedDay, YearData, worst
from compliance.norm.evaluate import Calendar
from compliance.norm.types import Period, QuarterDay


def d(text: str) -> int:
    return parse_iso(text)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-04-27", 10, "2026-05-14"),
        ("2025-03-17", 10, "2025-04-03"),
        ("2025-12-26", 10, "2026-01-14"),
        ("2026-04-30", 10, "2026-05-19"),
        ("2026-04-27", 9, "2026-05-13"),
        ("2025-01-02", 1, "2025-01-05"),  # a Sunday, worked for 3 January
        ("2013-12-27", 1, "2013-12-28"),  # a Saturday, worked for a day off in the next year
        ("2026-05-14", -10, "2026-04-27"),
        ("2026-01-14", -10, "2025-12-26"),
        ("2026-05-09", 0, "2026-05-09"),
    ],
)
def test_the_nth_working_day(calendar: WorkingCalendar, start: str, count: int, end: str) -> None:
    assert format_iso(calendar.plus_working_days(d(start), count)) == end


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2025-08-30", "2025-09-02"),
        ("2026-03-21", "2026-03-26"),
        ("2026-08-30", "2026-08-31"),
        ("2027-03-15", "2027-03-16"),
        ("2026-12-02", "2026-12-02"),
    ],
)
def test_the_nearest_working_day(calendar: WorkingCalendar, day: str, working: str) -> None:
    assert format_iso(calendar.next_working_day(d(day))) == working


def naive(calendar: WorkingCalendar, day: int, count: int) -> int:
    step = 1 if count > 0 else -1
    while count:
        day += step
        count -= step if calendar.is_working(day) else 0
    return day


@given(st.dates(date(2011, 6, 1), date(2062, 6, 1)).map(date.toordinal), st.integers(-70, 70))
def test_counting_agrees_with_counting_one_by_one(calendar: WorkingCalendar, day: int, count: int) -> None:
    assert calendar.plus_working_days(day, count) == naive(calendar, day, count)


@given(st.integers(734000, 753000), st.integers(0, 900))
def test_the_list_of_working_days_is_what_is_working(calendar: WorkingCalendar, first: int, length: int) -> None:
    expected = [day for day in range(first, first + length) if calendar.is_working(day)]
    assert calendar.working_days(first, first + length - 1) == expected


@given(st.sampled_from((-1, 1)), st.integers(1, 20000), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_long_counts_cross_the_files(calendar: WorkingCalendar, sign: int, count: int, start: date) -> None:
    """As many working days lie on the way as were asked for, and the last of them is the result."""
    day = start.toordinal()
    end = calendar.plus_working_days(day, sign * count)
    assert calendar.is_working(end)
    first, last = (day + 1, end) if sign > 0 else (end, day - 1)
    assert len(calendar.working_days(first, last)) == count


def test_outside_the_files_only_weekends_are_off(calendar: WorkingCalendar) -> None:
    for day in (*range(d("2012-12-15"), d("2012-12-31")), *range(d("2061-01-01"), d("2061-02-01"))):
        assert calendar.is_working(day) == (not is_weekend(day))
        assert calendar.status(day) == "beyond"
    assert format_iso(calendar.plus_working_days(d("2060-12-30"), 10)) == "2061-01-13"


def test_never_is_kept_and_huge_counts_end(calendar: WorkingCalendar) -> None:
    assert calendar.plus_working_days(NEVER, -3) == calendar.next_working_day(NEVER) == NEVER
    assert calendar.plus_working_days(d("2026-01-01"), 10**12) == NEVER
    assert calendar.plus_working_days(d("2026-01-01"), -(10**12)) == FIRST_DAY
    assert not calendar.is_working(NEVER)
    assert calendar.status(NEVER) == "beyond"


def test_confirmed_projected_beyond(calendar: WorkingCalendar) -> None:
    assert calendar.status(d("2025-05-05")) == "confirmed"
    assert calendar.status(d("2026-05-25")) == "confirmed"
    assert [calendar.status(d(f"2026-05-{day}")) for day in (26, 27, 28)] == ["projected"] * 3
    assert calendar.status(d("2026-05-29")) == "confirmed"
    assert calendar.status(d("2027-05-05")) == "projected"
    assert calendar.status(d("2061-05-05")) == "beyond"


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("2026-04-28", "2026-05-14", "confirmed"),
        ("2026-05-20", "2026-05-26", "projected"),
        ("2025-05-20", "2026-06-26", "projected"),
        ("2026-12-28", "2027-01-12", "projected"),
        ("2060-12-30", "2061-01-02", "beyond"),
        ("2012-12-30", "2013-01-02", "beyond"),
        ("2026-05-20", "2026-05-19", "confirmed"),
    ],
)
def test_a_stretch_is_as_sure_as_its_least_sure_day(
    calendar: WorkingCalendar, first: str, last: str, status: str
) -> None:
    assert calendar.status_between(d(first), d(last)) == status
    assert calendar.turns_on_projected(d(first), d(last)) == (status != "confirmed")


def test_a_day_off_names_its_act(calendar: WorkingCalendar) -> None:
    off, worked = calendar.entry(d("2024-05-08")), calendar.entry(d("2024-05-04"))
    assert isinstance(off, DayOff)
    assert isinstance(worked, WorkedDay)
    assert (off.instead_of, worked.instead_of) == (worked.day, off.day)
    assert off.act == worked.act == "labour-ministry-2024-may"
    assert calendar.entry(d("2024-05-06")) is None
    assert calendar.entry(NEVER) is None


def test_years_are_read_only_when_they_are_needed() -> None:
    read: list[int] = []

    def read_year(year: int) -> YearData:
        read.append(year)
        return YearData(year, "confirmed", ())

    calendar = WorkingCalendar(read_year, 2013, 2060)
    calendar.plus_working_days(d("2026-04-27"), 10)
    calendar.is_working(d("2026-07-01"))
    assert read == [2026]
    calendar.plus_working_days(d("2026-12-28"), 10)
    assert read == [2026, 2027]


def test_it_is_the_calendar_of_the_norm_language(calendar: WorkingCalendar) -> None:
    asked: Calendar = calendar
    rounding: Rounding = "up"
    assert asked.shift(d("2025-11-30"), Period(months=3), "down") == d("2026-02-28")
    assert asked.shift(d("2025-11-30"), Period(months=3, days=1), rounding) == d("2026-03-02")
    assert asked.shift(d("2026-04-27"), Period(working_days=10), "down") == d("2026-05-14")
    assert asked.shift(d("2026-05-14"), -Period(working_days=10), "down") == d("2026-04-27")
    assert asked.shift(NEVER, -Period(months=3, days=1, working_days=1), "down") == NEVER
    assert asked.day_of_quarter(asked.quarter_of(d("2026-12-02")), QuarterDay(1)) == d("2026-12-01")


def test_the_least_certain_status_wins() -> None:
    assert worst() == worst("confirmed") == "confirmed"
    assert worst("confirmed", "beyond", "projected") == "beyond"
