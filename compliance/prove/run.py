"""Many theorems on all cores: those without lemmas first, in any order, the others after what they rest on."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from compliance.law.model import Law
from compliance.prove.cache import Cache
from compliance.prove.options import ProveOptions
from compliance.prove.outcome import ProofReport, ProofResult
from compliance.prove.prove import Setting, in_order, job_of, prove_all, setting_of
from compliance.prove.theorem import Theorem
from compliance.source.diagnostic import Collector

Done = Callable[[ProofResult], None]


@frozen(eq=False)
class _Task:
    """What the processes share."""

    setting: Setting
    theorems: Mapping[str, Theorem]
    options: ProveOptions


_task: Final[list[_Task]] = []
"""Set before the processes are forked, which inherit it."""


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
    law: Law,
    theorems: Sequence[Theorem],
    options: ProveOptions,
    jobs: int | None = None,
    done: Done | None = None,
    broken: list[str] | None = None,
) -> ProofReport:
    """The answers in the order of the theorems; the same whatever the number of processes.

    `broken` gathers the files of the cache that could not be read.
    """
    setting = setting_of(law)
    found = _known(setting, theorems, options, [] if broken is None else broken)
    for result in found.values():
        if done:
            done(result)
    left = _groups(theorems, frozenset(found))
    cores = min(jobs or os.cpu_count() or 1, len(left))
    if left:
        setting.calendar.load()  # once, and not in every process
    task = _Task(setting, {theorem.id: theorem for theorem in theorems}, options)
    for results in _answers(task, left, cores):
        for result in results:
            if result.theorem not in found:
                found[result.theorem] = result
                if done:
                    done(result)
    return ProofReport(law.fingerprint, tuple(found[theorem.id] for theorem in theorems))


def _known(
    setting: Setting, theorems: Sequence[Theorem], options: ProveOptions, broken: list[str]
) -> dict[str, ProofResult]:
    """What the cache has, lemmas first; a theorem whose lemma it has not is not looked up."""
    found: dict[str, ProofResult] = {}
    if options.cache is None or options.proofs is not None:
        return found
    cache, by_id = Cache(options.cache, broken), {theorem.id: theorem for theorem in theorems}
    for theorem in in_order(tuple(theorems)):
        if all(name in found for name in theorem.lemmas):
            proved = [name for name in theorem.lemmas if found[name].result == "proved"]
            lemmas = {name: (by_id[name], found[name]) for name in proved}
            result = cache.get(job_of(setting, theorem, options, lemmas))
            if result is not None:
                found[theorem.id] = result
    return found


def _answers(task: _Task, groups: Sequence[tuple[str, ...]], cores: int) -> Iterator[tuple[ProofResult, ...]]:
    """The answers of each group, as they come."""
    _task[:] = [task]
    try:
        if cores < 2 or "fork" not in multiprocessing.get_all_start_methods():
            yield from map(_prove, groups)
        else:
            with multiprocessing.get_context("fork").Pool(cores) as pool:
                yield from pool.imap_unordered(_prove, groups)
    finally:
        _task.clear()


def _groups(theorems: Sequence[Theorem], known: Collection[str]) -> list[tuple[str, ...]]:
    """Theorems that must share a process, those that rest on one another, where an answer is not known.

    Those that ask most come first, so that no process is left alone with them at the end.
    """
    by_id = {theorem.id: theorem for theorem in theorems}
    group = {theorem.id: theorem.id for theorem in theorems}
    for theorem in in_order(tuple(theorems)):
        for lemma in theorem.lemmas:
            old, new = group[theorem.id], group[lemma]
            group = {name: new if of == old else of for name, of in group.items()}
    members: dict[str, list[str]] = {}
    for theorem in theorems:
        members.setdefault(group[theorem.id], []).append(theorem.id)
    left = [tuple(names) for names in members.values() if not all(name in known for name in names)]
    return sorted(left, key=lambda names: -sum(_questions(by_id[name]) for name in names))


def _questions(theorem: Theorem) -> int:
    """How much is asked about a theorem, roughly: its units and near miss, and many times that under all readings."""
    asked = 2 + len(theorem.rests_on) + (theorem.near_miss is not None)
    return asked * 4 if theorem.for_all_readings else asked


def _prove(names: tuple[str, ...]) -> tuple[ProofResult, ...]:
    task = _task[0]
    theorems = [task.theorems[name] for name in names]
    return prove_all(task.setting.law, theorems, task.options, setting=task.setting).results


__all__ = ["chosen", "prove_many"]
