"""Addresses of units in the words of drafters, «подпункт 3) части второй пункта 8», and back to official citations."""

from __future__ import annotations

import re
from typing import Final, Literal

from attrs import evolve, frozen

from compliance.amend.tree import Node, Tree, number_key, parse_id, walk
from compliance.law.citation import UnitIdError, citation
from compliance.law.ordinals import Case

Level = Literal["chapter", "section", "point", "part", "sub", "paragraph", "sentence"]
LEVELS: Final[tuple[Level, ...]] = ("chapter", "section", "point", "part", "sub", "paragraph", "sentence")


@frozen
class Address:
    """What a drafter names: some levels with their numbers, larger first; `whole` is a place like «преамбула»."""

    steps: tuple[tuple[Level, str], ...] = ()
    whole: str = ""

    def step(self, level: Level) -> str | None:
        """The number given at a level."""
        return next((number for name, number in self.steps if name == level), None)

    def within(self, context: Address) -> Address:
        """The address read under a head: the head's levels above the first one named here stay."""
        if not self.steps or self.whole:
            return self if self.whole or not context.steps else evolve(self, steps=context.steps)
        first = LEVELS.index(self.steps[0][0])
        kept = tuple(step for step in context.steps if LEVELS.index(step[0]) < first)
        if self.steps[0][0] == "point":
            kept = tuple(step for step in kept if step[0] == "section")
        return evolve(self, steps=(*kept, *self.steps))


def address_of(unit: str) -> Address | None:
    """The address behind a unit id; a dash is the paragraph after its introduction."""
    steps = parse_id(unit)
    if steps is None:
        return None
    named: list[tuple[Level, str]] = []
    for kind, number in steps:
        named.append(("paragraph", str(int(number) + 1)) if kind == "dash" else (kind, number))
    return Address(tuple(named))


def resolve(address: Address, tree: Tree) -> tuple[str, ...]:
    """The unit ids that an address names in a tree: one, none, or several where it is ambiguous."""
    if address.whole:
        return ()
    chapter, point = address.step("chapter"), address.step("point")
    if point is None:
        named = f"chapter{chapter}"
        whole = len(address.steps) == 1 or address.step("paragraph") == "1"
        return (named,) if chapter and named in tree.places and whole else ()
    here = [f"p{point}"] if f"p{point}" in tree.places else []
    for level, number in address.steps:
        if level in ("part", "sub", "paragraph"):
            here = [found for unit in here for found in _down(unit, level, number, tree)]
    return tuple(here)


def _down(unit: str, level: Level, number: str, tree: Tree) -> tuple[str, ...]:
    if level == "part":
        single = number == "1" and f"{unit}.part1" not in tree.places and unit in tree.places
        return (unit,) if single else tuple(each for each in (f"{unit}.part{number}",) if each in tree.places)
    if level == "sub":
        direct = f"{unit}.sub{number}"
        if direct in tree.places:
            return (direct,)
        return tuple(each for each in tree.places if each.startswith(unit + ".part") and each.endswith(f".sub{number}"))
    lines = tree.under(unit)
    index = int(number.partition("-")[0])
    return (lines[index - 1].id,) if 0 < index <= len(lines) else ()


def cite(unit: str, lang: str = "ru", case: Case = "nominative") -> str:
    """The official citation of a unit, of a chapter too: «подпункт 3) пункта 18», "sub-point 3) of point 18"."""
    steps = parse_id(unit)
    if steps is None:
        return unit
    if steps[0][0] == "chapter":
        number = steps[0][1]
        return f"глава {number}" if lang == "ru" else f"chapter {number}"
    try:
        return citation(unit, "ru" if lang == "ru" else "en", case)
    except UnitIdError:
        return unit


def replacing(unit: str, old: str, new: str, noun: str = "слова") -> str:
    """An instruction that sets words right: «в подпункте 5) пункта 19 слова "..." заменить словами "...";»."""
    instead = {"слова": "словами", "знак препинания": "знаком препинания"}[noun]
    return f'в {cite(unit, "ru", "prepositional")} {noun} "{old}" заменить {instead} "{new}";'


def outline(tree: Tree, point: str) -> tuple[str, ...]:
    """The addresses under a point, for a person who named one that is not there."""
    return tuple(address for address, _ in walk(tree.nodes) if address == point or address.startswith(point + "."))


def nearest_unit(address: Address, tree: Tree) -> str | None:
    """The unit that comes nearest to an address that resolves to nothing: the deepest step that holds."""
    for size in range(len(address.steps) - 1, 0, -1):
        found = resolve(Address(address.steps[:size]), tree)
        if found:
            return _nearest_under(found[0], address.steps[size], tree)
    point = address.step("point")
    points = [node.number for node in tree.nodes if node.kind == "point"]
    if point is None or not points or not point.partition("-")[0].isdigit():
        return None
    wanted = number_key(point)
    return "p" + min(points, key=lambda number: (abs(number_key(number)[0] - wanted[0]), number_key(number)))


def _nearest_under(unit: str, step: tuple[Level, str], tree: Tree) -> str:
    """The unit of the level asked for, under one that is there, whose number is nearest; else that one."""
    name = {"part": "part", "sub": "sub"}.get(step[0], "")
    wanted = number_key(step[1])[0] if step[1][:1].isdigit() else 0
    form = re.compile(rf"{re.escape(unit)}(?:\.part\d+)?\.{name}[\d-]+")
    under = [each for each in tree.places if name and form.fullmatch(each)]
    return min(under, key=lambda each: abs(number_key(each.rpartition(name)[2])[0] - wanted), default=unit)


def node_at(tree: Tree, unit: str, *, old: bool = False) -> Node | None:
    """The node of an address; where a new unit has taken the number of an old one, the old or the new as asked."""
    found = tree.places.get(unit, ())
    if len(found) > 1:
        found = tuple(node for node in found if node.new is not old) or found
    return found[0] if found else None
