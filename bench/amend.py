"""Amendments: the text layers, the comparison alone, the whole report of one unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter

from bench.rows import Row
from compliance.amend.document import read_amendments
from compliance.amend.effect.run import AmendOptions, amend
from compliance.amend.examine import examine
from compliance.amend.from_law import tree_of
from compliance.amend.operations import Package
from compliance.law.load import load_law

FOLDER = Path(__file__).resolve().parent.parent / "amendments"
FIRST = date(2027, 1, 10)


def _packages(pattern: str) -> list[Package]:
    paths = [path for path in sorted(FOLDER.glob(pattern)) if not path.name.endswith(".expect.yaml")]
    return [read_amendments(path.read_text(encoding="utf-8"), path.name)[0] for path in paths]


def _row(what: str, times: list[float], limit: str) -> Row:
    times = sorted(times)
    note = f"median; slowest {times[-1]:.2f} s; to stay under {limit}"
    return Row(what, times[len(times) // 2], f"{len(times)} packages", note)


def run(quick: bool) -> list[Row]:
    """Wall times; the median first."""
    law = load_law()
    tree = tree_of(law.written)
    packages = _packages("example-*.yaml" if quick else "*.yaml")
    rows = []
    for what, options, limit in (
        ("the text layers alone", None, "0.3 s"),
        ("the comparison alone, with stories", AmendOptions(FIRST, compare_only=True, facets=False), "1 s (median)"),
        ("the whole report, two processes", AmendOptions(FIRST), "10 s on two cores"),
    ):
        times = []
        for package in (
            packages
            if not what.startswith("the whole")
            else _packages("example-[2-6]*.yaml" if quick else "example-*.yaml")
        ):
            start = perf_counter()
            if options is None:
                examine(tree, package, FIRST)
            else:
                amend(law, package, options)
            times.append(perf_counter() - start)
        rows.append(_row(what, times, limit))
    return rows
