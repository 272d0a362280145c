"""Gathers clean rows into parts of whole officers: in memory where the register is small, else in files by part."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from compliance.bulk.arrays import IntArray
from compliance.bulk.registers.block import split
from compliance.source.diagnostic import Collector


def bucket(officer: str) -> int:
    """A number that spreads officers evenly and is the same on every machine."""
    return zlib.crc32(officer.encode())


def buckets(column: Any) -> IntArray:
    """The bucket of each row."""
    coded = (
        column.combine_chunks().dictionary_encode()
        if isinstance(column, pa.ChunkedArray)
        else column.dictionary_encode()
    )
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    numbers = np.array([bucket(word) for word in coded.dictionary.to_pylist()], dtype=np.int64)
    return numbers[coded.indices.to_numpy(zero_copy_only=False)] if len(coded) else np.zeros(0, dtype=np.int64)


@define(eq=False)
class Parts:
    """The rows of a register, by part."""

    count: int
    shard: tuple[int, int]
    folder: Path
    tables: list[Any] = field(factory=list)
    profiles: list[Any] = field(factory=list)
    writers: dict[int, Any] = field(factory=dict)

    def add(self, table: Any) -> None:
        """Takes a clean table: profiles stay in memory, events go to their parts, other shards' rows nowhere."""
        events, profile = split(table)
        if profile.num_rows:
            self.profiles.append(_said(self.own(profile)))
        events = self.own(events)
        if self.count == 1:
            self.tables.append(events)
            return
        where = (buckets(events.column("officer_id")) // self.shard[1]) % self.count
        for part in np.unique(where).tolist():
            self.write(part, events.filter(pa.array(where == part)))

    def own(self, table: Any) -> Any:
        number, of = self.shard
        if of == 1 or not table.num_rows:
            return table
        officers = pc.fill_null(table.column("officer_id"), "")
        mine = (buckets(officers) % of == number - 1) | (officers.combine_chunks().is_null().to_numpy(False))
        return table.filter(pa.array(mine | (pc.equal(officers, "").combine_chunks().to_numpy(zero_copy_only=False))))

    def write(self, part: int, table: Any) -> None:
        try:
            if part not in self.writers:
                options = pa.ipc.IpcWriteOptions(compression="lz4")
                self.writers[part] = pa.ipc.new_stream(self.path(part), table.schema, options=options)
            self.writers[part].write_table(table)
        except OSError as error:
            Collector().fail("audit.cannot-write", None, path=str(self.path(part)), text=str(error.strerror or error))

    def path(self, part: int) -> str:
        return str(self.folder / f"rows-{part:05d}.arrow")

    def close(self) -> None:
        for writer in self.writers.values():
            writer.close()

    def part_of(self, officer: str) -> int:
        return (bucket(officer) // self.shard[1]) % self.count

    def profile_table(self, empty: Any) -> Any:
        return pa.concat_tables([empty.drop_columns(list(_DAYS)), *self.profiles], promote_options="default")

    def read(self, empty: Any) -> Iterator[tuple[int, Any]]:
        """Each part with its events."""
        if self.count == 1:
            yield 0, _lean(pa.concat_tables([empty, *self.tables]).unify_dictionaries().combine_chunks())
            return
        for part in range(self.count):
            if part not in self.writers:
                yield part, _lean(empty)
                continue
            with pa.memory_map(self.path(part)) as stream:
                table = pa.ipc.open_stream(stream).read_all()
            yield part, _lean(table.unify_dictionaries().combine_chunks())


_DAYS = ("event", "date", "date_last", "maybe")


def _said(profile: Any) -> Any:
    """The profiles without days and without columns that say nothing: they stay in memory to the end."""
    kept = [name for name in profile.column_names if profile.column(name).null_count < profile.num_rows]
    return profile.select([name for name in kept if name not in _DAYS])


def _lean(table: Any) -> Any:
    """The table without columns that say nothing."""
    kept = [name for name in table.column_names if table.column(name).null_count < max(1, table.num_rows)]
    fixed = [name for name in ("officer_id", "event", "date", "date_last", "maybe", "row") if name not in kept]
    return table.select([*fixed, *kept])


def of_part(officers: Any, parts: Parts, part: int) -> Any:
    """The officers of a table who belong to a part of this shard."""
    if (parts.count == 1 and parts.shard[1] == 1) or not officers.num_rows:
        return officers
    numbers = buckets(officers.column("officer_id"))
    mine = numbers % parts.shard[1] == parts.shard[0] - 1
    return officers.filter(pa.array(mine & ((numbers // parts.shard[1]) % parts.count == part)))
