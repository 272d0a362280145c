"""Reading a register once: its rows cleaned and gathered into parts of whole officers, which stay for a later run."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.audit.options import AuditOptions
    from compliance.bulk.registers.block import Block
    from compliance.bulk.registers.clean import Cleaner
    from compliance.bulk.registers.collect import Parts
    from compliance.bulk.registers.quarantine import Quarantine
    from compliance.norm.vocabulary import Vocabulary

PART_BYTES: Final = 48 * 1024 * 1024
"""So many bytes of a register that is not in order make a part."""
STATE: Final = "read.json"


@define(eq=False)
class Register:
    """A register that has been read: its parts, and what was counted on the way."""

    path: Path
    parts: Parts
    officers: Any
    """The table of officers that stands beside the events, if there is one."""
    posts: Any
    touched: Mapping[str, list[tuple[int, str]]]
    """The officers with rows that were put aside in reading."""
    rows: int
    last_written: int
    columns: Mapping[str, str]
    unused: tuple[str, ...]
    ignored_cells: Mapping[str, int]
    put_aside: Mapping[str, int]
    vocabulary: Vocabulary
    by_part: dict[int, dict[str, list[tuple[int, str]]]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for name, rows in self.touched.items():
            self.by_part.setdefault(self.parts.part_of(name), {})[name] = rows

    def blocks(self, as_of: int, own: Any) -> Iterator[tuple[int, Block]]:
        """Every part ready to be judged; `own(number)` is the quarantine of each."""
        for number in range(self.parts.count):
            yield number, self.block(number, as_of, own(number))

    def block(self, number: int, as_of: int, own: Quarantine, chosen: frozenset[str] | None = None) -> Block:
        """The whole officers of a part (only the `chosen`, if given), ready to be judged.

        `own` takes the rows that are put aside on the way.
        """
        from compliance.bulk.registers.block import (
            Block,
            bounded,
            people_of,
            split,
            two_named,
            undoubled,
            with_everyone,
        )
        from compliance.bulk.registers.collect import of_part, only

        file, table = self.path.name, self.parts.rows_of(number)
        touched = {name: list(rows) for name, rows in self.by_part.get(number, {}).items()}
        own.officers.update(touched)
        known = of_part(self.officers, self.parts, number)
        if chosen is not None:
            table, known = only(table, chosen), only(known, chosen)
        events, people = split(table, len(self.vocabulary.kinds))
        people = people_of(people, self.vocabulary, file, own, known)
        events = undoubled(bounded(events, as_of, file, own), file, own)
        two_named(events, file, own)
        others = [] if chosen is not None else sorted({*touched, *own.officers})
        return Block(events, with_everyone(people, events, others), self.posts)


def read_register(
    path: Path, options: AuditOptions, vocabulary: Vocabulary, work: Path, quarantine: Quarantine, tell: Any
) -> Register:
    """Reads everything once; raises `Problems`. `tell` is told how many rows have been read."""
    from compliance.audit.mapping import layout_of
    from compliance.audit.source import open_register
    from compliance.bulk.registers.batch import ahead
    from compliance.bulk.registers.block import posts_of
    from compliance.bulk.registers.clean import Cleaner
    from compliance.bulk.registers.collect import Parts

    layout = layout_of(options.map, vocabulary)
    opened = open_register(path, layout)
    cleaner = Cleaner(path.name, vocabulary, layout, quarantine)
    cleaner.bind(opened.columns)
    hashed = max(1, -(-size_of(path) // PART_BYTES))
    parts = Parts(hashed, options.shard, work, len(vocabulary.kinds))
    for table in ahead(map(cleaner.clean, ahead(opened.events()))):
        parts.add(table)
        tell(cleaner.rows)
    parts.close(cleaner.empty())
    if not cleaner.rows:
        Collector().fail("audit.empty-file", None, path=str(path))
    officers, posts = _beside(cleaner, opened, layout, options)
    return Register(
        path=path, parts=parts, officers=officers,
        posts=posts_of(parts.post_rows(), vocabulary, path.name, quarantine, posts),
        touched=quarantine.officers, rows=cleaner.rows, last_written=cleaner.last_written, columns=cleaner.columns,
        unused=cleaner.unused, ignored_cells=cleaner.ignored_cells, put_aside=quarantine.counts, vocabulary=vocabulary,
    )  # fmt: skip


def _beside(cleaner: Cleaner, opened: Any, layout: Any, options: AuditOptions) -> tuple[Any, Any]:
    """The tables of officers and posts that stand beside the events."""
    from compliance.audit.source import open_register
    from compliance.bulk.registers.tables import named_table

    found = []
    for key, path, inside in (
        ("officer_id", options.officers, opened.officers),
        ("position", options.positions, opened.positions),
    ):
        batches = [inside] if inside is not None else []
        batches = list(open_register(path, layout).events()) if path is not None else batches
        found.append(named_table(batches, key, cleaner, str(path or cleaner.file)))
    return found[0], found[1]


# --- for a run that was interrupted -----------------------------------------------------------------------------------


def remember(register: Register, work: Path, key: str) -> None:
    """Notes what has been read, so that a run that is taken up again need not read it a second time."""
    from compliance.bulk.registers.collect import keep_tables

    keep_tables({"officers": register.officers, "posts": register.posts, "rows": register.parts.kept}, work)
    said = {
        "key": key, "parts": register.parts.state(), "touched": register.touched, "rows": register.rows,
        "last_written": register.last_written, "columns": dict(register.columns), "unused": list(register.unused),
        "ignored_cells": dict(register.ignored_cells), "put_aside": dict(register.put_aside),
    }  # fmt: skip
    temporary = work / f"{STATE}.tmp"
    temporary.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    temporary.replace(work / STATE)


def remembered(path: Path, work: Path, key: str, shard: tuple[int, int], vocabulary: Vocabulary) -> Register | None:
    """What an interrupted run of the same register and options has read; None where there is none."""
    from compliance.bulk.registers.collect import Parts, kept_table

    try:
        said = json.loads((work / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if said["key"] != key:
        return None
    parts = Parts(said["parts"]["hashed"], shard, work, len(vocabulary.kinds))
    parts.restore(said["parts"], kept_table(work, "rows"))
    return Register(
        path=path, parts=parts, officers=kept_table(work, "officers"), posts=kept_table(work, "posts"),
        touched={name: [(row, why) for row, why in rows] for name, rows in said["touched"].items()},
        rows=said["rows"], last_written=said["last_written"], columns=said["columns"], unused=tuple(said["unused"]),
        ignored_cells=said["ignored_cells"], put_aside=Counter(said["put_aside"]), vocabulary=vocabulary,
    )  # fmt: skip


def size_of(path: Path) -> int:
    """The size of a register in bytes; packed formats count for what they unfold to."""
    paths = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    size = sum(each.stat().st_size for each in paths)
    return size * (12 if path.suffix in (".parquet", "") or path.is_dir() else 6 if path.suffix == ".xlsx" else 1)


def fingerprint_of(path: Path) -> str:
    """SHA-256 of a file, or of the files of a folder in their order."""
    digest = hashlib.sha256()
    for each in [path] if path.is_file() else sorted(path.rglob("*.parquet")):
        with open(each, "rb") as stream:
            while block := stream.read(1 << 22):
                digest.update(block)
    return digest.hexdigest()
