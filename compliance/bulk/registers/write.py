"""Findings as tables: Parquet for programs, a workbook for people. Both take columns, part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from compliance.bulk.registers.lines import COLUMNS
from compliance.bulk.registers.quarantine import harmless
from compliance.bulk.registers.workbook import SheetWriter

MOST_IN_A_WORKBOOK: Final = 100_000
_TYPES: Final = {
    "row": pa.int64(),
    "robust": pa.bool_(),
    "late_days": pa.int32(),
    "settled": pa.bool_(),
    "explained": pa.bool_(),
}
SCHEMA: Final = pa.schema([(name, _TYPES.get(name, pa.string())) for name in COLUMNS])
WIDE: Final = {"says_en": 60, "says_ru": 60, "because": 50, "citation_en": 30, "citation_ru": 30}

Columns = Mapping[str, Sequence[Any]]


class ParquetFile:
    """Writes findings in batches."""

    def __init__(self, path: Path) -> None:
        self.writer = pq.ParquetWriter(path, SCHEMA, compression="zstd")

    def add(self, columns: Columns) -> None:
        arrays = [pa.array(columns[field.name], field.type) for field in SCHEMA]
        if len(arrays[0]):
            self.writer.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA))

    def close(self) -> None:
        self.writer.close()


class Workbook:
    """Writes the first findings into a workbook; the second sheet says how many there are in all."""

    def __init__(self, path: Path) -> None:
        self.writer, self.count = SheetWriter(path), 0
        self.writer.start("findings", [WIDE.get(name, 14) for name in COLUMNS])
        self.writer.row(COLUMNS)

    def add(self, columns: Columns) -> None:
        left = max(0, MOST_IN_A_WORKBOOK - self.count)
        self.count += len(columns["officer"])
        for row in zip(*(map(harmless, columns[name][:left]) for name in COLUMNS), strict=True):
            self.writer.row(row)

    def close(self) -> None:
        shown = min(self.count, MOST_IN_A_WORKBOOK)
        self.writer.start("about", [100])
        self.writer.row([f"{shown} of {self.count} findings are shown; all of them stand in findings.parquet"])
        self.writer.row([f"показано находок: {shown} из {self.count}; все находки - в findings.parquet"])
        self.writer.close()


__all__ = ["COLUMNS", "MOST_IN_A_WORKBOOK", "ParquetFile", "Workbook"]
