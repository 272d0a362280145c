"""The values that a parameter can take, in their order, and a law with another value in it."""

from __future__ import annotations

import re

from attrs import evolve

from compliance.law.anchors import AnchoredValue, write_value
from compliance.law.model import Law
from compliance.law.written import Parameter
from compliance.norm.types import Period, QuarterDay
from compliance.norm.vocabulary import Words
from compliance.source.diagnostic import Collector, Problems, did_you_mean

MONTHS = 96
"""Longer terms leave the years in which records are looked for."""
DAYS = 400
WORKING_DAYS = 120
LAST_DAYS = (28, 28, 30)
"""The days of each month of a quarter that exist in every year."""


def with_value(law: Law, name: str, value: AnchoredValue) -> Law:
    """The law with another value of a parameter; its words are left as they are."""
    parameter: Parameter = law.parameters[name]
    unit = law.units[parameter.unit]
    changed = tuple(evolve(each, value=value) if each.name == name else each for each in unit.parameters)
    return law.with_units(evolve(unit, parameters=changed))


def values_like(value: AnchoredValue) -> tuple[AnchoredValue, ...]:
    """All values of the kind of one, from the least to the greatest that is looked at."""
    match value:
        case QuarterDay():
            return tuple(QuarterDay(day, month + 1) for month in range(3) for day in range(1, LAST_DAYS[month] + 1))
        case Period(working_days=days) if days:
            return tuple(Period(working_days=count) for count in range(1, WORKING_DAYS + 1))
        case Period(months=months) if months:
            return tuple(Period(count) for count in range(1, MONTHS + 1))
        case _:
            return tuple(Period(days=count) for count in range(1, DAYS + 1))


def parameter_of(law: Law, word: str) -> Parameter:
    """The parameter called `UNIT.PARAM` or `PARAM`; raises `Problems` with the nearest known one."""
    known = {f"{parameter.unit}.{name}": parameter for name, parameter in law.parameters.items()}
    found = known.get(word) or law.parameters.get(word)
    if found is not None:
        return found
    own = [full for full, each in known.items() if word.rpartition(".")[2] == each.name or word == each.unit]
    near = own[0] if own else did_you_mean(word, known) or _by_name(word, known)
    collector = Collector()
    collector.error("effect.unknown-parameter", None, expected=sorted(known), suggestion=near, word=word)
    raise Problems(collector.found)


def _by_name(word: str, known: dict[str, Parameter]) -> str | None:
    """The parameter whose own name is near to the last part of a word."""
    near = did_you_mean(word.rpartition(".")[2], [each.name for each in known.values()])
    return next((full for full, each in known.items() if each.name == near), None)


def said(value: AnchoredValue) -> Words:
    """A value for people; months are not counted as years, so that ranges can be compared."""
    if isinstance(value, QuarterDay):
        return Words(write_value(value), f"до {value.day} числа {value.month}-го месяца квартала")
    spans = (
        (value.months, "month", "мес."),
        (value.days, "day", "дн."),
        (value.working_days, "working day", "раб. дн."),
    )
    en = " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit, _ in spans if count)
    return Words(en, " ".join(f"{count} {unit}" for count, _, unit in spans if count))


_UNTIL = re.compile(r"до \d+ числа(?: \w+ месяца)?", re.IGNORECASE)
_MONTHS = ("первого", "второго", "последнего")


def in_words(value: AnchoredValue, like: str) -> str:
    """A value as it can stand in the place of other words: «до 15 числа последнего месяца», «18 месяцев»."""
    if isinstance(value, QuarterDay):
        found = _UNTIL.match(like)
        return f"{like[:2]} {value.day} числа {_MONTHS[value.month - 1]} месяца{like[found.end() :] if found else ''}"
    before = "в течение " if like.startswith("в течение ") else ""
    spans = (
        (value.months, "месяца", "месяцев"),
        (value.days, "календарного дня", "календарных дней"),
        (value.working_days, "рабочего дня", "рабочих дней"),
    )
    counted = (
        f"{count} {one if count % 10 == 1 and count % 100 != 11 else many}" for count, one, many in spans if count
    )
    return before + " ".join(counted)


__all__ = ["in_words", "parameter_of", "said", "values_like", "with_value"]
