"""What became of the mutants of a law, as plain values: one answer each, and scores."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal, get_args

from attrs import frozen

from compliance.prove.outcome import StoryRecord

Fate = Literal["killed", "equivalent", "survives", "bounded", "open"]
"""`killed`: a stored story or theorem comes out otherwise. `equivalent`: proved equal to the law for any number of
events. `survives`: a story would tell it, and none that is stored does. `bounded`: no story up to so many events of a
kind, and no proof. `open`: neither is known."""

FATES: Final[tuple[Fate, ...]] = get_args(Fate)


@frozen(eq=False)
class Answer:
    """What became of a mutant: `by` names the story that killed it; `story` is one that would."""

    mutant: str
    unit: str
    where: str
    label: str
    fate: Fate
    by: str = ""
    theorem: str = ""
    """The theorem that has the opposite answer under it, where theorems were asked."""
    asked: bool = False
    """Whether theorems were asked."""
    story: StoryRecord | None = None
    slots: int = 0
    by_default: bool = False
    """Of one that is not settled: whether it is proved equal under the default readings."""
    reason: str = ""


@frozen
class Score:
    """How many mutants there are of each fate."""

    killed: int = 0
    equivalent: int = 0
    survives: int = 0
    bounded: int = 0
    open: int = 0

    @property
    def alive(self) -> int:
        """Those that nothing tells from the law, and that are not proved equal to it."""
        return self.survives + self.bounded + self.open

    @property
    def share(self) -> float:
        """The killed among those that are not proved equal to the law."""
        left = self.killed + self.alive
        return self.killed / left if left else 1.0


@frozen(eq=False)
class MutationReport:
    """All answers, in the order of the mutants."""

    answers: tuple[Answer, ...]

    def score(self, unit: str | None = None) -> Score:
        counted = Counter(each.fate for each in self.answers if unit in (None, each.unit))
        return Score(**{fate: counted[fate] for fate in FATES})

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each.unit for each in self.answers))

    @property
    def by_theorems(self) -> tuple[int, int]:
        """How many mutants were held against theorems, and how many of them a theorem notices."""
        asked = [each for each in self.answers if each.asked]
        return len(asked), sum(bool(each.theorem) for each in asked)


__all__ = ["FATES", "Answer", "Fate", "MutationReport", "Score"]
