"""Stories for people: no event that is not needed, natural attributes, and dates as a real calendar has them.

Every step is undone unless the evaluator still finds a story; nothing here can turn a story into something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from attrs import define, evolve, field

from compliance.calendar import functions
from compliance.calendar.quarters import quarter_of
from compliance.norm.facts import Event, Facts
from compliance.norm.types import Date, Position, Quarter, Ref, Value
from compliance.norm.vocabulary import Attribute
from compliance.smt.natural import OFFICER_OWNER, POSITION_OWNER, Natural
from compliance.smt.query import Query, Story
from compliance.smt.search import Search
from compliance.smt.symbolic import FIRST, LAST, any_value
from compliance.smt.terms import Cond, Int, and_, le, plus, within
from compliance.smt.values import same
from compliance.timeline.model import Days, OneOf, Open, OpenItems, Slot, Timeline

RLIMIT: Final = 300_000
"""The solver's effort for one wish: what is hard to have is let go."""

ROUNDS: Final = 40
"""Refinements of the calendar for one wish."""

PLEASING: Final = (2, 12)
"""The distance from one event to the next, in days, where nothing else asks for another."""

LIMITS: Final = (30, 120, 400, 1200)
"""Else so many days at most, if that can be."""

FIRST_EVENT: Final = (FIRST + 8, FIRST + 40)


def shortened(query: Query, story: Story) -> Story:
    """The story without the events that it can do without, tried from the last to the first."""
    facts = story.facts
    for event in sorted(facts.events, key=_order, reverse=True):
        fewer = evolve(facts, events=tuple(each for each in facts.events if each is not event))
        if query.is_story(fewer, story.profile, story.active):
            facts = fewer
    return evolve(story, facts=facts)


def polished(query: Query, story: Story) -> Story:
    """The story with fewer events, natural attributes and dates that read like a calendar."""
    short = shortened(query, story)
    told = _Polish(evolve(query, profile=short.profile), short, query.preferred).run()
    return tidied(query, on_working_days(query, told))


def on_working_days(query: Query, story: Story) -> Story:
    """The story with events on days off moved, alone or with all that follows, where it stays a story."""
    facts = story.facts
    for at in range(len(facts.events)):
        date = sorted(facts.events, key=_order)[at].date
        forth = query.calendar.next_working_day(date) - date
        back = query.calendar.plus_working_days(date, -1) - date
        for days, all_later in ((forth, False), (forth, True), (back, False)) if forth else ():
            later = _moved(facts, at, days, all_later)
            if later is not None and query.is_story(later, story.profile, story.active):
                facts = later
                break
    return evolve(story, facts=facts)


def _moved(facts: Facts, at: int, days: int, all_later: bool) -> Facts | None:
    """One event, or it and all that follows, moved by some days; None where that changes their order."""
    events = sorted(facts.events, key=_order)
    last = len(events) if all_later else at + 1
    moved = [*events[:at], *(_on(event, event.date + days) for event in events[at:last]), *events[last:]]
    if any(a.date > b.date for a, b in pairwise(moved)):
        return None
    as_of = facts.as_of + days if all_later else max(facts.as_of, moved[-1].date)
    return evolve(facts, events=tuple(moved), as_of=as_of)


def _on(event: Event, date: int) -> Event:
    """The event on another day, with what followed from its day."""
    follows: dict[Value, Value] = {event.date: date, quarter_of(event.date): quarter_of(date)}
    return evolve(event, date=date, attrs={name: follows.get(each, each) for name, each in event.attrs.items()})


def _order(event: Event) -> tuple[int, int]:
    return event.date, event.index


@define(eq=False)
class _Polish:
    """A search over the same events with other attributes and dates."""

    query: Query
    story: Story
    preferred: Natural
    search: Search = field(init=False)
    kept: dict[str, bool] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        timeline = opened(self.query, self.story.facts)
        self.search = Search(
            self.query, timeline, self.preferred, rlimit=RLIMIT, rounds=ROUNDS, start=self.story.active
        )

    def run(self) -> Story:
        self.search.begin()
        for kind in {event.kind for event in self.story.facts.events}:
            self.search.bound([kind])
        self.keep_order()
        if not self.attempt({}):
            return self.story
        natural = dict.fromkeys((self.name(name, cond) for name, cond in self.wishes()), True)
        self.closer(self.as_many({**natural, **self.dates()}))
        return self.story

    def attempt(self, also: Mapping[str, bool]) -> bool:
        """Takes over a story under further assumptions, if there is one, and keeps them."""
        found = self.search.settle({**self.kept, **also})
        if not isinstance(found, Story):
            return False
        self.story = evolve(found, effort=self.story.effort)
        self.kept |= also
        return True

    def name(self, name: str, cond: Cond) -> str:
        self.search.case.world.name(name, cond)
        return name

    @property
    def slots(self) -> tuple[Slot, ...]:
        return self.search.timeline.slots

    def keep_order(self) -> None:
        record, world = self.search.case.record, self.search.case.world
        for before, after in zip(self.slots, self.slots[1:], strict=False):
            world.fact(le(record.date(before), record.date(after)))

    def as_many(self, wanted: dict[str, bool]) -> list[str]:
        """All the wishes at once; where that cannot be, the least important that a core blames is let go.

        The wishes stand in their order of importance; those that were let go are returned.
        """
        order, gone = {name: at for at, name in enumerate(wanted)}, list[str]()
        while wanted and not self.attempt(wanted):
            blamed = [name for name in self.search.core if name in wanted]
            least = [max(blamed, key=order.__getitem__)] if blamed else list(wanted)[-(len(wanted) // 4 + 1) :]
            for name in least:
                del wanted[name]
                gone.append(name)
        return gone

    def wishes(self) -> Iterator[tuple[str, Cond]]:
        """Named conditions, the most important first: who the officer is, then what the events say."""
        record, vocabulary = self.search.case.record, self.query.program.vocabulary
        timeline = self.search.timeline
        for name, attribute in vocabulary.officer.items():
            if isinstance(timeline.officer[name], OneOf):
                yield f"wish:officer.{name}", same(record.officer(name), self.preferred.value(OFFICER_OWNER, attribute))
        for slot in timeline.slots:
            for name, attribute in vocabulary.kinds[slot.kind].attributes.items():
                cond = self.wish(slot, name, attribute)
                if cond is not None:
                    yield f"wish:events[{slot.index}].{name}", cond
        for post in timeline.positions:
            for name, attribute in vocabulary.position.items():
                if isinstance(timeline.positions[post][name], OneOf):
                    value = self.preferred.value(POSITION_OWNER, attribute)
                    yield f"wish:positions.{post}.{name}", same(record.position(post, name), value)

    def wish(self, slot: Slot, name: str, attribute: Attribute) -> Cond | None:
        record, applications = self.search.case.record, self.search.case.world.applications
        if not isinstance(slot.attrs[name], OneOf | OpenItems | Days):
            return None
        value = record.attribute(slot, name)
        match attribute.type:
            case Quarter() if not attribute.optional:
                return same(value, applications.apply(functions.QuarterOf(), record.date(slot)))
            case Date():
                return same(value, record.date(slot))
            case Position() | Ref() if not attribute.optional:
                return same(value, "post1" if isinstance(attribute.type, Position) else "r1")
            case _:
                return same(value, self.preferred.value(slot.kind, attribute))

    def days(self) -> list[Int]:
        """The days of the events and the last known day, in their order."""
        record = self.search.case.record
        return [*(record.date(slot) for slot in self.slots), record.constant("as_of")]

    def dates(self) -> dict[str, bool]:
        """Pleasing distances from event to event."""
        days = self.days()
        wanted = {self.name("gap:0", within(days[0], *FIRST_EVENT)): True}
        wanted[self.name("known:last", le(days[-1], days[-2]))] = True
        for at in range(1, len(days) - 1):
            wanted[self.gap(f"gap:{at}", days[at - 1], days[at], *PLEASING)] = True
        return wanted

    def gap(self, name: str, before: Int, day: Int, lo: int, hi: int) -> str:
        return self.name(name, and_(le(shifted(before, lo), day), le(day, shifted(before, hi))))

    def closer(self, gone: list[str]) -> None:
        """Events that cannot lie at a pleasing distance are drawn as near as steps allow."""
        days = self.days()
        for name in sorted(gone):
            kind, _, where = name.partition(":")
            at = len(days) - 1 if kind == "known" else int(where) if kind == "gap" else 0
            if at == 0:
                continue
            for limit in LIMITS:
                if self.attempt({self.gap(f"{name}:{limit}", days[at - 1], days[at], 0, limit): True}):
                    break


def shifted(day: Int, days: int) -> Int:
    return day + days if isinstance(day, int) else plus(day, days)


def opened(query: Query, facts: Facts) -> Timeline:
    """The same events in the same order, their dates and attributes open; a quarter that is not said stays unsaid.

    Events of one day stand as the vocabulary has them, so that steps of a procedure can be drawn apart.
    """
    vocabulary = query.program.vocabulary
    used = {value for event in facts.events for value in event.attrs.values()}
    posts = tuple(post for post in facts.positions if post in used) or tuple(facts.positions)[:1]
    refs = tuple(sorted({str(event.attrs["ref"]) for event in facts.events if event.attrs.get("ref")})) or ("r1",)
    renamed = tuple(f"post{i + 1}" for i in range(len(posts)))
    named = tuple(f"r{i + 1}" for i in range(len(refs)))
    days = (FIRST, LAST)

    def attrs(table: Mapping[str, Attribute]) -> dict[str, Open]:
        return {name: any_value(attribute, vocabulary, renamed, named, days) for name, attribute in table.items()}

    def slot(event: Event, index: int) -> Slot:
        table = vocabulary.kinds[event.kind].attributes
        unsaid = {n for n, each in table.items() if isinstance(each.type, Quarter) and event.attrs[n] is None}
        return Slot(event.kind, Days((days,)), {**attrs(table), **dict.fromkeys(unsaid)}, index)

    rank = {kind: at for at, kind in enumerate(vocabulary.kinds)}
    ordered = sorted(facts.events, key=lambda event: (event.date, rank[event.kind], event.index))
    slots = tuple(slot(event, index) for index, event in enumerate(ordered))
    positions = {post: attrs(vocabulary.position) for post in renamed}
    return Timeline(attrs(vocabulary.officer), positions, slots, Days((days,)))


def tidied(query: Query, story: Story) -> Story:
    """The story without posts that nobody names, and with what changes nothing at its natural value."""
    facts = story.facts
    used = {value for event in facts.events for value in event.attrs.values() if isinstance(value, str)}
    positions = {post: attrs for post, attrs in facts.positions.items() if post in used}
    events = tuple(
        Event(event.kind, event.date, dict(event.attrs), index)
        for index, event in enumerate(sorted(facts.events, key=_order))
    )
    lean = evolve(story, facts=evolve(facts, positions=positions, events=events))
    return lean if query.judge(lean.facts, lean.profile).is_story else story


__all__ = ["opened", "polished", "shortened", "tidied"]
