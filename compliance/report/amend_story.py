"""The stories of an amendment's report, told day by day in the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from compliance.amend.address import cite
from compliance.calendar.quarters import parse_quarter
from compliance.law.citation import citation
from compliance.norm.phrases import say_quarter
from compliance.norm.types import Bool, Enum, Quarter, Value
from compliance.norm.vocabulary import Attribute, Lang, Vocabulary
from compliance.report.amend_words import word
from compliance.source.diagnostic import Problems

Lines = tuple[tuple[str, str], ...]
"""Days with what happened on them."""

ACTOR: Final = "actor"
"""The enumeration of those who act: a line says what was done, by whom only the norms say."""


Usual = Callable[[str, Attribute], Value]
"""Who usually does something: the value of an attribute that a story need not say."""


def told(
    story: Mapping[str, Any],
    vocabulary: Vocabulary,
    lang: Lang,
    name: Callable[[str], str],
    last: str,
    usual: Usual | None = None,
) -> Lines:
    """A story of a finding; `last` says what the last known day is, where it lies after the last event.

    Who acted is said where it is not who `usual` says; without that, never.
    """
    events = story["events"]
    lines = [(event["date"], _event(event, vocabulary, lang, name, usual)) for event in events]
    who = _officer(story.get("officer", {}), vocabulary, lang)
    if who and lines:
        lines[0] = (lines[0][0], f"{lines[0][1]} [{who}]")
    if not lines or lines[-1][0] != story["as_of"]:
        lines.append((story["as_of"], word(last, lang)))
    return tuple(lines)


def _event(
    event: Mapping[str, Any], vocabulary: Vocabulary, lang: Lang, name: Callable[[str], str], usual: Usual | None
) -> str:
    kind = vocabulary.kinds[event["event"]]
    parts = [
        said
        for key, attribute in kind.attributes.items()
        if key in event
        and (_is_told(attribute) or _unusual(event, attribute, usual))
        and (said := _said(event[key], attribute, vocabulary, lang, name))
    ]
    return f"{kind.words[lang]} ({', '.join(parts)})" if parts else kind.words[lang]


def _unusual(event: Mapping[str, Any], attribute: Attribute, usual: Usual | None) -> bool:
    """Whether somebody acted who usually does not."""
    if usual is None or attribute.stipulated or not isinstance(attribute.type, Enum) or attribute.type.name != ACTOR:
        return False
    return bool(event[attribute.name] != usual(event["event"], attribute))


def _is_told(attribute: Attribute) -> bool:
    of = attribute.type
    if attribute.stipulated:
        return False
    return isinstance(of, Bool | Quarter) or (isinstance(of, Enum) and of.name != ACTOR)


def _officer(officer: Mapping[str, Any], vocabulary: Vocabulary, lang: Lang) -> str:
    """What is special about the officer: what has the first value that there is, is not."""
    return ", ".join(_special(officer, vocabulary, lang))


def _special(officer: Mapping[str, Any], vocabulary: Vocabulary, lang: Lang) -> Iterator[str]:
    for key, attribute in vocabulary.officer.items():
        values = vocabulary.enumerations[attribute.type.name].values if isinstance(attribute.type, Enum) else {}
        given = str(officer.get(key))
        if given in values and given != next(iter(values)):
            yield values[given][lang]


def _said(
    value: object, attribute: Attribute, vocabulary: Vocabulary, lang: Lang, name: Callable[[str], str]
) -> str:  # fmt: skip
    if isinstance(attribute.type, Bool):
        return attribute.words[lang] if value is True else ""
    if isinstance(attribute.type, Quarter):
        return say_quarter(parse_quarter(str(value)), lang)
    if not isinstance(attribute.type, Enum):
        return str(value)
    if (shown := name(str(value))) != value:
        return citation(shown, lang)
    words = vocabulary.enumerations[attribute.type.name].values.get(str(value))
    return words[lang] if words else str(value)


def cited(units: tuple[str, ...], lang: Lang) -> str:
    """Units as a person names them; what is no unit stays as it is."""
    return ", ".join(_citations(units, lang))


def _citations(units: tuple[str, ...], lang: Lang) -> Iterator[str]:
    for unit in units:
        try:
            yield citation(unit, lang)
        except Problems:
            yield cite(unit, lang)


__all__ = ["Lines", "cited", "told"]
