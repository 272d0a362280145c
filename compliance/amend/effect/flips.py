"""Stored stories whose verdict the change turns.

As if the new law had always stood, and with every event judged by the version of its day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal, assert_never

from attrs import evolve, frozen

from compliance.amend.effect.meaning import Difference
from compliance.calendar.days import NEVER
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law, Norm
from compliance.law.version import window
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile
from compliance.norm.vocabulary import Words
from compliance.source.data import shown_name
from compliance.source.diagnostic import Problems
from compliance.timeline.case import Case
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.model import Choice, Days, OneOf, OpenItems, Timeline
from compliance.timeline.scenario import read_scenario

Outcome = Literal["compliant", "violated"]
NAMELESS: Final = Words("", "")
"""The title of a story that has none."""


@frozen
class Flip:
    """One story whose verdict turns. `transitional` tells whether it also turns when only the days from the first day
    of the new law on are judged by it (None where that day is not known)."""

    file: str
    officer: str
    old: Outcome
    new: Outcome
    norms: tuple[str, ...]
    """The norms that decide: those that fail under one law and not under the other."""
    transitional: bool | None
    title: Words = NAMELESS


@frozen(eq=False)
class Stored:
    """One officer of a stored story, with everything known."""

    file: str
    officer: str
    facts: Facts
    """The record; of what is open, one completion."""
    profile: Profile
    timeline: Timeline | None = None
    """The record with what is open in it; nothing where all is known."""
    title: Words = NAMELESS


@frozen(eq=False)
class Stories:
    """The stored stories, and how many could not be used because something in them is open or unreadable."""

    stored: tuple[Stored, ...]
    open: int


def stories(folder: Path, law: Law) -> Stories:
    """The stories of a folder with every fact known, placed in the version of the old law."""
    lexicon = Lexicon(law.vocabulary, law.program.readings, law.units, [version.id for version in law.versions])
    found: list[Stored] = []
    left = 0
    for path in sorted(folder.rglob("*.yaml")):
        try:
            scenario = read_scenario(path, lexicon, shown_name(path))
        except Problems:
            left += 1
            continue
        for case in scenario.cases:
            stored = _stored(case, law, scenario.title)
            left += stored is None
            found += [stored] if stored is not None else []
    return Stories(tuple(found), left)


def always(stored: Iterable[Stored]) -> list[Facts]:
    """The records of stories as if one version of the law had always stood."""
    return [evolve(each.facts, in_force=1, replaced=NEVER) for each in stored]


def _stored(case: Case, law: Law, title: Words) -> Stored | None:
    if case.propose is not None:
        return None
    days = window(law.version, case.published)
    timeline = case.in_window(days.hi).timeline
    profile = {**law.default_profile, **case.readings}
    if timeline.certain:
        return Stored(case.file, case.officer_id, timeline.facts(), profile, title=title)
    facts = timeline.facts(_completion(timeline))
    return Stored(case.file, case.officer_id, facts, profile, timeline, title)


def _completion(timeline: Timeline) -> Choice:
    """One completion: nothing more happened, the first day, the first value, every paper."""
    found: dict[str, int | str | bool | frozenset[str] | None] = {}
    for path, domain in timeline.unknowns().items():
        match domain:
            case Days() as days:
                found[path] = days.lo
            case OneOf(values=values):
                found[path] = values[0]
            case OpenItems(sure=sure, maybe=maybe):
                found[path] = sure | maybe
            case None:
                found[path] = False
            case _:
                assert_never(domain)
    return found


def flips(
    found: Difference, stored: Iterable[Stored], calendar: WorkingCalendar, first_day: int | None
) -> tuple[Flip, ...]:
    """The stories whose verdict differs between the two laws."""
    return tuple(_flips(found, stored, calendar, first_day))


def _flips(
    found: Difference, stored: Iterable[Stored], calendar: WorkingCalendar, first_day: int | None
) -> Iterator[Flip]:
    for each in stored:
        old = _failing(found.old, found.gone, each.facts, each.profile, calendar)
        new = _failing(found.new, found.come, each.facts, each.profile, calendar)
        if bool(old) == bool(new):
            continue
        if each.timeline is None and _failing(found.new, found.common, each.facts, each.profile, calendar):
            continue
        if each.timeline is not None and not _in_every_completion(found, each, calendar, bool(old)):
            continue
        before: Outcome = "violated" if old else "compliant"
        after: Outcome = "violated" if new else "compliant"
        yield Flip(each.file, each.officer, before, after, tuple(dict.fromkeys((*old, *new))),
                   _transitional(found, each, calendar, first_day, before), each.title)  # fmt: skip


def _in_every_completion(found: Difference, each: Stored, calendar: WorkingCalendar, was_broken: bool) -> bool:
    """Whether, whatever is open, the changed norms break one law and keep the other, and nothing else is broken."""
    from compliance.smt.answers import Always
    from compliance.smt.decide import decide

    assert each.timeline is not None
    profile = {DUE: OPEN, **each.profile}

    def sides(law: Law, norms: Iterable[Norm]) -> list[bool | None]:
        wanted = {norm.id: norm.typed for norm in norms}
        if not wanted:
            return []
        found = decide(law.program, calendar, each.timeline, wanted, profile)  # type: ignore[arg-type]
        return [verdict.value if isinstance(verdict, Always) else None for verdict in found.values()]

    old, new = sides(found.old, found.gone), sides(found.new, found.come)
    broken, kept = (old, new) if was_broken else (new, old)
    return False in broken and all(side is True for side in kept) and False not in sides(found.new, found.common)


def _transitional(
    found: Difference, each: Stored, calendar: WorkingCalendar, first_day: int | None, before: Outcome
) -> bool | None:
    if first_day is None:
        return None
    if each.facts.as_of < first_day:
        return False
    failing = split_failing(found, each.facts, each.profile, calendar, first_day)
    return bool(failing) != (before == "violated")


def split_failing(
    found: Difference, facts: Facts, profile: Profile, calendar: WorkingCalendar, first_day: int
) -> tuple[str, ...]:
    """The changed norms that fail where each event is judged by the version of its day."""
    earlier = evolve(facts, replaced=first_day)
    later = evolve(facts, in_force=max(facts.in_force, first_day), replaced=NEVER)
    old = tuple(norm for norm in found.gone if norm.clause.judged == "event")
    failing = _failing(found.old, old, earlier, profile, calendar)
    return (*failing, *_failing(found.new, found.come, later, profile, calendar))


def _failing(
    law: Law, norms: Iterable[Norm], facts: Facts, profile: Profile, calendar: WorkingCalendar
) -> tuple[str, ...]:
    evaluator = Evaluator(law.program, calendar, facts, {DUE: OPEN, **profile})
    return tuple(norm.id for norm in norms if not evaluator.truth(norm.expr, {}))


__all__ = ["Flip", "Stored", "Stories", "always", "flips", "split_failing", "stories"]
