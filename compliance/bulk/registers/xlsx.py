"""Workbooks: the events on one sheet, officers and posts on sheets of their own where there are such."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final

from compliance.bulk.registers.batch import ROWS, Batch, Opened, as_text, of_records
from compliance.bulk.registers.csvs import unique
from compliance.source.diagnostic import Collector
from compliance.source.suggest import fold

EVENTS: Final = frozenset(map(fold, ("events", "register", "события", "реестр")))
OFFICERS: Final = frozenset(map(fold, ("officers", "сотрудники")))
POSITIONS: Final = frozenset(map(fold, ("positions", "posts", "должности")))


def open_xlsx(path: Path, sheet: str | None = None) -> Opened:
    """The register of a workbook; `sheet` names the one with the events."""
    with closing(_book(path)) as book:
        names = book.sheetnames
        if sheet is not None and sheet not in names:
            Collector().fail("audit.no-sheet", None, expected=tuple(names), path=str(path), word=sheet)
        beside = {name for name in names if fold(name) in OFFICERS | POSITIONS}
        chosen = sheet or next((name for name in names if fold(name) in EVENTS), None)
        chosen = chosen or next((name for name in names if name not in beside), names[0])
        columns = _columns(book[chosen])
        if not columns:
            Collector().fail("audit.empty-file", None, path=str(path))
        officers, posts = (_whole(book, names, wanted, chosen) for wanted in (OFFICERS, POSITIONS))
    return Opened(columns, lambda: _read(path, chosen, columns), officers, posts, {"sheet": chosen})


def _read(path: Path, sheet: str, columns: tuple[str, ...]) -> Iterator[Batch]:
    with closing(_book(path)) as book:
        yield from _batches(book[sheet], columns)


def _book(path: Path) -> Any:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        Collector().fail("audit.unreadable-file", None, path=str(path), text=" ".join(str(error).split())[:160])


def _columns(sheet: Any) -> tuple[str, ...]:
    heading = next(sheet.iter_rows(min_row=1, max_row=1, values_only=True), ())
    cells = [(as_text(cell) or "").strip() for cell in heading]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(unique(cells)) if cells else ()


def _batches(sheet: Any, columns: tuple[str, ...]) -> Iterator[Batch]:
    rows = enumerate(sheet.iter_rows(min_row=2, values_only=True), 2)
    while portion := list(islice(rows, ROWS)):
        told = [(number, dict(zip(columns, cells, strict=False))) for number, cells in portion]
        told = [(number, cells) for number, cells in told if any(as_text(cell) for cell in cells.values())]
        if told:
            yield of_records([cells for _, cells in told], [number for number, _ in told], columns)


def _whole(book: Any, names: list[str], wanted: frozenset[str], chosen: str) -> Batch | None:
    name = next((name for name in names if fold(name) in wanted and name != chosen), None)
    if name is None:
        return None
    return next(_batches(book[name], _columns(book[name])), None)
