"""What is not said: the values of a type, attributes left out or unknown, and acts that a record may be missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from attrs import frozen

from compliance.calendar.quarters import quarter_of
from compliance.norm.types import Bool, Date, Enum, Items, Position, Quarter, Ref, Type, Value
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.timeline.edtf import EARLIEST
from compliance.timeline.model import Days, FromDate, OneOf, Open, OpenItems, Slot

UNDECLARED: Final = "?"
"""The post that a record does not declare; one is enough, since no norm counts posts."""

MISSING_PER_KIND: Final = 2
"""How many acts of a kind a record may be missing at once."""

QUARTERS_AROUND: Final = 4
"""An unknown quarter is at most so many quarters away from those in which its event may lie."""

YEAR_AHEAD: Final = 366
"""A date attribute that is unknown lies at most so many days after all that is known."""


@frozen
class Scope:
    """What the values of a record are read against."""

    vocabulary: Vocabulary
    positions: tuple[str, ...]
    refs: tuple[str, ...]
    kinds: frozenset[str]
    """The kinds of the events that are listed or proposed."""
    as_of: int

    @property
    def earliest(self) -> int:
        """Where open starts begin."""
        return min(EARLIEST, self.as_of)

    @property
    def horizon(self) -> int:
        """Where date attributes that are open end."""
        return self.as_of + YEAR_AHEAD

    @property
    def whenever(self) -> int | Days:
        """Some day up to `as_of`."""
        return Days(((self.earliest, self.as_of),)) if self.earliest < self.as_of else self.as_of


def narrowed(values: tuple[Value, ...]) -> Open:
    """One of the values; the value itself where there is only one."""
    return values[0] if len(values) == 1 else OneOf(values)


def unknown(type_: Type, scope: Scope, date: int | Days | None = None) -> Open:
    """Any value of a type. `date` is the day of the attribute's event, if it belongs to one."""
    first, last = _ends(scope.whenever if date is None else date)
    match type_:
        case Bool():
            return OneOf((True, False))
        case Enum(name=name):
            return narrowed(tuple(scope.vocabulary.enumerations[name].values))
        case Items(name=name):
            return OpenItems(frozenset(), frozenset(scope.vocabulary.enumerations[name].values))
        case Position():
            return narrowed((*scope.positions, UNDECLARED))
        case Ref():
            return narrowed((*scope.refs, None))
        case Quarter():
            around = range(quarter_of(first) - QUARTERS_AROUND, quarter_of(last) + QUARTERS_AROUND + 1)
            return narrowed(tuple(around))
        case Date():
            return Days(((first, max(scope.horizon, first + 1)),))
        case _:
            raise AssertionError(f"no attribute has the type {type_}")


def left_out(attribute: Attribute, scope: Scope, date: int | Days | None = None) -> Open:
    """What an attribute is that the record does not mention."""
    match attribute.default:
        case "unknown":
            return unknown(attribute.type, scope, date)
        case "none":
            absent = attribute.open_without is not None and attribute.open_without not in scope.kinds
            return unknown(attribute.type, scope, date) if absent else None
        case "value":
            return attribute.value
        case "date" | "quarter_of_date":
            return FromDate(quarter=attribute.default == "quarter_of_date")


def undeclared_post(scope: Scope) -> dict[str, Open]:
    """The attributes of the post that the record does not declare."""
    known = scope.vocabulary.undeclared_post
    return {
        name: known[name] if name in known else unknown(attribute.type, scope)
        for name, attribute in scope.vocabulary.position.items()
    }


def missing_kinds(vocabulary: Vocabulary, complete: bool, may_be_missing: Collection[str]) -> dict[str, int]:
    """How many events of each kind may be missing, in the order of the vocabulary."""
    acts = {kind.name for kind in vocabulary.kinds.values() if not kind.judgement}
    opened = {*may_be_missing, *(() if complete else acts)}
    return {kind: MISSING_PER_KIND for kind in vocabulary.kinds if kind in opened}


def phantoms(missing: Mapping[str, int], settled: Collection[str], scope: Scope, index: int) -> Iterator[Slot]:
    """The events that the record may be missing, numbered on from `index`.

    A record never closes judgements: one of each kind may be missing where none is listed, unless it is `settled`
    that there was none.
    """
    for kind in scope.vocabulary.kinds.values():
        silent = kind.judgement and kind.name not in scope.kinds and kind.name not in settled
        for _ in range(missing.get(kind.name, int(silent))):
            opened = kind.name in missing
            attrs = {name: _of_phantom(attribute, scope, opened) for name, attribute in kind.attributes.items()}
            yield Slot(kind.name, scope.whenever, attrs, index, occurred=None, phantom=True)
            index += 1


def _of_phantom(attribute: Attribute, scope: Scope, opened: bool) -> Open:
    """An attribute of a missing act: open, save what records commonly leave unsaid and what only an author asks for."""
    if not opened or attribute.stipulated:
        return left_out(attribute, scope)
    if attribute.default in ("unknown", "value"):
        return unknown(attribute.type, scope)
    match attribute.type:
        case Ref():
            return unknown(attribute.type, scope)
        case Position():
            return narrowed((*scope.positions, None))
        case _:
            return left_out(attribute, scope)


def _ends(date: int | Days) -> tuple[int, int]:
    return (date.lo, date.hi) if isinstance(date, Days) else (date, date)


__all__ = [
    "MISSING_PER_KIND", "QUARTERS_AROUND", "UNDECLARED", "YEAR_AHEAD", "Scope", "left_out", "missing_kinds",
    "narrowed", "phantoms", "undeclared_post", "unknown",
]  # fmt: skip
