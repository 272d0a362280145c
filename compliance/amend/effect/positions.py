"""The abstract positions of model/positions.yaml: records made for one day of the cohort and one first day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from compliance.calendar.quarters import quarter_of
from compliance.law.read_rules import both_languages
from compliance.norm.facts import Event, Facts
from compliance.norm.types import Bool, Enum, Items, Position, Value
from compliance.norm.vocabulary import Attribute, Vocabulary, Words
from compliance.source.data import model_path
from compliance.source.diagnostic import Collector
from compliance.source.reader import Node, Scalar, read_yaml
from compliance.source.shape import Fields, as_mapping

EACH: Final = "{each}"
_DAY: Final = re.compile(r"\s*(?P<base>[DT])\s*(?:(?P<sign>[+-])\s*(?P<days>\d{1,5}))?\s*")
NO_WORDS: Final = Words("", "")


@frozen
class Made:
    """An event of a position before its days are known."""

    kind: str
    on: str
    attrs: Mapping[str, str]


@frozen
class Act:
    """What may be tried in a position: a row of events, perhaps once for every value of an enumeration."""

    id: str
    says: Words
    events: tuple[Made, ...]
    each: str = ""
    exit: bool = False
    vary: tuple[str, ...] = ()


@frozen
class Tried:
    """One act with its value: the ways in which it can be done, the usual one first."""

    id: str
    says: Words
    ways: tuple[tuple[Made, ...], ...]


@frozen
class Stand:
    """One position: its events, the acts to be tried, and how a clause speaks of those who are in it."""

    id: str
    says: Words
    events: tuple[Made, ...]
    acts: tuple[str, ...]
    persons: str
    called: tuple[str, ...]

    @property
    def varies(self) -> bool:
        """Whether the day D plays a part."""
        return any("D" in made.on for made in self.events)


@frozen
class Positions:
    """The content of the file."""

    stands: tuple[Stand, ...]
    acts: Mapping[str, Act]
    posts: Mapping[str, Mapping[str, bool]]
    saving_clause: str

    def tried(self, names: Iterable[str], vocabulary: Vocabulary, others: frozenset[str]) -> Iterator[Tried]:
        """The acts of these names, value by value; `others` are words that may stand in attributes that vary."""
        for name in names:
            act = self.acts[name]
            values = vocabulary.enumerations[act.each].values if act.each else {"": NO_WORDS}
            for value, words in values.items():
                said = Words(act.says.en.replace(EACH, words.en), act.says.ru.replace(EACH, words.ru))
                yield Tried(value or act.id, said, tuple(_ways(act, value, vocabulary, others)))

    def exits(self, vocabulary: Vocabulary, others: frozenset[str]) -> Iterator[Tried]:
        """The acts that end a position."""
        return self.tried([act.id for act in self.acts.values() if act.exit], vocabulary, others)


def _ways(act: Act, value: str, vocabulary: Vocabulary, others: frozenset[str]) -> Iterator[tuple[Made, ...]]:
    events = tuple(
        evolve(made, attrs={name: each.replace(EACH, value) for name, each in made.attrs.items()})
        for made in act.events
    )  # fmt: skip
    yield events
    last = events[-1]
    for name in act.vary:
        attribute = vocabulary.kinds[last.kind].attributes[name]
        known = vocabulary.enumerations[attribute.type.name].values if isinstance(attribute.type, Enum) else {}
        for other in known:
            if other in others and other != last.attrs.get(name):
                yield (*events[:-1], evolve(last, attrs={**last.attrs, name: other}))


# reading ------------------------------------------------------------------------------------------------------


def read_positions() -> Positions:
    """The file; raises `Problems`."""
    collector = Collector()
    fields = Fields(read_yaml(model_path("positions.yaml")), collector, allowed=(),
                    required=("posts", "acts", "saving_clause", "positions"))  # fmt: skip
    acts = {act.id: act for act in fields.list_of("acts", _act)}
    posts = {name.text: _flags(node, collector) for name, node in _entries(fields.node("posts"), collector)}
    found = Positions(fields.list_of("positions", _stand), acts, posts, fields.text("saving_clause", ""))
    for stand in found.stands:
        for name in stand.acts:
            if name not in acts:
                collector.unknown("effect.unknown-try", fields.place_of("positions"), name, acts)
    collector.raise_if_any()
    return found


def _entries(node: Node | None, collector: Collector) -> tuple[tuple[Scalar, Node], ...]:
    mapping = as_mapping(node, collector) if node is not None else None
    return tuple(mapping.entries) if mapping else ()


def _flags(node: Node, collector: Collector) -> dict[str, bool]:
    fields = Fields(node, collector, allowed=tuple(name.text for name, _ in _entries(node, collector)))
    return {name.text: fields.boolean(name.text, False) for name, _ in _entries(node, collector)}


def _act(node: Node, collector: Collector) -> Act | None:
    fields = Fields(node, collector, allowed=("each", "exit", "vary"), required=("id", "says", "events"))
    says = fields.read("says", both_languages)
    if says is None:
        return None
    return Act(fields.text("id", ""), says, fields.list_of("events", _made), fields.text("each", ""),
               fields.boolean("exit", False), fields.texts("vary"))  # fmt: skip


def _stand(node: Node, collector: Collector) -> Stand | None:
    required = ("id", "says", "persons", "called", "events", "acts")
    fields = Fields(node, collector, allowed=(), required=required)
    says = fields.read("says", both_languages)
    if says is None:
        return None
    return Stand(fields.text("id", ""), says, fields.list_of("events", _made), fields.texts("acts"),
                 fields.text("persons", ""), fields.texts("called"))  # fmt: skip


def _made(node: Node, collector: Collector) -> Made | None:
    pairs = {name.text: value.text for name, value in _entries(node, collector) if isinstance(value, Scalar)}
    if not {"event", "on"} <= pairs.keys() or not _DAY.fullmatch(pairs["on"]):
        collector.error("source.missing-key", node.place, word="on")
        return None
    return Made(pairs.pop("event"), pairs.pop("on"), pairs)


# records ------------------------------------------------------------------------------------------------------


def record(stand: Stand, known: Positions, day: int, first: int, vocabulary: Vocabulary) -> Facts | None:
    """The record of a position for a day D, as known on the first day of the new version; events lie before it."""
    events = tuple(_event(made, day, first, at, known, vocabulary) for at, made in enumerate(stand.events))
    if any(event.date >= first for event in events):
        return None
    officer = {name: _usual(each, known, vocabulary) for name, each in vocabulary.officer.items()}
    posts = {
        name: {key: given.get(key, _usual(each, known, vocabulary)) for key, each in vocabulary.position.items()}
        for name, given in known.posts.items()
    }
    return Facts(officer, posts, events, first)


def with_events(facts: Facts, made: Iterable[Made], day: int, known: Positions, vocabulary: Vocabulary) -> Facts:
    """The record with further acts, all on one day, known up to that day."""
    start = len(facts.events)
    new = tuple(_event(each, day, day, start + at, known, vocabulary) for at, each in enumerate(made))
    return evolve(facts, events=(*facts.events, *new), as_of=max(facts.as_of, day))


def _event(made: Made, day: int, first: int, index: int, known: Positions, vocabulary: Vocabulary) -> Event:
    found = _DAY.fullmatch(made.on)
    assert found is not None
    on = (day if found["base"] == "D" else first) + int(f"{found['sign']}{found['days']}" if found["days"] else 0)
    attributes = vocabulary.kinds[made.kind].attributes
    attrs: dict[str, Value] = {}
    for name, attribute in attributes.items():
        if name in made.attrs:
            attrs[name] = made.attrs[name]
        elif attribute.default == "date":
            attrs[name] = on
        elif attribute.default == "quarter_of_date":
            attrs[name] = quarter_of(on)
        elif attribute.stipulated:
            attrs[name] = not attribute.value
        else:
            attrs[name] = _usual(attribute, known, vocabulary)
    return Event(made.kind, on, attrs, index)


def _usual(attribute: Attribute, known: Positions, vocabulary: Vocabulary) -> Value:
    if attribute.default == "value":
        return attribute.value
    if attribute.default == "none":
        return None
    match attribute.type:
        case Bool():
            return False
        case Enum(name=name):
            return next(iter(vocabulary.enumerations[name].values))
        case Items(name=name):
            return frozenset(vocabulary.enumerations[name].values)
        case Position():
            return next(iter(known.posts))
        case _:
            return None


__all__ = ["Made", "Positions", "Stand", "Tried", "read_positions", "record", "with_events"]
