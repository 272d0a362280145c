"""The sentences of an amending act that instruct nothing: entry into force, transitional clauses, preambles."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from compliance.amend.address import address_of
from compliance.amend.operations import EntryIntoForce, Transitional
from compliance.amend.tree import NUMBER
from compliance.amend.words import parse_value
from compliance.norm.types import Period
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place

MONTHS: Final = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
_ENTRY: Final = re.compile(r"вводится\s+в\s+действие|вступает\s+в\s+силу|вводятся\s+в\s+действие", re.IGNORECASE)
_AFTER: Final = re.compile(
    r"по\s+истечении\s+(?P<term>[\w\s()]+?)\s+(?:после|со)\s+дня\s+(?:его\s+|их\s+)?(?:первого\s+)?официального\s+опубликования",
    re.IGNORECASE,
)
_ON: Final = re.compile(r"со\s+дня\s+(?:его\s+)?(?:первого\s+)?официального\s+опубликования", re.IGNORECASE)
_SIGNED: Final = re.compile(r"со\s+дня\s+(?:его\s+)?подписания", re.IGNORECASE)
_DATE: Final = re.compile(r"с\s+«?(?P<day>\d{1,2})»?\s+(?P<month>[а-я]+)\s+(?P<year>\d{4})\s+года", re.IGNORECASE)
_DIGITS: Final = re.compile(r"с\s+(?P<day>\d{2})\.(?P<month>\d{2})\.(?P<year>\d{4})")

_PERSON: Final = r"(?:[А-ЯЁ]\.\s*){1,2}[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_FURNITURE: Final = tuple(
    re.compile(form)
    for form in (
        r"\s*Указ\s+Президента\s+Республики\s+Казахстан(?:\s+от\s+\d{1,2}\s+[а-я]+\s+\d{4}\s+года(?:\s*№\s*\d+)?)?\.?\s*",
        r"\s*УКАЗ(?:\s+ПРЕЗИДЕНТА\s+РЕСПУБЛИКИ\s+КАЗАХСТАН)?\s*",
        r"\s*(?:от\s+)?\d{1,2}\s+[а-я]+\s+\d{4}\s+года\s*(?:№\s*\d+(?:-[IVXLC]+)?)?\s*",
        r"\s*№\s*\d+\s*",
        r"\s*О\s+внесении\s+изменени[йя]\b.*",
        r"\s*(?:В\s+соответствии\s+с\s+.*)?ПОСТАНОВЛЯЮ\s*:?\s*",
        r"\s*(?:ИЗМЕНЕНИЯ|ДОПОЛНЕНИЯ|ИЗМЕНЕНИЕ|ДОПОЛНЕНИЕ)(?:\s+(?:И|и)\s+ДОПОЛНЕНИ[ЕЯ])?(?:,\s*)?.*",
        rf"\s*Президент(?:\s+Республики\s+Казахстан)?\s*(?:{_PERSON})?\s*",
        r"\s*Республики\s+Казахстан\s*",
        rf"\s*{_PERSON}\s*",
        r"\s*(?:г(?:ород|\.)?\s*)?(?:Астана|Нур-Султан)(?:,\s*Акорда)?(?:,?\s*\d{1,2}\s+[а-я]+\s+\d{4}\s+года)?\s*(?:№\s*\d+)?\s*",
    )
)
_APPROVE: Final = re.compile(r"\s*утвердить\s+прилагаемые\s+(?:изменения|дополнения)", re.IGNORECASE)
_PREAMBLE: Final = re.compile(
    r"\s*(?:внести\s+в\s+.+?|в\s+.+?\s+внести)\s*,?\s+следующ(?:ие|ее)\s+изменени[еяй]"
    r"(?:\s+и\s+дополнени[еяй])?|\s*внести\s+в\s+.+?\s+следующ(?:ие|ее)\s+дополнени[еяй]",
    re.IGNORECASE | re.DOTALL,
)
_TRANSITIONAL: Final = re.compile(
    r"(?:не\s+)?распространя(?:е|ю)тся|применя(?:е|ю)тся|сохраня(?:е|ю)т(?:ся)?|исчисля(?:е|ю)тся|продолжа(?:е|ю)т",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"до\s+(?:дня\s+)?(?:введения|вступления)|ранее|состоящ\w+\s+.*на\s+день", re.IGNORECASE)
_AFTER_ENTRY: Final = re.compile(
    r"после\s+(?:дня\s+)?(?:введения|вступления)|со\s+дня\s+(?:введения|вступления)", re.IGNORECASE
)
_OLD: Final = re.compile(
    r"прежн\w+|в\s+прежней\s+редакции|действовавш\w+|не\s+(?:распространя|применя)|сохраня", re.IGNORECASE
)
_REACHES: Final = re.compile(r"отношени\w+,?\s+возникш\w+\s+(?:до|с)\b|в\s+том\s+числе\s+на", re.IGNORECASE)
_POINTS: Final = re.compile(
    r"(?:подпункт\w*\s+(?P<sub>\d+(?:-\d+)?)\)\s+)?пункт\w*\s+(?P<point>\d+(?:-\d+)?)", re.IGNORECASE
)


def is_furniture(line: str) -> bool:
    """Whether a line only dresses the act: its title, date and number, «ПОСТАНОВЛЯЮ», the signature."""
    return any(form.fullmatch(line) for form in _FURNITURE)


def is_preamble(text: str) -> bool:
    """Whether the words only lead up to the instructions: «Внести в Правила ... следующие изменения»."""
    return bool(_PREAMBLE.match(text) or _APPROVE.match(text))


def entry_into_force(text: str, place: Place, collector: Collector) -> EntryIntoForce | None:
    """The clause on entry into force, or nothing where the words are another clause."""
    found = _ENTRY.search(text)
    if found is None:
        return None
    if match := _AFTER.search(text):
        value = parse_value(match["term"])
        if isinstance(value, Period) and value.days and not value.months and not value.working_days:
            return EntryIntoForce(text, place, days_after_publication=value.days)
        if isinstance(value, Period) and value.months and not value.days:
            return EntryIntoForce(text, place, months_after_publication=value.months)
    elif match := _DATE.search(text) or _DIGITS.search(text):
        if day := _day(match["day"], match["month"], match["year"]):
            return EntryIntoForce(text, place, date=day)
    elif _ON.search(text):
        return EntryIntoForce(text, place, on_publication=True)
    elif _SIGNED.search(text):
        return EntryIntoForce(text, place, on_signing=True)
    if re.search(r"до\s+(?:дня\s+)?введения|после\s+(?:дня\s+)?введения", text):
        return None
    collector.error("amend.entry-unreadable", place, expected=_ENTRY_FORMS)
    return EntryIntoForce(text, place)


_ENTRY_FORMS: Final = (
    "вводится в действие по истечении десяти календарных дней после дня его первого официального опубликования",
    "вводится в действие с 10 января 2027 года",
)


def _day(day: str, month: str, year: str) -> str | None:
    name = month.lower()
    number = int(month) if month.isdigit() else MONTHS.index(name) + 1 if name in MONTHS else 0
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def transitional(text: str, place: Place) -> Transitional | None:
    """A transitional clause, or nothing where the words are none."""
    if not _TRANSITIONAL.search(text) or not (
        _BEFORE.search(text) or _AFTER_ENTRY.search(text) or _REACHES.search(text)
    ):
        return None
    return Transitional(text, place, _kind(text), _units(text))


def _kind(text: str) -> str:
    if _BEFORE.search(text) and _OLD.search(text):
        return "old_law"
    if _AFTER_ENTRY.search(text) and not _OLD.search(text):
        return "new_facts"
    if _REACHES.search(text) or (_BEFORE.search(text) and not _OLD.search(text)):
        return "whole"
    return "unknown"


def _units(text: str) -> tuple[str, ...]:
    found = []
    for match in _POINTS.finditer(text):
        unit = f"p{match['point']}" + (f".sub{match['sub']}" if match["sub"] else "")
        if NUMBER.fullmatch(match["point"]) and address_of(unit):
            found.append(unit)
    return tuple(dict.fromkeys(found))
