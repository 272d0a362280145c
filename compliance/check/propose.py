"""May these events be decided: yes, no, or not yet, and from which day.

The events are put into the record as they are proposed. A unit stands in the way if it is broken with them and would
not be broken without them at the same day; what is broken anyway is no reason against a decision.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from compliance.calendar.days import format_iso
from compliance.check.completion import first_completion
from compliance.check.contested import Readings
from compliance.check.judge import KnownJudge
from compliance.check.setting import Setting
from compliance.law.model import Norm
from compliance.timeline.case import Case
from compliance.timeline.model import Days, Slot, Timeline
from compliance.verdict import Proposal, Status, worst

HORIZON = 1830
"""Days after the proposed one that are tried: five years, longer than any term of the Rules."""


def answer_proposal(setting: Setting, case: Case, readings: Readings) -> Proposal | None:
    """The answer to what the case proposes; None where it proposes nothing."""
    if case.propose is None:
        return None
    before = _statuses(setting, _with(case.timeline, (), case.propose), readings)
    after = _statuses(setting, _with(case.timeline, case.propose, case.propose), readings)
    broken = _newly(before, after, "violated")
    if not broken:
        unsure = _newly(before, after, "undetermined")
        return Proposal("undetermined" if unsure else "yes", None, unsure)
    start = _first_day(setting, case, readings, broken)
    if start is None:
        return Proposal("no", None, broken)
    return Proposal("not_yet", format_iso(start), broken)


def _with(timeline: Timeline, added: Iterable[Slot], until: Iterable[Slot]) -> Timeline:
    """The record with the events added, known up to the last of the days in `until`."""
    assert isinstance(timeline.as_of, int)
    days = [slot.date.hi if isinstance(slot.date, Days) else slot.date for slot in until]
    return evolve(timeline, slots=(*timeline.slots, *added), as_of=max((timeline.as_of, *days)))


def _statuses(setting: Setting, timeline: Timeline, readings: Readings) -> dict[str, Status]:
    """The status of each unit under the default readings alone."""
    judge = setting.judge(timeline, evolve(readings, vary={}))
    law = setting.law
    judged = {unit: [judge.status(norm, readings.default)[0] for norm in law.norms_of(unit)] for unit in law.units}
    return {unit: worst(statuses) for unit, statuses in judged.items() if statuses}


def _newly(before: dict[str, Status], after: dict[str, Status], status: Status) -> tuple[str, ...]:
    return tuple(unit for unit, found in after.items() if found == status != before[unit])


def _first_day(setting: Setting, case: Case, readings: Readings, broken: tuple[str, ...]) -> int | None:
    """The first later day on which the same events, moved together, break nothing that is not broken anyway.

    The norms in the way are asked first, day by day, on one completion of the record: what is broken in all of them
    is broken in that one. A day that they allow is then judged as a whole.
    """
    assert case.propose is not None
    norms = [norm for unit in broken for norm in setting.law.norms_of(unit)]
    first = min(slot.date for slot in case.propose if isinstance(slot.date, int))
    for delay in range(1, HORIZON):
        moved = tuple(_moved(slot, delay) for slot in case.propose)
        timeline = _with(case.timeline, moved, moved)
        if not _allowed(setting, timeline, norms, readings):
            continue
        before = _statuses(setting, _with(case.timeline, (), moved), readings)
        if not _newly(before, _statuses(setting, timeline, readings), "violated"):
            return first + delay
    return None


def _moved(slot: Slot, delay: int) -> Slot:
    assert isinstance(slot.date, int)
    return evolve(slot, date=slot.date + delay)


def _allowed(setting: Setting, timeline: Timeline, norms: Iterable[Norm], readings: Readings) -> bool:
    judge = KnownJudge(setting.law.program, setting.calendar, timeline.facts(first_completion(timeline)))
    return all(judge.status(norm, readings.default)[0] != "violated" for norm in norms)
