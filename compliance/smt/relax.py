"""A record made changeable: every fact that a person could have made otherwise, with what changing it costs.

Facts that were uncertain before stay uncertain and cost nothing. What nobody chooses stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeAlias

from attrs import evolve, frozen

from compliance.norm.types import Bool, Date, Enum, Items, Position, Value
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.smt.record import Record
from compliance.smt.terms import Cond, iff, not_
from compliance.smt.values import ItemSet, same
from compliance.timeline.model import Days, FromDate, OneOf, Open, OpenItems, Slot, Timeline

Step: TypeAlias = Literal["move", "add", "set", "remove"]

COST: dict[Step, int] = {"move": 2, "add": 5, "set": 9, "remove": 20}
"""Moving a date < adding an act that is missing < an attribute < undoing what was decided."""

REACH = 370
"""How many days a date may be moved."""

Stays: TypeAlias = Callable[[Slot, str], bool]
"""Whether an attribute of an event (or its `date`, or whether it `occurred`) stays as it is."""


def nobody_chooses(slot: Slot, name: str) -> bool:
    """Quarters, outcomes and identities stay."""
    return name in ("quarter", "outcome", "ref")


@frozen
class Soft:
    """A fact that is kept unless the repair pays for changing it."""

    path: str
    step: Step
    slot: Slot
    was: Value
    item: str = ""
    """The one item of a set that is meant."""

    @property
    def name(self) -> str:
        return f"keep:{self.path}{'.' if self.item else ''}{self.item}"

    @property
    def cost(self) -> int:
        return COST[self.step]

    def kept(self, record: Record) -> Cond:
        """The condition that the fact is as it was."""
        value = record.variable(self.path)
        if self.item:
            assert isinstance(value, ItemSet)
            return iff(value.holds(self.item), isinstance(self.was, frozenset) and self.item in self.was)
        if self.step in ("add", "remove"):
            return record.present(self.slot) if self.step == "remove" else not_(record.present(self.slot))
        return same(value, self.was)


@frozen
class Relaxed:
    """The changeable record, and what holds it to the original."""

    timeline: Timeline
    softs: tuple[Soft, ...]


def relax(
    timeline: Timeline,
    vocabulary: Vocabulary,
    kinds: frozenset[str],
    candidates: Iterable[Slot] = (),
    stays: Stays = nobody_chooses,
) -> Relaxed:
    """Opens the events of the given kinds, and adds the candidates as events that did not happen so far."""
    softs: list[Soft] = []
    slots: list[Slot] = []
    last = timeline.as_of if isinstance(timeline.as_of, int) else timeline.as_of.hi
    for slot in timeline.slots:
        opened, found = _open(slot, vocabulary, timeline, last, stays) if slot.kind in kinds else (slot, [])
        slots.append(opened)
        softs.extend(found)
    for slot in candidates:
        added = evolve(slot, occurred=None, phantom=True)
        slots.append(added)
        softs.append(Soft(f"events[{slot.index}].occurred", "add", added, False))
    return Relaxed(evolve(timeline, slots=tuple(slots)), tuple(softs))


def _open(slot: Slot, vocabulary: Vocabulary, timeline: Timeline, last: int, stays: Stays) -> tuple[Slot, list[Soft]]:
    opened, path = slot, f"events[{slot.index}]"
    softs: list[tuple[str, Step, Value, str]] = []
    if isinstance(slot.date, int) and not stays(slot, "date"):
        opened = evolve(opened, date=_around(slot.date, last))
        softs.append(("date", "move", slot.date, ""))
    attrs = dict(slot.attrs)
    for name, value in slot.attrs.items():
        if isinstance(value, Days | OneOf | OpenItems | FromDate) or stays(slot, name):
            continue
        attribute = vocabulary.kinds[slot.kind].attributes[name]
        domain = None if attribute.stipulated else _domain(attribute, vocabulary, timeline, value, last)
        if domain is None:
            continue
        attrs[name] = domain
        softs.extend(_attribute_softs(name, domain, value))
    opened = evolve(opened, attrs=attrs)
    if slot.occurred and not stays(slot, "occurred"):
        opened = evolve(opened, occurred=None)
        softs.append(("occurred", "remove", True, ""))
    return opened, [Soft(f"{path}.{name}", step, opened, was, item) for name, step, was, item in softs]


def _attribute_softs(name: str, domain: Open, value: Value) -> Iterator[tuple[str, Step, Value, str]]:
    if isinstance(domain, OpenItems):
        yield from ((name, "set", value, item) for item in sorted(domain.maybe))
    else:
        yield name, "set", value, ""


def _around(day: int, last: int) -> Days:
    return Days(((day - REACH, max(day, min(day + REACH, last))),))


def _domain(
    attribute: Attribute, vocabulary: Vocabulary, timeline: Timeline, value: Value, last: int
) -> OneOf | OpenItems | None:
    """What the attribute might have been; None where there is no other value."""
    found: tuple[Value, ...]
    match attribute.type:
        case Bool():
            found = (value, not value)
        case Enum(name=name):
            found = (value, *(other for other in vocabulary.enumerations[name].values if other != value))
        case Position():
            found = (value, *(other for other in sorted(timeline.positions) if other != value))
        case Items(name=name):
            return OpenItems(frozenset(), frozenset(vocabulary.enumerations[name].values))
        case Date() if isinstance(value, int):
            found = (value, *(day for day in range(value - REACH, min(value + REACH, last) + 1) if day != value))
        case _:
            return None
    return OneOf(found) if len(found) > 1 else None
