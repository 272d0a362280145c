"""Anchored parameters: a value as authors write it, and the same value as the official Russian words carry it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from attrs import frozen

from compliance.norm.types import Period, QuarterDay

AnchoredValue = Period | QuarterDay

_SPAN: Final = re.compile(r"([0-9]{1,4}) (year|month|working day|day)s?")
_SPANS: Final = re.compile(rf"{_SPAN.pattern}(?: {_SPAN.pattern})*")
_DAY_OF_MONTH: Final = re.compile(r"day ([0-9]{1,2}) of month ([1-3])")

_CASES_OF_SMALL: Final[Mapping[int, str]] = MappingProxyType({
    1: "один одного одному одним одном одна одной одну одно", 2: "два двух двум двумя две", 3: "три трех трем тремя",
    4: "четыре четырех четырем четырьмя", 8: "восемь восьми восемью", 40: "сорок сорока", 90: "девяносто девяноста",
    100: "сто ста",
})  # fmt: skip
_SOFT_STEMS: Final[Mapping[int, str]] = MappingProxyType({
    5: "пят", 6: "шест", 7: "сем", 9: "девят", 10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат",
    14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат",
    20: "двадцат", 30: "тридцат",
})  # fmt: skip
_TENS: Final[Mapping[int, str]] = MappingProxyType({
    50: "пятьдесят пятидесяти", 60: "шестьдесят шестидесяти", 70: "семьдесят семидесяти",
    80: "восемьдесят восьмидесяти",
})  # fmt: skip
_MONTHS: Final[Mapping[str, int]] = MappingProxyType({"перв": 1, "втор": 2, "трет": 3, "последн": 3})

_NUMBER: Final = r"(?P<number>[0-9]{1,4}|[а-я]+(?: (?!рабоч|календарн)[а-я]+){0,2})"
_LENGTH: Final = re.compile(
    rf"(?<![\w,-]){_NUMBER} (?:(?P<adjective>рабоч|календарн)[а-я]+ )?(?P<noun>год|лет|месяц|недел|дн|день)[а-я]*\b"
)
_UNTIL: Final = re.compile(r"до (?P<day>[0-9]{1,2}) числа(?: (?P<month>первого|второго|третьего|последнего) месяца)?\b")


@frozen
class ReadWords:
    """What official words carry. `month` of a day of the quarter is None where the words do not name it."""

    period: Period | None = None
    day: int | None = None
    month: int | None = None

    def agrees(self, value: AnchoredValue) -> bool:
        """Whether the words carry this value, as far as they go."""
        if isinstance(value, Period):
            return self.period == value
        return self.day == value.day and self.month in (None, value.month)

    def value(self) -> AnchoredValue | None:
        """The value that the words carry in full."""
        if self.day is not None and self.month is not None:
            return QuarterDay(self.day, self.month)
        return self.period


def fold(words: str) -> str:
    """The form in which official words are sought: small letters, single blanks, no ё."""
    return " ".join(words.casefold().replace("ё", "е").split())


def occurrences(words: str, text: str) -> int:
    """How often words stand in a text as whole words, whatever their case and white space."""
    return len(re.findall(rf"(?<!\w){re.escape(fold(words))}(?!\w)", fold(text)))


def read_value(text: str) -> AnchoredValue | None:
    """`3 years`, `1 year 6 months`, `10 working days`, `day 15 of month 3`; None for anything else."""
    plain = " ".join(text.split())
    if found := _DAY_OF_MONTH.fullmatch(plain):
        day = int(found[1])
        return QuarterDay(day, int(found[2])) if 1 <= day <= 31 else None
    if not _SPANS.fullmatch(plain):
        return None
    spans = [(int(number), unit) for number, unit in _SPAN.findall(plain)]
    if len({unit for _, unit in spans}) < len(spans):
        return None
    return _period({unit: number for number, unit in spans})


def write_value(value: AnchoredValue) -> str:
    """The inverse of `read_value`."""
    if isinstance(value, QuarterDay):
        return f"day {value.day} of month {value.month}"
    years, months = divmod(value.months, 12)
    counts = {"year": years, "month": months, "day": value.days, "working day": value.working_days}
    spans = [f"{count} {unit}{'' if count == 1 else 's'}" for unit, count in counts.items() if count]
    return " ".join(spans) or "0 days"


def read_words(words: str) -> ReadWords | None:
    """The value in official words such as «трех лет» or «до 1 числа последнего месяца»; None where there is none."""
    plain = fold(words)
    if found := _UNTIL.search(plain):
        stem = next((stem for stem in _MONTHS if (found["month"] or "").startswith(stem)), None)
        return ReadWords(day=int(found["day"]), month=_MONTHS[stem] if stem else None)
    counts: dict[str, int] = {}
    for found in _LENGTH.finditer(plain):
        number = _number(found["number"])
        unit = _unit(found["noun"], found["adjective"])
        if number is None or unit in counts:
            return None
        counts[unit] = number
    return ReadWords(period=_period(counts)) if counts else None


def _period(counts: Mapping[str, int]) -> Period:
    days = counts.get("day", 0) + 7 * counts.get("week", 0)
    return Period(12 * counts.get("year", 0) + counts.get("month", 0), days, counts.get("working day", 0))


def _unit(noun: str, adjective: str | None) -> str:
    units = {"год": "year", "лет": "year", "месяц": "month", "недел": "week"}
    return units.get(noun, "working day" if adjective == "рабоч" else "day")


def _number(text: str) -> int | None:
    """A number in digits, or the numerals that the words end in: hundreds, tens and units, each at most once."""
    if text.isdigit():
        return int(text)
    parts: list[int] = []
    for word in reversed(text.split()):
        part = _numerals().get(word)
        if part is None:
            break
        parts.append(part)
    fits = all(upper >= 20 and upper % (10 ** len(str(lower))) == 0 for lower, upper in pairwise(parts))
    return sum(parts) if parts and fits else None


@cache
def _numerals() -> Mapping[str, int]:
    forms = {
        word: number for table in (_CASES_OF_SMALL, _TENS) for number, words in table.items() for word in words.split()
    }
    for number, stem in _SOFT_STEMS.items():
        forms |= {stem + ending: number for ending in ("ь", "и", "ью")}
    return MappingProxyType(forms)
