"""The evaluator: the specification of what a norm means on a complete record.

Plain and case by case; its twins are smt/encode.py (unknown facts) and bulk/evaluate.py (many officers at once),
which keep the order of the cases. Everything else about norms is tested against this file.

NOTE(due) A duty with a last day is judged in one of two modes. Open: it holds while its last day is not past at
`as_of`. Closed: it holds only if it is discharged. A clause that holds open and fails closed is pending. The mode
is passed as the pseudo-reading DUE so that it is traced like any reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, assert_never

from attrs import define, field

from compliance.calendar.days import NEVER
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.facts import Event, Facts
from compliance.norm.program import Profile, Program
from compliance.norm.types import Period, QuarterDay, Rounding, Value

DUE = "due:mode"
OPEN, CLOSED = "open", "closed"

Env = Mapping[str, "Bound"]
Bound = Value | Event | Period | QuarterDay


class Calendar(Protocol):
    """What the language asks of a calendar; every function maps NEVER to NEVER."""

    def shift(self, day: int, period: Period, rounding: Rounding) -> int: ...
    def next_working_day(self, day: int) -> int: ...
    def quarter_of(self, day: int) -> int: ...
    def day_of_quarter(self, quarter: int, spec: QuarterDay) -> int: ...


ORDERING: Mapping[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


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

    def truth(self, expr: Expr, env: Env) -> bool:
        """The truth value of a formula; an attribute that is not given is false."""
        return self.value(expr, env) is True

    def day(self, expr: Expr, env: Env) -> int:
        value = self.value(expr, env)
        assert isinstance(value, int), expr
        return value

    def value(self, expr: Expr, env: Env) -> Bound:
        match expr:
            case ast.Var(name=name):
                return env[name]
            case ast.Literal(value=value):
                return value
            case ast.Param(name=name):
                return self.program.params[name]
            case ast.World(name=name):
                return int(getattr(self.facts, name))
            case ast.OfficerRef():
                raise AssertionError("the officer is no value; only its attributes are")
            case ast.Attr():
                return self.attribute(expr, env)
            case ast.Shift():
                return self.shift(expr, env)
            case ast.NextWorkingDay(day=day):
                return self.calendar.next_working_day(self.day(day, env))
            case ast.QuarterOf(day=day):
                return self.calendar.quarter_of(self.day(day, env))
            case ast.DayOfQuarter():
                return self.day_of_quarter(expr, env)
            case ast.Pick():
                return self.pick(expr, env)
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                return self.value(then if self.truth(condition, env) else otherwise, env)
            case ast.Case(reading=reading, branches=branches):
                return self.value(dict(branches)[self.reading(reading)], env)
            case ast.Call():
                return self.call(expr, env)
            case ast.Compare(op=op, left=left, right=right):
                return self.compare(op, self.value(left, env), self.value(right, env))
            case ast.In(item=item, options=options):
                found = self.value(item, env)
                return any(found == self.value(option, env) for option in options)
            case ast.Has(items=items, item=item):
                held = self.value(items, env)
                return isinstance(held, frozenset) and self.value(item, env) in held
            case ast.Given(item=item):
                return self.value(item, env) is not None
            case ast.Not(body=body):
                return not self.truth(body, env)
            case ast.And(items=parts):
                return all(self.truth(part, env) for part in parts)
            case ast.Or(items=parts):
                return any(self.truth(part, env) for part in parts)
            case ast.Implies(left=left, right=right):
                return not self.truth(left, env) or self.truth(right, env)
            case ast.Quant():
                return self.quantify(expr, env)
            case ast.Due():
                return self.due(expr, env)
            case ast.Name():
                raise AssertionError("a name is resolved by the type checker")
            case _:
                assert_never(expr)

    def attribute(self, expr: ast.Attr, env: Env) -> Bound:
        if isinstance(expr.base, ast.OfficerRef):
            return self.facts.officer[expr.name]
        base = self.value(expr.base, env)
        if isinstance(base, Event):
            return base.date if expr.name == "date" else base.attrs[expr.name]
        if base is None:
            return None
        assert isinstance(base, str)
        return self.facts.positions[base][expr.name]

    def shift(self, expr: ast.Shift, env: Env) -> int:
        length = self.value(expr.period, env)
        assert isinstance(length, Period)
        length = length if expr.sign == 1 else -length
        return self.calendar.shift(self.day(expr.day, env), length, expr.rounding or "down")

    def day_of_quarter(self, expr: ast.DayOfQuarter, env: Env) -> int:
        where = self.value(expr.spec, env)
        assert isinstance(where, QuarterDay)
        return self.calendar.day_of_quarter(self.day(expr.quarter, env), where)

    def candidates(self, var: str, kind: str, guard: Expr | None, env: Env) -> list[Event]:
        """The events of a kind for which the guard holds, in order of day."""
        events = self.facts.by_kind.get(kind, ())
        if guard is None:
            return list(events)
        return [event for event in events if self.truth(guard, {**env, var: event})]

    def pick(self, expr: ast.Pick, env: Env) -> Bound:
        events = self.candidates(expr.var, expr.kind, expr.guard, env)
        if not events:
            return self.value(expr.otherwise, env)
        days = [event.date for event in events]
        return min(days) if expr.order == "first" else max(days)

    def quantify(self, expr: ast.Quant, env: Env) -> bool:
        for event in self.facts.by_kind.get(expr.kind, ()):
            inner = {**env, expr.var: event}
            if expr.guard is not None and not self.truth(expr.guard, inner):
                continue
            holds = expr.body is None or self.truth(expr.body, inner)
            if expr.mode == "every" and not holds:
                return False
            if expr.mode == "some" and holds:
                return True
            if expr.mode == "no" and holds:
                return False
        return expr.mode != "some"

    def due(self, expr: ast.Due, env: Env) -> bool:
        if self.truth(expr.body, env):
            return True
        return self.reading(DUE) == OPEN and self.facts.as_of <= self.day(expr.day, env)

    def call(self, expr: ast.Call, env: Env) -> Bound:
        args = tuple(self.value(arg, env) for arg in expr.args)
        known = self.memory.setdefault((expr.name, *args), [])
        for readings, result in known:
            if all(self.profile.get(name) == value for name, value in readings.items()):
                self.consulted.update(readings)
                return result
        definition = self.program.definitions[expr.name]
        outer, self.consulted = self.consulted, set()
        result = self.value(definition.body, dict(zip((name for name, _ in definition.params), args, strict=True)))
        known.append(({name: self.profile[name] for name in sorted(self.consulted)}, result))
        self.consulted |= outer
        return result

    @staticmethod
    def compare(op: ast.CompareOp, left: Bound, right: Bound) -> bool:
        match op:
            case "=":
                return left is right if isinstance(left, Event) else left == right
            case "!=":
                return left is not right if isinstance(left, Event) else left != right
            case "<" | "<=" | ">" | ">=":
                if left is None or right is None:
                    return False
                assert isinstance(left, int)
                assert isinstance(right, int)
                return ORDERING[op](left, right)
            case _:
                assert_never(op)


__all__ = ["CLOSED", "DUE", "NEVER", "OPEN", "Bound", "Calendar", "Env", "Evaluator"]
