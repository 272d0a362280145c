"""A register on an existing cluster: whole officers in each partition, judged by the same columns under `mapInArrow`.

Nothing here imports Spark: a frame brings its own methods. The workers need this package with the extra `audit`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pyarrow as pa

SCHEMA: Final = "officer string, unit string, norm string, verdict string, depends_on string, rows array<bigint>"
"""What comes back, in Spark's own words: a row for each officer and unit that is not simply compliant."""

ARROW: Final = pa.schema([
    ("officer", pa.string()), ("unit", pa.string()), ("norm", pa.string()), ("verdict", pa.string()),
    ("depends_on", pa.string()), ("rows", pa.list_(pa.int64())),
])  # fmt: skip

JudgeTable = Callable[[Any], Iterator[dict[str, Any]]]
"""Judges a table of whole officers; each result has the keys of ARROW."""


def judged(frame: Any, make: Callable[[], JudgeTable], partitions: int | None = None) -> Any:
    """The verdicts on a frame of clean events; `make` runs once in each worker, so that no law travels.

    The frame is divided by officer first: an officer split over two partitions would be judged on half a record.
    """
    divided = frame.repartition(partitions, "officer_id") if partitions else frame.repartition("officer_id")

    def work(batches: Iterator[Any]) -> Iterator[Any]:
        return partition(batches, make())

    return divided.mapInArrow(work, SCHEMA)


def partition(batches: Iterator[Any], judge: JudgeTable) -> Iterator[Any]:
    """The verdicts of one partition as record batches."""
    whole = [batch for batch in batches if batch.num_rows]
    if not whole:
        return
    results = list(judge(pa.Table.from_batches(whole)))
    yield from pa.Table.from_pylist(results, ARROW).to_batches()
