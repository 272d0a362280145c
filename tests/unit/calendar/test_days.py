"""Dates as text, and the addition of years and months that rounds once."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.calendar.days import (
    FIRST_DAY,
    NEVER,
    Rounding,
    TextError,
    add,
    add_days,
    add_months,
    days_in_month,
    format_en,
    format_iso,
    format_ru,
    is_weekend,
    parse_iso,
    year_of,
)

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.toordinal)
MONTHS = st.integers(-600, 600)
ROUNDINGS = st.sampled_from(("down", "up"))


def test_a_day_is_read_and_written_back() -> None:
    assert parse_iso("2026-12-02") == date(2026, 12, 2).toordinal()
    assert format_iso(parse_iso("2026-12-02")) == "2026-12-02"
    assert format_ru(parse_iso("2026-12-02")) == "2 декабря 2026 года"
    assert format_en(parse_iso("2026-12-02")) == "2 December 2026"


@given(DAYS)
def test_reading_and_writing_are_inverse(day: int) -> None:
    assert parse_iso(format_iso(day)) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("02.12.2026", "calendar.not-a-date"),
        ("2026-12-2", "calendar.not-a-date"),
        ("2026-12-02 ", "calendar.not-a-date"),
        ("2026-12-02T00:00", "calendar.not-a-date"),
        ("20261202", "calendar.not-a-date"),
        ("٢٠٢٦-12-02", "calendar.not-a-date"),
        ("", "calendar.not-a-date"),
        ("2026-12-02\n", "calendar.not-a-date"),
        ("2026-13-01", "calendar.no-such-month"),
        ("2026-00-01", "calendar.no-such-month"),
        ("2026-02-29", "calendar.no-such-day"),
        ("2026-11-31", "calendar.no-such-day"),
        ("2026-11-00", "calendar.no-such-day"),
        ("1825-11-01", "calendar.year-out-of-range"),
        ("9999-12-31", "calendar.year-out-of-range"),
    ],
)
def test_what_is_no_day_is_refused(text: str, code: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_iso(text)
    assert caught.value.code == code
    assert caught.value.fields["text"] == text


# The sums that the laws and libraries of the world disagree about; Kazakh law rounds down.
SUMS = [
    ("2024-02-29", 12, "2025-02-28", "2025-03-01"),
    ("2024-02-29", 36, "2027-02-28", "2027-03-01"),
    ("2025-08-31", 6, "2026-02-28", "2026-03-01"),
    ("2023-08-31", 6, "2024-02-29", "2024-03-01"),
    ("2025-11-30", 3, "2026-02-28", "2026-03-01"),
    ("2025-03-31", 3, "2025-06-30", "2025-07-01"),
]


@pytest.mark.parametrize(("start", "months", "down", "up"), SUMS)
def test_a_missing_day_is_rounded_as_asked(start: str, months: int, down: str, up: str) -> None:
    assert format_iso(add_months(parse_iso(start), months)) == down
    assert format_iso(add_months(parse_iso(start), months, "down")) == down
    assert format_iso(add_months(parse_iso(start), months, "up")) == up


def test_years_and_months_are_rounded_once_and_days_come_last() -> None:
    start = parse_iso("2024-02-29")
    assert format_iso(add(start, years=1, months=1)) == "2025-03-29"
    assert format_iso(add_months(add_months(start, 12), 1)) == "2025-03-28"
    assert format_iso(add(parse_iso("2025-01-31"), months=1, days=1)) == "2025-03-01"
    assert format_iso(add(parse_iso("2025-01-31"), months=1, days=1, rounding="up")) == "2025-03-02"


def test_several_days_can_share_one_end() -> None:
    ends = {add_months(parse_iso(f"2025-08-{day}"), 6) for day in (28, 29, 30, 31)}
    assert ends == {parse_iso("2026-02-28")}


@given(DAYS, MONTHS, ROUNDINGS)
def test_a_sum_keeps_the_number_or_lies_at_the_edge_of_the_month(day: int, months: int, rounding: Rounding) -> None:
    start, end = date.fromordinal(day), date.fromordinal(add_months(day, months, rounding))
    passed = (end.year - start.year) * 12 + end.month - start.month
    if end.day == start.day:
        assert passed == months
    elif rounding == "down":
        assert passed == months
        assert end.day == days_in_month(end.year, end.month) < start.day
    else:
        assert (passed, end.day) == (months + 1, 1)
        before = date.fromordinal(end.toordinal() - 1)
        assert before.day < start.day


@given(DAYS, DAYS, MONTHS, ROUNDINGS)
def test_sums_keep_the_order_of_days(one: int, other: int, months: int, rounding: Rounding) -> None:
    first, second = sorted((one, other))
    assert add_months(first, months, rounding) <= add_months(second, months, rounding)


@given(DAYS, st.integers(0, 50), st.integers(0, 50))
def test_years_are_twelve_months_each(day: int, years: int, months: int) -> None:
    assert add(day, years=years, months=months) == add_months(day, 12 * years + months)


@given(DAYS, st.integers(1, 600))
def test_rounding_up_is_never_earlier_and_at_most_a_day_later(day: int, months: int) -> None:
    assert add_months(day, months, "up") - add_months(day, months, "down") in (0, 1)


@given(DAYS)
def test_days_of_the_week(day: int) -> None:
    assert is_weekend(day) == (date.fromordinal(day).weekday() >= 5)
    assert year_of(day) == date.fromordinal(day).year


def test_never_stays_never_and_nothing_goes_past_the_ends() -> None:
    late = date(9998, 12, 31).toordinal()
    assert add_months(NEVER, -12) == add_days(NEVER, -1) == NEVER
    assert add_months(late, 24) == add_months(late, 10**9) == add_days(late, 10**9) == NEVER
    assert add_months(date(9999, 8, 31).toordinal(), 4) == NEVER
    assert add_months(400, -24) == add_days(400, -1000) == FIRST_DAY
    assert (format_iso(NEVER), format_en(NEVER), format_ru(NEVER)) == ("never", "never", "никогда")
