"""Records of which nothing is known but a bound on the number of events of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from compliance.calendar.days import day
from compliance.calendar.quarters import quarter_of
from compliance.norm.types import Bool, Date, Enum, Items, Position, Quarter, Ref, Value
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.timeline.model import Days, OneOf, Open, OpenItems, Slot, Timeline

FIRST: Final = day(2026, 1, 1)
LAST: Final = day(2035, 12, 31)
"""The days between which a finite search looks for a story."""


def any_value(
    attribute: Attribute, vocabulary: Vocabulary, posts: tuple[str, ...], refs: tuple[str, ...], days: tuple[int, int]
) -> Open:
    """Every value of an attribute; one that an author only stipulates has its default."""
    if attribute.stipulated:
        return attribute.value
    match attribute.type:
        case Bool():
            values: tuple[Value, ...] = (False, True)
        case Enum(name=name):
            values = tuple(vocabulary.enumerations[name].values)
        case Items(name=name):
            return OpenItems(frozenset(), frozenset(vocabulary.enumerations[name].values))
        case Position():
            values = posts
        case Ref():
            values = refs
        case Quarter():
            values = tuple(range(quarter_of(days[0]), quarter_of(days[1]) + 1))
        case Date() if attribute.optional:
            values = tuple(range(days[0], days[1] + 1))
        case Date():
            return Days((days,))
        case _:
            raise AssertionError(f"no attribute has the type {attribute.type}")
    return OneOf((*values, None) if attribute.optional else values)


def any_slot(
    kind: str, vocabulary: Vocabulary, index: int, posts: tuple[str, ...], refs: tuple[str, ...], days: tuple[int, int]
) -> Slot:
    """An event of a kind that may have happened, on any day and with any attributes."""
    attributes = vocabulary.kinds[kind].attributes
    attrs = {name: any_value(attribute, vocabulary, posts, refs, days) for name, attribute in attributes.items()}
    return Slot(kind, Days((days,)), attrs, index, occurred=None)


def symbolic(
    vocabulary: Vocabulary,
    kinds: Iterable[str],
    slots: int,
    days: tuple[int, int] = (FIRST, LAST),
    plain: bool = False,
) -> Timeline:
    """All records with at most `slots` events of each of the kinds, between two days.

    In `plain` ones one post is spoken of, and no act names a quarter that it need not name.
    """
    posts = ("post1",) if plain else tuple(f"post{i + 1}" for i in range(slots + 1))
    refs = tuple(f"r{i + 1}" for i in range(slots))
    order = [kind for kind in vocabulary.kinds if kind in set(kinds)]
    made = [any_slot(kind, vocabulary, 0, posts, refs, days) for kind in order for _ in range(slots)]
    numbered = tuple(
        Slot(slot.kind, slot.date, _plain(slot, vocabulary) if plain else slot.attrs, index, occurred=None)
        for index, slot in enumerate(made)
    )
    owners = {name: any_value(each, vocabulary, posts, refs, days) for name, each in vocabulary.officer.items()}
    post = {name: any_value(each, vocabulary, posts, refs, days) for name, each in vocabulary.position.items()}
    return Timeline(owners, dict.fromkeys(posts, post), numbered, Days((days,)))


def _plain(slot: Slot, vocabulary: Vocabulary) -> dict[str, Open]:
    attributes = vocabulary.kinds[slot.kind].attributes
    unsaid = {name for name, each in attributes.items() if isinstance(each.type, Quarter) and each.optional}
    return {name: None if name in unsaid else value for name, value in slot.attrs.items()}


__all__ = ["FIRST", "LAST", "any_slot", "any_value", "symbolic"]
