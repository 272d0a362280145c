"""Smallest sets of missing facts against every subset of the uncertain facts, on records with few completions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from compliance.norm.types import Value
from compliance.smt.missing import missing
from compliance.timeline.model import Choice
from tests.differential.test_encode import CALENDAR, Draw, completions, draw


def decides(known: Iterable[str], rows: list[tuple[Choice, tuple[bool, ...]]]) -> bool:
    """Whether completions that agree on the known facts agree on the formulas."""
    seen: dict[tuple[Value, ...], tuple[bool, ...]] = {}
    paths = tuple(known)
    return all(seen.setdefault(tuple(choice[p] for p in paths), found) == found for choice, found in rows)


def smallest(drawn: Draw, names: list[str], every: list[Choice]) -> tuple[int, list[tuple[Choice, tuple[bool, ...]]]]:
    rows = [(c, tuple(drawn.truth(name, c, drawn.profile) for name in names)) for c in every]
    paths = list(drawn.timeline.unknowns())
    for size in range(len(paths) + 1):
        if any(decides(known, rows) for known in combinations(paths, size)):
            return size, rows
    raise AssertionError("all facts together decide everything")


def test_no_smaller_set_of_facts_decides(scale: int) -> None:
    sizes: Counter[int] = Counter()
    for seed in range(400 * scale):
        drawn = draw(seed)
        every, complete = completions(drawn)
        if not complete or drawn.timeline.certain:
            continue
        for names in (["n0"], ["n0", "n1", "n2"]):
            found = missing(drawn.program, CALENDAR, drawn.timeline, [(drawn.norms[n], drawn.profile) for n in names])
            assert isinstance(found, tuple)
            size, rows = smallest(drawn, names, every)
            assert len(found) == size, (seed, names, found)
            assert decides(found, rows), (seed, names, found)
            sizes[size] += 1
    print(f"sizes of smallest sets: {dict(sorted(sizes.items()))}")
    assert sizes[1] > 50 * scale
    assert sizes[2] > 15 * scale
