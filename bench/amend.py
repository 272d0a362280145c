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


def _row(what: str, times: list[float]) -> Row:
    times = sorted(times)
    return Row(what, times[len(times) // 2], f"{len(times)} packages", f"median; slowest {times[-1]:.2f} s")


def run(quick: bool) -> list[Row]:
    """Wall times; the median first."""
    law = load_law()
    tree = tree_of(law.written)
    packages = _packages("example-*.yaml" if quick else "*.yaml")
    rows = []
    for what, options in (
        ("the text layers alone", None),
        ("the comparison alone, with stories", AmendOptions(FIRST, compare_only=True, facets=False)),
        ("the whole report", AmendOptions(FIRST, theorems=not quick)),
    ):
        times = []
        for package in packages if what != "the whole report" else _packages("example-[1-4]*.yaml"):
            start = perf_counter()
            if options is None:
                examine(tree, package, FIRST)
            else:
                amend(law, package, options)
            times.append(perf_counter() - start)
        rows.append(_row(what, times))
    return rows
