"""The events of a proof, one after another: each is an event of the real record, or is absent; no two are the same.

Posts and references are unbounded: a post is an integer, its attributes are those of the number, whoever names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import z3
from attrs import define, field

from compliance.calendar.days import day
from compliance.norm.facts import Event, Facts
from compliance.norm.types import Position, Ref, Value
from compliance.norm.vocabulary import Vocabulary
from compliance.smt.natural import OFFICER_OWNER, POSITION_OWNER, Natural
from compliance.smt.record import Record, agree, first_value, holds, read
from compliance.smt.symbolic import any_slot, any_value
from compliance.smt.terms import Num, eq, implies, le, not_
from compliance.smt.values import Sym, gather
from compliance.smt.world import World
from compliance.timeline.model import Days, OneOf, Open, OpenItems, Slot, Timeline

EARLIEST: Final = day(2013, 1, 1)
LATEST: Final = day(2060, 12, 31)
"""The days of every event in a proof: those of the calendar."""

NAMES: Final = 1_000_000
"""More posts and references than any proof can tell apart."""


def empty_record(vocabulary: Vocabulary, days: tuple[int, int]) -> Timeline:
    """Nothing is known of the officer, and there is no event yet."""
    officer = {name: any_value(each, vocabulary, (), (), days) for name, each in vocabulary.officer.items()}
    return Timeline(officer, {}, (), Days((days,)))


@define(eq=False)
class Domain(Record):
    """A record to which events are added as a proof needs them."""

    vocabulary: Vocabulary = field(kw_only=True)
    days: tuple[int, int] = field(kw_only=True, default=(EARLIEST, LATEST))
    events: list[Slot] = field(factory=list)
    depth: dict[int, int] = field(factory=dict)
    """How many witnesses of witnesses an event is away from the theorem."""
    posts: dict[int, Num] = field(factory=dict)
    post_values: dict[str, list[tuple[Num, Sym]]] = field(factory=dict)

    def add(self, kind: str, depth: int) -> Slot:
        """A new event, different from all others, that may be absent."""
        slot = any_slot(kind, self.vocabulary, len(self.events), (), (), self.days)
        self.events.append(slot)
        self.groups.setdefault(kind, []).append(slot)
        self.depth[slot.index] = depth
        as_of = self.constant("as_of")
        self.world.fact(implies(self.present(slot), le(self.date(slot), as_of)))
        return slot

    def attribute(self, slot: Slot, name: str) -> Sym:
        attribute = self.vocabulary.kinds[slot.kind].attributes[name]
        if not isinstance(attribute.type, Position | Ref) or attribute.stipulated:
            return super().attribute(slot, name)
        path = f"events[{slot.index}].{name}"
        if path not in self.variables:
            number = self.world.number(path, ((1, NAMES),))
            assert isinstance(number, Num)
            if isinstance(attribute.type, Position):
                self.posts[number.key] = number
            given = self.world.bool(f"{path}.given")
            self.variables[path] = gather([(number, given), (None, not_(given))]) if attribute.optional else number
        return self.variables[path]

    def post(self, number: Num, name: str) -> Sym:
        """An attribute of a post: the same for all who name the same post."""
        values = self.post_values.setdefault(name, [])
        for other, value in values:
            if other.key == number.key:
                return value
        domain = any_value(self.vocabulary.position[name], self.vocabulary, (), (), self.days)
        assert isinstance(domain, OneOf | OpenItems | Days)
        found = self._make(f"post[{number.term}].{name}", domain)
        for other, value in values:
            self.world.fact(implies(eq(number, other), agree(found, value)))
        values.append((number, found))
        return found

    # from a model to a record

    def facts(self, model: z3.ModelRef, natural: Natural) -> Facts:
        """The record that a model describes; what it leaves open is natural."""
        posts = {code: f"post{at + 1}" for at, code in enumerate(sorted(set(self._codes(model))))}
        events = [self._event(model, natural, slot, posts) for slot in self.events if holds(model, self.present(slot))]
        officer = {
            name: self._value(model, f"officer.{name}", self.timeline.officer[name], natural.value(OFFICER_OWNER, each))
            for name, each in self.vocabulary.officer.items()
        }
        positions = {post: self._post(model, natural, code) for code, post in posts.items()}
        as_of = self.constant("as_of")
        last, first = read(model, as_of), self.constant("in_force")
        first = first if isinstance(first, int) else read(model, first)  # type: ignore[assignment]
        assert isinstance(last, int)
        assert isinstance(first, int)
        return Facts(officer, positions or {"post1": self._post(model, natural, 0)}, tuple(events), last, first)

    def _codes(self, model: z3.ModelRef) -> Iterator[int]:
        for number in self.posts.values():
            code = read(model, number)
            assert isinstance(code, int)
            yield code

    def _post(self, model: z3.ModelRef, natural: Natural, code: int) -> dict[str, Value]:
        found = {name: natural.value(POSITION_OWNER, each) for name, each in self.vocabulary.position.items()}
        for name, values in self.post_values.items():
            for number, value in values:
                if read(model, number) == code:
                    found[name] = read(model, value)
        return found

    def _event(self, model: z3.ModelRef, natural: Natural, slot: Slot, posts: dict[int, str]) -> Event:
        date = read(model, self.date(slot))
        assert isinstance(date, int)
        attrs: dict[str, Value] = {}
        for name, attribute in self.vocabulary.kinds[slot.kind].attributes.items():
            path = f"events[{slot.index}].{name}"
            if isinstance(attribute.type, Position | Ref) and not attribute.stipulated:
                code = read(model, self.variables[path]) if path in self.variables else None
                if isinstance(attribute.type, Ref):
                    attrs[name] = f"r{code}" if code is not None else None if attribute.optional else "r1"
                else:
                    attrs[name] = posts[code] if isinstance(code, int) else None if attribute.optional else "post1"
                continue
            usual = natural.value(slot.kind, attribute)
            attrs[name] = self._value(model, path, slot.attrs[name], usual, date)
        return Event(slot.kind, date, attrs, slot.index)

    def _value(self, model: z3.ModelRef, path: str, value: Open, usual: Value, date: int = 0) -> Value:
        if not isinstance(value, OneOf | OpenItems | Days):
            assert value is None or isinstance(value, bool | int | str | frozenset)
            return value
        if path in self.variables:
            return read(model, self.variables[path])
        if isinstance(value, OneOf) and usual not in value.values:
            usual = None
        if isinstance(value, Days):
            return date or value.lo
        return usual if usual is not None or None in getattr(value, "values", ()) else first_value(value)


def domain(world: World, vocabulary: Vocabulary, days: tuple[int, int] = (EARLIEST, LATEST)) -> Domain:
    """A domain without events."""
    return Domain(world, empty_record(vocabulary, days), vocabulary=vocabulary, days=days)


__all__ = ["EARLIEST", "LATEST", "Domain", "domain"]
