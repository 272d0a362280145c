"""The checks of the logic of a changed law, one after the other, under one profile or over the readings it consults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compliance.amend.effect.alive import dead, dead_branches, idle_grounds, redundant
from compliance.amend.effect.ambiguous import ambiguities
from compliance.amend.effect.clashes import conflicts, overlaps
from compliance.amend.effect.cohort import cohort
from compliance.amend.effect.sanctions import Order, sanctions
from compliance.amend.effect.trouble import Sides, Trouble


def troubles(sides: Sides, gravity: Iterable[Order], first: int | None) -> tuple[Trouble, ...]:
    """Everything that the new law suffers from and the old one does not."""
    if sides.found.same:
        return ()
    return tuple(_once(_all(sides, tuple(gravity), first)))


def _all(sides: Sides, gravity: tuple[Order, ...], first: int | None) -> Iterator[Trouble]:
    yield from conflicts(sides)
    yield from dead(sides)
    yield from idle_grounds(sides)
    yield from dead_branches(sides)
    yield from redundant(sides)
    yield from overlaps(sides)
    if sides.only is None:
        yield from sanctions(sides, gravity)
        yield from cohort(sides, first)
        yield from ambiguities(sides)


def _once(found: Iterable[Trouble]) -> Iterator[Trouble]:
    known: dict[object, Trouble] = {}
    for each in found:
        known.setdefault(each.key, each)
    yield from known.values()


__all__ = ["troubles"]
