"""The proof engine: a story, or a proof that there is none with any number of events.

All flags off and satisfiable: a story of the domain. A core without flags: a proof. Else the promises that the core
rests on are given the events that exist, and then one new event, the least deep first. Formulas are switched on
only when a story breaks them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import z3
from attrs import define, field

from compliance.norm.program import Profile
from compliance.smt import solve
from compliance.smt.answers import EngineDisagreement
from compliance.smt.encode import Readings
from compliance.smt.native import is_true
from compliance.smt.natural import Natural
from compliance.smt.polarity import Demands, next_on
from compliance.smt.query import Answer, Effort, GaveUp, Impossible, Query, Story
from compliance.smt.record import read
from compliance.smt.solve import Question, Unsat, minimise
from compliance.smt.terms import Cond, and_, implies, or_
from compliance.smt.unbounded.domain import domain
from compliance.smt.unbounded.lazy import Exists, Lazy
from compliance.smt.world import World
from compliance.timeline.model import Slot

GOAL: Final = "goal"
AXIOM: Final = "axiom:"
MOST_EVENTS: Final = 48
MOST_ROUNDS: Final = 600
RLIMIT: Final = 4_000_000
"""The solver's effort for one call."""

TOTAL: Final = 40_000_000
"""The solver's effort for one question; some ten seconds."""


@define(eq=False)
class Engine:
    """One question in one world."""

    query: Query
    preferred: Natural
    most_events: int = MOST_EVENTS
    total: int = TOTAL
    rounds: int = solve.ROUNDS
    """So often the calendar may be refined for one answer of the solver."""
    beside: World | None = None
    """A world whose context serves again: a new one takes as long to make as a short proof."""
    world: World = field(init=False)
    lazy: Lazy = field(init=False)
    active: dict[str, None] = field(factory=dict)
    demands: Demands = field(init=False)
    checks: int = 0
    start: int = 0

    def __attrs_post_init__(self) -> None:
        query = self.query
        self.world = World(query.calendar, self.beside.ctx) if self.beside else World(query.calendar)
        self.beside = None
        self.world.applications.monotone = True
        record = domain(self.world, query.program.vocabulary)
        readings = Readings(self.world, query.program.readings)
        self.lazy = Lazy(query.program, record, query.readings, readings)
        self.demands = Demands(query.program, query.readings)

    def run(self, start: Iterable[str] = ()) -> Answer:
        """A story, a proof or neither; `start` are axioms that are likely to be needed."""
        for name in (GOAL, *(AXIOM + name for name in start)):
            self.switch_on(name)
        for _ in range(MOST_ROUNDS):
            if self.spent() > self.total:
                return GaveUp("effort", self.cost())
            answer = self.ask()
            found: Answer | None
            if isinstance(answer, solve.GaveUp):
                return GaveUp("effort" if "cancel" in answer.reason else answer.reason, self.cost())
            if isinstance(answer, Unsat):
                found = self.widen(answer)
            elif self.instantiate(answer.model):
                found = None
            else:
                found = self.look(answer.model)
            if found is not None:
                return found
        return GaveUp("rounds", self.cost())

    def ask(self, below: int | None = None) -> solve.Answer:
        """The question with all flags off, or only those of promises less deep than `below`."""
        self.checks += 1
        flags = {
            flag: False
            for flag, each in self.lazy.exists.items()
            if not each.closed and (below is None or each.depth < below)
        }
        return solve.check(self.world, Question({**self.units(), **flags}, RLIMIT, self.rounds))

    def units(self) -> dict[str, bool]:
        return dict.fromkeys(self.active, True)

    def switch_on(self, name: str) -> None:
        if name not in self.world.named:
            typed = self.query.goal if name == GOAL else self.query.axioms[name[len(AXIOM) :]]
            side = self.query.side if name == GOAL else True
            self.world.name(name, self.lazy.wants(typed.expr, {}, side))
        self.active[name] = None

    # satisfiable

    def instantiate(self, model: z3.ModelRef) -> bool:
        """States the rules that hold in the model for the events that are present in it; whether there were any."""
        present = self.present(model)
        new = False
        for rule in list(self.lazy.forall.values()):
            waiting = [slot for slot in present.get(rule.kind, ()) if slot.index not in rule.done]
            if not waiting or not is_true(model, rule.literal, complete=False):
                continue
            for slot in waiting:
                rule.done.add(slot.index)
                self.world.fact(implies(and_(rule.literal, self.lazy.record.present(slot)), rule.instance(slot)))
                new = True
        return new

    def present(self, model: z3.ModelRef) -> dict[str, list[Slot]]:
        found: dict[str, list[Slot]] = {}
        for slot in self.lazy.domain.events:
            if _holds(model, self.lazy.record.present(slot)):
                found.setdefault(slot.kind, []).append(slot)
        return found

    def look(self, model: z3.ModelRef) -> Answer | None:
        """The record of a model: a story, or the formulas it breaks are switched on."""
        facts, profile = self.lazy.domain.facts(model, self.preferred), self.profile(model)
        judged = self.query.judge(facts, profile, {name[len(AXIOM) :] for name in self.active if name != GOAL})
        wrong = [name for name in judged.broken if AXIOM + name in self.active]
        if wrong or not judged.goal:
            raise EngineDisagreement((wrong or [GOAL])[0], {}, profile, True)
        if judged.is_story:
            return Story(facts, profile, self.cost(), tuple(n[len(AXIOM) :] for n in self.active if n != GOAL))
        for name in next_on(judged.broken, self.query.axioms, self.query.goal, self.demands):
            self.switch_on(AXIOM + name)
        return None

    def profile(self, model: z3.ModelRef) -> Profile:
        found = {name: values[0] for name, values in self.query.program.readings.items()} | {**self.query.readings}
        for name, variable in self.lazy.readings.variables.items():
            found[name] = str(read(model, variable))
        return found

    # unsatisfiable

    def widen(self, answer: Unsat) -> Answer | None:
        """A proof, or more events for the promises that stand in the way.

        NOTE(fair) A core need not name the promise that matters: a chain of ever earlier events has a core at its end
        each time. So the least deep promises that contradict each other alone are served first.
        """
        promises = [self.lazy.exists[name] for name in answer.core if name in self.lazy.exists]
        if not promises:
            return self.proved(answer.core)
        new = [each for each in promises if self.offer(each)]
        if new:
            return None
        if len(self.lazy.domain.events) >= self.most_events:
            return GaveUp("events", self.cost())
        least = min(each.depth for each in promises)
        if least > 1:
            shallow = self.ask(below=least)
            if isinstance(shallow, Unsat):
                return self.widen(shallow)
            if isinstance(shallow, solve.Sat) and self.instantiate(shallow.model):
                return None
        order = {flag: at for at, flag in enumerate(self.lazy.exists)}
        self.invent(min(promises, key=lambda each: (each.depth, order[each.flag])))
        return None

    def offer(self, promise: Exists, new: Collection[Slot] = ()) -> bool:
        """Offers the existing events as witnesses; whether one was new to the promise."""
        waiting = [slot for slot in self.lazy.domain.slots(promise.kind) if slot.index not in promise.tried]
        if not waiting:
            return False
        witnesses: list[Cond] = []
        for slot in waiting:
            promise.tried.add(slot.index)
            witnesses.append(and_(self.lazy.record.present(slot), promise.instance(slot)))
        self.move(promise, witnesses)
        return True

    def move(self, promise: Exists, witnesses: list[Cond]) -> None:
        """The promise is kept by one of the witnesses, or its next flag is up."""
        before = self.world.named[promise.flag]
        del self.lazy.exists[promise.flag]
        promise.flag = self.world.fresh("nu")
        self.world.name(promise.flag, self.world.bool(promise.flag))
        after = self.world.named[promise.flag]
        self.world.fact(implies(before, or_(*witnesses, after)))
        self.lazy.exists[promise.flag] = promise

    def invent(self, promise: Exists) -> None:
        """A new event, different from all others of its kind, keeps the promise."""
        slot = self.lazy.domain.add(promise.kind, promise.depth)
        promise.tried.add(slot.index)
        promise.closed = True
        witness = and_(self.lazy.record.present(slot), promise.instance(slot))
        self.world.fact(implies(self.world.named[promise.flag], witness))

    def proved(self, core: Collection[str]) -> Answer:
        """The fewest units that still contradict the goal, without any flag."""
        assume = self.units()
        kept = minimise(self.world, tuple(name for name in core if name in assume), assume)
        axioms = tuple(name for name in self.query.axioms if AXIOM + name in kept)
        return Impossible(axioms, GOAL in kept, self.cost())

    def assumed(self, proof: Impossible) -> dict[str, bool]:
        """The names of this world on which a proof rests."""
        goal = {GOAL: True} if proof.goal_used else {}
        return {**goal, **{AXIOM + name: True for name in proof.core}}

    # effort

    def spent(self) -> int:
        """The solver's own count of its steps in this world."""
        return self.effort() - self.start

    def effort(self) -> int:
        counted = self.world.solver.statistics()
        return int(counted.get_key_value("rlimit count")) if "rlimit count" in counted.keys() else 0  # noqa: SIM118

    def cost(self) -> Effort:
        return Effort(self.checks, self.spent(), len(self.active) - 1, len(self.lazy.domain.events))


def _holds(model: z3.ModelRef, cond: Cond) -> bool:
    return cond if isinstance(cond, bool) else is_true(model, cond, complete=False)


def settle(query: Query, preferred: Natural | None = None) -> Answer:
    """The answer of the engine."""
    return Engine(query, preferred or query.preferred).run()


__all__ = ["Engine", "settle"]
