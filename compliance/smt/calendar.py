"""Calendar functions inside the solver: integers that exact lemmas refine on demand.

An application `t = f(d)` is a fresh integer between proven bounds. Functions with few pieces over the range of `d`
(with a few a year even over decades) get all their pieces at once; the others get the piece around a day only when
a model is wrong there. A model that is right for every application is exact.

NOTE(pins) After a wrong model the question is asked again with the argument of every application pinned to the
pieces of that model. Without pins the solver hops from piece to piece, often for days that do not matter.
"""

from __future__ import annotations

import z3
from attrs import define, field, frozen

from compliance.calendar.functions import (
    AddDays,
    AddMonths,
    DayOfQuarter,
    Function,
    Piece,
    QuarterOf,
    bounds,
    domain,
    name_of,
    piece_at,
    pieces,
)
from compliance.calendar.working import WorkingCalendar
from compliance.smt import native
from compliance.smt.native import state
from compliance.smt.terms import Cond, Int, Num, all_, eq, implies, le, number, plus

FEW = 6
"""Up to so many pieces over the range of the argument all are stated at once."""

YEARLY = 60
"""So many, where they are but a few a year."""

NEAR = 800
"""Ranges up to this length are cut into pieces exactly; a longer one is looked at in stretches."""

STRETCH = 512


@frozen(eq=False)
class Application:
    """`result` stands for `fn(arg)`."""

    fn: Function
    arg: Num
    result: Num


@define
class Applications:
    """The calendar applications of one world, each function at most once per argument."""

    calendar: WorkingCalendar
    solver: z3.Solver
    found: dict[tuple[Function, int], tuple[Num, Int]] = field(factory=dict)
    """The argument is kept with the result: its identity must not pass to another term."""
    lazy: list[Application] = field(factory=list)
    stated: set[tuple[int, int]] = field(factory=set)
    pieces: list[tuple[Application, Piece]] = field(factory=list)
    distances: list[tuple[Application, int, int]] = field(factory=list)
    """What was stated of functions; certify.py holds it against them."""
    monotone: bool = False
    """Whether every two results of one function are stated to be in the order of their arguments."""

    def apply(self, fn: Function, arg: Int) -> Int:
        if isinstance(arg, int):
            return fn.apply(arg, self.calendar)
        if isinstance(fn, AddDays):
            return plus(arg, fn.days)
        known = self.found.get((fn, arg.key))
        if known is None:
            known = self.found[fn, arg.key] = arg, self._create(fn, arg)
        return known[1]

    def _create(self, fn: Function, arg: Num) -> Int:
        near = self._near(fn, arg)
        if near is not None and len(near) == 1:
            return plus(arg, near[0].offset) if near[0].slope else near[0].offset
        lo, hi = fn.apply(arg.lo, self.calendar), fn.apply(arg.hi, self.calendar)
        result = Num(z3.Int(f"{name_of(fn)}#{len(self.found)}", arg.term.ctx), lo, hi)
        bound(self.solver, result.term, lo, hi)
        application = Application(fn, arg, result)
        if near is not None and (len(near) <= FEW or (self._yearly(fn) and len(near) <= YEARLY)):
            for piece in near:
                self.state(application, piece)
            return result
        self._bound(application)
        if self.monotone:
            self._order(application)
        self.lazy.append(application)
        return result

    def _order(self, application: Application) -> None:
        """No calendar function turns the order of days round."""
        for other in self.lazy:
            if other.fn == application.fn:
                for a, b in ((application, other), (other, application)):
                    lemma = implies(le(a.arg, b.arg), le(a.result, b.result))
                    if not isinstance(lemma, bool):
                        state(self.solver, lemma)

    @staticmethod
    def _yearly(fn: Function) -> bool:
        """Whether a function has but a few pieces a year."""
        return isinstance(fn, QuarterOf | DayOfQuarter) or (isinstance(fn, AddMonths) and fn.months % 12 == 0)

    def _near(self, fn: Function, arg: Num) -> tuple[Piece, ...] | None:
        """All pieces over the range of the argument, where looking for them is cheap."""
        if arg.hi - arg.lo > NEAR and not self._yearly(fn):
            return None
        return tuple(
            Piece(max(piece.lo, arg.lo), min(piece.hi, arg.hi), piece.slope, piece.offset)
            for piece in pieces(fn, self.calendar, *self._range(fn, arg))[:-1]
            if piece.hi >= arg.lo and piece.lo <= arg.hi
        )

    def _range(self, fn: Function, arg: Num) -> tuple[int, int]:
        """The range of the argument, rounded to one that other arguments share."""
        first, last = domain(fn)
        if self._yearly(fn) and first <= arg.lo and arg.hi <= last:
            return first, last
        return arg.lo // STRETCH * STRETCH or 1, arg.hi // STRETCH * STRETCH + STRETCH

    def _bound(self, application: Application) -> None:
        """How far the result can lie from a day (a quarter is no distance from a day)."""
        fn, arg, result = application.fn, application.arg, application.result
        if result.lo < arg.lo // 2 or arg.hi < result.lo // 2:
            return
        least, most = bounds(fn, self.calendar, *self._range(fn, arg))
        self.distances.append((application, least, most))
        self._state(le(plus(arg, least), result), le(result, plus(arg, most)))

    def piece(self, application: Application, day: int) -> Piece:
        fn, arg = application.fn, application.arg
        start = day // STRETCH * STRETCH
        piece = piece_at(pieces(fn, self.calendar, max(start, 1), start + STRETCH - 1), day)
        return Piece(max(piece.lo, arg.lo), min(piece.hi, arg.hi), piece.slope, piece.offset)

    def state(self, application: Application, piece: Piece) -> None:
        """The exact piece and its monotone consequences, as facts of the world."""
        arg, result = application.arg, application.result
        mark = (int(result.key), piece.lo)
        if mark in self.stated:
            return
        self.stated.add(mark)
        self.pieces.append((application, piece))
        from_lo, to_hi = le(piece.lo, arg), le(arg, piece.hi)
        lemmas = [implies(from_lo, le(piece.at(piece.lo), result)), implies(to_hi, le(result, piece.at(piece.hi)))]
        if piece.slope and piece.lo < piece.hi:
            lemmas.append(implies(all_((from_lo, to_hi)), eq(result, plus(arg, piece.offset))))
        self._state(*lemmas)

    def _state(self, *lemmas: Cond) -> None:
        for lemma in lemmas:
            if lemma is not True:
                state(self.solver, z3.BoolVal(False, self.solver.ctx) if lemma is False else lemma)

    def wrong(self, model: z3.ModelRef) -> list[tuple[Application, int]]:
        """The applications that the model gets wrong, each with the model's argument."""
        found = []
        for application in self.lazy:
            day = value_of(model, application.arg)
            if value_of(model, application.result) != application.fn.apply(day, self.calendar):
                found.append((application, day))
        return found

    def pins(self, model: z3.ModelRef) -> dict[int, tuple[Num, int, int]]:
        """Per argument the stretch around the model's day on which every function of it is one piece."""
        found: dict[int, tuple[Num, int, int]] = {}
        for application in self.lazy:
            arg = application.arg
            piece = self.piece(application, value_of(model, arg))
            _, lo, hi = found.get(arg.key, (arg, arg.lo, arg.hi))
            found[arg.key] = arg, max(lo, piece.lo), min(hi, piece.hi)
        return found


def value_of(model: z3.ModelRef, day: Int) -> int:
    return day if isinstance(day, int) else native.number(model, day.term)


def bound(solver: z3.Solver, term: z3.ArithRef, lo: int, hi: int) -> None:
    """States that a number lies from `lo` to `hi`."""
    for make, limit in ((z3.Z3_mk_ge, lo), (z3.Z3_mk_le, hi)):
        state(solver, z3.BoolRef(make(term.ctx_ref(), term.ast, number(limit, term.ctx).ast), term.ctx))


__all__ = ["Application", "Applications", "bound", "value_of"]
