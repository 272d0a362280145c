"""One job's solver: a fresh context with fixed seeds, its facts, its named assumptions and its calendar.

Everything that is asked is asked by assumption (see solve.py), so that one world serves many questions and keeps
what it learned. The same calls in the same order give the same bytes, whatever the process did before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import z3
from attrs import define, field

from compliance.calendar.days import NEVER
from compliance.calendar.working import WorkingCalendar
from compliance.smt.calendar import Applications, bound
from compliance.smt.native import boolean, state
from compliance.smt.terms import Cond, Num, any_, eq, exactly_one, iff, implies, not_, within
from compliance.smt.values import Atom, Either, Sym, gather, key, options

SEED = 0
WIDE = 16
"""So many possible days or quarters are one integer; fewer are alternatives, and propositional."""

APART = 3
"""So many uncertain days stay apart in one value; more are drawn together into a fresh one."""


def _context() -> z3.Context:
    return z3.Context()


@define(eq=False)
class World:
    """A solver with everything that its facts, definitions and questions share."""

    calendar: WorkingCalendar
    ctx: z3.Context = field(factory=_context)
    solver: z3.Solver = field(init=False)
    applications: Applications = field(init=False)
    named: dict[str, Cond] = field(factory=dict)
    kept: list[object] = field(factory=list)
    """Terms that are kept alive because their identity is a key somewhere."""
    pinned: set[str] = field(factory=set)
    count: int = 0
    rlimit: int = 0

    def __attrs_post_init__(self) -> None:
        self.solver = z3.Solver(ctx=self.ctx)
        self.solver.set("random_seed", SEED)
        self.applications = Applications(self.calendar, self.solver)

    def limit(self, rlimit: int) -> None:
        """Limits the effort for each question from now on."""
        if rlimit != self.rlimit:
            self.solver.set("rlimit", rlimit)
            self.rlimit = rlimit

    def fact(self, *conds: Cond) -> None:
        """States what holds whatever is assumed."""
        for cond in conds:
            if cond is not True:
                state(self.solver, z3.BoolVal(False, self.ctx) if cond is False else cond)

    def bool(self, name: str) -> z3.BoolRef:
        return boolean(self.ctx, name)

    def fresh(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}!{self.count}"

    def number(self, name: str, intervals: Iterable[tuple[int, int]]) -> Num | int:
        """A new day or quarter in one of the intervals."""
        spans = tuple(intervals)
        lo, hi = spans[0][0], spans[-1][1]
        if lo == hi:
            return lo
        term = z3.Int(name, self.ctx)
        bound(self.solver, term, lo, hi)
        found = Num(term, lo, hi)
        if len(spans) > 1:
            self.fact(any_(within(found, first, last) for first, last in spans))
        return found

    def one_of(self, name: str, values: tuple[Atom, ...]) -> Sym:
        """A new value that is one of the given ones: one-hot, one Bool where there are two."""
        numbers = sorted({v for v in values if isinstance(v, int) and not isinstance(v, bool) and v != NEVER})
        if len(numbers) > WIDE:
            return self._wide(name, values, numbers)
        if len(values) == 1:
            return values[0]
        if len(values) == 2:
            first = self.bool(f"{name}={_word(values[0])}")
            return gather([(values[0], first), (values[1], not_(first))])
        conds = [self.bool(f"{name}={_word(value)}") for value in values]
        self.fact(exactly_one(conds))
        return gather(zip(values, conds, strict=True))

    def _wide(self, name: str, values: tuple[Atom, ...], numbers: list[int]) -> Sym:
        spans: list[tuple[int, int]] = []
        for value in numbers:
            if spans and spans[-1][1] == value - 1:
                spans[-1] = spans[-1][0], value
            else:
                spans.append((value, value))
        others = tuple(v for v in values if not isinstance(v, int) or isinstance(v, bool) or v == NEVER)
        if not others:
            return self.number(name, spans)
        which = self.one_of(f"{name}:is", (*others, "a number"))
        number = self.number(name, spans)
        return gather((number if atom == "a number" else atom, cond) for atom, cond in options(which))

    def define(self, name: str, value: Sym) -> Sym:
        """The same value under a name of its own: a formula becomes one atom, many uncertain days one."""
        if isinstance(value, z3.BoolRef):
            return self._define_truth(name, value)
        if isinstance(value, Either):
            return self._define_days(name, value)
        return value

    def _define_truth(self, name: str, value: z3.BoolRef) -> z3.BoolRef:
        plain = value.arg(0) if value.decl().kind() == z3.Z3_OP_NOT else value
        if z3.is_const(plain):
            return value
        atom = self.bool(self.fresh(name))
        self.fact(iff(atom, value))
        return atom

    def _define_days(self, name: str, value: Either) -> Sym:
        days = [(atom, cond) for atom, cond in value.options if isinstance(atom, Num)]
        if len(days) <= APART:
            return value
        others = [(atom, cond) for atom, cond in value.options if not isinstance(atom, Num)]
        spans = ((min(day.lo for day, _ in days), max(day.hi for day, _ in days)),)
        drawn = self.number(self.fresh(name), spans)
        for day, cond in days:
            self.fact(implies(cond, eq(drawn, day)))
        return gather([*others, (drawn, any_(cond for _, cond in days))])

    def name(self, name: str, cond: Cond) -> None:
        """Gives a condition a name under which it can be assumed, or its opposite, and found in a core."""
        known = self.named.get(name)
        if known is not None:
            assert key(known) == key(cond) or isinstance(known, z3.BoolRef), name
            return
        if isinstance(cond, bool):
            self.named[name] = cond
            return
        literal = self.bool(f"named:{name}")
        self.fact(iff(literal, cond))
        self.named[name] = literal

    def name_all(self, conds: Mapping[str, Cond]) -> None:
        for name, cond in conds.items():
            self.name(name, cond)

    def keep(self, value: object) -> None:
        self.kept.append(value)


def _word(value: Atom) -> str:
    if isinstance(value, frozenset):
        return "{" + ",".join(sorted(value)) + "}"
    return str(value)


__all__ = ["SEED", "World"]
