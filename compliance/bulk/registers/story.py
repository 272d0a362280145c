"""The rows of some officers as stories: every event with its day, its row and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from compliance.calendar.days import format_iso

_OWN = ("officer_id", "event", "date", "date_last", "maybe", "row")


def stories(events: Any, officers: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """By officer, the events in the order of their days."""
    wanted = pa.array(sorted(set(officers)), pa.string())
    part = events.filter(pc.is_in(events.column("officer_id"), value_set=wanted))
    found: dict[str, list[dict[str, Any]]] = {id: [] for id in wanted.to_pylist()}
    for row in part.to_pylist():
        attributes = {name: value for name, value in row.items() if name not in _OWN and value is not None}
        told = {"event": row["event"], "date": format_iso(row["date"]), "row": row["row"], "attrs": attributes}
        if row["date_last"] != row["date"]:
            told["until"] = format_iso(row["date_last"])
        if row["maybe"]:
            told["maybe"] = True
        found[row["officer_id"]].append(told)
    return {id: sorted(told, key=lambda each: (each["date"], each["row"])) for id, told in found.items()}
