"""What a bench module gives: rows of figures, all of one run; and how they are taken."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable
from time import perf_counter

from attrs import frozen


@frozen
class Row:
    """One figure: what was done, how long it took (median, seconds of wall time), and what to compare it with."""

    what: str
    seconds: float
    rate: str = ""
    note: str = ""


def median(work: Callable[[], object], runs: int) -> float:
    """The median wall time in seconds, after one run that fills tables and caches."""
    work()
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return statistics.median(times)


def per_second(count: int, seconds: float, what: str) -> str:
    return f"{count / seconds:,.0f} {what}/s"


def machine() -> str:
    return f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"


def load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"
