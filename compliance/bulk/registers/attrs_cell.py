"""The column `attrs`: `key=value; key=value` in one cell, as registers in long form may have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from compliance.bulk.registers.batch import Batch
from compliance.bulk.registers.layout import canonical_columns, named
from compliance.bulk.registers.quarantine import Aside

if TYPE_CHECKING:
    from compliance.bulk.registers.clean import Cleaner


def spread(batch: Batch, cleaner: Cleaner) -> Any:
    """The table with each key of `attrs` as a column; a key that is none puts its row aside."""
    table = batch.table
    if "attrs" not in table.column_names:
        return table
    column = table.column("attrs").combine_chunks().cast(pa.string()).dictionary_encode()
    parsed = [pairs_of(text or "") for text in column.dictionary.to_pylist()]
    known = canonical_columns(cleaner.vocabulary)
    names = {key: named(key, cleaner.layout, known) for pairs, _ in parsed for key in pairs}
    places = column.indices.fill_null(len(parsed)).to_numpy(zero_copy_only=False)
    for name in sorted({name for name in names.values() if name}):
        words = [_value(pairs, names, name) for pairs, _ in parsed] + [None]
        cells = pa.array(words, pa.string()).take(pa.array(places))
        if name in table.column_names:
            own = table.column(name).combine_chunks().cast(pa.string())
            cells = pa.compute.coalesce(own, cells)
            table = table.drop_columns([name])
        table = table.append_column(name, cells)
    _refuse(batch, cleaner, parsed, names, places)
    return table


def _value(pairs: dict[str, str], names: dict[str, str | None], name: str) -> str | None:
    return next((value for key, value in pairs.items() if names[key] == name), None)


def pairs_of(text: str) -> tuple[dict[str, str], str]:
    """The pairs of a cell, and the first part of it that is no pair."""
    pairs: dict[str, str] = {}
    for part in text.split(";"):
        key, equals, value = part.partition("=")
        if not part.strip():
            continue
        if not equals or not key.strip():
            return pairs, part.strip()
        pairs[key.strip()] = value.strip()
    return pairs, ""


def _refuse(batch: Batch, cleaner: Cleaner, parsed: Any, names: dict[str, str | None], places: Any) -> None:
    """Notes the rows whose cell could not be understood; they make their officers undetermined."""
    wrong = [odd or next((key for key in pairs if names[key] is None), "") for pairs, odd in parsed]
    bad = np.flatnonzero(np.array([bool(word) for word in wrong] + [False])[places])
    if not len(bad):
        return
    officers = batch.table.column("officer_id").combine_chunks().cast(pa.string()).take(pa.array(bad)).to_pylist()
    for place, officer in zip(bad.tolist(), officers, strict=True):
        row, detail = int(batch.rows[place]), wrong[int(places[place])]
        cleaner.quarantine.add([Aside(cleaner.file, row, (officer or "").strip(), "audit.attrs", detail)])
