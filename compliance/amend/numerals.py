"""Russian numerals up to 9999: cardinals and ordinals, read in every case form and written in any."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from attrs import frozen

Case = Literal["nom", "gen", "dat", "acc", "ins", "prep"]
Gender = Literal["m", "f", "n"]
CASES: Final[tuple[Case, ...]] = ("nom", "gen", "dat", "acc", "ins", "prep")
GENDERS: Final[tuple[Gender, ...]] = ("m", "f", "n")
LARGEST: Final = 9999

# Six forms each, in the order of CASES (the accusative of things without life).
_ONE: Final[dict[Gender, str]] = {
    "m": "один одного одному один одним одном",
    "f": "одна одной одной одну одной одной",
    "n": "одно одного одному одно одним одном",
}
_TWO: Final[dict[Gender, str]] = {
    "m": "два двух двум два двумя двух",
    "f": "две двух двум две двумя двух",
    "n": "два двух двум два двумя двух",
}
_SMALL: Final[dict[int, str]] = {
    3: "три трех трем три тремя трех",
    4: "четыре четырех четырем четыре четырьмя четырех",
    8: "восемь восьми восьми восемь восемью восьми",
    40: "сорок сорока сорока сорок сорока сорока",
    90: "девяносто девяноста девяноста девяносто девяноста девяноста",
    100: "сто ста ста сто ста ста",
    200: "двести двухсот двумстам двести двумястами двухстах",
    300: "триста трехсот тремстам триста тремястами трехстах",
    400: "четыреста четырехсот четыремстам четыреста четырьмястами четырехстах",
    80: "восемьдесят восьмидесяти восьмидесяти восемьдесят восемьюдесятью восьмидесяти",
    800: "восемьсот восьмисот восьмистам восемьсот восемьюстами восьмистах",
}
_SOFT: Final[dict[int, str]] = {  # numerals in -ь that decline like a feminine noun
    5: "пят", 6: "шест", 7: "сем", 9: "девят", 10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат",
    14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат",
    20: "двадцат", 30: "тридцат",
}  # fmt: skip
_TENS: Final[dict[int, str]] = {50: "пят", 60: "шест", 70: "сем"}
_HUNDREDS: Final[dict[int, str]] = {500: "пят", 600: "шест", 700: "сем", 900: "девят"}
_THOUSAND: Final[dict[str, str]] = {
    "one": "тысяча тысячи тысяче тысячу тысячей тысяче",
    "few": "тысячи тысяч тысячам тысячи тысячами тысячах",
    "many": "тысяч тысяч тысячам тысяч тысячами тысячах",
}
_ORDINALS: Final[dict[int, str]] = {  # stem and kind of declension
    1: "перв:ый", 2: "втор:ой", 3: "треть:ий", 4: "четверт:ый", 5: "пят:ый", 6: "шест:ой", 7: "седьм:ой",
    8: "восьм:ой", 9: "девят:ый", 10: "десят:ый", 11: "одиннадцат:ый", 12: "двенадцат:ый", 13: "тринадцат:ый",
    14: "четырнадцат:ый", 15: "пятнадцат:ый", 16: "шестнадцат:ый", 17: "семнадцат:ый", 18: "восемнадцат:ый",
    19: "девятнадцат:ый", 20: "двадцат:ый", 30: "тридцат:ый", 40: "сороков:ой", 50: "пятидесят:ый",
    60: "шестидесят:ый", 70: "семидесят:ый", 80: "восьмидесят:ый", 90: "девяност:ый", 100: "сот:ый",
}  # fmt: skip
_ADJECTIVE: Final[dict[Gender, str]] = {
    "m": "ый ого ому ый ым ом",
    "f": "ая ой ой ую ой ой",
    "n": "ое ого ому ое ым ом",
}
_THIRD: Final[dict[Gender, str]] = {
    "m": "третий третьего третьему третий третьим третьем",
    "f": "третья третьей третьей третью третьей третьей",
    "n": "третье третьего третьему третье третьим третьем",
}


@frozen
class Numeral:
    """A number read from the start of a row of words: its value, how many words it took, whether it is an ordinal."""

    value: int
    size: int
    ordinal: bool


def plural_kind(number: int) -> Literal["one", "few", "many"]:
    """Which form of the counted noun a number takes."""
    if number % 100 in range(11, 15):
        return "many"
    return {1: "one", 2: "few", 3: "few", 4: "few"}.get(number % 10, "many")  # type: ignore[return-value]


def cardinal(number: int, case: Case = "nom", gender: Gender = "m") -> str:
    """A number in words: `cardinal(3, "gen")` is «трех»."""
    if not 0 < number <= LARGEST:
        raise ValueError(number)
    thousands, rest = divmod(number, 1000)
    parts: list[str] = []
    if thousands:
        parts += [cardinal(thousands, case, "f"), _pick(_THOUSAND[_thousand_kind(thousands, case)], case)]
    hundreds, rest = rest - rest % 100, rest % 100
    parts += [_atom(hundreds, case, gender)] if hundreds else []
    if rest > 20 and rest % 10:
        parts += [_atom(rest - rest % 10, case, gender), _atom(rest % 10, case, gender)]
    elif rest:
        parts.append(_atom(rest, case, gender))
    return " ".join(parts)


def ordinal(number: int, case: Case = "nom", gender: Gender = "m") -> str:
    """An ordinal up to 100 in words: `ordinal(2, "prep", "f")` is «второй»."""
    if number in _ORDINALS:
        return _ordinal_atom(number, case, gender)
    if not 20 < number < 100:
        raise ValueError(number)
    return f"{_atom(number - number % 10, 'nom', 'm')} {_ordinal_atom(number % 10, case, gender)}"


def read_numeral(words: tuple[str, ...]) -> Numeral | None:
    """The numeral that the words begin with, the longest there is; a number in digits counts as one."""
    if not words:
        return None
    if words[0].isdigit():
        value = int(words[0]) if len(words[0]) <= 4 else 0
        return Numeral(value, 1, False) if value else None
    total, last, size, is_ordinal = 0, 10_000, 0, False
    for word in words:
        if (thousand := _thousand_here(word, total, size)) is not None:
            total, last, size = thousand, 1000, size + 1
            continue
        value, atom_ordinal = _atoms().get(word.lower().replace("ё", "е"), (0, False))
        if not value or not _may_follow(value, last) or is_ordinal:
            break
        total, last, size, is_ordinal = total + value, value, size + 1, atom_ordinal
    return Numeral(total, size, is_ordinal) if size and 0 < total <= LARGEST else None


def _thousand_here(word: str, total: int, size: int) -> int | None:
    if not word.lower().startswith("тысяч") or total > 9 or word.lower() not in _thousand_forms():
        return None
    return (total or 1) * 1000 if total or not size else None


def _may_follow(value: int, last: int) -> bool:
    if last == 10_000 or last == 1000:
        return value < last
    if last >= 100:
        return value < 100
    return 20 <= last < 100 and value < 10


def _pick(forms: str, case: Case) -> str:
    return forms.split()[CASES.index(case)]


def _thousand_kind(thousands: int, case: Case) -> str:
    kind = plural_kind(thousands)
    return "few" if kind != "one" and case not in ("nom", "acc") else kind


def _atom(number: int, case: Case, gender: Gender) -> str:
    if number == 1:
        return _pick(_ONE[gender], case)
    if number == 2:
        return _pick(_TWO[gender], case)
    if number in _SMALL:
        return _pick(_SMALL[number], case)
    if number in _SOFT:
        return _soft(_SOFT[number], case)
    if number in _TENS:
        return _soft_ten(_TENS[number], case)
    return _soft_hundred(_HUNDREDS[number], case)


def _soft(stem: str, case: Case) -> str:
    return stem + {"nom": "ь", "acc": "ь", "ins": "ью"}.get(case, "и")


def _soft_ten(stem: str, case: Case) -> str:
    if case in ("nom", "acc"):
        return stem + "ьдесят"
    return stem + ("ьюдесятью" if case == "ins" else "идесяти")


def _soft_hundred(stem: str, case: Case) -> str:
    endings = {"gen": "исот", "dat": "истам", "ins": "ьюстами", "prep": "истах"}
    return stem + endings.get(case, "ьсот")


def _ordinal_atom(number: int, case: Case, gender: Gender) -> str:
    if number == 3:
        return _pick(_THIRD[gender], case)
    stem, _, kind = _ORDINALS[number].partition(":")
    ending = _pick(_ADJECTIVE[gender], case)
    return stem + (kind if gender == "m" and case in ("nom", "acc") else ending)


@cache
def _thousand_forms() -> frozenset[str]:
    return frozenset(word for forms in _THOUSAND.values() for word in forms.split()) | {"тысячью"}


@cache
def _atoms() -> dict[str, tuple[int, bool]]:
    """Every form of every single-word numeral."""
    numbers = {1, 2, *_SMALL, *_SOFT, *_TENS, *_HUNDREDS}
    forms = {
        _atom(number, case, gender): (number, False)
        for number in sorted(numbers)
        for case in CASES
        for gender in GENDERS
    }
    for number in _ORDINALS:
        for gender in GENDERS:
            for case in CASES:
                forms.setdefault(_ordinal_atom(number, case, gender), (number, True))
        plural = _ORDINALS[number].partition(":")[0]
        for ending in ["ые", "ых", "ым", "ыми"] if number != 3 else ["и", "их", "им", "ими"]:
            forms.setdefault(plural + ending, (number, True))
    return forms
