"""For which values of a parameter the law stays as it should be: repairs of deadlines, and `--solve UNIT.PARAM`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from compliance.amend.effect.ask import Asker
from compliance.amend.effect.compare import compare
from compliance.amend.effect.deadlines import Step, Tight, tight
from compliance.amend.effect.meaning import difference
from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.effect.situations import Book, lost, read_book
from compliance.calendar.load import shipped_calendar
from compliance.calendar.working import WorkingCalendar
from compliance.law.anchors import write_value
from compliance.law.model import Law
from compliance.law.written import Parameter
from compliance.norm.types import Period, QuarterDay
from compliance.source.diagnostic import Collector


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


# --solve ----------------------------------------------------------------------------------------------------------


@frozen
class Tried:
    """One value: what it breaks (codes), and how the law compares with the present one."""

    value: str
    breaks: tuple[str, ...]
    relation: str


@frozen
class Solved:
    """The values that were tried, in their order."""

    unit: str
    parameter: str
    now: str
    tried: tuple[Tried, ...]

    def ranges(self) -> list[tuple[str, str, tuple[str, ...], str]]:
        """Neighbouring values with the same answer, as first, last, codes and relation."""
        out: list[tuple[str, str, tuple[str, ...], str]] = []
        for each in self.tried:
            if out and out[-1][2:] == (each.breaks, each.relation):
                out[-1] = (out[-1][0], each.value, each.breaks, each.relation)
            else:
                out.append((each.value, each.value, each.breaks, each.relation))
        return out

    def render(self, form: str, lang: str) -> str:
        """As JSON or as lines."""
        if form == "json":
            ranges: list[Mapping[str, object]] = [
                {"from": first, "to": last, "consistent": not breaks, "breaks": list(breaks), "compare": relation}
                for first, last, breaks, relation in self.ranges()
            ]
            data = {"schema": "reserve.amend.solve/1", "unit": self.unit, "parameter": self.parameter,
                    "now": self.now, "ranges": ranges}  # fmt: skip
            return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        words = {"en": ("now", "consistent"), "ru": ("сейчас", "непротиворечиво")}[lang]
        lines = [f"{self.unit}.{self.parameter}: {words[0]} {self.now}"]
        lines += [
            f"  {first} .. {last}: {', '.join(breaks) or words[1]}; {relation}"
            for first, last, breaks, relation in self.ranges()
        ]
        return "\n".join(lines) + "\n"


def solve(law: Law, word: str) -> Solved:
    """The answer for `UNIT.PARAM`; raises `Problems` with the nearest known parameter."""
    known = {f"{parameter.unit}.{name}": name for name, parameter in law.parameters.items()}
    name = known.get(word) or (word if word in law.parameters else None)
    if name is None:
        collector = Collector()
        collector.unknown("effect.unknown-parameter", None, word, known)
        collector.raise_if_any()
    assert name is not None
    parameter = law.parameters[name]
    asker, book = Asker(shipped_calendar(), law.default_profile, polish=False), read_book()
    tried = tuple(_try(law, name, value, asker, book) for value in _candidates(parameter.value))
    return Solved(parameter.unit, name, write_value(parameter.value), tried)


def _candidates(value: Period | QuarterDay) -> Iterator[Period | QuarterDay]:
    match value:
        case QuarterDay(month=month):
            for number in sorted({month, max(1, month - 1)}):
                yield from (QuarterDay(day, number) for day in (1, 5, 10, 15, 20, 25, 28))
        case Period(months=months) if months:
            yield from (Period(each) for each in sorted({1, 3, 6, 12, 24, 36, 48, 60, months}))
        case Period(days=days) if days:
            yield from (Period(days=each) for each in sorted({1, 3, 5, 10, 20, 30, days}))
        case Period(working_days=days):
            yield from (Period(working_days=each) for each in sorted({1, 3, 5, 10, 20, 30, days}))


def _try(law: Law, name: str, value: Period | QuarterDay, asker: Asker, book: Book) -> Tried:
    new = with_value(law, name, value)
    found = difference(law, new, law.default_profile)
    if found.same:
        return Tried(write_value(value), (), "equivalent")
    hard = {each.before.parameter for each in tight(law, asker.calendar, book.steps) if each.hard}
    late = [each for each in tight(new, asker.calendar, book.steps) if each.hard and each.before.parameter not in hard]
    breaks = ["DEADLINE_ORDER"] * bool(late) + [each.situation.code for each in lost(found, book.situations, asker, ())]
    return Tried(write_value(value), tuple(dict.fromkeys(breaks)), compare(found, asker, facets=False).relation)


__all__ = ["Solved", "nearest_day", "solve", "with_value"]
