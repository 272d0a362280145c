"""Stories of theorems that turn, told for people: few events, natural values, no new story where a known one will do.

What decided a theorem was the first record that any engine came upon. That record is told only where nothing plainer is
found: a story that the report shows anyway, else one made anew among few events.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field

from compliance.amend.effect.ask import SLOTS, stipulated
from compliance.amend.effect.theorems import Theorems, Verdict
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile
from compliance.prove.questions import assumed, natural_values, profile_of
from compliance.prove.theorem import Theorem

if TYPE_CHECKING:
    from compliance.smt.natural import Natural
    from compliance.smt.query import Query

MOST: Final = 3
"""So many stories are made anew for one report; the others that turn are named without one."""
ROUNDS: Final = 60
"""Refinements of the calendar for one story: what takes more is not plain."""


def retold(theorems: Theorems, verdicts: Iterable[Verdict], known: Iterable[Facts]) -> tuple[Verdict, ...]:
    """The verdicts with stories fit to be told; `known` are those that the report tells already."""
    return tuple(_Retelling(theorems, [*known]).all(verdicts))


@define(eq=False)
class _Retelling:
    """The stories told so far, each of which may show another theorem too."""

    theorems: Theorems
    told: list[Facts]
    made: int = 0
    natural: Natural | None = field(default=None)

    def all(self, verdicts: Iterable[Verdict]) -> Iterator[Verdict]:
        for verdict in verdicts:
            theorem = self.theorems.new.get(verdict.id)
            if verdict.story is None or not verdict.flipped or theorem is None:
                yield verdict
            else:
                yield evolve(verdict, story=self.known(theorem) or self.anew(theorem, verdict.story))

    def known(self, theorem: Theorem) -> Facts | None:
        """The first story told that shows this too."""
        return next((facts for facts in self.told if self.shows(theorem, facts)), None)

    def shows(self, theorem: Theorem, facts: Facts, profile: Profile | None = None) -> bool:
        """Whether a record keeps what a theorem assumes and decides it, under its own readings if none are given.

        One that stipulates what the theorem rests on decides nothing.
        """
        if self.theorems.stipulates(facts) and not self.theorems.told_leniently(theorem):
            return False
        law, calendar = self.theorems.found.new, self.theorems.asker.calendar
        readings = profile or {**law.default_profile, **theorem.readings}
        evaluator = Evaluator(theorem.program, calendar, facts, {DUE: OPEN, **readings})
        if evaluator.truth(theorem.formula.expr, {}) != (theorem.kind == "possible"):
            return False
        return all(evaluator.truth(each.expr, {}) for each in assumed(law, theorem).formulas.values())

    def anew(self, theorem: Theorem, found: Facts) -> Facts | None:
        """A plain story made anew; where none is found, the one that decided, without what it can do without."""
        from compliance.smt.polish import polished, shortened
        from compliance.smt.query import Story
        from compliance.smt.search import search

        if self.made == MOST:
            return None
        self.made += 1
        query = self.query(theorem)
        granted = [evolve(query, program=stipulated(query.program))] if self.theorems.told_leniently(theorem) else []
        for asked in (*granted, query):
            story = search(asked, SLOTS, rounds=ROUNDS)
            told = polished(asked, story) if isinstance(story, Story) else None
            if told is not None and self.shows(theorem, told.facts, told.profile):
                self.told.append(told.facts)
                return told.facts
        return shortened(query, Story(found, {**self.theorems.found.new.default_profile, **theorem.readings})).facts

    def query(self, theorem: Theorem) -> Query:
        """What a story of a theorem answers."""
        from compliance.smt.query import Query

        law = self.theorems.found.new
        self.natural = self.natural or natural_values(law)
        return Query(
            theorem.program, self.theorems.asker.calendar, assumed(law, theorem).formulas, theorem.formula,
            theorem.kind == "possible", profile_of(law, theorem), self.natural,
        )  # fmt: skip


__all__ = ["MOST", "retold"]
