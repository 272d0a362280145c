"""Event logs in OCEL 2.0 (JSON): objects of type `officer` and `position`, events that relate to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from compliance.bulk.registers.batch import Batch, Opened, of_records
from compliance.source.diagnostic import Collector
from compliance.source.suggest import fold

OFFICER: Final = frozenset(map(fold, ("officer", "сотрудник")))
POSITION: Final = frozenset(map(fold, ("position", "post", "должность")))


def open_ocel(path: Path) -> Opened:
    """The register of a log; an event that relates to several officers is one row for each."""
    log = _log(path)
    kinds = {each.get("id"): fold(str(each.get("type", ""))) for each in _listed(log, "objects")}
    records = list(_records(log, kinds))
    if not records:
        Collector().fail("audit.empty-file", None, path=str(path))
    batch = of_records([cells for _, cells in records], [row for row, _ in records], ("officer_id", "event", "date"))
    return Opened(
        tuple(batch.table.column_names),
        lambda: iter((batch,)),
        officers=_objects(log, OFFICER, "officer_id"),
        positions=_objects(log, POSITION, "position"),
    )


def _log(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        Collector().fail("audit.unreadable-file", None, path=str(path), text=str(error)[:160])
    if not isinstance(found, dict) or "events" not in found or "objects" not in found:
        Collector().fail("audit.unreadable-file", None, path=str(path), text="OCEL 2.0: events, objects")
    return found


def _listed(log: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = log.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _records(log: dict[str, Any], kinds: dict[Any, str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for row, event in enumerate(_listed(log, "events"), 1):
        related = [each.get("objectId") for each in _listed(event, "relationships")]
        officers = [each for each in related if kinds.get(each) in OFFICER] or [None]
        posts = [each for each in related if kinds.get(each) in POSITION]
        cells = {"event": event.get("type"), "date": str(event.get("time", ""))[:10], **_attributes(event)}
        if posts:
            cells.setdefault("position", posts[0])
        for officer in officers:
            yield row, {**cells, "officer_id": officer}


def _attributes(holder: dict[str, Any]) -> dict[str, Any]:
    return {str(each.get("name")): each.get("value") for each in _listed(holder, "attributes")}


def _objects(log: dict[str, Any], wanted: frozenset[str], key: str) -> Batch | None:
    found = [each for each in _listed(log, "objects") if fold(str(each.get("type", ""))) in wanted]
    records = [{key: each.get("id"), **_attributes(each)} for each in found]
    return of_records(records, range(1, len(records) + 1), (key,)) if records else None
