"""Audits of a generated register: reading, judging, the whole run; and columns, evaluator and Z3 held together.

Seconds are processor time of all processes together, so that the ratios hold on a busy machine too; the note has the
wall time. An uncertain register has one officer in twenty with a day of which only the month is known.
"""

from __future__ import annotations

import csv
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

from bench.rows import Row, per_second
from compliance.audit.batches import phrases_of
from compliance.audit.choose import choose
from compliance.audit.command import audit_register
from compliance.audit.options import AuditOptions
from compliance.audit.run import Audit
from compliance.audit.settle import Settler
from compliance.audit.tell import Teller
from compliance.bulk.forks import fork_map
from compliance.bulk.registers.generate import COLUMNS, rows_of, write_register
from compliance.bulk.registers.quarantine import Quarantine
from compliance.bulk.tables import Packed
from compliance.bulk.unpack import unpack
from compliance.check.judge import KnownJudge
from compliance.report.audit_html import write_pages
from compliance.verdict import worst

OFFICERS, AGREED, QUICK = 100_000, 50_000, 400
UNCERTAIN = 0.05
"""How many officers have a day of which only the month is known."""
SHARE = 500
"""Officers are held against the evaluator and the solver in portions of so many."""


class Watch:
    """Processor time and wall time since it was made."""

    def __init__(self) -> None:
        self.cpu, self.wall = used(), perf_counter()

    def row(self, what: str, officers: int, note: str = "") -> Row:
        cpu, wall = used() - self.cpu, perf_counter() - self.wall
        return Row(
            what, cpu, per_second(officers, cpu, "officers"), "; ".join(filter(None, (f"wall {wall:.1f} s", note)))
        )


def used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def run(quick: bool) -> Iterator[Row]:
    officers = 5_000 if quick else OFFICERS
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("csv", "parquet"):
            path = Path(folder) / f"speed.{ending}"
            write_register(path, officers)
            yield from speed(path, Path(folder), officers)
        yield from uncertain(Path(folder), 2_000 if quick else 20_000)
        yield agreement(Path(folder), QUICK if quick else AGREED)


def speed(path: Path, folder: Path, officers: int) -> Iterator[Row]:
    """Reading and packing alone, then the whole command with every file of results."""
    base, watch = used(), Watch()
    audit = opened(path, folder, AuditOptions(workers=1))
    yield watch.row(f"reading and cleaning {officers:,} officers ({path.suffix})", officers)
    watch = Watch()
    for number in range(audit.register.parts.count):
        audit.engine.pack(audit.register.block(number, audit.as_of, Quarantine()))
    yield watch.row("packing", officers)
    alone = used() - base
    for name, options in (("no other readings", AuditOptions(vary=False)), ("all readings", AuditOptions())):
        watch, before = Watch(), used()
        out = Path(tempfile.mkdtemp(dir=folder))
        audit_register(path, options, out, lambda report, audit, new: write_pages(report, audit.setting.law, new, "en"))
        note = f"{(used() - before) / alone:.2f} times the reading and packing"
        yield watch.row(f"the whole run with all its files, {name}", officers, note)


def uncertain(folder: Path, officers: int) -> Iterator[Row]:
    """What uncertain officers cost without the solver, and how many of their open pairs the solver settles."""
    judged: list[float] = []
    options = AuditOptions(workers=1, settle=None)
    for share in (0.0, UNCERTAIN):
        audit = opened(write(folder / f"open-{share}.csv", officers, share), folder, options)
        blocks = [audit.register.block(n, audit.as_of, Quarantine()) for n in range(audit.register.parts.count)]
        watch, before = Watch(), used()
        for block in blocks:
            audit.engine.judge(block)
        judged.append(used() - before)
        note = f"{judged[-1] / judged[0]:.2f} times as long" if share else ""
        yield watch.row(f"packing and judging, {share:.0%} of {officers:,} officers uncertain", officers, note)
    audit.judge()
    choice = choose(audit)
    choice.explained, choice.verified = set(), set()
    who = len({(part, officer) for part, officers in choice.officers.items() for officer in officers})
    watch = Watch()
    counts = Teller(audit, choice, phrases_of(audit)).tell()
    yield watch.row(f"Z3 settles {counts['settled']:,} open pairs", who, f"{who:,} officers looked at")


def opened(path: Path, folder: Path, options: AuditOptions) -> Audit:
    audit = Audit(path, options, Path(tempfile.mkdtemp(dir=folder)))
    audit.read()
    return audit


# --- three engines, one law -------------------------------------------------------------------------------------------


def agreement(folder: Path, officers: int) -> Row:
    """Every status by columns against the evaluator or Z3; an AssertionError where two of them differ."""
    watch, pairs, solved = Watch(), 0, 0
    audit = opened(write(folder / "agreement.csv", officers, UNCERTAIN), folder, AuditOptions(vary=False))
    for number in range(audit.register.parts.count):
        part = audit.engine.judge(audit.register.block(number, audit.as_of, Quarantine()))
        found = {(officer, unit): status for officer, unit, status in part.judged.cells.verdicts(part.packed)}
        spans = [range(at, min(at + SHARE, len(part.packed))) for at in range(0, len(part.packed), SHARE)]

        def work(span: range, packed: Packed = part.packed, found: dict[tuple[str, str], Any] = found) -> int:
            return sum(agreed(audit, packed, officer, found) for officer in span)

        pairs += sum(fork_map(work, spans, 2))
        solved += int((~part.packed.certain).sum())
    note = f"{pairs:,} pairs, no difference; {solved:,} officers by Z3"
    return watch.row(f"columns = evaluator = Z3, {officers:,} officers", officers, note)


def agreed(audit: Audit, packed: Packed, officer: int, found: dict[tuple[str, str], Any]) -> int:
    """Holds one officer's verdicts against those of the evaluator, or of Z3 where his record is uncertain."""
    law, default = audit.setting.law, audit.engine.readings.default
    timeline, name = unpack(packed, officer), packed.ids[officer]
    statuses: dict[str, Any]
    if timeline.certain:
        judge = KnownJudge(law.program, audit.setting.calendar, timeline.facts())
        statuses = {norm.id: judge.status(norm, default)[0] for norm in law.norms}
    else:
        statuses, _ = Settler(audit.setting, audit.engine.readings, audit.as_of).statuses(timeline, law.norms)
    units = [(unit, law.norms_of(unit)) for unit in law.units if law.norms_of(unit)]
    for unit, norms in units:
        columns, exact = found.get((name, unit), "compliant"), worst(statuses[norm.id] for norm in norms)
        assert columns == exact or (columns == "undetermined" and not timeline.certain), (name, unit, columns, exact)
    return len(units)


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
