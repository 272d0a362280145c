"""Theorems and obligations: from nothing, from the cache, one by one, and the largest finite search."""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.rows import Row
from compliance.calendar.load import shipped_calendar
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.prove.obligations.generate import Obligation, breakable, situations
from compliance.prove.obligations.settle import Settler, rich_first
from compliance.prove.options import DEFAULTS, ProveOptions
from compliance.prove.outcome import ProofResult
from compliance.prove.prove import prove, setting_of
from compliance.prove.read import read_theorems, theorems_from_text
from compliance.prove.theorem import Theorem
from compliance.source.data import data_path

ROOT: Final = Path(__file__).resolve().parent.parent
BARE: Final = ProveOptions(confirm=False, drops=False, premises=False, near_misses=False, polish=False)
CHECKED: Final = ProveOptions(drops=False, premises=False, near_misses=False, polish=False)

LARGEST: Final = """
- id: {body}
  says: {{en: "two candidacies, two stays, three penalties", ru: "две кандидатуры, два пребывания, три взыскания"}}
  kind: possible
  theorem: |-
    officer.body = {body} and some enrolment e with ordinary(e), some exclusion_decision x with e.date < x.date,
    some enrolment f with ordinary(f) and x.date < f.date, some exclusion_decision y with f.date < y.date,
    some penalty a, some penalty b with a.date < b.date: some penalty c: b.date < c.date
"""
"""As a story of each of the two routes, that of the bodies at large and that of the State Security Service."""


def run(quick: bool) -> list[Row]:
    """Wall seconds, with CPU seconds, the limit and what part of it was needed."""
    rows = _processes(2 if quick else 5)
    law = load_law()
    rows += _whole_set(law)
    rows += _one_by_one(law, 8 if quick else 1)
    rows += _largest(law)
    return rows


def _processes(times: int) -> list[Row]:
    """Everything that `reserve prove` asks, as a whole process."""
    with TemporaryDirectory() as folder:
        args = [sys.executable, "-m", "compliance", "prove", "--cache-dir", folder, "-j", "2"]

        def work() -> None:
            done = subprocess.run(args, cwd=ROOT, capture_output=True, check=False)
            assert done.returncode == 0, done.stdout.decode()[-2000:] + done.stderr.decode()

        first = _timed(work, resource.RUSAGE_CHILDREN)
        again = [_timed(work, resource.RUSAGE_CHILDREN) for _ in range(times)]
    cached = (statistics.median(wall for wall, _ in again), statistics.median(cpu for _, cpu in again))
    return [
        _row("everything from nothing, two processes", first, 40),
        _row(f"everything from the cache, median of {times}", cached, 1),
    ]


def _whole_set(law: Law) -> list[Row]:
    """Is any norm redundant, do any two clash: every norm broken alone, every pair kept on a common trigger."""
    settler = Settler(law, shipped_calendar(), law.default_profile)

    def settle(obligations: Sequence[Obligation]) -> None:
        assert all(not settler.settle(each).reason for each in obligations)

    pairs = tuple(each for each in rich_first(situations(law)) if each.sort in ("kept", "pair"))
    conflict = _timed(lambda: settle(pairs))
    redundancy = _timed(lambda: settle(tuple(breakable(law))))
    both = (redundancy[0] + conflict[0], redundancy[1] + conflict[1])
    return [
        _row(f"conflict: {len(pairs)} triggers kept, alone and in pairs", conflict),
        _row(f"redundancy: {len(law.norms)} norms broken alone", redundancy),
        _row("redundancy and conflict together, one process", both, 3),
    ]


def _one_by_one(law: Law, one_in: int) -> list[Row]:
    theorems = read_theorems([data_path("proofs")], law)[::one_in]
    rows = []
    for what, options, limit in (
        ("bare", BARE, 0.15),
        ("with the second solver", CHECKED, 0.3),
        ("whole", DEFAULTS, None),
    ):
        setting = setting_of(law)
        found = sorted(_timed(partial(prove, law, each, options, setting=setting)) for each in theorems)
        last = int(len(found) * 0.95)
        rows.append(_row(f"one theorem of {len(theorems)}, {what}: median", found[len(found) // 2], limit))
        rows.append(_row(f"one theorem of {len(theorems)}, {what}: 95 of 100", found[last]))
    return rows


def _largest(law: Law) -> list[Row]:
    rows = []
    for body in ("knb", "sgs"):
        (theorem,) = theorems_from_text(LARGEST.format(body=body), "bench.yaml", law)
        answers: list[ProofResult] = []
        taken = _timed(partial(_into, answers, law, theorem))
        story = answers[0].story
        assert story is not None, answers[0].reason
        rows.append(
            _row(f"two candidacies, two stays, three penalties, {body}: {len(story.facts.events)} events", taken)
        )
    return rows


def _into(answers: list[ProofResult], law: Law, theorem: Theorem) -> None:
    answers.append(prove(law, theorem))


def _timed(work: Callable[[], object], who: int = resource.RUSAGE_SELF) -> tuple[float, float]:
    """Wall and CPU seconds."""
    start, before = time.perf_counter(), resource.getrusage(who)
    work()
    after = resource.getrusage(who)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _row(what: str, taken: tuple[float, float], limit: float | None = None) -> Row:
    wall, cpu = taken
    note = f"limit {limit} s: {wall / limit:.0%} of it, in CPU seconds {cpu / limit:.0%}" if limit else ""
    return Row(what, wall, f"{cpu:.3f} s CPU", note)


__all__ = ["run"]
