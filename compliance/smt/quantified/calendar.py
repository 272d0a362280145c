"""Calendar functions as unknown functions with what bounds them: order, distances, days named by constants."""

from __future__ import annotations

from attrs import define, field

from compliance.calendar import functions
from compliance.calendar.days import NEVER
from compliance.calendar.working import WorkingCalendar
from compliance.norm.types import Date, Quarter, Type
from compliance.smt.quantified.text import Text, integer
from compliance.smt.smtlib import quoted


@define(eq=False)
class Calendar:
    """The functions that a text uses."""

    working: WorkingCalendar
    patterns: bool
    used: dict[functions.Function, str] = field(factory=dict)

    def chained(self, chain: tuple[functions.Function, ...], day: Text) -> Text:
        value = day.value
        for function in chain:
            value = self.applied(function, value)
        of: Type = Quarter() if isinstance(chain[-1:], tuple) and chain[-1:] == (functions.QuarterOf(),) else Date()
        return Text(value, day.given, of)

    def applied(self, function: functions.Function, value: str) -> str:
        if value.isdigit():
            return str(function.apply(int(value), self.working))
        if isinstance(function, functions.AddDays):
            moved = f"(+ {value} {function.days})" if function.days >= 0 else f"(- {value} {-function.days})"
            return moved if _is_day_of_event(value) else f"(ite (= {value} {NEVER}) {NEVER} {moved})"
        self.used.setdefault(function, quoted(functions.name_of(function)))
        return f"({self.used[function]} {value})"

    def calendar(self) -> list[str]:
        """What is known of the functions that are used."""
        calendar, lines = self.working, list[str]()
        for function, name in self.used.items():
            lines.append(f"(declare-fun {name} (Int) Int)")
            lines.append(f"(assert (= ({name} {NEVER}) {NEVER}))")
            orders = f"(=> (<= x y) (<= ({name} x) ({name} y)))"
            if self.patterns:
                orders = f"(! {orders} :pattern (({name} x) ({name} y)))"
            lines.append(f"(assert (forall ((x Int) (y Int)) {orders}))")
            if not isinstance(function, functions.QuarterOf | functions.DayOfQuarter):
                low, high = functions.domain(function)
                nearest, farthest = functions.bounds(function, calendar, low, high)
                body = f"(and (<= (+ x {nearest}) ({name} x)) (<= ({name} x) (+ x {farthest})))"
                lines.append(self.ranged(low, high, body, name))
        quarters = [each for each in self.used if isinstance(each, functions.DayOfQuarter)]
        for at, one in enumerate(quarters):
            for other in quarters[at + 1 :]:
                lines.append(self.apart(one, other))
        return [line for line in lines if line.startswith("(declare")] + [x for x in lines if x.startswith("(assert")]

    def ranged(self, low: int, high: int, body: str, name: str) -> str:
        inner = f"(=> (and (<= {low} x) (<= x {high})) {body})"
        if self.patterns:
            inner = f"(! {inner} :pattern (({name} x)))"
        return f"(assert (forall ((x Int)) {inner}))"

    def apart(self, one: functions.DayOfQuarter, other: functions.DayOfQuarter) -> str:
        """How far two days of one quarter lie apart."""
        low, high = functions.domain(one)
        calendar = self.working
        pairs = zip(one.values(low, high, calendar), other.values(low, high, calendar), strict=True)
        apart = [b - a for a, b in pairs]
        first, second = f"({self.used[one]} x)", f"({self.used[other]} x)"
        body = f"(and (<= (+ {first} {integer(min(apart))}) {second}) (<= {second} (+ {first} {integer(max(apart))})))"
        return self.ranged(low, high, body, self.used[one])


def _is_day_of_event(value: str) -> bool:
    """Whether a term is the day of an event, which is never `never`."""
    return value.startswith("(|") and ".date| " in value and value.count("(") == 1


__all__ = ["Calendar"]
