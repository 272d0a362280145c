"""The controlled language of sentences in English and Russian: phrases with holes, and the words for values.

Russian phrases are chosen so that what fills a hole never has to change its ending.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from compliance.calendar.days import NEVER, format_en, format_iso, format_ru
from compliance.calendar.quarters import format_quarter_en, format_quarter_ru
from compliance.norm.evaluate import Bound
from compliance.norm.facts import Event
from compliance.norm.types import BOOL, DATE, QUARTER, Enum, Items, Period, QuarterDay, Type
from compliance.norm.vocabulary import Lang, Vocabulary, Words

_TABLE: Final[Mapping[str, tuple[str, str]]] = {
    "every": ("for every {event}", "для каждого события {event}"),
    "every.if": ("for every {event} where {guard}", "для каждого события {event}, если {guard}"),
    "some": ("there is at least one {event}", "есть событие {event}"),
    "some.if": ("there is at least one {event} where {guard}", "есть событие {event}, для которого верно: {guard}"),
    "no": ("there is no {event}", "нет события {event}"),
    "no.if": ("there is no {event} where {guard}", "нет события {event}, для которого верно: {guard}"),
    "first": ("the day of the first {event}", "день первого события {event}"),
    "first.if": (
        "the day of the first {event} where {guard}", "день первого события {event}, для которого верно: {guard}"
    ),
    "last": ("the day of the last {event}", "день последнего события {event}"),
    "last.if": (
        "the day of the last {event} where {guard}", "день последнего события {event}, для которого верно: {guard}"
    ),
    "else": ("{pick} (if there is none: {other})", "{pick} (если такого нет: {other})"),
    "event": ("{kind}", "«{kind}»"),
    "event.named": ("{kind} {name}", "«{kind}» {name}"),
    "the": ("the {event}", "{event}"),
    "and": (", and ", ", и "),
    "or": (", or ", ", или "),
    "implies": ("if {left}, then {right}", "если {left}, то {right}"),
    "not": ("it is not true that {body}", "неверно, что {body}"),
    "if": ("if {condition}, then {then}, otherwise {other}", "если {condition}, то {then}, иначе {other}"),
    "due": ("by {day} it must be done: {body}", "не позднее чем {day} должно быть выполнено: {body}"),
    "reading": ("by the reading `{name}` ({branches})", "по прочтению `{name}` ({branches})"),
    "reading.branch": ("{value}: {body}", "{value}: {body}"),
    "reading.is": ("the reading `{name}` is “{value}”", "прочтение `{name}` - «{value}»"),
    "reading.always": ("(always)", "(всегда)"),
    "reading.never": ("(under no reading)", "(ни при каком прочтении)"),
    "due.last": ("{parts}; the last day: {day}", "{parts}; последний день: {day}"),
    "there.is": ("there is: {event}", "имеется: {event}"),
    "about": ("{event}: {parts}", "{event}: {parts}"),
    "date": ("the day of {event}", "день {event}"),
    "of": ("{attribute} in {event}", "{attribute} в {event}"),
    "of.post": ("{attribute} of {base}", "{attribute} ({base})"),
    "of.officer": ("{attribute} of the officer", "{attribute} сотрудника"),
    "officer": ("the officer", "сотрудник"),
    "mark": ("{base} is “{mark}”", "{base} - «{mark}»"),
    "mark.not": ("{base} is not “{mark}”", "{base} - не «{mark}»"),
    "<": ("{left} is earlier than {right}", "{left} раньше, чем {right}"),
    "<=": ("{left} is not later than {right}", "{left} не позднее, чем {right}"),
    ">": ("{left} is later than {right}", "{left} позднее, чем {right}"),
    ">=": ("{left} is not earlier than {right}", "{left} не раньше, чем {right}"),
    "=": ("{left} and {right} are the same", "{left} и {right} совпадают"),
    "!=": ("{left} and {right} are not the same", "{left} и {right} не совпадают"),
    "is": ("{left} is {right}", "{left} - {right}"),
    "is.not": ("{left} is not {right}", "{left} - не {right}"),
    "in": ("{item} is one of: {options}", "{item} - одно из: {options}"),
    "in.not": ("{item} is none of: {options}", "{item} - ни одно из: {options}"),
    "has": ("{items} include {item}", "{items} содержат: {item}"),
    "has.not": ("{items} do not include {item}", "{items} не содержат: {item}"),
    "given": ("{item} is given", "{item}: указано"),
    "given.not": ("{item} is not given", "{item}: не указано"),
    "plus": ("{day} plus {period}", "{day} плюс {period}"),
    "minus": ("{day} minus {period}", "{day} минус {period}"),
    "down": (
        "{sum} (in a month without that day, its last day)", "{sum} (если в месяце нет такого дня - последний его день)"
    ),
    "up": (
        "{sum} (in a month without that day, the first of the next)",
        "{sum} (если в месяце нет такого дня - первое число следующего)",
    ),
    "next_working_day": (
        "{day} or, if it is a day off, the next working day",
        "{day}, а если это нерабочий день - следующий рабочий день",
    ),
    "quarter_of": ("the quarter of the day ({day})", "квартал, на который приходится день ({day})"),
    "day_of": ("{spec} of the quarter ({quarter})", "{spec} квартала ({quarter})"),
    "day_of.named": ("the day {spec} of the quarter ({quarter})", "день {spec} квартала ({quarter})"),
    "month.1": ("the {day} of the first month", "{day} число первого месяца"),
    "month.2": ("the {day} of the second month", "{day} число второго месяца"),
    "month.3": ("the {day} of the last month", "{day} число последнего месяца"),
    "as_of": ("the last known day", "последний известный день"),
    "in_force": ("the day on which this version came into force", "день введения этой редакции в действие"),
    "replaced": ("the day on which this version is replaced", "день замены этой редакции"),
    "true": ("yes", "да"),
    "false": ("no", "нет"),
    "holds": ("it always holds", "верно всегда"),
    "fails": ("it never holds", "не верно никогда"),
    "none": ("not given", "не указано"),
    "nothing": ("nothing", "ничего"),
    "never": ("never", "никогда"),
}  # fmt: skip

PHRASES: Final[Mapping[str, Words]] = MappingProxyType({key: Words(*both) for key, both in _TABLE.items()})


def phrase(key: str, lang: Lang, **holes: str) -> str:
    """The phrase in a language with its holes filled; what fills a hole may itself hold braces."""
    text = PHRASES[key][lang]
    parts = [text]
    for name, value in holes.items():
        parts = [piece for part in parts for piece in _split(part, name, value)]
    return "".join(part.removeprefix("\0") for part in parts)


def _split(part: str, name: str, value: str) -> list[str]:
    if part.startswith("\0"):
        return [part]
    pieces = part.split(f"{{{name}}}")
    found = [pieces[0]]
    for piece in pieces[1:]:
        found += [f"\0{value}", piece]
    return found


_UNITS_RU: Final = {
    "years": ("год", "года", "лет"),
    "months": ("месяц", "месяца", "месяцев"),
    "days": ("день", "дня", "дней"),
    "working_days": ("рабочий день", "рабочих дня", "рабочих дней"),
}
_UNITS_EN: Final = {"years": "year", "months": "month", "days": "day", "working_days": "working day"}


def plural_ru(count: int, one: str, few: str, many: str) -> str:
    """The Russian form beside a number: 1 месяц, 3 месяца, 11 месяцев, 21 месяц."""
    tens, units = count % 100, count % 10
    if units == 1 and tens != 11:
        return one
    return few if 2 <= units <= 4 and not 12 <= tens <= 14 else many


def say_period(period: Period, lang: Lang) -> str:
    """`1 year and 2 months`, `10 рабочих дней`."""
    years, months = divmod(abs(period.months), 12)
    counts = {"years": years, "months": months, "days": abs(period.days), "working_days": abs(period.working_days)}
    parts = [_counted(count, unit, lang) for unit, count in counts.items() if count]
    return (" and " if lang == "en" else " и ").join(parts) or _counted(0, "days", lang)


def _counted(count: int, unit: str, lang: Lang) -> str:
    if lang == "ru":
        return f"{count} {plural_ru(count, *_UNITS_RU[unit])}"
    return f"{count} {_UNITS_EN[unit]}{'' if count == 1 else 's'}"


def say_quarter_day(spec: QuarterDay, lang: Lang) -> str:
    """`the 15th day of the last month`, `15 число последнего месяца`."""
    return phrase(f"month.{spec.month}", lang, day=f"{_ordinal(spec.day)} day" if lang == "en" else str(spec.day))


def _ordinal(number: int) -> str:
    ending = "th" if 11 <= number % 100 <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def say_day(day: int, lang: Lang, iso: bool = False) -> str:
    """A day in words, or as year-month-day; `never` by its own word."""
    if day >= NEVER:
        return phrase("never", lang)
    return format_iso(day) if iso else (format_en(day) if lang == "en" else format_ru(day))


def say_quarter(quarter: int, lang: Lang) -> str:
    """`the fourth quarter of 2026`, `IV квартал 2026 года`."""
    return format_quarter_en(quarter) if lang == "en" else format_quarter_ru(quarter)


def say_event(event: Event, vocabulary: Vocabulary, lang: Lang) -> str:
    """The kind's words and the day: `appointment, 2026-04-16`."""
    return f"{vocabulary.kinds[event.kind].words[lang]}, {say_day(event.date, lang, iso=True)}"


def say_value(value: Bound, of: Type, vocabulary: Vocabulary, lang: Lang) -> str:
    """A value of a record for a person; days stay in figures, so that they can be looked up in the file."""
    match value:
        case None:
            return phrase("none", lang)
        case Event():
            return say_event(value, vocabulary, lang)
        case Period():
            return say_period(value, lang)
        case QuarterDay():
            return say_quarter_day(value, lang)
        case frozenset() if isinstance(of, Items):
            words = vocabulary.enumerations[of.name].values
            return ", ".join(words[each][lang] for each in words if each in value) or phrase("nothing", lang)
        case str() if isinstance(of, Enum):
            return vocabulary.enumerations[of.name].values[value][lang]
        case bool() if of == BOOL:
            return phrase("true" if value else "false", lang)
        case int() if of == DATE:
            return say_day(value, lang, iso=True)
        case int() if of == QUARTER:
            return say_quarter(value, lang)
        case _:
            return str(value)
