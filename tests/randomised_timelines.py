"""Random records over a vocabulary, with certain and uncertain facts of every sort. Use through `tests.randomised`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, product
from random import Random

from attrs import define

from compliance.calendar.days import NEVER, day
from compliance.norm.types import (
    Bool,
    Date,
    Enum,
    EventType,
    Items,
    OfficerType,
    PeriodType,
    Position,
    Quarter,
    QuarterDayType,
    Ref,
    Value,
)
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.timeline.model import Choice, Days, FromDate, OneOf, Open, OpenItems, Slot, Timeline

FIRST, LAST = day(2025, 9, 1), day(2027, 3, 31)
EDGES = (
    day(2025, 11, 30), day(2025, 12, 31), day(2026, 1, 1), day(2026, 2, 28), day(2026, 3, 1), day(2026, 3, 31),
    day(2026, 5, 9), day(2026, 8, 31), day(2026, 11, 30), day(2026, 12, 1), day(2026, 12, 15), day(2026, 12, 30),
    day(2028, 2, 29),
)  # fmt: skip
POSTS, REFS = ("post_a", "post_b"), ("r1", "r2")


def random_day(rng: Random) -> int:
    """A day of about a year and a half, often one on which something turns."""
    near = rng.choice(EDGES) + rng.choice((-1, 0, 0, 1))
    return near if rng.random() < 0.4 else rng.randint(FIRST, LAST)


@define
class _Records:
    """One record in the making; `left` counts how many facts may still be uncertain."""

    rng: Random
    vocabulary: Vocabulary
    uncertainty: float
    left: int

    def open(self) -> bool:
        if self.left > 0 and self.rng.random() < self.uncertainty:
            self.left -= 1
            return True
        return False

    def day(self) -> int | Days:
        first = random_day(self.rng)
        if not self.open():
            return first
        spans = [(first, first + self.rng.choice((1, 2, 5)))]
        if self.rng.random() < 0.3:
            start = spans[0][1] + self.rng.choice((2, 3, 20))
            spans.append((start, start + self.rng.choice((0, 1))))
        return Days(tuple(spans))

    def values(self, attribute: Attribute) -> list[Value]:
        """Everything that a plain attribute may hold."""
        rng, found = self.rng, list[Value]()
        match attribute.type:
            case Bool():
                found = [True, False]
            case Enum(name=name):
                found = list(self.vocabulary.enumerations[name].values)
            case Ref():
                found = list(REFS)
            case Position():
                found = list(POSTS)
            case Date():
                found = [random_day(rng) for _ in range(3)]
            case Quarter():
                found = [2025 * 4 + 3, 2026 * 4, 2026 * 4 + 2, 2026 * 4 + 3]
            case Items() | EventType() | OfficerType() | PeriodType() | QuarterDayType():
                raise AssertionError("no plain value")
        return [None, *found] if attribute.optional else found

    def attribute(self, attribute: Attribute) -> Open:
        rng = self.rng
        if isinstance(attribute.type, Items):
            items = list(self.vocabulary.enumerations[attribute.type.name].values)
            sure = frozenset(item for item in items if rng.random() < 0.6)
            maybe = frozenset(item for item in items if item not in sure and self.open())
            return OpenItems(sure, maybe) if maybe else sure
        if attribute.default in ("date", "quarter_of_date") and rng.random() < 0.6:
            return FromDate(quarter=attribute.default == "quarter_of_date")
        values = list(dict.fromkeys(self.values(attribute)))
        if self.open():
            return OneOf(tuple(rng.sample(values, min(len(values), rng.choice((2, 2, 3))))))
        if attribute.default == "value" and rng.random() < 0.5:
            return attribute.value
        return rng.choice(values)

    def attributes(self, table: dict[str, Attribute]) -> dict[str, Open]:
        return {name: self.attribute(attribute) for name, attribute in table.items()}

    def slot(self, index: int) -> Slot:
        kind = self.rng.choice(self.vocabulary.kind_names())
        maybe = self.open()
        attrs = self.attributes(dict(self.vocabulary.kinds[kind].attributes))
        return Slot(
            kind, self.day(), attrs, index, occurred=None if maybe else True, phantom=maybe and self.rng.random() < 0.3
        )


def random_timeline(
    rng: Random, vocabulary: Vocabulary, events: int = 6, uncertainty: float = 0.0, most_unknown: int = 4
) -> Timeline:
    """A record of at most `events` events. `uncertainty` is the share of facts left open, `most_unknown` their number.

    Events stand in no order, may share a day and may lie after `as_of`. With `uncertainty=0` every fact is known.
    """
    make = _Records(rng, vocabulary, uncertainty, most_unknown)
    slots = tuple(make.slot(index) for index in range(rng.randint(0, events)))
    return Timeline(
        officer=make.attributes(dict(vocabulary.officer)),
        positions={post: make.attributes(dict(vocabulary.position)) for post in POSTS},
        slots=slots,
        as_of=make.day(),
        in_force=make.day() if rng.random() < 0.5 else 1,
        replaced=random_day(rng) if rng.random() < 0.2 else NEVER,
    )


def choices(timeline: Timeline, most: int = 2_000) -> Iterator[Choice]:
    """The choices of a record's uncertain facts, at most `most` of them, in a fixed order."""
    unknowns = timeline.unknowns()
    for picked in islice(product(*(_domain(domain) for domain in unknowns.values())), most):
        yield dict(zip(unknowns, picked, strict=True))


def random_choice(rng: Random, timeline: Timeline) -> Choice:
    """One completion of a record, at random."""
    return {path: rng.choice(_domain(domain)) for path, domain in timeline.unknowns().items()}


def _domain(domain: Days | OneOf | OpenItems | None) -> list[int | str | bool | frozenset[str] | None]:
    match domain:
        case Days(intervals=intervals):
            return [each for lo, hi in intervals for each in range(lo, hi + 1)]
        case OneOf(values=values):
            return list(values)
        case OpenItems(sure=sure, maybe=maybe):
            some = sorted(maybe)
            return [sure | set(more) for size in range(len(some) + 1) for more in combinations(some, size)]
        case None:
            return [True, False]
