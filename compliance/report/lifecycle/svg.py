"""The lifecycle as one SVG picture: states and numbered arrows, and beside them what the numbers stand for."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final
from xml.sax.saxutils import escape

from compliance.law.lifecycle.model import Graph, Lifecycle
from compliance.norm.vocabulary import Lang
from compliance.report.lifecycle.arrows import actor, arrows, state
from compliance.report.lifecycle.layout import WIDTH, Box, Layout, Line, layout
from compliance.report.lifecycle.words import say

MARGIN: Final = 28
HEAD: Final = 44
LEGEND: Final = 560
ROW: Final = 17
COLUMNS: Final = 84
"""So many characters fit a row of the legend."""

STYLE: Final = """
text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1b2733; }
.head { font-size: 17px; font-weight: 600; }
.state { font-weight: 600; text-anchor: middle; }
.chip { font-size: 11px; font-weight: 600; text-anchor: middle; fill: #ffffff; }
.small { font-size: 11.5px; fill: #526272; }
.box { fill: #eef4fa; stroke: #2f5d8a; stroke-width: 1.4; }
.start { stroke-width: 3; }
.line { fill: none; stroke: #6f8296; stroke-width: 1.4; }
.dot { fill: #2f5d8a; stroke: #ffffff; stroke-width: 1.5; }
"""

TIP: Final = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" '
    'orient="auto-start-reverse"><path d="M0,0.6 L8,4 L0,7.4 z" fill="#6f8296"/></marker></defs>'
)


def svg(lifecycle: Lifecycle, lang: Lang) -> str:
    """All graphs, one below the other."""
    parts: list[str] = []
    y, width = MARGIN, 0
    for graph in lifecycle.graphs:
        found = layout(graph)
        legend = list(_legend(lifecycle, graph, found.width + 40, lang))
        parts.append(f'<g transform="translate({MARGIN},{y})">')
        parts.append(f'<text class="head" x="0" y="14">{escape(graph.words[lang])}</text>')
        parts.append(f'<g transform="translate(0,{HEAD})">')
        parts += [*_drawn(graph, found, lang), *(text for _, text in legend), "</g></g>"]
        y += HEAD + max(found.height, max((bottom for bottom, _ in legend), default=0)) + MARGIN * 2
        width = max(width, found.width + 40 + LEGEND)
    return "\n".join([*_start(width + 2 * MARGIN, y, say("title", lang)), *parts, "</svg>"]) + "\n"


def _start(width: int, height: int, title: str) -> list[str]:
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        TIP,
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]


def _drawn(graph: Graph, found: Layout, lang: Lang) -> Iterator[str]:
    for line in found.lines:
        yield f'<path class="line" marker-end="url(#tip)" d="{_path(line)}"/>'
    for box in found.boxes:
        yield from _box(graph, box, lang)
    for line in found.lines:
        yield from _chip(line.arrow.label, *line.chip)


def _path(line: Line) -> str:
    """Straight stretches with rounded corners."""
    if len(line.points) == 2:
        (x, y), (_, end) = line.points
        return f"M{x},{y} V{end}"
    (x, start), (lane, _), _, (_, end) = line.points
    turn = 1 if lane > x else -1
    way = 1 if end > start else -1
    bend = min(9, abs(end - start) // 2)
    return (
        f"M{x},{start} H{lane - turn * bend} Q{lane},{start} {lane},{start + way * bend} "
        f"V{end - way * bend} Q{lane},{end} {lane - turn * bend},{end} H{x}"
    )


def _box(graph: Graph, box: Box, lang: Lang) -> Iterator[str]:
    start = " start" if box.state == graph.start else ""
    yield f'<rect class="box{start}" x="{box.x}" y="{box.y}" width="{WIDTH}" height="{box.height}" rx="9"/>'
    lines = wrap(state(graph, box.state, lang), 21)
    top = box.y + box.height // 2 - (len(lines) - 1) * 8 + 5
    for number, text in enumerate(lines):
        yield f'<text class="state" x="{box.middle}" y="{top + 16 * number}">{escape(text)}</text>'


def _chip(number: int, x: int, y: int) -> Iterator[str]:
    yield f'<circle class="dot" cx="{x}" cy="{y}" r="10"/>'
    yield f'<text class="chip" x="{x}" y="{y + 4}">{number}</text>'


def _legend(lifecycle: Lifecycle, graph: Graph, x: int, lang: Lang) -> Iterator[tuple[int, str]]:
    """The lines of the legend, each with the height at which it ends."""
    y = 6
    meanings = {arrow.label: arrow for arrow in arrows(graph)}
    for _, arrow in sorted(meanings.items()):
        for part in _chip(arrow.label, x, y):
            yield y + 10, part
        for step in arrow.steps:
            each = step.transition
            words = f"{each.words[lang]} · {', '.join(each.units)}"
            for text in wrap(words, COLUMNS):
                yield y + 6, f'<text x="{x + 20}" y="{y + 4}">{escape(text)}</text>'
                y += ROW
            for text in wrap(actor(lifecycle, step, lang), COLUMNS):
                yield y + 6, f'<text class="small" x="{x + 20}" y="{y + 2}">{escape(text)}</text>'
                y += ROW
        y += 8
