"""The mutation of the law: what the stories notice, what the solver settles, what the theorems notice of a sample."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

from bench.rows import Row
from compliance.cli.check import expand
from compliance.law.load import load_law
from compliance.prove.mutate.outcome import MutationReport
from compliance.prove.mutate.run import MutateOptions, mutate
from compliance.source.data import data_path


def run(quick: bool) -> list[Row]:
    """Wall and CPU seconds of one process; every tenth change in the quick run."""
    law, told = load_law(), expand([str(data_path("scenarios"))])
    every = 10 if quick else 1
    rows = [_row("all stories", lambda: mutate(law, told, MutateOptions(every=every)))]
    rows.append(_row("the solver alone, no stories", lambda: mutate(law, (), MutateOptions(every=every * 8))))
    if not quick:
        options = MutateOptions(every=64, against="all", files=(data_path("proofs"),))
        rows.append(_row("stories and theorems", lambda: mutate(law, told, options)))
    return rows


def _row(what: str, work: Callable[[], MutationReport]) -> Row:
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    report = work()
    after, wall = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - start
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    score = report.score()
    counts = f"noticed {score.killed}, equal {score.equivalent}, alive {score.alive}"
    return Row(f"{len(report.answers)} changes, {what}", wall, f"{cpu:.1f} s CPU", counts)


__all__ = ["run"]
