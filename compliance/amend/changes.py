"""What changed between the old and the new words of one unit: values and officials, side by side.

This is where the formal side begins: a changed value is a changed parameter, a changed official another bearer.
"""

from __future__ import annotations

from collections import Counter

from compliance.amend.actors import PlacedActor, find_actors
from compliance.amend.words import Cadence, DayNumber, PlacedValue, find_values
from compliance.norm.types import Period, QuarterDay


def value_changes(old: str, new: str) -> tuple[tuple[PlacedValue, PlacedValue], ...]:
    """The values of a unit's old and new words that differ, side by side, where both have as many of their kind."""
    one, other = find_values(old), find_values(new)
    out: list[tuple[PlacedValue, PlacedValue]] = []
    for kind in (Period, QuarterDay, DayNumber, Cadence):
        left = [value for value in one if isinstance(value.value, kind)]
        right = [value for value in other if isinstance(value.value, kind)]
        if len(left) == len(right):
            out += [pair for pair in zip(left, right, strict=True) if pair[0].value != pair[1].value]
        else:
            out += _unmatched(left, right)
    return tuple(out)


def _unmatched(left: list[PlacedValue], right: list[PlacedValue]) -> list[tuple[PlacedValue, PlacedValue]]:
    kept = Counter(value.value for value in left) & Counter(value.value for value in right)
    gone = [value for value in left if value.value not in kept]
    come = [value for value in right if value.value not in kept]
    return list(zip(gone, come, strict=False))


def actor_changes(old: str, new: str) -> tuple[tuple[PlacedActor, PlacedActor], ...]:
    """The officials of a unit's old and new words that differ, side by side, where both name as many."""
    one, other = find_actors(old), find_actors(new)
    if len(one) != len(other):
        return ()
    return tuple(pair for pair in zip(one, other, strict=True) if pair[0].actor != pair[1].actor)
