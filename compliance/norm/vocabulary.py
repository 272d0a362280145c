"""The words that norms may use: enumerations, kinds of events with their attributes, the officer and positions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from compliance.norm.types import DATE, Type, Value

Lang = Literal["en", "ru"]
Default = Literal["unknown", "none", "value", "date", "quarter_of_date"]


@frozen
class Words:
    """One notion in the two languages of every output."""

    en: str
    ru: str

    def __getitem__(self, lang: Lang) -> str:
        return self.en if lang == "en" else self.ru


@frozen
class Attribute:
    """An attribute of an event, the officer or a position.

    `default` says what an attribute that the record leaves out is: unknown, not given (`none`), a fixed `value`,
    the event's own day (`date`), or the quarter of that day (`quarter_of_date`).
    `optional` attributes may be not given at all. Where the record has no event of the kind `open_without`, such an
    attribute left out is unknown instead. `stipulated` ones are asked for by the author of the record, no facts of
    the world: they are never left open.
    """

    name: str
    type: Type
    words: Words
    default: Default = "unknown"
    value: Value = None
    open_without: str | None = None
    stipulated: bool = False

    @property
    def optional(self) -> bool:
        return self.default == "none"


@frozen
class Kind:
    """A kind of event. `judgement` kinds are never closed by `complete: true`: their absence leaves a fact open.

    `question` asks whether such an event took place at all.
    """

    name: str
    words: Words
    attributes: Mapping[str, Attribute]
    judgement: bool = False
    group: str = ""
    question: Words | None = None

    def type_of(self, attribute: str) -> Type | None:
        if attribute == "date":
            return DATE
        found = self.attributes.get(attribute)
        return found.type if found else None


@frozen
class Enumeration:
    """A closed set of enumerators, each with its words, in a fixed order."""

    name: str
    values: Mapping[str, Words]


@frozen
class Vocabulary:
    """Everything a record can say. `groups` name sets of kinds that a definition's parameter may stand for."""

    enumerations: Mapping[str, Enumeration]
    kinds: Mapping[str, Kind]
    groups: Mapping[str, frozenset[str]]
    officer: Mapping[str, Attribute]
    position: Mapping[str, Attribute]
    same_actor: tuple[tuple[str, str, str], ...] = field(default=())
    """(body, a, b): where the officer's body is `body`, the actors a and b are one person."""

    undeclared_post: Mapping[str, Value] = field(factory=dict)
    """What is known of a post that the record does not declare; all its other attributes are open."""

    def kind_names(self) -> list[str]:
        return sorted(self.kinds)
