"""Norms on uncertain records: the twin of norm/evaluate.py. Same cases, same order; what is known folds to Python.

On a record without uncertainty the result is the evaluator's, readings consulted included. Otherwise a formula
becomes a solver formula over the variables of the record, and a term one of the values of values.py.

Readings are fixed by `profile` and traced as the evaluator traces them; a reading that the profile leaves out is
free: a solver variable of the world. DUE, the mode of duties, is treated like any reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, TypeAlias, assert_never

from attrs import define, field

from compliance.calendar import functions
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.types import Period, QuarterDay, Rounding
from compliance.smt.record import Record
from compliance.smt.terms import Cond, Int, Num, all_, and_, any_, eq, implies, le, not_, or_, span
from compliance.smt.values import Atom, Sym, each, has, key, options, ordered, same, select, truth
from compliance.smt.world import World
from compliance.timeline.model import Slot

Env: TypeAlias = Mapping[str, Sym]
Memory: TypeAlias = "dict[tuple[object, ...], list[tuple[Mapping[str, str | None], Sym]]]"


@define(eq=False)
class Readings:
    """The readings that are left free, one variable each, shared by all encoders of a world."""

    world: World
    values: Mapping[str, tuple[str, ...]]
    variables: dict[str, Sym] = field(factory=dict)

    def free(self, name: str) -> Sym:
        if name not in self.variables:
            domain = (OPEN, CLOSED) if name == DUE else self.values[name]
            self.variables[name] = self.world.one_of(f"reading.{name}", domain)
        return self.variables[name]


@define(eq=False)
class Encoder:
    """Encodes typed expressions on one record; encoders of one record that differ in profile share `memory`."""

    program: Program
    record: Record
    profile: Profile
    readings: Readings
    memory: Memory = field(factory=dict)
    consulted: set[str] = field(factory=set)

    @property
    def world(self) -> World:
        return self.record.world

    def formula(self, typed: Typed) -> Cond:
        """The condition under which a closed formula holds; `consulted` gathers its readings."""
        return self.truth(typed.expr, {})

    def reading(self, name: str) -> Sym:
        self.consulted.add(name)
        return self.profile[name] if name in self.profile else self.readings.free(name)

    def truth(self, expr: Expr, env: Env) -> Cond:
        """The truth value of a formula; an attribute that is not given is false."""
        return truth(self.value(expr, env))

    def value(self, expr: Expr, env: Env) -> Sym:
        match expr:
            case ast.Var(name=name):
                return env[name]
            case ast.Literal(value=value):
                return value
            case ast.Param(name=name):
                return self.program.params[name]
            case ast.World(name=name):
                return self.record.constant(name)
            case ast.OfficerRef():
                raise AssertionError("the officer is no value; only its attributes are")
            case ast.Attr():
                return self.attribute(expr, env)
            case ast.Shift(day=day, period=period, sign=sign, rounding=rounding):
                length = self.value(period, env)
                assert isinstance(length, Period)
                length = length if sign == 1 else -length
                return self.shift(self.value(day, env), length, rounding or "down")
            case ast.NextWorkingDay(day=day):
                return self.apply(functions.NextWorkingDay(), self.value(day, env))
            case ast.QuarterOf(day=day):
                return self.apply(functions.QuarterOf(), self.value(day, env))
            case ast.DayOfQuarter(spec=spec, quarter=quarter):
                where = self.value(spec, env)
                assert isinstance(where, QuarterDay)
                return self.day_of_quarter(self.value(quarter, env), where)
            case ast.Pick():
                return self.pick(expr, env)
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                return self.branch(self.truth(condition, env), then, otherwise, env)
            case ast.Case(reading=reading, branches=branches):
                return self.case(self.reading(reading), dict(branches), env)
            case ast.Call():
                return self.call(expr, env)
            case ast.Compare(op=op, left=left, right=right):
                return self.compare(op, self.value(left, env), self.value(right, env))
            case ast.In(item=item, options=choices):
                return self.member(self.value(item, env), choices, env)
            case ast.Has(items=items, item=item):
                return has(self.value(items, env), self.value(item, env))
            case ast.Given(item=item):
                return not_(same(self.value(item, env), None))
            case ast.Not(body=body):
                return not_(self.truth(body, env))
            case ast.And(items=parts):
                return all_(self.truth(part, env) for part in parts)
            case ast.Or(items=parts):
                return any_(self.truth(part, env) for part in parts)
            case ast.Implies(left=left, right=right):
                given = self.truth(left, env)
                return True if given is False else implies(given, self.truth(right, env))
            case ast.Quant():
                return self.quantify(expr, env)
            case ast.Due(day=day, body=body):
                return self.due(self.truth(body, env), day, env)
            case ast.Name():
                raise AssertionError("a name is resolved by the type checker")
            case _:
                assert_never(expr)

    def member(self, found: Sym, choices: tuple[Expr, ...], env: Env) -> Cond:
        return any_(same(found, self.value(choice, env)) for choice in choices)

    def due(self, done: Cond, day: Expr, env: Env) -> Cond:
        """NOTE(due) in norm/evaluate.py."""
        if done is True:
            return True
        is_open = same(self.reading(DUE), OPEN)
        if is_open is False:
            return done
        return or_(done, and_(is_open, ordered("<=", self.record.constant("as_of"), self.value(day, env))))

    def attribute(self, expr: ast.Attr, env: Env) -> Sym:
        if isinstance(expr.base, ast.OfficerRef):
            return self.record.officer(expr.name)
        return each(self.value(expr.base, env), lambda base: self._attribute(base, expr.name))

    def _attribute(self, base: Atom, name: str) -> Sym:
        if isinstance(base, Slot):
            return self.record.date(base) if name == "date" else self.record.attribute(base, name)
        if base is None:
            return None
        assert isinstance(base, str)
        return self.record.position(base, name)

    def candidates(self, var: str, kind: str, guard: Expr | None, env: Env) -> list[tuple[Slot, Cond]]:
        """The events of a kind, each with the condition that it happened and that the guard holds for it."""
        found = []
        for slot in self.record.slots(kind):
            cond = self.record.present(slot)
            if guard is not None and cond is not False:
                cond = and_(cond, self.truth(guard, {**env, var: slot}))
            if cond is not False:
                found.append((slot, cond))
        return found

    def pick(self, expr: ast.Pick, env: Env) -> Sym:
        events = [(self.record.date(s), c) for s, c in self.candidates(expr.var, expr.kind, expr.guard, env)]
        return self.extreme(expr.order, events, lambda: self.value(expr.otherwise, env))

    def extreme(self, order: ast.Order, events: list[tuple[Int, Cond]], otherwise: Callable[[], Sym]) -> Sym:
        """The earliest or latest of the days whose condition holds."""
        events = _undominated(order, events)
        known = [(day, cond) for day, cond in events if isinstance(day, int)]
        if len(known) == len(events):
            found, left = _chain(order, known)
        elif len(events) == 1:
            found, left = events, not_(events[0][1])
        else:
            found, left = self._drawn(order, events)
        cases: list[tuple[Cond, Sym]] = [*((cond, day) for day, cond in found)]
        return select([*cases, (left, otherwise())] if left is not False else cases)

    def _drawn(self, order: ast.Order, events: list[tuple[Int, Cond]]) -> tuple[list[tuple[Int, Cond]], Cond]:
        """A fresh day that is the extreme one by its definition."""
        some = any_(cond for _, cond in events)
        spans = [span(day) for day, _ in events]
        day = self.world.number(self.world.fresh(order), [(min(lo for lo, _ in spans), max(hi for _, hi in spans))])
        for other, cond in events:
            self.world.fact(implies(cond, le(day, other) if order == "first" else le(other, day)))
        self.world.fact(implies(some, any_(and_(cond, eq(day, other)) for other, cond in events)))
        return [(day, some)], not_(some)

    def branch(self, condition: Cond, then: Expr, otherwise: Expr, env: Env) -> Sym:
        if isinstance(condition, bool):
            return self.value(then if condition else otherwise, env)
        return select([(condition, self.value(then, env)), (not_(condition), self.value(otherwise, env))])

    def case(self, reading: Sym, branches: Mapping[str, Expr], env: Env) -> Sym:
        if isinstance(reading, str):
            return self.value(branches[reading], env)
        return select([(cond, self.value(branches[str(name)], env)) for name, cond in options(reading)])

    def shift(self, day: Sym, period: Period, rounding: Rounding) -> Sym:
        for function in functions.chain_of(period, rounding):
            day = self.apply(function, day)
        return day

    def apply(self, function: functions.Function, day: Sym) -> Sym:
        return each(day, lambda atom: self._apply(function, atom))

    def _apply(self, function: functions.Function, atom: Atom) -> Sym:
        if atom is None:
            return None
        assert isinstance(atom, int | Num)
        return self.world.applications.apply(function, atom)

    def day_of_quarter(self, quarter: Sym, spec: QuarterDay) -> Sym:
        months: tuple[Literal[1, 2, 3], ...] = (1, 2, 3)
        return self.apply(functions.DayOfQuarter(months[spec.month - 1], spec.day), quarter)

    def quantify(self, expr: ast.Quant, env: Env) -> Cond:
        parts: list[Cond] = []
        for slot in self.record.slots(expr.kind):
            inner = {**env, expr.var: slot}
            applies = self.record.present(slot)
            if expr.guard is not None and applies is not False:
                applies = and_(applies, self.truth(expr.guard, inner))
            if applies is False:
                continue
            holds = True if expr.body is None else self.truth(expr.body, inner)
            part = implies(applies, holds) if expr.mode == "every" else and_(applies, holds)
            if part is (expr.mode != "every"):
                return expr.mode == "some"
            parts.append(not_(part) if expr.mode == "no" else part)
        return any_(parts) if expr.mode == "some" else all_(parts)

    def call(self, expr: ast.Call, env: Env) -> Sym:
        args = tuple(self.value(arg, env) for arg in expr.args)
        known = self.memory.setdefault((expr.name, *map(key, args)), [])
        for readings, result in known:
            if all(self.profile.get(name) == value for name, value in readings.items()):
                self.consulted.update(readings)
                return result
        definition = self.program.definitions[expr.name]
        outer, self.consulted = self.consulted, set()
        self.world.keep(args)
        body = self.value(definition.body, dict(zip((name for name, _ in definition.params), args, strict=True)))
        result = self.world.define(expr.name, body)
        known.append(({name: self.profile.get(name) for name in sorted(self.consulted)}, result))
        self.consulted |= outer
        return result

    @staticmethod
    def compare(op: ast.CompareOp, left: Sym, right: Sym) -> Cond:
        match op:
            case "=":
                return same(left, right)
            case "!=":
                return not_(same(left, right))
            case "<" | "<=" | ">" | ">=":
                return ordered(op, left, right)
            case _:
                assert_never(op)


def _undominated(order: ast.Order, events: list[tuple[Int, Cond]]) -> list[tuple[Int, Cond]]:
    """The events that can be the extreme one, given those that certainly count."""
    sure = [span(day) for day, cond in events if cond is True]
    if not sure:
        return events
    if order == "first":
        limit = min(hi for _, hi in sure)
        return [(day, cond) for day, cond in events if span(day)[0] <= limit]
    limit = max(lo for lo, _ in sure)
    return [(day, cond) for day, cond in events if span(day)[1] >= limit]


def _chain(order: ast.Order, events: list[tuple[int, Cond]]) -> tuple[list[tuple[Int, Cond]], Cond]:
    """Each known day under the condition that no better one counts, and the condition that none counts."""
    found: list[tuple[Int, Cond]] = []
    left: Cond = True
    for day, cond in sorted(events, key=_first, reverse=order == "last"):
        found.append((day, and_(left, cond)))
        left = and_(left, not_(cond))
        if left is False:
            break
    return found, left


def _first(event: tuple[int, Cond]) -> int:
    return event[0]


__all__ = ["Encoder", "Env", "Readings"]
