"""The verification of the lifecycle: every question of it asked of the solver, the answers as plain values.

Each question is asked in a world of its own, so that the answers do not depend on how the work is divided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, repeat
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

from attrs import field, frozen

from compliance.calendar.load import shipped_calendar
from compliance.check.lifecycle.path import Paths, Turn
from compliance.check.lifecycle.questions import Questions
from compliance.law.lifecycle.model import TIME, Graph, Lifecycle, Step
from compliance.law.lifecycle.read import FILE, load_lifecycle
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm.program import Profile
from compliance.smt.query import Found, GaveUp, NoStory, Query, Story

SLOTS: Final = 2
"""So many events of each kind a story may have."""

NEXT_DAY: Final = 1
LONGEST: Final = 4000
"""Days tried before they are halved: most steps may follow on the next day, and no search has as many as the second."""

PORTION: Final = 8
"""So many questions go to a process at once."""

NO_READINGS: Final[Profile] = MappingProxyType({})


@frozen
class Partition:
    """Whether exactly one state of a graph holds in every record: `what` is `two`, `none` or `start`."""

    graph: str
    what: str
    found: Found


@frozen
class Taken:
    """Whether a lawful story takes a step."""

    step: Step
    found: Found
    turns: tuple[Turn, ...] = ()
    """The way of the story through the graph."""


@frozen
class Missing:
    """Whether a lawful story makes a step out of a state by an event that the graph does not have."""

    graph: str
    state: str
    event: str
    found: Found
    target: str | None = None
    """Where it leads, if there is one."""


@frozen
class Fewest:
    """The fewest days between entering a state and leaving it by a step, with the story; nothing where none does.

    `exact`: no story of this size is faster. At 0 days time leads into the state and an act out of it on one day.
    """

    step: Step
    days: int | None
    exact: bool
    found: Found


Finding: TypeAlias = Partition | Taken | Missing | Fewest
Task: TypeAlias = tuple[str, str, str, str]
"""What to ask, the graph, and what else names the question; plain words, so that it can go to another process."""


@frozen
class Verification:
    """All answers, in the order of the graphs; `wrong` are those that refute the lifecycle or leave it open."""

    profile: Profile
    findings: tuple[Finding, ...]
    fixed: Profile = field(factory=dict)
    """The readings that the caller fixed; the others have their defaults."""

    @property
    def wrong(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not is_good(finding))

    def taken(self, step: Step) -> Taken | None:
        """The answer on one step."""
        return next((f for f in self.findings if isinstance(f, Taken) and f.step == step), None)

    def fewest(self, step: Step) -> Fewest | None:
        """The fewest days of one step."""
        return next((f for f in self.findings if isinstance(f, Fewest) and f.step == step), None)

    @property
    def gave_up(self) -> bool:
        return any(isinstance(finding.found, GaveUp) for finding in self.findings)


def is_good(finding: Finding) -> bool:
    """Whether an answer is the one that the lifecycle promises."""
    match finding:
        case Taken() | Fewest():
            return isinstance(finding.found, Story)
        case Partition() | Missing():
            return isinstance(finding.found, NoStory)
        case _:
            assert_never(finding)


def tasks_of(graphs: Iterable[Graph]) -> tuple[Task, ...]:
    """Every question, in a fixed order."""
    found: list[Task] = []
    for graph in graphs:
        found += [("partition", graph.id, what, "") for what in ("two", "none", "start")]
        found += [("step", graph.id, step.id, "") for step in graph.steps]
        found += [("missing", graph.id, state, event) for state in graph.states for event in (*graph.events, TIME)]
    return tuple(found)


@frozen
class Verifier:
    """Answers questions about one lifecycle."""

    questions: Questions

    def answer(self, task: Task) -> tuple[Finding, ...]:
        what, name, word, event = task
        graph = self.questions.lifecycle.graph(name)
        match what:
            case "partition":
                ask = {"two": self.questions.two_states, "none": self.questions.no_state}
                return (Partition(name, word, self.found(ask.get(word, self.questions.other_start)(graph))),)
            case "missing":
                return (self.missing(graph, word, event),)
            case _:
                return self.step(graph, next(step for step in graph.steps if step.id == word))

    def found(self, text: str) -> Found:
        """A story in good shape, or that there is none."""
        from compliance.smt.polish import polished

        query = self.questions.query(text)
        found = self.searched(query)
        return polished(query, found) if isinstance(found, Story) else found

    def searched(self, query: Query) -> Found:
        """The first story as it comes: lawful, and no pleasure to read."""
        from compliance.smt.search import search

        return search(query, (SLOTS,))

    def step(self, graph: Graph, step: Step) -> tuple[Finding, ...]:
        """Whether a step is taken, and how soon; the soonest story is also one that takes it."""
        from compliance.smt.polish import polished

        query = self.questions.query(self.questions.taken(step))
        fewest = None if step.is_loop else self.fewest(graph, step)
        found = fewest.found if fewest and isinstance(fewest.found, Story) else self.searched(query)
        turns: tuple[Turn, ...] = ()
        if isinstance(found, Story):
            found = polished(query, found)
            turns = self.turns(graph, found)
        return (Taken(step, found, turns), *([fewest] if fewest else []))

    def missing(self, graph: Graph, state: str, event: str) -> Missing:
        found = self.found(self.questions.missing(graph, state, event))
        target = None
        if isinstance(found, Story):
            ways = (turn for turn in self.turns(graph, found) if turn.source == state and turn.step is None)
            target = next((turn.target for turn in ways), None)
        return Missing(graph.id, state, event, found, target)

    def fewest(self, graph: Graph, step: Step) -> Fewest:
        if not step.transition.by_time and any(s.target == step.source for s in graph.steps if s.transition.by_time):
            at_once = self.searched(self.questions.query(self.questions.at_once(step)))
            if isinstance(at_once, Story):
                return Fewest(step, 0, True, at_once)
        low, found = 0, self.within(step, NEXT_DAY)
        if isinstance(found, NoStory):
            low, found = NEXT_DAY, self.within(step, LONGEST)
        if not isinstance(found, Story):
            return Fewest(step, None, False, found)
        if low == 0:
            return Fewest(step, NEXT_DAY, True, found)
        days, exact = self._halved(graph, step, low, found)
        return Fewest(step, days, exact, self.found(self.questions.within(step, days)))

    def _halved(self, graph: Graph, step: Step, low: int, story: Story) -> tuple[int, bool]:
        """The fewest days, knowing that `low` are too few, and whether nothing faster is possible."""
        high = self.days(graph, step, story)
        while high - low > 1:
            middle = (low + high) // 2
            found = self.within(step, middle)
            if isinstance(found, Story):
                high = min(middle, self.days(graph, step, found))
            elif isinstance(found, NoStory):
                low = middle
            else:
                return high, False
        return high, True

    def within(self, step: Step, days: int) -> Found:
        return self.searched(self.questions.query(self.questions.within(step, days)))

    def days(self, graph: Graph, step: Step, story: Story) -> int:
        """The days that a story takes for the step; the most there can be where its path does not tell."""
        turns = [turn for turn in self.turns(graph, story) if turn.source != turn.target]
        for before, after in pairwise(turns):
            if before.events and after.source == step.source and after.target == step.target:
                days = after.day - before.day
                query = self.questions.query(self.questions.within(step, days))
                if query.judge(story.facts, story.profile).is_story:
                    return days
        return LONGEST

    def turns(self, graph: Graph, story: Story) -> tuple[Turn, ...]:
        questions = self.questions
        return Paths(questions.lifecycle, questions.calendar, story.facts, story.profile).turns(graph)


def questions_of(law: Law, lifecycle: Lifecycle, readings: Profile = NO_READINGS) -> Questions:
    """The questions under the default readings, with some of them fixed otherwise."""
    return Questions(law, lifecycle, shipped_calendar(), {**law.default_profile, **readings})


def verify(
    folder: Path | None = None,
    readings: Profile = NO_READINGS,
    jobs: int = 1,
    only: Callable[[Task], bool] | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Verification:
    """Verifies the lifecycle of the law in a folder, the shipped one by default, in so many processes.

    `only` leaves out questions; `tell` hears how many answers there are, and how many there will be.
    """
    law = load_law(folder)
    lifecycle = load_lifecycle(law, folder / FILE if folder else None)
    questions = questions_of(law, lifecycle, readings)
    tasks = [task for task in tasks_of(lifecycle.graphs) if only is None or only(task)]
    if jobs > 1:
        answers: Iterable[tuple[Finding, ...]] = _shared(folder, readings, tasks, jobs)
    else:
        answers = map(Verifier(questions).answer, tasks)
    found: list[Finding] = []
    for done, each in enumerate(answers, 1):
        found += each
        if tell is not None:
            tell(done, len(tasks))
    return Verification(questions.profile, tuple(found), dict(sorted(readings.items())))


def _shared(folder: Path | None, readings: Profile, tasks: list[Task], jobs: int) -> Iterator[tuple[Finding, ...]]:
    """The answers in the order of the tasks, from several processes; each reads the law once per portion."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    portions = [tasks[start : start + PORTION] for start in range(0, len(tasks), PORTION)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for answers in pool.map(_portion, repeat(folder), repeat(dict(readings)), portions):
            yield from answers


def _portion(folder: Path | None, readings: Profile, tasks: list[Task]) -> list[tuple[Finding, ...]]:
    law = load_law(folder)
    lifecycle = load_lifecycle(law, folder / FILE if folder else None)
    return [*map(Verifier(questions_of(law, lifecycle, readings)).answer, tasks)]


__all__ = [
    "SLOTS", "Fewest", "Finding", "Missing", "Partition", "Taken", "Task", "Verification", "Verifier", "is_good",
    "questions_of", "tasks_of", "verify",
]  # fmt: skip
