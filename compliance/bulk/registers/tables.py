"""Tables of officers and of posts that stand beside the events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from compliance.bulk.registers.batch import Batch
from compliance.bulk.registers.clean import coded
from compliance.bulk.registers.layout import canonical_columns, named
from compliance.bulk.registers.quarantine import Aside
from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.bulk.registers.clean import Cleaner


def named_table(batches: Sequence[Batch], key: str, cleaner: Cleaner, file: str) -> Any:
    """The table under our own names, its words read; nothing where there is no such table."""
    if not batches:
        return None
    known = canonical_columns(cleaner.vocabulary)
    parts = []
    for batch in batches:
        names = {heading: named(heading, cleaner.layout, known) for heading in batch.table.column_names}
        if key not in names.values() and batch.table.num_columns:
            Collector().fail("audit.no-column", None, expected=tuple(names), path=file, word=key)
        cleaner.quarantine.add(Aside(file, bad.row, "", bad.reason, bad.text) for bad in batch.bad)
        if batch.table.num_columns:
            parts.append(_named(batch, names, key, cleaner))
    return pa.concat_tables(parts, promote_options="default") if parts else None


def _named(batch: Batch, names: dict[str, str | None], key: str, cleaner: Cleaner) -> Any:
    taken = {name: heading for heading, name in reversed(names.items()) if name}
    columns: dict[str, Any] = {}
    for name, heading in taken.items():
        columns[name] = cleaner.attribute({name: coded(batch.table.column(heading))}, name).cast(pa.string())
    columns["row"] = pa.array(batch.rows)
    filled = ~columns[key].is_null().to_numpy(zero_copy_only=False)
    for row in batch.rows[np.flatnonzero(~filled)].tolist():
        cleaner.quarantine.add([Aside(cleaner.file, row, "", "audit.no-officer", key)])
    return pa.table(columns).filter(pa.array(filled))
