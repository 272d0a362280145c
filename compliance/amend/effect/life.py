"""The life of the reserve under the new law: steps of model/lifecycle.yaml that nobody can take lawfully any more.

Each step has a story in proofs/steps.json, written by `python -m compliance.amend.effect.life`. Where it still holds
the step is there; else the solver looks for another. A stale story costs time and never an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from attrs import define, evolve, field, frozen

from compliance.amend.effect.ask import CALENDAR, PROOF, SMALL
from compliance.amend.effect.known import plain_facts, read_facts
from compliance.amend.effect.meaning import Difference
from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.effect.probe import Probe
from compliance.amend.finding import Finding, Weight, says
from compliance.calendar.load import shipped_calendar
from compliance.calendar.working import WorkingCalendar
from compliance.check.lifecycle.questions import Questions, evening
from compliance.law.lifecycle.model import TIME, Graph, Lifecycle, State, Step
from compliance.law.lifecycle.read import load_lifecycle
from compliance.law.load import load_law
from compliance.law.model import Law, Norm
from compliance.norm import ast
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Typed
from compliance.norm.walk import nodes
from compliance.source.data import data_path
from compliance.source.diagnostic import Problems

if TYPE_CHECKING:
    from compliance.smt.query import Query

FILE: Final = ("proofs", "steps.json")
SLOTS: Final = 2
MOST: Final = 12
"""So many steps are looked for anew."""


@frozen
class Lost:
    """What becomes of the graphs: `steps` have no lawful story up to two events of a kind, `open` were not decided.

    Into `unreachable` states no way from the start is left, out of `stuck` ones no step.
    """

    lifecycle: Lifecycle
    steps: tuple[Step, ...]
    open: tuple[Step, ...]
    unreachable: tuple[tuple[Graph, State], ...]
    stuck: tuple[tuple[Graph, State], ...]


def life(new: NewLaw, found: Difference, calendar: WorkingCalendar, probe: Probe | None = None) -> Lost | None:
    """The graphs under the new law; nothing where no step is lost, or where they cannot be asked about.

    The stored stories that a `probe` knows to be lawful take steps too.
    """
    if not found.come and not found.gone:
        return None
    try:
        before = load_lifecycle(new.old)
        asked = _Asked(new, found, _under(before, new.old, new.law), calendar, probe)
        answers = {step: asked.taken(step) for step in before.steps}
        gave_way = _named(found.gone) - _named(found.come)
        again = [step for step, answer in answers.items() if answer is False and step.transition.actor in gave_way]
        answers |= {step: asked.taken(_by_anybody(step)) for step in again}
    except Problems:
        return None
    lost = tuple(step for step, answer in answers.items() if answer is False)
    if not lost:
        return None
    kept = [step for step, answer in answers.items() if answer is not False]
    return Lost(
        before,
        lost,
        tuple(step for step, answer in answers.items() if answer is None),
        tuple((g, state) for g in before.graphs for state in _unreachable(g, kept) if not asked.entered(g, state)),
        tuple((g, state) for g in before.graphs for state in _stuck(g, kept) if not asked.left(g, state)),
    )


def _by_anybody(step: Step) -> Step:
    """The step whoever takes it: an official who gave way to another is no lost step."""
    return evolve(step, transition=evolve(step.transition, actor=None))


def _named(norms: Iterable[Norm]) -> set[object]:
    """The words of enumerations that norms name, officials among them."""
    return {part.value for norm in norms for part in nodes(norm.expr) if isinstance(part, ast.Literal)}


def _under(lifecycle: Lifecycle, old: Law, new: Law) -> Lifecycle:
    """The graphs on top of the new law's program."""
    own = {name: each for name, each in lifecycle.program.definitions.items() if name not in old.program.definitions}
    return evolve(lifecycle, program=evolve(new.program, definitions={**new.program.definitions, **own}))


def _unreachable(graph: Graph, kept: Sequence[Step]) -> list[State]:
    """The states to which no way leads from the start."""
    seen, waiting = {graph.start}, [graph.start]
    while waiting:
        here = waiting.pop()
        for step in kept:
            if step.graph == graph.id and step.source == here and step.target not in seen:
                seen.add(step.target)
                waiting.append(step.target)
    return [state for state in graph.states.values() if state.id not in seen]


def _stuck(graph: Graph, kept: Sequence[Step]) -> list[State]:
    """The states that can be reached and not left."""
    gone = {state.id for state in _unreachable(graph, kept)}
    left = {step.source for step in kept if step.graph == graph.id and not step.is_loop}
    return [state for state in graph.states.values() if state.id not in gone and state.id not in left]


@define(eq=False)
class _Asked:
    """Asks whether steps can be taken under the new law; at most MOST of them are looked for anew."""

    new: NewLaw
    found: Difference
    lifecycle: Lifecycle
    calendar: WorkingCalendar
    probe: Probe | None = None
    searched: int = 0
    questions: Questions = field(init=False)
    stories: Mapping[str, Facts] = field(init=False)
    norms: Mapping[str, Typed] = field(init=False)
    """What a known story has to keep: only what came, where it is known to keep the old law."""

    def __attrs_post_init__(self) -> None:
        law = self.new.law
        self.questions = Questions(law, self.lifecycle, self.calendar, law.default_profile)
        fingerprint, self.stories = read_stories()
        came = {norm.id: norm.typed for norm in self.found.come}
        self.norms = came if fingerprint == self.new.old.fingerprint else self.questions.axioms

    def taken(self, step: Step) -> bool | None:
        """Whether a lawful story takes a step; None where that was not decided."""
        query, known = self.questions.query(self.questions.taken(step)), self.stories.get(step.id)
        if self._replayed(known, query.goal) or self._shown(query.goal):
            return True
        if self.searched >= MOST:
            return None
        self.searched += 1
        told = _sought(query, known)
        if isinstance(told, Facts):
            self.lawful.append(self._evaluator(told))
            return True
        return told

    def _shown(self, goal: Typed) -> bool:
        """Whether a stored story takes the step."""
        return any(each.truth(goal.expr, {}) for each in self.lawful)

    @cached_property
    def lawful(self) -> list[Evaluator]:
        """The stories that keep the new law: stored ones, and those that were found."""
        if self.probe is None:
            return []
        kept = (facts for at, facts in enumerate(self.probe.records) if self.probe.keeps_all(at))
        return [self._evaluator(facts) for facts in kept]

    def _evaluator(self, facts: Facts) -> Evaluator:
        return Evaluator(self.lifecycle.program, self.calendar, facts, {DUE: OPEN, **self.new.law.default_profile})

    def entered(self, graph: Graph, state: State) -> bool:
        """Whether a lawful record comes into a state in any way, also one that the graph does not have."""
        return _sought(self.questions.query(evening(graph, state.id, "as_of"))) is not False

    def left(self, graph: Graph, state: State) -> bool:
        """Whether a lawful record leaves a state by a step that the graph does not have."""
        ways = (self.questions.missing(graph, state.id, event) for event in (*graph.events, TIME))
        return any(_sought(self.questions.query(way)) is not False for way in ways)

    def _replayed(self, facts: Facts | None, goal: Typed) -> bool:
        if facts is None:
            return False
        evaluator = self._evaluator(facts)
        return all(evaluator.truth(each.expr, {}) for each in (goal, *self.norms.values()))


def _sought(query: Query, known: Facts | None = None) -> Facts | bool | None:
    """A story, perhaps the known one on other days; False where there is none up to two events of a kind.

    None where the solver gave up.
    """
    from compliance.smt.query import GaveUp, Impossible, Story
    from compliance.smt.redate import redated
    from compliance.smt.search import search
    from compliance.smt.unbounded.engine import Engine

    again = redated(query, known) if known is not None else None
    if again is not None:
        return again.facts
    answer = Engine(query, query.preferred, total=SMALL, rounds=PROOF).run()
    if isinstance(answer, Impossible):
        return False
    found = search(query, (SLOTS,), rounds=CALENDAR) if isinstance(answer, GaveUp) else answer
    if isinstance(found, Story):
        return found.facts
    return None if isinstance(found, GaveUp) else False


# findings -----------------------------------------------------------------------------------------------------


def life_findings(lost: Lost | None, new: NewLaw) -> Iterator[Finding]:
    """What the graphs say to the drafter: states that nobody enters lawfully, and such as nobody leaves."""
    if lost is None:
        return
    gone = new.old.units.keys() - new.law.units.keys()
    for graph, state in lost.unreachable:
        steps = [step for step in lost.steps if step.graph == graph.id and step.target == state.id]
        meant = all(gone & set(step.transition.units) for step in steps)
        yield _finding("STATE_UNREACHABLE", "note" if meant else "warn", "effect.life-unreachable", state, steps, new)
    for graph, state in lost.stuck:
        steps = [step for step in lost.steps if step.graph == graph.id and step.source == state.id]
        yield _finding("LIFECYCLE_DEADEND", "reject", "effect.life-stuck", state, steps, new)


def _finding(code: str, weight: Weight, word: str, state: State, steps: Sequence[Step], new: NewLaw) -> Finding:
    units = tuple(dict.fromkeys(new.name(unit) for step in steps for unit in step.transition.units))
    message = says(word, state_en=state.words.en, state_ru=state.words.ru)
    return Finding(code, weight, units, "", message)


# the known stories --------------------------------------------------------------------------------------------


def read_stories() -> tuple[str, Mapping[str, Facts]]:
    """The law that the stories keep, as its fingerprint, and the stories by step; none where there is no file."""
    try:
        data = json.loads(data_path(*FILE).read_text(encoding="utf-8"))
        return data["law"], {name: read_facts(each) for name, each in data["steps"].items()}
    except (OSError, ValueError, KeyError):
        return "", {}


def found_stories(law: Law) -> dict[str, Any]:
    """A story for every step under a law, as plain values."""
    from compliance.smt.polish import shortened
    from compliance.smt.query import Story
    from compliance.smt.search import search

    questions = Questions(law, load_lifecycle(law), shipped_calendar(), law.default_profile)
    out = {}
    for step in questions.lifecycle.steps:
        query = questions.query(questions.taken(step))
        found = search(query, (SLOTS,))
        if isinstance(found, Story):
            out[step.id] = plain_facts(shortened(query, found).facts)
    return {"law": law.fingerprint, "steps": out}


def written(found: Mapping[str, Any]) -> str:
    """The file: a line a step."""
    lines = [f"{json.dumps(name)}: {json.dumps(each, sort_keys=True)}" for name, each in sorted(found["steps"].items())]
    return f'{{"law": {json.dumps(found["law"])}, "steps": {{\n' + ",\n".join(lines) + "\n}}\n"


def main() -> None:
    """Writes the file."""
    data_path(*FILE).write_text(written(found_stories(load_law())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()


__all__ = ["Lost", "found_stories", "life", "life_findings", "read_stories"]
