"""Uncertain dates: what each form means, and where open ends lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.calendar.days import day, format_iso
from compliance.timeline.edtf import EARLIEST, DateError, parse_edtf
from compliance.timeline.model import Days
from compliance.timeline.slips import nearest_date, nearest_quarter

AS_OF = day(2026, 12, 31)


def days(*intervals: tuple[str, str]) -> Days:
    return Days(tuple((parse(first), parse(last)) for first, last in intervals))


def parse(text: str) -> int:
    year, month, number = (int(part) for part in text.split("-"))
    return day(year, month, number)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-12-02", parse("2026-12-02")),
        ("2026-12-XX", days(("2026-12-01", "2026-12-31"))),
        ("2026-12", days(("2026-12-01", "2026-12-31"))),
        ("2024-02-XX", days(("2024-02-01", "2024-02-29"))),
        ("2026-02-XX", days(("2026-02-01", "2026-02-28"))),
        ("2026-XX-XX", days(("2026-01-01", "2026-12-31"))),
        ("2026-XX", days(("2026-01-01", "2026-12-31"))),
        ("2025", days(("2025-01-01", "2025-12-31"))),
        ("[2026-11-25..2026-12-05]", days(("2026-11-25", "2026-12-05"))),
        ("2026-12-02/2026-12-05", days(("2026-12-02", "2026-12-05"))),
        ("2026-10/2026-11", days(("2026-10-01", "2026-11-30"))),
        ("../2026-12-01", days(("2013-01-01", "2026-12-01"))),
        ("[..2026-12-01]", days(("2013-01-01", "2026-12-01"))),
        ("2026-12-01/..", days(("2026-12-01", "2026-12-31"))),
        ("[2026-12-01..]", days(("2026-12-01", "2026-12-31"))),
        ("[2026-11-25,2026-11-28]", days(("2026-11-25", "2026-11-25"), ("2026-11-28", "2026-11-28"))),
        ("[2026-11-28, 2026-11-25]", days(("2026-11-25", "2026-11-25"), ("2026-11-28", "2026-11-28"))),
        ("[2026-11-25, 2026-11-26]", days(("2026-11-25", "2026-11-26"))),
        ("[2026-11-25..2026-12-03, 2026-12-01..2026-12-05]", days(("2026-11-25", "2026-12-05"))),
        ("[2026-11, 2026-12-05]", days(("2026-11-01", "2026-11-30"), ("2026-12-05", "2026-12-05"))),
        ("[2026-11-25]", parse("2026-11-25")),
        ("2026-12-02/2026-12-02", parse("2026-12-02")),
        ("unknown", days(("2013-01-01", "2026-12-31"))),
        ("2011-05-05", parse("2011-05-05")),
    ],
)
def test_what_a_date_means(text: str, meant: int | Days) -> None:
    assert parse_edtf(text).days(EARLIEST, AS_OF) == meant


@pytest.mark.parametrize(
    ("text", "as_of", "meant"),
    [
        ("2026-12-XX", "2026-12-12", days(("2026-12-01", "2026-12-12"))),
        ("2026-12-XX", "2026-12-01", parse("2026-12-01")),
        ("[2026-12-01, 2026-12-20..2026-12-25]", "2026-12-12", parse("2026-12-01")),
        ("2026-12-13", "2026-12-12", None),
        ("2027-01-XX", "2026-12-12", None),
        ("../2012-12-31", "2026-12-12", None),
    ],
)
def test_what_lies_after_the_last_known_day_falls_away(text: str, as_of: str, meant: int | Days | None) -> None:
    assert parse_edtf(text).days(EARLIEST, parse(as_of)) == meant


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-12-XX", "2026-12-31"),
        ("2026-12-01/..", "2026-12-01"),
        ("../2026-12-01", "2026-12-01"),
        ("[2026-12-20..2026-12-25, 2026-12-01]", "2026-12-25"),
    ],
)
def test_the_last_day_that_is_written_down(text: str, last: str) -> None:
    assert parse_edtf(text).last_written == parse(last)


def test_nothing_is_written_down_of_an_unknown_day() -> None:
    assert parse_edtf("unknown").last_written is None


@given(st.text(max_size=30) | st.text("0123456789-./[],XunkowT QqIV", max_size=30))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    assert isinstance(outcome(text), int | Days | str | None)


def outcome(text: str) -> int | Days | str | None:
    """The days meant, or the code of the error; a suggestion must be a date itself."""
    try:
        return parse_edtf(text).days(EARLIEST, AS_OF)
    except DateError as error:
        if error.suggestion is not None:
            parse_edtf(error.suggestion)
        return error.code


@given(st.integers(EARLIEST, AS_OF), st.integers(EARLIEST, AS_OF))
def test_ranges_are_what_they_say(one: int, other: int) -> None:
    first, last = sorted((one, other))
    meant = Days(((first, last),)) if first < last else first
    for form in (f"[{format_iso(first)}..{format_iso(last)}]", f"{format_iso(first)}/{format_iso(last)}"):
        assert parse_edtf(form).days(EARLIEST, AS_OF) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2.12.2026", "2026-12-02"),
        ("02-12-2026", "2026-12-02"),
        ("2026.12.02", "2026-12-02"),
        ("2 dec 2026", "2026-12-02"),
        ("2 мая 2026", "2026-05-02"),
        ("2 марта 2026 г.", "2026-03-02"),
        ("Sept. 3, 2026", "2026-09-03"),
        ("2026-UU-UU", "2026-XX-XX"),
        ("[2026-11-25 – 2026-12-05]", "[2026-11-25..2026-12-05]"),
        ("неизвестно", "unknown"),
        ("31.02.2026", None),
        ("2 foo 2026", None),
        ("soon", None),
    ],
)
def test_what_was_meant_by_a_date(text: str, meant: str | None) -> None:
    assert nearest_date(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Q4 2026", "2026Q4"),
        ("2026-Q4", "2026Q4"),
        ("2026q4", "2026Q4"),
        ("4 кв. 2026 г.", "2026Q4"),
        ("III квартал 2026 года", "2026Q3"),
        ("2026/1", "2026Q1"),
        ("2026Q0", None),
        ("2026-12", None),
    ],
)
def test_what_was_meant_by_a_quarter(text: str, meant: str | None) -> None:
    assert nearest_quarter(text) == meant
