"""Turns rows as they stand in a file into our columns; what cannot be read is put aside, row by row.

Every distinct word is read once. The result has `officer_id`, `event`, `date`, `date_last`, `written`, `maybe`,
`row` and a column of text for each attribute; days are ordinals, and a `date_last` may still be OPEN_END.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from compliance.bulk.arrays import Bools, IntArray
from compliance.bulk.registers.batch import Batch
from compliance.bulk.registers.days import Day, read_days
from compliance.bulk.registers.layout import (
    FALSE,
    MARKS,
    OWN,
    PROFILE,
    TRUE,
    UNKNOWN,
    Layout,
    attributes_named,
    canonical_columns,
    event_table,
    named,
    word_table,
)
from compliance.bulk.registers.quarantine import Aside, Quarantine
from compliance.calendar.days import format_iso
from compliance.norm.types import Bool, Date, Enum, Items
from compliance.norm.vocabulary import Vocabulary
from compliance.source.diagnostic import Collector
from compliance.source.suggest import did_you_mean, fold

REPLACED: Final = "\ufffd"
UNKNOWN_KIND: Final = -1


@define(eq=False)
class Cleaner:
    """Cleans the batches of one register, all with the same headings."""

    file: str
    vocabulary: Vocabulary
    layout: Layout
    quarantine: Quarantine
    columns: Mapping[str, str] = field(factory=dict)
    """Heading to column of ours."""
    unused: tuple[str, ...] = ()
    ignored_cells: Counter[str] = field(factory=Counter)
    """By `event.column`, how many filled cells such an event has no place for."""
    last_written: int = 0
    rows: int = 0
    kinds: tuple[str, ...] = field(init=False)
    attributes: tuple[str, ...] = field(init=False)
    words: dict[str, dict[str, str]] = field(factory=dict)
    known_days: dict[str, Day] = field(factory=dict)
    """What the dates mean that were read before."""

    def __attrs_post_init__(self) -> None:
        self.kinds = (*self.vocabulary.kinds, *PROFILE)
        self.attributes = (*(name for name in canonical_columns(self.vocabulary) if name not in OWN), "name", *MARKS)

    def bind(self, headings: tuple[str, ...]) -> None:
        """Decides which heading is which column; an error where the columns that every register has are missing."""
        self.check_mapping(headings)
        known, taken, unused = canonical_columns(self.vocabulary), dict[str, str](), []
        wide = {each.column for each in self.layout.wide}
        wide |= {column for each in self.layout.wide for column in each.columns.values()}
        for heading in headings:
            name = named(heading, self.layout, known)
            if name is None or name in taken.values():
                unused += [] if heading in wide or heading in self.layout.ignored else [heading]
            else:
                taken[heading] = name
        missing = [name for name in self.required() if name not in taken.values()]
        if missing:
            collector = Collector()
            for name in missing:
                near = did_you_mean(name, headings)
                collector.error("audit.no-column", None, expected=headings, suggestion=near, path=self.file, word=name)
            collector.raise_if_any()
        self.columns, self.unused = taken, tuple(unused)

    def check_mapping(self, headings: tuple[str, ...]) -> None:
        """An error for every heading that the mapping names and the register does not have."""
        wide = [name for each in self.layout.wide for name in (each.column, *each.columns.values())]
        collector = Collector()
        for heading in dict.fromkeys((*self.layout.columns, *wide, *self.layout.ignored)):
            if heading not in headings:
                near = did_you_mean(heading, headings)
                collector.error(
                    "audit.map-heading", None, expected=headings, suggestion=near, path=self.file, word=heading
                )
        collector.raise_if_any()

    def note_headings(self, headings: list[str]) -> None:
        """Headings that come late, as in lines of JSON."""
        known = canonical_columns(self.vocabulary)
        for heading in headings:
            if heading not in self.columns and heading not in self.unused:
                name = named(heading, self.layout, known)
                if name is None or name in self.columns.values():
                    self.unused = (*self.unused, heading)
                else:
                    self.columns = {**self.columns, heading: name}

    def required(self) -> tuple[str, ...]:
        return ("officer_id",) if self.layout.wide else ("officer_id", "event", "date")

    def clean(self, batch: Batch) -> Any:
        """The rows of a batch that can be read, in our columns."""
        self.rows += len(batch.rows) + len(batch.bad)
        self.quarantine.add(Aside(self.file, bad.row, "", bad.reason, bad.text) for bad in batch.bad)
        if not len(batch.rows):
            return self.empty()
        if self.layout.wide:
            from compliance.bulk.registers.wide import unfolded

            parts = [self.long(part) for part in unfolded(batch, self)]
            return pa.concat_tables(parts, promote_options="default").unify_dictionaries().combine_chunks()
        self.note_headings(batch.table.column_names)
        table = batch.table.rename_columns([self.columns.get(name, f"?{name}") for name in batch.table.column_names])
        return self.long(Batch(table, batch.rows))

    def empty(self) -> Any:
        none = np.zeros(0, dtype=np.int64)
        return _table(coded(pa.array([], pa.string())), self.kinds, none, none, none, none, none, {})

    def long(self, batch: Batch) -> Any:
        """One row an event, under our own headings."""
        from compliance.bulk.registers.attrs_cell import spread

        table, size = spread(batch, self), len(batch.rows)
        texts = {name: coded(table.column(name)) for name in table.column_names if not _of_days(table, name)}
        nothing = coded(pa.nulls(size, pa.string()))
        officers, events = (texts.get(name, nothing) for name in ("officer_id", "event"))
        kind = self.event_kinds(events)
        lo, hi, written, wrong = self.days(table, texts, size)
        is_event = kind < len(self.vocabulary.kinds)
        lo, hi = np.where(is_event, lo, 1), np.where(is_event, hi, 1)
        maybe, odd = self.occurred(texts.get("occurred", nothing))
        blank = officers.is_null().to_numpy(zero_copy_only=False)
        checks: list[tuple[str, Bools, Any]] = [
            ("audit.row-signs", self.spoiled(texts, size), None),
            ("audit.no-officer", blank & (is_event | (kind == len(self.vocabulary.kinds))), None),
            ("audit.unknown-event", kind == UNKNOWN_KIND, events),
            *((code, is_event & (wrong == at), table) for at, code in enumerate(_WRONG, 1)),
            ("audit.occurred", odd, None),
        ]
        marks = {name: self.mark(texts, name) for name in MARKS if name in texts}
        checks += [("audit.unknown-value", ~is_event & _odd(column), texts[name]) for name, column in marks.items()]
        good = np.ones(size, dtype=np.bool_)
        for code, found, detail in checks:
            fresh = np.flatnonzero(found & good)
            good &= ~found
            if len(fresh):
                self.aside(code, fresh, batch.rows, officers, _details(detail, fresh, code))
        read = {name: self.attribute(texts, name) for name in self.attributes if name in texts and name not in MARKS}
        read |= marks
        if bool(good.all()):
            self.note(written, is_event, read, kind)
            return _table(officers, self.kinds, kind, lo, hi, maybe, batch.rows, read)
        keep = np.flatnonzero(good)
        at = pa.array(keep)
        read = {name: column.take(at) for name, column in read.items()}
        self.note(written[keep], is_event[keep], read, kind[keep])
        rows = batch.rows[keep]
        return _table(officers.take(at), self.kinds, kind[keep], lo[keep], hi[keep], maybe[keep], rows, read)

    def note(self, written: IntArray, is_event: Bools, texts: Mapping[str, Any], kind: IntArray) -> None:
        self.last_written = max(self.last_written, int((written * is_event).max(initial=0)))
        self.note_ignored(texts, kind)

    def aside(self, code: str, places: Any, rows: IntArray, officers: Any, details: list[str]) -> None:
        who = officers.take(pa.array(places)).to_pylist()
        numbers = rows[places].tolist()
        self.quarantine.add(
            Aside(self.file, row, name or "", code, detail)
            for row, name, detail in zip(numbers, who, details, strict=True)
        )

    def event_kinds(self, words: Any) -> IntArray:
        """The place of the kind that each word stands for; UNKNOWN_KIND for a word that is none."""
        known, places = event_table(self.layout, self.vocabulary), {name: at for at, name in enumerate(self.kinds)}
        codes = [places.get(known.get(fold(word), ""), UNKNOWN_KIND) for word in words.dictionary.to_pylist()]
        return np.array([*codes, UNKNOWN_KIND], dtype=np.int64)[places_of(words)]

    def days(self, table: Any, texts: Mapping[str, Any], size: int) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        """First and last day, the latest that is written down, and what is wrong (a place in _WRONG from 1)."""
        column = texts.get("date")
        if column is None and "date" in table.column_names:
            column = whole(table.column("date"))
            if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
                ordinals = pc.add(column.cast(pa.date32(), safe=False).cast(pa.int32()), 719_163)
                none = ordinals.is_null().to_numpy(zero_copy_only=False)
                found = ordinals.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
                return (
                    found,
                    self.last(table, found),
                    found,
                    none.astype(np.int64) * (1 + _WRONG.index("audit.no-date")),
                )
            column = coded(column.cast(pa.string()))
        column = coded(pa.nulls(size, pa.string())) if column is None else column
        words = column.dictionary.to_pylist()
        fresh = [word for word in words if word not in self.known_days]
        self.known_days |= zip(fresh, read_days(fresh, self.layout.dates), strict=True)
        read = [*(self.known_days[word] for word in words), Day(0, 0, wrong="audit.no-date")]
        at = places_of(column)
        code = [1 + _WRONG.index(each.wrong) if each.wrong else 0 for each in read]
        lo, hi, written = (np.array([getattr(d, n) for d in read], dtype=np.int64)[at] for n in ("lo", "hi", "written"))
        return lo, self.last(table, hi), written, np.array(code, dtype=np.int64)[at]

    @staticmethod
    def last(table: Any, days: IntArray) -> IntArray:
        """The last days, where a register of days has a column of its own for them."""
        if "date_last" not in table.column_names:
            return days
        column = table.column("date_last")
        column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        if not pa.types.is_date(column.type):
            return days
        ordinals = pc.add(column.cast(pa.date32()).cast(pa.int32()), 719_163).fill_null(0)
        found: IntArray = np.maximum(days, ordinals.to_numpy(zero_copy_only=False).astype(np.int64))
        return found

    def occurred(self, words: Any) -> tuple[IntArray, Bools]:
        """Which events may not have happened, and which cells say neither."""
        folded = [fold(word) for word in words.dictionary.to_pylist()]
        table = [2 if word in UNKNOWN else int(word not in TRUE) for word in folded]
        found = np.array([*table, 0], dtype=np.int64)[places_of(words)]
        return (found == 2).astype(np.int64), found == 1

    def spoiled(self, texts: Mapping[str, Any], size: int) -> Bools:
        """Rows with signs that the encoding could not give."""
        found = np.zeros(size, dtype=np.bool_)
        for column in texts.values():
            hit = pc.match_substring(column.dictionary, REPLACED)
            if pc.any(hit).as_py():
                found |= np.append(hit.to_numpy(zero_copy_only=False), False)[places_of(column)]
        return found

    def mark(self, texts: Mapping[str, Any], name: str) -> Any:
        """A column of MARKS: truths, or kinds of events; REPLACED for what is neither."""
        column, known = texts[name], event_table(self.layout, self.vocabulary)

        def said(word: str) -> str:
            if name == "complete":
                return "true" if fold(word) in TRUE else "false" if fold(word) in FALSE else REPLACED
            kinds = [known.get(fold(part), "") for part in word.replace("|", ";").replace(",", ";").split(";")]
            return ";".join(kinds) if set(kinds) <= set(self.vocabulary.kinds) else REPLACED

        words = pa.array([said(word) for word in column.dictionary.to_pylist()], pa.string()).dictionary_encode()
        places = np.append(words.indices.to_numpy(zero_copy_only=False), -1)[places_of(column)].astype(np.int32)
        return _dictionary(places, words.dictionary)

    def attribute(self, texts: Mapping[str, Any], name: str) -> Any:
        """A column in the words of the vocabulary; a word that is none stays, and is found later."""
        column = texts[name]
        types = [attribute.type for attribute in attributes_named(name, self.vocabulary)]
        if not any(isinstance(type_, Bool | Enum | Items | Date) for type_ in types):
            return column
        known = self.words.setdefault(name, word_table(name, self.layout, self.vocabulary))
        several = any(isinstance(type_, Items) for type_ in types)
        dated = any(isinstance(type_, Date) for type_ in types) and bool(self.layout.dates)
        said = [self.said(word, known, several, dated) for word in column.dictionary.to_pylist()]
        again = pa.array(said, pa.string()).dictionary_encode()
        places = np.append(again.indices.to_numpy(zero_copy_only=False), -1)[places_of(column)].astype(np.int32)
        return _dictionary(places, again.dictionary)

    def said(self, word: str, known: Mapping[str, str], several: bool, dated: bool) -> str:
        found = known.get(fold(word))
        if found is not None:
            return found
        if several:
            parts = [part.strip() for part in word.replace("|", ";").replace(",", ";").split(";")]
            return ";".join(known.get(fold(part), part) for part in parts if part)
        if dated and fold(word) not in ("unknown", "none"):
            (read,) = read_days([word], self.layout.dates)
            return word if read.wrong or read.lo != read.hi else format_iso(read.lo)
        return fold(word) if fold(word) in ("unknown", "none") else word

    def note_ignored(self, texts: Mapping[str, Any], kind: IntArray) -> None:
        """Counts filled cells that such an event has no place for."""
        for name, column in texts.items():
            if column.null_count == len(column) or name == "name":
                continue
            filled = ~column.is_null().to_numpy(zero_copy_only=False)
            counts = np.bincount(kind[filled], minlength=len(self.kinds))
            for at in np.flatnonzero(counts).tolist():
                if at < len(self.vocabulary.kinds) and name not in self.vocabulary.kinds[self.kinds[at]].attributes:
                    self.ignored_cells[f"{self.kinds[at]}.{name}"] += int(counts[at])


_WRONG: Final = ("audit.no-date", "audit.not-a-date", "audit.day-first")


def whole(column: Any) -> Any:
    """A column in one piece."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return (column.unify_dictionaries() if pa.types.is_dictionary(column.type) else column).combine_chunks()


def coded(column: Any) -> Any:
    """A column as places of its trimmed words, blanks as nulls."""
    column = whole(column)
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        column = pc.binary_join(column, ";")
    if not pa.types.is_dictionary(column.type):
        column = (column if pa.types.is_string(column.type) else column.cast(pa.string())).dictionary_encode()
    words = column.dictionary if pa.types.is_string(column.dictionary.type) else column.dictionary.cast(pa.string())
    trimmed = pc.utf8_trim_whitespace(words)
    clean = (
        not words.null_count and pc.all(pc.equal(words, trimmed)).as_py() and not pc.any(pc.equal(words, "")).as_py()
    )
    if clean:
        return column if column.indices.type == pa.int32() else _dictionary(places_of(column), words)
    once = pc.if_else(pc.equal(trimmed, ""), None, trimmed).dictionary_encode()
    at = np.append(once.indices.fill_null(-1).to_numpy(zero_copy_only=False), -1)
    return _dictionary(at[places_of(column)].astype(np.int32), once.dictionary)


def _of_days(table: Any, name: str) -> bool:
    """Whether a column holds days, or times, as such."""
    type_ = table.schema.field(name).type
    return name in ("date", "date_last") and (pa.types.is_date(type_) or pa.types.is_timestamp(type_))


def _odd(column: Any) -> Bools:
    """Where a column of MARKS says what nobody understands."""
    words = np.array([word == REPLACED for word in column.dictionary.to_pylist()] + [False])
    return np.asarray(words[places_of(column)])


def places_of(column: Any) -> IntArray:
    """The place of each word among the words, -1 where there is none."""
    return np.asarray(column.indices.fill_null(-1).to_numpy(zero_copy_only=False))


def _dictionary(places: IntArray, words: Any) -> Any:
    at = pa.array(places.astype(np.int32), mask=places < 0) if (places < 0).any() else pa.array(places.astype(np.int32))
    return pa.DictionaryArray.from_arrays(at, words)


def _details(source: Any, places: Any, code: str) -> list[str]:
    if source is None:
        return [""] * len(places)
    if isinstance(source, pa.Table):
        source = source.column("date") if "date" in source.column_names else pa.nulls(source.num_rows, pa.string())
    words = source.take(pa.array(places)).cast(pa.string()).to_pylist()
    return [(word or "")[:100] for word in words]


def _table(
    officers: Any, kinds: tuple[str, ...], kind: Any, lo: Any, hi: Any, maybe: Any, rows: Any, texts: Any
) -> Any:
    event = pa.DictionaryArray.from_arrays(pa.array(kind.astype(np.int32)), pa.array(kinds, pa.string()))
    return pa.table({
        "officer_id": officers,
        "event": event,
        "date": pa.array(lo.astype(np.int32)),
        "date_last": pa.array(hi.astype(np.int32)),
        "maybe": pa.array(maybe.astype(np.int8)),
        "row": pa.array(rows),
        **texts,
    })  # fmt: skip


def cleaned(batches: Iterator[Batch], cleaner: Cleaner) -> Iterator[Any]:
    """The tables of some batches."""
    for batch in batches:
        yield cleaner.clean(batch)
