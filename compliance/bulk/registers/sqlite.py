"""SQLite: a table or view of events, and tables of officers and posts where there are such."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from compliance.bulk.registers.batch import Batch, Opened, of_records
from compliance.bulk.registers.xlsx import EVENTS, OFFICERS, POSITIONS
from compliance.source.diagnostic import Collector
from compliance.source.suggest import fold

PORTION: Final = 50_000


def open_sqlite(path: Path, table: str | None = None) -> Opened:
    """The register of a database, opened for reading only; rows are counted from 1 in the order of the table."""
    try:
        with closing(_base(path)) as base:
            found = base.execute("select name from sqlite_master where type in ('table', 'view') order by name")
            names = [name for (name,) in found if not name.startswith("sqlite_")]
            if not names:
                Collector().fail("audit.empty-file", None, path=str(path))
            if table is not None and table not in names:
                Collector().fail("audit.no-sheet", None, expected=tuple(names), path=str(path), word=table)
            beside = [name for name in names if fold(name) in OFFICERS | POSITIONS]
            chosen = table or next((name for name in names if fold(name) in EVENTS), None)
            chosen = chosen or next((name for name in names if name not in beside), names[0])
            columns = tuple(name for _, name, *_ in base.execute(f"pragma table_info({_quoted(chosen)})"))
            officers, posts = (_whole(base, names, wanted, chosen) for wanted in (OFFICERS, POSITIONS))
    except sqlite3.Error as error:
        Collector().fail("audit.unreadable-file", None, path=str(path), text=str(error)[:160])
    return Opened(columns, lambda: _batches(path, chosen), officers, posts, {"table": chosen})


def _base(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _batches(path: Path, table: str) -> Iterator[Batch]:
    try:
        with closing(_base(path)) as base:
            yield from _rows(base, table)
    except sqlite3.Error as error:
        Collector().fail("audit.unreadable-file", None, path=str(path), text=str(error)[:160])


def _rows(base: sqlite3.Connection, table: str) -> Iterator[Batch]:
    cursor: Any = base.execute(f"select * from {_quoted(table)}")
    columns, start = [name for name, *_ in cursor.description], 1
    while portion := cursor.fetchmany(PORTION):
        records = [dict(zip(columns, cells, strict=True)) for cells in portion]
        yield of_records(records, range(start, start + len(records)), columns)
        start += len(records)


def _whole(base: sqlite3.Connection, names: list[str], wanted: frozenset[str], chosen: str) -> Batch | None:
    name = next((name for name in names if fold(name) in wanted and name != chosen), None)
    return None if name is None else next(_rows(base, name), None)
