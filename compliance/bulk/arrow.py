"""Packs a register straight from Arrow columns: the way for many officers.

`events`: `officer_id`, `event`, `date` (and `date_last` where the day is uncertain, `maybe` where it is not known
whether it happened), and a column an attribute. Text is read word by word, `unknown` and `none` included; a null is
left out and means what the vocabulary says. `officers`: `officer_id` and the attributes of the officer. `positions`:
`position` and its attributes; a post that they lack is one of which little is known.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen

from compliance.bulk.arrays import Bools, Index, IntArray
from compliance.bulk.coding import Codes
from compliance.bulk.defaults import Pair, Setting, filled, pair_of
from compliance.bulk.missing import missing_acts, of_missing, or_none
from compliance.bulk.tables import Column, Events, Packed
from compliance.bulk.values import ABSENT
from compliance.bulk.words import LEFT_OUT, UNREAD, Plain, Reader, Words, column_of
from compliance.calendar.days import NEVER
from compliance.norm.types import Bool, Date, Position, Quarter, Ref
from compliance.norm.vocabulary import Attribute, Kind, Vocabulary
from compliance.timeline.defaults import MISSING_PER_KIND, UNDECLARED
from compliance.timeline.edtf import EARLIEST


def pack_table(
    events: Any,
    vocabulary: Vocabulary,
    *,
    as_of: int,
    officers: Any = None,
    positions: Any = None,
    in_force: tuple[int, int] = (1, 1),
    replaced: int = NEVER,
    phantoms: bool = True,
    first_row: int = 0,
) -> Packed:
    """The register as columns. `in_force` are the first and the last day that may be it; for officers without an event
    before the last of them it is the last.

    `phantoms`: a judgement of which a record says nothing may be missing from it. `first_row`: the number of the first
    row of `events` within its file. An unknown kind of event or a day that is missing is a ValueError: readers sort
    such rows out before.
    """
    packer = _Packer(vocabulary, as_of, phantoms, first_row, Reader(Codes(vocabulary)))
    return packer.pack(events, officers, positions, in_force, replaced)


@define(eq=False)
class _Draft:
    """The events of one kind before they are sorted. `rows` are those of the file, -1 for phantoms."""

    kind: Kind
    rows: Index
    officer: Index
    day: Pair
    sure: Bools | None
    attributes: dict[str, Pair] = field(factory=dict)


@frozen(eq=False)
class _Who:
    """The officers in the order of their table, those of whom only events speak last."""

    ids: tuple[str, ...]
    of_row: Index
    """The officer of each row of the events."""
    table_rows: IntArray
    """The row of each officer in the table of officers, -1 for none."""


@define(eq=False)
class _Packer:
    vocabulary: Vocabulary
    as_of: int
    phantoms: bool
    first_row: int
    reader: Reader
    columns: dict[str, Words | Plain | None] = field(factory=dict)
    silent: dict[str, Bools] = field(factory=dict)
    """By kind, which officers have no such event."""
    unread: dict[tuple[str, str], Index] = field(factory=dict)
    missing: dict[str, Bools] = field(factory=dict)
    """By kind, of which officers such acts may be missing."""

    def pack(self, events: Any, officers: Any, positions: Any, in_force: tuple[int, int], replaced: int) -> Packed:
        who = _who(events, officers)
        self.columns = {name: column_of(events, name, text) for name, text in sorted(self.names().items())}
        self.reader.name_refs(self.columns_of(Ref))
        posts = self.posts(positions)
        self.missing = missing_acts(officers, who.table_rows, self.vocabulary)
        drafts = self.drafts(events, who)
        people = self.people(officers, who)
        open_posts = np.logical_or.reduce([lo != hi for lo, hi in posts.values()])
        uncertain = self.uncertain(drafts, people, open_posts, len(who.ids))
        begins = self.begins(drafts, in_force, len(who.ids))
        uncertain |= begins != in_force[1]
        order = np.argsort(uncertain, kind="stable")
        place = np.empty(len(order), dtype=np.intp)
        place[order] = np.arange(len(order))
        moved = bool(uncertain.any()) and not bool((order == np.arange(len(order))).all())
        return Packed(
            vocabulary=self.vocabulary,
            ids=tuple(np.array(who.ids, dtype=object)[order].tolist()) if moved else who.ids,
            order=order,
            certain=~uncertain[order],
            officers={name: Column.of(lo[order], None if lo is hi else hi[order]) for name, (lo, hi) in people.items()},
            positions={name: Column.of(lo, hi) for name, (lo, hi) in posts.items()},
            kinds={draft.kind.name: _sorted(draft, place if moved else None, len(order)) for draft in drafts},
            as_of=_constant(self.as_of, self.as_of, len(order)),
            in_force=Column.of(begins[order], np.full(len(order), in_force[1], dtype=np.int32)),
            replaced=_constant(replaced, replaced, len(order)),
            refs=tuple(self.reader.refs.to_pylist()),
            posts=tuple(self.reader.posts),
            unread=self.unread,
        )

    def names(self) -> dict[str, bool]:
        """The attributes of events, and which of them are read as text whatever the register holds."""
        found: dict[str, bool] = {}
        for kind in self.vocabulary.kinds.values():
            for name, each in kind.attributes.items():
                found[name] = found.get(name, True) and not isinstance(each.type, Bool | Date | Quarter)
        return found

    def setting(self, day: Pair, officer: Index) -> Setting:
        refs, posts = len(self.reader.refs), len(self.reader.posts)
        return Setting(self.reader.codes, self.as_of, refs, posts, day, officer, self.silent)

    def posts(self, positions: Any) -> dict[str, Pair]:
        """The attributes of every post: those declared, those only mentioned, the one not declared, and none."""
        posts = self.reader.posts
        given = column_of(positions, "position", text=True)
        if isinstance(given, Words):
            words = given.words
            for place in given.places.tolist():
                posts.setdefault(words[place], len(posts))
        declared = len(posts)
        for column in self.columns_of(Position):
            for word in column.words:
                if word not in ("", "unknown", "none"):
                    posts.setdefault(word, len(posts))
        posts[UNDECLARED] = len(posts)
        return {name: self.post(attribute, positions, declared) for name, attribute in self.vocabulary.position.items()}

    def post(self, attribute: Attribute, positions: Any, declared: int) -> Pair:
        """One attribute of every post; the last row is ABSENT."""
        codes = np.full(len(self.reader.posts), LEFT_OUT, dtype=np.int64)
        column = column_of(positions, attribute.name)
        if column is not None:
            codes[:declared] = self.reader.read(attribute, column)
        known = self.vocabulary.undeclared_post
        if attribute.name in known:
            codes[declared:] = self.reader.codes.plain(attribute.type, known[attribute.name])
        none = np.zeros(len(codes), dtype=np.int64)
        lo, hi = filled(attribute, codes, self.setting((none, none), none.astype(np.intp)))
        return pair_of(np.append(lo, lo.dtype.type(ABSENT)), np.append(hi, hi.dtype.type(ABSENT)))

    def columns_of(self, type_: type[Ref] | type[Position]) -> list[Words]:
        """The columns of events that hold references, or positions."""
        kinds = self.vocabulary.kinds.values()
        names = {name for kind in kinds for name, each in kind.attributes.items() if isinstance(each.type, type_)}
        return [column for name in sorted(names) if isinstance(column := self.columns[name], Words)]

    def drafts(self, events: Any, who: _Who) -> list[_Draft]:
        """The events by kind, with everything that they say, phantoms last."""
        kinds, day, maybe = self.kinds(events), self.days(events), column_of(events, "maybe")
        doubt = maybe.codes == 1 if isinstance(maybe, Plain) else None
        grouped = np.argsort(kinds, kind="stable")
        names = list(self.vocabulary.kinds)
        bounds = np.searchsorted(kinds[grouped], np.arange(len(names) + 1))
        drafts = []
        for at, name in enumerate(names):
            rows = grouped[bounds[at] : bounds[at + 1]]
            officer = who.of_row[rows]
            self.silent[name] = np.bincount(officer, minlength=len(who.ids)) == 0
            sure = None if doubt is None or not doubt[rows].any() else ~doubt[rows]
            drafts.append(_Draft(self.vocabulary.kinds[name], rows, officer, _part(day, rows), sure))
        for draft in drafts:
            self.fill(draft, len(who.ids))
        return drafts

    def kinds(self, events: Any) -> IntArray:
        """The kind of each row by its place in the vocabulary."""
        column, known = column_of(events, "event"), {name: at for at, name in enumerate(self.vocabulary.kinds)}
        assert isinstance(column, Words)
        codes = [known.get(word, UNREAD) for word in column.words]
        found = np.array([*codes, UNREAD], dtype=np.int16).take(column.places)
        if len(found) and int(found.min()) < 0:
            raise ValueError("the register holds events of unknown kinds")
        return found

    @staticmethod
    def days(events: Any) -> Pair:
        first, last = (column_of(events, name) for name in ("date", "date_last"))
        if not isinstance(first, Plain) or (len(first.codes) and int(first.codes.min()) < 0):
            raise ValueError("the register holds events without a day")
        if last is None:
            return first.codes, first.codes
        assert isinstance(last, Plain)
        return pair_of(first.codes, np.where(last.codes < 0, first.codes, last.codes))

    def fill(self, draft: _Draft, officers: int) -> None:
        """Reads the attributes of one kind; where judgements may be missing, adds one for each officer without."""
        ghosts = self.ghosts(draft.kind, officers)
        listed = len(draft.rows)
        if len(ghosts):
            earliest = min(EARLIEST, self.as_of)
            lo = np.concatenate([draft.day[0], np.full(len(ghosts), earliest)])
            draft.day = pair_of(lo, np.concatenate([draft.day[1], np.full(len(ghosts), self.as_of)]))
            draft.officer = np.concatenate([draft.officer, ghosts])
            sure = np.ones(listed, dtype=np.bool_) if draft.sure is None else draft.sure
            draft.sure = np.concatenate([sure, np.zeros(len(ghosts), dtype=np.bool_)])
        setting = self.setting(draft.day, draft.officer)
        for name, attribute in draft.kind.attributes.items():
            codes = np.full(len(draft.officer), LEFT_OUT, dtype=np.int64)
            column = self.columns[name]
            if column is not None and listed:
                codes[:listed] = self.reader.read(attribute, column.at(draft.rows))
                if int(codes[:listed].min()) == UNREAD:
                    self.unread[draft.kind.name, name] = draft.rows[codes[:listed] == UNREAD] + self.first_row
            opened = listed + np.flatnonzero(self.opened(draft.kind, draft.officer[listed:]))
            codes[opened] = of_missing(attribute)
            draft.attributes[name] = or_none(attribute, filled(attribute, codes, setting), opened)
        rows = draft.rows + self.first_row
        draft.rows = np.concatenate([rows, np.full(len(ghosts), -1)]) if len(ghosts) else rows

    def ghosts(self, kind: Kind, officers: int) -> Index:
        """The officers for whom an act of a kind may be missing, as often as it may."""
        found = self.missing.get(kind.name, np.zeros(officers, dtype=np.bool_))
        silent = self.silent[kind.name] & ~found if self.phantoms and kind.judgement else np.zeros_like(found)
        return np.repeat(np.arange(officers), np.where(found, MISSING_PER_KIND, silent.astype(np.intp)))

    def opened(self, kind: Kind, ghosts: Index) -> Bools:
        """Which of the acts that may be missing are so because the record is said not to be complete."""
        found = self.missing.get(kind.name)
        return np.zeros(len(ghosts), dtype=np.bool_) if found is None else found[ghosts]

    def people(self, officers: Any, who: _Who) -> dict[str, Pair]:
        """The attributes of the officers."""
        none = np.zeros(len(who.ids), dtype=np.int64)
        setting, found = self.setting((none, none), none.astype(np.intp)), {}
        for name, attribute in self.vocabulary.officer.items():
            codes = np.full(len(who.ids), LEFT_OUT, dtype=np.int64)
            column = column_of(officers, name)
            if column is not None:
                listed = who.table_rows >= 0
                codes[listed] = self.reader.read(attribute, column)[who.table_rows[listed]]
            found[name] = filled(attribute, codes, setting)
        return found

    @staticmethod
    def begins(drafts: list[_Draft], in_force: tuple[int, int], officers: int) -> IntArray:
        """For each officer the first day that may be the one of entry into force."""
        found = np.full(officers, in_force[1], dtype=np.int32)
        for draft in drafts if in_force[0] != in_force[1] else ():
            listed = draft.rows >= 0
            found[draft.officer[listed & (draft.day[0] < in_force[1])]] = in_force[0]
        return found

    def uncertain(self, drafts: list[_Draft], people: dict[str, Pair], posts: Bools, officers: int) -> Bools:
        """Which officers' records have an uncertain fact."""
        found = np.zeros(officers, dtype=np.bool_)
        for lo, hi in people.values():
            if lo is not hi:
                found |= lo != hi
        for draft in drafts:
            if draft.sure is not None:
                found[draft.officer[~draft.sure]] = True
            for name, (lo, hi) in (("date", draft.day), *draft.attributes.items()):
                if lo is not hi:
                    found[draft.officer[lo != hi]] = True
                elif name != "date" and isinstance(draft.kind.attributes[name].type, Position) and posts.any():
                    found[draft.officer[posts[lo]]] = True
        return found


def _who(events: Any, officers: Any) -> _Who:
    column, table = (column_of(each, "officer_id", text=True) for each in (events, officers))
    assert isinstance(column, Words)
    words, listed = column.dictionary.cast(pa.string()), pa.array([], pa.string())
    used = np.flatnonzero(np.bincount(column.places[column.places >= 0], minlength=len(words)))
    if isinstance(table, Words):
        listed = table.dictionary.cast(pa.string()).take(pa.array(table.places))
    names = pa.concat_arrays([listed, words.take(pa.array(used))]).unique()
    of_word = pc.index_in(words, value_set=names).fill_null(-1).to_numpy()
    of_row = np.append(of_word, -1).astype(np.intp).take(column.places)
    if len(of_row) and int(of_row.min()) < 0:
        raise ValueError("the register holds events without an officer")
    rows = pc.index_in(names, value_set=listed).fill_null(-1).to_numpy().astype(np.int64)
    return _Who(tuple(names.to_pylist()), of_row, rows)


def _part(pair: Pair, rows: Index) -> Pair:
    lo = pair[0].take(rows)
    return (lo, lo) if pair[0] is pair[1] else pair_of(lo, pair[1].take(rows))


def _constant(lo: int, hi: int, size: int) -> Column:
    return Column.of(np.full(size, lo, dtype=np.int32), np.full(size, hi, dtype=np.int32))


def _sorted(draft: _Draft, place: Index | None, officers: int) -> Events:
    """The events of one kind by officer and day; `place` are the officers' new numbers."""
    officer = draft.officer if place is None else place[draft.officer]
    key = (officer.astype(np.int64) << 22) | draft.day[0]
    order = None if bool((key[1:] >= key[:-1]).all()) else np.argsort(key, kind="stable")

    def column(pair: Pair, type_: type[np.signedinteger] | None = None) -> Column:
        lo, hi = pair if order is None else _part(pair, order)
        low = lo if type_ is None else lo.astype(type_)
        return Column.of(low, None if lo is hi else hi if type_ is None else hi.astype(type_))

    return Events(
        kind=draft.kind.name,
        offsets=np.concatenate([[0], np.cumsum(np.bincount(officer, minlength=officers))]).astype(np.intp),
        date=column(draft.day, np.int32),
        attributes={name: column(pair) for name, pair in draft.attributes.items()},
        sure=draft.sure if order is None or draft.sure is None else draft.sure[order],
        source=draft.rows.astype(np.int64) if order is None else draft.rows[order].astype(np.int64),
    )
