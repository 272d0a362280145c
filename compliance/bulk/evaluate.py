"""The evaluator over columns: the twin of norm/evaluate.py, for a whole chunk of officers. Same cases, same order.

A formula becomes a truth for each row of a frame, a term a code for each row. Where the evaluator runs over the events
of a kind, the frame is grown by a slot and the result is gathered back to its rows; where it stops early, the frame is
cut down to the rows that are not decided. Readings come from the profile, DUE among them; none is traced. A profile may
leave a reading open (ANY): truths and terms then cover all of its values, as they cover uncertain facts.

NOTE(memory) A definition is evaluated once for each full table of the events that its arguments speak of, whichever
norm asks first; a term passed as an argument is part of what is remembered, evaluated in the frame where it was
written. The key holds the values of the readings on which the result can turn, so that profiles share what they may.
Calls that speak of more than two events are evaluated where they stand.
"""

from __future__ import annotations

from typing import Final, assert_never

import numpy as np
from attrs import define, field, frozen

from compliance.bulk import arrays, values
from compliance.bulk.arrays import Bits, Index
from compliance.bulk.dates import Dates
from compliance.bulk.frames import Chunk, Frame
from compliance.bulk.picks import extreme
from compliance.bulk.plan import Plan
from compliance.bulk.terms import Bound, Env, Key, Keys, Later, bound, constant, moved
from compliance.bulk.values import MAYBE, NO, YES, ItemMask, Number, Plain, Row, Truth, Value, number_of, truth_of
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import DUE, OPEN
from compliance.norm.program import Profile
from compliance.norm.types import Period, QuarterDay

ANY: Final = "*"
"""As the value of a reading: it may be any of its values. What is said then holds of every profile it covers."""

MOST_SLOTS: Final = 2
"""Calls that speak of so many events are remembered."""

FEWEST: Final = 256
"""Frames below this size are not cut down, unless asked otherwise."""


@frozen(eq=False)
class Scope:
    """The rows for which a guard may hold, and for which of them it must."""

    frame: Frame
    sure: Bits


@define(eq=False)
class Memory:
    """What is known on one chunk: NOTE(memory). What `base` knows is known here too, but not the other way round."""

    base: Memory | None = None
    calls: dict[Key, Plain] = field(factory=dict)
    scopes: dict[Key, Scope] = field(factory=dict)

    def call(self, key: Key) -> Plain | None:
        found = self.calls.get(key)
        return self.base.call(key) if found is None and self.base is not None else found

    def scope(self, key: Key) -> Scope | None:
        found = self.scopes.get(key)
        return self.base.scope(key) if found is None and self.base is not None else found


@define(eq=False)
class Evaluator:
    """Evaluates prepared expressions on one chunk under one profile of readings."""

    plan: Plan
    dates: Dates
    chunk: Chunk
    profile: Profile
    memory: Memory
    fewest: int = FEWEST
    keys: Keys = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.keys = Keys(self.plan, self.profile)

    def truth(self, expr: Expr, env: Env, frame: Frame) -> Truth:
        """The truth of a formula for each row; an attribute that is not given is false."""
        return truth_of(self.value(expr, env, frame))

    def day(self, expr: Expr, env: Env, frame: Frame) -> Number:
        value = self.value(expr, env, frame)
        assert isinstance(value, Number), expr
        return value

    def value(self, expr: Expr, env: Env, frame: Frame) -> Value:
        match expr:
            case ast.Var(name=name):
                return self.asked(env[name], frame)
            case ast.Literal():
                return constant(self.plan, expr)
            case ast.Param(name=name):
                return self.plan.program.params[name]
            case ast.World(name=name):
                return self.lifted(self.chunk.constant("world", name), self.chunk.root, frame)
            case ast.OfficerRef():
                raise AssertionError("the officer is no value; only its attributes are")
            case ast.Attr():
                return self.attribute(expr, env, frame)
            case ast.Shift(day=day, period=period, sign=sign, rounding=rounding):
                length = self.value(period, env, frame)
                assert isinstance(length, Period)
                return self.dates.shift(self.day(day, env, frame), length if sign == 1 else -length, rounding or "down")
            case ast.NextWorkingDay(day=day):
                return self.dates.next_working_day(self.day(day, env, frame))
            case ast.QuarterOf(day=day):
                return self.dates.quarter_of(self.day(day, env, frame))
            case ast.DayOfQuarter(spec=spec, quarter=quarter):
                where = self.value(spec, env, frame)
                assert isinstance(where, QuarterDay)
                return self.dates.day_of_quarter(self.day(quarter, env, frame), where)
            case ast.Pick():
                return self.pick(expr, env, frame)
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                return self.branch(self.truth(condition, env, frame), then, otherwise, env, frame)
            case ast.Case(reading=reading, branches=branches):
                return self.read(branches, self.profile[reading], env, frame)
            case ast.Call():
                return self.call(expr, env, frame)
            case ast.Compare(op=op, left=left, right=right):
                return self.compare(op, self.value(left, env, frame), self.value(right, env, frame), frame)
            case ast.In(item=item, options=options):
                return self.among(number_of(self.value(item, env, frame)), options, env, frame)
            case ast.Has(items=items, item=item):
                held = self.value(items, env, frame)
                assert isinstance(held, ItemMask)
                return values.has(held, number_of(self.value(item, env, frame)))
            case ast.Given(item=item):
                return values.given(self.value(item, env, frame))
            case ast.Not(body=body):
                return values.not_(self.truth(body, env, frame))
            case ast.And(items=parts):
                return self.chain(parts, False, env, frame)
            case ast.Or(items=parts):
                return self.chain(parts, True, env, frame)
            case ast.Implies(left=left, right=right):
                return self.implies(self.truth(left, env, frame), right, env, frame)
            case ast.Quant():
                return self.quantify(expr, env, frame)
            case ast.Due(day=day, body=body):
                return self.due(self.truth(body, env, frame), day, env, frame)
            case ast.Name():
                raise AssertionError("a name is resolved by the type checker")
            case _:
                assert_never(expr)

    def among(self, item: Number, options: tuple[Expr, ...], env: Env, frame: Frame) -> Truth:
        codes = [number_of(self.value(option, env, frame)).lo for option in options]
        return values.among(item, np.array(sorted(codes), dtype=np.int32))

    def due(self, done: Truth, day: Expr, env: Env, frame: Frame) -> Truth:
        """NOTE(due) in norm/evaluate.py."""
        if self.profile[DUE] != OPEN or arrays.all_of(done.must):
            return done
        as_of = self.chunk.constant("world", "as_of").at(frame.trace(self.chunk.root))
        return values.or_(done, values.ordered("<=", as_of, self.day(day, env, frame)))

    def attribute(self, expr: ast.Attr, env: Env, frame: Frame) -> Value:
        if isinstance(expr.base, ast.OfficerRef):
            return self.lifted(self.chunk.constant("officer", expr.name), self.chunk.root, frame)
        base = self.value(expr.base, env, frame)
        if isinstance(base, Row):
            return frame.attribute(base.slot, expr.name)
        assert isinstance(base, Number)
        return self.chunk.of_position(base, expr.name)

    def candidates(self, var: str, kind: str, guard: Expr | None, env: Env, frame: Frame) -> tuple[Scope, Env]:
        """The rows of the frame with each event of a kind for which the guard may hold, in order of day."""
        inner = {**env, var: Row(len(frame.kinds), kind)}
        place = (id(frame), kind, id(guard), self.keys.of_free(guard, inner, None) if guard is not None else ())
        found = self.memory.scope(place)
        if found is None:
            found = self._scope(frame.expand(kind), guard, inner)
            if frame.lasting:
                self.memory.scopes[place] = found
        return found, inner

    def _scope(self, frame: Frame, guard: Expr | None, env: Env) -> Scope:
        occurred = frame.occurred()
        if guard is None or frame.size == 0:
            return Scope(frame, occurred)
        holds = self.truth(guard, env, frame)
        if arrays.all_of(holds.may):
            return Scope(frame, arrays.both(occurred, holds.must))
        rows = np.flatnonzero(arrays.whole(holds.may, frame.size))
        must = True if holds.certain else holds.must
        return Scope(frame.keep(rows), arrays.gather_bits(arrays.both(occurred, must), rows))

    def pick(self, expr: ast.Pick, env: Env, frame: Frame) -> Value:
        scope, _ = self.candidates(expr.var, expr.kind, expr.guard, env, frame)
        otherwise = self.day(expr.otherwise, env, frame)
        if scope.frame.size == 0:
            return otherwise
        day = scope.frame.attribute(len(frame.kinds), "date")
        assert isinstance(day, Number)
        return extreme(expr.order, day, scope.sure, scope.frame.trace(frame), otherwise, frame.size)

    def branch(self, condition: Truth, then: Expr, otherwise: Expr, env: Env, frame: Frame) -> Value:
        if arrays.all_of(condition.must):
            return self.value(then, env, frame)
        if arrays.none_of(condition.may):
            return self.value(otherwise, env, frame)
        return values.merge(condition, self.value(then, env, frame), self.value(otherwise, env, frame))

    def read(self, branches: tuple[tuple[str, Expr], ...], value: str, env: Env, frame: Frame) -> Value:
        """The branch of a value of a reading; where it may be any, what covers all of them."""
        if value != ANY:
            return self.value(dict(branches)[value], env, frame)
        found = self.value(branches[0][1], env, frame)
        for _, branch in branches[1:]:
            found = values.merge(MAYBE, found, self.value(branch, env, frame))
        return found

    def chain(self, parts: tuple[Expr, ...], stop: bool, env: Env, frame: Frame) -> Truth:
        """Conjunction (`stop` is false) or disjunction, from left to right; rows that are decided are left out."""
        found = self.truth(parts[0], env, frame)
        for at, part in enumerate(parts[1:], 1):
            undecided = arrays.negate(found.must) if stop else found.may
            if arrays.none_of(undecided):
                break
            rows = self.cut(part, undecided, frame)
            if rows is not None:
                rest = self.chain(parts[at:], stop, env, frame.keep(rows, lasting=False))
                kept = values.join(found.at(rows), rest, stop)
                return values.scatter(rows, kept, stop, frame.size)
            found = values.join(found, self.truth(part, env, frame), stop)
        return found

    def cut(self, part: Expr, undecided: Bits, frame: Frame) -> Index | None:
        """The rows on which a part must still be judged, where leaving out the others pays."""
        if isinstance(undecided, bool) or frame.size < self.fewest or not self.plan.of(part).heavy:
            return None
        return np.flatnonzero(undecided) if int(np.count_nonzero(undecided)) * 2 < frame.size else None

    def implies(self, left: Truth, right: Expr, env: Env, frame: Frame) -> Truth:
        if arrays.none_of(left.may):
            return YES
        rows = self.cut(right, left.may, frame)
        if rows is None:
            return values.or_(values.not_(left), self.truth(right, env, frame))
        inner = values.or_(values.not_(left.at(rows)), self.truth(right, env, frame.keep(rows, lasting=False)))
        return values.scatter(rows, inner, True, frame.size)

    def quantify(self, expr: ast.Quant, env: Env, frame: Frame) -> Truth:
        scope, inner = self.candidates(expr.var, expr.kind, expr.guard, env, frame)
        rows, sure = scope.frame, scope.sure
        if rows.size == 0:
            return NO if expr.mode == "some" else YES
        holds = YES if expr.body is None else self.truth(expr.body, inner, rows)
        hit = values.not_(holds) if expr.mode == "every" else holds
        parent = rows.trace(frame)
        may = arrays.any_by(parent, hit.may, frame.size, rows.size)
        certain = hit.certain and sure is True
        must = may if certain else arrays.any_by(parent, arrays.both(sure, hit.must), frame.size, rows.size)
        found = Truth(must, may)
        return found if expr.mode == "some" else values.not_(found)

    def call(self, expr: ast.Call, env: Env, frame: Frame) -> Value:
        """NOTE(memory)."""
        definition = self.plan.program.definitions[expr.name]
        body, args = self.plan.bodies[expr.name], [bound(self.plan, arg, env, frame) for arg in expr.args]
        slots: dict[int, int] = {}
        keys = tuple(self.keys.of(arg, slots) for arg in args)
        names = [name for name, _ in definition.params]
        if len(slots) > MOST_SLOTS:
            return self.value(body, dict(zip(names, args, strict=True)), frame)
        kinds = tuple(frame.kinds[slot] for slot in slots)
        full = self.chunk.full(kinds)
        place = (expr.name, kinds, self.keys.signature(body), *keys)
        found = self.memory.call(place)
        if found is None:
            inner = {name: moved(arg, slots, full) for name, arg in zip(names, args, strict=True)}
            result = self.value(body, inner, full)
            assert isinstance(result, Plain)
            found = self.memory.calls[place] = result
        return found.at(frame.rows_in(full, tuple(slots)))

    def asked(self, what: Bound, frame: Frame) -> Value:
        """What a variable stands for; a term is evaluated now, where it was not before."""
        if not isinstance(what, Later):
            return what
        if what.value is None:
            what.value = self.value(what.expr, what.env, what.home)
        return self.lifted(what.value, what.home, frame)

    @staticmethod
    def lifted(value: Value, home: Frame, frame: Frame) -> Value:
        """A value of a frame for the rows of one that came from it."""
        return value.at(frame.trace(home)) if isinstance(value, Plain) else value

    @staticmethod
    def compare(op: ast.CompareOp, left: Value, right: Value, frame: Frame) -> Truth:
        match op:
            case "=":
                return frame.identical(left, right) if isinstance(left, Row) else values.same(left, right)
            case "!=":
                equal = frame.identical(left, right) if isinstance(left, Row) else values.same(left, right)
                return values.not_(equal)
            case "<" | "<=" | ">" | ">=":
                assert isinstance(left, Number)
                assert isinstance(right, Number)
                return values.ordered(op, left, right)
            case _:
                assert_never(op)
