"""One officer's record out of the columns again: what the evaluator explains and the solver settles.

Uncertain values come back as ranges of codes, so that the record has at least the completions of the one packed.
"""

from __future__ import annotations

from attrs import frozen

from compliance.bulk.defaults import quarters
from compliance.bulk.tables import Column, Events, Packed
from compliance.bulk.values import ABSENT, item_bit
from compliance.norm.types import Bool, Date, Enum, Items, Position, Quarter, Ref, Value
from compliance.norm.vocabulary import Attribute
from compliance.timeline.model import Days, FromDate, OneOf, Open, OpenItems, Slot, Timeline


def unpack(packed: Packed, officer: int) -> Timeline:
    """The record of an officer by his number in `packed`; the slots stand by day and are numbered by `source`.

    Phantoms, which no row stands for, are numbered on from the last.
    """
    return _Unpacker(packed).timeline(officer)


@frozen
class _Unpacker:
    packed: Packed

    def timeline(self, officer: int) -> Timeline:
        words = self.packed.vocabulary
        found = [slot for kind in words.kinds for slot in self.slots(self.packed.kinds[kind], officer)]
        last = max((slot.index for slot in found), default=-1)
        listed = sorted((slot for slot in found if slot.index >= 0), key=lambda slot: (_first(slot.date), slot.index))
        ghosts = [slot for slot in found if slot.index < 0]
        numbered = [
            Slot(slot.kind, slot.date, slot.attrs, last + at, None, phantom=True) for at, slot in enumerate(ghosts, 1)
        ]
        slots = (*listed, *numbered)
        as_of, in_force = (_days(column, officer) for column in (self.packed.as_of, self.packed.in_force))
        return Timeline(
            officer={name: self.open(words.officer[name], c, officer) for name, c in self.packed.officers.items()},
            positions={post: self.post(row) for post, row in self.posts_of(officer)},
            slots=slots,
            as_of=as_of,
            in_force=in_force,
            replaced=int(self.packed.replaced.lo[officer]),
        )

    def slots(self, events: Events, officer: int) -> list[Slot]:
        attributes = self.packed.vocabulary.kinds[events.kind].attributes
        found = []
        for row in range(int(events.offsets[officer]), int(events.offsets[officer + 1])):
            attrs = {name: self.open(each, events.attributes[name], row, events) for name, each in attributes.items()}
            sure = events.sure is None or bool(events.sure[row])
            source = int(events.source[row])
            found.append(Slot(events.kind, _days(events.date, row), attrs, source, True if sure else None))
        return found

    def open(self, attribute: Attribute, column: Column, row: int, events: Events | None = None) -> Open:
        """One value of a column."""
        lo, hi = int(column.lo[row]), int(column.hi[row])
        if isinstance(attribute.type, Items):
            return self.items(attribute.type, lo, hi)
        if events is not None and attribute.default in ("date", "quarter_of_date") and lo != hi:
            quarter = attribute.default == "quarter_of_date"
            first, last = events.date.lo[row : row + 1], events.date.hi[row : row + 1]
            ends = (quarters(first), quarters(last)) if quarter else (first, last)
            if (lo, hi) == (int(ends[0][0]), int(ends[1][0])):
                return FromDate(quarter)
        if lo == hi:
            return self.value(attribute, lo)
        if isinstance(attribute.type, Date) and lo > ABSENT:
            return Days(((lo, hi),))
        return OneOf(tuple(self.value(attribute, code) for code in range(lo, hi + 1)))

    def items(self, type_: Items, sure: int, most: int) -> Open:
        names = [
            (name, item_bit(code))
            for code, name in enumerate(self.packed.vocabulary.enumerations[type_.name].values)
        ]  # fmt: skip
        if not most & 1:
            return None
        held = frozenset(name for name, bit in names if sure & bit)
        maybe = frozenset(name for name, bit in names if most & bit and not sure & bit)
        return OpenItems(held, maybe) if maybe else held

    def value(self, attribute: Attribute, code: int) -> Value:
        if code == ABSENT:
            return None
        match attribute.type:
            case Bool():
                return code == 1
            case Enum(name=name):
                return list(self.packed.vocabulary.enumerations[name].values)[code]
            case Ref():
                return self.packed.refs[code]
            case Position():
                return self.packed.posts[code]
            case Date() | Quarter():
                return code
            case _:
                raise AssertionError(f"no plain value has the type {attribute.type}")

    def posts_of(self, officer: int) -> list[tuple[str, int]]:
        """The posts that the officer's events may concern, with their rows."""
        rows: set[int] = set()
        for events in self.packed.kinds.values():
            attributes = self.packed.vocabulary.kinds[events.kind].attributes
            part = slice(int(events.offsets[officer]), int(events.offsets[officer + 1]))
            for name, attribute in attributes.items():
                if isinstance(attribute.type, Position):
                    column = events.attributes[name]
                    for lo, hi in zip(column.lo[part].tolist(), column.hi[part].tolist(), strict=True):
                        rows.update(range(max(lo, 0), hi + 1))
        return [(self.packed.posts[row], row) for row in sorted(rows)]

    def post(self, row: int) -> dict[str, Open]:
        words = self.packed.vocabulary.position
        return {name: self.open(words[name], column, row) for name, column in self.packed.positions.items()}


def _days(column: Column, row: int) -> int | Days:
    lo, hi = int(column.lo[row]), int(column.hi[row])
    return lo if lo == hi else Days(((lo, hi),))


def _first(days: int | Days) -> int:
    return days.lo if isinstance(days, Days) else days
