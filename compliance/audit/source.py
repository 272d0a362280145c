"""Opening a register: which reader, and the tables of officers and posts that stand beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.bulk.registers.batch import Opened
    from compliance.bulk.registers.layout import Layout

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".parquet", ".jsonl", ".ndjson", ".sqlite", ".db", ".xes", ".json")


def open_register(path: Path, layout: Layout) -> Opened:
    """The register of a file, by its ending; raises `Problems`."""
    _readable(path)
    suffix = path.suffix.lower()
    if path.is_dir() or suffix == ".parquet":
        from compliance.bulk.registers.parquet import open_parquet

        return open_parquet(path)
    if suffix == ".xlsx":
        from compliance.bulk.registers.xlsx import open_xlsx

        return open_xlsx(path, layout.sheet)
    if suffix in (".jsonl", ".ndjson"):
        from compliance.bulk.registers.jsonl import open_jsonl

        return open_jsonl(path)
    if suffix in (".sqlite", ".sqlite3", ".db"):
        from compliance.bulk.registers.sqlite import open_sqlite

        return open_sqlite(path, layout.table)
    if suffix == ".xes":
        from compliance.bulk.registers.xes import open_xes

        return open_xes(path)
    if suffix in (".json", ".jsonocel"):
        from compliance.bulk.registers.ocel import open_ocel

        return open_ocel(path)
    if suffix not in (".csv", ".tsv", ".txt"):
        Collector().fail("audit.unknown-format", None, expected=SUFFIXES, path=str(path))
    from compliance.bulk.registers.csvs import open_csv

    return open_csv(path, layout.encoding, layout.delimiter)


def _readable(path: Path) -> None:
    collector = Collector()
    if not path.exists():
        collector.fail("source.not-found", None, path=str(path))
    if path.is_dir() and not any(path.rglob("*.parquet")):
        collector.fail("audit.unknown-format", None, expected=SUFFIXES, path=str(path))
    if path.is_file() and path.stat().st_size == 0:
        collector.fail("audit.empty-file", None, path=str(path))
    try:
        if path.is_file():
            with open(path, "rb"):
                pass
    except OSError:
        collector.fail("source.unreadable", None, path=str(path))
