"""The theorems as judges of mutants: a mutant under which one has the opposite answer is noticed by it.

What the answer under the law rests on says where to look: a proof concerns a mutant only if it uses a norm or a notion
that differs, and a story only if it is none under the mutant. Only then is the question asked again, with little
effort: what it cannot settle kills nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from attrs import define, evolve, field, frozen

from compliance.law.model import Law
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.program import Program, Typed
from compliance.prove.mutate.mutants import Mutant
from compliance.prove.options import ProveOptions
from compliance.prove.outcome import ProofResult
from compliance.prove.prove import Setting, setting_of
from compliance.prove.questions import assumed, profile_of, retyped
from compliance.prove.theorem import Theorem
from compliance.smt.query import Answer, GaveUp, Impossible, Query, Story
from compliance.smt.search import search_plain
from compliance.smt.unbounded.engine import Engine

Against = Literal["alive", "some", "all"]
"""Which mutants are held against theorems: those that no story kills, some of the others too, or all."""

SOME: Final = 16
"""Every so many mutants are held against the theorems where `some` are."""

BARE: Final = ProveOptions(confirm=False, drops=False, premises=False, near_misses=False, polish=False)

EFFORT: Final = 6_000_000
"""The solver's effort for one theorem under one mutant; some second."""

SLOTS: Final = (1, 2)


@frozen(eq=False)
class Judge:
    """A theorem with its answer under the law."""

    theorem: Theorem
    result: ProofResult
    rests_on: frozenset[str]
    """The norms of its proof, those of its lemmas included; none where a story is the answer."""


@define(eq=False)
class Theorems:
    """Stored theorems and what they say of the law."""

    setting: Setting
    judges: Sequence[Judge]
    axioms: dict[str, Mapping[str, Typed]] = field(factory=dict)

    def killer(self, mutant: Mutant) -> str | None:
        """The first theorem whose answer is the opposite under a mutant."""
        return next((judge.theorem.id for judge in self.judges if self.flips(judge, mutant)), None)

    def flips(self, judge: Judge, mutant: Mutant) -> bool:
        """Whether the answer to a theorem is the opposite under a mutant; not so where it cannot be settled."""
        if not self.concerned(judge, mutant):
            return False
        query = self.query(judge.theorem, mutant)
        story = judge.result.story
        if story is not None and self.replays(query, judge):
            return False
        answer = self.ask(query, story is not None)
        return isinstance(answer, Impossible) if story is not None else isinstance(answer, Story)

    def concerned(self, judge: Judge, mutant: Mutant) -> bool:
        if mutant.definition is not None and mutant.definition in judge.theorem.formula.calls:
            return True
        if mutant.where in judge.theorem.formula.params:
            return True
        assumed_here = self.assumed(judge.theorem)
        touched = {name for name in mutant.norms if name in assumed_here}
        return bool(touched) if judge.result.story is not None else bool(touched & judge.rests_on)

    def assumed(self, theorem: Theorem) -> Mapping[str, Typed]:
        if theorem.id not in self.axioms:
            self.axioms[theorem.id] = assumed(self.setting.law, theorem).formulas
        return self.axioms[theorem.id]

    def query(self, theorem: Theorem, mutant: Mutant) -> Query:
        """The question of a theorem under the mutant's law."""
        law, program = self.setting.law, _under(theorem.program, mutant)
        same = mutant.program is law.program
        axioms = {
            name: retyped(mutant.norms[name], program) if name in mutant.norms else typed
            for name, typed in self.assumed(theorem).items()
        }
        goal = theorem.formula if same else retyped(theorem.formula.expr, program)
        side = theorem.kind == "possible"
        return Query(program, self.setting.calendar, axioms, goal, side, profile_of(law, theorem), self.setting.natural)

    def replays(self, query: Query, judge: Judge) -> bool:
        """Whether the story that answers a theorem is one under the mutant too."""
        story = judge.result.story
        assert story is not None
        evaluator = Evaluator(query.program, self.setting.calendar, story.facts, {**story.profile, DUE: OPEN})
        holds = evaluator.truth(query.goal.expr, {}) == query.side
        return holds and all(evaluator.truth(axiom.expr, {}) for axiom in query.axioms.values())

    def ask(self, query: Query, story_first: bool) -> Answer:
        if story_first and isinstance(found := search_plain(query, SLOTS), Story):
            return found
        answer = Engine(query, query.preferred, total=EFFORT).run()
        if isinstance(answer, GaveUp) and not story_first and isinstance(found := search_plain(query, SLOTS), Story):
            return found
        return answer


def theorems_of(law: Law, files: Iterable[Path], jobs: int = 1, cache: Path | None = None) -> Theorems:
    """The theorems of some files with their answers under the law: those with a story first, which are quick to try.

    With a cache all is asked that `reserve prove` asks, so that each finds the answers of the other.
    """
    from compliance.prove.read import read_theorems
    from compliance.prove.run import prove_many

    read = read_theorems(list(files), law)
    options = BARE if cache is None else ProveOptions(cache=cache)
    results = {result.theorem: result for result in prove_many(law, read, options, jobs).results}
    judges = [Judge(each, results[each.id], _rests_on(each.id, results)) for each in read if results[each.id].settled]
    return Theorems(setting_of(law), sorted(judges, key=lambda judge: (judge.result.story is None, judge.theorem.id)))


def _rests_on(id: str, results: Mapping[str, ProofResult]) -> frozenset[str]:
    def all_of(name: str) -> Iterator[str]:
        yield from results[name].norms
        for lemma in results[name].lemmas:
            yield from all_of(lemma)

    return frozenset(all_of(id))


def _under(program: Program, mutant: Mutant) -> Program:
    """The program of a theorem with the definitions and parameters of a mutant."""
    definitions = {**program.definitions, **mutant.program.definitions}
    return evolve(program, definitions=definitions, params=mutant.program.params)


__all__ = ["Against", "Judge", "Theorems", "theorems_of"]
