"""The abstract positions of model/positions.yaml: records made for one day of the cohort and one first day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from compliance.calendar.quarters import quarter_of
from compliance.norm.facts import Event, Facts
from compliance.norm.types import Bool, Position, Value
from compliance.norm.vocabulary import Attribute, Vocabulary, Words
from compliance.source.data import data_path
from compliance.source.diagnostic import Collector
from compliance.source.reader import Node, Scalar, Sequence, read_yaml
from compliance.source.shape import Fields, as_mapping

POST: Final = "higher"
_DAY: Final = re.compile(r"\s*(?P<base>[DT])\s*(?:(?P<sign>[+-])\s*(?P<days>\d{1,5}))?\s*")


@frozen
class Made:
    """An event of a position before its days are known."""

    kind: str
    on: str
    attrs: Mapping[str, str]


@frozen
class Stand:
    """One position: its events and the acts to be tried."""

    id: str
    says: Words
    events: tuple[Made, ...]
    acts: tuple[str, ...]

    @property
    def varies(self) -> bool:
        """Whether the day D plays a part."""
        return any("D" in made.on for made in self.events)


def read_positions() -> tuple[Stand, ...]:
    """The file; raises `Problems`."""
    root, collector = read_yaml(data_path("model", "positions.yaml")), Collector()
    assert isinstance(root, Sequence)
    found = tuple(_stand(node, collector) for node in root.items)
    collector.raise_if_any()
    return found


def _stand(node: Node, collector: Collector) -> Stand:
    fields = Fields(node, collector, allowed=(), required=("id", "says", "events", "acts"))
    says = fields.node("says")
    inner = Fields(says, collector, allowed=(), required=("en", "ru")) if says else None
    words = Words(inner.text("en", ""), inner.text("ru", "")) if inner else Words("", "")
    return Stand(fields.text("id", ""), words, fields.list_of("events", _made), fields.texts("acts"))


def _made(node: Node, collector: Collector) -> Made | None:
    mapping = as_mapping(node, collector)
    pairs = {name.text: value.text for name, value in (mapping.entries if mapping else ()) if isinstance(value, Scalar)}
    if not {"event", "on"} <= pairs.keys() or not _DAY.fullmatch(pairs["on"]):
        collector.error("source.missing-key", node.place, word="on")
        return None
    return Made(pairs.pop("event"), pairs.pop("on"), pairs)


def record(stand: Stand, day: int, first: int, vocabulary: Vocabulary) -> Facts | None:
    """The record of a position for a day D, as known on the first day of the new version; events lie before it."""
    events = tuple(_event(made, day, first, at, vocabulary) for at, made in enumerate(stand.events))
    if any(event.date >= first for event in events):
        return None
    officer = {name: _usual(each, vocabulary) for name, each in vocabulary.officer.items()}
    post = {name: _usual(each, vocabulary) for name, each in vocabulary.position.items()}
    post |= {name: value for name, value in (("listed", True), ("higher", True), ("first_head", False)) if name in post}
    return Facts(officer, {POST: post}, events, first)


def with_events(facts: Facts, made: Iterator[Made] | tuple[Made, ...], day: int, vocabulary: Vocabulary) -> Facts:
    """The record with further acts, all on one day, known up to that day."""
    start = len(facts.events)
    new = tuple(_event(each, day, day, start + at, vocabulary) for at, each in enumerate(made))
    return evolve(facts, events=(*facts.events, *new), as_of=max(facts.as_of, day))


def _event(made: Made, day: int, first: int, index: int, vocabulary: Vocabulary) -> Event:
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
            attrs[name] = _usual(attribute, vocabulary)
    return Event(made.kind, on, attrs, index)


def _usual(attribute: Attribute, vocabulary: Vocabulary) -> Value:
    from compliance.norm.types import Enum, Items

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
            return POST
        case _:
            return None


__all__ = ["POST", "Made", "Stand", "read_positions", "record", "with_events"]
