"""The lifecycle as frozen values: graphs of states and transitions whose formulas are definitions on top of the law's.

A state is a formula of two days: acts count up to the end of the first, the calendar stands at the second. So the
evening of a day is (day, day), and the next morning has the same acts under the next day. A day begins with what time
brings, a transition with the event `TIME`; then come its acts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from compliance.norm.program import Program
from compliance.norm.vocabulary import Words
from compliance.source.loc import Place

TIME: Final = "time"
"""The event of a transition that no act makes: the calendar does."""


@frozen
class State:
    """A state of a graph."""

    id: str
    words: Words
    note: Words | None = None
    place: Place | None = field(default=None, eq=False, repr=False, kw_only=True)


@frozen
class Transition:
    """An event, or time, that leads from any of some states to another one. `number` counts within the graph."""

    number: int
    sources: tuple[str, ...]
    target: str
    event: str
    words: Words
    units: tuple[str, ...]
    route: str | None = None
    actor: str | None = None
    guarded: bool = False
    """Whether a formula narrows it: the definition `Graph.guard(number)`."""
    note: Words | None = None
    place: Place | None = field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def by_time(self) -> bool:
        return self.event == TIME


@frozen
class Step:
    """One transition out of one state."""

    graph: str
    source: str
    transition: Transition

    @property
    def target(self) -> str:
        return self.transition.target

    @property
    def id(self) -> str:
        """`stay.member-ground.penalty.grave`: unique within the lifecycle."""
        route = f".{self.transition.route}" if self.transition.route else ""
        return f"{self.graph}.{self.source}-{self.target}.{self.transition.event}{route}"

    @property
    def is_loop(self) -> bool:
        return self.source == self.target


@frozen
class Graph:
    """States in the order of the file, the first state of every record, and the kinds of events that can matter."""

    id: str
    words: Words
    events: tuple[str, ...]
    start: str
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]
    place: Place | None = field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every transition out of every state, in the order of the states."""
        found = (Step(self.id, source, each) for each in self.transitions for source in each.sources)
        order = list(self.states)
        return tuple(sorted(found, key=lambda step: (order.index(step.source), step.transition.number)))

    def out_of(self, state: str, event: str | None = None) -> tuple[Step, ...]:
        """The steps out of a state, those of one event if it is given."""
        return tuple(s for s in self.steps if s.source == state and event in (None, s.transition.event))

    def formula(self, state: str) -> str:
        """The definition of a state: it takes the day up to which acts count, and the day of the calendar."""
        return f"state_{self.id}_{state}"

    def guard(self, number: int) -> str:
        """The definition of a guard: it takes the event, or the two days where time makes the step."""
        return f"step_{self.id}_{number}"


@frozen(eq=False)
class Lifecycle:
    """The graphs, and the law's program with their definitions added."""

    graphs: tuple[Graph, ...]
    program: Program

    @property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for graph in self.graphs for step in graph.steps)

    def graph(self, id: str) -> Graph:
        return next(graph for graph in self.graphs if graph.id == id)
