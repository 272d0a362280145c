"""Tables and pieces say exactly what the functions mean, on every day of half a century."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from compliance.calendar.days import NEVER, parse_iso
from compliance.calendar.functions import (
    FOREVER,
    AddDays,
    AddMonths,
    AddWorkingDays,
    DayOfQuarter,
    Function,
    NextWorkingDay,
    Piece,
    QuarterOf,
    bounds,
    chain_of,
    domain,
    name_of,
    piece_at,
    pieces,
    status_of,
    table,
)
from compliance.calendar.quarters import quarter_of
from compliance.calendar.working import WorkingCalendar
from compliance.norm.types import Period

FIRST, LAST = date(2012, 1, 1).toordinal(), date(2061, 12, 31).toordinal()

FUNCTIONS: list[Function] = [
    *(AddMonths(months, "down") for months in (-36, -3, 0, 1, 3, 6, 12, 24, 36)),
    *(AddMonths(months, "up") for months in (-36, -3, 0, 1, 3, 6, 12, 24, 36)),
    *(AddDays(days) for days in (-11, 0, 1, 11, 1095)),
    *(AddWorkingDays(days) for days in (-10, -1, 0, 1, 9, 10, 300)),
    NextWorkingDay(),
    QuarterOf(),
    *(DayOfQuarter(month, day) for month in (1, 2, 3) for day in (1, 15, 30, 31)),
]


def stretch(fn: Function) -> tuple[int, int]:
    return (quarter_of(FIRST), quarter_of(LAST)) if isinstance(fn, DayOfQuarter) else (FIRST, LAST)


@pytest.mark.parametrize("fn", FUNCTIONS, ids=name_of)
def test_tables_and_pieces_are_exact(fn: Function, calendar: WorkingCalendar) -> None:
    lo, hi = stretch(fn)
    meant = [fn.apply(x, calendar) for x in range(lo, hi + 1)]
    assert list(table(fn, calendar, lo, hi)) == meant
    found = pieces(fn, calendar, lo, hi)
    assert [piece.at(x) for piece in found[:-1] for x in range(piece.lo, piece.hi + 1)] == meant
    assert found[-1] == FOREVER
    distances = [result - x for x, result in zip(range(lo, hi + 1), meant, strict=True)]
    assert bounds(fn, calendar, lo, hi) == (min(distances), max(distances))


@pytest.mark.parametrize("fn", FUNCTIONS, ids=name_of)
def test_pieces_follow_each_other_and_none_could_be_longer(fn: Function, calendar: WorkingCalendar) -> None:
    lo, hi = stretch(fn)
    found = pieces(fn, calendar, lo, hi)[:-1]
    assert (found[0].lo, found[-1].hi) == (lo, hi)
    for piece, following in pairwise(found):
        assert following.lo == piece.hi + 1
        step = fn.apply(following.lo, calendar) - fn.apply(piece.hi, calendar)
        length = piece.hi - piece.lo + 1
        assert step not in ((0, 1) if length == 1 else (piece.slope,))


@pytest.mark.parametrize("fn", FUNCTIONS, ids=name_of)
def test_the_piece_of_a_day_is_found(fn: Function, calendar: WorkingCalendar) -> None:
    lo, hi = stretch(fn)
    found = pieces(fn, calendar, lo, hi)
    for x in (lo, lo + 1, (lo + hi) // 2, hi, NEVER):
        piece = piece_at(found, x)
        assert piece.lo <= x <= piece.hi
        assert piece.at(x) == fn.apply(x, calendar)
    for outside in (lo - 1, hi + 1):
        with pytest.raises(LookupError):
            piece_at(found, outside)


@pytest.mark.parametrize("fn", FUNCTIONS, ids=name_of)
def test_never_is_kept(fn: Function, calendar: WorkingCalendar) -> None:
    assert fn.apply(NEVER, calendar) == NEVER
    assert status_of(fn, calendar, NEVER) == "confirmed"


def test_a_stretch_may_be_short_and_begin_anywhere(calendar: WorkingCalendar) -> None:
    start = parse_iso("2026-01-29")
    for fn in FUNCTIONS:
        if isinstance(fn, DayOfQuarter):
            continue
        for length in (1, 2, 3, 40):
            meant = [fn.apply(x, calendar) for x in range(start, start + length)]
            assert fn.values(start, start + length - 1, calendar) == meant, fn


def test_the_pieces_round_a_short_month(calendar: WorkingCalendar) -> None:
    lo, hi = parse_iso("2025-11-01"), parse_iso("2025-12-31")
    kept, rounded, after = pieces(AddMonths(3, "down"), calendar, lo, hi)[:-1]
    assert kept == Piece(lo, parse_iso("2025-11-28"), 1, 92)
    assert rounded == Piece(parse_iso("2025-11-29"), parse_iso("2025-11-30"), 0, parse_iso("2026-02-28"))
    assert after == Piece(parse_iso("2025-12-01"), hi, 1, 90)


def test_pieces_are_remembered(calendar: WorkingCalendar) -> None:
    lo, hi = domain(AddMonths(3))
    assert pieces(AddMonths(3), calendar, lo, hi) is pieces(AddMonths(3), calendar, lo, hi)


def test_functions_are_values_with_names_of_their_own() -> None:
    assert AddMonths(3) == AddMonths(3, "down") != AddMonths(3, "up")
    assert len({name_of(fn) for fn in FUNCTIONS}) == len(set(FUNCTIONS)) == len(FUNCTIONS)
    assert name_of(AddMonths(-3)) == "add_months_minus_3_down"


def test_a_period_is_a_chain_of_functions(calendar: WorkingCalendar) -> None:
    period, day = Period(months=3, days=1, working_days=10), parse_iso("2025-11-30")
    chain = chain_of(period, "up")
    assert chain == (AddMonths(3, "up"), AddDays(1), AddWorkingDays(10))
    result = day
    for fn in chain:
        result = fn.apply(result, calendar)
    assert result == calendar.shift(day, period, "up")
    assert chain_of(Period()) == ()


@pytest.mark.parametrize(
    ("fn", "day", "status"),
    [
        (AddWorkingDays(10), "2026-04-27", "confirmed"),
        (AddWorkingDays(10), "2026-05-12", "projected"),
        (AddWorkingDays(-10), "2026-05-26", "confirmed"),
        (AddWorkingDays(-10), "2026-06-05", "projected"),
        (AddWorkingDays(10), "2026-12-28", "projected"),
        (AddWorkingDays(10), "2060-12-28", "beyond"),
        (NextWorkingDay(), "2026-05-25", "confirmed"),
        (NextWorkingDay(), "2026-05-27", "projected"),
        (NextWorkingDay(), "2012-12-29", "beyond"),
        (AddMonths(36), "2026-05-27", "confirmed"),
        (QuarterOf(), "2062-05-27", "confirmed"),
    ],
)
def test_a_result_is_as_sure_as_the_days_that_were_counted(
    calendar: WorkingCalendar, fn: Function, day: str, status: str
) -> None:
    assert status_of(fn, calendar, parse_iso(day)) == status
