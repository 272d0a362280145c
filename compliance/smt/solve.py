"""The one call of the solver: a question is a set of named assumptions, an answer is one of three.

`Unsat` names assumptions that cannot hold together, `Sat` carries a model in which every calendar function has its
true value, `GaveUp` says why. Anything but a plain yes or no of the solver is `GaveUp`, never either of the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import z3
from attrs import define, field, frozen

from compliance.smt.calendar import Application
from compliance.smt.native import ask, blamed
from compliance.smt.record import holds
from compliance.smt.terms import Cond, Num, implies, le, not_
from compliance.smt.world import World

RLIMIT = 20_000_000
"""The solver's own measure of effort for one question; about ten seconds."""

ROUNDS = 2_000
"""Refinements of the calendar after which a question is given up."""


@frozen(eq=False)
class Sat:
    """A model; valid until the world is asked again only through what was read from it."""

    model: z3.ModelRef

    def holds(self, cond: Cond) -> bool:
        return holds(self.model, cond)


@frozen
class Unsat:
    """The names of assumptions that contradict each other (not always the fewest: see `minimise`)."""

    core: tuple[str, ...]


@frozen
class GaveUp:
    """Neither; the solver's reason."""

    reason: str


Answer: TypeAlias = Sat | Unsat | GaveUp


@frozen
class Question:
    """Names of the world, each assumed to hold or to fail."""

    assume: Mapping[str, bool]
    rlimit: int = RLIMIT
    rounds: int = ROUNDS


@define(eq=False)
class _Pins:
    """NOTE(pins) in smt/calendar.py: arguments held where the last wrong model had them."""

    world: World
    active: dict[int, z3.BoolRef] = field(factory=dict)
    drops: int = 0

    def put(self, spans: Mapping[int, tuple[Num, int, int]]) -> None:
        self.active, self.drops = {}, 0
        for key, (arg, lo, hi) in spans.items():
            if lo > arg.lo or hi < arg.hi:
                self.active[key] = self._literal(key, arg, lo, hi)

    def _literal(self, key: int, arg: Num, lo: int, hi: int) -> z3.BoolRef:
        name = f"pin!{key}!{lo}!{hi}"
        literal = self.world.bool(name)
        if name not in self.world.pinned:
            self.world.pinned.add(name)
            self.world.fact(implies(literal, le(lo, arg)), implies(literal, le(arg, hi)))
        return literal

    def drop(self, core: set[int]) -> bool:
        """Gives up the pins that a core rests on; whether there were any."""
        loose = [key for key, literal in self.active.items() if literal.get_id() in core]
        self.drops += 1
        for key in loose if self.drops < 2 else tuple(self.active) if loose else ():
            del self.active[key]
        return bool(loose)


def check(world: World, question: Question | Mapping[str, bool]) -> Answer:
    """Asks whether the assumptions can hold together in the world."""
    if not isinstance(question, Question):
        question = Question(question)
    literals: dict[int, tuple[str, z3.BoolRef]] = {}
    for name, wanted in question.assume.items():
        cond = world.named[name] if wanted else not_(world.named[name])
        if cond is False:
            return Unsat((name,))
        if cond is not True:
            literals.setdefault(cond.get_id(), (name, cond))
    world.limit(question.rlimit)
    return _refine(world, literals, question.rounds)


def _refine(world: World, literals: Mapping[int, tuple[str, z3.BoolRef]], rounds: int) -> Answer:
    pins = _Pins(world)
    for _ in range(rounds):
        outcome = ask(world.solver, [*(cond for _, cond in literals.values()), *pins.active.values()])
        if outcome == z3.sat:
            model = world.solver.model()
            wrong = world.applications.wrong(model)
            if not wrong:
                return Sat(model)
            _learn(world, wrong)
            pins.put(world.applications.pins(model))
        elif outcome == z3.unsat:
            keys = blamed(world.solver)
            if not pins.drop(keys):
                return Unsat(tuple(sorted({literals[key][0] for key in keys if key in literals})))
        else:
            return GaveUp(str(world.solver.reason_unknown()))
    return GaveUp(f"calendar not settled after {rounds} rounds")


def _learn(world: World, wrong: list[tuple[Application, int]]) -> None:
    for application, day in wrong:
        world.applications.state(application, world.applications.piece(application, day))


def minimise(world: World, core: tuple[str, ...], assume: Mapping[str, bool]) -> tuple[str, ...]:
    """A core from which no name can be left out; a name whose necessity the solver cannot settle stays."""
    kept = list(core)
    for name in core:
        if name not in kept:
            continue
        answer = check(world, {n: assume[n] for n in kept if n != name})
        if isinstance(answer, Unsat):
            kept = [n for n in kept if n in answer.core]
    return tuple(kept)
