"""From a model back to a story: the completion it stands for, replayed by the evaluator before anyone sees it."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field, frozen

from compliance.norm.evaluate import Calendar, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.smt.answers import EngineDisagreement
from compliance.timeline.model import Choice, Timeline


@frozen
class Claim:
    """What the solver said of one formula on one completion."""

    name: str
    formula: Typed
    profile: Profile
    holds: bool


@define(eq=False)
class Replay:
    """Evaluates completions of one timeline; facts and memories are kept per completion."""

    program: Program
    calendar: Calendar
    timeline: Timeline
    _seen: dict[int, tuple[Choice, Facts, dict[tuple[object, ...], list[tuple[Profile, object]]]]] = field(factory=dict)

    def evaluator(self, choice: Choice, profile: Profile) -> Evaluator:
        if id(choice) not in self._seen:
            self._seen[id(choice)] = choice, self.timeline.facts(choice), {}
        _, facts, memory = self._seen[id(choice)]
        return Evaluator(self.program, self.calendar, facts, profile, memory)  # type: ignore[arg-type]

    def holds(self, formula: Typed, choice: Choice, profile: Profile) -> bool:
        return self.evaluator(choice, profile).truth(formula.expr, {})

    def confirm(self, choice: Choice, claims: Iterable[Claim]) -> None:
        """EngineDisagreement if the evaluator sees any claim otherwise."""
        for claim in claims:
            if self.holds(claim.formula, choice, claim.profile) != claim.holds:
                raise EngineDisagreement(claim.name, choice, claim.profile, claim.holds)
