"""Joins the results of the shares of one register into the results of the whole."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from compliance.audit.batches import of_lines
from compliance.audit.folder import WORK, assemble, prepare, publish, writing
from compliance.audit.lines import Line, parsed
from compliance.audit.report import AuditReport
from compliance.audit.run import SCHEMA
from compliance.law.load import load_law
from compliance.source.diagnostic import Collector

SAME = ("register", "law", "tool", "as_of", "profile")
ADDED = ("officers", "events", "uncertain", "unexplored", "explained", "verified", "open_pairs", "settled")
COUNTED = ("notices", "quarantine")
AGAIN = ("units", "units_order", "unassigned", "verdicts", "findings", "ahead")
"""What is counted anew over the findings."""

Render = Callable[[AuditReport, Any, Path], None]


def merge(folders: Sequence[Path], out: Path, render: Render, show: Callable[[AuditReport], None]) -> AuditReport:
    """The results of the whole, written into `out`; raises `Problems` where the shares do not belong together."""
    runs = [run_of(folder) for folder in folders]
    check(folders, runs)
    order = sorted(range(len(runs)), key=lambda at: runs[at]["options"]["shard"][0])
    chosen = [folders[at] for at in order]
    work, law = prepare(out), load_law()
    whole = joined([runs[at] for at in order])
    with writing(out):
        report = assemble(
            work, law, whole, lambda: of_lines(lines(chosen)), quarantine(chosen), stories(chosen), posts(chosen)
        )
        render(report, law, out / WORK / "new")
        show(report)
        publish(out)
    return report


def run_of(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        if found["schema"] != SCHEMA or not (folder / "findings.jsonl").is_file():
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError):
        Collector().fail("audit.not-results", None, path=str(folder))
    return dict(found)


def check(folders: Sequence[Path], runs: Sequence[Mapping[str, Any]]) -> None:
    """Every share once, of one register under one law with the same options."""
    collector = Collector()
    if not runs:
        collector.fail("audit.merge-shards", None, text="0")
    for folder, run in zip(folders, runs, strict=True):
        collector_keys = [key for key in SAME if run[key] != runs[0][key]]
        options, first = ({k: v for k, v in each["options"].items() if k != "shard"} for each in (run, runs[0]))
        collector_keys += [key for key in options if options[key] != first.get(key)]
        for key in collector_keys:
            collector.error("audit.merge-differs", None, path=str(folder), word=key)
    collector.raise_if_any()
    shards = sorted(tuple(run["options"]["shard"]) for run in runs)
    of = shards[0][1]
    if shards != [(number, of) for number in range(1, of + 1)]:
        text = ", ".join(f"{number}/{total}" for number, total in shards)
        collector.fail("audit.merge-shards", None, text=text)


def joined(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`run.json` of the whole."""
    found = {key: value for key, value in runs[0].items() if key not in AGAIN}
    found["options"] = {**found["options"], "shard": [1, 1], "merged_from": len(runs)}
    for key in ADDED:
        found[key] = sum(run[key] for run in runs)
    for key in COUNTED:
        total = Counter[str]()
        for run in runs:
            total.update(run[key])
        found[key] = {name: total[name] for name in sorted(total)}
    return found


def lines(folders: Sequence[Path]) -> Iterator[Line]:
    for folder in folders:
        with open(folder / "findings.jsonl", encoding="utf-8") as stream:
            yield from map(parsed, stream)


def quarantine(folders: Sequence[Path]) -> Iterator[tuple[str, ...]]:
    for folder in folders:
        with open(folder / "quarantine.csv", encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows, None)
            yield from (tuple(row) for row in rows)


def stories(folders: Sequence[Path]) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The stories that the shares keep in their databases."""
    for folder in folders:
        yield rows_in(folder, "select officer, event, date, until, maybe, row, attrs from stories order by rowid")


def posts(folders: Sequence[Path]) -> Iterator[tuple[Any, ...]]:
    """The posts, which every share knows."""
    yield from rows_in(folders[0], "select position, attrs from posts order by rowid")


def rows_in(folder: Path, query: str, given: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Rows of the database of results, opened for reading only."""
    import sqlite3

    path = folder / "evidence.sqlite"
    if path.is_file():
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            yield from base.execute(query, given)


__all__ = ["merge", "rows_in", "run_of"]
