"""A timeline as symbolic facts: every uncertain fact is a solver variable named by its path, made when first asked.

Two records of one timeline in one world (`tag`) share nothing: two completions side by side.
"""

from __future__ import annotations

from typing import assert_never

import z3
from attrs import define, field

from compliance.calendar.functions import QuarterOf
from compliance.norm.types import Value
from compliance.smt.calendar import value_of
from compliance.smt.native import is_true
from compliance.smt.terms import Cond, Num, all_, eq, iff
from compliance.smt.values import Atom, ItemSet, Sym, options, same
from compliance.smt.world import World
from compliance.timeline.model import Choice, Days, Domain, FromDate, OneOf, Open, OpenItems, Slot, Timeline


@define(eq=False)
class Record:
    """The facts of a timeline, by path; slots may be added as a search goes on."""

    world: World
    timeline: Timeline
    tag: str = ""
    variables: dict[str, Sym] = field(factory=dict)
    groups: dict[str, list[Slot]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for slot in sorted(self.timeline.slots, key=lambda s: (_first_day(s), s.index)):
            self.groups.setdefault(slot.kind, []).append(slot)

    def slots(self, kind: str) -> list[Slot]:
        """The events of a kind that happened or may have, in order of their earliest day."""
        return self.groups.get(kind, [])

    def present(self, slot: Slot) -> Cond:
        if slot.occurred is not None:
            return slot.occurred
        found = self._variable(f"events[{slot.index}].occurred", None)
        assert isinstance(found, z3.BoolRef)
        return found

    def date(self, slot: Slot) -> int | Num:
        return self._day(f"events[{slot.index}].date", slot.date)

    def attribute(self, slot: Slot, name: str) -> Sym:
        return self._open(f"events[{slot.index}].{name}", slot.attrs[name], slot)

    def officer(self, name: str) -> Sym:
        return self._open(f"officer.{name}", self.timeline.officer[name], None)

    def position(self, position: str, name: str) -> Sym:
        return self._open(f"positions.{position}.{name}", self.timeline.positions[position][name], None)

    def constant(self, name: str) -> int | Num:
        if name == "replaced":
            return self.timeline.replaced
        return self._day(name, self.timeline.as_of if name == "as_of" else self.timeline.in_force)

    def _day(self, path: str, value: int | Days) -> int | Num:
        if isinstance(value, int):
            return value
        found = self._variable(path, value)
        assert isinstance(found, int | Num)
        return found

    def _open(self, path: str, value: Open, slot: Slot | None) -> Sym:
        match value:
            case Days() | OneOf() | OpenItems():
                return self._variable(path, value)
            case FromDate(quarter=quarter):
                assert slot is not None
                day = self.date(slot)
                return self.world.applications.apply(QuarterOf(), day) if quarter else day
            case _:
                return value

    def variable(self, path: str) -> Sym:
        """The variable of an uncertain fact, made now if no formula asked for it yet."""
        return self._variable(path, self.timeline.unknowns()[path])

    def _variable(self, path: str, domain: Domain) -> Sym:
        found = self.variables.get(path)
        if found is None:
            found = self.variables[path] = self._make(f"{self.tag}{path}", domain)
        return found

    def _make(self, name: str, domain: Domain) -> Sym:
        match domain:
            case None:
                return self.world.bool(name)
            case Days(intervals=intervals):
                return self.world.number(name, intervals)
            case OneOf(values=values):
                return self.world.one_of(name, values)
            case OpenItems(sure=sure, maybe=maybe):
                return ItemSet(sure, {item: self.world.bool(f"{name}.{item}") for item in sorted(maybe - sure)})
            case _:
                assert_never(domain)

    def equals(self, path: str, value: Value) -> Cond:
        """The condition that an uncertain fact has the given value."""
        return same(self.variable(path), value)

    def agree(self, other: Record, path: str) -> Cond:
        """The condition that two records have the same value of an uncertain fact."""
        return agree(self.variable(path), other.variable(path))

    def choice(self, model: z3.ModelRef) -> Choice:
        """A value for every uncertain fact; a fact that no formula asked for gets its first one."""
        return {
            path: read(model, self.variables[path]) if path in self.variables else first_value(domain)
            for path, domain in self.timeline.unknowns().items()
        }


def agree(a: Sym, b: Sym) -> Cond:
    if isinstance(a, z3.BoolRef) and isinstance(b, z3.BoolRef):
        return iff(a, b)
    if isinstance(a, Num) and isinstance(b, Num):
        return eq(a, b)
    if isinstance(a, ItemSet) and isinstance(b, ItemSet):
        return all_(iff(a.maybe[item], b.maybe[item]) for item in a.maybe)
    return same(a, b)


def read(model: z3.ModelRef, value: Sym) -> Value:
    """The value that a model gives."""
    for atom, cond in options(value):
        if holds(model, cond):
            return _read_atom(model, atom)
    raise AssertionError("no alternative holds")


def _read_atom(model: z3.ModelRef, atom: Atom) -> Value:
    if isinstance(atom, Num):
        return value_of(model, atom)
    if isinstance(atom, ItemSet):
        return atom.sure | {item for item, cond in atom.maybe.items() if holds(model, cond)}
    assert atom is None or isinstance(atom, bool | int | str | frozenset)
    return atom


def holds(model: z3.ModelRef, cond: Cond) -> bool:
    return cond if isinstance(cond, bool) else is_true(model, cond)


def first_value(domain: Domain) -> Value:
    match domain:
        case None:
            return False
        case Days():
            return domain.lo
        case OneOf(values=values):
            return values[0]
        case OpenItems(sure=sure):
            return sure
        case _:
            assert_never(domain)


def _first_day(slot: Slot) -> int:
    return slot.date if isinstance(slot.date, int) else slot.date.lo


__all__ = ["Record", "agree", "first_value", "holds", "read"]
