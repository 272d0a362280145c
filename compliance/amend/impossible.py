"""Numbers in the drafter's words that no calendar or grammar has: «до 45 числа», «двенадцатьдесят лет», «0 дней»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve

from compliance.amend.apply import Applied
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
from compliance.amend.tree import Tree
from compliance.source.loc import Place

LONGEST: Final = 4
"""Numbers of more digits than this are not read as terms."""
LAST_DAY: Final = 31
MONTHS: Final = 3
"""So many months has a quarter."""

_SPAN: Final = re.compile(
    r"(?P<number>(?:(?:минус\s+|(?<!\w)[-−])?(?:\d+|[а-яё]+))(?:\s+[а-яё]+){0,3}?)\s+(?:(?:календарн|рабоч)[а-яё]+\s+)?"
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


def impossible_numbers(operations: Sequence[Operation], old: Tree, applied: Applied) -> Iterator[Finding]:
    """What stops the package: numbers in its new words, or that these make of the words around, that do not exist."""
    said: set[str] = set()
    for operation in operations:
        words = _words(operation)
        for start, end in _impossible(words.text) if words is not None else ():
            assert words is not None
            found = words.text[start:end]
            said.add(found.lower())
            yield _finding(found, (), _within(words, start, end))
    for row in applied.tree.rows if applied.tree is not None else ():
        was = old.words_by_key.get(row.key, "")
        for start, end in _impossible(row.text):
            found = row.text[start:end]
            if found not in was and not any(each in found.lower() or found.lower() in each for each in said):
                yield _finding(found, (row.id,), _of_row(row.key, operations, applied))


def _finding(found: str, units: tuple[str, ...], place: Place | None) -> Finding:
    message = says("amend.impossible-number", words=found)
    return Finding("IMPOSSIBLE_NUMBER", "reject", units, found, message, place=place, fatal=True)


def _of_row(key: str, operations: Sequence[Operation], applied: Applied) -> Place | None:
    """The new words of the last operation that touched a unit."""
    touching = [each for each, keys in zip(operations, applied.trail, strict=True) if key in keys]
    words = _words(touching[-1]) if touching else None
    return words.place if words is not None else touching[-1].place if touching else None


_MIXED: Final = re.compile(r"(?<![A-Za-zА-Яа-яЁё])(?=[A-Za-z]*[А-Яа-яЁё])(?=[А-Яа-яЁё]*[A-Za-z])[A-Za-zА-Яа-яЁё]+")
_LOOK: Final = str.maketrans("aceopxyABCEHKMOPTXiu", "асеорхуАВСЕНКМОРТХіи")


def unreadable_words(operations: Iterable[Operation]) -> Iterator[Finding]:
    """Words of two alphabets: nobody sees the Latin letter in them, and no search finds them in the law again."""
    for operation in operations:
        words = _words(operation)
        for found in _MIXED.finditer(words.text) if words is not None else ():
            assert words is not None
            meant = found[0].translate(_LOOK)
            near = meant if not re.search(r"[A-Za-z]", meant) else None
            message = says("amend.two-alphabets", words=found[0], letters=", ".join(re.findall(r"[A-Za-z]", found[0])))
            yield Finding("MIXED_ALPHABETS", "reject", (), found[0], message, place=_within(words, *found.span()),
                          fatal=True, suggestion=near)  # fmt: skip


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
        number = found["number"].lower()
        if re.match(r"минус|[-−]", number):
            yield found.span()
            continue
        words = re.findall(r"[а-яё]+|\d+", number)
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


__all__ = ["impossible_numbers", "unreadable_words"]
