"""For which values of a parameter the law stays consistent: repairs of deadlines, and `--solve UNIT.PARAM`."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from compliance.amend.effect.deadlines import Step, Tight, tight
from compliance.amend.effect.newlaw import NewLaw
from compliance.calendar.working import WorkingCalendar
from compliance.law.anchors import write_value
from compliance.law.model import Law
from compliance.law.written import Parameter
from compliance.norm.types import Period, QuarterDay


def with_value(law: Law, name: str, value: Period | QuarterDay) -> Law:
    """The law with another value of a parameter; its words are left as they are."""
    parameter: Parameter = law.parameters[name]
    unit = law.units[parameter.unit]
    changed = tuple(evolve(each, value=value) if each.name == name else each for each in unit.parameters)
    return law.with_units(evolve(unit, parameters=changed))


def nearest_day(new: NewLaw, each: Tight, calendar: WorkingCalendar, steps: tuple[Step, ...]) -> str | None:
    """The nearest value of the parameter that was changed under which the order of steps is possible again."""
    changed = [name for name in (each.before.parameter, each.after.parameter) if name in new.parameters]
    if len(changed) != 1:
        return None
    name = changed[0]
    now = new.law.parameters[name].value
    assert isinstance(now, QuarterDay)
    candidates = sorted(_days(), key=lambda day: (abs(_place(day) - _place(now)), _place(day)))
    for value in candidates:
        if not any(found.hard for found in tight(with_value(new.law, name, value), calendar, steps)):
            return write_value(value)
    return None


def _days() -> Iterator[QuarterDay]:
    for month in (1, 2, 3):
        for day in range(1, 31 if month == 3 else 29):
            yield QuarterDay(day, month)


def _place(value: QuarterDay) -> int:
    return value.month * 31 + value.day


__all__ = ["nearest_day", "with_value"]
