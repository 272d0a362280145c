"""A record of one officer with what is uncertain in it, and its completions.

A `Timeline` stands for the set of its completions, each a `Facts`. Every uncertain fact has a path that a person
can find in the file: `events[3].date`, `events[3].occurred`, `events[0].contents.special_check`, `officer.body`,
`positions.deputy.listed`, `as_of`, `in_force`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import field, frozen

from compliance.calendar.days import NEVER
from compliance.calendar.quarters import quarter_of
from compliance.norm.facts import Event, Facts
from compliance.norm.types import Value
from compliance.source.loc import Place


@frozen
class Days:
    """An uncertain day: one of the days of `intervals` (inclusive, in order, disjoint)."""

    intervals: tuple[tuple[int, int], ...]

    @property
    def lo(self) -> int:
        return self.intervals[0][0]

    @property
    def hi(self) -> int:
        return self.intervals[-1][1]


@frozen
class OneOf:
    """An uncertain attribute: one of `values`."""

    values: tuple[Value, ...]


@frozen
class OpenItems:
    """An uncertain set: all of `sure`, none but `sure` and `maybe`."""

    sure: frozenset[str]
    maybe: frozenset[str]


@frozen
class FromDate:
    """An attribute that was left out and follows from the event's own day: the day itself, or its quarter."""

    quarter: bool


Open: TypeAlias = Value | Days | OneOf | OpenItems | FromDate
"""What an attribute of a record may hold; `Days` only where its type is a date."""


@frozen(eq=False)
class Slot:
    """An event that happened, or may have. `phantom` slots stand for acts that the record may be missing."""

    kind: str
    date: int | Days
    attrs: Mapping[str, Open]
    index: int
    occurred: bool | None = True
    """None: it is not known whether it happened."""
    phantom: bool = False
    place: Place | None = None
    places: Mapping[str, Place] = field(factory=dict)
    """Where each attribute stands in the file, for blame and carets."""


Domain: TypeAlias = Days | OneOf | OpenItems | None
"""What an uncertain fact may be; None is the domain of an occurrence."""

Choice: TypeAlias = Mapping[str, "int | str | bool | frozenset[str] | None"]
"""A value for each uncertain fact, by path."""


@frozen
class Timeline:
    """What a record says of one officer."""

    officer: Mapping[str, Open]
    positions: Mapping[str, Mapping[str, Open]]
    slots: tuple[Slot, ...]
    as_of: int | Days
    in_force: int | Days = 1
    replaced: int = NEVER

    def unknowns(self) -> dict[str, Domain]:
        """Every uncertain fact by path, in the order of the file; None is the domain of an occurrence."""
        return dict(self._unknowns())

    def _unknowns(self) -> Iterator[tuple[str, Domain]]:
        for name, value in (("as_of", self.as_of), ("in_force", self.in_force)):
            if isinstance(value, Days):
                yield name, value
        for name, attr in self.officer.items():
            if isinstance(attr, Days | OneOf | OpenItems):
                yield f"officer.{name}", attr
        for position, attrs in self.positions.items():
            for name, attr in attrs.items():
                if isinstance(attr, Days | OneOf | OpenItems):
                    yield f"positions.{position}.{name}", attr
        for slot in self.slots:
            path = f"events[{slot.index}]"
            if slot.occurred is None:
                yield f"{path}.occurred", None
            if isinstance(slot.date, Days):
                yield f"{path}.date", slot.date
            for name, attr in slot.attrs.items():
                if isinstance(attr, Days | OneOf | OpenItems):
                    yield f"{path}.{name}", attr

    @property
    def certain(self) -> bool:
        return next(self._unknowns(), None) is None

    def facts(self, choice: Choice | None = None) -> Facts:
        """The completion that `choice` picks; KeyError where an uncertain fact has no choice."""
        chosen = choice or {}
        events = tuple(
            _event(slot, chosen) for slot in self.slots if slot.occurred or chosen[f"events[{slot.index}].occurred"]
        )
        return Facts(
            officer={name: _value(f"officer.{name}", attr, chosen, 0) for name, attr in self.officer.items()},
            positions={
                position: {n: _value(f"positions.{position}.{n}", a, chosen, 0) for n, a in attrs.items()}
                for position, attrs in self.positions.items()
            },
            events=events,
            as_of=_day("as_of", self.as_of, chosen),
            in_force=_day("in_force", self.in_force, chosen),
            replaced=self.replaced,
        )


def _event(slot: Slot, choice: Choice) -> Event:
    path = f"events[{slot.index}]"
    day = _day(f"{path}.date", slot.date, choice)
    attrs = {name: _value(f"{path}.{name}", attr, choice, day) for name, attr in slot.attrs.items()}
    return Event(slot.kind, day, attrs, slot.index)


def _day(path: str, value: int | Days, choice: Choice) -> int:
    if isinstance(value, Days):
        chosen = choice[path]
        assert isinstance(chosen, int)
        return chosen
    return value


def _value(path: str, attr: Open, choice: Choice, day: int) -> Value:
    match attr:
        case Days() | OneOf() | OpenItems():
            return choice[path]
        case FromDate(quarter=quarter):
            return quarter_of(day) if quarter else day
        case _:
            return attr
