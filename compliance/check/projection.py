"""Whether a verdict turns on days whose calendar is projected, or lies beyond the files.

Moved days off of coming years are not known yet. A count of working days that touches such days is tried with one
working day more and one fewer: a verdict that changes turns on the projection. Beyond the files nothing is known, so
such a verdict is undetermined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from attrs import define, field

from compliance.calendar.days import NEVER
from compliance.calendar.working import WorkingCalendar
from compliance.calendar.year import Status as DayStatus
from compliance.calendar.year import worst as worst_day
from compliance.law.model import Norm
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import CLOSED, DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.types import Period, QuarterDay, Rounding
from compliance.norm.walk import nodes

Turns = Literal["confirmed", "projected", "beyond"]


@define(eq=False)
class Shifted:
    """A calendar whose counts over days that are not confirmed come out `by` working days later (or earlier)."""

    calendar: WorkingCalendar
    by: int = 0
    touched: DayStatus = field(default="confirmed")

    def shift(self, day: int, period: Period, rounding: Rounding) -> int:
        found = self.calendar.shift(day, period, rounding)
        return self._moved(day, found) if period.working_days else found

    def next_working_day(self, day: int) -> int:
        found = self.calendar.next_working_day(day)
        return self._moved(day, found) if found != day else found

    def quarter_of(self, day: int) -> int:
        return self.calendar.quarter_of(day)

    def day_of_quarter(self, quarter: int, spec: QuarterDay) -> int:
        return self.calendar.day_of_quarter(quarter, spec)

    def _moved(self, day: int, found: int) -> int:
        if found >= NEVER:
            return found
        status = self.calendar.status_between(min(day, found), max(day, found))
        if status == "confirmed":
            return found
        self.touched = worst_day(self.touched, status)
        return self.calendar.plus_working_days(found, self.by)


def turns_on(
    program: Program, calendar: WorkingCalendar, facts: Facts, norms: Sequence[Norm], profile: Profile
) -> Turns:
    """On what days the truth of the norms turns, under one profile; only norms that count working days can."""
    plain = Shifted(calendar)
    truths = list(_truths(program, plain, facts, norms, profile))
    if plain.touched == "confirmed":
        return "confirmed"
    others = [list(_truths(program, Shifted(calendar, by), facts, norms, profile)) for by in (1, -1)]
    return plain.touched if any(other != truths for other in others) else "confirmed"


def counts_working_days(program: Program, typed: Typed) -> bool:
    """Whether a formula, or a definition that it uses, counts working days."""
    bodies = (typed.expr, *(program.definitions[name].body for name in sorted(typed.calls)))
    return any(_counts(program, node) for body in bodies for node in nodes(body))


def _counts(program: Program, node: Expr) -> bool:
    match node:
        case ast.NextWorkingDay():
            return True
        case ast.Literal(value=Period(working_days=days)):
            return days != 0
        case ast.Param(name=name):
            value = program.params[name]
            return isinstance(value, Period) and value.working_days != 0
        case _:
            return False


def _truths(
    program: Program, calendar: Shifted, facts: Facts, norms: Sequence[Norm], profile: Profile
) -> Iterator[bool]:
    for mode in (OPEN, CLOSED):
        evaluator = Evaluator(program, calendar, facts, {**profile, DUE: mode})
        for norm in norms:
            yield evaluator.truth(norm.expr, {})
