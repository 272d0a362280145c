"""A question about all records: is there one that keeps the axioms and on which a formula holds (or fails)?

Plain values; importing this loads no solver. A story is such a record, replayed by the evaluator before it leaves
the solver edge. Attributes that an author only stipulates are left at their defaults; the mode of duties is open.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from compliance.calendar.working import WorkingCalendar
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.smt.natural import Natural, natural


@frozen(eq=False)
class Query:
    """Wanted: a record on which every axiom holds and `goal` is `side`.

    Readings that `profile` leaves out are free: the story may choose them, and a proof covers all their values.
    """

    program: Program
    calendar: WorkingCalendar
    axioms: Mapping[str, Typed]
    goal: Typed
    side: bool
    profile: Profile
    natural: Natural | None = None
    """The preferences for stories, where they are known already."""

    @property
    def readings(self) -> Profile:
        """The fixed readings, the mode of duties among them."""
        return {DUE: OPEN, **self.profile}

    @property
    def preferred(self) -> Natural:
        """The natural values under the formulas of the query."""
        return self.natural or natural(self.program, (typed.expr for typed in self.formulas()))

    def formulas(self) -> Iterator[Typed]:
        yield self.goal
        yield from self.axioms.values()

    def judge(self, facts: Facts, profile: Profile, known: Container[str] = ()) -> Judged:
        """What the evaluator says of a record. Axioms that are `known` to hold are judged last, if all others hold."""
        evaluator = Evaluator(self.program, self.calendar, facts, {DUE: OPEN, **profile})
        new = {name: axiom for name, axiom in self.axioms.items() if name not in known}
        broken = tuple(name for name, axiom in new.items() if not evaluator.truth(axiom.expr, {}))
        if broken:
            return Judged(True, broken)
        old = {name: axiom for name, axiom in self.axioms.items() if name in known}
        broken = tuple(name for name, axiom in old.items() if not evaluator.truth(axiom.expr, {}))
        return Judged(evaluator.truth(self.goal.expr, {}) == self.side, broken)

    def is_story(self, facts: Facts, profile: Profile, first: tuple[str, ...] = ()) -> bool:
        """Whether a record answers the question; the axioms of `first` are those most likely to be broken."""
        evaluator = Evaluator(self.program, self.calendar, facts, {DUE: OPEN, **profile})
        order = {**{name: self.axioms[name] for name in first if name in self.axioms}, **self.axioms}
        right = evaluator.truth(self.goal.expr, {}) == self.side
        return right and all(evaluator.truth(axiom.expr, {}) for axiom in order.values())


@frozen
class Judged:
    """The evaluator's verdict on a record: whether the goal is as wanted, and which axioms fail."""

    goal: bool
    broken: tuple[str, ...]

    @property
    def is_story(self) -> bool:
        return self.goal and not self.broken


@frozen
class Effort:
    """What an answer cost: calls of the solver, its own measure of effort, formulas switched on, events at the end."""

    checks: int = 0
    rlimit: int = 0
    active: int = 0
    events: int = 0


@frozen
class Story:
    """A record that answers the question, replayed; `profile` is the readings under which it does."""

    facts: Facts
    profile: Profile
    effort: Effort = field(default=Effort(), eq=False)
    active: tuple[str, ...] = field(default=(), eq=False)
    """The axioms that had to be looked at."""


@frozen
class Impossible:
    """There is no such record with any number of events; `core` are axioms that together with the goal forbid it."""

    core: tuple[str, ...]
    goal_used: bool = True
    effort: Effort = field(default=Effort(), eq=False)


@frozen
class NoStory:
    """No record with at most `slots` events of a kind, between the days of the search."""

    slots: int
    core: tuple[str, ...] = ()
    effort: Effort = field(default=Effort(), eq=False)


@frozen
class GaveUp:
    """Neither; the reason."""

    reason: str
    effort: Effort = field(default=Effort(), eq=False)


Found: TypeAlias = Story | NoStory | GaveUp
Answer: TypeAlias = Story | Impossible | GaveUp
