"""Answers to theorems as plain values: what a report, a cache and a proof record hold. No solver, no formula."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from attrs import field, frozen

from compliance.norm.facts import Facts
from compliance.norm.program import Profile
from compliance.norm.vocabulary import Words

Result = Literal["proved", "refuted", "open"]
Label = Literal[
    "proved", "proved_by_one_method", "proved_using_lemmas", "vacuous", "refuted", "shown", "impossible", "no_story",
    "gave_up",
]  # fmt: skip

LABELS: Final[Mapping[Label, Words]] = MappingProxyType(
    {
        "proved": Words(
            "proved for any number of events within the calendar's years, by two solvers",
            "доказано для любого числа событий в пределах лет календаря, двумя решателями",
        ),
        "proved_by_one_method": Words(
            "proved for any number of events within the calendar's years, by one method only",
            "доказано для любого числа событий в пределах лет календаря, только одним способом",
        ),
        "proved_using_lemmas": Words(
            "proved for any number of events within the calendar's years, using lemmas",
            "доказано для любого числа событий в пределах лет календаря с опорой на леммы",
        ),
        "vacuous": Words(
            "proved, but vacuous: its premise can never be met", "доказано, но бессодержательно: условие невыполнимо"
        ),
        "refuted": Words("refuted by this story (replayed)", "опровергнуто этой историей (проверена)"),
        "shown": Words("possible: shown by this story (replayed)", "возможно: показано этой историей (проверена)"),
        "impossible": Words(
            "impossible with any number of events within the calendar's years",
            "невозможно при любом числе событий в пределах лет календаря",
        ),
        "no_story": Words(
            "no story up to {slots} events of a kind, and no proof",
            "нет истории до {slots} событий каждого вида и нет доказательства",
        ),
        "gave_up": Words("gave up: {reason}", "не решено: {reason}"),
    }
)  # fmt: skip


@frozen
class StoryRecord:
    """A story: the record and the readings under which it is one."""

    facts: Facts
    profile: Profile


@frozen
class Confirmation:
    """What another solver, or the same one on another text, says of a proof.

    `method`: `quantified` (the formulas themselves) or `instances` (the instances that the engine chose).
    """

    method: Literal["quantified", "instances"]
    outcome: Literal["confirmed", "contradicted", "gave up", "absent"]
    solver: str = ""
    reason: str = ""

    @property
    def by_another(self) -> bool:
        """Whether a solver confirms that is not the engine's own; the same one on another text is no second solver."""
        return self.outcome == "confirmed" and not self.solver.startswith("z3 ")


@frozen
class Drop:
    """What becomes of a theorem without one unit: `story` (the unit is needed), `still proved`, or `gave up`."""

    unit: str
    outcome: Literal["story", "still proved", "gave up"]


@frozen
class ProofResult:
    """The answer to one theorem."""

    theorem: str
    says: Words
    kind: Literal["always", "possible"]
    expect: Literal["proved", "refuted"]
    result: Result
    label: Label
    label_words: Words
    core: tuple[str, ...] = ()
    """The units that a proof uses, in the order of the text; minimal, not unique."""
    norms: tuple[str, ...] = ()
    """The same as norms."""
    world: tuple[str, ...] = ()
    """The facts of the world that it uses."""
    lemmas: tuple[str, ...] = ()
    solvers: tuple[str, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    story: StoryRecord | None = None
    vacuous: bool | None = None
    """None where it was not asked, or could not be settled."""
    drops: tuple[Drop, ...] = ()
    near_miss: Result | None = None
    rests_on: tuple[str, ...] = ()
    readings: Mapping[str, str] | None = None
    """The readings that differ from their defaults; None for all readings."""
    slots: int = 0
    """Up to how many events of a kind a finite search has been made in full."""
    reason: str = ""
    checks: int = 0
    rlimit: int = 0
    events: int = 0
    unmet: tuple[Words, ...] = field(factory=tuple)
    """Why the answer is not as expected."""
    cached: bool = field(default=False, eq=False)

    @property
    def as_expected(self) -> bool:
        return not self.unmet

    @property
    def settled(self) -> bool:
        return self.result != "open"


@frozen
class ProofReport:
    """All answers, in the order of the theorems."""

    law: str
    """The fingerprint of the law."""
    results: tuple[ProofResult, ...]

    def summary(self) -> dict[str, int]:
        found = {"proved": 0, "refuted": 0, "open": 0, "unmet": 0}
        for result in self.results:
            found[result.result] += 1
            found["unmet"] += not result.as_expected
        return found


__all__ = ["LABELS", "Confirmation", "Drop", "Label", "ProofReport", "ProofResult", "Result", "StoryRecord"]
