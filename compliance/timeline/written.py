"""The values of a record as text: dates in EDTF, quarters, sets of items; and lines that break where they may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from compliance.calendar.days import format_iso
from compliance.calendar.quarters import format_quarter
from compliance.norm.types import Date, Items, Quarter, Ref, Value
from compliance.norm.vocabulary import Attribute
from compliance.timeline.defaults import Scope, unknown
from compliance.timeline.edtf import parse_edtf
from compliance.timeline.model import Days, FromDate, OneOf, Open, OpenItems

WIDEST: Final = 118

_PLAIN: Final = re.compile(r"[^\W_](?:[\w ./()№-]*[\w.)])?")
_SHORT: Final = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def text_of(text: str) -> str:
    """A text as a YAML value that stands in any place."""
    return text if _PLAIN.fullmatch(text) else '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if char.isprintable():
        return char
    return f"\\U{ord(char):08x}"


def flow(words: Iterable[str], brackets: str = "{}") -> str:
    """A mapping or a list on one line."""
    return f"{brackets[0]}{', '.join(words)}{brackets[1]}"


def wrapped(start: str, words: Sequence[str], end: str, indent: str) -> list[str]:
    """The words on as few lines as they need, the later ones indented."""
    lines, line = [], start + words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > WIDEST:
            lines.append(line)
            line = indent + word
        else:
            line += f" {word}"
    return [*lines, line + end]


def date_text(date: int | Days, scope: Scope) -> str:
    """A day or an uncertain day, in the shortest form that is read back as the same days."""
    if not isinstance(date, Days):
        return format_iso(date)
    if date == scope.whenever:
        return "unknown"
    return next(
        (form for form in _forms(date) if parse_edtf(form).days(scope.earliest, scope.as_of) == date), _list(date)
    )


def _forms(days: Days) -> list[str]:
    """Ways to write one interval; only some of them say it exactly."""
    if len(days.intervals) > 1:
        return []
    first, last = format_iso(days.lo), format_iso(days.hi)
    return [f"{last[:4]}-XX-XX", f"{last[:7]}-XX", f"../{last}", f"{first}/.."]


def _list(days: Days) -> str:
    parts = ((format_iso(first), format_iso(last)) for first, last in days.intervals)
    return flow((first if first == last else f"{first}..{last}" for first, last in parts), "[]")


def value_tokens(value: Open, attribute: Attribute, scope: Scope, date: int | Days | None) -> list[str]:
    """A value in words between which a line may break."""
    match value:
        case Days() | OneOf() | OpenItems() if value == unknown(attribute.type, scope, date):
            return ["unknown"]
        case Days():
            return [_list(value)]
        case OneOf(values=values):
            return _tokens("{one_of: [", [_single(each, attribute) for each in values], "]}")
        case OpenItems(sure=sure, maybe=maybe):
            first = _tokens("{sure: [", _in_order(sure, attribute, scope), "],")
            return [*first, *_tokens("maybe: [", _in_order(maybe, attribute, scope), "]}")]
        case frozenset():
            return _tokens("[", _in_order(value, attribute, scope), "]")
        case FromDate():
            raise ValueError(f"`{attribute.name}` follows from the day and is left out of a file")
        case _:
            return [_single(value, attribute)]


def _single(value: Value, attribute: Attribute) -> str:
    match value:
        case None if attribute.optional or isinstance(attribute.type, Ref):
            return "none"
        case None:
            raise ValueError(f"`{attribute.name}` must have a value")
        case bool():
            return "true" if value else "false"
        case int() if isinstance(attribute.type, Quarter):
            return format_quarter(value)
        case int() if isinstance(attribute.type, Date):
            return format_iso(value)
        case _:
            return str(value)


def _in_order(items: frozenset[str], attribute: Attribute, scope: Scope) -> list[str]:
    """Items in the order of the vocabulary."""
    assert isinstance(attribute.type, Items), attribute.name
    return [word for word in scope.vocabulary.enumerations[attribute.type.name].values if word in items]


def _tokens(start: str, words: Sequence[str], end: str) -> list[str]:
    """`start`, the words with commas between them, `end`; as words between which a line may break."""
    if not words:
        return [start + end]
    *others, last = words
    tokens = [f"{word}," for word in others] + [last + end]
    return [start + tokens[0], *tokens[1:]]
