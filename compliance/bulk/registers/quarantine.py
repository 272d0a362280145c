"""Rows that are put aside: each with its file, row and reason, written out as they are found and counted."""

from __future__ import annotations

import csv
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from attrs import define, field, frozen

MOST_NAMED: Final = 5
"""So many rows are named for one officer."""
HEADINGS: Final = ("file", "row", "officer", "effect", "reason", "detail")

IGNORED: Final = frozenset({"audit.duplicate-row", "audit.after-as-of", "audit.row-empty"})
"""Reasons for which a row is left out without making anything undetermined."""


@frozen
class Aside:
    """One row put aside."""

    file: str
    row: int
    officer: str
    reason: str
    detail: str = ""

    @property
    def effect(self) -> str:
        return "ignored" if self.reason in IGNORED else "undetermined" if self.officer else "unassigned"


@define(eq=False)
class Quarantine:
    """Counts the rows put aside and remembers whom they touch; with a `path` it writes each down at once."""

    path: Path | None = None
    shard: tuple[int, int] = (1, 1)
    """Only the officers of this shard are noted, and rows without an officer by the first."""
    counts: Counter[str] = field(factory=Counter)
    officers: dict[str, list[tuple[int, str]]] = field(factory=dict)
    """The officers left undetermined, with the first rows and reasons."""
    stream: Any = None
    writer: Any = None

    def __attrs_post_init__(self) -> None:
        if self.path is not None:
            self.stream = open(self.path, "w", encoding="utf-8", newline="")  # noqa: SIM115 - closed by `close`
            self.writer = csv.writer(self.stream, lineterminator="\n")
            self.writer.writerow(HEADINGS)

    def add(self, rows: Iterable[Aside]) -> None:
        for aside in rows:
            if self.shard[1] > 1 and not self.mine(aside.officer):
                continue
            self.counts[aside.reason] += 1
            if aside.effect == "undetermined":
                named = self.officers.setdefault(aside.officer, [])
                if len(named) < MOST_NAMED:
                    named.append((aside.row, aside.reason))
            if self.writer is not None:
                cells = (aside.file, aside.row, aside.officer, aside.effect, aside.reason, aside.detail)
                self.writer.writerow([harmless(cell) for cell in cells])

    def mine(self, officer: str) -> bool:
        number, of = self.shard
        return (zlib.crc32(officer.encode()) % of if officer else 0) == number - 1

    def close(self) -> None:
        if self.stream is not None:
            self.stream.close()

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + cell
    return cell
