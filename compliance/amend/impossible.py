"""Numbers in the drafter's words that no calendar or grammar has: «до 45 числа», «двенадцатьдесят лет», «0 дней»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve

from compliance.amend.finding import Finding, says
from compliance.amend.numerals import read_numeral
from compliance.amend.operations import (
    AddUnit,
    DeleteUnit,
    DeleteWords,
    InsertWords,
    Operation,
    Quoted,
    Renumber,
    ReplaceWords,
    Restate,
)
from compliance.source.loc import Place

LONGEST: Final = 4
"""Numbers of more digits than this are not read as terms."""
LAST_DAY: Final = 31
MONTHS: Final = 3
"""So many months has a quarter."""

_SPAN: Final = re.compile(
    r"(?P<number>(?:[а-яё]+|\d+)(?:\s+[а-яё]+){0,3}?)\s+(?:(?:календарн|рабоч)[а-яё]+\s+)?"
    r"(?:лет|года?|годов|месяц(?:а|ев)?|недел[ьюи]|дн(?:я|ей)|день)\b",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"\b(?:до|с|по|к|не позднее)\s+(?P<day>\d+|[а-яё]+(?:\s[а-яё]+)?)(?:-?го)?\s+числа"
    r"(?:\s+(?P<month>\d+|[а-яё]+)(?:-?го)?\s+месяца)?",
    re.IGNORECASE,
)
_STEMS: Final = re.compile(
    r"(?:одиннадцат|двенадцат|тринадцат|четырнадцат|пятнадцат|шестнадцат|семнадцат|восемнадцат|девятнадцат|двадцат|"
    r"тридцат|сорок|пятьдесят|пятидесят|шестьдесят|шестидесят|семьдесят|семидесят|восемьдесят|восьмидесят|девяност|"
    r"пятьсот|шестьсот|семьсот|восемьсот|девятьсот|двест|трист|четырест|тысяч|миллион|ноль|нул)",
    re.IGNORECASE,
)


def impossible_numbers(operations: Iterable[Operation]) -> Iterator[Finding]:
    """What stops the package: numbers in its new words that nobody can read or that do not exist."""
    for operation in operations:
        words = _words(operation)
        if words is not None:
            for start, end in _impossible(words.text):
                found = words.text[start:end]
                yield Finding("IMPOSSIBLE_NUMBER", "reject", (), found, says("amend.impossible-number", words=found),
                              place=_within(words, start, end), fatal=True)  # fmt: skip


def _words(operation: Operation) -> Quoted | None:
    match operation:
        case ReplaceWords(new=new) | InsertWords(new=new):
            return new
        case AddUnit(text=text) | Restate(text=text):
            return text
        case DeleteWords() | DeleteUnit() | Renumber():
            return None


def _impossible(text: str) -> Iterator[tuple[int, int]]:
    for found in _SPAN.finditer(text):
        words = re.findall(r"[а-яё]+|\d+", found["number"].lower())
        if bad := _bad_run(words):
            start = found.start() + text[found.start() : found.end()].lower().index(bad)
            yield start, found.end()
    for found in _DAY.finditer(text):
        day, month = _value(found["day"]), _value(found["month"] or "")
        if (day is not None and not 1 <= day <= LAST_DAY) or (month is not None and not 1 <= month <= MONTHS):
            yield found.span()


def _bad_run(words: list[str]) -> str:
    """The first word of a run of numerals that is no number; nothing where the words are none, or a good one."""
    run: list[str] = []
    for word in reversed(words):
        if not (word.isdigit() or read_numeral((word,)) or _STEMS.match(word)):
            break
        run.insert(0, word)
    if not run:
        return ""
    if run[-1].isdigit():
        return run[-1] if len(run[-1]) > LONGEST or not int(run[-1]) else ""
    numeral = read_numeral(tuple(run))
    return "" if numeral is not None and numeral.size == len(run) else run[0]


def _value(text: str) -> int | None:
    """A number in digits or in words; nothing for other words."""
    if text.isdigit():
        return int(text)
    words = tuple(text.lower().split())
    numeral = read_numeral(words)
    return numeral.value if numeral is not None and numeral.size == len(words) else None


def _within(words: Quoted, start: int, end: int) -> Place:
    """The place of a stretch of quoted words, where they stand on one line; else that of the words."""
    place = words.place
    if place.line != place.end_line or "\n" in words.text or place.end_column - place.column < len(words.text):
        return place
    return evolve(place, column=place.column + start, end_column=place.column + end)


__all__ = ["impossible_numbers"]
