"""The folder of results: everything is made under temporary names and renamed when all of it is there."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compliance.audit.evidence import Evidence
from compliance.audit.report import AuditReport, Overview
from compliance.bulk.forks import fork_map
from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.audit.batches import Batch
    from compliance.law.model import Law

WORK = ".work"
NEW = "new"


def prepare(out: Path) -> Path:
    """The folder for what is not finished; raises `Problems` where nothing can be written."""
    work = out / WORK
    try:
        work.mkdir(parents=True, exist_ok=True)
        probe = work / "probe"
        probe.write_bytes(b"0")
        probe.unlink()
    except OSError as error:
        Collector().fail("audit.cannot-write", None, path=str(out), text=error.strerror or str(error))
    return work


@contextmanager
def writing(out: Path) -> Iterator[None]:
    """What goes wrong in writing, a full disk among it, as an error of ours (`Problems`)."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        said = getattr(error, "strerror", None) or str(error)
        Collector().fail("audit.cannot-write", None, path=str(out), text=said)


def quarantine_rows(work: Path) -> Iterator[tuple[str, ...]]:
    """Every row put aside, as it was noted."""
    for path in sorted([*work.glob("read.quarantine.csv"), *work.glob("part-*.quarantine.csv")], key=_reading_first):
        with open(path, encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows, None)
            yield from (tuple(row) for row in rows)


def _reading_first(path: Path) -> tuple[bool, str]:
    return (not path.name.startswith("read"), path.name)


def assemble(
    work: Path, law: Law, run: Mapping[str, Any], batches: Callable[[], Iterable[Batch]],
    quarantine: Iterable[tuple[str, ...]],
    stories: Iterable[Iterable[Sequence[Any]]] = (), posts: Iterable[tuple[str, str]] = (), tables: bool = True,
) -> AuditReport:  # fmt: skip
    """Writes the results into `work/new` in one pass over the findings; without `tables` only what a summary needs."""
    new = work / NEW
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    overview, evidence = Overview(), Evidence(new / "evidence.sqlite") if tables else None

    def write(sheets: bool) -> None:
        if sheets:
            _sheets(new, batches())
            return
        with open(new / "findings.jsonl", "w", encoding="utf-8") as stream:
            for batch in batches():
                stream.writelines(f"{text}\n" for text in batch.texts)
                overview.add(batch.columns)
                _examples(overview, batch)
                if evidence is not None:
                    evidence.add(batch.columns, batch.texts, batch.events, batch.missing)

    fork_map(write, [False, True] if tables else [False], 2)
    for story in stories if tables else ():
        rows = list(story)
        overview.tell(iter(rows))
        if evidence is not None:
            evidence.tell(rows)
    aside = _Aside(new / "quarantine.csv")
    kept = list(aside.write(quarantine, tables))
    full = {**run, **_counted(run, law, overview), "unassigned": aside.unassigned}
    if evidence is not None:
        evidence.close(full, kept, _units(law), posts)
    text = json.dumps(full, ensure_ascii=False, indent=2, sort_keys=False) + "\n"
    (new / "run.json").write_text(text, encoding="utf-8")
    return AuditReport(run["register"]["file"], full, overview, str(new / "findings.jsonl"))


def _sheets(new: Path, batches: Iterable[Batch]) -> None:
    """The findings as tables; in a process of its own, which leaves nothing but the files."""
    from compliance.bulk.registers.write import ParquetFile, Workbook

    sinks = ParquetFile(new / "findings.parquet"), Workbook(new / "findings.xlsx")
    for batch in batches:
        for sink in sinks:
            sink.add(batch.columns)
    for sink in sinks:
        sink.close()


def _examples(overview: Overview, batch: Batch) -> None:
    """The explained findings of each unit stand as examples, then others, as many as are shown."""
    for asked in (True, False):
        for at, (unit, explained) in enumerate(zip(batch.columns["unit"], batch.columns["explained"], strict=True)):
            if explained == asked and not overview.full(unit):
                overview.example(batch.line(at))


def _counted(run: Mapping[str, Any], law: Law, overview: Overview) -> dict[str, Any]:
    """What is counted over the findings."""
    found = overview.verdicts
    verdicts = {name: found.get(name, 0) for name in ("compliant", "pending", "undetermined", "violated")}
    verdicts["compliant"] += run["officers"] - sum(found.values())
    order = [unit for unit in ("-", *law.units) if unit in overview.units]
    due = sorted(overview.due.items())
    return {
        "verdicts": verdicts,
        "findings": overview.lines,
        "ahead": [{"by": by, "bearer": bearer, "unit": unit, "count": count} for (by, bearer, unit), count in due],
        "units_order": order,
        "units": {unit: overview.units[unit].as_json() for unit in sorted(overview.units)},
    }


class _Aside:
    """Writes `quarantine.csv`, and counts the rows that concern nobody in particular."""

    def __init__(self, path: Path) -> None:
        self.path, self.unassigned = path, 0

    def write(self, rows: Iterable[tuple[str, ...]], keep: bool) -> Iterator[tuple[str, ...]]:
        from compliance.bulk.registers.quarantine import HEADINGS

        with open(self.path, "w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(HEADINGS)
            for row in rows:
                writer.writerow(row)
                self.unassigned += row[3] == "unassigned"
                if keep:
                    yield row


def _units(law: Law) -> Iterator[tuple[str, ...]]:
    from compliance.law.citation import citation

    for id, unit in law.units.items():
        yield id, citation(id, "en"), citation(id, "ru"), unit.text.en, unit.text.ru


def publish(out: Path) -> None:
    """Gives everything in `work/new` its final name, and takes away what is not needed any more."""
    new = out / WORK / NEW
    try:
        for path in sorted(new.iterdir()):
            place = out / path.name
            if place.is_dir() and path.is_dir():
                shutil.rmtree(place)
            path.replace(place)
    except OSError as error:
        Collector().fail("audit.cannot-write", None, path=str(out), text=error.strerror or str(error))
    shutil.rmtree(out / WORK, ignore_errors=True)
