"""The two days that a failure holds against each other, for every failing binding at once: when, and by when.

Twin of norm/blame.py as far as days are compared: it follows a formula that fails through its false parts, definitions
unfolded, up to the first quantifier inside. A comparison of two days that fails gives both; a duty that is not
discharged gives its last day, and the day on which it was done after all. Uncertain days give nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from attrs import frozen

from compliance.bulk import arrays
from compliance.bulk.arrays import Index, IntArray
from compliance.bulk.evaluate import Evaluator
from compliance.bulk.frames import Frame
from compliance.bulk.terms import Env, bound
from compliance.bulk.values import Number, Truth
from compliance.calendar.days import NEVER
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.walk import nodes

EARLY: Final = 600_000
"""Numbers from here to NEVER are days, neither quarters nor counts."""
MOST_UNFOLDED: Final = 12


@frozen(eq=False)
class Sides:
    """For each failing binding the day that counted and the last (or first) lawful one; 0 where no days are compared.

    `due` is the last day of the first duty that is not discharged, 0 where there is none.
    """

    day: IntArray
    limit: IntArray
    due: IntArray

    def take(self, rows: Index) -> Sides:
        return Sides(self.day.take(rows), self.limit.take(rows), self.due.take(rows))

    @property
    def late(self) -> IntArray:
        """By how many days; -1 where no days are compared."""
        return np.where(self.limit > 0, np.abs(self.day - self.limit), -1)

    @staticmethod
    def none(size: int) -> Sides:
        return Sides(*(np.zeros(size, dtype=np.int32) for _ in range(3)))

    @staticmethod
    def joined(parts: list[Sides]) -> Sides | None:
        if not parts:
            return None
        return Sides(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("day", "limit", "due")))


@frozen(eq=False)
class Found:
    """Two days at some rows of the frame that was searched."""

    rows: Index
    day: IntArray
    limit: IntArray
    duty: bool


def sides(evaluator: Evaluator, expr: Expr, env: Env, frame: Frame) -> Sides:
    """The days for each row of a frame on which a formula is known to fail: those that lie farthest apart."""
    day, limit, due = (np.zeros(frame.size, dtype=np.int32) for _ in range(3))
    apart = np.full(frame.size, -1, dtype=np.int64)
    for found in _Search(evaluator, frame).failing(expr, env, np.arange(frame.size), 0):
        if found.duty:
            earlier = (due[found.rows] == 0) | (found.limit < due[found.rows])
            due[found.rows[earlier]] = found.limit[earlier]
        between = np.abs(found.day.astype(np.int64) - found.limit)
        further = between > apart[found.rows]
        rows = found.rows[further]
        apart[rows], day[rows], limit[rows] = between[further], found.day[further], found.limit[further]
    return Sides(day, limit, due)


@frozen(eq=False)
class _Search:
    evaluator: Evaluator
    frame: Frame

    def failing(self, expr: Expr, env: Env, rows: Index, depth: int) -> Iterator[Found]:
        """What a formula that is false at these rows holds against each other."""
        if not len(rows):
            return
        match expr:
            case ast.And(items=items):
                for item in items:
                    yield from self.failing(item, env, self.where(item, env, rows, False), depth)
            case ast.Or(items=items):
                for item in items:
                    yield from self.failing(item, env, rows, depth)
            case ast.Implies(right=right):
                yield from self.failing(right, env, rows, depth)
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                yield from self.failing(then, env, self.where(condition, env, rows, True), depth)
                yield from self.failing(otherwise, env, self.where(condition, env, rows, False), depth)
            case ast.Case(reading=reading, branches=branches):
                yield from self.failing(dict(branches)[self.evaluator.profile[reading]], env, rows, depth)
            case ast.Call(name=name, args=args) if depth < MOST_UNFOLDED:
                definition = self.evaluator.plan.program.definitions[name]
                names = (word for word, _ in definition.params)
                inner = dict(
                    zip(names, (bound(self.evaluator.plan, arg, env, self.frame) for arg in args), strict=True)
                )
                yield from self.failing(self.evaluator.plan.bodies[name], inner, rows, depth + 1)
            case ast.Due(day=day, body=body):
                yield from self.duty(day, body, env, rows)
            case ast.Compare(left=left, right=right):
                yield from self.compared(left, right, env, rows)
            case _:
                return

    def where(self, expr: Expr, env: Env, rows: Index, holds: bool) -> Index:
        """Those of the rows at which a formula certainly has this truth."""
        truth: Truth = self.evaluator.truth(expr, env, self.frame)
        found = truth.must if holds else arrays.negate(truth.may)
        return rows[arrays.whole(found, self.frame.size)[rows]]

    def compared(self, left: Expr, right: Expr, env: Env, rows: Index) -> Iterator[Found]:
        a, b = (self.evaluator.value(side, env, self.frame) for side in (left, right))
        if isinstance(a, Number) and isinstance(b, Number):
            first, last = self.sure(a, rows), self.sure(b, rows)
            kept = (first > 0) & (last > 0)
            yield Found(rows[kept], first[kept], last[kept], False)

    def duty(self, day: Expr, body: Expr, env: Env, rows: Index) -> Iterator[Found]:
        last = self.sure(self.evaluator.day(day, env, self.frame), rows)
        kept = last > 0
        rows, last = rows[kept], last[kept]
        yield Found(rows, self.done(body, rows, last), last, True)

    def sure(self, number: Number, rows: Index) -> IntArray:
        """The day at these rows, 0 where it is uncertain or no day."""
        lo, hi = (np.broadcast_to(np.asarray(end), (self.frame.size,))[rows] for end in (number.lo, number.hi))
        return np.where((lo == hi) & (lo > EARLY) & (lo < NEVER), lo, 0).astype(np.int32)

    def done(self, body: Expr, rows: Index, last: IntArray) -> IntArray:
        """The day of the first act of the wanted kind after the last day; `as_of` where there is none."""
        officers = self.frame.trace(self.frame.chunk.root)
        officer = (np.arange(self.frame.size) if officers is None else officers)[rows]
        as_of = self.frame.chunk.constant("world", "as_of").lo
        found = np.broadcast_to(np.asarray(as_of), (self.frame.chunk.root.size,))[officer].astype(np.int32)
        kind = next((each.kind for each in nodes(body) if isinstance(each, ast.Quant) and each.mode == "some"), None)
        if kind is None:
            return found
        segment = self.frame.chunk.segment(kind)
        days = segment.column("date", False)
        assert isinstance(days, Number)
        day = np.broadcast_to(np.asarray(days.lo), (segment.stop - segment.start,))
        for step in range(int(segment.counts[officer].max(initial=0))):
            here = segment.counts[officer] > step
            at = day[np.where(here, segment.first[officer] + step, 0)] if len(day) else found
            better = here & (at > last) & (at < found)
            found = np.where(better, at, found).astype(np.int32)
        return found


__all__ = ["Sides", "sides"]
