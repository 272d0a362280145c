"""Quarters as integers, and the days named within them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.calendar.days import FIRST_DAY, NEVER, TextError, format_iso, parse_iso
from compliance.calendar.quarters import (
    day_of_quarter,
    exists,
    first_day,
    format_quarter,
    format_quarter_en,
    format_quarter_ru,
    last_day,
    parse_quarter,
    quarter_of,
)

QUARTERS = st.integers(1900 * 4, 2199 * 4 + 3)


def test_a_quarter_is_its_year_times_four_and_its_place() -> None:
    assert parse_quarter("2026Q1") == 2026 * 4
    assert parse_quarter("2026Q4") == 2026 * 4 + 3
    assert quarter_of(parse_iso("2026-12-02")) == parse_quarter("2026Q4")
    assert quarter_of(parse_iso("2026-10-01")) == quarter_of(parse_iso("2026-12-31")) == parse_quarter("2026Q4")
    assert quarter_of(parse_iso("2026-09-30")) == parse_quarter("2026Q3")


def test_a_quarter_is_said_in_three_ways() -> None:
    quarter = parse_quarter("2026Q4")
    assert format_quarter(quarter) == "2026Q4"
    assert format_quarter_ru(quarter) == "IV квартал 2026 года"
    assert format_quarter_en(quarter) == "the fourth quarter of 2026"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026Q5", "calendar.not-a-quarter"),
        ("2026Q0", "calendar.not-a-quarter"),
        ("2026-Q4", "calendar.not-a-quarter"),
        ("2026q4", "calendar.not-a-quarter"),
        ("Q4 2026", "calendar.not-a-quarter"),
        ("0026Q4", "calendar.year-out-of-range"),
    ],
)
def test_what_is_no_quarter_is_refused(text: str, code: str) -> None:
    with pytest.raises(TextError) as caught:
        parse_quarter(text)
    assert caught.value.code == code


def test_a_day_of_a_quarter_stops_at_the_end_of_its_month() -> None:
    quarter = parse_quarter("2026Q1")
    assert format_iso(day_of_quarter(quarter, 3, 30)) == "2026-03-30"
    assert format_iso(day_of_quarter(quarter, 2, 30)) == "2026-02-28"
    assert exists(quarter, 3, 30)
    assert exists(parse_quarter("2028Q1"), 2, 29)
    assert not exists(quarter, 2, 29)
    assert not exists(quarter, 1, 0)


@pytest.mark.parametrize("number", range(1, 5))
def test_the_days_of_the_chain_exist_in_every_quarter(number: int) -> None:
    quarter = parse_quarter(f"2026Q{number}")
    assert all(exists(quarter, 3, day) for day in (1, 15, 30))
    assert date.fromordinal(day_of_quarter(quarter, 3, 1)) == date(2026, 3 * number, 1)


@given(QUARTERS)
def test_first_and_last_day_enclose_the_quarter(quarter: int) -> None:
    first, last = first_day(quarter), last_day(quarter)
    assert quarter_of(first) == quarter_of(last) == quarter
    assert quarter_of(first - 1) == quarter - 1
    assert quarter_of(last + 1) == quarter + 1
    assert parse_quarter(format_quarter(quarter)) == quarter


def test_never_has_a_quarter_of_its_own() -> None:
    assert quarter_of(NEVER) == day_of_quarter(NEVER, 3, 1) == NEVER
    assert day_of_quarter(10**5, 3, 1) == NEVER
    assert day_of_quarter(0, 3, 1) == FIRST_DAY
    assert format_quarter(NEVER) == format_quarter_en(NEVER) == "never"
    assert format_quarter_ru(NEVER) == "никогда"
