"""What the shape of the graphs says by itself: unreachable states, dead ends, circles, ways; and GraphML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import networkx as nx
from attrs import frozen

from compliance.law.lifecycle.model import Graph, Lifecycle, Step
from compliance.norm.vocabulary import Lang
from compliance.source.diagnostic import Collector, Diagnostic

if TYPE_CHECKING:
    Network = nx.MultiDiGraph[str]


@frozen
class Structure:
    """Structural facts of one graph. `circles`: states that can be left and entered again together."""

    graph: str
    unreachable: tuple[str, ...]
    dead_ends: tuple[str, ...]
    circles: tuple[tuple[str, ...], ...]
    ranks: tuple[tuple[str, ...], ...]
    """The states by the number of steps from the start; what cannot be reached comes last."""


def network(graph: Graph) -> Network:
    """The graph for networkx: one edge a step, with the step as its data."""
    found: Network = nx.MultiDiGraph()
    found.add_nodes_from(graph.states)
    for step in graph.steps:
        found.add_edge(step.source, step.target, key=step.id, step=step)
    return found


def structure(graph: Graph) -> Structure:
    """What can be said without asking the law."""
    net = network(graph)
    steps = nx.single_source_shortest_path_length(net, graph.start)
    order = {state: number for number, state in enumerate(graph.states)}
    circles = [tuple(sorted(each, key=order.__getitem__)) for each in nx.strongly_connected_components(net)]
    layers = [tuple(s for s in order if steps.get(s) == rank) for rank in range(max(steps.values()) + 1)]
    lost = tuple(state for state in order if state not in steps)
    return Structure(
        graph=graph.id,
        unreachable=lost,
        dead_ends=tuple(s for s in order if not any(not step.is_loop for step in graph.out_of(s))),
        circles=tuple(sorted((each for each in circles if len(each) > 1), key=lambda each: order[each[0]])),
        ranks=(*layers, lost) if lost else tuple(layers),
    )


def fewest_days(graph: Graph, source: str, target: str, days: Callable[[Step], int | None]) -> int | None:
    """A lower bound of the days from entering one state to entering another; nothing where no way leads there.

    `days` are the fewest of each step alone; a step without any (None) is not taken.
    """
    net: nx.DiGraph[str] = nx.DiGraph()
    net.add_nodes_from(graph.states)
    for step in graph.steps:
        cost = days(step)
        if cost is not None and not step.is_loop:
            known = net.get_edge_data(step.source, step.target, {"days": cost})["days"]
            net.add_edge(step.source, step.target, days=min(cost, known))
    try:
        return int(nx.dijkstra_path_length(net, source, target, weight="days"))
    except nx.NetworkXNoPath:
        return None


def lint_lifecycle(lifecycle: Lifecycle) -> tuple[Diagnostic, ...]:
    """Warnings on the shape of the graphs."""
    collector = Collector()
    for graph in lifecycle.graphs:
        found = structure(graph)
        for state in found.unreachable:
            collector.warning("lifecycle.unreachable", graph.states[state].place, word=state)
        for state in found.dead_ends:
            collector.warning("lifecycle.dead-end", graph.states[state].place, word=state)
    return collector.found


def graphml(lifecycle: Lifecycle, lang: Lang) -> str:
    """All graphs as one GraphML document."""
    whole: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for graph in lifecycle.graphs:
        for state in graph.states.values():
            name = f"{graph.id}.{state.id}"
            whole.add_node(name, graph=graph.id, words=state.words[lang], start=state.id == graph.start)
        for step in graph.steps:
            whole.add_edge(f"{graph.id}.{step.source}", f"{graph.id}.{step.target}", key=step.id, **_data(step, lang))
    lines: Iterator[str] = nx.generate_graphml(whole)
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines]) + "\n"


def _data(step: Step, lang: Lang) -> dict[str, str]:
    each = step.transition
    data = {"event": each.event, "words": each.words[lang], "units": " ".join(each.units)}
    data |= {"actor": each.actor} if each.actor else {}
    return data | ({"route": each.route} if each.route else {})
