"""The run over all mutants: stories first, then the solver: equal to the law, or this story would tell."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, Literal

from attrs import field, frozen

from compliance.calendar.load import shipped_calendar
from compliance.calendar.working import WorkingCalendar
from compliance.check.completion import first_completion
from compliance.law.model import Law
from compliance.law.version import window
from compliance.prove.mutate.difference import Difference, difference
from compliance.prove.mutate.mutants import Mutant, mutants
from compliance.prove.mutate.scenarios import Bench, Story, profiles
from compliance.prove.outcome import StoryRecord
from compliance.source.diagnostic import Problems
from compliance.timeline.expectation import Expectation
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.scenario import read_scenario

SETTLED: Final = ("compliant", "violated", "pending")

Fate = Literal["killed", "equivalent", "survives", "open"]

_task: Final[list[tuple[Bench, list[Mutant]]]] = []
"""Set before the processes are forked, which inherit it."""


@frozen(eq=False)
class Answer:
    """What became of a mutant: `by` names the story that killed it; `story` is one that would."""

    mutant: str
    unit: str
    where: str
    label: str
    fate: Fate
    by: str = ""
    story: StoryRecord | None = None


@frozen(eq=False)
class MutationReport:
    """All answers, in the order of the mutants."""

    answers: tuple[Answer, ...]

    def score(self, unit: str | None = None) -> Score:
        own = [each for each in self.answers if unit in (None, each.unit)]
        fates = ("killed", "equivalent", "survives", "open")
        counted = {fate: sum(each.fate == fate for each in own) for fate in fates}
        return Score(**counted)

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.unit for each in self.answers))


@frozen
class Score:
    """How many mutants were killed, are equal to the law, survive, or stay open."""

    killed: int = 0
    equivalent: int = 0
    survives: int = 0
    open: int = field(default=0)

    @property
    def share(self) -> float:
        """The killed among those that are not equal to the law; an open one counts as alive."""
        alive = self.killed + self.survives + self.open
        return self.killed / alive if alive else 1.0


def mutate(
    law: Law,
    scenarios: Sequence[Path],
    unit: str | None = None,
    jobs: int = 1,
    done: Callable[[int, int], None] | None = None,
) -> MutationReport:
    """What the stories notice of every mutant of the law (of one unit, where it is named)."""
    calendar = shipped_calendar()
    bench = Bench(law, calendar, stories(law, scenarios))
    every = list(mutants(law, unit))
    _task[:] = [(bench, every)]
    try:
        found = list(_answers(len(every), jobs, done))
    finally:
        _task.clear()
    return MutationReport(tuple(found))


def _answers(count: int, jobs: int, done: Callable[[int, int], None] | None) -> Iterable[Answer]:
    if jobs < 2 or "fork" not in multiprocessing.get_all_start_methods():
        answers: Iterable[Answer] = map(_answer, range(count))
        yield from _told(answers, count, done)
        return
    with multiprocessing.get_context("fork").Pool(min(jobs, os.cpu_count() or 1)) as pool:
        yield from _told(pool.imap(_answer, range(count), chunksize=8), count, done)


def _told(answers: Iterable[Answer], count: int, done: Callable[[int, int], None] | None) -> Iterable[Answer]:
    for at, answer in enumerate(answers):
        if done:
            done(at + 1, count)
        yield answer


def _answer(at: int) -> Answer:
    bench, every = _task[0]
    mutant = every[at]
    killer = bench.killer(mutant)
    if killer is not None:
        return _of(mutant, "killed", killer)
    found: Difference = difference(bench.law, bench.calendar, mutant)
    if found.story is not None:
        return _of(mutant, "survives", story=found.story)
    return _of(mutant, "equivalent" if found.none else "open")


def _of(mutant: Mutant, fate: Fate, by: str = "", story: StoryRecord | None = None) -> Answer:
    return Answer(mutant.id, mutant.unit, mutant.where, mutant.label, fate, by, story)


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


__all__ = ["Answer", "MutationReport", "Score", "WorkingCalendar", "mutate", "stories"]
