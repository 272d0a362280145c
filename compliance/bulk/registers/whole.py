"""A table that holds whole officers, cleaned and made a block in one step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from compliance.bulk.registers.batch import Batch
from compliance.bulk.registers.block import Block, bounded, profiles, split, two_named, undoubled, with_everyone
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
    events, profile = split(cleaner.clean(Batch(table.combine_chunks(), rows.astype(np.int64))))
    people, posts = profiles(profile, vocabulary, "", aside, (None, None))
    events = undoubled(bounded(events, as_of, "", aside), "", aside)
    two_named(events, "", aside)
    return Block(events, with_everyone(people, events, sorted(aside.officers)), posts)
