"""Wide tables: one row an officer or a candidacy, one column a day. Each filled day becomes an event of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from compliance.bulk.registers.batch import Batch
from compliance.bulk.registers.layout import MARKS, Wide

if TYPE_CHECKING:
    from compliance.bulk.registers.clean import Cleaner


def unfolded(batch: Batch, cleaner: Cleaner) -> Iterator[Batch]:
    """The rows of a wide table in long form: the officer's own data first, then column by column."""
    table, known = batch.table, {name: heading for heading, name in cleaner.columns.items()}
    officer = _column(table, known["officer_id"])
    own = [name for name in (*cleaner.vocabulary.officer, *MARKS) if name in known]
    if own or "name" in known:
        cells = {name: _column(table, known[name]) for name in (*own, *(["name"] if "name" in known else []))}
        yield Batch(pa.table({"officer_id": officer, "event": _fixed("profile", len(officer)), **cells}), batch.rows)
    for wide in cleaner.layout.wide:
        if wide.column in table.column_names:
            yield _events(wide, table, officer, batch)


def _events(wide: Wide, table: Any, officer: Any, batch: Batch) -> Batch:
    date = _column(table, wide.column)
    if pa.types.is_string(date.type):
        date = pc.utf8_trim_whitespace(date)
        date = pc.if_else(pc.equal(date, ""), None, date)
    filled = pc.is_valid(date)
    cells = {name: _fixed(value, len(officer)) for name, value in wide.constants.items()}
    cells |= {name: _column(table, heading) for name, heading in wide.columns.items() if heading in table.column_names}
    whole = {"officer_id": officer, "event": _fixed(wide.event, len(officer)), "date": date, **cells}
    rows = batch.rows[np.asarray(filled.to_numpy(zero_copy_only=False))]
    return Batch(pa.table(whole).filter(filled), rows)


def _column(table: Any, name: str) -> Any:
    column = table.column(name)
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _fixed(value: str, size: int) -> Any:
    return pa.array([value]).take(pa.array(np.zeros(size, dtype=np.int64)))
