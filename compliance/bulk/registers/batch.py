"""What every reader of registers gives: batches of rows as they stand in the file, each with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any, Final, TypeVar

import numpy as np
import pyarrow as pa
from attrs import field, frozen

from compliance.bulk.arrays import IntArray

T = TypeVar("T")
ROWS: Final = 200_000
"""At most so many rows are read at once."""


@frozen
class BadRow:
    """A row that could not even be split into cells."""

    row: int
    reason: str
    text: str = ""


@frozen(eq=False)
class Batch:
    """Some rows: a column of text (or of days, truths, numbers) under each heading of the file."""

    table: Any
    rows: IntArray
    """The number of each row in its file; the heading is row 1."""
    bad: tuple[BadRow, ...] = ()


@frozen(eq=False)
class Opened:
    """A register that is open: its headings, and its tables when they are asked for."""

    columns: tuple[str, ...]
    events: Callable[[], Iterator[Batch]]
    officers: Batch | None = None
    positions: Batch | None = None
    about: Mapping[str, str] = field(factory=dict)
    """What was sniffed: encoding, delimiter, sheet or table."""


def ahead(batches: Iterator[T]) -> Iterator[T]:
    """The same batches; while one is worked on, the next one is made in a thread of its own."""
    waiting: Queue[T | BaseException | None] = Queue(maxsize=1)
    stopped = Event()

    def read() -> None:
        try:
            for batch in batches:
                waiting.put(batch)
                if stopped.is_set():
                    return
            waiting.put(None)
        except BaseException as error:  # noqa: BLE001 - raised where the batches are wanted
            waiting.put(error)

    thread = Thread(target=read, daemon=True)
    thread.start()
    try:
        while (found := waiting.get()) is not None:
            if isinstance(found, BaseException):
                raise found
            yield found
    finally:
        stopped.set()
        while thread.is_alive():
            with suppress(Empty):
                waiting.get(timeout=0.01)
        thread.join()


def of_records(records: Sequence[Mapping[str, Any]], rows: Sequence[int], columns: Sequence[str] = ()) -> Batch:
    """Rows given one by one as a batch; values become text, what is not said stays empty."""
    names = list(dict.fromkeys([*columns, *(name for record in records for name in record)]))
    table = {name: pa.array([as_text(record.get(name)) for record in records], pa.string()) for name in names}
    return Batch(pa.table(table), np.array(rows, dtype=np.int64))


def as_text(value: Any) -> str | None:
    """A cell as a register in text would write it; nothing for an empty one."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(text for each in value if (text := as_text(each)))
    if hasattr(value, "hour") and hasattr(value, "date"):
        at_midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return str(value.date().isoformat()) if at_midnight else str(value.isoformat())
    text = str(value).strip()
    return text or None
