"""JSON lines: an object a line; `attrs` may be an object within it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from compliance.bulk.registers.batch import BadRow, Batch, Opened, of_records

PORTION = 50_000


def open_jsonl(path: Path) -> Opened:
    """The register of a file of JSON lines; its columns are those of the first lines."""
    columns: dict[str, None] = {}
    for batch in islice(_batches(path, 1_000), 1):
        columns = dict.fromkeys(batch.table.column_names)
    return Opened(tuple(columns), lambda: _whole(path, tuple(columns)))


def _whole(path: Path, columns: tuple[str, ...]) -> Iterator[Batch]:
    """The batches, each with all the columns that it needs; those that come late are taken all the same."""
    yield from _batches(path, PORTION)


def _batches(path: Path, size: int) -> Iterator[Batch]:
    with open(path, encoding="utf-8-sig", errors="replace") as stream:
        lines = ((number, line) for number, line in enumerate(stream, 1) if line.strip())
        while portion := list(islice(lines, size)):
            records, rows, bad = [], [], []
            for number, line in portion:
                record = record_of(line)
                if record is None:
                    bad.append(BadRow(number, "audit.row-json", line.strip()[:200]))
                else:
                    records.append(record)
                    rows.append(number)
            if records:
                found = of_records(records, rows)
                yield Batch(found.table, found.rows, tuple(bad))
            else:
                yield Batch(pa.table({}), np.zeros(0, dtype=np.int64), tuple(bad))


def record_of(line: str) -> dict[str, Any] | None:
    """The object of a line with its `attrs` laid beside the rest; nothing for a line that is no object."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    attrs = found.pop("attrs", None)
    if isinstance(attrs, dict):
        return {**attrs, **found}
    return found if attrs is None else {**found, "attrs": attrs}
