"""The questions that hold the lifecycle against the law: formulas of the norm language, asked over all records.

A step is one act alone of its graph's acts on its day, from the morning of that day to its evening; or the change that
a night brings. Time is asked about on the last day of a record: a record up to any day is a record.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from compliance.calendar.working import WorkingCalendar
from compliance.law.lifecycle.model import TIME, Graph, Lifecycle, Step
from compliance.law.model import Law
from compliance.norm.parse import parse_expr
from compliance.norm.program import Profile, Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.types import Enum
from compliance.smt.query import Query
from compliance.source.loc import spot
from compliance.source.reader import Scalar

ACTOR = Enum("actor")


@frozen
class Questions:
    """Makes queries about one lifecycle under one profile of readings."""

    law: Law
    lifecycle: Lifecycle
    calendar: WorkingCalendar
    profile: Profile
    scope: Scope = field(init=False, eq=False, repr=False)
    axioms: dict[str, Typed] = field(init=False, eq=False, repr=False)

    @scope.default
    def _scope(self) -> Scope:
        return Scope(self.lifecycle.program)

    @axioms.default
    def _axioms(self) -> dict[str, Typed]:
        norms = {norm.id: norm.typed for norm in self.law.norms}
        return norms | {fact.id: fact.typed for fact in self.law.world}

    def query(self, text: str) -> Query:
        """Is there a lawful record on which a formula holds?"""
        expr = parse_expr(Scalar(text, spot("question", 1, 1)))
        goal = check_expr(expr, self.scope)
        return Query(self.lifecycle.program, self.calendar, self.axioms, goal, True, self.profile)

    # --- what a graph promises -----------------------------------------------------------------------------------

    def taken(self, step: Step) -> str:
        """The step, by its own actor."""
        return self._leaving(step, [])

    def within(self, step: Step, days: int) -> str:
        """The step, at most so many days after an act led into its state."""
        graph = self.lifecycle.graph(step.graph)
        day = "as_of" if step.transition.by_time else "x.date"
        entered = _or(
            f"some {kind} f with f.date < {day} and {day} <= f.date + {days} days "
            f"and not {evening(graph, step.source, 'f.date - 1 day')} and {evening(graph, step.source, 'f.date')}"
            for kind in _kinds_into(graph, step.source)
        )
        return self._leaving(step, [f"({entered})"])

    def at_once(self, step: Step) -> str:
        """The step, on the very day on which time led into its state."""
        graph = self.lifecycle.graph(step.graph)
        return self._leaving(step, [f"not {evening(graph, step.source, 'x.date - 1 day')}"])

    def missing(self, graph: Graph, state: str, event: str) -> str:
        """A step out of the state by the event that is none of the graph's; one that leads nowhere is no step."""
        known = graph.out_of(state, event)
        if event == TIME:
            here, there = evening(graph, state, "as_of - 1 day"), f"not {morning(graph, state, 'as_of')}"
            return _and([here, there, *(f"not ({self._by_time(graph, step)})" for step in known)])
        here, there = morning(graph, state, "x.date"), f"not {evening(graph, state, 'x.date')}"
        others = (f"not ({_and([*_guard(graph, step), evening(graph, step.target, 'x.date')])})" for step in known)
        return f"some {event} x with {_and([here, there, *others, *_alone(graph, event)])}"

    def two_states(self, graph: Graph) -> str:
        """Two states at once, in the morning or in the evening."""
        states = list(graph.states)
        pairs = [(a, b) for number, a in enumerate(states) for b in states[number + 1 :]]
        both = ((at(graph, a, "as_of"), at(graph, b, "as_of")) for at in (morning, evening) for a, b in pairs)
        return _or(f"{a} and {b}" for a, b in both)

    def no_state(self, graph: Graph) -> str:
        """No state at all, in the morning or in the evening."""
        return _or(_and(f"not {at(graph, state, 'as_of')}" for state in graph.states) for at in (morning, evening))

    def other_start(self, graph: Graph) -> str:
        """A record without any act of the graph that is not in the state it should start in."""
        return _and([f"not {evening(graph, graph.start, 'as_of')}", *(f"(no {kind} y)" for kind in graph.events)])

    # --- their parts ---------------------------------------------------------------------------------------------

    def _leaving(self, step: Step, also: list[str]) -> str:
        graph, each = self.lifecycle.graph(step.graph), step.transition
        if each.by_time:
            return _and([evening(graph, step.source, "as_of - 1 day"), self._by_time(graph, step), *also])
        here, there = morning(graph, step.source, "x.date"), evening(graph, step.target, "x.date")
        by = self.law.vocabulary.kinds[each.event].attributes.get("by")
        actor = [f"x.by = {each.actor}"] if by is not None and by.type == ACTOR and each.actor else []
        parts = [here, there, *_guard(graph, step), *actor, *_alone(graph, each.event), *also]
        return f"some {each.event} x with {_and(parts)}"

    def _by_time(self, graph: Graph, step: Step) -> str:
        guard = [f"{graph.guard(step.transition.number)}(as_of - 1 day, as_of)"] if step.transition.guarded else []
        return _and([morning(graph, step.target, "as_of"), *guard])


def evening(graph: Graph, state: str, day: str) -> str:
    """The state at the end of a day."""
    return f"{graph.formula(state)}({day}, {day})"


def morning(graph: Graph, state: str, day: str) -> str:
    """The state as a day begins: the acts of the days before, under the calendar of this day."""
    return f"{graph.formula(state)}({day} - 1 day, {day})"


def _kinds_into(graph: Graph, state: str) -> list[str]:
    """The kinds of events that lead into a state from another one."""
    into = {step.transition.event for step in graph.steps if step.target == state and not step.is_loop}
    return [kind for kind in graph.events if kind in into]


def _guard(graph: Graph, step: Step) -> list[str]:
    return [f"{graph.guard(step.transition.number)}(x)"] if step.transition.guarded else []


def _alone(graph: Graph, event: str) -> list[str]:
    others = ((kind, " and y != x" if kind == event else "") for kind in graph.events)
    return [f"(no {kind} y with y.date = x.date{itself})" for kind, itself in others]


def _and(parts: Iterable[str]) -> str:
    return " and ".join(parts)


def _or(parts: Iterable[str]) -> str:
    return " or ".join(f"({part})" for part in parts)


__all__ = ["Questions", "evening", "morning"]
