"""The events of some officers as stories, in columns: the day, the row, and what is said of each as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from compliance.bulk.registers.block import Block
from compliance.bulk.registers.collect import BASE, only
from compliance.bulk.registers.findings import keep, kept
from compliance.calendar.days import format_iso

COLUMNS: Final = ("officer", "event", "date", "until", "maybe", "row", "attrs")


def keep_stories(block: Block, officers: Iterable[str], path: Path) -> None:
    """Writes the stories of some officers of a block, and what is known of each under the event `profile`."""
    wanted = frozenset(officers)
    if wanted:
        events = stories(only(block.events, wanted))
        keep(pa.concat_tables([_people(only(_coded(block.officers), wanted)), events]).combine_chunks(), path)


def stories(events: Any) -> Any:
    """The events by officer, in the order of their days."""
    days, at = np.unique(events.column("date").to_numpy(), return_inverse=True)
    last, end = np.unique(events.column("date_last").to_numpy(), return_inverse=True)
    until = pa.array([format_iso(day) for day in last.tolist()], pa.string()).take(pa.array(end.ravel()))
    uncertain = pc.not_equal(events.column("date"), events.column("date_last")).combine_chunks()
    table = pa.table({
        "officer": events.column("officer_id").cast(pa.string()),
        "event": events.column("event").cast(pa.string()),
        "date": pa.array([format_iso(day) for day in days.tolist()], pa.string()).take(pa.array(at.ravel())),
        "until": pc.if_else(uncertain, until, None),
        "maybe": pc.not_equal(events.column("maybe"), 0),
        "row": events.column("row"),
        "attrs": _attrs(events, [name for name in events.column_names if name not in BASE]),
    })  # fmt: skip
    order = pc.sort_indices(table, sort_keys=[("officer", "ascending"), ("date", "ascending"), ("row", "ascending")])
    return table.take(order)


def _people(officers: Any) -> Any:
    size = officers.num_rows
    return pa.table({
        "officer": officers.column("officer_id").cast(pa.string()), "event": pa.array(["profile"] * size, pa.string()),
        "date": pa.nulls(size, pa.string()), "until": pa.nulls(size, pa.string()),
        "maybe": pa.array([False] * size, pa.bool_()), "row": pa.nulls(size, pa.int64()),
        "attrs": _attrs(officers, [name for name in officers.column_names if name != "officer_id"]),
    })  # fmt: skip


def _coded(table: Any) -> Any:
    at = table.column_names.index("officer_id")
    return table.set_column(at, "officer_id", table.column("officer_id").combine_chunks().dictionary_encode())


def _attrs(table: Any, names: list[str]) -> Any:
    """What is said in each row as one JSON object; each distinct word is written once."""
    parts = []
    for name in names:
        column = table.column(name).combine_chunks()
        coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        words = [
            "" if word is None else f", {json.dumps(name)}: {json.dumps(word, ensure_ascii=False)}"
            for word in coded.dictionary.to_pylist()
        ]
        parts.append(pa.array([*words, ""], pa.string()).take(coded.indices.fill_null(len(words))))
    if not parts:
        return pa.array(["{}"] * table.num_rows, pa.string())
    inside = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*parts, ""), 2)
    return pc.binary_join_element_wise("{", inside, "}", "")


def told(path: Path) -> Iterator[tuple[Any, ...]]:
    """The rows of stories that were kept, in COLUMNS."""
    table = kept(path)
    yield from zip(*(table.column(name).to_pylist() for name in COLUMNS), strict=True)
