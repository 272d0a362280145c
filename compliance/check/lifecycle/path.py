"""The way of one record through the graphs: what each day changed, found by computing the formulas of the states."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field, frozen

from compliance.law.lifecycle.model import Graph, Lifecycle, Step
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import Calendar, Evaluator
from compliance.norm.facts import Event, Facts
from compliance.norm.program import Profile
from compliance.norm.types import DATE, EventType


@frozen
class Turn:
    """A day on which a state changed, or on which an act did what a loop of the graph says.

    `events` are the indices of the acts that did it, none where time did. `step` is the step of the graph, where a
    single act or time made it; nothing where the graph has no such step, or where several acts share the day.
    """

    day: int
    graph: str
    source: str
    target: str
    events: tuple[int, ...]
    step: Step | None


@define
class Paths:
    """Evaluates states on one record."""

    lifecycle: Lifecycle
    calendar: Calendar
    facts: Facts
    profile: Profile
    evaluator: Evaluator = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.evaluator = Evaluator(self.lifecycle.program, self.calendar, self.facts, self.profile)

    def state(self, graph: Graph, acts: int, day: int) -> str:
        """The state with the acts up to the end of one day, the calendar at another."""
        days = (ast.Literal(acts, DATE), ast.Literal(day, DATE))
        return next(
            (state for state in graph.states if self._holds(graph.formula(state), *days)), graph.start
        )  # exactly one holds: the verification asks for it

    def turns(self, graph: Graph) -> tuple[Turn, ...]:
        """What changed, day by day."""
        acts = sorted({e.date for kind in graph.events for e in self.facts.by_kind.get(kind, ())})
        found: list[Turn] = []
        before = min(acts, default=self.facts.as_of) - 1
        for day in acts:
            found += self._nights(graph, before, before, day)
            found += self._acts(graph, day)
            before = day
        found += self._nights(graph, before, before, max(before, self.facts.as_of))
        return tuple(found)

    def _nights(self, graph: Graph, acts: int, low: int, high: int) -> Iterator[Turn]:
        """The changes that time brings after `low` and up to `high`; between two changes no state comes back."""
        source, target = self.state(graph, acts, low), self.state(graph, acts, high)
        if source == target:
            return
        if high - low > 1:
            middle = (low + high) // 2
            yield from self._nights(graph, acts, low, middle)
            yield from self._nights(graph, acts, middle, high)
            return
        days = (ast.Literal(low, DATE), ast.Literal(high, DATE))
        steps = (step for step in graph.out_of(source) if step.target == target and step.transition.by_time)
        yield Turn(high, graph.id, source, target, (), self._fitting(graph, steps, *days))

    def _acts(self, graph: Graph, day: int) -> Iterator[Turn]:
        source, target = self.state(graph, day - 1, day), self.state(graph, day, day)
        events = [e for kind in graph.events for e in self.facts.by_kind.get(kind, ()) if e.date == day]
        step = self._step(graph, source, target, events[0]) if len(events) == 1 else None
        if source != target or step is not None:
            yield Turn(day, graph.id, source, target, tuple(sorted(e.index for e in events)), step)

    def _step(self, graph: Graph, source: str, target: str, event: Event) -> Step | None:
        steps = (step for step in graph.out_of(source, event.kind) if step.target == target)
        return self._fitting(graph, steps, event)

    def _fitting(self, graph: Graph, steps: Iterator[Step], *args: Expr | Event) -> Step | None:
        """The last step whose guard holds: the narrower ones stand below the general one."""
        fits = [s for s in steps if not s.transition.guarded or self._holds(graph.guard(s.transition.number), *args)]
        return fits[-1] if fits else None

    def _holds(self, definition: str, *args: Expr | Event) -> bool:
        names = [f"arg{number}" for number in range(len(args))]
        events = {name: arg for name, arg in zip(names, args, strict=True) if isinstance(arg, Event)}
        terms = tuple(
            ast.Var(name, EventType(frozenset({arg.kind}))) if isinstance(arg, Event) else arg
            for name, arg in zip(names, args, strict=True)
        )
        return self.evaluator.truth(ast.Call(definition, terms), events)
