"""A table that holds whole officers, cleaned and made a block in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from compliance.bulk.registers.batch import Batch
from compliance.bulk.registers.block import (
    Block,
    bounded,
    people_of,
    posts_of,
    split,
    two_named,
    undoubled,
    with_everyone,
)
from compliance.bulk.registers.clean import Cleaner
from compliance.bulk.registers.layout import Layout
from compliance.bulk.registers.quarantine import Quarantine
from compliance.norm.vocabulary import Vocabulary


def block_of(
    table: Any, posts: Iterable[Iterable[tuple[str, str]]], vocabulary: Vocabulary, as_of: int, aside: Quarantine
) -> Block:  # fmt: skip
    """The block; `row` of the table, where it has one, stays the number of each row. `posts` come on top."""
    told = [{"event": "position", **dict(post)} for post in posts]
    if told:
        table = pa.concat_tables([table, pa.Table.from_pylist(told)], promote_options="default")
    rows = (
        table.column("row").fill_null(0).to_numpy() if "row" in table.column_names else np.arange(1, table.num_rows + 1)
    )
    cleaner = Cleaner("", vocabulary, Layout(), aside)
    cleaner.bind(tuple(table.column_names))
    clean, kinds = cleaner.clean(Batch(table.combine_chunks(), rows.astype(np.int64))), len(vocabulary.kinds)
    events, profile = split(clean, kinds)
    people, declared = split(profile, kinds + 1)
    officers = people_of(people, vocabulary, "", aside, None)
    known = posts_of(declared, vocabulary, "", aside, None)
    events = undoubled(bounded(events, as_of, "", aside), "", aside)
    two_named(events, "", aside)
    return Block(events, with_everyone(officers, events, sorted(aside.officers)), known)


def told_table(officer: str, profile: Mapping[str, str], events: Iterable[Mapping[str, Any]]) -> Any:
    """An officer's story as rows of a register in long form."""
    rows: list[dict[str, Any]] = [{"officer_id": officer, "event": "profile", **profile}]
    for told in events:
        until = f"[{told['date']}..{told['until']}]" if "until" in told else told["date"]
        maybe = {"occurred": "unknown"} if told.get("maybe") else {}
        rows.append({"officer_id": officer, "event": told["event"], "date": until, "row": told["row"], **maybe,
                     **told["attrs"]})  # fmt: skip
    return pa.Table.from_pylist(rows, _schema(rows))


def _schema(rows: Iterable[Mapping[str, Any]]) -> Any:
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.schema([(name, pa.int64() if name == "row" else pa.string()) for name in names])
