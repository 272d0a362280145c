"""All combinations of readings that matter: a tree of the readings a judgement really consults.

A judgement is run under the default profile and tells which readings it asked for, in whatever order; for each of
them the other values are tried, and so on. A reading that is never asked for cannot change the outcome, so the leaves
of the tree cover every combination of all readings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from attrs import frozen

from compliance.norm.program import Profile

T = TypeVar("T")

LEAVES = 4096
"""Beyond this many different combinations the exploration stops and says that it is not complete."""


class Unexplored(LookupError):
    """A judge does not answer under this profile: there are too many combinations on its record."""


@frozen
class Leaf(Generic[T]):
    """An outcome, and the values of the readings that it consulted."""

    outcome: T
    readings: Mapping[str, str]


@frozen
class Tree(Generic[T]):
    """The outcomes under every combination of readings; the first leaf is that of the default profile."""

    leaves: tuple[Leaf[T], ...]
    complete: bool = True

    @property
    def default(self) -> T:
        return self.leaves[0].outcome

    @property
    def robust(self) -> bool:
        return self.complete and all(leaf.outcome == self.default for leaf in self.leaves)

    @property
    def consulted(self) -> tuple[str, ...]:
        return tuple(sorted({name for leaf in self.leaves for name in leaf.readings}))


Judge = Callable[[Profile], tuple[T, frozenset[str]]]
"""Judges under a profile; returns the outcome and the readings it consulted."""


def explore(judge: Judge[T], default: Profile, values: Mapping[str, tuple[str, ...]]) -> Tree[T]:
    """The tree of outcomes; `values` names the readings that may vary (a fixed one is left out) and their values."""
    leaves: list[Leaf[T]] = []
    todo: list[dict[str, str]] = [{}]
    complete = True
    while todo:
        fixed = todo.pop()
        profile = {**default, **fixed}
        try:
            outcome, consulted = judge(profile)
        except Unexplored:
            complete = False
            continue
        asked = sorted(name for name in consulted if name in values)
        leaves.append(Leaf(outcome, {name: profile[name] for name in asked}))
        if len(leaves) >= LEAVES:
            return Tree(tuple(leaves), complete=False)
        free = [name for name in asked if name not in fixed]
        for position, name in enumerate(free):
            kept = {**fixed, **{earlier: profile[earlier] for earlier in free[:position]}}
            todo.extend({**kept, name: value} for value in reversed(values[name]) if value != profile[name])
    return Tree(tuple(leaves), complete)


def combination(tree: Tree[T], default: Profile) -> Mapping[str, str]:
    """The fewest values away from the defaults that change the outcome; empty where none does."""
    changes = [
        {name: value for name, value in leaf.readings.items() if default[name] != value}
        for leaf in tree.leaves
        if leaf.outcome != tree.default
    ]
    return min(changes, key=lambda change: (len(change), sorted(change.items())), default={})
