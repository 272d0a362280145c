"""Makes records of complete facts, so that a story that was found can be saved and checked like any other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from compliance.norm.facts import Facts
from compliance.norm.types import Position, Ref, Value
from compliance.norm.vocabulary import Vocabulary
from compliance.timeline.attributes import REF
from compliance.timeline.case import Case
from compliance.timeline.model import Slot, Timeline
from compliance.timeline.record import can_name_position


def case_of(facts: Facts, vocabulary: Vocabulary, officer_id: str = "A-1", file: str = "story.yaml") -> Case:
    """A case with the record of the facts."""
    return Case(file, officer_id, timeline_of(facts, vocabulary), facts.as_of, vocabulary)


def timeline_of(facts: Facts, vocabulary: Vocabulary) -> Timeline:
    """The record of the facts: events in order of day and numbered anew, names that no file can hold replaced."""
    posts = _names(facts.positions, can_name_position, "post")
    refs = _names(_refs(facts, vocabulary), lambda name: REF.fullmatch(name) is not None, "ref")
    slots = []
    for index, event in enumerate(sorted(facts.events, key=lambda event: (event.date, event.index))):
        attributes = vocabulary.kinds[event.kind].attributes
        attrs: dict[str, Value] = {}
        for name, attribute in attributes.items():
            value = event.attrs[name]
            if isinstance(value, str) and isinstance(attribute.type, Position | Ref):
                value = (posts if isinstance(attribute.type, Position) else refs)[value]
            attrs[name] = value
        slots.append(Slot(event.kind, event.date, attrs, index))
    return Timeline(
        officer=dict(facts.officer),
        positions={posts[name]: dict(attrs) for name, attrs in facts.positions.items()},
        slots=tuple(slots),
        as_of=facts.as_of,
        in_force=facts.in_force,
        replaced=facts.replaced,
    )


def _refs(facts: Facts, vocabulary: Vocabulary) -> Iterable[str]:
    for event in facts.events:
        for name, attribute in vocabulary.kinds[event.kind].attributes.items():
            value = event.attrs[name]
            if isinstance(attribute.type, Ref) and isinstance(value, str):
                yield value


def _names(names: Iterable[str], fits: Callable[[str], bool], word: str) -> Mapping[str, str]:
    """The names by themselves where they fit, numbered words for the others."""
    known = dict.fromkeys(names)
    free = (new for number in range(1, 2 * len(known) + 2) if (new := f"{word}_{number}") not in known)
    return {name: name if fits(name) else next(free) for name in known}
