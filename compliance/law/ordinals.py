"""Number words of citations: Russian ordinals in every case and gender, English number words, up to ninety-nine."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias

Case: TypeAlias = Literal["nominative", "genitive", "dative", "accusative", "instrumental", "prepositional"]
Gender: TypeAlias = Literal["masculine", "feminine", "neuter"]

CASES: tuple[Case, ...] = ("nominative", "genitive", "dative", "accusative", "instrumental", "prepositional")
GENDERS: tuple[Gender, ...] = ("masculine", "feminine", "neuter")
GREATEST = 99

# A stem and the ending of its masculine nominative. `третий` alone is soft and takes a `ь` in every other form.
_ORDINALS: Mapping[int, tuple[str, str]] = MappingProxyType({
    1: ("перв", "ый"), 2: ("втор", "ой"), 3: ("трет", "ий"), 4: ("четверт", "ый"), 5: ("пят", "ый"),
    6: ("шест", "ой"), 7: ("седьм", "ой"), 8: ("восьм", "ой"), 9: ("девят", "ый"), 10: ("десят", "ый"),
    11: ("одиннадцат", "ый"), 12: ("двенадцат", "ый"), 13: ("тринадцат", "ый"), 14: ("четырнадцат", "ый"),
    15: ("пятнадцат", "ый"), 16: ("шестнадцат", "ый"), 17: ("семнадцат", "ый"), 18: ("восемнадцат", "ый"),
    19: ("девятнадцат", "ый"), 20: ("двадцат", "ый"), 30: ("тридцат", "ый"), 40: ("сороков", "ой"),
    50: ("пятидесят", "ый"), 60: ("шестидесят", "ый"), 70: ("семидесят", "ый"), 80: ("восьмидесят", "ый"),
    90: ("девяност", "ый"),
})  # fmt: skip
_TENS_RU: Mapping[int, str] = MappingProxyType({
    20: "двадцать", 30: "тридцать", 40: "сорок", 50: "пятьдесят", 60: "шестьдесят", 70: "семьдесят",
    80: "восемьдесят", 90: "девяносто",
})  # fmt: skip
# Endings in the order of CASES; the accusative is that of a thing, not of a person.
_HARD: Mapping[Gender, tuple[str, ...]] = MappingProxyType(
    {
        "masculine": ("", "ого", "ому", "", "ым", "ом"),
        "feminine": ("ая", "ой", "ой", "ую", "ой", "ой"),
        "neuter": ("ое", "ого", "ому", "ое", "ым", "ом"),
    }
)
_SOFT: Mapping[Gender, tuple[str, ...]] = MappingProxyType(
    {
        "masculine": ("", "ьего", "ьему", "", "ьим", "ьем"),
        "feminine": ("ья", "ьей", "ьей", "ью", "ьей", "ьей"),
        "neuter": ("ье", "ьего", "ьему", "ье", "ьим", "ьем"),
    }
)
_SMALL_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def ordinal_ru(number: int, gender: Gender, case: Case = "nominative") -> str:
    """`ordinal_ru(21, "feminine", "genitive")` is `двадцать первой`: only the last word is declined."""
    _within_reach(number)
    if number in _ORDINALS:
        return _decline(number, gender, case)
    tens, rest = number - number % 10, number % 10
    return f"{_TENS_RU[tens]} {_decline(rest, gender, case)}"


def number_en(number: int) -> str:
    """`number_en(21)` is `twenty-one`."""
    _within_reach(number)
    if number < len(_SMALL_EN):
        return _SMALL_EN[number]
    tens, rest = _TENS_EN[number // 10 - 2], number % 10
    return f"{tens}-{_SMALL_EN[rest]}" if rest else tens


@cache
def number_words() -> Mapping[str, int]:
    """Every form that the two functions above can write, mapped back to its number."""
    words = {number_en(n): n for n in range(1, GREATEST + 1)}
    for n in range(1, GREATEST + 1):
        words |= {ordinal_ru(n, gender, case): n for gender in GENDERS for case in CASES}
    return MappingProxyType(words)


def _decline(number: int, gender: Gender, case: Case) -> str:
    stem, first = _ORDINALS[number]
    endings = (_SOFT if number == 3 else _HARD)[gender]
    return stem + (endings[CASES.index(case)] or first)


def _within_reach(number: int) -> None:
    if not 1 <= number <= GREATEST:
        raise ValueError(f"no number word for {number}: from 1 to {GREATEST}")
