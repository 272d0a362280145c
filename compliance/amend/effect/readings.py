"""Under which readings a finding holds: the default profile first, then each reading that was consulted, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from compliance.amend.effect.meaning import difference
from compliance.amend.effect.trouble import Sides
from compliance.norm.program import Profile

T = TypeVar("T")

Alternative = tuple[str, str]
"""A reading and another value of it than the default one."""


@frozen(eq=False)
class Under:
    """How far a finding holds over the readings: `absent` where it does not, though it does by default; `only` the
    alternatives under which alone it does."""

    absent: tuple[Alternative, ...] = ()
    only: tuple[Alternative, ...] = ()

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that it turns on."""
        return tuple(dict.fromkeys(reading for reading, _ in (*self.absent, *self.only)))


ALWAYS = Under()


def alternatives(sides: Sides) -> tuple[Alternative, ...]:
    """The readings under another value of which a norm that differs says something else."""
    consulted = (*sides.old.sensitive(sides.found.gone), *sides.new.sensitive(sides.found.come))
    order = {name: at for at, name in enumerate(sides.found.new.readings)}
    return tuple(sorted(dict.fromkeys(consulted), key=lambda each: order[each[0]]))


def turned(sides: Sides, other: Alternative) -> Sides:
    """The two laws under an alternative; asked about are the norms that it touches."""
    reading, value = other
    profile: Profile = {**sides.found.profile, reading: value}
    old, new = sides.old.under(profile), sides.new.under(profile)
    found = difference(sides.found.old, sides.found.new, profile, old.meanings, new.meanings)
    norms = (*sides.found.come, *found.come)
    touched = frozenset(norm.id for norm in norms if sides.new.otherwise(reading, value, norm.typed))
    return Sides(found, old, new, touched)


@frozen(eq=False)
class Tally:
    """What was found under the default profile and under each alternative, by key."""

    usual: Mapping[Any, Any]
    by_alternative: Mapping[Alternative, Mapping[Any, Any]] = field(factory=dict)

    def under(self, key: Any) -> Under:
        """Where a finding of this key holds."""
        if key in self.usual:
            return Under(absent=tuple(a for a, found in self.by_alternative.items() if key not in found))
        return Under(only=tuple(a for a, found in self.by_alternative.items() if key in found))

    def others(self) -> Iterator[tuple[Any, Any]]:
        """What was found under alternatives alone, as first found."""
        seen: dict[Any, Any] = {}
        for found in self.by_alternative.values():
            for key, each in found.items():
                if key not in self.usual:
                    seen.setdefault(key, each)
        yield from seen.items()


def keyed(found: Iterable[T], key: Callable[[T], Any]) -> dict[Any, T]:
    """Findings by key, the first of each."""
    out: dict[Any, T] = {}
    for each in found:
        out.setdefault(key(each), each)
    return out


__all__ = ["ALWAYS", "Alternative", "Tally", "Under", "alternatives", "keyed", "turned"]
