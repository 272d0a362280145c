"""What was probably meant by a date or a quarter that is not written the way records need it."""

from __future__ import annotations

import re
from typing import Final

from compliance.calendar.days import MONTHS_EN, MONTHS_RU, TextError, parse_iso

_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-./ ]?([0-9]{1,2})[-./ ]?([0-9]{1,2})(?:[T ].*)?")
_YEAR_LAST: Final = re.compile(r"([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})(?: ?г\.?| ?года)?")
_IN_WORDS: Final = re.compile(r"([0-9]{1,2})\.? ([^\W\d_]{3,})\.?,? ([0-9]{4})(?: ?г\.?| ?года)?")
_ENGLISH: Final = re.compile(r"([^\W\d_]{3,})\.? ([0-9]{1,2}),? ([0-9]{4})")
_MASKED: Final = re.compile(r"([0-9]{4})-([0-9]{2}|[XxХхUu?*]{2})-([XxХхUu?*]{2})")
_RANGE: Final = re.compile(r"\[?([0-9-]{10}) ?(?:\.{2,3}|…|–|—|\.\.=) ?([0-9-]{10})\]?")
_QUARTER: Final = (
    (re.compile(r"([0-9]{4})[-/. ]?[QqКк]?[-/. ]?([1-4])(?: ?кв.*)?"), (1, 2)),
    (re.compile(r"[QqКк]?([1-4])[-/. ]?(?:[QqКк]|кв\.?|квартал)?[-/. ]?([0-9]{4})(?: ?г.*)?"), (2, 1)),
)
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_NO_DATE: Final = frozenset(
    {"?", "~", "-", "n/a", "null", "none", "tbd", "не известно", "неизвестно", "неизвестна", "xxxx-xx-xx"}
)


def nearest_date(text: str) -> str | None:
    """The date in the form of records that the text seems to say."""
    text = text.strip()
    if text.casefold() in _NO_DATE:
        return "unknown"
    if found := _YEAR_FIRST.fullmatch(text):
        return _iso(found[1], found[2], found[3])
    if found := _YEAR_LAST.fullmatch(text):
        return _iso(found[3], found[2], found[1]) or _iso(found[3], found[1], found[2])
    if found := _IN_WORDS.fullmatch(text):
        return _iso(found[3], _month(found[2]), found[1])
    if found := _ENGLISH.fullmatch(text):
        return _iso(found[3], _month(found[1]), found[2])
    if found := _MASKED.fullmatch(text):
        return f"{found[1]}-{found[2] if found[2].isdigit() else 'XX'}-XX"
    if (found := _RANGE.fullmatch(text)) and _exists(found[1]) and _exists(found[2]):
        return f"[{found[1]}..{found[2]}]"
    return None


def nearest_quarter(text: str) -> str | None:
    """The quarter in the form of records that the text seems to say."""
    text = text.strip()
    for roman in sorted(_ROMAN, key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z]){roman}(?![A-Za-z])", _ROMAN[roman], text)
    for pattern, (year, number) in _QUARTER:
        if found := pattern.fullmatch(text):
            return f"{found[year]}Q{found[number]}"
    return None


def _iso(year: str, month: str, number: str) -> str | None:
    text = f"{year}-{month:0>2}-{number:0>2}"
    return text if _exists(text) else None


def _exists(text: str) -> bool:
    try:
        parse_iso(text)
    except TextError:
        return False
    return True


def _month(word: str) -> str:
    """The number of a month by its name or the beginning of it, 00 where there is no such month."""
    folded = word.casefold()
    for number, names in enumerate(zip(MONTHS_EN, MONTHS_RU, strict=True), 1):
        if any(name.casefold().startswith(folded) or folded.startswith(name.casefold()[:-1]) for name in names):
            return str(number)
    return "0"
