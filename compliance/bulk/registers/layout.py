"""How a foreign register says what ours says: its headings, its words, its ways to write a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from compliance.norm.types import Bool, Enum, Items
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.source.suggest import fold

MARKS: Final = ("complete", "may_be_missing")
"""Columns of an officer's profile: whether his record closes acts, and which kinds it may be missing."""

OWN: Final = ("officer_id", "event", "date", "occurred", "attrs", "name", *MARKS)
"""Columns beside the attributes of the vocabulary. `name` is the officer's, to tell two people under one id."""

PROFILE: Final = ("profile", "position")
"""Rows that are no events: what is known of an officer, or of a post."""

TRUE: Final = frozenset(map(fold, ("true", "yes", "1", "да", "истина")))
FALSE: Final = frozenset(map(fold, ("false", "no", "0", "нет", "ложь")))
UNKNOWN: Final = frozenset(map(fold, ("unknown", "неизвестно")))
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@frozen
class Wide:
    """A column of a wide table that holds the day of one kind of event."""

    column: str
    event: str
    constants: Mapping[str, str] = field(factory=dict)
    """Attributes with a fixed value."""
    columns: Mapping[str, str] = field(factory=dict)
    """Attributes that stand in a column of their own."""


@frozen
class Layout:
    """A mapping; an empty one takes registers that use our own names."""

    columns: Mapping[str, str] = NOTHING
    """Heading to the name of a column of ours."""
    events: Mapping[str, str] = NOTHING
    values: Mapping[str, Mapping[str, str]] = field(factory=dict)
    """By attribute, foreign words to ours; under `actor` for every attribute that names an actor."""
    dates: tuple[str, ...] = ()
    """Further ways to write a date, such as `DD.MM.YYYY`."""
    wide: tuple[Wide, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    table: str | None = None
    ignored: tuple[str, ...] = ()
    """Headings that are left out on purpose."""
    officers: str | None = None
    positions: str | None = None


def canonical_columns(vocabulary: Vocabulary) -> tuple[str, ...]:
    """Every name a column may have."""
    kinds = (name for kind in vocabulary.kinds.values() for name in kind.attributes)
    return tuple(dict.fromkeys((*OWN, *kinds, *vocabulary.officer, *vocabulary.position)))


def named(heading: str, layout: Layout, known: Iterable[str]) -> str | None:
    """The column of ours that a heading stands for, if it is one: by the mapping, or by our own name for it."""
    if heading in layout.columns:
        return layout.columns[heading]
    wanted = fold(heading)
    return next((name for name in known if fold(name) == wanted), None)


def attributes_named(name: str, vocabulary: Vocabulary) -> list[Attribute]:
    """Every attribute of that name: of some kind of event, of the officer, of a post."""
    holders = [kind.attributes for kind in vocabulary.kinds.values()] + [vocabulary.officer, vocabulary.position]
    return [holder[name] for holder in holders if name in holder]


def word_table(name: str, layout: Layout, vocabulary: Vocabulary) -> dict[str, str]:
    """What the words of a column mean: those of the mapping, and the official ones in both languages."""
    found: dict[str, str] = {}
    for attribute in attributes_named(name, vocabulary):
        type_ = attribute.type
        if isinstance(type_, Bool):
            found |= {**dict.fromkeys(TRUE, "true"), **dict.fromkeys(FALSE, "false")}
        if isinstance(type_, Enum | Items):
            for value, words in vocabulary.enumerations[type_.name].values.items():
                found |= {fold(word): value for word in (words.en, words.ru, words.en.removeprefix("the "), value)}
            if type_.name == "actor":
                found |= {fold(word): value for word, value in layout.values.get("actor", NOTHING).items()}
    found |= {fold(word): value for word, value in layout.values.get(name, NOTHING).items()}
    return found


def event_table(layout: Layout, vocabulary: Vocabulary) -> dict[str, str]:
    """What the words of the column `event` mean."""
    found = {fold(word): word for word in PROFILE}
    for kind in vocabulary.kinds.values():
        found |= {fold(word): kind.name for word in (kind.words.en, kind.words.ru, kind.name)}
    return found | {fold(word): kind for word, kind in layout.events.items()}
