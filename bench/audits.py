"""Audits of a generated register: reading, judging, the whole run; and columns, evaluator and Z3 held together."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from bench.rows import Row, per_second
from compliance.audit.command import audit_register
from compliance.audit.engine import Engine, Part, setting_of
from compliance.audit.options import AuditOptions
from compliance.audit.run import Audit
from compliance.audit.settle import Settler
from compliance.bulk.registers.block import Block, bounded, undoubled, with_everyone
from compliance.bulk.registers.collect import of_part
from compliance.bulk.registers.generate import COLUMNS, rows_of
from compliance.bulk.registers.quarantine import Quarantine
from compliance.bulk.unpack import unpack
from compliance.check.judge import KnownJudge
from compliance.verdict import worst

OFFICERS, AGREED, QUICK = 100_000, 50_000, 400
UNCERTAIN = 0.05
"""How many officers have a day of which only the month is known."""


def run(quick: bool) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        return [*speed(Path(folder), 5_000 if quick else OFFICERS), agreement(Path(folder), QUICK if quick else AGREED)]


def speed(folder: Path, officers: int) -> Iterator[Row]:
    path = write(folder / "speed.csv", officers, 0.0)
    start = perf_counter()
    (folder / "work").mkdir()
    Audit(path, AuditOptions(), folder / "work").collect(Quarantine())
    read = perf_counter() - start
    yield Row(f"reading and cleaning {officers:,} officers (CSV)", read, per_second(officers, read, "officers"))
    for name, options in (("default readings", AuditOptions(explain=0, sample=0, vary=False)),
                          ("every reading, 2,200 explained", AuditOptions())):  # fmt: skip
        start = perf_counter()
        audit_register(path, options)
        took = perf_counter() - start
        yield Row(
            f"the whole run, {name}", took, per_second(officers, took, "officers"), f"{took / read:.1f} x reading"
        )


def agreement(folder: Path, officers: int) -> Row:
    """Every status by columns against the evaluator or Z3; an AssertionError where two of them differ."""
    path, start, pairs = write(folder / "agreement.csv", officers, UNCERTAIN), perf_counter(), 0
    options = AuditOptions(vary=False)
    engine: Engine | None = None
    for as_of, block in blocks(path, folder, options):
        engine = engine or Engine(setting_of(options), options, as_of)
        for part in engine.judge(block):
            pairs += agreed(engine, part)
    took = perf_counter() - start
    return Row(f"columns = evaluator = Z3, {officers:,} officers", took, f"{pairs:,} pairs", "no difference")


def blocks(path: Path, folder: Path, options: AuditOptions) -> Iterator[tuple[int, Block]]:
    work = folder / "blocks"
    work.mkdir()
    audit, aside = Audit(path, options, work), Quarantine()
    parts, people, posts = audit.collect(aside)
    as_of = audit.last_day()
    for number, events in parts.read(audit.cleaner.empty()):
        kept = undoubled(bounded(events, as_of, path.name, aside), path.name, aside)
        yield as_of, Block(kept, with_everyone(of_part(people, parts, number), kept, []), posts)


def agreed(engine: Engine, part: Part) -> int:
    found = {(cell.officer, cell.unit): cell.status for cell in part.judged.cells}
    law, default = engine.setting.law, engine.readings.default
    settler = Settler(engine.setting, engine.readings, engine.as_of)
    units = [(unit, law.norms_of(unit)) for unit in law.units if law.norms_of(unit)]
    for officer in range(len(part.packed)):
        timeline = unpack(part.packed, officer)
        statuses: dict[str, Any]
        if timeline.certain:
            judge = KnownJudge(law.program, engine.setting.calendar, timeline.facts())
            statuses = {norm.id: judge.status(norm, default)[0] for norm in law.norms}
        else:
            statuses, _ = settler.statuses(timeline, law.norms)
        for unit, norms in units:
            columns, exact = found.get((officer, unit), "compliant"), worst(statuses[norm.id] for norm in norms)
            where = (part.packed.ids[officer], unit, columns, exact)
            assert columns == exact or (columns == "undetermined" and not timeline.certain), where
    return len(part.packed) * len(units)


def write(path: Path, officers: int, uncertain: float) -> Path:
    rng = Random(5)
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        for row in rows_of(officers, 3, False, []):
            if row.get("date") and rng.random() < uncertain / 13:
                row = {**row, "date": row["date"][:7] + "-XX"}
            writer.writerow(row)
    return path
