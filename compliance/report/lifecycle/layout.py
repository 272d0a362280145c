"""Where the states and arrows of a graph stand in its picture: states on a line down, arrows in lanes beside it.

An arrow to the next state below is straight; one that goes further down runs in a lane to the right, one that goes up
in a lane to the left. Lanes nest, and the ends of arrows on one side of a state are in the order of their lanes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Literal

from attrs import frozen

from compliance.law.lifecycle.model import Graph
from compliance.report.lifecycle.arrows import Arrow, arrows

Side = Literal["left", "right", "down"]

WIDTH: Final = 190
GAP: Final = 44
PORT: Final = 15
LANE: Final = 27
LEAST: Final = 46
"""The least height of a state."""


@frozen
class Box:
    """A state: its left upper corner and its height."""

    state: str
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2


@frozen
class Line:
    """An arrow: the points through which it goes, and where its number stands."""

    arrow: Arrow
    points: tuple[tuple[int, int], ...]
    chip: tuple[int, int]


@frozen
class Layout:
    """A graph laid out; everything lies between 0 and `width`, 0 and `height`."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: int
    height: int


def side(arrow: Arrow, order: Mapping[str, int]) -> Side:
    """On which side of the states an arrow runs."""
    down = order[arrow.target] - order[arrow.source]
    return "down" if down == 1 else "left" if down < 0 else "right"


def layout(graph: Graph) -> Layout:
    """The picture of a graph."""
    order = {state: number for number, state in enumerate(graph.states)}
    every = arrows(graph)
    sides: dict[Side, list[Arrow]] = {
        each: [arrow for arrow in every if side(arrow, order) == each] for each in ("left", "right", "down")
    }
    lanes = {each: _lanes(sides[each], order) for each in ("left", "right")}
    left, right = (LANE * (max(lanes[each].values(), default=-1) + 1) + 26 for each in ("left", "right"))
    boxes = _boxes(graph, sides, left)
    found = [_straight(arrow, boxes) for arrow in sides["down"]]
    found += _curved(sides["left"], lanes["left"], boxes, order, left - 26, -1)
    found += _curved(sides["right"], lanes["right"], boxes, order, left + WIDTH + 26, 1)
    last = boxes[next(reversed(order))]
    lines = tuple(sorted(found, key=lambda line: line.arrow.number))
    return Layout(tuple(boxes.values()), lines, left + WIDTH + right, last.y + last.height)


def _lanes(found: Sequence[Arrow], order: Mapping[str, int]) -> dict[int, int]:
    """The lane of each arrow by its number: short ones next to the states, none over another."""
    taken: list[list[tuple[float, float]]] = []
    lanes: dict[int, int] = {}
    for arrow in sorted(found, key=lambda each: (abs(order[each.source] - order[each.target]), each.number)):
        low, high = sorted((order[arrow.source], order[arrow.target]))
        span = (low - 0.3, high + 0.3) if low == high else (low, high)
        lane = next((n for n, spans in enumerate(taken) if all(_apart(span, each) for each in spans)), len(taken))
        taken += [[]] if lane == len(taken) else []
        taken[lane].append(span)
        lanes[arrow.number] = lane
    return lanes


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] < other[0] or other[1] < one[0]


def _boxes(graph: Graph, sides: Mapping[Side, Sequence[Arrow]], left: int) -> dict[str, Box]:
    boxes: dict[str, Box] = {}
    y = 0
    for state in graph.states:
        ends = max(sum(_touches(arrow, state) for arrow in sides[each]) for each in ("left", "right"))
        height = max(LEAST, PORT * (ends + 1))
        boxes[state] = Box(state, left, y, height)
        y += height + GAP
    return boxes


def _touches(arrow: Arrow, state: str) -> int:
    return (arrow.source == state) + (arrow.target == state)


def _straight(arrow: Arrow, boxes: Mapping[str, Box]) -> Line:
    above, below = boxes[arrow.source], boxes[arrow.target]
    x, top, bottom = above.middle, above.y + above.height, below.y
    return Line(arrow, ((x, top), (x, bottom)), (x, (top + bottom) // 2 - 3))


def _curved(
    found: Sequence[Arrow],
    lanes: Mapping[int, int],
    boxes: Mapping[str, Box],
    order: Mapping[str, int],
    x: int,
    way: int,
) -> list[Line]:
    ports = _ports(found, lanes, boxes, order)
    lines = []
    for arrow in found:
        lane = x + way * LANE * lanes[arrow.number]
        edge = boxes[arrow.source].x + (WIDTH if way > 0 else 0)
        start, end = ports[arrow.number, True], ports[arrow.number, False]
        points = ((edge, start), (lane, start), (lane, end), (edge, end))
        lines.append(Line(arrow, points, (lane, (start + end) // 2)))
    return lines


def _ports(
    found: Sequence[Arrow], lanes: Mapping[int, int], boxes: Mapping[str, Box], order: Mapping[str, int]
) -> dict[tuple[int, bool], int]:
    """The height of both ends of every arrow; True is where it starts."""
    heights: dict[tuple[int, bool], int] = {}
    for state, box in boxes.items():
        ends = [(arrow, starts) for arrow in found for starts in (True, False)
                if (arrow.source if starts else arrow.target) == state]  # fmt: skip
        ends.sort(key=_end_order(lanes, order, state))
        for number, (arrow, starts) in enumerate(ends, 1):
            heights[arrow.number, starts] = box.y + box.height * number // (len(ends) + 1)
    return heights


def _end_order(
    lanes: Mapping[int, int], order: Mapping[str, int], state: str
) -> Callable[[tuple[Arrow, bool]], tuple[int, int]]:
    """Ends that go up come first, the inner lanes before the outer; then those that go down, the outer ones first."""

    def key(end: tuple[Arrow, bool]) -> tuple[int, int]:
        arrow, starts = end
        other = arrow.target if starts else arrow.source
        if other == state:
            return (1, 0 if starts else 1)
        lane = lanes[arrow.number]
        return (0, lane) if order[other] < order[state] else (2, -lane)

    return key
