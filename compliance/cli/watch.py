"""`--watch`: the same command again whenever one of its files changes, until it is interrupted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

PAUSE: Final = 0.5
"""Seconds between two looks."""


def watched(places: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Every YAML file in the places, with what tells that it changed."""
    found: dict[Path, tuple[int, int]] = {}
    for place in places:
        for path in sorted(place.rglob("*.yaml")) if place.is_dir() else [place]:
            try:
                state = path.stat()
            except OSError:
                continue
            found[path] = (state.st_mtime_ns, state.st_size)
    return found


def watch(places: Iterable[Path], run: Callable[[], int], pause: Callable[[], None] = lambda: time.sleep(PAUSE)) -> int:
    """Runs, and runs again after every change; the exit code of the last run once it is interrupted."""
    places = tuple(places)
    code = 0
    try:
        while True:
            before = watched(places)
            code = run()
            while watched(places) == before:
                pause()
    except KeyboardInterrupt:
        return code


__all__ = ["PAUSE", "watch", "watched"]
