"""One task for each of many things, on all cores, with the answers in their order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar, cast

T = TypeVar("T")
R = TypeVar("R")

FEW: Final = 48
"""So many things are done here; starting other processes pays only beyond."""

AT_ONCE: Final = 6
"""Things that are handed to a process at a time."""

_work: list[Callable[[object], object]] = []
"""The task, set before the processes are forked: they inherit it, with the law that it carries, without copying."""


def spread(work: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
    """`work` of each thing; an exception of any is raised here, as it would be without other processes.

    Needs processes that are forked; without them, or for a few things, all is done in this one.
    """
    cores = os.cpu_count() or 1
    if len(things) <= FEW or cores < 2 or not hasattr(os, "fork"):
        yield from map(work, things)
        return
    import multiprocessing

    _work[:] = [cast("Callable[[object], object]", work)]
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            yield from pool.imap(_call, things, AT_ONCE)
    finally:
        _work.clear()


def _call(thing: object) -> object:
    return _work[0](thing)
