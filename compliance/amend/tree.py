"""The units of a law as a tree: numbers on top, a stable key under each, addresses (`p14.part1`) worked out anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Final, Literal

from attrs import evolve, frozen

Kind = Literal["chapter", "point", "part", "sub", "dash"]
STEP: Final = re.compile(r"(?P<kind>chapter|p|part|sub|dash)(?P<number>\d+(?:-\d+)?)")
NUMBER: Final = re.compile(r"\d{1,4}(?:-\d{1,3})?")
_NAMES: Final[dict[str, Kind]] = {"chapter": "chapter", "p": "point", "part": "part", "sub": "sub", "dash": "dash"}
_PREFIX: Final = re.compile(r"\s*(?P<number>\d+(?:-\d+)?)(?P<mark>[.)])\s+")


@frozen
class Node:
    """A chapter heading, a point, one of its parts, a sub-point or a dash.

    `key` stays with the node however it is renumbered; `number` is «14», «14-1» or «9», and empty where the place
    alone counts (parts, dashes). A point has no words of its own: they are those of its parts.
    """

    key: str
    kind: Kind
    number: str = ""
    text: str = ""
    children: tuple[Node, ...] = ()
    new: bool = False


@frozen
class Row:
    """A unit as people list it: its address now, its stable key, its words with their number."""

    id: str
    key: str
    kind: Kind
    text: str
    new: bool = False


@frozen(slots=False)
class Tree:
    """The whole law: chapter headings and points in their order."""

    nodes: tuple[Node, ...]

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every unit that has words, in order."""
        return tuple(_rows(self.nodes))

    @cached_property
    def by_id(self) -> dict[str, Row]:
        """The units by address; of two with one address, the first."""
        return {row.id: row for row in reversed(self.rows)}

    @cached_property
    def by_key(self) -> dict[str, Row]:
        """The units by stable key."""
        return {row.key: row for row in self.rows}

    @cached_property
    def words_by_key(self) -> dict[str, str]:
        """The words of every unit without its number, by stable key."""
        return {node.key: node.text for _, node in walk(self.nodes, every_part=True) if node.kind != "point"}

    @cached_property
    def places(self) -> dict[str, tuple[Node, ...]]:
        """The nodes of every address, points with several parts included; more than one where numbers collide."""
        found: dict[str, list[Node]] = {}
        for address, node in walk(self.nodes):
            found.setdefault(address, []).append(node)
        return {address: tuple(nodes) for address, nodes in found.items()}

    def under(self, address: str) -> tuple[Row, ...]:
        """The rows of a unit and of all that stands under it."""
        return tuple(row for row in self.rows if row.id == address or row.id.startswith(address + "."))

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The law as (id, text) pairs, the shape it was built from."""
        return tuple((row.id, row.text) for row in self.rows)


def number_key(number: str) -> tuple[int, int]:
    """The order of numbers: 14, 14-1, 14-2, 15."""
    whole, _, fraction = number.partition("-")
    return int(whole or 0), int(fraction or 0)


def prefixed(kind: Kind, number: str, text: str) -> str:
    """The words with their number, as printed."""
    return f"{number}. {text}" if kind == "point" else f"{number}) {text}" if kind == "sub" else text


def walk(nodes: Iterable[Node], *, every_part: bool = False) -> Iterator[tuple[str, Node]]:
    """Every node with its address, in order. A single part shares that of its point; `every_part` names it too."""
    for node in nodes:
        if node.kind == "chapter":
            yield f"chapter{node.number}", node
        else:
            yield from _walk_point(node, every_part)


def _walk_point(point: Node, every_part: bool) -> Iterator[tuple[str, Node]]:
    here = f"p{point.number}"
    yield here, point
    for index, part in enumerate(point.children, 1):
        address = f"{here}.part{index}" if len(point.children) > 1 else here
        if every_part or len(point.children) > 1:
            yield address, part
        for sub in part.children:
            yield from _walk_sub(address, sub)


def _walk_sub(address: str, sub: Node) -> Iterator[tuple[str, Node]]:
    here = f"{address}.sub{sub.number}"
    yield here, sub
    for index, dash in enumerate(sub.children, 1):
        yield f"{here}.dash{index}", dash


def _rows(nodes: Iterable[Node]) -> Iterator[Row]:
    for node in nodes:
        if node.kind == "chapter":
            yield Row(f"chapter{node.number}", node.key, "chapter", node.text, node.new)
            continue
        for index, part in enumerate(node.children, 1):
            address = f"p{node.number}" + (f".part{index}" if len(node.children) > 1 else "")
            text = prefixed("point", node.number, part.text) if index == 1 else part.text
            yield Row(address, part.key, "part", text, part.new)
            for below, sub in ((below, sub) for below, sub in _subs(address, part)):
                yield Row(below, sub.key, sub.kind, prefixed(sub.kind, sub.number, sub.text), sub.new)


def _subs(address: str, part: Node) -> Iterator[tuple[str, Node]]:
    for sub in part.children:
        yield from _walk_sub(address, sub)


# Building ---------------------------------------------------------------------------------------------------


def from_pairs(pairs: Iterable[tuple[str, str]]) -> Tree:
    """The tree of (id, text) pairs in their order; the ids of `law/` are the stable keys of the units."""
    top: list[Node] = []
    for address, text in pairs:
        steps = parse_id(address)
        if steps is None:
            raise ValueError(address)
        if steps[0][0] == "chapter":
            top.append(Node(address, "chapter", steps[0][1], text))
            continue
        if not top or top[-1].kind != "point" or top[-1].number != steps[0][1]:
            top.append(Node(f"p{steps[0][1]}", "point", steps[0][1]))
        top[-1] = _with(top[-1], address, steps[1:], text)
    return Tree(tuple(top))


def parse_id(address: str) -> tuple[tuple[Kind, str], ...] | None:
    """The steps of an address such as `p10.part2.sub1`, or nothing where it is none."""
    found = [STEP.fullmatch(step) for step in address.split(".")]
    if not all(found):
        return None
    return tuple((_NAMES[step["kind"]], step["number"]) for step in found if step)


def _with(point: Node, address: str, steps: tuple[tuple[Kind, str], ...], text: str) -> Node:
    parts = point.children
    if not steps or steps[0][0] == "part":
        if not steps or len(steps) == 1:
            return evolve(point, children=(*parts, Node(address, "part", "", bare(text, "."))))
        return evolve(point, children=(*parts[:-1], _with_sub(parts[-1], address, steps[1:], text)))
    return evolve(point, children=(*parts[:-1], _with_sub(parts[-1], address, steps, text)))


def _with_sub(part: Node, address: str, steps: tuple[tuple[Kind, str], ...], text: str) -> Node:
    if len(steps) == 1:
        return evolve(part, children=(*part.children, Node(address, "sub", steps[0][1], bare(text, ")"))))
    dash = Node(address, "dash", "", text)
    last = part.children[-1]
    return evolve(part, children=(*part.children[:-1], evolve(last, children=(*last.children, dash))))


def bare(text: str, mark: str) -> str:
    """The words without the number in front of them."""
    match = _PREFIX.match(text)
    return text[match.end() :] if match and match["mark"] == mark else text


def leading_number(text: str) -> tuple[str, str] | None:
    """The number that stands in front of the words, with its mark («.» of a point, «)» of a sub-point)."""
    match = _PREFIX.match(text)
    return (match["number"], match["mark"]) if match else None


# Changing ---------------------------------------------------------------------------------------------------


def replace_node(tree: Tree, key: str, kind: Kind, change: Callable[[Node], Node | None]) -> Tree:
    """The tree with one node changed, or taken out where `change` gives nothing back."""
    return Tree(_changed(tree.nodes, key, kind, change))


def _changed(nodes: tuple[Node, ...], key: str, kind: Kind, change: Callable[[Node], Node | None]) -> tuple[Node, ...]:
    out: list[Node] = []
    for node in nodes:
        if node.key == key and node.kind == kind:
            changed = change(node)
            out += [changed] if changed is not None else []
        else:
            out.append(evolve(node, children=_changed(node.children, key, kind, change)) if node.children else node)
    return tuple(out)
