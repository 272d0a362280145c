"""Gathers clean rows into parts of whole officers, in files where the register is not small.

A register in the order of its officers is cut where one officer ends and the next begins; as soon as an officer comes
out of order, everything is spread over as many files by officer instead. Memory holds one part, whatever the size.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from compliance.bulk.arrays import IntArray
from compliance.bulk.registers.block import places_in, split
from compliance.source.diagnostic import Collector

PART_ROWS: Final = 750_000
"""So many rows make a part of a register in order."""
BASE: Final = ("officer_id", "event", "date", "date_last", "maybe", "row")


def bucket(officer: str) -> int:
    """A number that spreads officers evenly and is the same on every machine."""
    return zlib.crc32(officer.encode())


def buckets(column: Any) -> IntArray:
    """The bucket of each row; rows without an officer are of the first."""
    filled = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    coded = filled if pa.types.is_dictionary(filled.type) else filled.dictionary_encode()
    numbers = np.array([*(bucket(word) for word in coded.dictionary.to_pylist()), 0], dtype=np.int64)
    places: IntArray = numbers[coded.indices.fill_null(len(numbers) - 1).to_numpy(zero_copy_only=False)]
    return places


@define(eq=False)
class Parts:
    """The rows of a register, by part. `hashed` is the number of parts of a register that is not in order."""

    hashed: int
    shard: tuple[int, int]
    folder: Path
    kinds: int
    """How many kinds of events there are; an `event` from there on is a profile, the last one a post."""
    firsts: list[str] = field(factory=list)
    """The first officer of each part of a register in order."""
    ordered: bool = True
    tables: list[Any] = field(factory=list)
    """What is not in a file yet."""
    rows: int = 0
    last: str = ""
    posts: list[Any] = field(factory=list)
    writers: dict[int, Any] = field(factory=dict)
    kept: Any = None
    """The whole register, where it is one part."""
    empty: Any = None

    @property
    def count(self) -> int:
        return max(1, len(self.firsts)) if self.ordered else self.hashed

    def add(self, table: Any) -> None:
        """Takes a clean table: posts stay in memory, the rest goes to its parts, other shards' rows nowhere."""
        rest, posts = split(table, self.kinds + 1)
        if posts.num_rows:
            self.posts.append(_said(posts))
        rest = self.own(rest)
        if not rest.num_rows:
            return
        if self.ordered and not self.in_order(rest):
            self.spread()
        if not self.ordered:
            self.scatter(rest)
            return
        self.tables.append(rest)
        self.rows += rest.num_rows
        if self.rows >= PART_ROWS:
            self.cut()

    def own(self, table: Any) -> Any:
        number, of = self.shard
        if of == 1 or not table.num_rows:
            return table
        return table.filter(pa.array(buckets(table.column("officer_id")) % of == number - 1))

    # --- a register in order ---------------------------------------------------------------------------------------

    def in_order(self, table: Any) -> bool:
        """Whether the officers of a table ascend, from the last one seen on."""
        places, words = places_in(table.column("officer_id"))
        order = pc.rank(words, tiebreaker="dense").to_numpy()[places] if len(words) else places
        first, last = words[int(places[0])].as_py(), words[int(places[-1])].as_py()
        if first < self.last or bool((np.diff(order.astype(np.int64)) < 0).any()):
            return False
        self.last = last
        return True

    def cut(self) -> None:
        """Writes what has been gathered as a part, up to where the last officer begins."""
        table = joined(self.tables)
        places, words = places_in(table.column("officer_id"))
        begin = len(places) - int(np.argmax((places != places[-1])[::-1])) if bool((places != places[-1]).any()) else 0
        if not begin:
            self.tables = [table]
            return
        self.write(len(self.firsts), table.slice(0, begin))
        self.writers.pop(len(self.firsts)).close()
        self.firsts.append(words[int(places[0])].as_py())
        rest = anew(table.slice(begin))
        self.tables, self.rows = [rest], rest.num_rows

    # --- a register out of order -----------------------------------------------------------------------------------

    def spread(self) -> None:
        """Spreads over files by officer what stands in parts in order."""
        self.ordered, waiting, self.tables = False, self.tables, []
        for number in range(len(self.firsts)):
            path = Path(self.path(number, ".arrow"))
            moved = path.with_suffix(".moved")
            path.replace(moved)
            for table in _read(moved):
                self.scatter(table)
            moved.unlink()
        self.firsts = []
        for table in waiting:
            self.scatter(table)

    def scatter(self, table: Any) -> None:
        if self.hashed == 1:
            self.tables.append(table)
            return
        where = (buckets(table.column("officer_id")) // self.shard[1]) % self.hashed
        order = np.argsort(where, kind="stable")
        bounds = np.searchsorted(where[order], np.arange(self.hashed + 1))
        for part in np.flatnonzero(np.diff(bounds)).tolist():
            self.write(part, table.take(pa.array(order[bounds[part] : bounds[part + 1]])), suffix=".hashed")

    def write(self, part: int, table: Any, suffix: str = ".arrow") -> None:
        """One table in a file of its own kind: tables of one part may have different columns."""
        try:
            if part not in self.writers:
                self.writers[part] = _Tables(self.path(part, suffix))
            self.writers[part].write(table)
        except OSError as error:
            path = self.path(part, suffix)
            Collector().fail("audit.cannot-write", None, path=path, text=str(error.strerror or error))

    def path(self, part: int, suffix: str | None = None) -> str:
        suffix = (".arrow" if self.ordered else ".hashed") if suffix is None else suffix
        return str(self.folder / f"rows-{part:05d}{suffix}")

    # --- reading ---------------------------------------------------------------------------------------------------

    def close(self, empty: Any) -> None:
        """Ends the gathering; `empty` is a table without rows."""
        self.empty = empty
        for writer in self.writers.values():
            writer.close()
        self.writers = {}
        if self.ordered and self.firsts and self.tables:
            self.write(len(self.firsts), joined(self.tables))
            self.writers.pop(len(self.firsts)).close()
            self.firsts.append(self.tables[0].column("officer_id")[0].as_py())
            self.tables = []
        elif self.count == 1:
            self.kept, self.tables = joined([empty, *self.tables]), []

    def part_of(self, officer: str) -> int:
        if self.ordered:
            return max(0, bisect_right(self.firsts, officer) - 1)
        return (bucket(officer) // self.shard[1]) % self.hashed

    def mine(self, officer: str) -> bool:
        """Whether an officer belongs to this shard."""
        return self.shard[1] == 1 or bucket(officer) % self.shard[1] == self.shard[0] - 1

    def post_rows(self) -> Any:
        return pa.concat_tables([pa.table({"row": pa.array([], pa.int64())}), *self.posts], promote_options="default")

    def rows_of(self, part: int) -> Any:
        """The rows of one part."""
        if self.kept is not None:
            return self.kept
        path = Path(self.path(part))
        return joined(_read(path)) if path.exists() else self.empty

    def state(self) -> Mapping[str, Any]:
        """What is needed to find the parts again."""
        return {"hashed": self.hashed, "firsts": self.firsts, "ordered": self.ordered}

    def restore(self, state: Mapping[str, Any], kept: Any) -> None:
        self.firsts, self.ordered, self.kept = list(state["firsts"]), state["ordered"], kept


@define(eq=False)
class _Tables:
    """Tables one after the other in a file, each a stream of its own with the columns that it has."""

    path: str
    stream: Any = None

    def write(self, table: Any) -> None:
        if self.stream is None:
            self.stream = pa.OSFile(self.path, "wb")
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        with pa.ipc.new_stream(self.stream, table.schema, options=options) as writer:
            writer.write_table(table)

    def close(self) -> None:
        if self.stream is not None:
            self.stream.close()


def _read(path: Path) -> list[Any]:
    found = []
    with pa.OSFile(str(path), "rb") as stream:
        size = stream.size()
        while stream.tell() < size:
            with pa.ipc.open_stream(stream) as reader:
                found.append(reader.read_all())
    return found


def joined(tables: list[Any]) -> Any:
    """Tables with different columns as one, in one piece; columns that say nothing are left out."""
    table = pa.concat_tables(tables, promote_options="default").unify_dictionaries().combine_chunks()
    kept = [
        name for name in table.column_names if name in BASE or table.column(name).null_count < max(1, table.num_rows)
    ]
    return table.select(kept)


def anew(table: Any) -> Any:
    """The table with only the words that its rows say; the kinds of events keep their places."""
    columns = {name: table.column(name) for name in table.column_names}
    return pa.table({
        name: column.cast(pa.string()).dictionary_encode()
        if name != "event" and pa.types.is_dictionary(column.type) else column
        for name, column in columns.items()
    })  # fmt: skip


def _said(posts: Any) -> Any:
    """The rows of posts without days and without columns that say nothing."""
    kept = [name for name in posts.column_names if posts.column(name).null_count < posts.num_rows]
    found = {name: posts.column(name) for name in kept if name not in _DAYS}
    return pa.table({n: c.cast(pa.string()) if pa.types.is_dictionary(c.type) else c for n, c in found.items()})


_DAYS = ("event", "date", "date_last", "maybe")


def of_part(officers: Any, parts: Parts, part: int) -> Any:
    """The officers of a table who belong to a part of this shard."""
    if officers is None or not officers.num_rows:
        return officers
    names = officers.column("officer_id").to_pylist()
    return officers.filter(pa.array([parts.mine(name) and parts.part_of(name) == part for name in names], pa.bool_()))


def only(table: Any, officers: frozenset[str]) -> Any:
    """The rows of some officers."""
    if table is None or not table.num_rows:
        return table
    places, words = places_in(table.column("officer_id"))
    wanted = pc.is_in(words, value_set=pa.array(sorted(officers), pa.string())).to_numpy(zero_copy_only=False)
    return table.filter(pa.array(wanted[places]))


def keep_tables(tables: Mapping[str, Any], folder: Path) -> None:
    """Writes tables for a later run."""
    for name, table in tables.items():
        path = folder / f"kept-{name}.arrow"
        path.unlink(missing_ok=True)
        if table is not None:
            writer = _Tables(str(path))
            writer.write(table)
            writer.close()


def kept_table(folder: Path, name: str) -> Any:
    path = folder / f"kept-{name}.arrow"
    return _read(path)[0] if path.exists() else None
