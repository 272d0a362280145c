"""Versions of the law and the days on which they are in force, the publication day known or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias, assert_never

from attrs import field, frozen

from compliance.calendar.days import NEVER, add_days, format_iso
from compliance.norm.vocabulary import Words
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place

NOTHING_PUBLISHED: Final[Mapping[str, int]] = MappingProxyType({})


@frozen
class FixedDay:
    """In force from a day that the act names."""

    day: int


@frozen
class AfterPublication:
    """In force `plus_days` after the first official publication, which lies between two days."""

    earliest: int
    latest: int
    plus_days: int


InForce: TypeAlias = FixedDay | AfterPublication


@frozen
class Window:
    """The days, both included, of which one is the first day of a version."""

    lo: int
    hi: int

    @property
    def certain(self) -> bool:
        return self.lo == self.hi


END_OF_TIME: Final = Window(NEVER, NEVER)


@frozen
class Version:
    """One version of the law: the act that made it, and when it takes effect."""

    id: str
    title: Words
    act: str
    signed: int
    in_force: InForce
    place: Place | None = field(default=None, eq=False, repr=False, kw_only=True)


def window(version: Version, published: int | None = None) -> Window:
    """The days on which the version can have come into force; one day where the publication day is given.

    Raises `Problems` where the given day lies outside the days on which publication was possible.
    """
    match version.in_force:
        case FixedDay(day=day):
            return Window(day, day)
        case AfterPublication(earliest=earliest, latest=latest, plus_days=plus):
            if published is None:
                return Window(add_days(earliest, plus), add_days(latest, plus))
            if not earliest <= published <= latest:
                _refuse(version, published, earliest, latest)
            return Window(add_days(published, plus), add_days(published, plus))
        case _:
            assert_never(version.in_force)


def replaced(versions: Sequence[Version], version: Version, published: Mapping[str, int] = NOTHING_PUBLISHED) -> Window:
    """The days of which one is the first on which the version is the version no longer; never for the newest."""
    at = [each.id for each in versions].index(version.id)
    if at + 1 == len(versions):
        return END_OF_TIME
    following = versions[at + 1]
    return window(following, published.get(following.id))


def versions_on(
    versions: Sequence[Version], day: int, published: Mapping[str, int] = NOTHING_PUBLISHED
) -> tuple[Version, ...]:
    """The versions that can be in force on a day, the oldest first.

    One where it is certain, two inside a window (the day is then judged by both), none before the first version.
    """
    possible = []
    for version in versions:
        begins = window(version, published.get(version.id))
        ends = replaced(versions, version, published)
        if begins.lo <= day < ends.hi:
            possible.append(version)
    return tuple(possible)


def is_settled(versions: Sequence[Version], day: int, published: Mapping[str, int] = NOTHING_PUBLISHED) -> bool:
    """Whether it is certain which version, if any, is in force on a day."""
    return all(
        not begins.lo <= day < begins.hi
        for begins in (window(version, published.get(version.id)) for version in versions)
    )


def _refuse(version: Version, published: int, earliest: int, latest: int) -> None:
    days = {name: format_iso(day) for name, day in (("day", published), ("first", earliest), ("last", latest))}
    Collector().fail("law.publication-day", None, version=version.id, **days)
