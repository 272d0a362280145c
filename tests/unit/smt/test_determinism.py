"""Same input, same bytes: in another process, with another hash seed, and after other work in the same process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.unit.smt.jobs import job

SEEDS = (3, 5, 10, 17)


def in_a_process(checkout: Path, hash_seed: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.smt.jobs", *map(str, SEEDS)],
        cwd=checkout,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.removesuffix("\n")


def test_two_processes_give_the_same_bytes(checkout: Path) -> None:
    first = in_a_process(checkout, 1)
    assert first == in_a_process(checkout, 2)
    assert first.count("holds [(") > 5, "the jobs leave nothing open"


def test_what_ran_before_changes_nothing(checkout: Path) -> None:
    alone = in_a_process(checkout, 1)
    job(99)
    assert "\n".join(job(seed) for seed in SEEDS) == alone
    assert "\n".join([job(seed) for seed in reversed(SEEDS)][::-1]) == alone
