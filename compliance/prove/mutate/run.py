"""The run over all mutants: stories first; then the solver, which proves them equal or tells a story; then theorems."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from attrs import evolve, frozen

from compliance.calendar.load import shipped_calendar
from compliance.check.completion import first_completion
from compliance.law.model import Law
from compliance.law.version import window
from compliance.prove.mutate.difference import difference
from compliance.prove.mutate.mutants import Mutant, mutants
from compliance.prove.mutate.outcome import Answer, Fate, MutationReport, Score
from compliance.prove.mutate.scenarios import Bench, Story, profiles
from compliance.prove.mutate.theorems import SOME, Against, Theorems, theorems_of
from compliance.source.diagnostic import Problems
from compliance.timeline.expectation import Expectation
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.scenario import read_scenario

SETTLED: Final = ("compliant", "violated", "pending")

CHUNK: Final = 8
"""Mutants that a process takes at a time, where there are many."""

T = TypeVar("T")
Done = Callable[[int, int], None]

_task: Final[list[Callable[[int], object]]] = []
"""Set before the processes are forked, which inherit it."""


@frozen
class MutateOptions:
    """What a caller can choose about a run.

    `every`: only each so-manieth mutant. `against`: which mutants are held against theorems, those of `files`, with
    answers kept in `cache`. `polish`: stories of survivors are told as they would be stored.
    """

    unit: str | None = None
    every: int = 1
    against: Against = "alive"
    files: tuple[Path, ...] = ()
    cache: Path | None = None
    polish: bool = False


def mutate(
    law: Law,
    scenarios: Sequence[Path],
    options: MutateOptions = MutateOptions(),
    jobs: int = 1,
    done: Done | None = None,
) -> MutationReport:
    """What stories and theorems notice of every mutant of the law (of one unit, where it is named)."""
    bench = Bench(law, shipped_calendar(), stories(law, scenarios))
    chosen = list(mutants(law, options.unit))[:: options.every]
    found = list(_each(partial(_by_stories, bench, chosen, options.polish), len(chosen), jobs, done))
    asked = [at for at, answer in enumerate(found) if _is_asked(at, answer, options)]
    if asked and options.files:
        theorems = theorems_of(law, options.files, jobs, options.cache)
        ask = partial(_by_theorems, theorems, [chosen[at] for at in asked])
        for at, name in zip(asked, _each(ask, len(asked), jobs, done), strict=True):
            found[at] = _noticed(found[at], name)
    return MutationReport(tuple(found))


def _is_asked(at: int, answer: Answer, options: MutateOptions) -> bool:
    if answer.fate == "equivalent":
        return False
    return answer.fate != "killed" or options.against == "all" or (options.against == "some" and at % SOME == 0)


def _noticed(answer: Answer, theorem: str) -> Answer:
    if not theorem or answer.fate == "killed":
        return evolve(answer, asked=True, theorem=theorem)
    return evolve(answer, asked=True, theorem=theorem, fate="killed", story=None, reason="", slots=0)


def _each(task: Callable[[int], T], count: int, jobs: int, done: Done | None) -> Iterator[T]:
    """The task for every number below the count, on so many processes, in order."""
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from _told(map(task, range(count)), count, done)
        return
    _task[:] = [task]
    try:
        with multiprocessing.get_context("fork").Pool(min(jobs, os.cpu_count() or 1)) as pool:
            answers: Iterator[Any] = pool.imap(_run, range(count), chunksize=min(CHUNK, count // 32 + 1))
            yield from _told(answers, count, done)
    finally:
        _task.clear()


def _run(at: int) -> object:
    return _task[0](at)


def _told(answers: Iterable[T], count: int, done: Done | None) -> Iterator[T]:
    for at, answer in enumerate(answers):
        if done:
            done(at + 1, count)
        yield answer


def _by_stories(bench: Bench, chosen: Sequence[Mutant], polish: bool, at: int) -> Answer:
    mutant = chosen[at]
    answer = Answer(mutant.id, mutant.unit, mutant.where, mutant.label, "killed", bench.killer(mutant) or "")
    if answer.by:
        return answer
    found = difference(bench.law, bench.calendar, mutant, polish)
    if found.story is not None:
        return evolve(answer, fate="survives", story=found.story)
    if found.none:
        return evolve(answer, fate="equivalent")
    fate: Fate = "bounded" if found.slots else "open"
    return evolve(answer, fate=fate, slots=found.slots, by_default=found.by_default, reason=found.reason)


def _by_theorems(theorems: Theorems, chosen: Sequence[Mutant], at: int) -> str:
    return theorems.killer(chosen[at]) or ""


def stories(law: Law, paths: Sequence[Path]) -> list[Story]:
    """The stories whose verdict is settled, in one completion: where the verdict holds in all of them, any will do.

    Stories that stay open judge no mutants, nor do those that cannot be read.
    """
    lexicon = Lexicon(law.vocabulary, law.program.readings, law.units, [version.id for version in law.versions])
    found: list[Story] = []
    for path in paths:
        try:
            scenario = read_scenario(path, lexicon, str(path))
        except Problems:
            continue
        for case in scenario.cases:
            days = window(law.version, case.published)
            timeline = case.in_window(days.lo).timeline
            expect = case.expect or scenario.expect
            if expect is None or not (timeline.certain or expect.verdict in SETTLED):
                continue
            given = profiles(law.default_profile, case.readings, _turning(expect))
            facts = timeline.facts(first_completion(timeline))
            found.append(Story(path.name, facts, given, frozenset(expect.units or ())))
    return found


def _turning(expect: Expectation) -> dict[str, list[str]]:
    """The values of readings under which the author says a settled verdict."""
    turning = expect.depends_on or {}
    return {name: [v for v, verdict in values.items() if verdict in SETTLED] for name, values in turning.items()}


__all__ = ["Answer", "MutateOptions", "MutationReport", "Score", "mutate", "stories"]
