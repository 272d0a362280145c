"""Reads model/vocabulary.yaml: enumerations, kinds of events with their attributes, the officer and positions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from attrs import frozen

from compliance.norm.types import BOOL, DATE, POSITION, QUARTER, REF, Bool, Date, Enum, Items, Quarter, Type, Value
from compliance.norm.vocabulary import Attribute, Default, Enumeration, Kind, Vocabulary, Words
from compliance.source.diagnostic import Collector
from compliance.source.reader import Mapping as MappingNode
from compliance.source.reader import Node, Scalar, read_yaml
from compliance.source.shape import Fields, as_mapping, as_word, as_words

_WORD: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_SIMPLE: Final[Mapping[str, Type]] = {
    "truth": BOOL, "date": DATE, "quarter": QUARTER, "ref": REF, "position": POSITION,
}  # fmt: skip
_TAKEN: Final = ("type", "date", "occurred")
"""Keys that every event of a scenario has; no attribute bears their names."""

_TOP: Final = ("enumerations", "kinds", "groups", "officer", "position", "undeclared_post", "same_actor")
_NEEDED: Final = ("enumerations", "kinds", "officer", "position")
_KIND: Final = ("words", "group", "judgement", "question", "attributes")
_ATTRIBUTE: Final = ("type", "en", "ru", "default", "open_without", "stipulated")


def load_vocabulary(path: Path, shown_as: str | None = None) -> Vocabulary:
    """The vocabulary of a file; raises `Problems` with everything that is wrong in it."""
    return read_vocabulary(read_yaml(path, shown_as=shown_as))


def read_vocabulary(root: Node) -> Vocabulary:
    """The vocabulary that a document describes; raises `Problems` with everything that is wrong in it."""
    collector = Collector()
    top = Fields(root, collector, allowed=_TOP, required=_NEEDED)
    kinds, enumerations = top.node("kinds"), dict(_enumerations(top.node("enumerations"), collector))
    known = kinds.keys if isinstance(kinds, MappingNode) else ()
    reader = _Reader(collector, enumerations, known)
    position = reader.attributes(top.node("position"))
    vocabulary = Vocabulary(
        enumerations=enumerations,
        kinds={name.text: kind for name, node in _entries(kinds, collector) if (kind := reader.kind(name.text, node))},
        groups=reader.groups(top.node("groups")),
        officer=reader.attributes(top.node("officer")),
        position=position,
        same_actor=tuple(pair for pairs in top.list_of("same_actor", reader.same_actor) for pair in pairs),
        undeclared_post=reader.undeclared_post(top.node("undeclared_post"), position),
    )
    collector.raise_if_any()
    return vocabulary


def _entries(node: Node | None, collector: Collector) -> Iterator[tuple[Scalar, Node]]:
    """The entries of a mapping whose keys are words of the law."""
    found = as_mapping(node, collector) if node is not None else None
    for name, value in found.entries if found else ():
        if not _WORD.fullmatch(name.text):
            collector.error("vocabulary.word", name.place, word=name.text)
        yield name, value


def _words(node: Node, collector: Collector) -> Words | None:
    found = as_words(node, collector)
    return Words(found.en, found.ru) if found else None


def _enumerations(node: Node | None, collector: Collector) -> Iterator[tuple[str, Enumeration]]:
    for name, body in _entries(node, collector):
        read = ((value.text, _words(words, collector)) for value, words in _entries(body, collector))
        values = {value: words for value, words in read if words is not None}
        if not values:
            collector.error("vocabulary.empty-enumeration", name.place, word=name.text)
        yield name.text, Enumeration(name.text, values)


@frozen
class _Reader:
    """Reads what may mention the enumerations and the kinds."""

    collector: Collector
    enumerations: Mapping[str, Enumeration]
    kinds: Iterable[str]

    def kind(self, name: str, node: Node) -> Kind | None:
        fields = Fields(node, self.collector, allowed=_KIND, required=("words",))
        attributes = self.attributes(fields.node("attributes"))
        words, question = fields.read("words", _words), fields.read("question", _words)
        if words is None:
            return None
        return Kind(name, words, attributes, fields.boolean("judgement", False), fields.text("group", ""), question)

    def attributes(self, node: Node | None) -> dict[str, Attribute]:
        read = ((name.text, self.attribute(name, body)) for name, body in _entries(node, self.collector))
        return {name: attribute for name, attribute in read if attribute is not None}

    def attribute(self, name: Scalar, node: Node) -> Attribute | None:
        if name.text in _TAKEN:
            self.collector.error("vocabulary.taken", name.place, word=name.text)
        fields = Fields(node, self.collector, allowed=_ATTRIBUTE, required=("type", "en", "ru"))
        node_of_type = fields.node("type")
        found = self.type_of(node_of_type) if node_of_type is not None else None
        english, russian = fields.text("en"), fields.text("ru")
        if found is None or english is None or russian is None:
            return None
        default, value = self.default(fields, found)
        return Attribute(
            name=name.text,
            type=found,
            words=Words(english, russian),
            default=default,
            value=value,
            open_without=fields.word("open_without", self.kinds, "vocabulary.unknown-kind"),
            stipulated=fields.boolean("stipulated", False),
        )

    def type_of(self, node: Node) -> Type | None:
        items = {f"items:{name}": Items(name) for name in self.enumerations}
        word = as_word(node, self.collector, {*_SIMPLE, *self.enumerations, *items}, "vocabulary.unknown-type")
        if word is None:
            return None
        if word in items:
            return items[word]
        return _SIMPLE[word] if word in _SIMPLE else Enum(word)

    def default(self, fields: Fields, type_: Type) -> tuple[Default, Value]:
        """What the attribute is where a record leaves it out."""
        scalar = fields.scalar("default")
        if scalar is None:
            return "unknown", None
        fixed = {f"={word}": value for word, value in self.constants(type_).items()}
        match scalar.text:
            case "none":
                return "none", None
            case "date" if isinstance(type_, Date):
                return "date", None
            case "quarter_of_date" if isinstance(type_, Quarter):
                return "quarter_of_date", None
            case text if text in fixed:
                return "value", fixed[text]
        following = ["date"] * isinstance(type_, Date) + ["quarter_of_date"] * isinstance(type_, Quarter)
        self.collector.unknown("vocabulary.default", scalar.place, scalar.text, ["none", *following, *fixed])
        return "unknown", None

    def constants(self, type_: Type) -> dict[str, Value]:
        """The values of a type that can be written in the vocabulary, by their words."""
        match type_:
            case Bool():
                return {"true": True, "false": False}
            case Enum(name=name):
                return {word: word for word in self.enumerations[name].values}
            case _:
                return {}

    def groups(self, node: Node | None) -> dict[str, frozenset[str]]:
        names = [name.text for name, _ in _entries(node, self.collector)]
        if node is None or not names:
            return {}
        fields = Fields(node, self.collector, allowed=names)
        return {name: frozenset(fields.list_of(name, self.known_kind)) for name in names}

    def known_kind(self, node: Node, collector: Collector) -> str | None:
        return as_word(node, collector, self.kinds, "vocabulary.unknown-kind")

    def same_actor(self, node: Node, collector: Collector) -> list[tuple[str, str, str]] | None:
        fields = Fields(node, collector, allowed=("body", "actors"), required=("body", "actors"))
        body = fields.word("body", self.values("body"))
        actors = fields.list_of("actors", lambda item, _: as_word(item, collector, self.values("actor")))
        if len(actors) < 2:
            collector.error("vocabulary.one-actor", fields.place_of("actors"))
        return [(body, actors[0], other) for other in actors[1:]] if body else None

    def values(self, enumeration: str) -> tuple[str, ...]:
        found = self.enumerations.get(enumeration)
        return tuple(found.values) if found else ()

    def undeclared_post(self, node: Node | None, position: Mapping[str, Attribute]) -> dict[str, Value]:
        if node is None:
            return {}
        fields = Fields(node, self.collector, allowed=position)
        known = {name: self.constants(attribute.type) for name, attribute in position.items() if fields.has(name)}
        words = {name: fields.word(name, values) for name, values in known.items()}
        return {name: known[name][word] for name, word in words.items() if word is not None}
