"""What the solver edge answers with, in plain values: importing this does not load a solver."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen

from compliance.norm.program import Profile
from compliance.timeline.model import Choice


@frozen
class Always:
    """The formula has this value in every completion."""

    value: bool


@frozen
class Open:
    """Completions differ: one in which the formula holds, one in which it fails; both replayed."""

    holds: Choice
    fails: Choice


@frozen
class Undecided:
    """The solver gave up; `reason` is its own word."""

    reason: str


Verdict3: TypeAlias = Always | Open | Undecided


@frozen
class ByReadings:
    """The verdicts of one formula, each with the part of the profile on which it was reached."""

    parts: tuple[tuple[Profile, Verdict3], ...]

    def under(self, profile: Profile) -> Verdict3:
        """The verdict under a profile (LookupError where no part of it was asked)."""
        for part, verdict in self.parts:
            if all(profile.get(name) == value for name, value in part.items()):
                return verdict
        raise LookupError(sorted(profile.items()))


class EngineDisagreement(Exception):
    """The evaluator and the encoder differ on a completion: an internal error, exit 4."""

    def __init__(self, formula: str, choice: Choice, readings: Profile, expected: bool) -> None:
        super().__init__(f"`{formula}`: the solver says {expected}, the evaluator the opposite")
        self.formula, self.choice, self.readings, self.expected = formula, choice, readings, expected

    def __reduce__(self) -> tuple[object, ...]:
        """How it crosses from one process to another."""
        return type(self), (self.formula, self.choice, self.readings, self.expected)


ByFormula: TypeAlias = Mapping[str, Verdict3]
