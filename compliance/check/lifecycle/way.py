"""An officer's way through the lifecycle in words: in which state of each graph he is from which day on, and why."""

from __future__ import annotations

from attrs import frozen

from compliance.calendar.days import format_iso
from compliance.check.lifecycle.path import Paths, Turn
from compliance.law.lifecycle.model import Graph, Lifecycle
from compliance.norm.evaluate import Calendar
from compliance.norm.facts import Facts
from compliance.norm.program import Profile
from compliance.norm.vocabulary import Words


@frozen
class Leg:
    """A day on which the state changed, or a loop of the graph was taken.

    `events` are the indices of the acts that did it, none where time did. `step` and `units` are those of the graph;
    where `known` is false the lifecycle has no such step, where several acts share the day none is named.
    """

    day: str
    state: str
    words: Words
    events: tuple[int, ...]
    step: Words | None
    units: tuple[str, ...]
    known: bool


@frozen
class Way:
    """The way through one graph, from its start."""

    graph: str
    words: Words
    start: str
    start_words: Words
    legs: tuple[Leg, ...]


def ways(lifecycle: Lifecycle, calendar: Calendar, facts: Facts, profile: Profile) -> tuple[Way, ...]:
    """The ways of a record through all graphs."""
    paths = Paths(lifecycle, calendar, facts, profile)
    return tuple(_way(graph, paths.turns(graph)) for graph in lifecycle.graphs)


def _way(graph: Graph, turns: tuple[Turn, ...]) -> Way:
    start = turns[0].source if turns else graph.start
    return Way(graph.id, graph.words, start, graph.states[start].words, tuple(_leg(graph, turn) for turn in turns))


def _leg(graph: Graph, turn: Turn) -> Leg:
    each = turn.step.transition if turn.step else None
    return Leg(
        day=format_iso(turn.day),
        state=turn.target,
        words=graph.states[turn.target].words,
        events=turn.events,
        step=each.words if each else None,
        units=each.units if each else (),
        known=each is not None or len(turn.events) > 1,
    )
