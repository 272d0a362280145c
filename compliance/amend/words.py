"""Periods, days of a quarter and cadences in Russian words: read in every case form, and written back for repairs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from attrs import frozen

from compliance.amend.numerals import CASES, Case, cardinal, plural_kind, read_numeral
from compliance.amend.text import WORD, plain
from compliance.norm.types import Period, QuarterDay

Bound = Literal["at_most", "at_least", "within", "until", "not_later", "other"]


@frozen
class DayNumber:
    """A day of a month whose month the words do not name («до 5 числа»)."""

    day: int


@frozen
class Cadence:
    """How often something is done: once in so many months."""

    months: int


Value: TypeAlias = Period | QuarterDay | DayNumber | Cadence


@frozen
class PlacedValue:
    """A value with the words that carry it, their offsets, and the words before that bound it."""

    value: Value
    quote: str
    start: int
    end: int
    bound: Bound


_YEAR: Final = frozenset("год года году годом годе годы лет годам годами годах годов".split())
_DAY: Final = frozenset("день дня дню днем дне дни дней дням днями днях".split())
_MONTHS_OF: Final = {"месяц": 1, "квартал": 3, "полугоди": 6}
_HALVES: Final = {"полгода": 6, "полугода": 6, "полугоду": 6, "полугодом": 6}
_ONE_AND_HALF: Final = frozenset(("полтора", "полторы", "полутора"))
_BARE: Final = frozenset("через течение менее более превышать превышает свыше истечении истечения спустя".split())
_QUARTER_MONTH: Final = {"первого": 1, "второго": 2, "третьего": 3, "последнего": 3, "предпоследнего": 2, "среднего": 2}
_FRACTION: Final = re.compile(r"(\d{1,3})[,.](50?)")
_DIGITS: Final = re.compile(r"(\d{1,4})-(?:х|ух|ех|ти|и|мя|ми|ю)")
_COUNTED: Final = re.compile(rf"\d+[,.]\d+|{WORD.pattern}")
_DATE: Final = re.compile(
    r"(?P<bound>\b(?:до|не позднее|с|по|к|ко)\s+)(?P<day>\d{1,2}|[а-я]+(?:\s[а-я]+)?)(?:-?го)?\s+числа"
    r"(?:\s+(?P<month>[а-я]+)\s+месяца)?(?:\s+(?:соответствующего|каждого)?\s*квартала)?",
    re.IGNORECASE,
)
_CADENCES: Final = {
    r"ежемесячн\w*": 1,
    r"ежеквартальн\w*": 3,
    r"ежегодн\w*": 12,
    r"раз в месяц": 1,
    r"раз в квартал": 3,
    r"раз в полугодие|раз в полгода|каждое полугодие|по полугодиям": 6,
    r"раз в год|каждый год": 12,
    r"каждый месяц": 1,
    r"каждый квартал": 3,
}
_CADENCE: Final = tuple((re.compile(rf"\b(?:{form})\b", re.IGNORECASE), months) for form, months in _CADENCES.items())
_BOUNDS: Final[tuple[tuple[str, Bound], ...]] = (
    (r"не позднее(?: чем)?(?: через| за)?$", "not_later"),
    (r"не (?:более|свыше)(?: чем)?(?: на)?$", "at_most"),
    (r"не (?:\w+ )?превыша\w+$", "at_most"),
    (r"не (?:менее|ранее)(?: чем)?(?: через)?$", "at_least"),
    (r"(?:ранее|до) истечения$", "at_least"),
    (r"по истечении$", "at_least"),
    (r"в течение$", "within"),
    (r"до$", "until"),
)


@lru_cache(maxsize=2048)
def find_values(text: str) -> tuple[PlacedValue, ...]:
    """Every period, day of a quarter and cadence in a text, in order; a year such as «2013 года» is none."""
    same = _same_length(text)
    found = [*_dates(same), *_cadences(same)]
    taken = [(value.start, value.end) for value in found]
    found += [
        value for value in _periods(same) if not any(value.start < end and start < value.end for start, end in taken)
    ]
    return tuple(_restored(value, text) for value in sorted(found, key=lambda value: (value.start, value.end)))


def parse_value(words: str) -> Value | None:
    """The one value that some words carry, or nothing where they carry none or several."""
    found = find_values(words)
    return found[0].value if len(found) == 1 else None


def _same_length(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е").replace("\n", " ").replace("\xa0", " ")


def _restored(value: PlacedValue, text: str) -> PlacedValue:
    return PlacedValue(value.value, text[value.start : value.end], value.start, value.end, value.bound)


def _dates(text: str) -> Iterator[PlacedValue]:
    for match in _DATE.finditer(text):
        numeral = read_numeral(tuple(match["day"].lower().split()))
        month = _QUARTER_MONTH.get((match["month"] or "").lower())
        if numeral is None or numeral.value > 31 or (match["month"] and month is None):
            continue
        value = QuarterDay(numeral.value, month) if month else DayNumber(numeral.value)
        word = " ".join(match["bound"].lower().split())
        bound: Bound = "until" if word == "до" else "not_later" if word == "не позднее" else "other"
        yield PlacedValue(value, match[0], match.start(), match.end(), bound)


def _cadences(text: str) -> Iterator[PlacedValue]:
    for form, months in _CADENCE:
        for match in form.finditer(text):
            yield PlacedValue(Cadence(months), match[0], match.start(), match.end(), "other")


def _periods(text: str) -> Iterator[PlacedValue]:
    spans = [match.span() for match in _COUNTED.finditer(text)]
    forms = tuple(text[start:end].lower() for start, end in spans)
    index = 0
    while index < len(forms):
        read = _one_period(forms, index)
        if read is None:
            index += 1
            continue
        period, after = read
        while (more := _one_period(forms, after + (forms[after : after + 1] == ("и",)))) and _smaller(more[0], period):
            period = Period(period.months + more[0].months, period.days + more[0].days, period.working_days)
            after = more[1]
        start, end = spans[index][0], spans[after - 1][1]
        yield PlacedValue(period, text[start:end], start, end, bound_before(text[:start]))
        index = after


def _smaller(part: Period, whole: Period) -> bool:
    if part.working_days or whole.working_days or whole.days:
        return False
    return part.months < 12 <= whole.months if part.months else True


def _one_period(forms: tuple[str, ...], index: int) -> tuple[Period, int] | None:
    if index >= len(forms):
        return None
    if forms[index] in _HALVES:
        return Period(months=_HALVES[forms[index]]), index + 1
    if forms[index] in _ONE_AND_HALF and index + 1 < len(forms):
        unit = _unit(forms[index + 1], "")
        return (
            (Period(months=unit.months * 3 // 2), index + 2) if unit and unit.months % 2 == 0 and unit.months else None
        )
    if fraction := _FRACTION.fullmatch(forms[index]):
        return _halves(forms, index + 1, int(fraction[1]) * 2 + 1)
    numeral = read_numeral((_DIGITS.sub(r"\1", forms[index]), *forms[index + 1 : index + 8]))
    if numeral is not None and not numeral.ordinal and forms[index + numeral.size :][:2] == ("с", "половиной"):
        return _halves(forms, index + numeral.size + 2, numeral.value * 2 + 1)
    if numeral is None:
        unit = _unit(forms[index], "") if index and forms[index - 1] in _BARE else None
        return (unit, index + 1) if unit else None
    if numeral.ordinal:
        return None
    return _counted(forms, index, numeral.value, index + numeral.size)


def _halves(forms: tuple[str, ...], at: int, halves: int) -> tuple[Period, int] | None:
    """So many half years or half months: «двух с половиной лет», «2,5 года»; half a month is no span of days."""
    unit = _unit(forms[at], "") if at < len(forms) else None
    if unit is None or not unit.months or (unit.months * halves) % 2:
        return None
    return Period(months=unit.months * halves // 2), at + 1


def _counted(forms: tuple[str, ...], index: int, number: int, at: int) -> tuple[Period, int] | None:
    again = read_numeral(forms[at : at + 8])  # «10 (десяти) рабочих дней»
    if forms[index][:1].isdigit() and again and again.value == number:
        at += again.size
    kind = ""
    if at < len(forms) and (forms[at].startswith("рабоч") or forms[at].startswith("календарн")):
        kind, at = forms[at], at + 1
    unit = _unit(forms[at], kind) if at < len(forms) else None
    if unit is None or (unit.months == 12 and number >= 1000):
        return None
    return Period(unit.months * number, unit.days * number, unit.working_days * number), at + 1


def _unit(noun: str, kind: str) -> Period | None:
    if noun in _DAY or noun.startswith("сутк") or noun == "суток":
        return Period(working_days=1) if kind.startswith("рабоч") else Period(days=1)
    if kind.startswith("рабоч"):
        return None
    if noun in _YEAR:
        return Period(months=12)
    if re.fullmatch(r"недел\w{1,3}", noun):
        return Period(days=7)
    return next(
        (Period(months=months) for stem, months in _MONTHS_OF.items() if re.fullmatch(stem + r"\w{0,3}", noun)), None
    )


def bound_before(before: str) -> Bound:
    """What the words just before a period make of it."""
    tail = " ".join(before.lower().split()[-5:])
    return next((bound for form, bound in _BOUNDS if re.search(rf"(?:^|\s){form}", tail)), "other")


# Writing back -----------------------------------------------------------------------------------------------

_NOUNS: Final[dict[str, tuple[str, str, str]]] = {  # singular, plural with 2-4 and oblique, plural with 5 and more
    "year": ("год года году год годом годе", "года лет годам года годами годах", "лет лет годам лет годами годах"),
    "month": (
        "месяц месяца месяцу месяц месяцем месяце",
        "месяца месяцев месяцам месяца месяцами месяцах",
        "месяцев месяцев месяцам месяцев месяцами месяцах",
    ),
    "day": ("день дня дню день днем дне", "дня дней дням дня днями днях", "дней дней дням дней днями днях"),
}
_ADJECTIVES: Final[dict[str, tuple[str, str]]] = {
    "working": (
        "рабочий рабочего рабочему рабочий рабочим рабочем",
        "рабочих рабочих рабочим рабочих рабочими рабочих",
    ),
    "calendar": (
        "календарный календарного календарному календарный календарным календарном",
        "календарных календарных календарным календарных календарными календарных",
    ),
}


def period_words(period: Period, case: Case = "gen") -> str:
    """A period in words: `period_words(Period(24))` is «двух лет», the genitive after «не более», «до», «свыше»."""
    years, months = divmod(period.months, 12)
    if years and months and period.months < 24:
        years, months = 0, period.months
    parts = [_counted_words(years, "year", "", case), _counted_words(months, "month", "", case)]
    parts += [_counted_words(period.days, "day", "calendar", case)]
    parts += [_counted_words(period.working_days, "day", "working", case)]
    return " и ".join(part for part in parts if part)


def _counted_words(number: int, noun: str, adjective: str, case: Case) -> str:
    if not number:
        return ""
    kind = plural_kind(number)
    column = CASES.index(case)
    form = _NOUNS[noun][("one", "few", "many").index(kind)].split()[column]
    quality = _ADJECTIVES[adjective][kind != "one"].split()[column] + " " if adjective else ""
    return f"{cardinal(number, case)} {quality}{form}"


_MONTH_NAME: Final = {1: "первого", 2: "второго", 3: "последнего"}


def value_words(value: Value, case: Case = "gen") -> str:
    """Any value in words as the Rules would put it."""
    match value:
        case Period():
            return period_words(value, case)
        case QuarterDay(day=day, month=month):
            return f"до {day} числа {_MONTH_NAME[month]} месяца"
        case DayNumber(day=day):
            return f"до {day} числа"
        case Cadence(months=months):
            named = {1: "ежемесячно", 3: "ежеквартально", 6: "раз в полугодие", 12: "ежегодно"}
            return named.get(months) or f"раз в {period_words(Period(months), 'acc')}"


def reword(quote: str, value: Value) -> str:
    """The value in the case form and manner of the words it is to replace: «трех лет» and two years, «двух лет»."""
    now = parse_value(quote)
    if isinstance(now, Period) and isinstance(value, Period):
        said = plain(quote).lower()
        fitting = [case for case in _LIKELY if said in _manners(now, case)]
        return period_words(value, fitting[0] if fitting else _case_of(said))
    tail = " соответствующего квартала" if "квартал" in quote else ""
    if isinstance(value, QuarterDay) and isinstance(now, DayNumber):
        return value_words(DayNumber(value.day))
    return value_words(value) + (tail if isinstance(value, QuarterDay) else "")


def _manners(period: Period, case: Case) -> tuple[str, ...]:
    """A period in words as one may write it: «один год», «двенадцать месяцев»."""
    months = _counted_words(period.months, "month", "", case)
    return tuple(plain(words).lower() for words in (period_words(period, case), months) if words)


_LIKELY: Final[tuple[Case, ...]] = ("gen", "acc", "nom", "ins", "dat", "prep")


def _case_of(said: str) -> Case:
    """The case of a period written in another manner (digits, months for years), by its noun."""
    noun = said.split()[-1] if said else ""
    singular = {"год": "acc", "месяц": "acc", "день": "acc", "году": "dat"}
    endings: tuple[tuple[str, Case], ...] = (
        ("ами", "ins"),
        ("ям", "dat"),
        ("ам", "dat"),
        ("ах", "prep"),
        ("ях", "prep"),
    )
    if noun in singular:
        return "acc" if singular[noun] == "acc" else "dat"
    return next((case for ending, case in endings if noun.endswith(ending)), "gen")
