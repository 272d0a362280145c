"""Judges a packed register: norm by norm over chunks of officers, on as many processes as asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np
from attrs import define, field, frozen

from compliance.bulk import arrays
from compliance.bulk.arrays import Bits, Bools, Index
from compliance.bulk.dates import Dates
from compliance.bulk.evaluate import FEWEST, Evaluator, Memory
from compliance.bulk.forks import fork_map
from compliance.bulk.frames import MOST_ROWS, Chunk, Frame, TooManyBindings
from compliance.bulk.plan import Plan
from compliance.bulk.sides import Sides, sides
from compliance.bulk.tables import Packed
from compliance.bulk.terms import Env
from compliance.bulk.values import NO, Truth, not_
from compliance.calendar.working import WorkingCalendar
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Profile

CHUNK: Final = 25_000
"""At most so many officers at once, fewer where they have very many events."""

MOST_WORK: Final = 256
"""How much work an officer may be on average in a chunk of full size (see `Packed.weights`)."""

Job: TypeAlias = tuple[Profile, tuple[str, ...]]
"""A full profile of readings, and the norms to be judged under it."""

NO_ROWS: Final[Index] = np.zeros(0, dtype=np.intp)


@frozen(eq=False)
class Bindings:
    """Choices of events for the quantifiers that a norm begins with, sorted by officer and then by day."""

    kinds: tuple[str, ...]
    officer: Index
    rows: tuple[Index, ...]
    """For each quantifier the row among `Packed.kinds[kind]`."""

    def __len__(self) -> int:
        return len(self.officer)


@frozen(eq=False)
class Outcome:
    """What one norm gives for every officer, in the order of `Packed.ids`."""

    officers: int
    violated: Index
    """The officers for whom it fails in every completion."""
    undetermined: Index
    """The officers for whom it may fail and may hold; none where every fact is certain."""
    given_up: Index
    """Those of the undetermined who have so many events that they were not judged at all."""
    failing: Bindings
    """For these it fails in every completion."""
    open: Bindings
    """For these it may fail."""
    sides: Sides | None = None
    """For each of `failing` the days held against each other, where they were asked for."""

    @property
    def may(self) -> Bools:
        """For every officer, whether it may hold."""
        found = np.ones(self.officers, dtype=np.bool_)
        found[self.violated] = False
        return found

    @property
    def must(self) -> Bools:
        """For every officer, whether it holds in every completion."""
        found = self.may
        found[self.undetermined] = False
        return found


@define(eq=False)
class Judge:
    """Judges registers under the norms of a plan; calendar tables are kept from one call to the next."""

    plan: Plan
    calendar: WorkingCalendar
    fewest: int = FEWEST
    most_rows: int = MOST_ROWS
    dates: Dates = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.dates = Dates(self.calendar)

    def judge(
        self,
        packed: Packed,
        profile: Profile,
        norms: Iterable[str] | None = None,
        *,
        workers: int = 1,
        chunk: int = CHUNK,
    ) -> dict[str, Outcome]:
        """The outcome of each norm (all of the plan, if left out) under a full profile of readings, DUE included."""
        names = tuple(self.plan.norms) if norms is None else tuple(norms)
        found = self.judge_profiles(packed, [(profile, names)], workers=workers, chunk=chunk)
        return found[0]

    def judge_profiles(
        self,
        packed: Packed,
        jobs: Sequence[Job],
        *,
        workers: int = 1,
        chunk: int = CHUNK,
        told: int = 0,
    ) -> list[dict[str, Outcome]]:
        """The outcomes of several jobs, each a profile and the norms to judge under it; of the first `told` with days.

        What the first job finds out and does not turn on a reading that differs serves the others.
        """
        spans = list(cut(packed, even(len(packed), chunk, workers)))

        def work(span: tuple[int, int]) -> list[dict[str, Outcome]]:
            return self._chunk(packed, span, jobs, told)

        parts = fork_map(work, spans, workers)
        return [
            {name: _joined([part[at][name] for part in parts]) for name in names} for at, (_, names) in enumerate(jobs)
        ]

    def _chunk(self, packed: Packed, span: tuple[int, int], jobs: Sequence[Job], told: int) -> list[dict[str, Outcome]]:
        """The outcomes on one chunk, which is cut in two where its bindings are too many."""
        begin, end = span
        chunk, base, found = Chunk(packed, begin, end, self.most_rows), Memory(), list[dict[str, Outcome]]()
        try:
            for at, (profile, names) in enumerate(jobs):
                kept = len(chunk.grown)
                evaluator = self._evaluator(chunk, profile, Memory(base) if at else base)
                found.append({name: _outcome(evaluator, self.plan.norms[name], at < told) for name in names})
                if at:
                    chunk.forget(kept)
        except TooManyBindings:
            if end - begin == 1:
                return [{name: self._alone(packed, begin, profile, name) for name in names} for profile, names in jobs]
            middle = (begin + end) // 2
            halves = [self._chunk(packed, half, jobs, told) for half in ((begin, middle), (middle, end))]
            return [
                {name: _joined([half[at][name] for half in halves]) for name in names}
                for at, (_, names) in enumerate(jobs)
            ]
        finally:
            chunk.close()
        return found

    def _alone(self, packed: Packed, officer: int, profile: Profile, name: str) -> Outcome:
        """The outcome of one norm for one officer, given up where his bindings are too many."""
        chunk = Chunk(packed, officer, officer + 1, self.most_rows)
        try:
            return _outcome(self._evaluator(chunk, profile, Memory()), self.plan.norms[name])
        except TooManyBindings:
            return _given_up(officer)
        finally:
            chunk.close()

    def _evaluator(self, chunk: Chunk, profile: Profile, memory: Memory) -> Evaluator:
        return Evaluator(self.plan, self.dates, chunk, profile, memory, self.fewest)


def even(officers: int, most: int, workers: int) -> int:
    """The size of a chunk, at most `most`, that gives every process the same number of chunks."""
    rounds = max(1, -(-officers // (most * workers)))
    return max(1, -(-officers // (rounds * workers)))


def cut(packed: Packed, size: int) -> Iterator[tuple[int, int]]:
    """Stretches of at most `size` officers, shorter where they have very many events of one kind."""
    if not len(packed):
        return
    work = np.cumsum(packed.weights())
    begin = 0
    while begin < len(packed):
        done = int(work[begin - 1]) if begin else 0
        by_work = int(np.searchsorted(work, done + size * MOST_WORK, "right"))
        end = max(begin + 1, min(begin + size, by_work, len(packed)))
        yield begin, end
        begin = end


@frozen(eq=False)
class Leading:
    """The bindings of the quantifiers that a norm begins with (`every`s, and a `no` after them), and where it fails."""

    frame: Frame
    fails: Truth
    expr: Expr | None
    """What fails there; nothing after a `no`."""
    env: Env


def leading(evaluator: Evaluator, expr: Expr, env: Env, frame: Frame, sure: Bits) -> Leading:
    rest: Expr | None = None
    if isinstance(expr, ast.Quant) and expr.mode != "some" and expr.body is not None:
        scope, inner = evaluator.candidates(expr.var, expr.kind, expr.guard, env, frame)
        within = arrays.both(arrays.gather_bits(sure, scope.frame.trace(frame)), scope.sure)
        if expr.mode == "every":
            return leading(evaluator, expr.body, inner, scope.frame, within)
        frame, fails = scope.frame, evaluator.truth(expr.body, inner, scope.frame) if scope.frame.size else NO
    else:
        within, fails, rest = sure, not_(evaluator.truth(expr, env, frame)) if frame.size else NO, expr
    if within is not True:
        fails = Truth(arrays.both(within, fails.must), fails.may)
    return Leading(frame, fails, rest, env)


def _outcome(evaluator: Evaluator, expr: Expr, told: bool = False) -> Outcome:
    """What a norm gives on one chunk; officers and rows are numbered as in the register."""
    chunk = evaluator.chunk
    first = leading(evaluator, expr, {}, chunk.root, True)
    frame, fails = first.frame, first.fails
    hit = np.flatnonzero(arrays.whole(fails.must, frame.size))
    failing, days = _bindings(frame, hit), _sides(evaluator, first, hit) if told else None
    if fails.certain:
        possible = Bindings(frame.kinds, NO_ROWS, (NO_ROWS,) * len(frame.kinds))
    else:
        possible = _bindings(frame, np.flatnonzero(arrays.both(fails.may, arrays.negate(fails.must))))
    violated = _distinct(failing.officer)
    undetermined = np.setdiff1d(_distinct(possible.officer), violated, assume_unique=True)
    return Outcome(chunk.root.size, violated, undetermined, NO_ROWS, failing, possible, days)


def _sides(evaluator: Evaluator, first: Leading, hit: Index) -> Sides:
    """The days of the failing rows; nothing is remembered of so few rows."""
    if first.expr is None or not len(hit):
        return Sides.none(len(hit))
    return sides(evaluator, first.expr, first.env, first.frame.keep(hit, lasting=False))


def _given_up(officer: int) -> Outcome:
    """The outcome for one officer whose record is too large to judge this way."""
    one, none = np.array([officer], dtype=np.intp), Bindings((), NO_ROWS, ())
    return Outcome(1, NO_ROWS, one, one, none, none)


def _distinct(officers: Index) -> Index:
    """Each of some officers, who stand in order, once."""
    return officers[np.flatnonzero(np.diff(officers, prepend=-1))]


def _bindings(frame: Frame, rows: Index) -> Bindings:
    if not len(rows):
        return Bindings(frame.kinds, NO_ROWS, (NO_ROWS,) * len(frame.kinds))
    chunk, found = frame.chunk, []
    for slot, kind in enumerate(frame.kinds):
        column = frame.column(slot)
        found.append((rows if column is None else column.take(rows)) + chunk.segment(kind).start)
    officers = frame.trace(chunk.root)
    return Bindings(frame.kinds, (rows if officers is None else officers.take(rows)) + chunk.begin, tuple(found))


def _joined(parts: Sequence[Outcome]) -> Outcome:
    if not parts:
        none = Bindings((), NO_ROWS, ())
        return Outcome(0, NO_ROWS, NO_ROWS, NO_ROWS, none, none)
    return Outcome(
        sum(part.officers for part in parts),
        np.concatenate([part.violated for part in parts]),
        np.concatenate([part.undetermined for part in parts]),
        np.concatenate([part.given_up for part in parts]),
        _chained([part.failing for part in parts]),
        _chained([part.open for part in parts]),
        Sides.joined([part.sides for part in parts if part.sides is not None]),
    )


def _chained(parts: Sequence[Bindings]) -> Bindings:
    parts = [part for part in parts if len(part)] or parts[:1]
    columns = zip(*(part.rows for part in parts), strict=True)
    officer = np.concatenate([part.officer for part in parts])
    return Bindings(parts[0].kinds, officer, tuple(np.concatenate(column) for column in columns))
