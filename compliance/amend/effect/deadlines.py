"""The last days of one quarter: whether they come in a possible order, and whether they exist, in every year."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.types import QuarterDay

YEARS: Final = range(2026, 2036)
FEW: Final = 3
"""Fewer working days than this between two steps are worth a note."""


@frozen
class Step:
    """One step of the quarter, and the parameter that bounds it."""

    parameter: str
    unit: str
    en: str
    ru: str


@frozen
class Tight:
    """Two steps whose last days leave too little or nothing: in which quarters, with how many working days at worst."""

    before: Step
    after: Step
    quarters: tuple[str, ...]
    margin: int
    hard: bool


def last_day(law: Law, calendar: WorkingCalendar, spec: QuarterDay, quarter: int) -> int:
    """The last day of a deadline «до N числа» under the default readings."""
    profile = law.default_profile
    day = calendar.day_of_quarter(quarter, spec)
    if profile.get("until_date", "exclusive") == "exclusive":
        day -= 1
    return calendar.next_working_day(day) if profile.get("deadline_on_day_off") == "next_working_day" else day


def tight(law: Law, calendar: WorkingCalendar, steps: tuple[Step, ...]) -> tuple[Tight, ...]:
    """Neighbouring steps whose order is impossible (hard) or leaves few working days (soft)."""
    return tuple(_tight(law, calendar, [step for step in steps if step.parameter in law.parameters]))


def _tight(law: Law, calendar: WorkingCalendar, steps: list[Step]) -> Iterator[Tight]:
    for at, before in enumerate(steps):
        for after in steps[at + 1 : at + 2]:
            specs = [law.parameters[step.parameter].value for step in (before, after)]
            if not all(isinstance(spec, QuarterDay) for spec in specs):
                continue
            margins: Mapping[str, int] = dict(_margins(law, calendar, specs))  # type: ignore[arg-type]
            late = tuple(name for name, margin in margins.items() if margin < 0)
            few = tuple(name for name, margin in margins.items() if 0 <= margin < FEW)
            if late:
                yield Tight(before, after, late, min(margins.values()), True)
            elif few:
                yield Tight(before, after, few, min(margins.values()), False)


def _margins(law: Law, calendar: WorkingCalendar, specs: list[QuarterDay]) -> Iterator[tuple[str, int]]:
    for year in YEARS:
        for number in range(4):
            quarter = year * 4 + number
            first, second = (last_day(law, calendar, spec, quarter) for spec in specs)
            yield f"{year}Q{number + 1}", _working_days(calendar, first, second)


def _working_days(calendar: WorkingCalendar, first: int, second: int) -> int:
    """The working days after the first day up to the second; below zero where the second comes first."""
    if second < first:
        return second - first
    return sum(calendar.next_working_day(day) == day for day in range(first + 1, second + 1))


def missing_days(law: Law) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The parameters whose day is missing in some month: parameter, unit, the months."""
    out = []
    for name, parameter in law.parameters.items():
        spec = parameter.value
        if not isinstance(spec, QuarterDay):
            continue
        months = [
            f"{year}-{month:02}"
            for year in (2027, 2028)
            for month in range(spec.month, 13, 3)
            if spec.day > gregorian.monthrange(year, month)[1]
        ]
        if months:
            out.append((name, parameter.unit, tuple(months)))
    return tuple(out)


__all__ = ["Step", "Tight", "last_day", "missing_days", "tight"]
