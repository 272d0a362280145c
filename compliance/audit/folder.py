"""The folder of results: everything is made under temporary names and renamed when all of it is there."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compliance.audit.evidence import Evidence
from compliance.audit.lines import Line, text_of
from compliance.audit.report import AuditReport, Overview
from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
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
    work: Path, law: Law, run: Mapping[str, Any], lines: Iterable[Line], quarantine: Iterable[tuple[str, ...]],
    stories: Iterable[Mapping[str, Any]] = (), tables: bool = True,
) -> AuditReport:  # fmt: skip
    """Writes the results into `work/new` in one pass over the lines; `tables` leaves out Parquet and the workbook."""
    new = work / NEW
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    overview = Overview()
    sinks: list[Any] = [Evidence(new / "evidence.sqlite")] if tables else []
    if tables:
        from compliance.bulk.registers.write import Tables

        sinks.append(Tables(new))
    with open(new / "findings.jsonl", "w", encoding="utf-8") as stream:
        for line in lines:
            stream.write(text_of(line) + "\n")
            overview.line(line)
            for sink in sinks:
                sink.add(line)
    for story in stories if tables else ():
        sinks[0].tell(story)
        overview.tell(story)
    aside = _Aside(new / "quarantine.csv")
    kept = list(aside.write(quarantine, tables))
    order = ["-", *law.units]
    full = {
        **run,
        "units_order": [unit for unit in order if unit in overview.units],
        "units": {unit: overview.units[unit].as_json() for unit in sorted(overview.units)},
    }
    full["unassigned"] = aside.unassigned
    for sink in sinks:
        if isinstance(sink, Evidence):
            sink.close(full, kept, _units(law))
        else:
            sink.close()
    text = json.dumps(full, ensure_ascii=False, indent=2, sort_keys=False) + "\n"
    (new / "run.json").write_text(text, encoding="utf-8")
    return AuditReport(run["register"]["file"], full, overview, str(new / "findings.jsonl"))


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
