"""Many theorems on all cores: those without lemmas first, in any order, the others after what they rest on."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final

from compliance.law.model import Law
from compliance.prove.outcome import ProofReport, ProofResult
from compliance.prove.prove import ProveOptions, in_order, prove_all
from compliance.prove.theorem import Theorem
from compliance.source.diagnostic import Collector

Done = Callable[[ProofResult], None]

_task: Final[list[tuple[Law, dict[str, Theorem], ProveOptions]]] = []
"""The law and the theorems, set before the processes are forked, which inherit them."""


def default_cache() -> Path:
    """Where answers are kept if nobody says: the user's folder for such things."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "reserve-compliance" / "proofs"


def chosen(theorems: Sequence[Theorem], only: Collection[str]) -> tuple[Theorem, ...]:
    """The theorems of these ids (all, for none) with the lemmas that they use; `Problems` for an unknown id."""
    by_id = {theorem.id: theorem for theorem in theorems}
    collector = Collector()
    for name in only:
        if name not in by_id:
            collector.unknown("proofs.unknown-theorem", None, name, by_id)
    collector.raise_if_any()
    wanted = set(only or by_id)
    while more := {lemma for name in wanted if name in by_id for lemma in by_id[name].lemmas} - wanted:
        wanted |= more
    return tuple(theorem for theorem in theorems if theorem.id in wanted)


def prove_many(
    law: Law, theorems: Sequence[Theorem], options: ProveOptions, jobs: int | None = None, done: Done | None = None
) -> ProofReport:
    """The answers in the order of the theorems; the same whatever the number of processes."""
    cores = min(jobs or os.cpu_count() or 1, len(theorems))
    if cores < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return prove_all(law, theorems, options, done=done)
    groups = _groups(theorems)
    found: dict[str, ProofResult] = {}
    _task[:] = [(law, {theorem.id: theorem for theorem in theorems}, options)]
    try:
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            for results in pool.imap_unordered(_prove, groups):
                for result in results:
                    found[result.theorem] = result
                    if done:
                        done(result)
    finally:
        _task.clear()
    return ProofReport(law.fingerprint, tuple(found[theorem.id] for theorem in theorems))


def _groups(theorems: Sequence[Theorem]) -> list[tuple[str, ...]]:
    """Theorems that must share a process: those that rest on one another. The largest groups first."""
    group = {theorem.id: theorem.id for theorem in theorems}
    for theorem in in_order(tuple(theorems)):
        for lemma in theorem.lemmas:
            old, new = group[theorem.id], group[lemma]
            group = {name: new if of == old else of for name, of in group.items()}
    members: dict[str, list[str]] = {}
    for theorem in theorems:
        members.setdefault(group[theorem.id], []).append(theorem.id)
    return sorted((tuple(names) for names in members.values()), key=lambda names: -len(names))


def _prove(names: tuple[str, ...]) -> tuple[ProofResult, ...]:
    law, theorems, options = _task[0]
    return prove_all(law, [theorems[name] for name in names], options).results


__all__ = ["chosen", "default_cache", "prove_many"]
