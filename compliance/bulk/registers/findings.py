"""The findings of one part of a register as an Arrow table: made, kept in a file, read again.

One row an officer and unit, in the order of officers and of the text. `code` and `otherwise` are places in STATUS, -1
for none; days are ordinals, 0 for none; what has a shape of its own (`turns`, `combination`, `aside`) is JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from compliance.bulk.cells import STATUS, UNDETERMINED, Cells
from compliance.bulk.tables import Packed
from compliance.calendar.quarters import format_quarter, quarter_of

SCHEMA: Final = pa.schema([
    ("officer", pa.string()), ("unit", pa.string()), ("norm", pa.string()), ("code", pa.int8()),
    ("otherwise", pa.int8()), ("turns", pa.string()), ("combination", pa.string()), ("body", pa.string()),
    ("quarter", pa.string()), ("day", pa.int32()), ("limit", pa.int32()), ("due", pa.int32()), ("open", pa.bool_()),
    ("aside", pa.string()), ("contradictions", pa.string()),
    ("because", pa.list_(pa.struct([("kind", pa.int16()), ("day", pa.int32()), ("row", pa.int64())]))),
])  # fmt: skip

Asides = Mapping[str, Sequence[tuple[int, str]]]
"""The officers with rows put aside, and these rows with their reasons."""


@frozen
class Order:
    """The order of the text, and what stays open whatever the facts are."""

    units: Mapping[str, int]
    undecided: frozenset[str]


def found_in(packed: Packed, cells: Cells, rows: Any, asides: Asides, order: Order) -> Any:
    """The findings on the officers of a packed block; `rows` is the row in the file of each event."""
    size = len(cells)
    ids = pa.array(packed.ids, pa.string()).take(pa.array(cells.officer))
    touched = np.array([name in asides for name in packed.ids], dtype=np.bool_)[cells.officer] if asides else False
    undecided = np.array([bool(order.undecided & turn.keys()) for turn in cells.turns] + [False], dtype=np.bool_)
    code = np.where(touched, UNDETERMINED, cells.code).astype(np.int8)
    open_ = (cells.code == UNDETERMINED) & ~undecided[cells.turn_at] & ~np.broadcast_to(touched, (size,))
    aside = [_json(asides[name]) if name in asides else None for name in ids.to_pylist()] if asides else [None] * size
    return pa.table({
        "officer": ids,
        "unit": _words(cells.unit, cells.unit_at),
        "norm": _words(cells.norm, cells.norm_at),
        "code": pa.array(code),
        "otherwise": pa.array(np.where(touched, cells.code, -1).astype(np.int8)),
        "turns": _words([json.dumps({k: dict(v) for k, v in turn.items()}) for turn in cells.turns], cells.turn_at),
        "combination": _words([json.dumps(dict(each)) for each in cells.combinations], cells.combination_at),
        "body": _bodies(packed, cells),
        "quarter": _quarters(cells),
        "day": pa.array(cells.day),
        "limit": pa.array(cells.limit),
        "due": pa.array(cells.due),
        "open": pa.array(open_),
        "aside": pa.array(aside, pa.string()),
        "contradictions": pa.nulls(size, pa.string()),
        "because": _because(cells, rows),
    }, SCHEMA)  # fmt: skip


def _json(rows: Sequence[tuple[int, str]]) -> str:
    return json.dumps([{"row": row, "reason": reason} for row, reason in rows], ensure_ascii=False)


def _words(words: Sequence[str], at: Any) -> Any:
    return pa.array(words, pa.string()).take(pa.array(at, mask=at < 0))


def _bodies(packed: Packed, cells: Cells) -> Any:
    column = packed.officers["body"]
    names = [*packed.vocabulary.enumerations["body"].values, "unknown"]
    at = np.where(column.lo == column.hi, column.lo, len(names) - 1)
    return _words(names, at[cells.officer])


def _quarters(cells: Cells) -> Any:
    """The quarter of the first event that a finding rests on."""
    first = np.zeros(len(cells), dtype=np.int64)
    pointed = cells.pointed
    begin = np.flatnonzero(np.diff(pointed.cell, prepend=-1))
    first[pointed.cell[begin]] = pointed.day[begin]
    days, at = np.unique(first, return_inverse=True)
    words = [format_quarter(quarter_of(day)) if day > 0 else None for day in days.tolist()]
    return pa.array(words, pa.string()).take(pa.array(at.ravel()))


def _because(cells: Cells, rows: Any) -> Any:
    pointed = cells.pointed
    offsets = np.searchsorted(pointed.cell, np.arange(len(cells) + 1)).astype(np.int32)
    events = pa.StructArray.from_arrays(
        [pa.array(pointed.kind.astype(np.int16)), pa.array(pointed.day.astype(np.int32)),
         pa.array(np.asarray(rows)[pointed.source].astype(np.int64))],
        fields=list(SCHEMA.field("because").type.value_type),
    )  # fmt: skip
    return pa.ListArray.from_arrays(pa.array(offsets), events)


def whole_records(officers: Iterable[tuple[str, Sequence[tuple[int, str]], Sequence[str]]]) -> Any:
    """Officers who are undetermined as a whole: for rows put aside, or for contradictions in their records."""
    rows: list[dict[str, Any]] = [
        {"officer": officer, "code": UNDETERMINED, "otherwise": -1, "day": 0, "limit": 0, "due": 0, "open": False,
         "aside": _json(aside) if aside else None, "contradictions": json.dumps(list(names)) if names else None,
         "because": []}
        for officer, aside, names in officers
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, SCHEMA)


def in_order(tables: Sequence[Any], order: Order) -> Any:
    """The findings of a part in the order of officers and of the text."""
    table = pa.concat_tables([SCHEMA.empty_table(), *tables]).combine_chunks()
    unit = table.column("unit").to_pylist()
    keys = pa.table({
        "officer": table.column("officer"),
        "unit": pa.array([order.units[each] if each else -1 for each in unit], pa.int32()),
        "norm": table.column("norm").fill_null(""),
    })  # fmt: skip
    by = [("officer", "ascending"), ("unit", "ascending"), ("norm", "ascending")]
    return table.take(pc.sort_indices(keys, sort_keys=by))


def keep(table: Any, path: Path) -> None:
    """Writes the findings of a part; they stand under their name only when all of them are there."""
    temporary = path.with_suffix(".tmp")
    with pa.OSFile(str(temporary), "wb") as stream, pa.ipc.new_file(stream, table.schema) as writer:
        writer.write_table(table)
    temporary.replace(path)


def kept(path: Path) -> Any:
    with pa.OSFile(str(path), "rb") as stream:
        return pa.ipc.open_file(stream).read_all()


__all__ = ["SCHEMA", "STATUS", "Order", "found_in", "in_order", "keep", "kept", "whole_records"]
