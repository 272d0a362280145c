"""The evaluator: the specification of what a norm means on a complete record.

Plain and case by case; its twins are smt/encode.py (unknown facts) and bulk/evaluate.py (many officers at once),
which keep the order of the cases. Everything else about norms is tested against this file.

`meaning` takes each form of the language once and gives the function that it stands for, made of the functions of its
parts: a norm is looked at once and judged on thousands of records.

NOTE(due) A duty with a last day is judged in one of two modes. Open: it holds while its last day is not past at
`as_of`. Closed: it holds only if it is discharged. A clause that holds open and fails closed is pending. The mode
is passed as the pseudo-reading DUE so that it is traced like any reading.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeAlias, assert_never

from attrs import define, field

from compliance.calendar.days import NEVER
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.facts import Event, Facts
from compliance.norm.program import Profile, Program
from compliance.norm.types import EventType, Period, QuarterDay, Rounding, Value

DUE = "due:mode"
OPEN, CLOSED = "open", "closed"

Env = Mapping[str, "Bound"]
Bound = Value | Event | Period | QuarterDay

Meaning: TypeAlias = "Callable[[Evaluator, Env], Any]"
"""The value of an expression on the record of an evaluator; the type checker knows of which type it is."""
Test: TypeAlias = "Callable[[Evaluator, Env], bool]"
"""The same for a formula, where an attribute that is not given is false."""


class Calendar(Protocol):
    """What the language asks of a calendar; every function maps NEVER to NEVER."""

    def shift(self, day: int, period: Period, rounding: Rounding) -> int: ...
    def next_working_day(self, day: int) -> int: ...
    def quarter_of(self, day: int) -> int: ...
    def day_of_quarter(self, quarter: int, spec: QuarterDay) -> int: ...


@define
class Evaluator:
    """Evaluates typed expressions on one record under one profile of readings.

    `consulted` gathers the readings whose value was asked for. Definitions are remembered per arguments together
    with the readings they consulted, so that a memory can be shared by evaluators that differ in their profile.
    """

    program: Program
    calendar: Calendar
    facts: Facts
    profile: Profile
    memory: dict[tuple[object, ...], list[tuple[Profile, Bound]]] = field(factory=dict)
    consulted: set[str] = field(factory=set)

    def reading(self, name: str) -> str:
        self.consulted.add(name)
        return self.profile[name]

    def value(self, expr: Expr, env: Env) -> Bound:
        found: Bound = expr.meaning(self, env)
        return found

    def truth(self, expr: Expr, env: Env) -> bool:
        """The truth value of a formula; an attribute that is not given is false."""
        return expr.meaning(self, env) is True

    def day(self, expr: Expr, env: Env) -> int:
        value = expr.meaning(self, env)
        assert isinstance(value, int), expr
        return value

    def candidates(self, var: str, kind: str, guard: Expr | None, env: Env) -> list[Event]:
        """The events of a kind for which the guard holds, in order of day."""
        events = self.facts.by_kind.get(kind, ())
        if guard is None:
            return list(events)
        return [event for event in events if self.truth(guard, {**env, var: event})]


def meaning(expr: Expr) -> Meaning:
    """The function that an expression stands for."""
    match expr:
        case ast.Var(name=name):
            return lambda on, env: env[name]
        case ast.Literal(value=value):
            return lambda on, env: value
        case ast.Param(name=name):
            return lambda on, env: on.program.params[name]
        case ast.World(name=name):
            return lambda on, env: getattr(on.facts, name)
        case ast.OfficerRef():
            raise AssertionError("the officer is no value; only its attributes are")
        case ast.Attr():
            return attribute(expr)
        case ast.Shift():
            return shift(expr)
        case ast.NextWorkingDay() | ast.QuarterOf() | ast.DayOfQuarter():
            return counted(expr)
        case ast.Pick():
            return pick(expr)
        case ast.If():
            met, then, other = test(expr.condition), expr.then.meaning, expr.otherwise.meaning
            return lambda on, env: then(on, env) if met(on, env) else other(on, env)
        case ast.Case(reading=reading, branches=branches):
            ways = {value: branch.meaning for value, branch in branches}
            return lambda on, env: ways[on.reading(reading)](on, env)
        case ast.Call():
            return call(expr)
        case ast.Compare():
            return compare(expr)
        case ast.In():
            return among(expr.item.meaning, [option.meaning for option in expr.options])
        case ast.Has():
            return has(expr.items.meaning, expr.item.meaning)
        case ast.Given():
            item = expr.item.meaning
            return lambda on, env: item(on, env) is not None
        case ast.Not():
            met = test(expr.body)
            return lambda on, env: not met(on, env)
        case ast.And(items=parts):
            return all_of([test(part) for part in parts])
        case ast.Or(items=parts):
            return any_of([test(part) for part in parts])
        case ast.Implies():
            met, follows = test(expr.left), test(expr.right)
            return lambda on, env: not met(on, env) or follows(on, env)
        case ast.Quant():
            return quantify(expr)
        case ast.Due():
            return due(expr)
        case ast.Name():
            raise AssertionError("a name is resolved by the type checker")
        case _:
            assert_never(expr)


def test(formula: Expr) -> Test:
    """Whether a formula is true."""
    value = formula.meaning
    if isinstance(formula, ast.Attr | ast.If | ast.Case | ast.Call | ast.Var | ast.Literal):
        return lambda on, env: value(on, env) is True
    return value


def attribute(expr: ast.Attr) -> Meaning:
    """Of the officer, of an event, or of a position; one of a position that is not given is not given."""
    base, name = expr.base, expr.name
    if isinstance(base, ast.OfficerRef):
        return lambda on, env: on.facts.officer[name]
    owner = base.meaning
    if isinstance(base, ast.Var) and isinstance(base.type, EventType):
        if name == "date":
            return lambda on, env: owner(on, env).date
        return lambda on, env: owner(on, env).attrs[name]

    def of_position(on: Evaluator, env: Env) -> Bound:
        position = owner(on, env)
        return None if position is None else on.facts.positions[position][name]

    return of_position


def shift(expr: ast.Shift) -> Meaning:
    day, period, back = expr.day.meaning, expr.period.meaning, expr.sign != 1
    rounding: Rounding = expr.rounding or "down"

    def shifted(on: Evaluator, env: Env) -> int:
        length = period(on, env)
        return on.calendar.shift(day(on, env), -length if back else length, rounding)

    return shifted


def counted(expr: ast.NextWorkingDay | ast.QuarterOf | ast.DayOfQuarter) -> Meaning:
    """What the calendar says of a day or a quarter."""
    if isinstance(expr, ast.DayOfQuarter):
        spec, quarter = expr.spec.meaning, expr.quarter.meaning
        return lambda on, env: on.calendar.day_of_quarter(quarter(on, env), spec(on, env))
    day = expr.day.meaning
    if isinstance(expr, ast.QuarterOf):
        return lambda on, env: on.calendar.quarter_of(day(on, env))
    return lambda on, env: on.calendar.next_working_day(day(on, env))


def pick(expr: ast.Pick) -> Meaning:
    chosen, otherwise = min if expr.order == "first" else max, expr.otherwise.meaning
    var, kind, guard = expr.var, expr.kind, expr.guard

    def picked(on: Evaluator, env: Env) -> Bound:
        days = [event.date for event in on.candidates(var, kind, guard, env)]
        return chosen(days) if days else otherwise(on, env)

    return picked


def call(expr: ast.Call) -> Meaning:
    """A definition on its arguments, remembered with the readings it consulted."""
    name, arguments = expr.name, [argument.meaning for argument in expr.args]

    def called(on: Evaluator, env: Env) -> Bound:
        args = tuple([argument(on, env) for argument in arguments])
        known = on.memory.setdefault((name, *args), [])
        for readings, result in known:
            if agree(on.profile, readings):
                on.consulted.update(readings)
                return result
        definition = on.program.definitions[name]
        outer, on.consulted = on.consulted, set()
        result = definition.body.meaning(
            on, {param: arg for (param, _), arg in zip(definition.params, args, strict=True)}
        )
        known.append(({reading: on.profile[reading] for reading in sorted(on.consulted)}, result))
        on.consulted |= outer
        return result  # type: ignore[no-any-return]

    return called


def agree(profile: Profile, readings: Profile) -> bool:
    """Whether a profile gives some readings the same values."""
    for reading, value in readings.items():  # noqa: SIM110  (a generator would take longer)
        if profile.get(reading) != value:
            return False
    return True


HOLDS: Final[Mapping[ast.CompareOp, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": lambda a, b: a is not None and b is not None and a < b,
    "<=": lambda a, b: a is not None and b is not None and a <= b,
    ">": lambda a, b: a is not None and b is not None and a > b,
    ">=": lambda a, b: a is not None and b is not None and a >= b,
}
"""No order holds of what is not given; events are equal only to themselves."""


def compare(expr: ast.Compare) -> Test:
    """Both sides are always asked."""
    left, right, holds = expr.left.meaning, expr.right.meaning, HOLDS[expr.op]
    return lambda on, env: holds(left(on, env), right(on, env))


def among(item: Meaning, options: list[Meaning]) -> Test:
    def found(on: Evaluator, env: Env) -> bool:
        value = item(on, env)
        return any(value == option(on, env) for option in options)

    return found


def has(items: Meaning, item: Meaning) -> Test:
    def held(on: Evaluator, env: Env) -> bool:
        values = items(on, env)
        return isinstance(values, frozenset) and item(on, env) in values

    return held


def all_of(parts: list[Test]) -> Test:
    """Judged from left to right, as far as the first that fails."""

    def every(on: Evaluator, env: Env) -> bool:
        for part in parts:  # noqa: SIM110  (a generator would take longer)
            if not part(on, env):
                return False
        return True

    return every


def any_of(parts: list[Test]) -> Test:
    """Judged from left to right, as far as the first that holds."""

    def some(on: Evaluator, env: Env) -> bool:
        for part in parts:  # noqa: SIM110  (a generator would take longer)
            if part(on, env):
                return True
        return False

    return some


def quantify(expr: ast.Quant) -> Test:
    """Over the events of a kind for which the guard holds; without a body, whether there is one."""
    var, kind, every = expr.var, expr.kind, expr.mode == "every"
    guard = None if expr.guard is None else test(expr.guard)
    body = None if expr.body is None else test(expr.body)
    decided = expr.mode == "some"

    def quantified(on: Evaluator, env: Env) -> bool:
        for event in on.facts.by_kind.get(kind, ()):
            inner = {**env, var: event}
            if guard is not None and not guard(on, inner):
                continue
            if (body is None or body(on, inner)) != every:
                return decided
        return not decided

    return quantified


def due(expr: ast.Due) -> Test:
    discharged, last = test(expr.body), expr.day.meaning

    def kept(on: Evaluator, env: Env) -> bool:
        return discharged(on, env) or (on.reading(DUE) == OPEN and on.facts.as_of <= last(on, env))

    return kept


__all__ = ["CLOSED", "DUE", "HOLDS", "NEVER", "OPEN", "Bound", "Calendar", "Env", "Evaluator", "Meaning", "meaning"]
