"""The shipped stories as judges of mutants: only the norms that a mutant touches are evaluated, until one differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field, frozen

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.ast import Expr
from compliance.norm.evaluate import CLOSED, DUE, OPEN, Bound, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Program
from compliance.prove.mutate.mutants import Mutant

Memory = dict[tuple[object, ...], list[tuple[Profile, Bound]]]
Status = tuple[bool, bool]
"""Whether a norm holds while its duties are open, and whether it holds once they must be discharged."""


@frozen(eq=False)
class Story:
    """A complete record, with the profiles under which its author says what comes out."""

    name: str
    facts: Facts
    profiles: tuple[Profile, ...]
    units: frozenset[str]


@define(eq=False)
class Bench:
    """The stories and what the law says of them."""

    law: Law
    calendar: WorkingCalendar
    stories: Sequence[Story]
    base: dict[tuple[int, int, str], Status] = field(factory=dict)
    memories: dict[int, Memory] = field(factory=dict)

    def killer(self, mutant: Mutant) -> str | None:
        """The first story on which a touched norm turns out otherwise."""
        units = {self.law.norm(name).unit for name in mutant.norms}
        for at in self.order(units):
            if self.differs(at, mutant):
                return self.stories[at].name
        return None

    def order(self, units: set[str]) -> Iterator[int]:
        """Stories that break one of the units first."""
        near = [at for at, story in enumerate(self.stories) if story.units & units]
        yield from near
        yield from (at for at in range(len(self.stories)) if at not in set(near))

    def differs(self, at: int, mutant: Mutant) -> bool:
        """Whether a unit is judged otherwise; a norm that fails unseen behind another of its unit tells nothing."""
        story = self.stories[at]
        same = mutant.program is self.law.program
        memory: Memory = self.memories.setdefault(at, {}) if same else {}
        for number, profile in enumerate(story.profiles):
            found: dict[str, Status] = {}
            for name, expr in mutant.norms.items():
                known = self.known(at, number, name, profile)
                found[name] = self.status(mutant.program, expr, story.facts, profile, memory)
                if found[name] != known and self.shows(at, number, name, profile, mutant, found, memory):
                    return True
        return False

    def shows(
        self,
        at: int,
        number: int,
        name: str,
        profile: Profile,
        mutant: Mutant,
        found: dict[str, Status],
        memory: Memory,
    ) -> bool:
        """Whether the unit of a norm that differs is judged otherwise, its other norms counted in."""
        law, other = (True, True), (True, True)
        for norm in self.law.norms_of(self.law.norm(name).unit):
            known = self.known(at, number, norm.id, profile)
            if norm.id in mutant.norms and norm.id not in found:
                found[norm.id] = self.status(
                    mutant.program, mutant.norms[norm.id], self.stories[at].facts, profile, memory
                )
            now = found.get(norm.id, known)
            law = law[0] and known[0], law[1] and known[1]
            other = other[0] and now[0], other[1] and now[1]
        return law != other

    def known(self, at: int, number: int, name: str, profile: Profile) -> Status:
        key = (at, number, name)
        if key not in self.base:
            memory = self.memories.setdefault(at, {})
            expr = self.law.norm(name).expr
            self.base[key] = self.status(self.law.program, expr, self.stories[at].facts, profile, memory)
        return self.base[key]

    def status(self, program: Program, expr: Expr, facts: Facts, profile: Profile, memory: Memory) -> Status:
        evaluator = Evaluator(program, self.calendar, facts, {**profile, DUE: OPEN}, memory)
        held = evaluator.truth(expr, {})
        if not held or DUE not in evaluator.consulted:
            return held, held
        return held, Evaluator(program, self.calendar, facts, {**profile, DUE: CLOSED}, memory).truth(expr, {})


def profiles(default: Profile, fixed: Mapping[str, str], turning: Mapping[str, Iterable[str]]) -> tuple[Profile, ...]:
    """The default profile of a story, and one for each value of a reading that its author says it turns on."""
    start = {**default, **fixed}
    others = [{**start, name: value} for name, values in turning.items() for value in values if start[name] != value]
    return (start, *others)


__all__ = ["Bench", "Story", "profiles"]
