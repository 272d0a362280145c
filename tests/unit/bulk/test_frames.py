"""Tables of bindings: which rows they have, how rows of one lie in another, what an uncertain position is."""

from __future__ import annotations

from itertools import product

import numpy as np
from attrs import evolve

from compliance.bulk.frames import Chunk, Frame
from compliance.bulk.pack import pack
from compliance.bulk.tables import Column
from compliance.bulk.values import ABSENT, Number
from compliance.calendar.days import day
from compliance.timeline.model import Open, Slot, Timeline
from tests.randomised_words import VOCABULARY

KINDS = ("report", "lifting")
COUNTS = ((2, 1), (0, 3), (3, 2), (1, 0), (2, 2))
"""For each officer, the number of events of each kind."""


def chunk(begin: int = 0, end: int = len(COUNTS)) -> Chunk:
    officer: dict[str, Open] = {"body": "army", "serving": True, "host": None}
    attrs: dict[str, dict[str, Open]] = {"report": {}, "lifting": {"ref": "r", "until": None}}
    timelines = []
    for counts in COUNTS:
        kinds = [kind for kind, count in zip(KINDS, counts, strict=True) for _ in range(count)]
        slots = tuple(Slot(kind, day(2026, 1, 1) + n, attrs[kind], n) for n, kind in enumerate(kinds))
        timelines.append(Timeline(officer, {}, slots, day(2027, 1, 1)))
    return Chunk(pack(timelines, VOCABULARY), begin, end)


def bindings(frame: Frame) -> list[tuple[int, ...]]:
    """The officer and the row in each slot, for each row of a frame."""
    columns = [frame.trace(frame.chunk.root), *(frame.column(slot) for slot in range(len(frame.kinds)))]
    filled = [np.arange(frame.size) if column is None else column for column in columns]
    return list(zip(*(column.tolist() for column in filled), strict=True))


def expected(kinds: tuple[int, ...], begin: int, end: int) -> list[tuple[int, ...]]:
    found, starts = [], [0, 0]
    for officer, counts in enumerate(COUNTS[begin:end]):
        rows = [range(starts[kind], starts[kind] + counts[kind]) for kind in kinds]
        found += [(officer, *picked) for picked in product(*rows)]
        starts = [start + count for start, count in zip(starts, counts, strict=True)]
    return found


def test_full_tables_hold_every_choice_of_events() -> None:
    for begin, end in ((0, 5), (1, 4), (3, 4)):
        for kinds in ((0,), (1,), (0, 1), (1, 0), (0, 0), (0, 1, 0)):
            frame = chunk(begin, end).full(tuple(KINDS[kind] for kind in kinds))
            assert bindings(frame) == expected(kinds, begin, end)
            assert frame.size == len(bindings(frame))


def test_rows_of_any_frame_lie_in_the_full_tables_of_their_slots() -> None:
    whole = chunk()
    frame = whole.full(("report", "lifting", "report"))
    frame = frame.keep(np.arange(0, frame.size, 2)).expand("lifting").keep(np.arange(3, 17))
    rows = bindings(frame)
    for slots in ((), (0,), (1,), (2,), (0, 1), (1, 0), (2, 0), (0, 2), (3, 1), (2, 3)):
        full = whole.full(tuple(frame.kinds[slot] for slot in slots))
        places = frame.rows_in(full, slots)
        assert places is not None
        of_full = bindings(full)
        for row, place in zip(rows, places.tolist(), strict=True):
            assert of_full[place] == (row[0], *(row[slot + 1] for slot in slots))


def test_what_is_left_over_from_a_cut_is_kept_for_nobody() -> None:
    whole = chunk()
    frame = whole.full(("report",))
    assert frame.expand("lifting") is frame.expand("lifting")
    kept = len(whole.grown)
    assert frame.keep(np.arange(2), lasting=False).expand("lifting").expand("report").size
    assert len(whole.grown) == kept


def test_an_uncertain_position_has_whatever_its_posts_have() -> None:
    whole = chunk()
    lo, hi = [1, 0, 0, ABSENT, ABSENT], [1, 1, 0, 1, ABSENT]
    column = Column.of(np.array(lo, dtype=np.int8), np.array(hi, dtype=np.int8))
    whole.packed = evolve(whole.packed, positions={"listed": column})
    posts = range(4)
    ranges = [(first, last) for first in (ABSENT, *posts) for last in posts if first <= last] + [(ABSENT, ABSENT)]
    first_rows, last_rows = (np.array(side, dtype=np.int32) for side in zip(*ranges, strict=True))
    found = whole.of_position(Number(first_rows, last_rows), "listed")
    for at, (first, last) in enumerate(ranges):
        codes = [ABSENT if post == ABSENT else each for post in range(first, last + 1) for each in
                 ([ABSENT] if post == ABSENT else range(lo[post], hi[post] + 1))]  # fmt: skip
        assert np.asarray(found.lo)[at] <= min(codes), (first, last)
        assert np.asarray(found.hi)[at] >= max(codes), (first, last)
        if first == last:
            assert (np.asarray(found.lo)[at], np.asarray(found.hi)[at]) == (min(codes), max(codes))
