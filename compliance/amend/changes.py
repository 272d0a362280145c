"""What changed between the old and the new words of one unit: values and officials, side by side.

This is where the formal side begins: a changed value is a changed parameter, a changed official another bearer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from compliance.amend.actors import PlacedActor, find_actors
from compliance.amend.redline import segments
from compliance.amend.text import stems
from compliance.amend.tree import Tree
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
            out += [pair for pair in zip(left, right, strict=True) if _differ(*pair)]
        else:
            out += _unmatched(left, right)
    return tuple(out)


def _differ(one: PlacedValue, other: PlacedValue) -> bool:
    """Another value, or the same one bounded otherwise: «до 15 числа» and «не позднее 15 числа»."""
    return (one.value, one.bound) != (other.value, other.bound)


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


@frozen
class Edit:
    """One unit whose words changed, and how far the formal side follows from the words alone.

    `values` and `actors` are the changes that carry over to a norm by themselves; `rest` are the stretches (old, new)
    that nothing formal explains. Words that only changed their ending are no part of it. A unit that came or went has
    all its words in `rest`.
    """

    key: str
    old_id: str
    new_id: str
    values: tuple[tuple[PlacedValue, PlacedValue], ...]
    actors: tuple[tuple[PlacedActor, PlacedActor], ...]
    rest: tuple[tuple[str, str], ...]

    @property
    def follows(self) -> bool:
        """Whether the words alone say what becomes of the norm: values and officials changed, and no bound did."""
        return not self.rest and all(before.bound == after.bound for before, after in self.values)


def edits(old: Tree, new: Tree) -> tuple[Edit, ...]:
    """Every unit whose own words changed, in the order of the new law; then those that went."""
    out: list[Edit] = []
    for row in new.rows:
        before = old.by_key.get(row.key)
        words, was = new.words_by_key[row.key], old.words_by_key.get(row.key, "")
        if before is None or words != was:
            out.append(_edit(row.key, before.id if before else "", row.id, was, words))
    gone = [row for row in old.rows if row.key not in new.by_key]
    return (*out, *(_edit(row.key, row.id, "", old.words_by_key[row.key], "") for row in gone))


def moves(old: Tree, new: Tree) -> dict[str, str | None]:
    """Where each unit of the old law now stands, under its old address; nothing where it went."""
    return {row.id: new.by_key[row.key].id if row.key in new.by_key else None for row in old.rows}


def _edit(key: str, old_id: str, new_id: str, old: str, new: str) -> Edit:
    values = value_changes(old, new) if old and new else ()
    actors = actor_changes(old, new) if old and new else ()
    return Edit(key, old_id, new_id, values, actors, tuple(_rest(old, new, values, actors)))


def _rest(
    old: str,
    new: str,
    values: tuple[tuple[PlacedValue, PlacedValue], ...],
    actors: tuple[tuple[PlacedActor, PlacedActor], ...],
) -> Iterator[tuple[str, str]]:
    pairs = [(before, after) for before, after in values] + [(before, after) for before, after in actors]
    known_old = [(before.start, before.end) for before, _ in pairs]
    known_new = [(after.start, after.end) for _, after in pairs]
    for went, came, at, there in _replaced(old, new):
        if stems(went) == stems(came):
            continue
        inside_old = _inside(at, at + len(went), known_old) or not went.strip()
        inside_new = _inside(there, there + len(came), known_new) or not came.strip()
        if not (inside_old and inside_new):
            yield went, came


def _inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(left - _LEAD <= start and end <= right + 1 for left, right in spans)


_LEAD = 14
"""How far before a value the words that bound it begin: «не позднее », «в течение »."""


def _replaced(old: str, new: str) -> Iterator[tuple[str, str, int, int]]:
    """The stretches that differ: what went, what came, and where in either text."""
    at = there = 0
    went = ""
    for segment in segments(old, new):
        if segment.kind == "old":
            if went:
                yield went, "", at - len(went), there
            went, at = segment.text, at + len(segment.text)
            continue
        if segment.kind == "new":
            yield went, segment.text, at - len(went), there
            went, there = "", there + len(segment.text)
            continue
        if went:
            yield went, "", at - len(went), there
            went = ""
        at, there = at + len(segment.text), there + len(segment.text)
    if went:
        yield went, "", at - len(went), there
