"""From clean rows to a block that can be judged: doubles and contradictions put aside, days bounded by `as_of`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from compliance.bulk.arrays import Bools, Index, IntArray
from compliance.bulk.registers.layout import MARKS
from compliance.bulk.registers.quarantine import Aside, Quarantine
from compliance.norm.vocabulary import Vocabulary

Hashes = npt.NDArray[np.uint64]

IDENTIFYING: Final = ("position", "quarter", "ref", "item", "ground", "by", "basis", "place", "host")
"""Two events of one kind, officer and day that agree in these and differ elsewhere contradict each other."""
MAY_DIFFER: Final = frozenset({"reserve_decision", "exclusion_decision", "materials_sent"})
"""Kinds for which two different acts of one day are a matter for the law, not for the register."""

_PRIME: Final = np.uint64(0x9E3779B97F4A7C15)


@frozen(eq=False)
class Block:
    """Whole officers with everything said of them; `row` of `events` is the row in the file."""

    events: Any
    officers: Any
    positions: Any

    def __len__(self) -> int:
        return int(self.officers.num_rows)


def rank(table: Any) -> IntArray:
    """The place of each row's event among kinds and PROFILE."""
    return np.asarray(table.column("event").combine_chunks().indices.to_numpy(zero_copy_only=False))


def split(table: Any, kinds: int) -> tuple[Any, Any]:
    """The events, and the rows that say what an officer is; `kinds` is the number of kinds of events."""
    if not table.num_rows:
        return table, table
    places = rank(table)
    if int(places.max()) < kinds:
        return table, table.slice(0, 0)
    mask = places < kinds
    return table.filter(pa.array(mask)), table.filter(pa.array(~mask))


def bounded(events: Any, as_of: int, file: str, quarantine: Quarantine) -> Any:
    """The events up to `as_of`; the later ones are shown as ignored. An uncertain day ends with `as_of`."""
    lo, hi = (events.column(name).to_numpy() for name in ("date", "date_last"))
    late = np.flatnonzero(lo > as_of)
    if len(late):
        _aside(events, late, "audit.after-as-of", file, quarantine)
        events = events.filter(pa.array(lo <= as_of))
        hi = hi[lo <= as_of]
    at = events.column_names.index("date_last")
    return events.set_column(at, "date_last", pa.array(np.minimum(hi, as_of).astype(np.int32)))


def undoubled(events: Any, file: str, quarantine: Quarantine) -> Any:
    """The events without repeated rows and without rows that contradict each other."""
    places = _alike(events)
    if not len(places):
        return events
    some = events.take(pa.array(places))
    base = _hash(some, ("officer_id", "event", "date", "date_last", "maybe"))
    said = [name for name in some.column_names if name not in _BASE and some.column(name).null_count < len(some)]
    whole = _mixed(base, _hash(some, said))
    again = _repeated(whole)
    _aside(some, np.flatnonzero(again), "audit.duplicate-row", file, quarantine)
    once = np.flatnonzero(~again)
    against = _contradicting(some.take(pa.array(once)), base[once], [name for name in said if name in IDENTIFYING])
    _aside(some, once[against], "audit.contradictory-rows", file, quarantine)
    out = np.concatenate([places[again], places[once[against]]])
    if not len(out):
        return events
    keep = np.ones(events.num_rows, dtype=np.bool_)
    keep[out] = False
    return events.filter(pa.array(keep))


def _alike(events: Any) -> Index:
    """The rows that share officer, kind and first day with another, in their order."""
    if not events.num_rows:
        return np.zeros(0, dtype=np.intp)
    officer = places_in(events.column("officer_id"))[0].astype(np.int64)
    key = (officer << 30) | (rank(events).astype(np.int64) << 22) | events.column("date").to_numpy()
    order = np.argsort(key, kind="stable")
    same = np.diff(key[order]) == 0
    found = np.zeros(len(key), dtype=np.bool_)
    found[order[1:][same]] = True
    found[order[:-1][same]] = True
    return np.flatnonzero(found)


def places_in(column: Any) -> tuple[IntArray, Any]:
    """For each row of a column without nulls the place of its word, and the words."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    coded = coded.unify_dictionaries().combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    return np.asarray(coded.indices.to_numpy(zero_copy_only=False)), coded.dictionary


def two_named(events: Any, file: str, quarantine: Quarantine) -> None:
    """Puts aside the rows of an id under which the register names two people."""
    if "name" not in events.column_names:
        return
    table = events.select(["officer_id", "name", "row"]).filter(pc.is_valid(events.column("name")))
    for at, name in enumerate(("officer_id", "name")):
        table = table.set_column(at, name, table.column(name).cast(pa.string()))
    folded = pc.replace_substring(
        pc.utf8_lower(pc.replace_substring_regex(table.column("name"), r"\s+", " ")), "ё", "е"
    )
    table = table.set_column(1, "name", folded)
    names = table.group_by("officer_id").aggregate([("name", "count_distinct"), ("row", "min"), ("row", "max")])
    for each in names.filter(pc.greater(names.column("name_count_distinct"), 1)).to_pylist():
        for row in (each["row_min"], each["row_max"]):
            quarantine.add([Aside(file, row, each["officer_id"], "audit.two-officers", each["officer_id"])])


_BASE: Final = frozenset({"officer_id", "event", "date", "date_last", "maybe", "row"})


def _contradicting(events: Any, base: Hashes, names: list[str]) -> Bools:
    """Rows that share everything that identifies an event with a row that differs from them."""
    key = _mixed(base, _hash(events, names))
    _, places, counts = np.unique(key, return_inverse=True, return_counts=True)
    found: Bools = counts[places] > 1
    words = events.column("event").combine_chunks()
    allowed = np.array([word in MAY_DIFFER for word in words.dictionary.to_pylist()], dtype=np.bool_)
    return np.asarray(found & ~allowed[words.indices.to_numpy()])


def _repeated(hashes: Hashes) -> Bools:
    """Every row after the first that is the same."""
    _, first = np.unique(hashes, return_index=True)
    found = np.ones(len(hashes), dtype=np.bool_)
    found[first] = False
    return found


def _hash(events: Any, names: Any) -> Hashes:
    """One number a row for the cells of some columns; equal cells of one table give equal numbers."""
    found = np.zeros(events.num_rows, dtype=np.uint64)
    for name in names:
        column = events.column(name).combine_chunks()
        if pa.types.is_string(column.type):
            column = column.dictionary_encode()
        if pa.types.is_dictionary(column.type):
            codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64).view(np.uint64)
        else:
            codes = column.to_numpy(zero_copy_only=False).astype(np.int64).view(np.uint64)
        found = _mixed(found, codes)
    return found


def _mixed(found: Hashes, codes: Hashes) -> Hashes:
    mixed: Hashes = (found ^ (codes + _PRIME + (found << np.uint64(6)) + (found >> np.uint64(2)))) * _PRIME
    return mixed


def _aside(table: Any, places: Any, code: str, file: str, quarantine: Quarantine) -> None:
    part = table.take(pa.array(places))
    events = part.column("event").cast(pa.string()).to_pylist()
    who, rows = part.column("officer_id").to_pylist(), part.column("row").to_pylist()
    quarantine.add(
        Aside(file, row, name or "", code, event) for row, name, event in zip(rows, who, events, strict=True)
    )


def people_of(rows: Any, vocabulary: Vocabulary, file: str, quarantine: Quarantine, known: Any) -> Any:
    """The officers, from rows of the register and from a table of their own (`known`), each id once."""
    return _once(rows, "officer_id", (*vocabulary.officer, "name", *MARKS), file, quarantine, known)


def posts_of(rows: Any, vocabulary: Vocabulary, file: str, quarantine: Quarantine, known: Any) -> Any:
    """The posts, from rows of the register and from a table of their own (`known`), each id once."""
    return _once(rows, "position", tuple(vocabulary.position), file, quarantine, known)


def _once(rows: Any, key: str, names: tuple[str, ...], file: str, quarantine: Quarantine, known: Any) -> Any:
    """One row an id; ids of which different things are said are put aside, all their rows."""
    parts = [plain(part, [key, "row", *names]) for part in (rows, known) if part is not None]
    table = pa.concat_tables(parts, promote_options="default")
    if key not in table.column_names:
        return pa.table({key: pa.array([], pa.string())})
    counts = pc.value_counts(table.column(key))
    several = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    if not len(several):
        return table.drop_columns(["row"])
    again = pc.is_in(table.column(key), value_set=several)
    once, rest = table.filter(pc.invert(again)), table.filter(again)
    kept = _agreeing(rest, key, [name for name in names if name in table.column_names], file, quarantine)
    return pa.concat_tables([once, kept]).drop_columns(["row"])


def plain(table: Any, names: Sequence[str]) -> Any:
    """Those of the columns that the table has, words as text."""
    found = {}
    for name in names:
        if name in table.column_names:
            column = table.column(name)
            found[name] = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
    return pa.table(found)


def _agreeing(rows: Any, key: str, names: list[str], file: str, quarantine: Quarantine) -> Any:
    """The first row of each id of which all rows say the same; the rows of the other ids are put aside."""
    ids, seen, wrong = rows.column(key).to_pylist(), dict[str, int](), set[str]()
    said = list(zip(*(rows.column(name).to_pylist() for name in names), strict=True)) or [()] * len(ids)
    for at, id in enumerate(ids):
        if said[seen.setdefault(id, at)] != said[at]:
            wrong.add(id)
    code, numbers = (
        "audit.two-officers" if key == "officer_id" else "audit.contradictory-post",
        rows.column("row").to_pylist(),
    )
    quarantine.add(
        Aside(file, numbers[at], id if key == "officer_id" else "", code, id)
        for at, id in enumerate(ids)
        if id in wrong
    )
    return rows.take(pa.array([at for id, at in seen.items() if id not in wrong], pa.int64()))


def with_everyone(officers: Any, events: Any, others: list[str]) -> Any:
    """The officers' table with those of whom only events, or only rows put aside, speak."""
    listed = officers.column("officer_id").combine_chunks()
    places, words = places_in(events.column("officer_id"))
    seen = words.take(pa.array(np.flatnonzero(np.bincount(places, minlength=len(words)))))
    more = pa.concat_arrays([seen, pa.array(others, pa.string())]).unique()
    fresh = more.filter(pc.invert(pc.is_in(more, value_set=listed)))
    return pa.concat_tables([officers, pa.table({"officer_id": fresh})], promote_options="default")


def gathered(blocks: Sequence[Block], officers: frozenset[str]) -> Block:
    """Some officers of several blocks as one."""
    wanted = pa.array(sorted(officers), pa.string())
    events, people = [], []
    for block in blocks:
        places, words = places_in(block.events.column("officer_id"))
        asked = pc.is_in(words, value_set=wanted).to_numpy(zero_copy_only=False)
        events.append(block.events.filter(pa.array(asked[places])))
        people.append(block.officers.filter(pc.is_in(block.officers.column("officer_id"), value_set=wanted)))
    joined = pa.concat_tables(events, promote_options="default").unify_dictionaries().combine_chunks()
    return Block(joined, pa.concat_tables(people, promote_options="default"), blocks[0].positions)
