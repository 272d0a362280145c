"""The lifecycle as Mermaid and DOT, for pages and tools that draw themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from compliance.law.lifecycle.model import Graph, Lifecycle
from compliance.norm.vocabulary import Lang
from compliance.report.lifecycle.arrows import Arrow, arrows, state

_SIGNS: Final = (('"', "'"), (";", ","), ("#", ""), ("<", ""), (">", ""), (":", " -"), ("\n", " "))


def mermaid(lifecycle: Lifecycle, lang: Lang, graphs: tuple[Graph, ...] = ()) -> str:
    """A state diagram of some graphs, of all by default; every graph is a composite state."""
    lines = ["stateDiagram-v2"]
    for graph in graphs or lifecycle.graphs:
        lines += [f'  state "{plain(graph.words[lang])}" as {graph.id} {{']
        lines += [f'    state "{plain(state(graph, each, lang))}" as {graph.id}_{each}' for each in graph.states]
        lines += [f"    [*] --> {graph.id}_{graph.start}"]
        lines += [
            f"    {graph.id}_{arrow.source} --> {graph.id}_{arrow.target}: {'<br/>'.join(_labels(arrow, lang))}"
            for arrow in arrows(graph)
        ]
        lines += ["  }"]
    return "\n".join(lines) + "\n"


def _labels(arrow: Arrow, lang: Lang) -> list[str]:
    return [plain(f"{step.transition.words[lang]} ({', '.join(step.transition.units)})") for step in arrow.steps]


def plain(text: str) -> str:
    """Without the characters that Mermaid gives a meaning of its own."""
    for sign, instead in _SIGNS:
        text = text.replace(sign, instead)
    return text


def dot(lifecycle: Lifecycle, lang: Lang) -> str:
    """A digraph for Graphviz; every graph is a cluster."""
    lines = ["digraph lifecycle {", '  node [shape=box, style=rounded, fontname="sans-serif"];']
    lines += ['  edge [fontname="sans-serif", fontsize=10];']
    for graph in lifecycle.graphs:
        lines += [f"  subgraph cluster_{graph.id} {{", f"    label={_quoted(graph.words[lang])};"]
        lines += _nodes(graph, lang)
        for arrow in arrows(graph):
            label = _quoted("\n".join(_labels(arrow, lang)))
            lines.append(f"    {graph.id}_{arrow.source} -> {graph.id}_{arrow.target} [label={label}];")
        lines.append("  }")
    return "\n".join([*lines, "}"]) + "\n"


def _nodes(graph: Graph, lang: Lang) -> Iterator[str]:
    for each in graph.states:
        bold = ", penwidth=2" if each == graph.start else ""
        yield f"    {graph.id}_{each} [label={_quoted(state(graph, each, lang))}{bold}];"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
