"""Many officers' records as columns: one table a kind, rows sorted by officer and day, offsets by officer.

A column is a range of codes (`lo`, `hi`), one array where nothing in it is uncertain; a set of items is a pair of
masks in the same way. Positions are codes of rows in the table of positions, references of a list of their own.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
from attrs import evolve, field, frozen

from compliance.bulk.arrays import Bools, Index, IntArray
from compliance.bulk.values import ABSENT
from compliance.norm.vocabulary import Vocabulary


@frozen(eq=False)
class Column:
    """One attribute: the least and the greatest code of each row (the surest and the fullest mask of items)."""

    lo: IntArray
    hi: IntArray
    given: bool = False
    """No row of it can be ABSENT."""

    @staticmethod
    def of(lo: IntArray, hi: IntArray | None = None) -> Column:
        """The column; its ends become one array where they agree everywhere."""
        same = hi is None or hi is lo or bool(np.array_equal(lo, hi))
        return Column(lo, lo if same or hi is None else hi, bool((lo > ABSENT).all()))

    def take(self, rows: Index) -> Column:
        """These rows; what is certain in them is one array."""
        lo = self.lo.take(rows)
        return Column.of(lo, None if self.lo is self.hi else self.hi.take(rows))

    def part(self, start: int, stop: int) -> Column:
        """The rows from `start` to `stop`; what is certain in them is one array."""
        lo = self.lo[start:stop]
        if self.lo is self.hi:
            return Column(lo, lo, self.given)
        hi = self.hi[start:stop]
        same = bool(np.array_equal(lo, hi))
        return Column(lo, lo if same else hi, self.given)


@frozen(eq=False)
class Events:
    """All events of one kind: `offsets[o]` to `offsets[o + 1]` are the rows of officer `o`, in order of day."""

    kind: str
    offsets: Index
    date: Column
    attributes: Mapping[str, Column]
    sure: Bools | None
    """Which of them are certain to have happened; None: all."""
    source: npt.NDArray[np.int64]
    """Where each stands in its file: the index of the slot, or the row of the register; -1 for a phantom."""

    def __len__(self) -> int:
        return len(self.source)

    def take(self, officers: Index) -> Events:
        """The events of these officers, who ascend."""
        counts = (self.offsets[officers + 1] - self.offsets[officers]).astype(np.intp)
        offsets = np.concatenate([np.zeros(1, dtype=np.intp), np.cumsum(counts)])
        rows = np.repeat(self.offsets[officers] - offsets[:-1], counts) + np.arange(offsets[-1])
        sure = None if self.sure is None else self.sure.take(rows)
        return Events(
            self.kind, offsets, self.date.take(rows), {name: each.take(rows) for name, each in self.attributes.items()},
            None if sure is None or bool(sure.all()) else sure, self.source.take(rows),
        )  # fmt: skip


@frozen(eq=False)
class Packed:
    """The records of many officers. Officers whose record is certain come first; `order` tells where each stood."""

    vocabulary: Vocabulary = field(repr=False)
    ids: tuple[str, ...] = field(repr=False)
    order: Index
    """For each officer here, the number of the record that was handed in."""
    certain: Bools
    """Which officers' records have no uncertain fact."""
    officers: Mapping[str, Column]
    positions: Mapping[str, Column]
    """One row a position, and a last one, all ABSENT, for no position."""
    kinds: Mapping[str, Events]
    as_of: Column
    in_force: Column
    replaced: Column
    refs: tuple[str, ...] = field(default=(), repr=False)
    posts: tuple[str, ...] = field(default=(), repr=False)
    """The ids of the rows of `positions`."""
    unread: Mapping[tuple[str, str], npt.NDArray[np.int64]] = field(factory=dict, repr=False)
    """By kind and attribute, the rows of the register whose value could not be read; it counts as unknown."""

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def events(self) -> int:
        return sum(map(len, self.kinds.values()))

    def placed(self, *, as_of: int, in_force: int | None = None, replaced: int | None = None) -> Packed:
        """The same records known up to another day, and between other days of the version where they are given."""

        def all_of(day: int | None, column: Column) -> Column:
            return column if day is None else Column.of(np.full(len(self.ids), day, dtype=np.int32))

        return evolve(self, as_of=all_of(as_of, self.as_of), in_force=all_of(in_force, self.in_force),
                      replaced=all_of(replaced, self.replaced))  # fmt: skip

    def take(self, officers: Index) -> Packed:
        """The records of some officers, whose numbers ascend."""
        return Packed(
            vocabulary=self.vocabulary,
            ids=tuple(self.ids[at] for at in officers.tolist()),
            order=self.order.take(officers),
            certain=self.certain.take(officers),
            officers={name: each.take(officers) for name, each in self.officers.items()},
            positions=self.positions,
            kinds={name: each.take(officers) for name, each in self.kinds.items()},
            as_of=self.as_of.take(officers),
            in_force=self.in_force.take(officers),
            replaced=self.replaced.take(officers),
            refs=self.refs,
            posts=self.posts,
            unread=self.unread,
        )

    @property
    def phantoms(self) -> int:
        """How many of the events stand for acts that a record may be missing."""
        return sum(int((events.source < 0).sum()) for events in self.kinds.values())

    def weights(self) -> npt.NDArray[np.int64]:
        """How much work each officer is, roughly: the squares of the numbers of events of each kind."""
        found = np.ones(len(self.ids), dtype=np.int64)
        for events in self.kinds.values():
            found += np.diff(events.offsets).astype(np.int64) ** 2
        return found
