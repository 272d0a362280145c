"""Settles obligations: a few rich stories answer most situations, the engines the rest; every core of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import define, field, frozen

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Typed
from compliance.prove.decide import Worlds, decide
from compliance.prove.obligations.generate import Obligation
from compliance.prove.questions import natural_values
from compliance.smt.natural import Natural
from compliance.smt.query import GaveUp, Impossible, Query, Story

SLOTS = (2,)
MOST_CORES = 40
"""So many minimal sets of norms are looked for, at most, for one obligation."""


@frozen(eq=False)
class Settled:
    """An obligation that is met (`story`), not met (`cores`, every minimal set of norms that forbids it), or open.

    `exhausted`: no further minimal set exists. `always`: it fails under every reading, not the default ones alone.
    """

    obligation: Obligation
    story: Facts | None = None
    cores: tuple[tuple[str, ...], ...] = ()
    exhausted: bool = True
    always: bool = False
    reason: str = ""

    @property
    def met(self) -> bool:
        return self.story is not None


@define(eq=False)
class Settler:
    """One law; the stories found so far answer later situations without any solver."""

    law: Law
    calendar: WorkingCalendar
    readings: Profile
    natural: Natural = field(init=False)
    axioms: Mapping[str, Typed] = field(init=False)
    pool: list[tuple[Facts, Evaluator]] = field(factory=list)
    worlds: Worlds = field(factory=lambda: Worlds(few=0))

    def __attrs_post_init__(self) -> None:
        self.natural = natural_values(self.law)
        self.axioms = {
            **{norm.id: norm.typed for norm in self.law.norms},
            **{fact.id: fact.typed for fact in self.law.world},
        }

    def query(self, obligation: Obligation, without: Iterable[str] = (), profile: Profile | None = None) -> Query:
        gone = {*without, *((obligation.without,) if obligation.without else ())}
        axioms = {name: typed for name, typed in self.axioms.items() if name not in gone}
        readings = self.readings if profile is None else profile
        return Query(self.law.program, self.calendar, axioms, obligation.goal, True, readings, self.natural)

    def settle(self, obligation: Obligation) -> Settled:
        """The answer under the default readings, and for what fails under every reading."""
        known = self.known(obligation) if obligation.without is None else None
        if known is not None:
            return Settled(obligation, known)
        answer = self.ask(self.query(obligation))
        if isinstance(answer, Story):
            if obligation.without is None:
                evaluator = Evaluator(self.law.program, self.calendar, answer.facts, {DUE: OPEN, **self.readings})
                self.pool.append((answer.facts, evaluator))
            return Settled(obligation, answer.facts)
        if isinstance(answer, GaveUp):
            return Settled(obligation, reason=answer.reason, exhausted=False)
        cores, exhausted = all_cores(answer, lambda gone: self.ask(self.query(obligation, gone)))
        return Settled(obligation, None, cores, exhausted, obligation.sort != "pair" and self.always(obligation, cores))

    def always(self, obligation: Obligation, cores: Iterable[tuple[str, ...]]) -> bool:
        """Whether it fails under every reading: what forbids it under the default ones is looked at first."""
        blamed = tuple(dict.fromkeys(name for core in cores for name in core))
        found = decide(self.query(obligation, profile={}), False, SLOTS, kept=self.worlds, blamed=blamed)
        return isinstance(found.answer, Impossible)

    def known(self, obligation: Obligation) -> Facts | None:
        for facts, evaluator in self.pool:
            if evaluator.truth(obligation.goal.expr, {}):
                return facts
        return None

    def ask(self, query: Query) -> Story | Impossible | GaveUp:
        return decide(query, True, SLOTS, kept=self.worlds).answer


def all_cores(
    first: Impossible, ask: Callable[[frozenset[str]], Story | Impossible | GaveUp]
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """Every minimal set of norms that forbids a situation, and whether there are no more.

    A tree of hitting sets: without one norm of each known set, is it still forbidden? If so, that is another set.
    """
    cores = [first.core]
    tried: set[frozenset[str]] = set()
    waiting: list[frozenset[str]] = [frozenset({name}) for name in first.core]
    certain = True
    while waiting:
        gone = waiting.pop(0)
        if gone in tried:
            continue
        tried.add(gone)
        untouched = next((core for core in cores if not gone & set(core)), None)
        if untouched is None:
            answer = ask(gone)
            if isinstance(answer, GaveUp):
                certain = False
            if not isinstance(answer, Impossible):
                continue
            untouched = answer.core
            cores.append(untouched)
        if len(cores) >= MOST_CORES:
            return tuple(cores), False
        waiting.extend(gone | {name} for name in untouched)
    return tuple(cores), certain


def clash(found: Settled, by_id: Mapping[str, Settled]) -> bool:
    """Whether two norms cannot be kept together though each can; triggers that exclude each other do not clash."""
    if found.met or found.obligation.sort != "pair" or () in found.cores:
        return False
    first, second = found.obligation.id.removeprefix("pair:").split("+")
    alone = [core for name in (first, second) if (one := by_id.get(f"kept:{name}")) for core in one.cores]
    return not any(set(core) <= set(whole) for core in alone for whole in found.cores)


def rich_first(obligations: Iterable[Obligation]) -> Iterator[Obligation]:
    """Situations that need many events first: their stories answer the others."""
    yield from sorted(obligations, key=lambda each: -len(each.goal.kinds))


__all__ = ["MOST_CORES", "Settled", "Settler", "all_cores", "clash", "rich_first"]
