"""Parquet: one file, or a folder of them (a partitioned register), read batch by batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from compliance.bulk.registers.batch import ROWS, Batch, Opened
from compliance.source.diagnostic import Collector


def open_parquet(path: Path) -> Opened:
    """The register of a Parquet file or folder; rows are counted from 1, over all files in the order of their names."""
    files = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    columns: dict[str, None] = {}
    for each in files:
        try:
            columns |= dict.fromkeys(pq.read_schema(each).names)
        except (pa.ArrowInvalid, OSError) as error:
            _unreadable(each, error)
    return Opened(tuple(columns), lambda: _batches(files))


def _batches(files: list[Path]) -> Iterator[Batch]:
    start = 1
    for each in files:
        try:
            with pq.ParquetFile(each, memory_map=True, read_dictionary=_texts(each)) as source:
                for batch in source.iter_batches(batch_size=ROWS):
                    numbers = np.arange(start, start + batch.num_rows, dtype=np.int64)
                    start += batch.num_rows
                    yield Batch(pa.Table.from_batches([batch]), numbers)
        except (pa.ArrowInvalid, OSError) as error:
            _unreadable(each, error)


def _texts(path: Path) -> list[str]:
    """The columns of text: they are read as places of their words."""
    return [field.name for field in pq.read_schema(path) if pa.types.is_string(field.type)]


def _unreadable(path: Path, error: Exception) -> None:
    Collector().fail("audit.unreadable-file", None, path=str(path), text=" ".join(str(error).split())[:160])
