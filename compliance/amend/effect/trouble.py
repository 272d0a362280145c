"""What a check of the logic found, before it has words: norms, a story, and how far it is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from attrs import define, field, frozen

from compliance.amend.effect.meaning import Difference
from compliance.amend.effect.probe import Probe
from compliance.amend.finding import Weight
from compliance.law.model import Norm
from compliance.norm.facts import Facts
from compliance.norm.program import Typed


@frozen(eq=False)
class Trouble:
    """One thing that is wrong with the new law and was not with the old one.

    `cited` are norms by the hole of the message that names their units; `said` are words for other holes, by language
    where they end in `_en` or `_ru`. `proved` tells whether it is known for any number of events.
    """

    code: str
    weight: Weight
    word: str
    norms: tuple[str, ...]
    cited: Mapping[str, tuple[str, ...]] = field(factory=dict)
    said: Mapping[str, str] = field(factory=dict)
    facts: Facts | None = None
    proved: bool = True
    what: str = ""
    """What tells it from another trouble of the same norms."""
    formula: str = ""
    """The part of a norm that it is about, in the norm language."""

    @property
    def key(self) -> tuple[str, tuple[str, ...], str]:
        """What is one trouble under several readings."""
        return self.code, self.norms, self.what


@define(eq=False)
class Sides:
    """The old and the new law under one profile, with the norms that differ."""

    found: Difference
    old: Probe
    new: Probe
    only: frozenset[str] | None = None
    """The norms that alone are asked about; else those that differ and those that they may have affected."""

    @cached_property
    def changed(self) -> frozenset[str]:
        """The norms that only the new law says."""
        return frozenset(norm.id for norm in self.found.come)

    @cached_property
    def before(self) -> Mapping[str, Norm]:
        """The norms of the old law by id."""
        return {norm.id: norm for norm in self.found.old.norms}

    def asked(self) -> tuple[Norm, ...]:
        """The norms that questions are put about."""
        return tuple(norm for norm in self.found.new.norms if self.only is None or norm.id in self.only)

    def learn(self, facts: Facts) -> None:
        """A record of which both laws shall know what it breaks of them; before any question is asked."""
        for probe in (self.old, self.new):
            probe.learn(facts)
            probe.shared = probe.inherited = len(probe.records)

    def told(self, goal: Typed, without: Collection[str], facts: Facts | None) -> Facts | None:
        """A story for people: drawn anew where it is neither stored nor told elsewhere. Only by default readings."""
        if facts is None or self.only is not None or any(facts is each for each in self.new.records[: self.new.shared]):
            return facts
        from compliance.smt.polish import polished
        from compliance.smt.query import Story

        query = self.new.query(goal, without, self.new.program)
        return polished(query, Story(facts, query.profile)).facts

    @property
    def subjects(self) -> frozenset[str]:
        """The norms that differ and that questions are put about."""
        return self.changed if self.only is None else self.changed & self.only


__all__ = ["Sides", "Trouble"]
