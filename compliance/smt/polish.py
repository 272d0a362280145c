"""Stories for people: no event that is not needed, natural attributes, and dates as a real calendar has them.

Every step is undone unless the evaluator still finds a story; nothing here can turn a story into something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import define, evolve, field

from compliance.calendar import functions
from compliance.norm.facts import Event, Facts
from compliance.norm.types import Date, Position, Quarter, Ref
from compliance.norm.vocabulary import Attribute
from compliance.smt.natural import OFFICER_OWNER, POSITION_OWNER, Natural
from compliance.smt.query import Query, Story
from compliance.smt.search import Search
from compliance.smt.symbolic import FIRST, LAST, any_value
from compliance.smt.terms import Cond, Int, le, within
from compliance.smt.terms import eq as equal
from compliance.smt.values import same
from compliance.timeline.model import Days, OneOf, Open, OpenItems, Slot, Timeline

STEPS: Final = ((2, 12), (0, 60), (0, 3650))
"""Gaps between one event and the next, in days, the most pleasing first; on a working day where one will do."""

FIRST_EVENT: Final = (FIRST + 8, FIRST + 40)


def shortened(query: Query, story: Story) -> Story:
    """The story without the events that it can do without, tried from the last to the first."""
    facts = story.facts
    for event in sorted(facts.events, key=lambda e: (e.date, e.index), reverse=True):
        fewer = evolve(facts, events=tuple(each for each in facts.events if each is not event))
        if query.judge(fewer, story.profile).is_story:
            facts = fewer
    return evolve(story, facts=facts)


def polished(query: Query, story: Story) -> Story:
    """The story with fewer events, natural attributes and dates that read like a calendar."""
    short = shortened(query, story)
    return tidied(query, _Polish(evolve(query, profile=short.profile), short, query.preferred).run())


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
        self.search = Search(self.query, timeline, self.preferred, start=self.story.active)

    def run(self) -> Story:
        self.search.begin()
        for kind in {event.kind for event in self.story.facts.events}:
            self.search.bound([kind])
        self.keep_order()
        if not self.attempt({}):
            return self.story
        self.natural()
        self.dates()
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

    def natural(self) -> None:
        """Everything natural at once; where that cannot be, what a core blames least important first is let go."""
        wanted = dict.fromkeys((self.name(name, cond) for name, cond in self.wishes()), True)
        order = {name: at for at, name in enumerate(wanted)}
        while wanted and not self.attempt(wanted):
            blamed = [name for name in self.search.core if name in wanted]
            for name in [max(blamed, key=order.__getitem__)] if blamed else list(wanted):
                del wanted[name]

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

    def dates(self) -> None:
        """Event by event: a pleasing distance from the one before, on a working day where one will do."""
        record, before = self.search.case.record, 0
        for at, slot in enumerate(self.slots):
            day = record.date(slot)
            spans = [(before + lo, before + hi) for lo, hi in STEPS] if at else [FIRST_EVENT]
            tries = [*((lo, hi, True) for lo, hi in spans), *((lo, hi, False) for lo, hi in spans)]
            any(self.attempt(self.near(slot, day, *each)) for each in tries)
            before = self.story.facts.events[at].date
            self.kept[self.name(f"day:{slot.index}:{before}", equal(day, before))] = True
        self.attempt({self.name(f"as_of:{before}", le(record.constant("as_of"), before)): True})

    def near(self, slot: Slot, day: Int, lo: int, hi: int, working: bool) -> dict[str, bool]:
        wanted = {self.name(f"near:{slot.index}:{lo}:{hi}", within(day, lo, hi)): True}
        if working:
            moved = self.search.case.world.applications.apply(functions.NextWorkingDay(), day)
            wanted[self.name(f"working:{slot.index}", equal(day, moved))] = True
        return wanted


def opened(query: Query, facts: Facts) -> Timeline:
    """The same events in the same order, their dates and attributes open."""
    vocabulary = query.program.vocabulary
    used = {value for event in facts.events for value in event.attrs.values()}
    posts = tuple(post for post in facts.positions if post in used) or tuple(facts.positions)[:1]
    refs = tuple(sorted({str(event.attrs["ref"]) for event in facts.events if event.attrs.get("ref")})) or ("r1",)
    renamed = tuple(f"post{i + 1}" for i in range(len(posts)))
    named = tuple(f"r{i + 1}" for i in range(len(refs)))
    days = (FIRST, LAST)

    def attrs(table: Mapping[str, Attribute]) -> dict[str, Open]:
        return {name: any_value(attribute, vocabulary, renamed, named, days) for name, attribute in table.items()}

    ordered = sorted(facts.events, key=lambda e: (e.date, e.index))
    slots = tuple(
        Slot(event.kind, Days((days,)), attrs(vocabulary.kinds[event.kind].attributes), index)
        for index, event in enumerate(ordered)
    )
    positions = {post: attrs(vocabulary.position) for post in renamed}
    return Timeline(attrs(vocabulary.officer), positions, slots, Days((days,)))


def tidied(query: Query, story: Story) -> Story:
    """The story without posts that nobody names, and with what changes nothing at its natural value."""
    facts = story.facts
    used = {value for event in facts.events for value in event.attrs.values() if isinstance(value, str)}
    positions = {post: attrs for post, attrs in facts.positions.items() if post in used}
    events = tuple(
        Event(event.kind, event.date, dict(event.attrs), index)
        for index, event in enumerate(sorted(facts.events, key=lambda e: (e.date, e.index)))
    )
    lean = evolve(story, facts=evolve(facts, positions=positions, events=events))
    return lean if query.judge(lean.facts, lean.profile).is_story else story


__all__ = ["opened", "polished", "shortened", "tidied"]
