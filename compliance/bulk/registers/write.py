"""Findings as tables: Parquet for programs, a workbook for people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from compliance.bulk.registers.quarantine import harmless
from compliance.bulk.registers.workbook import SheetWriter

BATCH: Final = 20_000
MOST_IN_A_WORKBOOK: Final = 100_000
COLUMNS: Final = (
    "officer", "file", "row", "unit", "norm", "verdict", "robust", "depends_on", "citation_en", "citation_ru",
    "says_en", "says_ru", "detail_en", "detail_ru", "because", "body", "quarter", "late_days", "by", "bearer",
    "settled", "missing", "suppressed", "explained",
)  # fmt: skip
_TYPES: Final = {
    "row": pa.int64(),
    "robust": pa.bool_(),
    "late_days": pa.int32(),
    "settled": pa.bool_(),
    "explained": pa.bool_(),
}
SCHEMA: Final = pa.schema([(name, _TYPES.get(name, pa.string())) for name in COLUMNS])


def flat(line: Mapping[str, Any]) -> dict[str, Any]:
    """A finding as one row of plain cells."""
    none = {"en": None, "ru": None}
    says, detail, citation = (line.get(name) or none for name in ("says", "detail", "citation"))
    suppressed = line.get("suppressed")
    return {
        "officer": line["officer"], "file": line["file"], "row": line["row"], "unit": line["unit"],
        "norm": line["norm"], "verdict": line["verdict"], "robust": line["robust"],
        "depends_on": "; ".join(f"{name}: {_values(under)}" for name, under in line["depends_on"].items()) or None,
        "citation_en": citation["en"], "citation_ru": citation["ru"], "says_en": says["en"] or None,
        "says_ru": says["ru"] or None, "detail_en": detail["en"] or None, "detail_ru": detail["ru"] or None,
        "because": "; ".join(f"{e['event']} {e['date']} (row {e['line']})" for e in line["because"]) or None,
        "body": line.get("body"), "quarter": line.get("quarter"), "late_days": line.get("late_days"),
        "by": line.get("by"), "bearer": ", ".join(line.get("bearer", ())) or None, "settled": line.get("settled"),
        "missing": "; ".join(each["words"]["en"] for each in line.get("missing", ())) or None,
        "suppressed": f"{suppressed['reason']} ({suppressed['expires']})" if suppressed else None,
        "explained": line["explained"],
    }  # fmt: skip


def _values(under: Mapping[str, str]) -> str:
    return ", ".join(f"{value} = {verdict}" for value, verdict in under.items())


class Tables:
    """Both tables at once: a finding is made flat for them once."""

    def __init__(self, folder: Path) -> None:
        self.files = (ParquetFile(folder / "findings.parquet"), Workbook(folder / "findings.xlsx"))

    def add(self, line: Mapping[str, Any]) -> None:
        cells = flat(line)
        for file in self.files:
            file.add(cells)

    def close(self) -> None:
        for file in self.files:
            file.close()


class ParquetFile:
    """Writes findings in batches."""

    def __init__(self, path: Path) -> None:
        self.writer = pq.ParquetWriter(path, SCHEMA, compression="zstd")
        self.rows: list[dict[str, Any]] = []

    def add(self, cells: dict[str, Any]) -> None:
        self.rows.append(cells)
        if len(self.rows) >= BATCH:
            self.flush()

    def flush(self) -> None:
        if self.rows:
            self.writer.write_table(pa.Table.from_pylist(self.rows, SCHEMA))
            self.rows = []

    def close(self) -> None:
        self.flush()
        self.writer.close()


class Workbook:
    """Writes the first findings into a workbook; the second sheet says how many there are in all."""

    def __init__(self, path: Path) -> None:
        self.writer, self.count = SheetWriter(path), 0
        self.writer.start("findings")
        self.writer.row(COLUMNS)

    def add(self, cells: Mapping[str, Any]) -> None:
        self.count += 1
        if self.count <= MOST_IN_A_WORKBOOK:
            self.writer.row(harmless(cells[name]) for name in COLUMNS)

    def close(self) -> None:
        shown = min(self.count, MOST_IN_A_WORKBOOK)
        self.writer.start("about", [100])
        self.writer.row([f"{shown} of {self.count} findings are shown; all of them stand in findings.parquet"])
        self.writer.row([f"показано находок: {shown} из {self.count}; все находки - в findings.parquet"])
        self.writer.close()


__all__ = ["COLUMNS", "MOST_IN_A_WORKBOOK", "ParquetFile", "Tables", "Workbook", "flat"]
