"""Reads `model/calendar`: one file a year, `KZ-2026.yaml`, and the acts that the days rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from compliance.calendar.days import TextError, format_iso, is_weekend, parse_iso, year_of
from compliance.calendar.working import WorkingCalendar
from compliance.calendar.year import DayOff, Status, WorkedDay, YearData
from compliance.source.data import data_path, shown_name
from compliance.source.diagnostic import Collector, Diagnostic, Problems
from compliance.source.reader import Node, read_yaml
from compliance.source.shape import Fields, Words, as_mapping, as_scalar, as_sequence, as_words

FILE_NAME = re.compile(r"KZ-([0-9]{4})\.yaml")
ACTS = "acts.yaml"
STATUSES: tuple[Status, ...] = ("confirmed", "projected")


def load_calendar(folder: Path) -> WorkingCalendar:
    """The calendar of a folder; each year is read when it is first needed (Problems then, if its file is bad)."""
    years = sorted(int(found[1]) for path in folder.iterdir() if (found := FILE_NAME.fullmatch(path.name)))
    collector = Collector()
    if not years:
        collector.fail("calendar.no-years", None, folder=folder.name)
    for year in sorted({*range(years[0], years[-1])} - {*years}):
        collector.error("calendar.missing-year", None, year=str(year))
    collector.raise_if_any()
    return WorkingCalendar(partial(read_year, folder), years[0], years[-1])


def shipped_calendar() -> WorkingCalendar:
    """The calendar that comes with the law."""
    return load_calendar(data_path("model", "calendar"))


def read_year(folder: Path, year: int) -> YearData:
    """The data of one year (Problems with all errors of the file)."""
    collector = Collector()
    data = _year(_read(folder / f"KZ-{year}.yaml"), year, None, collector)
    collector.raise_if_any()
    return data


def read_acts(folder: Path) -> dict[str, Words]:
    """The acts by name, each said in English and Russian."""
    collector = Collector()
    mapping = as_mapping(_read(folder / ACTS), collector)
    entries = mapping.entries if mapping else ()
    acts = {key.text: words for key, node in entries if (words := as_words(node, collector))}
    collector.raise_if_any()
    return acts


def check_calendar(folder: Path) -> None:
    """Reads everything and holds it together: known acts, moved days in pairs (Problems with all errors)."""
    calendar, acts, collector = load_calendar(folder), read_acts(folder), Collector()
    found: list[YearData] = []
    for year in range(calendar.first_year, calendar.last_year + 1):
        try:
            found.append(_year(_read(folder / f"KZ-{year}.yaml"), year, acts, collector))
        except Problems as problems:
            collector.add(*problems.diagnostics)
    _check_pairs(found, collector)
    collector.raise_if_any()


def _read(path: Path) -> Node:
    return read_yaml(path, shown_as=shown_name(path))


def _check_pairs(years: list[YearData], collector: Collector) -> None:
    """A worked day names the day off given for it, and that day names it, whatever years they lie in."""
    off = {entry.day for data in years for entry in data.days_off}
    given = {(entry.instead_of, entry.day) for data in years for entry in data.days_off if entry.instead_of}
    worked = {(entry.day, entry.instead_of) for data in years for entry in data.worked}
    moved = {(day, by) for day, by in given if day not in off}
    for day, by in sorted((worked - given) | (moved - worked)):
        collector.error("calendar.unpaired", None, worked=format_iso(day), off=format_iso(by))


def _year(root: Node, year: int, acts: Iterable[str] | None, collector: Collector) -> YearData:
    required = ("year", "status", "days_off")
    fields = Fields(root, collector, allowed=(*required, "worked"), required=required)
    named = fields.integer("year")
    if named is not None and named != year:
        collector.error("calendar.other-year", fields.place_of("year"), year=str(named), expected=(str(year),))
    status = _status(fields) or "confirmed"
    days_off = fields.list_of("days_off", partial(_day_off, _Once(year), acts))
    off = {entry.day for entry in days_off}
    worked = fields.list_of("worked", partial(_worked, _Once(year), acts, off))
    return YearData(year, status, days_off, worked)


class _Once:
    """Sees that each day of a list lies in the year and stands there once by each act (a feast may meet a holiday)."""

    def __init__(self, year: int) -> None:
        self._year, self._seen = year, set[tuple[int, str | None]]()

    def date(self, fields: Fields, collector: Collector) -> int | None:
        day, text, place = fields.read("date", as_day), fields.text("date", ""), fields.place_of("date")
        if day is None:
            return None
        if year_of(day) != self._year:
            collector.error("calendar.other-year", place, year=text[:4], expected=(str(self._year),))
        if (day, fields.text("act")) in self._seen:
            collector.error("calendar.listed-twice", place, date=text)
        self._seen.add((day, fields.text("act")))
        return day


def _day_off(once: _Once, acts: Iterable[str] | None, node: Node, collector: Collector) -> DayOff | None:
    required = ("date", "name_en", "name_ru", "act")
    fields = Fields(node, collector, allowed=(*required, "instead_of", "status", "between"), required=required)
    day, act = once.date(fields, collector), _act(fields, acts)
    english, russian = fields.text("name_en"), fields.text("name_ru")
    instead_of, status = fields.read("instead_of", as_day), _status(fields)
    between = fields.read("between", _span)
    if day is None or act is None or english is None or russian is None:
        return None
    if between and not between[0] <= day <= between[1]:
        collector.error("calendar.outside-span", fields.place_of("between"))
    return DayOff(day, english, russian, act, instead_of, status, between)


def _worked(
    once: _Once, acts: Iterable[str] | None, off: set[int], node: Node, collector: Collector
) -> WorkedDay | None:
    """A day of the weekend, or a substitute day off that was moved on (11 May 2020)."""
    required = ("date", "act", "instead_of")
    fields = Fields(node, collector, allowed=required, required=required)
    day, act, instead_of = once.date(fields, collector), _act(fields, acts), fields.read("instead_of", as_day)
    if day is not None and not is_weekend(day) and day not in off:
        collector.error("calendar.not-a-day-off", fields.place_of("date"), date=fields.text("date", ""))
    return WorkedDay(day, act, instead_of) if day is not None and act and instead_of is not None else None


def _act(fields: Fields, acts: Iterable[str] | None) -> str | None:
    return fields.text("act") if acts is None else fields.word("act", acts, "calendar.unknown-act")


def _status(fields: Fields) -> Status | None:
    word = fields.word("status", STATUSES)
    return next((status for status in STATUSES if status == word), None)


def as_day(node: Node, collector: Collector) -> int | None:
    """A day that a file writes; what is none is noted."""
    scalar = as_scalar(node, collector)
    if scalar is None:
        return None
    try:
        return parse_iso(scalar.text)
    except TextError as error:
        collector.add(Diagnostic(error.code, scalar.place, error.fields))
        return None


def _span(node: Node, collector: Collector) -> tuple[int, int] | None:
    sequence = as_sequence(node, collector)
    days = [as_day(item, collector) for item in sequence.items] if sequence else []
    match days:
        case [int(first), int(last)]:
            return first, last
        case _:
            collector.error("calendar.not-a-span", node.place)
            return None
