"""Theorems from nothing and from the cache, the obligations, and mutants against the stories."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from compliance.calendar.load import shipped_calendar
from compliance.law.load import load_law
from compliance.prove.inputs import BASELINE
from compliance.prove.mutate.mutants import mutants
from compliance.prove.mutate.run import stories
from compliance.prove.mutate.scenarios import Bench
from compliance.prove.obligations.baseline import read_baseline
from compliance.prove.obligations.run import obligations
from compliance.prove.prove import ProveOptions
from compliance.prove.read import read_theorems
from compliance.prove.run import prove_many
from compliance.source.data import data_path


def main() -> None:
    """Prints one line a question: wall seconds on two processes."""
    law = load_law()
    theorems = read_theorems([data_path("proofs")], law)
    with TemporaryDirectory() as folder:
        options = ProveOptions(cache=Path(folder))
        for words in ("from nothing", "from the cache"):
            start = time.perf_counter()
            report = prove_many(law, theorems, options, 2)
            print(f"{len(report.results)} theorems {words}: {time.perf_counter() - start:.2f} s {report.summary()}")
    start = time.perf_counter()
    found = obligations(law, read_baseline(data_path("proofs") / BASELINE), 2)
    print(f"obligations: {time.perf_counter() - start:.2f} s, {sum(not each.as_expected for each in found)} unexpected")
    start = time.process_time()
    paths = sorted(data_path("scenarios").rglob("*.yaml"))
    bench = Bench(law, shipped_calendar(), stories(law, paths))
    every = list(mutants(law))
    killed = sum(bench.killer(each) is not None for each in every)
    print(f"{killed} of {len(every)} mutants killed by stories: {time.process_time() - start:.2f} s CPU")


if __name__ == "__main__":
    main()
