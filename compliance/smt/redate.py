"""The same story on other days: the acts and their attributes stay, the dates are open.

Where a question changes a little (another period, another reading) the answer is mostly the old story with other
dates, and far sooner found so than from nothing. That there is none proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from compliance.calendar.quarters import quarter_of
from compliance.norm.facts import Event, Facts
from compliance.norm.types import Quarter, Value
from compliance.norm.vocabulary import Attribute
from compliance.smt.query import Query, Story
from compliance.smt.search import Search
from compliance.timeline.model import Days, FromDate, OneOf, Open, Slot, Timeline

AROUND: Final = 366 * 4
"""So many days earlier or later an act may lie."""
RLIMIT: Final = 300_000
"""The solver's effort for one question."""
ROUNDS: Final = 20
"""Refinements of the calendar for one question."""


def redated(query: Query, facts: Facts) -> Story | None:
    """A story made of the events of a record on other days, if one is soon found."""
    if not facts.events or not _fits(query, facts):
        return None
    broken = query.judge(facts, query.profile).broken
    search = Search(query, undated(query, facts), query.preferred, rlimit=RLIMIT, rounds=ROUNDS, start=broken)
    found = search.run()
    return found if isinstance(found, Story) else None


def _fits(query: Query, facts: Facts) -> bool:
    """Whether the record is one of this vocabulary: a changed law may have other attributes."""
    vocabulary = query.program.vocabulary
    known = vocabulary.kinds
    return facts.officer.keys() == vocabulary.officer.keys() and all(
        event.kind in known and event.attrs.keys() == known[event.kind].attributes.keys() for event in facts.events
    )


def undated(query: Query, facts: Facts) -> Timeline:
    """The record with its days open, and the quarters that it names."""
    days = [*(event.date for event in facts.events), facts.as_of]
    span = min(days) - AROUND, max(days) + AROUND
    kinds = query.program.vocabulary.kinds
    slots = tuple(
        Slot(event.kind, Days((span,)), _attrs(event, kinds[event.kind].attributes, span), index)
        for index, event in enumerate(sorted(facts.events, key=lambda each: (each.date, each.index)))
    )
    return Timeline(facts.officer, facts.positions, slots, Days((span,)), facts.in_force, facts.replaced)


def _attrs(event: Event, table: Mapping[str, Attribute], span: tuple[int, int]) -> dict[str, Open]:
    return {name: _open(event.date, value, table[name], span) for name, value in event.attrs.items()}


def _open(day: int, value: Value, attribute: Attribute, span: tuple[int, int]) -> Open:
    """What follows from the day of its event goes on to follow from it; another quarter is open."""
    if attribute.default == "date" and value == day:
        return FromDate(False)
    if isinstance(attribute.type, Quarter) and value is not None:
        return OneOf(tuple(range(quarter_of(span[0]), quarter_of(span[1]) + 1)))
    return value


__all__ = ["redated", "undated"]
