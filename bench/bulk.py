"""All units of the Rules over a register: reading, packing and judging, certain and uncertain, one process and two."""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import pyarrow.parquet as pq
from attrs import frozen

from bench.registers import AS_OF, Register, register
from bench.rows import Row, median, per_second
from compliance.bulk.arrow import pack_table
from compliance.bulk.forks import fork_map
from compliance.bulk.plan import Plan
from compliance.bulk.run import Judge, Outcome
from compliance.bulk.tables import Packed
from compliance.bulk.unpack import unpack
from compliance.calendar.days import day
from compliance.calendar.load import shipped_calendar
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.program import Profile

IN_FORCE = day(2025, 7, 1)
UNCERTAIN_DAYS = 0.0025
"""The share of uncertain days that leaves about one officer in twenty uncertain."""


@frozen(eq=False)
class Bench:
    """The law made ready, and one register of so many officers."""

    law: Law
    judge: Judge
    profile: Profile
    officers: int
    runs: int

    def pack(self, given: Register, events: Any = None) -> Packed:
        return pack_table(
            given.events if events is None else events, self.law.vocabulary, as_of=AS_OF, officers=given.officers,
            positions=given.positions, in_force=(IN_FORCE, IN_FORCE), phantoms=False,
        )  # fmt: skip

    def row(self, what: str, seconds: float, note: str = "") -> Row:
        return Row(f"{what}, {self.officers:,} officers", seconds, per_second(self.officers, seconds, "officers"), note)


def prepared(officers: int, runs: int) -> Bench:
    law = load_law()
    judge = Judge(Plan(law.program, {norm.id: norm.typed for norm in law.norms}), shipped_calendar())
    return Bench(law, judge, {**law.default_profile, DUE: OPEN}, officers, runs)


def run(quick: bool) -> Iterator[Row]:
    officers, runs = (5_000, 3) if quick else (100_000, 7)
    bench = prepared(officers, runs)
    given = register(officers)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "events.parquet"
        pq.write_table(given.events, file)
        yield from steps(bench, given, file)
    yield from uncertain(bench, given)
    yield from agreement(bench, given, 200 if quick else 2_000)
    yield from streamed(*((5_000, 2) if quick else (25_000, 40)))


def read(file: Path) -> Any:
    """The events of a file; text comes as the file has it, coded."""
    return pq.read_table(file, memory_map=True)


def steps(bench: Bench, given: Register, file: Path) -> list[Row]:
    packed = bench.pack(given)
    note = f"{len(bench.judge.plan.norms)} norms, {packed.events:,} events"
    reading = median(lambda: read(file), bench.runs)
    packing = median(lambda: bench.pack(given), bench.runs)
    one = median(lambda: bench.judge.judge(packed, bench.profile), bench.runs)
    two = median(lambda: bench.judge.judge(packed, bench.profile, workers=2), bench.runs)
    alone = median(lambda: unshared(bench, packed), max(1, bench.runs // 3))
    whole = reading + packing + one
    return [
        bench.row("reading Parquet", reading),
        bench.row("packing", packing),
        bench.row("judging, one process", one, note),
        bench.row("judging, two processes", two),
        bench.row("judging norm by norm, nothing shared", alone, f"{alone / one:.1f} times as long"),
        bench.row("all, one process", whole, f"{whole / (reading + packing):.2f} times the reading and packing"),
    ]


def unshared(bench: Bench, packed: Packed) -> None:
    for name in bench.judge.plan.norms:
        bench.judge.judge(packed, bench.profile, [name])


def uncertain(bench: Bench, given: Register) -> list[Row]:
    """The same register with some days uncertain: how much longer it takes, how many pairs stay open."""
    certain, blurred = bench.pack(given), bench.pack(register(bench.officers, unknown=UNCERTAIN_DAYS))
    base = median(lambda: bench.judge.judge(certain, bench.profile), bench.runs)
    longer = median(lambda: bench.judge.judge(blurred, bench.profile), bench.runs)
    outcomes = bench.judge.judge(blurred, bench.profile)
    doubtful = int((~blurred.certain).sum())
    pairs, left = doubtful * len(outcomes), sum(len(each.undetermined) for each in outcomes.values())
    note = f"{longer / base:.2f} times as long; {doubtful:,} uncertain, {left / max(pairs, 1):.2%} of their pairs open"
    return [bench.row("judging, one officer in twenty uncertain", longer, note)]


def agreement(bench: Bench, given: Register, count: int) -> list[Row]:
    """The evaluator on some of the officers: its pace, and that it says the same."""
    packed = bench.pack(given)
    outcomes = bench.judge.judge(packed, bench.profile)
    picked = Random(1).sample(range(len(packed)), min(count, len(packed)))
    violated = {name: frozenset(outcome.violated.tolist()) for name, outcome in outcomes.items()}

    def wrong(officer: int) -> int:
        evaluator = Evaluator(bench.law.program, bench.judge.calendar, unpack(packed, officer).facts(), bench.profile)
        return sum(evaluator.truth(norm.expr, {}) == (officer in violated[norm.id]) for norm in bench.law.norms)

    start = perf_counter()
    differing = sum(fork_map(wrong, picked, 2))
    seconds = perf_counter() - start
    assert not differing, differing
    note = f"two processes; {len(picked) * len(outcomes):,} pairs, none differs"
    return [
        Row(f"the evaluator, {len(picked):,} officers", seconds, per_second(len(picked), seconds, "officers"), note)
    ]


def streamed(batch: int, times: int) -> list[Row]:
    """A file of some officers read, packed and judged over and over by two processes that know nothing yet."""
    given, context = register(batch), get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("events", "officers", "positions"):
            pq.write_table(getattr(given, name), Path(folder) / f"{name}.parquet")
        start, results = perf_counter(), context.SimpleQueue()
        children = [context.Process(target=batches, args=(folder, times // 2, results)) for _ in range(2)]
        for child in children:
            child.start()
        found = [results.get() for _ in children]
        for child in children:
            child.join()
        seconds = perf_counter() - start
    count, most = times // 2 * 2 * batch, max(mebibytes for _, mebibytes in found)
    assert len({violated for violated, _ in found}) == 1
    what = f"reading, packing and judging, {count:,} officers"
    note = f"two processes from their start on, {most} MiB at most in one"
    return [Row(what, seconds, per_second(count, seconds, "officers"), note)]


def batches(folder: str, times: int, results: Any) -> None:
    """One process of `streamed`: how many violations it found, and the most memory it held."""
    bench, violated = prepared(0, 1), 0
    for _ in range(times):
        tables = (pq.read_table(Path(folder) / f"{name}.parquet") for name in ("events", "officers", "positions"))
        outcomes: dict[str, Outcome] = bench.judge.judge(bench.pack(Register(*tables)), bench.profile)
        violated += sum(len(outcome.violated) for outcome in outcomes.values())
    results.put((violated, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))
