"""The smallest repair of a record: the cheapest facts to change so that broken formulas hold and no other breaks.

Core-guided: all facts are assumed as they are; a core names facts of which one must change; these are set free under
a bound on their cost, which rises only as cores demand. Then, with everything else held, days are moved as little as
possible, onto working days where that can be; and the evaluator replays the repaired record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import z3
from attrs import define, field, frozen

from compliance.calendar.functions import NextWorkingDay
from compliance.calendar.working import WorkingCalendar
from compliance.norm.evaluate import Evaluator
from compliance.norm.facts import Event, Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.types import Value
from compliance.smt.answers import Always, Undecided
from compliance.smt.decide import Case, decide
from compliance.smt.decode import Claim
from compliance.smt.optimise import distance, least, most
from compliance.smt.relax import Relaxed, Soft, Stays, Step, nobody_chooses, relax
from compliance.smt.solve import RLIMIT, GaveUp, Question, Sat, check
from compliance.smt.terms import Int, Num, eq, not_
from compliance.smt.values import Sym
from compliance.timeline.model import Choice, OneOf, Slot, Timeline


@frozen
class Change:
    """One fact changed; `add` and `remove` are of a whole event, whose day stands in `after` or `before`.

    `event` is the kind of the event, `attrs` are those of one that is added.
    """

    step: Step
    path: str
    event: str
    before: Value
    after: Value
    attrs: tuple[tuple[str, Value], ...] = ()


@frozen
class Repair:
    """The changes in the order of the file, and the record after them (uncertain facts as in `choice`)."""

    changes: tuple[Change, ...]
    cost: int
    shift: int
    """By how many days dates were moved in all."""
    choice: Choice
    facts: Facts


@frozen
class NoRepair:
    """No change of the facts that may change helps."""


Repaired: TypeAlias = Repair | NoRepair | Undecided


def repair(
    program: Program,
    calendar: WorkingCalendar,
    timeline: Timeline,
    broken: Mapping[str, Typed],
    others: Mapping[str, Typed],
    profile: Profile,
    *,
    candidates: Iterable[Slot] = (),
    stays: Stays = nobody_chooses,
    rlimit: int = RLIMIT,
) -> Repaired:
    """Makes `broken` hold; those of `others` that held (in every completion) still hold afterwards.

    `candidates` are acts that may be added: slots with indices of their own, their days and attributes open where
    the repair may choose. Events of the kinds that `broken` speaks of may change; if that does not do, all may.
    """
    candidates = tuple(candidates)
    kept = _holding(program, calendar, timeline, others, profile, rlimit)
    near = frozenset().union(*(formula.kinds for formula in broken.values()))
    every = frozenset(slot.kind for slot in timeline.slots)
    found: Repaired = NoRepair()
    for kinds in dict.fromkeys((near & every, every)):
        relaxed = relax(timeline, program.vocabulary, kinds, candidates, stays)
        found = _lazily(program, calendar, relaxed, broken, kept, profile, rlimit)
        if not isinstance(found, NoRepair):
            return found
    return found


def _lazily(
    program: Program,
    calendar: WorkingCalendar,
    relaxed: Relaxed,
    broken: Mapping[str, Typed],
    kept: Mapping[str, Typed],
    profile: Profile,
    rlimit: int,
) -> Repaired:
    """Repairs with few formulas first; those of `kept` that the evaluator then finds broken join the next round.

    What is cheapest for some of the formulas and keeps them all is cheapest for all.
    """
    active = dict(broken)
    while True:
        search = _Search(Case(program, calendar, relaxed.timeline), relaxed, active, profile, rlimit)
        found = search.run()
        if not isinstance(found, Repair):
            return found
        evaluator = Evaluator(program, calendar, found.facts, profile)
        newly = {name: formula for name, formula in kept.items() if not evaluator.truth(formula.expr, {})}
        if not newly:
            return found
        assert not newly.keys() & active.keys(), "a formula that the solver keeps is broken: replay has said otherwise"
        active |= newly


def _holding(
    program: Program,
    calendar: WorkingCalendar,
    timeline: Timeline,
    others: Mapping[str, Typed],
    profile: Profile,
    rlimit: int,
) -> dict[str, Typed]:
    if timeline.certain:
        evaluator = Evaluator(program, calendar, timeline.facts(), profile)
        return {name: formula for name, formula in others.items() if evaluator.truth(formula.expr, {})}
    verdicts = decide(program, calendar, timeline, others, profile, rlimit=rlimit)
    return {name: formula for name, formula in others.items() if verdicts[name] == Always(True)}


@define(eq=False)
class _Search:
    """One relaxed record, with the formulas that must hold after the repair."""

    case: Case
    relaxed: Relaxed
    formulas: Mapping[str, Typed]
    profile: Profile
    rlimit: int
    hard: dict[str, bool] = field(factory=dict)
    softs: list[Soft] = field(factory=list)
    """Facts that the formulas ask for; all others stay."""

    def run(self) -> Repaired:
        world = self.case.world
        for name, formula in self.formulas.items():
            world.name(f"holds:{name}", self.case.encode(formula, self.profile)[0])
            self.hard[f"holds:{name}"] = True
        self.softs = [soft for soft in self.relaxed.softs if soft.path in self.case.record.variables]
        for soft in self.softs:
            world.name(soft.name, soft.kept(self.case.record))
        found = self._cheapest()
        if not isinstance(found, Sat):
            return found
        changed = [soft for soft in self.softs if not found.holds(world.named[soft.name])]
        self.hard |= {soft.name: soft not in changed for soft in self.softs}
        return self._finish(found, changed)

    def _cheapest(self) -> Sat | NoRepair | Undecided:
        free: list[Soft] = []
        bound = 0
        while True:
            kept = {soft.name: True for soft in self.softs if soft not in free}
            limit = self._limit(free, bound)
            answer = check(self.case.world, Question({**self.hard, **kept, limit: True}, self.rlimit))
            if isinstance(answer, Sat):
                return answer
            if isinstance(answer, GaveUp):
                return Undecided(answer.reason)
            blamed = [soft for soft in self.softs if soft.name in answer.core]
            if not blamed and limit not in answer.core:
                return NoRepair()
            free.extend(blamed)
            sums = _sums(soft.cost for soft in free)
            higher = [total for total in sums if total > bound]
            if not higher:
                return NoRepair()
            bound = min(higher)

    def _limit(self, free: list[Soft], bound: int) -> str:
        """Names the condition that changing the free facts costs no more than the bound."""
        world = self.case.world
        name = f"cost:{len(free)}:{bound}"
        conds = [(not_(world.named[soft.name]), soft.cost) for soft in free]
        open_conds = [(cond, cost) for cond, cost in conds if not isinstance(cond, bool)]
        assert len(open_conds) == len(conds)
        world.name(name, z3.PbLe(open_conds, bound) if open_conds else True)
        return name

    def _finish(self, found: Sat, changed: list[Soft]) -> Repaired:
        """Chooses the days well, everything else being settled."""
        record, world = self.case.record, self.case.world
        moved = {soft.path: soft for soft in changed if soft.step == "move"}
        added = [soft.slot for soft in changed if soft.step == "add"]
        days = {path: record.variable(path) for path in moved}
        days |= {f"events[{slot.index}].date": record.date(slot) for slot in added}
        for path, day in days.items():
            if isinstance(day, Num):
                world.name(f"working:{path}", eq(world.applications.apply(NextWorkingDay(), day), day))
                found = self._prefer(f"working:{path}", found)
        shift = distance((_number(days[path]), _int(soft.was)) for path, soft in moved.items())
        found = least(world, self.hard, "shift", shift, found, self.rlimit)
        for slot in added:
            found = self._settle_added(slot, found)
        unasked = {soft.path: soft.was for soft in self.relaxed.softs if soft.path not in record.variables}
        return self._replayed({**record.choice(found.model), **unasked}, changed)

    def _prefer(self, name: str, found: Sat) -> Sat:
        """Holds to a wish if that can be."""
        if not found.holds(self.case.world.named[name]):
            answer = check(self.case.world, Question({**self.hard, name: True}, self.rlimit))
            if not isinstance(answer, Sat):
                return found
            found = answer
        self.hard[name] = True
        return found

    def _settle_added(self, slot: Slot, found: Sat) -> Sat:
        """The attributes that the caller put first, then the latest day."""
        record, world = self.case.record, self.case.world
        for name, value in slot.attrs.items():
            path = f"events[{slot.index}].{name}"
            if path in record.variables and isinstance(value, OneOf):
                world.name(f"natural:{path}", record.equals(path, value.values[0]))
                found = self._prefer(f"natural:{path}", found)
        day = record.date(slot)
        return most(world, self.hard, f"events[{slot.index}]", day, found, self.rlimit)

    def _replayed(self, choice: Choice, changed: list[Soft]) -> Repair:
        claims = [Claim(name, formula, self.profile, True) for name, formula in self.formulas.items()]
        self.case.replay.confirm(choice, claims)
        facts = self.relaxed.timeline.facts(choice)
        events = {event.index: event for event in facts.events}
        changes = tuple(dict.fromkeys(_change(soft, choice, events) for soft in changed))
        shift = sum(abs(_int(c.after) - _int(c.before)) for c in changes if c.step == "move")
        return Repair(changes, sum(soft.cost for soft in changed), shift, choice, facts)


def _change(soft: Soft, choice: Choice, events: Mapping[int, Event]) -> Change:
    slot = soft.slot
    if soft.step == "remove":
        day = slot.date if isinstance(slot.date, int) else choice[f"events[{slot.index}].date"]
        return Change("remove", f"events[{slot.index}]", slot.kind, day, None)
    if soft.step == "add":
        event = events[slot.index]
        return Change("add", f"events[{slot.index}]", slot.kind, None, event.date, tuple(event.attrs.items()))
    return Change(soft.step, soft.path, slot.kind, soft.was, choice[soft.path])


def _sums(costs: Iterable[int]) -> set[int]:
    """All totals that some of the costs make."""
    totals = {0}
    for cost in costs:
        totals |= {total + cost for total in totals}
    return totals


def _int(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _number(value: Sym) -> Int:
    assert isinstance(value, int | Num)
    return value
