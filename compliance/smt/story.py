"""One completion of an uncertain record, told so that a person can follow it.

First as few of the open events as will do, with the attributes that come first in their domains; then, with all that
settled, days that lie apart as in real life, on working days; at last the evaluator replays the whole.
For questions about all records at once see search.py; this one starts from what a given record leaves open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from compliance.calendar.functions import NextWorkingDay
from compliance.calendar.working import WorkingCalendar
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.smt.answers import Undecided
from compliance.smt.decide import Case
from compliance.smt.decode import Claim
from compliance.smt.native import number
from compliance.smt.record import first_value
from compliance.smt.solve import RLIMIT, GaveUp, Question, Sat, Unsat, check
from compliance.smt.terms import Cond, Int, Num, and_, eq, le, not_, plus
from compliance.timeline.model import Choice, Days, FromDate, OneOf, Slot, Timeline

GAPS = ((2, 14), (1, 30), (0, 90))
"""Days between one event and the next, the most natural first."""

Wanted: TypeAlias = Mapping[str, tuple[Typed, bool]]
"""Formulas by name, each with the value that it is to have."""


@frozen
class Told:
    """A completion, and the record that it makes."""

    choice: Choice
    facts: Facts


@frozen
class NoStory:
    """No completion has the wanted values; `core` names some that contradict each other."""

    core: tuple[str, ...]


def story(
    program: Program,
    calendar: WorkingCalendar,
    timeline: Timeline,
    wanted: Wanted,
    profile: Profile,
    *,
    rlimit: int = RLIMIT,
) -> Told | NoStory | Undecided:
    """A completion on which every wanted formula has its value."""
    first = _Telling(Case(program, calendar, timeline), wanted, profile, rlimit)
    found = first.start()
    if not isinstance(found, Sat):
        return found
    choice = first.skeleton(found)
    settled = _settled(timeline, choice)
    second = _Telling(Case(program, calendar, settled), wanted, profile, rlimit)
    again = second.start()
    if isinstance(again, Sat):
        choice = {**choice, **second.dated(again)}
    claims = [Claim(name, formula, profile, value) for name, (formula, value) in wanted.items()]
    first.case.replay.confirm(choice, claims)
    return Told(choice, timeline.facts(choice))


@define(eq=False)
class _Telling:
    """One record on which the formulas are held to their values, and wishes are added one by one."""

    case: Case
    wanted: Wanted
    profile: Profile
    rlimit: int
    assume: dict[str, bool] = field(factory=dict)

    def start(self) -> Sat | NoStory | Undecided:
        world = self.case.world
        for name, (formula, value) in self.wanted.items():
            world.name(name, self.case.encode(formula, self.profile)[0])
            self.assume[name] = value
        answer = check(world, Question(self.assume, self.rlimit))
        if isinstance(answer, GaveUp):
            return Undecided(answer.reason)
        return NoStory(answer.core) if isinstance(answer, Unsat) else answer

    def skeleton(self, found: Sat) -> Choice:
        """Few events, natural attributes; what the officer is comes before everything."""
        for name, cond in (*self._natural("officer."), *self._natural("positions."), *self._absent()):
            found, _ = self.wish(name, cond, found)
        for name, cond in self._natural("events["):
            found, _ = self.wish(name, cond, found)
        return self.case.record.choice(found.model)

    def _absent(self) -> Iterator[tuple[str, Cond]]:
        for slot in self.case.timeline.slots:
            if f"events[{slot.index}].occurred" in self.case.record.variables:
                yield f"absent:{slot.index}", not_(self.case.record.present(slot))

    def _natural(self, prefix: str) -> Iterator[tuple[str, Cond]]:
        for path, domain in self.case.timeline.unknowns().items():
            if path.startswith(prefix) and isinstance(domain, OneOf) and path in self.case.record.variables:
                yield f"natural:{path}", self.case.record.equals(path, first_value(domain))

    def dated(self, found: Sat) -> Choice:
        """Days in the order of the skeleton, a while apart and on working days where that can be."""
        record = self.case.record
        before: Int | None = None
        slots = [slot for slot in self.case.timeline.slots if slot.occurred]
        for slot in sorted(slots, key=lambda s: (_model_day(found, record.date(s)), s.index)):
            day = record.date(slot)
            if isinstance(day, Num):
                found = self._place(slot, day, before, found)
            before = day
        return record.choice(found.model)

    def _place(self, slot: Slot, day: Num, before: Int | None, found: Sat) -> Sat:
        working = eq(self.case.world.applications.apply(NextWorkingDay(), day), day)
        for lo, hi in GAPS:
            after = le(day.lo + 7, day) if before is None else le(_later(before, lo), day)
            until = le(day, day.lo + 7 + hi) if before is None else le(day, _later(before, hi))
            found, kept = self.wish(f"gap:{slot.index}:{lo}:{hi}", and_(after, until), found)
            if kept:
                break
        found, _ = self.wish(f"working:{slot.index}", working, found)
        return found

    def wish(self, name: str, cond: Cond, found: Sat) -> tuple[Sat, bool]:
        """Keeps to a wish where that is possible; free of charge where the last model fulfils it."""
        if not found.holds(cond):
            if cond is False:
                return found, False
            self.case.world.name(name, cond)
            answer = check(self.case.world, Question({**self.assume, name: True}, self.rlimit))
            if not isinstance(answer, Sat):
                return found, False
            found = answer
        self.case.world.name(name, cond)
        self.assume[name] = True
        return found, True


def _model_day(found: Sat, day: Int) -> int:
    return day if isinstance(day, int) else number(found.model, day.term)


def _later(day: Int, days: int) -> Int:
    return day + days if isinstance(day, int) else plus(day, days)


def _settled(timeline: Timeline, choice: Choice) -> Timeline:
    """The record with everything as chosen but the days of its events."""
    facts = timeline.facts(choice)
    days = {slot.index: slot.date for slot in timeline.slots if isinstance(slot.date, Days)}
    slots = []
    events = {event.index: event for event in facts.events}
    for slot in timeline.slots:
        if slot.index in events:
            attrs = {
                name: slot.attrs[name] if isinstance(slot.attrs[name], FromDate) else value
                for name, value in events[slot.index].attrs.items()
            }
            slots.append(evolve(slot, date=days.get(slot.index, slot.date), attrs=attrs, occurred=True))
    return evolve(timeline, officer=facts.officer, positions=facts.positions, slots=tuple(slots))
