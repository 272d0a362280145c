"""The last days of one quarter: whether they come in a possible order, and whether they exist, in every year."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from attrs import frozen

from compliance.calendar.days import NEVER
from compliance.calendar.quarters import format_quarter, parse_quarter
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.ast import Expr
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.phrases import say_quarter
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.types import DATE, QUARTER, QuarterDay

YEARS: Final = range(2026, 2036)
QUARTERS: Final = range(YEARS.start * 4, YEARS.stop * 4)
FEW: Final = 3
"""Fewer working days than this between two steps are worth a note."""


@frozen
class Step:
    """One step of the quarter, the parameter that bounds it, and its last day in the quarter `q`, as a formula."""

    parameter: str
    unit: str
    day: Expr
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


Days = Mapping[int, int]
"""By quarter, the last day of a step."""


def last_days(law: Law, calendar: WorkingCalendar, step: Step) -> Days:
    """The last days of a step under the default readings of a law, in every quarter of the years looked at."""
    typed = check_expr(step.day, Scope(law.program, {"q": QUARTER}), DATE)
    evaluator = Evaluator(law.program, calendar, Facts({}, {}, (), NEVER), {DUE: OPEN, **law.default_profile})
    return {quarter: evaluator.day(typed.expr, {"q": quarter}) for quarter in QUARTERS}


def tight(law: Law, calendar: WorkingCalendar, steps: tuple[Step, ...]) -> tuple[Tight, ...]:
    """Neighbouring steps whose order is impossible (hard) or leaves few working days (soft)."""
    return tuple(_tight(law, calendar, [step for step in steps if step.parameter in law.parameters]))


def _tight(law: Law, calendar: WorkingCalendar, steps: list[Step]) -> Iterator[Tight]:
    days = [last_days(law, calendar, step) for step in steps]
    for (before, firsts), (after, seconds) in pairwise(zip(steps, days, strict=True)):
        margins = {
            format_quarter(quarter): _working_days(calendar, first, seconds[quarter])
            for quarter, first in firsts.items()
        }  # fmt: skip
        late = tuple(name for name, margin in margins.items() if margin < 0)
        few = tuple(name for name, margin in margins.items() if 0 <= margin < FEW)
        if late:
            yield Tight(before, after, late, min(margins.values()), True)
        elif few:
            yield Tight(before, after, few, min(margins.values()), False)


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


def late_fields(each: Tight) -> dict[str, str]:
    """Two steps out of order, as the fields of a message."""
    quarter = parse_quarter(each.quarters[0])
    return {"first_en": each.before.en, "first_ru": each.before.ru, "then_en": each.after.en,
            "then_ru": each.after.ru, "margin": str(abs(each.margin)), "count": str(len(each.quarters)),
            "quarter_en": say_quarter(quarter, "en"), "quarter_ru": say_quarter(quarter, "ru")}  # fmt: skip


__all__ = ["Step", "Tight", "last_days", "missing_days", "tight"]
