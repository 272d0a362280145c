"""Tables of bindings: one row for each way to choose events for some variables, over a stretch of officers.

The root frame has one row an officer and no slot. A frame grows by a slot where a quantifier runs over a kind, and
shrinks to some of its rows. A frame that was only grown from the root is a *full table* of its kinds: there is one of
each in a chunk, and what is known of its rows serves every frame whose slots lie in them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from attrs import define, field

from compliance.bulk import arrays, values
from compliance.bulk.arrays import Bits, Bools, Index, IntArray
from compliance.bulk.tables import Column, Events, Packed
from compliance.bulk.values import ABSENT, NO, YES, ItemMask, Number, Row, Truth, Value
from compliance.norm.types import Items

MOST_ROWS: Final = 20_000_000
"""A table of bindings never has more rows."""


class TooManyBindings(Exception):
    """Some officers have so many events that their bindings would not fit."""


@define(eq=False)
class Segment:
    """The events of one kind that belong to the officers of a chunk; rows count from the chunk's first."""

    events: Events
    start: int
    stop: int
    first: Index
    """Where each officer's rows begin."""
    counts: Index
    sure: Bools | None
    columns: dict[str, Number | ItemMask] = field(factory=dict)

    def column(self, name: str, items: bool) -> Number | ItemMask:
        if name not in self.columns:
            column = self.events.date if name == "date" else self.events.attributes[name]
            part = column.part(self.start, self.stop)
            self.columns[name] = ItemMask(part.lo, part.hi) if items else Number(part.lo, part.hi, part.given)
        return self.columns[name]


@define(eq=False)
class Chunk:
    """A stretch of officers, from `begin` to before `end`."""

    packed: Packed
    begin: int
    end: int
    most_rows: int = MOST_ROWS
    segments: dict[str, Segment] = field(factory=dict)
    root: Frame = field(init=False)
    names: dict[tuple[str, str], Number] = field(factory=dict)
    grown: dict[tuple[int, str], Frame] = field(factory=dict)
    """The frames that were grown from lasting ones, by the frame (which they keep alive) and the kind."""

    def __attrs_post_init__(self) -> None:
        self.root = Frame(self, self.end - self.begin, (), None, None)

    def close(self) -> None:
        """Lets go of everything at once: frames and chunk hold each other, and their columns are large."""
        self.grown.clear()
        self.segments.clear()
        self.names.clear()
        del self.root

    def forget(self, count: int) -> None:
        """Lets go of the frames that were grown last, all but the first `count`."""
        while len(self.grown) > count:
            self.grown.popitem()

    def segment(self, kind: str) -> Segment:
        if kind not in self.segments:
            events = self.packed.kinds[kind]
            offsets = events.offsets[self.begin : self.end + 1]
            start, stop = int(offsets[0]), int(offsets[-1])
            sure = None if events.sure is None else events.sure[start:stop]
            if sure is not None and sure.all():
                sure = None
            self.segments[kind] = Segment(events, start, stop, offsets[:-1] - start, np.diff(offsets), sure)
        return self.segments[kind]

    def attribute(self, kind: str, name: str) -> Number | ItemMask:
        """An attribute of every event of a kind."""
        attributes = self.packed.vocabulary.kinds[kind].attributes
        return self.segment(kind).column(name, name != "date" and isinstance(attributes[name].type, Items))

    def constant(self, table: str, name: str) -> Number:
        """An attribute of every officer, or a day of the case; one number where all have the same."""
        if (table, name) not in self.names:
            column: Column = self.packed.officers[name] if table == "officer" else getattr(self.packed, name)
            self.names[table, name] = self._constant(column.part(self.begin, self.end))
        return self.names[table, name]

    @staticmethod
    def _constant(part: Column) -> Number:
        if part.lo is part.hi and len(part.lo) and bool((part.lo == part.lo[0]).all()):
            value = int(part.lo[0])
            return Number(value, value, part.given)
        return Number(part.lo, part.hi, part.given)

    def of_position(self, position: Number, name: str) -> Number:
        """An attribute of a position; of one that is not given it is not given, of several it is all they have."""
        column = self.packed.positions[name]
        if position.certain:
            lo = arrays.gather_ints(column.lo, np.asarray(position.lo))
            return Number(lo, lo if column.lo is column.hi else column.hi.take(np.asarray(position.lo)))
        lo, hi = np.broadcast_arrays(np.asarray(position.lo), np.asarray(position.hi))
        absent = lo == ABSENT
        least = np.where(absent, ABSENT, _over(np.minimum, column.lo, np.where(absent, hi, lo), hi))
        most = _over(np.maximum, column.hi, np.where(absent, hi, lo), hi)
        return Number(least, np.where(absent & (hi > ABSENT), column.hi.max(), most))

    def full(self, kinds: tuple[str, ...]) -> Frame:
        """The full table of some kinds."""
        frame = self.root
        for kind in kinds:
            frame = frame.expand(kind)
        return frame


@define(eq=False)
class Frame:
    """Bindings of the slots `kinds`. `take` is the row of the parent for each row; None: each in its place."""

    chunk: Chunk
    size: int
    kinds: tuple[str, ...]
    parent: Frame | None
    take: Index | None
    new: Index | None = None
    """The rows of the last slot, where the frame was grown by one (None: all rows of the kind in order)."""
    grown: bool = False
    columns: dict[int, Index | None] = field(factory=dict)
    traces: dict[int, Index | None] = field(factory=dict)
    gathered: dict[tuple[int, str], Number | ItemMask] = field(factory=dict)
    lasting: bool = True
    """Whether what is made of it is kept for others who ask; rows left over from a cut are nobody else's."""
    bases: Index | None = None

    @property
    def is_full(self) -> bool:
        """Whether it is the full table of its kinds."""
        return self.parent is None or (self.grown and self.parent.is_full)

    def trace(self, home: Frame) -> Index | None:
        """For each row, its row in a frame that this one came from."""
        if home is self:
            return None
        if id(home) not in self.traces:
            assert self.parent is not None
            above = self.parent.trace(home)
            if above is None:
                self.traces[id(home)] = self.take
            else:
                self.traces[id(home)] = above if self.take is None else above.take(self.take)
        return self.traces[id(home)]

    def came_from(self, home: Frame) -> bool:
        frame: Frame | None = self
        while frame is not None and frame is not home:
            frame = frame.parent
        return frame is not None

    def column(self, slot: int) -> Index | None:
        """The row of the event in a slot among all of its kind; None: all rows of the kind in order."""
        if self.grown and slot == len(self.kinds) - 1:
            return self.new
        if slot not in self.columns:
            assert self.parent is not None
            above = self.parent.column(slot)
            if above is None:
                self.columns[slot] = self.take
            else:
                self.columns[slot] = above if self.take is None else above.take(self.take)
        return self.columns[slot]

    def expand(self, kind: str) -> Frame:
        """One row for each row here and each event of a kind of its officer."""
        found = self.chunk.grown.get((id(self), kind))
        if found is None:
            found = self._expanded(kind)
            if self.lasting:
                self.chunk.grown[id(self), kind] = found
        return found

    def _expanded(self, kind: str) -> Frame:
        segment, officers = self.chunk.segment(kind), self.trace(self.chunk.root)
        counts = segment.counts if officers is None else segment.counts.take(officers)
        if int(counts.sum()) > self.chunk.most_rows:
            raise TooManyBindings
        parent, starts = arrays.runs(counts)
        rows: Index | None = None
        if officers is not None:
            rows = (segment.first.take(officers) - starts).take(parent)
            rows += np.arange(len(parent))
        kinds = (*self.kinds, kind)
        return Frame(self.chunk, len(parent), kinds, self, parent, rows, grown=True, lasting=self.lasting)

    def keep(self, rows: Index, lasting: bool = True) -> Frame:
        """Only these rows."""
        return Frame(self.chunk, len(rows), self.kinds, self, rows, lasting=lasting and self.lasting)

    def occurred(self) -> Bits:
        """For a frame that was grown: whether the event in its last slot is certain to have happened."""
        found = self.chunk.segment(self.kinds[-1]).sure
        return True if found is None else arrays.gather_bits(found, self.new)

    def identical(self, left: Value, right: Value) -> Truth:
        """Whether two slots hold the same event."""
        assert isinstance(left, Row)
        assert isinstance(right, Row)
        if left.slot == right.slot:
            return YES
        if left.kind != right.kind:
            return NO
        a, b = (np.arange(self.size) if rows is None else rows for rows in map(self.column, (left.slot, right.slot)))
        return values.sure(a == b)

    def attribute(self, slot: int, name: str) -> Number | ItemMask:
        """An attribute of the event in a slot."""
        key = (slot, name)
        if key not in self.gathered:
            column = self.chunk.attribute(self.kinds[slot], name)
            rows = self.column(slot)
            self.gathered[key] = column.at(rows)
        return self.gathered[key]

    def rows_in(self, full: Frame, slots: tuple[int, ...]) -> Index | None:
        """For each row, the row of the full table with the events of these slots (at most two)."""
        if self.came_from(full) and slots == tuple(range(len(slots))):
            return self.trace(full)
        if not slots:
            return self.trace(full)
        first = self.column(slots[0])
        if len(slots) == 1:
            return first
        second = self.column(slots[1])
        bases = full.pair_bases()
        at = bases if first is None else bases.take(first)
        return at + (np.arange(self.size) if second is None else second)

    def pair_bases(self) -> Index:
        """In a full table of two kinds: what to add to a row of the second kind, for each row of the first."""
        if self.bases is None:
            assert self.parent is not None
            segment, officers = self.chunk.segment(self.kinds[1]), self.parent.take
            assert officers is not None
            counts = segment.counts.take(officers)
            self.bases = np.cumsum(counts) - counts - segment.first.take(officers)
        return self.bases


def _over(cover: np.ufunc, column: IntArray, lo: IntArray, hi: IntArray) -> IntArray:
    """What covers the rows from `lo` to `hi` of a column, for each pair; only the pairs that are ranges cost much."""
    found = column.take(lo)
    ranges = np.flatnonzero(lo < hi)
    if len(ranges):
        ends = np.stack([lo[ranges], hi[ranges] + 1], axis=1).ravel()
        found[ranges] = cover.reduceat(column, ends)[::2]
    return found
