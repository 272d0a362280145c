"""What all pictures of the lifecycle share: arrows that stand for several steps, and the words beside them."""

from __future__ import annotations

from attrs import frozen

from compliance.law.lifecycle.model import Graph, Lifecycle, Step
from compliance.norm.vocabulary import Lang
from compliance.report.lifecycle.words import say


@frozen
class Arrow:
    """All the steps from one state to another.

    `number` counts the arrows of the graph from 1; `label` numbers what they mean: arrows with the same transitions
    share it.
    """

    number: int
    label: int
    source: str
    target: str
    steps: tuple[Step, ...]


def arrows(graph: Graph) -> tuple[Arrow, ...]:
    """The arrows of a graph in the order of its states."""
    found: dict[tuple[str, str], list[Step]] = {}
    for step in graph.steps:
        found.setdefault((step.source, step.target), []).append(step)
    labels: dict[tuple[int, ...], int] = {}
    every = []
    for number, ((source, target), steps) in enumerate(found.items(), 1):
        label = labels.setdefault(tuple(step.transition.number for step in steps), len(labels) + 1)
        every.append(Arrow(number, label, source, target, tuple(steps)))
    return tuple(every)


def actor(lifecycle: Lifecycle, step: Step, lang: Lang) -> str:
    """Who makes the step."""
    name = step.transition.actor
    return lifecycle.program.vocabulary.enumerations["actor"].values[name][lang] if name else say("time", lang)


def event(lifecycle: Lifecycle, step_event: str, lang: Lang) -> str:
    """The event of a step in words."""
    kind = lifecycle.program.vocabulary.kinds.get(step_event)
    return kind.words[lang] if kind else say("time", lang)


def state(graph: Graph, id: str, lang: Lang) -> str:
    """A state in words."""
    return graph.states[id].words[lang]
