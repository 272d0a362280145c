"""Packs timelines, object by object. Registers of any size go through arrow.py instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import define, field, frozen

from compliance.bulk.arrays import IntArray
from compliance.bulk.coding import Codes, dtype
from compliance.bulk.tables import Column, Events, Packed
from compliance.bulk.values import ABSENT
from compliance.calendar.quarters import quarter_of
from compliance.norm.types import Items, Position, Ref, Type
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.timeline.model import Days, FromDate, OneOf, Open, OpenItems, Slot, Timeline

Pair = tuple[int, int]


def pack(timelines: Sequence[Timeline], vocabulary: Vocabulary, ids: Sequence[str] | None = None) -> Packed:
    """The records as columns; `ids` names the officers (their numbers, if left out)."""
    certain = [timeline.certain for timeline in timelines]
    order = sorted(range(len(timelines)), key=lambda at: not certain[at])
    packer = _Packer(Codes(vocabulary))
    for officer, at in enumerate(order):
        packer.add(officer, timelines[at])
    names = [str(at) for at in range(len(timelines))] if ids is None else list(ids)
    return Packed(
        vocabulary=vocabulary,
        ids=tuple(names[at] for at in order),
        order=np.array(order, dtype=np.intp),
        certain=np.array([certain[at] for at in order], dtype=np.bool_),
        officers={name: packer.officers[name].column(attr) for name, attr in vocabulary.officer.items()},
        positions={
            name: packer.positions[name].column(attr, absent=True) for name, attr in vocabulary.position.items()
        },
        kinds={name: packer.events(name, len(order)) for name in vocabulary.kinds},
        as_of=packer.as_of.column(),
        in_force=packer.in_force.column(),
        replaced=packer.replaced.column(),
        refs=tuple(packer.refs),
        posts=tuple(packer.posts),
    )


@define
class _Pairs:
    """A column in the making."""

    lo: list[int] = field(factory=list)
    hi: list[int] = field(factory=list)

    def add(self, pair: Pair) -> None:
        self.lo.append(pair[0])
        self.hi.append(pair[1])

    def column(
        self, attribute: Attribute | None = None, rows: Sequence[int] | None = None, absent: bool = False
    ) -> Column:
        """The column of these rows; `absent` adds a last row for what is not given."""
        type_ = np.int32 if attribute is None else dtype(attribute.type)
        last = [ABSENT] if absent else []
        lo: IntArray = np.array(self.lo + last, dtype=type_)
        hi: IntArray = np.array(self.hi + last, dtype=type_)
        return Column.of(lo, hi) if rows is None else Column.of(lo[list(rows)], hi[list(rows)])


@define
class _Kind:
    """The events of one kind so far, in the order of the records."""

    attributes: dict[str, _Pairs]
    keys: list[tuple[int, int, int]] = field(factory=list)
    """Officer, first possible day, index."""
    date: _Pairs = field(factory=_Pairs)
    sure: list[bool] = field(factory=list)


@frozen
class _Local:
    """What codes of one record mean: its positions by row."""

    rows: Mapping[str, int]


@define
class _Packer:
    codes: Codes
    kinds: dict[str, _Kind] = field(init=False)
    officers: dict[str, _Pairs] = field(init=False)
    positions: dict[str, _Pairs] = field(init=False)
    as_of: _Pairs = field(factory=_Pairs)
    in_force: _Pairs = field(factory=_Pairs)
    replaced: _Pairs = field(factory=_Pairs)
    refs: dict[str, int] = field(factory=dict)
    posts: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        words = self.codes.vocabulary
        self.officers = {name: _Pairs() for name in words.officer}
        self.positions = {name: _Pairs() for name in words.position}
        self.kinds = {
            name: _Kind({attribute: _Pairs() for attribute in kind.attributes}) for name, kind in words.kinds.items()
        }

    def add(self, officer: int, timeline: Timeline) -> None:
        words = self.codes.vocabulary
        first = len(self.posts)
        local = _Local({name: first + at for at, name in enumerate(timeline.positions)})
        self.posts.extend(timeline.positions)
        for attrs in timeline.positions.values():
            for name, attribute in words.position.items():
                self.positions[name].add(self.pair(attribute.type, attrs[name], (0, 0), local))
        for name, attribute in words.officer.items():
            self.officers[name].add(self.pair(attribute.type, timeline.officer[name], (0, 0), local))
        for column, days in ((self.as_of, timeline.as_of), (self.in_force, timeline.in_force)):
            column.add(_span(days))
        self.replaced.add((timeline.replaced, timeline.replaced))
        for slot in timeline.slots:
            self.slot(officer, slot, local)

    def slot(self, officer: int, slot: Slot, local: _Local) -> None:
        kind, span = self.kinds[slot.kind], _span(slot.date)
        kind.keys.append((officer, span[0], slot.index))
        kind.date.add(span)
        kind.sure.append(slot.occurred is True)
        for name, attribute in self.codes.vocabulary.kinds[slot.kind].attributes.items():
            kind.attributes[name].add(self.pair(attribute.type, slot.attrs[name], span, local))

    def pair(self, type_: Type, value: Open, span: Pair, local: _Local) -> Pair:
        """The least and the greatest code that the value may have."""
        match value:
            case Days(lo=lo, hi=hi):
                return lo, hi
            case FromDate(quarter=quarter):
                return (quarter_of(span[0]), quarter_of(span[1])) if quarter else span
            case OpenItems(sure=sure, maybe=maybe):
                assert isinstance(type_, Items)
                return self.codes.mask(type_, sure), self.codes.mask(type_, sure | maybe)
            case OneOf(values=values):
                pairs = [self.pair(type_, each, span, local) for each in values]
                if isinstance(type_, Items):
                    least, most = (np.array(ends) for ends in zip(*pairs, strict=True))
                    return int(np.bitwise_and.reduce(least)), int(np.bitwise_or.reduce(most))
                return min(lo for lo, _ in pairs), max(hi for _, hi in pairs)
            case _:
                code = self.code(type_, value, local)
                return code, code

    def code(self, type_: Type, value: object, local: _Local) -> int:
        if isinstance(type_, Items):
            assert value is None or isinstance(value, frozenset)
            return 0 if value is None else self.codes.mask(type_, value)
        if value is None:
            return ABSENT
        if isinstance(type_, Ref):
            return self.refs.setdefault(str(value), len(self.refs))
        if isinstance(type_, Position):
            return local.rows[str(value)]
        return self.codes.plain(type_, value)

    def events(self, name: str, officers: int) -> Events:
        kind = self.kinds[name]
        rows = sorted(range(len(kind.keys)), key=kind.keys.__getitem__)
        owners: IntArray = np.array([kind.keys[row][0] for row in rows], dtype=np.int64)
        sure = np.array([kind.sure[row] for row in rows], dtype=np.bool_)
        attributes = self.codes.vocabulary.kinds[name].attributes
        return Events(
            kind=name,
            offsets=np.searchsorted(owners, np.arange(officers + 1)).astype(np.intp),
            date=kind.date.column(rows=rows),
            attributes={each: kind.attributes[each].column(attr, rows) for each, attr in attributes.items()},
            sure=None if sure.all() else sure,
            source=np.array([kind.keys[row][2] for row in rows], dtype=np.int64),
        )


def _span(days: int | Days) -> Pair:
    return (days.lo, days.hi) if isinstance(days, Days) else (days, days)


__all__ = ["pack"]
