"""Says what an uncertain fact is: from its path to the words of the vocabulary, with the line of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from compliance.norm.types import Bool, Enum, Items
from compliance.norm.vocabulary import Attribute, Lang, Vocabulary
from compliance.source.loc import Place
from compliance.timeline.defaults import UNDECLARED
from compliance.timeline.model import Slot

_EVENT: Final = re.compile(r"events\[([0-9]+)\]\.([a-z_]+)(?:\.(.+))?")

_WORDS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "as_of": {"en": "the day up to which facts are known", "ru": "день, до которого известны факты"},
    "in_force": {
        "en": "the day on which the Rules entered into force (the day of first official publication is not given)",
        "ru": "день введения Правил в действие (день первого официального опубликования не указан)",
    },
    "line": {"en": " (line {line})", "ru": " (строка {line})"},
    "recorded": {"en": "the {event}", "ru": "событие «{event}»"},
    "unrecorded": {"en": "the unrecorded {event}", "ru": "незаписанное событие «{event}»"},
    "date_recorded": {"en": "the day of the {event}", "ru": "день события «{event}»"},
    "date_unrecorded": {"en": "the day of the unrecorded {event}", "ru": "день незаписанного события «{event}»"},
    "occurred_recorded": {"en": "whether the {event} took place", "ru": "состоялось ли событие «{event}»"},
    "occurred_unrecorded": {
        "en": "whether there was an unrecorded {event}",
        "ru": "было ли незаписанное событие «{event}»",
    },
    "of": {"en": "{owner}: {attribute}", "ru": "{owner}: {attribute}"},
    "truth": {"en": "{owner}: {attribute} or not", "ru": "{owner}: {attribute} или нет"},
    "item": {
        "en": "{owner}: whether {attribute} include {item}",
        "ru": "{owner}, {attribute}: есть ли «{item}»",
    },
    "officer": {"en": "the officer", "ru": "сотрудник"},
    "position": {"en": "the post `{position}`", "ru": "должность `{position}`"},
    "undeclared": {"en": "the post that the record does not name", "ru": "должность, не названная в записи"},
}


def describe(path: str, lang: Lang, vocabulary: Vocabulary, slots: Sequence[Slot], places: Mapping[str, Place]) -> str:
    """What the fact is; the path itself where nothing in the record has it."""
    if path in ("as_of", "in_force"):
        return _WORDS[path][lang]
    if found := _EVENT.fullmatch(path):
        slot = next((slot for slot in slots if slot.index == int(found[1])), None)
        return _of_event(slot, found[2], found[3], lang, vocabulary) if slot else path
    owner, _, name = path.rpartition(".")
    attribute = (vocabulary.officer if owner == "officer" else vocabulary.position).get(name)
    if attribute is None or (owner != "officer" and not owner.startswith("positions.")):
        return path
    line = _line(places.get(path) or places.get(owner), lang)
    return _of(attribute, _owner(owner, lang) + line, None, lang, vocabulary)


def _owner(owner: str, lang: Lang) -> str:
    if owner == "officer":
        return _WORDS["officer"][lang]
    position = owner.removeprefix("positions.")
    return _WORDS["undeclared"][lang] if position == UNDECLARED else _say("position", lang, position=position)


def _of_event(slot: Slot, name: str, item: str | None, lang: Lang, vocabulary: Vocabulary) -> str:
    kind, known = vocabulary.kinds[slot.kind], "unrecorded" if slot.phantom else "recorded"
    line = _line(slot.places.get(name) or slot.place, lang)
    if name == "occurred" and slot.phantom and kind.question:
        return kind.question[lang]
    if name in ("occurred", "date"):
        return _say(f"{name}_{known}", lang, event=kind.words[lang]) + line
    attribute = kind.attributes.get(name)
    if attribute is None:
        return f"events[{slot.index}].{name}"
    return _of(attribute, _say(known, lang, event=kind.words[lang]) + line, item, lang, vocabulary)


def _of(attribute: Attribute, owner: str, item: str | None, lang: Lang, vocabulary: Vocabulary) -> str:
    words = attribute.words[lang]
    if item is not None:
        return _say("item", lang, owner=owner, attribute=words, item=_item(attribute, item, lang, vocabulary))
    return _say("truth" if isinstance(attribute.type, Bool) else "of", lang, owner=owner, attribute=words)


def _item(attribute: Attribute, item: str, lang: Lang, vocabulary: Vocabulary) -> str:
    type_ = attribute.type
    values = vocabulary.enumerations[type_.name].values if isinstance(type_, Items | Enum) else {}
    return values[item][lang] if item in values else item


def _say(what: str, lang: Lang, **fields: str) -> str:
    return _WORDS[what][lang].format(**fields)


def _line(place: Place | None, lang: Lang) -> str:
    return _say("line", lang, line=str(place.line)) if place else ""
