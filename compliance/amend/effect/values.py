"""The values that a parameter can take, in their order, and a law with another value in it."""

from __future__ import annotations

from attrs import evolve

from compliance.amend.words import find_values, reword, value_words
from compliance.law.anchors import AnchoredValue, write_value
from compliance.law.model import Law
from compliance.law.written import Parameter
from compliance.norm.phrases import plural_ru
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
        return Words(write_value(value), f"{value_words(value)} квартала")
    spans = (
        (value.months, "month", ("месяц", "месяца", "месяцев")),
        (value.days, "day", ("день", "дня", "дней")),
        (value.working_days, "working day", ("рабочий день", "рабочих дня", "рабочих дней")),
    )
    en = " ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit, _ in spans if count)
    return Words(en, " ".join(f"{count} {plural_ru(count, *forms)}" for count, _, forms in spans if count))


def in_words(value: AnchoredValue, like: str) -> str:
    """A value as it can stand in the place of other words, in their case and manner.

    «до 15 числа последнего месяца», «восемнадцати месяцев»; figures only where the other words have figures.
    """
    found = find_values(like)
    if len(found) != 1:
        return value_words(value)
    (now,) = found
    words = _figures(now.quote, value) or reword(now.quote, value)
    return like[: now.start] + (words.capitalize() if now.quote[:1].isupper() else words) + like[now.end :]


def _figures(quote: str, value: AnchoredValue) -> str:
    """Days in figures, the noun in the case it has; nothing where the drafter counts in words, and for months."""
    count = 0 if isinstance(value, QuarterDay) or value.months else value.days or value.working_days
    return f"{count} {' '.join(reword(quote, value).split()[-2:])}" if count and quote[:1].isdigit() else ""


__all__ = ["in_words", "parameter_of", "said", "values_like", "with_value"]
