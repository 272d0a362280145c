"""Where the text of the Rules cites the Rules: «подпунктом 3) пункта 18 настоящих Правил»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import frozen

from compliance.law.citation import is_within, parse_citation, parse_unit_id
from compliance.law.model import Unit
from compliance.source.diagnostic import Problems

_NUMBER: Final = r"[1-9][0-9]*(?:-[1-9][0-9]*)*"
_STEP: Final = rf"(?:подпункт\w* {_NUMBER}\)|част\w+ \w+|абзац\w* \w+|предложени\w+ \w+)"
_CITATION: Final = re.compile(rf"((?:{_STEP} )*пункт\w* {_NUMBER}) настоящих Правил", re.IGNORECASE)
_WITHIN_POINT: Final = re.compile(rf"((?:{_STEP} )*{_STEP}) настоящего пункта", re.IGNORECASE)


@frozen
class Reference:
    """A citation of the Rules in the words of one of their units: the unit that cites, the words, what they name."""

    unit: str
    words: str
    target: str
    start: int
    """Where the words begin in the Russian text of the unit."""


def references(unit: Unit) -> tuple[Reference, ...]:
    """The citations of other units in the Russian words of a unit, in the order of the text."""
    point = parse_unit_id(unit.id)
    own = type(point)(point.point)
    found = [(match, None) for match in _CITATION.finditer(unit.text.ru)]
    inner = [(match, own) for match in _WITHIN_POINT.finditer(unit.text.ru)]
    read = []
    for match, within in sorted([*found, *inner], key=lambda pair: pair[0].start()):
        try:
            target = str(parse_citation(match[1], within))
        except Problems:
            continue  # words that only look like a citation
        read.append(Reference(unit.id, match[1], target, match.start()))
    return tuple(read)


def resolves(target: str, units: Iterable[str]) -> bool:
    """Whether a citation names a unit of the law, or something that has units within it."""
    return any(is_within(unit, target) for unit in units)
