"""By how much a changed term or day of the quarter moves a last day: exactly, over every day of the calendar's years.

Nothing is sampled: each start (or quarter) of the calendar is taken, and a condition is named only where it holds
for exactly those starts for which the size is the one it is said of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from compliance.amend.effect.newlaw import NewLaw
from compliance.calendar.days import day, days_in_month, format_iso, year_of
from compliance.calendar.quarters import format_quarter
from compliance.calendar.working import WorkingCalendar
from compliance.law.anchors import write_value
from compliance.law.written import Parameter
from compliance.norm.types import Period, QuarterDay
from compliance.norm.vocabulary import Words

Case = tuple[int, int, int]
"""A start, the last day by the old value, the last day by the new one."""

Condition = tuple[Words, Callable[[Case], bool]]


@frozen
class Size:
    """The size of one change. `least` and `most` are days by which the last day moves, below zero where it comes
    earlier; `first` and `last` are the years looked at; `parts` says which sizes there are and when each is had."""

    unit: str
    parameter: str
    before: str
    after: str
    least: int
    most: int
    parts: tuple[tuple[int, Words], ...]
    example: str
    first: int
    last: int

    def as_json(self) -> dict[str, Any]:
        """Plain values for programs."""
        return {
            "unit": self.unit,
            "parameter": self.parameter,
            "before": self.before,
            "after": self.after,
            "least": self.least,
            "most": self.most,
            "when": [{"days": days, "when": {"en": words.en, "ru": words.ru}} for days, words in self.parts],
            "example": self.example,
            "years": [self.first, self.last],
            "says": {"en": self.says().en, "ru": self.says().ru},
        }

    def says(self) -> Words:
        """The size in one sentence."""
        earlier = self.most <= 0
        if self.least < 0 < self.most:
            head = Words(f"the last day moves by {self.least} to +{self.most} days",
                         f"последний день сдвигается на {self.least} … +{self.most} дн.")  # fmt: skip
        else:
            few, many = sorted((abs(self.least), abs(self.most)))
            span = str(many) if few == many else f"{few} to {many}"
            span_ru = str(many) if few == many else f"{few}-{many}"
            head = Words(f"the last day comes {'earlier' if earlier else 'later'} by {span} days",
                         f"последний день наступает {'раньше' if earlier else 'позже'} на {span_ru} дн.")  # fmt: skip
        if len(self.parts) == 2 and 0 in (self.least, self.most):
            words = next(words for days, words in self.parts if days)
            return Words(f"{head.en.replace('0 to ', '').replace('by 1 days', 'by 1 day')}, {words.en}",
                         f"{head.ru.replace('0-', '')}, {words.ru}")  # fmt: skip
        if [words for _, words in self.parts] == [DAYS_OFF]:
            return Words(f"{head.en}, {DAYS_OFF.en}", f"{head.ru}, {DAYS_OFF.ru}")
        en = "; ".join(f"{_signed(days, earlier)} {words.en}" for days, words in self.parts)
        ru = "; ".join(f"{_signed(days, earlier)} - {words.ru}" for days, words in self.parts)
        return Words(f"{head.en}: {en}" if en else head.en, f"{head.ru}: {ru}" if ru else head.ru)


def _signed(days: int, earlier: bool) -> str:
    return str(-days if earlier else days)


LEAP_IN_TERM: Final = Words("exactly when 29 February lies in the term", "только если в срок попадает 29 февраля")
LEAP_BETWEEN: Final = Words(
    "exactly when 29 February lies between the two last days",
    "только если между двумя последними днями есть 29 февраля",
)
MONTH_END: Final = Words(
    "exactly when one of the months lacks the day", "только если в одном из месяцев нет такого числа"
)
DAYS_OFF: Final = Words("depending on the days off between", "в зависимости от выходных и праздников")
OTHERWISE: Final = Words("otherwise", "в остальных случаях")


def sizes(new: NewLaw, calendar: WorkingCalendar) -> tuple[Size, ...]:
    """The size of every changed value."""
    return tuple(each for pair in new.parameters.values() if (each := _size(*pair, new, calendar)) is not None)


def _size(before: Parameter, after: Parameter, new: NewLaw, calendar: WorkingCalendar) -> Size | None:
    match before.value, after.value:
        case QuarterDay() as old, QuarterDay() as now:
            moves = {quarter: calendar.day_of_quarter(quarter, now) - calendar.day_of_quarter(quarter, old)
                     for quarter in range(calendar.first_year * 4, calendar.last_year * 4 + 4)}  # fmt: skip
            parts, example = _by_quarter(moves), format_quarter(min(moves, key=lambda q: (-abs(moves[q]), q)))
            least, most = min(moves.values()), max(moves.values())
        case Period() as old, Period() as now:
            cases = tuple(_cases(old, now, calendar))
            found = [new_end - old_end for _, old_end, new_end in cases]
            if not found:  # the term leaves the calendar
                return None
            least, most = min(found), max(found)
            parts = _when(cases, old, now)
            widest = min(cases, key=lambda case: (-abs(case[2] - case[1]), case[0]))
            example = f"{format_iso(widest[0])}: {format_iso(widest[1])} > {format_iso(widest[2])}"
        case _:
            return None
    if least == most == 0:
        parts = ()
    return Size(new.name(after.unit), after.name, write_value(before.value), write_value(after.value), least, most,
                parts, example, calendar.first_year, calendar.last_year)  # fmt: skip


def _cases(old: Period, now: Period, calendar: WorkingCalendar) -> Iterator[Case]:
    """Every start of the calendar from which both terms end within it."""
    last = day(calendar.last_year, 12, 31)
    start = day(calendar.first_year, 1, 1)
    longest = max(31 * each.months + each.days + 3 * each.working_days for each in (old, now)) + 31
    for first in range(start, last - longest):
        yield first, calendar.shift(first, old, "down"), calendar.shift(first, now, "down")


# conditions


def _by_quarter(moves: Mapping[int, int]) -> tuple[tuple[int, Words], ...]:
    """The sizes by quarter of the year, leap years apart."""
    if len(set(moves.values())) == 1:
        return ()
    out: dict[int, list[tuple[str, str]]] = {}
    for number in range(4):
        plain = {move for quarter, move in moves.items() if quarter % 4 == number and not _leap(quarter // 4)}
        leap = {move for quarter, move in moves.items() if quarter % 4 == number and _leap(quarter // 4)}
        en, ru = ("first", "second", "third", "fourth")[number], ("I", "II", "III", "IV")[number]
        name = f"the {en} quarter", f"{ru} кв."
        if plain == leap:
            for move in sorted(plain):
                out.setdefault(move, []).append(name)
            continue
        for move in sorted(plain):
            out.setdefault(move, []).append((f"{name[0]} of a common year", f"{name[1]} обычного года"))
        for move in sorted(leap):
            out.setdefault(move, []).append((f"{name[0]} of a leap year", f"{name[1]} високосного года"))
    return tuple(
        (move, Words(f"in {' and '.join(en for en, _ in names)}", ", ".join(ru for _, ru in names)))
        for move, names in sorted(out.items())
    )


def _when(cases: tuple[Case, ...], old: Period, now: Period) -> tuple[tuple[int, Words], ...]:
    """The sizes and their conditions, where there are two and a condition parts them exactly."""
    found = sorted({new_end - old_end for _, old_end, new_end in cases})
    if len(found) == 1:
        return ()
    if len(found) == 2:
        for words, holds in _conditions():
            for at, other in ((0, 1), (1, 0)):
                if all((case[2] - case[1] == found[at]) == holds(case) for case in cases):
                    return (found[at], words), (found[other], OTHERWISE)
    if old.working_days or now.working_days:
        return ((found[0], DAYS_OFF),)
    return ()


def _conditions() -> tuple[Condition, ...]:
    return (
        (LEAP_IN_TERM, lambda case: _leap_day(case[0], max(case[1:]))),
        (LEAP_BETWEEN, lambda case: _leap_day(min(case[1:]), max(case[1:]))),
        (MONTH_END, _rounded),
    )


def _leap(year: int) -> bool:
    return days_in_month(year, 2) == 29


def _leap_day(after: int, until: int) -> bool:
    """Whether a 29 February comes after one day and not after another."""
    return any(after < day(year, 2, 29) <= until for year in range(year_of(after), year_of(until) + 1) if _leap(year))


def _rounded(case: Case) -> bool:
    """Whether the day of the month was lost on the way."""
    start, *ends = (int(format_iso(each)[8:]) for each in case)
    return any(end != start for end in ends)


__all__ = ["Size", "sizes"]
