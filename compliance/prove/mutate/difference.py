"""Is there a record on which a mutant and the law judge a unit otherwise? Then it is the story that would kill it.

The first day of the version is any day on which it can have come into force, facts that an author may stipulate are
free, and so are the readings. A proof that there is no such record rests on no fact of the world and no other norm: it
covers any number of events within the calendar's years. Stories are asked for first among records that fit the facts
of the world, under the default readings; then among all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.law.version import window
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import CLOSED, DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Definition, Profile, Program, Typed
from compliance.norm.walk import nodes, rebuilt
from compliance.prove.mutate.mutants import Mutant
from compliance.prove.mutate.places import NOWHERE, Places, Witness, differs
from compliance.prove.outcome import StoryRecord
from compliance.prove.questions import natural_values, retyped
from compliance.smt.natural import Natural
from compliance.smt.polish import polished, shortened
from compliance.smt.query import Answer, Found, GaveUp, Impossible, NoStory, Query, Story
from compliance.smt.search import Search
from compliance.smt.symbolic import LAST, symbolic
from compliance.smt.unbounded.engine import Engine
from compliance.source.diagnostic import Problems
from compliance.timeline.model import Days

MARK: Final = "__mutant"
"""What names of the mutant's own definitions and parameters end in."""

EFFORT: Final = 12_000_000
"""The solver's effort for one question of the proof engine; some two seconds."""

WITNESSES: Final[tuple[Witness, ...]] = ("first", "last")
ALL_WITNESSES: Final[tuple[Witness, ...]] = ("any", *WITNESSES, "first of all", "last of all")
SLOTS: Final = (1, 2)

NO_READINGS: Final[Profile] = MappingProxyType({})
"""None is fixed."""


@frozen(eq=False)
class Difference:
    """`story`: a record on which they differ; `none`: there is no such record, under any reading."""

    story: StoryRecord | None = None
    none: bool = False
    slots: int = 0
    """Up to how many events of a kind there is certainly no such record, where neither is known."""
    by_default: bool = False
    """Whether there is certainly none under the default readings, where neither is known for all."""
    reason: str = ""


def difference(law: Law, calendar: WorkingCalendar, mutant: Mutant, polish: bool = False) -> Difference:
    """Asks norm by norm; a story is told as it would be stored where `polish` is wanted."""
    return _Asked.of(law, calendar, mutant).settle(polish)


_MASKED: Final = GaveUp("a story tells the norms apart, and none the units")


@frozen(eq=False)
class _Asked:
    """A mutant beside the law: one program with the definitions of both."""

    law: Law
    calendar: WorkingCalendar
    mutant: Mutant
    program: Program
    changed: Mapping[str, Expr]
    """The norms in the words of the mutant."""
    natural: Natural
    days: Days
    """On which the version can have come into force."""
    world: Mapping[str, Typed] = field(factory=dict)

    @classmethod
    def of(cls, law: Law, calendar: WorkingCalendar, mutant: Mutant) -> _Asked:
        program, changed = side_by_side(law, mutant)
        begins = window(law.version)
        world = {fact.id: fact.typed for fact in law.world}
        days = Days(((begins.lo, begins.hi),))
        return cls(law, calendar, mutant, _stipulable(program), changed, natural_values(law), days, world)

    def settle(self, polish: bool) -> Difference:
        left: dict[str, GaveUp] = {}
        for name in self.changed:
            answer = self.norm(name)
            if isinstance(answer, Story):
                return Difference(self.told(name, answer, polish))
            if isinstance(answer, GaveUp):
                left[name] = answer
        if not left:
            return Difference(none=True)
        reason = "; ".join(f"{name}: {each.reason}" for name, each in left.items())
        return Difference(slots=min(map(self.bound, left)), by_default=all(map(self.by_default, left)), reason=reason)

    def norm(self, name: str) -> Answer:
        """A record on which the unit of a norm is judged otherwise, or a proof that the norm never is."""
        goal = self.parting(name)
        if goal is None:
            return Impossible(())
        answer = self.ask(goal)
        if isinstance(answer, Impossible) or (isinstance(answer, Story) and self.is_real(name, answer)):
            return answer
        for witness in WITNESSES:
            outermost = self.parting(name, witness)
            if outermost is not None and isinstance(proof := self.ask(outermost), Impossible):
                return proof
        whole = self.ask(ast.And((goal, self.whole(name))))
        if isinstance(whole, Impossible) or (isinstance(whole, Story) and self.is_real(name, whole)):
            return whole
        return self.search(name) or (_MASKED if isinstance(whole, Story) else whole)

    def parting(self, name: str, witness: Witness = "any") -> Expr | None:
        goal = Places(self.program, witness).parting(self.law.norm(name).expr, self.changed[name])
        return None if goal == NOWHERE else goal

    def whole(self, name: str) -> Expr:
        return differs(self.law.norm(name).expr, self.changed[name])

    def query(self, goal: Expr, profile: Profile, axioms: Mapping[str, Typed]) -> Query:
        typed = retyped(goal, self.program)
        return Query(self.program, self.calendar, axioms, typed, True, profile, self.natural)

    def ask(self, goal: Expr, profile: Profile = NO_READINGS) -> Answer:
        try:
            query = self.query(goal, profile, {})
        except Problems as problems:  # larger than a formula may be
            return GaveUp(problems.diagnostics[0].code)
        engine = Engine(query, query.preferred, total=EFFORT)
        engine.lazy.domain.timeline = evolve(engine.lazy.domain.timeline, in_force=self.days)
        return engine.run()

    # stories

    def search(self, name: str) -> Story | None:
        """A story for people: first one that fits the facts of the world, under the default readings."""
        return next((story for _, story in self.searched(name)), None)

    def searched(self, name: str) -> Iterator[tuple[Query, Story]]:
        beside = {n.id: n.typed for n in self.law.norms_of(self.law.norm(name).unit) if n.id not in self.changed}
        for axioms in ({**self.world, **beside}, beside):
            for profile in (self.law.default_profile, {}):
                for slots in SLOTS:
                    query = self.query(self.whole(name), profile, axioms)
                    found = self.finite(query, slots, plain=True)
                    if isinstance(found, Story) and self.is_real(name, found):
                        yield query, found

    def by_default(self, name: str) -> bool:
        """Whether a norm is never judged otherwise under the default readings."""
        goals = (self.parting(name, witness) or NOWHERE for witness in ALL_WITNESSES)
        return any(isinstance(self.ask(goal, self.law.default_profile), Impossible) for goal in goals)

    def bound(self, name: str) -> int:
        """Up to how many events of a kind there is no record on which a norm is judged otherwise."""
        goal, found = self.parting(name) or NOWHERE, 0
        for slots in SLOTS:
            if not isinstance(self.finite(self.query(goal, {}, {}), slots, plain=False), NoStory):
                break
            found = slots
        return found

    def finite(self, query: Query, slots: int, plain: bool) -> Found:
        vocabulary = self.program.vocabulary
        timeline = symbolic(vocabulary, vocabulary.kinds, slots, (self.days.lo, LAST), plain=plain)
        return Search(query, evolve(timeline, in_force=self.days), query.preferred, slots).run()

    def told(self, name: str, story: Story, polish: bool) -> StoryRecord:
        if polish:
            for query, found in self.searched(name):
                nicer = polished(query, found)
                story = nicer if self.is_real(name, nicer) else found
                return StoryRecord(story.facts, story.profile)
        short = shortened(self.query(self.whole(name), {}, {}), story)
        kept = short if self.is_real(name, short) else story
        return StoryRecord(kept.facts, kept.profile)

    def is_real(self, name: str, story: Story) -> bool:
        """Whether the evaluator judges the unit of the norm otherwise."""
        unit = self.law.norm(name).unit
        exprs = {norm.id: norm.expr for norm in self.law.norms_of(unit)}
        law = self.judged(exprs, story.facts, story.profile)
        return law != self.judged({**exprs, **{n: e for n, e in self.changed.items() if n in exprs}}, story.facts,
                                  story.profile)  # fmt: skip

    def judged(self, exprs: Mapping[str, Expr], facts: Facts, profile: Profile) -> tuple[bool, bool]:
        open_, closed = (
            Evaluator(self.program, self.calendar, facts, {**profile, DUE: mode}) for mode in (OPEN, CLOSED)
        )
        return all(open_.truth(e, {}) for e in exprs.values()), all(closed.truth(e, {}) for e in exprs.values())


def side_by_side(law: Law, mutant: Mutant) -> tuple[Program, Mapping[str, Expr]]:
    """One program with the definitions of both, and the mutant's norms in the words of its own."""
    theirs = mutant.program
    if theirs is law.program:
        return law.program, mutant.norms
    params = {name for name, value in theirs.params.items() if law.program.params.get(name) != value}
    own = set(_touched(theirs, {mutant.definition} if mutant.definition else set(), params))
    program = evolve(
        law.program,
        params={**law.program.params, **{name + MARK: theirs.params[name] for name in params}},
        definitions={**law.program.definitions, **dict(_renamed(theirs, own, params))},
    )
    return program, {name: _own(expr, own, params) for name, expr in mutant.norms.items()}


def _touched(program: Program, changed: set[str], params: set[str]) -> Iterator[str]:
    """The definitions that changed, and those that use them or a changed parameter."""
    found = set(changed)
    for name, definition in program.definitions.items():
        if any(isinstance(node, ast.Param) and node.name in params for node in nodes(definition.body)):
            found.add(name)
    while more := {
        name
        for name, definition in program.definitions.items()
        if name not in found
        and any(isinstance(node, ast.Call) and node.name in found for node in nodes(definition.body))
    }:
        found |= more
    yield from found


def _renamed(program: Program, own: set[str], params: set[str]) -> Iterator[tuple[str, Definition]]:
    for name, definition in program.definitions.items():
        if name in own:
            yield name + MARK, evolve(definition, name=name + MARK, body=_own(definition.body, own, params))


def _own(expr: Expr, own: set[str], params: set[str]) -> Expr:
    if isinstance(expr, ast.Param) and expr.name in params:
        return evolve(expr, name=expr.name + MARK)
    expr = rebuilt(expr, lambda child: _own(child, own, params))
    return evolve(expr, name=expr.name + MARK) if isinstance(expr, ast.Call) and expr.name in own else expr


def _stipulable(program: Program) -> Program:
    """The program in which what an author may stipulate is a fact like others."""
    kinds = {
        name: evolve(kind, attributes={key: evolve(each, stipulated=False) for key, each in kind.attributes.items()})
        for name, kind in program.vocabulary.kinds.items()
    }
    return evolve(program, vocabulary=evolve(program.vocabulary, kinds=kinds))


__all__ = ["Difference", "difference", "side_by_side"]
