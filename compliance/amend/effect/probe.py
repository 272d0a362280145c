"""What is possible under one law: the stored stories answer first, then one world of the search, then the engine.

One probe serves every question about the logic of a changed law. Stored stories that keep all norms but the one in
question answer most of them without any solver; the worlds of the search are kept from one question to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from compliance.amend.effect.ask import CALENDAR, PROOF, Told, stipulated
from compliance.amend.effect.meaning import Meanings
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law, Norm
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.show import show

if TYPE_CHECKING:
    from compliance.prove.decide import Worlds
    from compliance.smt.natural import Natural
    from compliance.smt.query import Query, Story

SLOTS: Final = (2,)
EFFORT: Final = 1_500_000
"""The solver's effort for one proof; a second or two. What is true is mostly proved with a tenth of it."""

MOST_BROKEN: Final = 2
"""Stored stories that break more of a law than this answer nothing about one norm."""


@frozen(eq=False)
class Broken:
    """What a story breaks; `whole` unless it was so much that the rest was not looked at."""

    names: frozenset[str]
    whole: bool


@frozen(eq=False)
class Judged:
    """A story under one law: what it breaks, and the evaluator for further questions."""

    at: int
    facts: Facts
    evaluator: Evaluator
    broken: frozenset[str]


def _copied(records: Iterable[Facts]) -> list[Facts]:
    return [*records]


@define(eq=False)
class Probe:
    """One law under one profile. `older` is another probe of the same stories: what both say alike is judged once."""

    law: Law
    calendar: WorkingCalendar
    profile: Profile
    records: list[Facts] = field(factory=list, converter=_copied)
    """The stored stories, then those that were found."""
    older: Probe | None = None
    effort: int = EFFORT
    stored: int = field(init=False)
    """How many of the records were there from the beginning."""
    shared: int = field(init=False)
    """How many the probe of the other law has too, in the same order."""
    asked: int = 0
    axioms: Mapping[str, Typed] = field(init=False)
    program: Program = field(init=False)
    """The program in which what an author may stipulate is stipulated."""
    meanings: Meanings = field(init=False)
    _breaks: dict[int, Broken] = field(factory=dict, init=False)
    _evaluators: dict[int, Evaluator] = field(factory=dict, init=False)
    inherited: int = field(init=False)
    """How many records the older probe has too."""
    known: dict[tuple[str, frozenset[str]], tuple[Typed, Told]] = field(factory=dict)
    others: dict[tuple[str, str], Meanings] = field(factory=dict)
    witness: dict[tuple[str, frozenset[str]], int] = field(factory=dict)
    """The story that answered a question last, perhaps under other readings."""
    typed: dict[object, Typed | None] = field(factory=dict)
    """Formulas of questions once checked; the same for other readings."""
    natural: Natural | None = None
    worlds: Worlds | None = None
    few: bool = False
    """Whether stories that broke much under the other probe are left out."""

    def __attrs_post_init__(self) -> None:
        self.axioms = {
            **{norm.id: norm.typed for norm in self.law.norms},
            **{fact.id: fact.typed for fact in self.law.world},
        }
        self.stored = self.shared = self.inherited = len(self.records)
        self.program = stipulated(self.law.program)
        if self._turned is not None:
            self.meanings = self._turned.meanings.under(self.profile)
        else:
            self.meanings = Meanings(self.law.program, self.profile)

    @property
    def _turned(self) -> Probe | None:
        """The older probe where it is of the same program under other readings: what it remembers serves here too."""
        return self.older if self.older is not None and self.older.law.program is self.law.program else None

    # stored stories

    def stories(self) -> Iterator[Judged]:
        """The stories that break little of the law: those that were found, from the last, then the stored ones."""
        for at in (*range(len(self.records) - 1, self.stored - 1, -1), *range(self.stored)):
            found = self.judged(at)
            if found is not None:
                yield found

    def judged(self, at: int) -> Judged | None:
        """A story as this law judges it; nothing where it breaks much."""
        broken = self.breaks(at)
        return Judged(at, self.records[at], self.evaluator(at), broken.names) if broken.whole else None

    def keeps_all(self, at: int) -> bool:
        """Whether a story breaks nothing."""
        broken = self.breaks(at)
        return broken.whole and not broken.names

    def breaks(self, at: int) -> Broken:
        """What a story breaks; looked at when it is first asked for."""
        if at not in self._breaks:
            before = self.older.breaks(at) if self.older and at < self.inherited else None
            self._breaks[at] = self._broken(at, before)
        return self._breaks[at]

    def _broken(self, at: int, before: Broken | None) -> Broken:
        if before is not None and self.few and not before.whole:
            return before
        broken = set(before.names & self.alike) if before else set[str]()
        for name, typed in self.axioms.items():
            if len(broken) > MOST_BROKEN:
                return Broken(frozenset(broken), False)
            known = name in broken or (before is not None and before.whole and name in self.alike)
            if not known and not self.evaluator(at).truth(typed.expr, {}):
                broken.add(name)
        return Broken(frozenset(broken), len(broken) <= MOST_BROKEN)

    @cached_property
    def alike(self) -> frozenset[str]:
        """The names under which this law and the older one say the same."""
        if self.older is None:
            return frozenset()
        same = self.axioms.keys() & self.older.axioms.keys()
        return frozenset(name for name in same if self.meaning(name) == self.older.meaning(name))

    def meaning(self, name: str) -> str:
        """What a norm says under the profile."""
        return self.meanings.formula(self.axioms[name])

    def otherwise(self, reading: str, value: str, typed: Typed) -> bool:
        """Whether a formula says something else under another value of one reading."""
        key = reading, value
        if key not in self.others:
            self.others[key] = self.meanings.under({**self.profile, reading: value})
        return self.others[key].formula(typed) != self.meanings.formula(typed)

    def sensitive(self, norms: Iterable[Norm]) -> tuple[tuple[str, str], ...]:
        """The readings and their other values under which one of some norms says something else, in order."""
        return tuple(
            (reading, value)
            for reading, known in self.law.readings.items()
            for value in known.order
            if value != self.profile[reading]
            and any(reading in norm.readings and self.otherwise(reading, value, norm.typed) for norm in norms)
        )

    def evaluator(self, at: int, program: Program | None = None) -> Evaluator:
        """The evaluator of a story, with what it knows already, or a fresh one for another program."""
        if program is not None and program.definitions.keys() != self.law.program.definitions.keys():
            return Evaluator(program, self.calendar, self.records[at], {DUE: OPEN, **self.profile})
        if at not in self._evaluators:
            profile = {DUE: OPEN, **self.profile}
            memory = self._turned.evaluator(at).memory if self._turned and at < self.inherited else {}
            self._evaluators[at] = Evaluator(self.law.program, self.calendar, self.records[at], profile, memory)
        return self._evaluators[at]

    def shown(self, goal: Typed, without: Collection[str] = ()) -> Facts | None:
        """A stored story, or one found before, that keeps everything but `without` and on which the goal holds."""
        gone, key = frozenset(without), _key(goal, without)
        first = self.judged(self.witness[key]) if key in self.witness else None
        for each in self.stories() if first is None else chain((first,), self.stories()):
            if each.broken <= gone and each.evaluator.truth(goal.expr, {}):
                self.witness[key] = each.at
                return each.facts
        return None

    def learn(self, facts: Facts) -> None:
        """A story that was found answers later questions."""
        self.records.append(facts)

    # questions

    def possible(self, goal: Typed, without: Collection[str] = (), *, likely: bool = True) -> Told:
        """Is there a record that keeps all but `without` and on which the goal holds?

        `likely` says which engine is asked first: the one for stories, or the one for proofs.
        """
        key = _key(goal, without)
        if key in self.known and self.known[key][1].outcome == "none":
            return self.known[key][1]
        facts = self.shown(goal, without)
        if facts is not None:
            return Told("story", facts, self.profile)
        if key not in self.known:
            self.known[key] = (goal, self._asked(goal, without, likely))
        return self.known[key][1]

    def _asked(self, goal: Typed, without: Collection[str], likely: bool) -> Told:
        """A known story on other days, the worlds that are kept, then a proof, then all records with few events; the
        proof first if not `likely`, or if there was one under other readings."""
        blamed: tuple[str, ...] = ()
        before = self.older.known.get(_key(goal, without)) if self.older else None
        if before is not None and before[1].outcome == "none":
            told = self.prove(goal, without, start=before[1].core)
            if told.outcome != "open":
                return told
        again = self.redated(goal, without)
        if again is not None:
            return again
        if likely:
            told = self.search(goal, without)
            if told.outcome == "story":
                return told
            blamed = told.core
        told = self.prove(goal, without, start=blamed)
        return told if told.outcome != "open" else self._search_all(goal, without)

    def redated(self, goal: Typed, without: Collection[str] = ()) -> Told | None:
        """The known story that fits the question best, on other days."""
        from compliance.smt.redate import redated

        seed = self.fitting(goal, without)
        if seed is None:
            return None
        query = self.query(goal, without, self.program)
        found = redated(query, seed)
        return None if found is None else self._told(query, found)

    def fitting(
        self,
        goal: Typed,
        without: Collection[str] = (),
        side: bool = True,
        program: Program | None = None,
        among: int | None = None,
    ) -> Facts | None:
        """The story on which the goal is `side` and that breaks least of the law: where it fails, others mostly do.

        `program` is another than that of the law, where the goal is in the words of another; `among` so many records
        only are looked at, where an answer may not depend on those that other questions have found.
        """
        gone = frozenset(without)

        def order(at: int) -> tuple[bool, int, int]:
            broken = self.breaks(at)
            return not broken.whole, len(broken.names - gone), at

        asked = range(len(self.records) if among is None else among)
        fit = [at for at in asked if self.evaluator(at, program).truth(goal.expr, {}) is side]
        return self.records[min(fit, key=order)] if fit else None

    def search(self, goal: Typed, without: Collection[str] = ()) -> Told:
        """A search in the kept worlds among plain records: a story, or the norms that stood in its way."""
        from compliance.prove.decide import Worlds
        from compliance.smt.query import NoStory, Story

        self.asked += 1
        if self.worlds is None:
            self.worlds = Worlds(few=0)
        query = self.query(goal, without, self.program)
        found = self.worlds.search(query, SLOTS, ())
        if isinstance(found, Story):
            return self._told(query, found)
        return Told("open", core=found.core if isinstance(found, NoStory) else ())

    def _search_all(self, goal: Typed, without: Collection[str]) -> Told:
        from compliance.smt.query import NoStory, Story
        from compliance.smt.search import search_all

        query = self.query(goal, without, self.program)
        found = search_all(query, (1, *SLOTS), rounds=CALENDAR)
        if isinstance(found, Story):
            return self._told(query, found)
        if isinstance(found, NoStory):
            return Told("none_found", core=found.core, slots=found.slots)
        return Told("open", reason=found.reason)

    def prove(
        self,
        goal: Typed,
        without: Collection[str] = (),
        *,
        only: Collection[str] | None = None,
        start: Collection[str] = (),
    ) -> Told:
        """The engine for any number of events.

        `only` names the norms that are kept, beside the facts of the world; `start` those that are likely to matter.
        """
        from compliance.smt.query import Impossible, Story
        from compliance.smt.unbounded.engine import Engine

        self.asked += 1
        query = self.query(goal, without, self.law.program)
        if only is not None:
            kept = {*only, *(fact.id for fact in self.law.world)}
            query = evolve(query, axioms={name: typed for name, typed in query.axioms.items() if name in kept})
        answer = Engine(query, query.preferred, total=self.effort, rounds=PROOF).run(start)
        if isinstance(answer, Story):
            return self._told(query, answer) if only is None else _plain(answer)
        if isinstance(answer, Impossible):
            return Told("none", core=answer.core)
        return Told("open", reason=answer.reason)

    def _told(self, query: Query, story: Story) -> Told:
        from compliance.smt.polish import shortened

        short = shortened(query, story)
        self.learn(short.facts)
        return Told("story", short.facts, self.profile)

    def query(self, goal: Typed, without: Collection[str], program: Program) -> Query:
        """The question as the solver edge has it."""
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

    def once(self, name: object, make: Callable[[], Typed | None]) -> Typed | None:
        """A formula of a question, checked when it is first asked for."""
        if name not in self.typed:
            self.typed[name] = make()
        return self.typed[name]

    def norms(self, core: Collection[str]) -> tuple[str, ...]:
        """The norms of a core, in the order of the text."""
        return tuple(self._in_order(core))

    def _in_order(self, core: Collection[str]) -> Iterator[str]:
        yield from (norm.id for norm in self.law.norms if norm.id in core)

    # other readings

    def under(self, profile: Profile, law: Law | None = None) -> Probe:
        """The same law under other readings; what those do not touch is not judged, nor proved, again."""
        made = Probe(law or self.law, self.calendar, profile, self.records, self, self.effort, natural=self.natural)
        made.typed = self.typed
        made.few, made.shared, made.stored = True, self.shared, self.stored
        made.witness = dict(self.witness)
        for key, (goal, told) in self.known.items():
            same = told.outcome == "none" and made.alike >= {*told.core}
            if same and self.meanings.formula(goal) == made.meanings.formula(goal):
                made.known[key] = (goal, told)
        return made


def _key(goal: Typed, without: Collection[str]) -> tuple[str, frozenset[str]]:
    return show(goal.expr), frozenset(without)


def _plain(story: Story) -> Told:
    return Told("story", story.facts, story.profile)


__all__ = ["Broken", "Judged", "Probe"]
