"""A complete record of one officer: what a norm is evaluated on. Nothing here is uncertain (see timeline/)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from compliance.calendar.days import NEVER
from compliance.norm.types import Value


@frozen(eq=False)
class Event:
    """One dated event; two events are the same only if they are the same object."""

    kind: str
    date: int
    attrs: Mapping[str, Value]
    index: int
    """Where the event stands in its file (0-based); it orders nothing, it only names."""


@frozen
class Facts:
    """The officer, the positions, the events and the constants of the case.

    `as_of`: the last day up to which the record is known. `in_force` and `replaced`: the first day of the version
    and the first day on which it is no longer the version (ordinals; `replaced` is NEVER for the newest).
    """

    officer: Mapping[str, Value]
    positions: Mapping[str, Mapping[str, Value]]
    events: tuple[Event, ...]
    as_of: int
    in_force: int = 1
    replaced: int = NEVER
    by_kind: Mapping[str, tuple[Event, ...]] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        groups: dict[str, list[Event]] = {}
        for event in sorted(self.events, key=lambda e: (e.date, e.index)):
            groups.setdefault(event.kind, []).append(event)
        object.__setattr__(self, "by_kind", {kind: tuple(events) for kind, events in groups.items()})
