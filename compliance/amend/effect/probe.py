"""What is possible under one law: the stored stories answer first, then one world of the search, then the engine.

One probe serves every question about the logic of a changed law. Stored stories that keep all norms but the one in
question answer most of them without any solver; the worlds of the search are kept from one question to the next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from compliance.amend.effect.ask import Told, stipulated
from compliance.amend.effect.meaning import Meanings
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.show import show

if TYPE_CHECKING:
    from compliance.smt.natural import Natural
    from compliance.smt.query import Query
    from compliance.smt.search import Search

SLOTS: Final = (1, 2)
EFFORT: Final = 1_500_000
"""The solver's effort for one proof; a second or two. What is true is mostly proved with a tenth of it."""

MOST_BROKEN: Final = 2
"""Stored stories that break more of a law than this answer nothing about one norm."""


@define(eq=False)
class Judged:
    """A stored story under one law: what it breaks."""

    facts: Facts
    evaluator: Evaluator
    broken: frozenset[str]


@define(eq=False)
class Probe:
    """One law under one profile."""

    law: Law
    calendar: WorkingCalendar
    profile: Profile
    records: Sequence[Facts] = ()
    effort: int = EFFORT
    asked: int = 0
    axioms: Mapping[str, Typed] = field(init=False)
    program: Program = field(init=False)
    """The program in which what an author may stipulate is stipulated."""
    judged: list[Judged] | None = None
    kept: dict[int, Search] = field(factory=dict)
    known: dict[tuple[str, frozenset[str]], tuple[Typed, Told]] = field(factory=dict)
    natural: Natural | None = None

    def __attrs_post_init__(self) -> None:
        self.axioms = {
            **{norm.id: norm.typed for norm in self.law.norms},
            **{fact.id: fact.typed for fact in self.law.world},
        }
        self.program = stipulated(self.law.program)

    # stored stories

    def stories(self) -> list[Judged]:
        """The stored stories that break little of the law."""
        if self.judged is None:
            found = (self._judge(facts) for facts in self.records)
            self.judged = [each for each in found if each is not None]
        return self.judged

    def _judge(self, facts: Facts) -> Judged | None:
        evaluator = Evaluator(self.law.program, self.calendar, facts, {DUE: OPEN, **self.profile})
        broken = set()
        for name, typed in self.axioms.items():
            if not evaluator.truth(typed.expr, {}):
                broken.add(name)
                if len(broken) > MOST_BROKEN:
                    return None
        return Judged(facts, evaluator, frozenset(broken))

    def shown(self, goal: Typed, without: Collection[str] = ()) -> Facts | None:
        """A stored story, or one found before, that keeps everything but `without` and on which the goal holds."""
        gone = frozenset(without)
        for each in self.stories():
            if each.broken <= gone and each.evaluator.truth(goal.expr, {}):
                return each.facts
        return None

    # questions

    def possible(self, goal: Typed, without: Collection[str] = (), *, likely: bool = True) -> Told:
        """Is there a record that keeps all but `without` and on which the goal holds?

        `likely` says which engine is asked first: the one for stories, or the one for proofs.
        """
        facts = self.shown(goal, without)
        if facts is not None:
            return Told("story", facts, self.profile)
        key = (show(goal.expr), frozenset(without))
        if key not in self.known:
            self.known[key] = (goal, self._asked(goal, without, likely))
        return self.known[key][1]

    def _asked(self, goal: Typed, without: Collection[str], likely: bool) -> Told:
        order = (self.search, self.prove) if likely else (self.prove, self.search)
        told = Told("open")
        for ask in order:
            told = self._better(told, ask(goal, without))
            if told.outcome in ("story", "none"):
                return told
        return told

    @staticmethod
    def _better(one: Told, other: Told) -> Told:
        return one if other.outcome == "open" and one.outcome == "none_found" else other

    def search(self, goal: Typed, without: Collection[str] = ()) -> Told:
        """A finite search in the kept worlds: a story, or none up to two events of a kind."""
        from compliance.smt.polish import shortened
        from compliance.smt.query import NoStory, Story
        from compliance.smt.search import search_again

        self.asked += 1
        query = self.query(goal, without, self.program)
        found = search_again(self.kept, query, SLOTS)
        if isinstance(found, Story):
            story = shortened(query, found)
            self.learn(story.facts)
            return Told("story", story.facts, self.profile)
        if isinstance(found, NoStory):
            return Told("none_found", core=found.core, slots=max(SLOTS))
        return Told("open", reason=found.reason)

    def prove(self, goal: Typed, without: Collection[str] = (), only: Collection[str] | None = None) -> Told:
        """The engine for any number of events; `only` names the norms that are kept, the facts of the world beside."""
        from compliance.smt.query import Impossible, Story
        from compliance.smt.unbounded.engine import Engine

        self.asked += 1
        query = self.query(goal, without, self.law.program)
        if only is not None:
            kept = {*only, *(fact.id for fact in self.law.world)}
            query = evolve(query, axioms={name: typed for name, typed in query.axioms.items() if name in kept})
        answer = Engine(query, query.preferred, total=self.effort).run()
        if isinstance(answer, Story):
            if only is None:
                self.learn(answer.facts)
            return Told("story", answer.facts, answer.profile)
        if isinstance(answer, Impossible):
            return Told("none", core=answer.core)
        return Told("open", reason=answer.reason)

    def learn(self, facts: Facts) -> None:
        """A story that was found answers later questions."""
        judged = self._judge(facts)
        if judged is not None:
            self.stories().append(judged)

    def query(self, goal: Typed, without: Collection[str], program: Program) -> Query:
        from compliance.smt.query import Query

        axioms = {name: typed for name, typed in self.axioms.items() if name not in without}
        return Query(program, self.calendar, axioms, goal, True, self.profile, self.preferred)

    @property
    def preferred(self) -> Natural:
        """What stories prefer under this law."""
        from compliance.prove.questions import natural_values

        if self.natural is None:
            self.natural = natural_values(self.law)
        return self.natural

    # other readings

    def under(self, profile: Profile) -> Probe:
        """The same law under other readings; what those do not touch is not judged, nor proved, again."""
        one, other = Meanings(self.law.program, self.profile), Meanings(self.law.program, profile)
        touched = {name for name, typed in self.axioms.items() if one.formula(typed) != other.formula(typed)}
        made = Probe(self.law, self.calendar, profile, self.records, self.effort, natural=self.natural)
        made.judged = [each for old in self.stories() if (each := made.judged_anew(old, touched)) is not None]
        for key, (goal, told) in self.known.items():
            if told.outcome == "none" and not touched & {*told.core} and one.formula(goal) == other.formula(goal):
                made.known[key] = (goal, told)
        return made

    def judged_anew(self, old: Judged, touched: Collection[str]) -> Judged | None:
        """A story that was judged under other readings; only some norms are looked at again."""
        evaluator = Evaluator(self.law.program, self.calendar, old.facts, {DUE: OPEN, **self.profile})
        broken = {name for name in old.broken if name not in touched}
        broken |= {name for name in touched if not evaluator.truth(self.axioms[name].expr, {})}
        return Judged(old.facts, evaluator, frozenset(broken)) if len(broken) <= MOST_BROKEN else None

    def norms(self, core: Collection[str]) -> tuple[str, ...]:
        """The norms of a core, in the order of the text."""
        return tuple(self._in_order(core))

    def _in_order(self, core: Collection[str]) -> Iterator[str]:
        yield from (norm.id for norm in self.law.norms if norm.id in core)


__all__ = ["Judged", "Probe"]
