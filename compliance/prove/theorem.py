"""What is to be proved: a sentence, its formula, and what it is expected to rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from compliance.norm.program import Program, Typed
from compliance.norm.vocabulary import Words
from compliance.source.loc import Place

Kind = Literal["always", "possible"]
"""`always`: on every record that keeps what is assumed the formula holds. `possible`: on some such record it does."""

Expect = Literal["proved", "refuted"]


@frozen(eq=False)
class NearMiss:
    """A statement close to the theorem that must be refuted, so that the theorem is known to say something."""

    says: Words
    formula: Typed


@frozen(eq=False)
class Theorem:
    """One statement about all records.

    It is meant under the default readings, with `readings` in their place where it names them; `for_all_readings`
    leaves the others free. `under` are the ids of the units, norms or facts of the world that are assumed (`world`
    for all facts of the world); everything where it is None. `without` takes ids out again. The mode of duties is
    open: a duty whose day is not past is no breach.
    """

    id: str
    says: Words
    formula: Typed
    program: Program
    """The law's, with the definitions that the theorem adds."""
    kind: Kind = "always"
    expect: Expect = "proved"
    readings: Mapping[str, str] = field(factory=dict)
    for_all_readings: bool = False
    under: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    """Units without which it fails: each is left out in turn."""
    near_miss: NearMiss | None = None
    lemmas: tuple[str, ...] = ()
    """Ids of proved theorems that may be assumed."""
    single_method: bool = False
    """Declares that no second solver confirms it; without this, one method alone is not as expected."""
    vacuous: bool = False
    """Declares that its premise can never be met: the claim is `never`."""
    place: Place | None = None
    note: Words | None = None
    """Why the answer is what it is, where that surprises."""


__all__ = ["Expect", "Kind", "NearMiss", "Theorem"]
