"""Event logs in XES: a trace is an officer, an event an event; what the trace says stands for the officer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from compliance.bulk.registers.batch import Batch, Opened, of_records
from compliance.source.diagnostic import Collector

PORTION: Final = 50_000
NAMES: Final = {"concept:name": "event", "time:timestamp": "date", "org:resource": "by"}
LEFT_OUT: Final = frozenset({"lifecycle:transition", "concept:instance", "org:role", "org:group"})


def open_xes(path: Path) -> Opened:
    """The register of a log; rows are events, counted from 1, officers' own data included."""
    with open(path, "rb") as stream:
        head = stream.read(4096).upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        Collector().fail("audit.unreadable-file", None, path=str(path), text="<!DOCTYPE>")
    columns: dict[str, None] = dict.fromkeys(("officer_id", "event", "date"))
    for batch in _batches(path):
        columns |= dict.fromkeys(batch.table.column_names)
    return Opened(tuple(columns), lambda: _batches(path))


def _batches(path: Path) -> Iterator[Batch]:
    try:
        records: list[dict[str, Any]] = []
        start = 1
        for _, element in ElementTree.iterparse(path):
            if _tag(element) != "trace":
                continue
            records += _trace(element)
            element.clear()
            if len(records) >= PORTION:
                yield of_records(records, range(start, start + len(records)))
                start, records = start + len(records), []
        yield of_records(records, range(start, start + len(records)), ("officer_id", "event", "date"))
    except ElementTree.ParseError as error:
        Collector().fail("audit.unreadable-file", None, path=str(path), text=str(error)[:160])


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _trace(trace: Any) -> list[dict[str, Any]]:
    own = _attributes(trace)
    officer = own.pop("concept:name", None)
    found: list[dict[str, Any]] = []
    if own:
        found.append({"officer_id": officer, "event": "profile", **_named(own)})
    events = (child for child in trace if _tag(child) == "event")
    return [*found, *({"officer_id": officer, **_named(_attributes(child))} for child in events)]


def _attributes(element: Any) -> dict[str, Any]:
    return {
        child.get("key"): child.get("value") for child in element if child.get("key") and child.get("value") is not None
    }


def _named(attributes: dict[str, Any]) -> dict[str, Any]:
    named = {NAMES.get(key, key): value for key, value in attributes.items() if key not in LEFT_OUT}
    if "date" in named:
        named["date"] = str(named["date"])[:10]
    return named
