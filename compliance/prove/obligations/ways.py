"""The lifecycle under the law: every state can be reached by lawful steps, and left by one.

A step counts if a story takes it on which every norm is kept; the evaluator has replayed it. One way to each state and
one out of it is enough, so steps are tried only until both are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from attrs import define, field, frozen

from compliance.calendar.working import WorkingCalendar
from compliance.check.lifecycle.questions import Questions
from compliance.law.lifecycle.model import Graph, Step
from compliance.law.lifecycle.read import load_lifecycle
from compliance.law.model import Law
from compliance.norm.program import Profile
from compliance.norm.vocabulary import Words
from compliance.prove.obligations.structure import Gap
from compliance.smt.query import GaveUp, Query, Story
from compliance.smt.search import search

SLOTS: Final = (1, 2)
"""So many events of each kind a story may have, few first."""

Lack = Literal["no_way_in", "no_way_on", "open"]

SAYS: Final[Mapping[Lack, Words]] = {
    "no_way_in": Words("no lawful steps lead to `{state}`", "законных шагов к состоянию `{state}` нет"),
    "no_way_on": Words("no lawful step leads on from `{state}`", "законного шага из состояния `{state}` нет"),
    "open": Words("whether a lawful step leads to or on from `{state}` is not settled: {reason}",
                  "есть ли законный шаг к состоянию `{state}` или из него, не решено: {reason}"),
}  # fmt: skip


@frozen
class Ways:
    """How many states were asked about, and those that lack a lawful way to or out of them."""

    asked: int
    gaps: tuple[Gap, ...]


def ways_on(law: Law, calendar: WorkingCalendar, profile: Profile | None = None) -> Ways:
    """Each state of each graph, under the default readings if no others are given."""
    lifecycle = load_lifecycle(law)
    questions = Questions(law, lifecycle, calendar, law.default_profile if profile is None else profile)
    gaps = tuple(gap for graph in lifecycle.graphs for gap in _Walk(graph, questions).gaps())
    return Ways(sum(len(graph.states) for graph in lifecycle.graphs), gaps)


@define(eq=False)
class _Walk:
    """One graph, walked from its start by lawful steps."""

    graph: Graph
    questions: Questions
    tried: dict[str, Story | str | None] = field(factory=dict)
    """The story of a step by its id; nothing where there is none, or why that is not settled."""

    def gaps(self) -> Iterator[Gap]:
        reached = self.reached()
        for state in self.graph.states:
            if state not in reached:
                yield self.gap(state, "no_way_in", [step for step in self.graph.steps if step.target == state])
            elif not any(self.is_lawful(step) for step in self.out_of(state)):
                yield self.gap(state, "no_way_on", self.out_of(state))

    def reached(self) -> set[str]:
        """The states to which lawful steps lead; a step is tried only if its target is not yet among them."""
        found, waiting = {self.graph.start}, [self.graph.start]
        while waiting:
            for step in self.out_of(waiting.pop(0)):
                if step.target not in found and self.is_lawful(step):
                    found.add(step.target)
                    waiting.append(step.target)
        return found

    def out_of(self, state: str) -> list[Step]:
        """The steps to another state, those first that were found lawful."""
        steps = [step for step in self.graph.steps if step.source == state and not step.is_loop]
        return sorted(steps, key=lambda step: not isinstance(self.tried.get(step.id), Story))

    def is_lawful(self, step: Step) -> bool:
        if step.id not in self.tried:
            found = search(self.query(step), SLOTS)
            reason = found.reason if isinstance(found, GaveUp) else None
            self.tried[step.id] = found if isinstance(found, Story) else reason
        return isinstance(self.tried[step.id], Story)

    def query(self, step: Step) -> Query:
        return self.questions.query(self.questions.taken(step))

    def gap(self, state: str, lack: Lack, steps: list[Step]) -> Gap:
        reasons = {each for step in steps if isinstance(each := self.tried.get(step.id), str)}
        said, name = SAYS["open" if reasons else lack], f"{self.graph.id}.{state}"
        reason = "; ".join(sorted(reasons))
        words = Words(said.en.format(state=name, reason=reason), said.ru.format(state=name, reason=reason))
        return Gap(f"way:{name}", words, words, settled=not reasons)


__all__ = ["Ways", "ways_on"]
