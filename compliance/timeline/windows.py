"""Versions of the law in time: when one enters into force, and what a record needs to know of it."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from compliance.calendar.days import NEVER, add_days
from compliance.timeline.model import Days, Timeline


def entry_into_force(published: int | Days, days: int) -> int | Days:
    """The day that is `days` after a publication whose day may be known only within bounds."""
    if isinstance(published, Days):
        return Days(tuple((add_days(first, days), add_days(last, days)) for first, last in published.intervals))
    return add_days(published, days)


def place_in_time(
    timeline: Timeline, in_force: int | Days, replaced: int = NEVER, undated: Collection[str] = ()
) -> Timeline:
    """The timeline with the days between which the version holds.

    An uncertain day of entry into force stays open only where an event may lie before its last possible day; else that
    last day stands for it, since every event is then under the version in any case. Events of the kinds `undated` that
    the record may be missing do not count.
    """
    if isinstance(in_force, Days):
        counted = (slot for slot in timeline.slots if not (slot.phantom and slot.kind in undated))
        first = min((slot.date.lo if isinstance(slot.date, Days) else slot.date for slot in counted), default=NEVER)
        in_force = in_force if first < in_force.hi else in_force.hi
    return evolve(timeline, in_force=in_force, replaced=replaced)
