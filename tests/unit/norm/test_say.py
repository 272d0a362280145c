"""Sentences: readable in both languages, for every example and for random norms."""

from __future__ import annotations

import re
from random import Random

import pytest

from compliance.norm.phrases import PHRASES, phrase, plural_ru, say_period, say_quarter_day, say_value
from compliance.norm.say import say, say_definition
from compliance.norm.types import BOOL, DATE, QUARTER, Enum, Items, Period, QuarterDay
from compliance.norm.vocabulary import Lang, Words
from tests.randomised import random_norm, random_program
from tests.randomised_words import VOCABULARY
from tests.unit.norm.examples import EXAMPLES, PROGRAM, typed

LANGUAGES: tuple[Lang, ...] = ("en", "ru")


@pytest.mark.parametrize(
    ("text", "en", "ru"),
    [
        (
            "every sent m: m.date <= last_day(send_before, m.quarter)",
            (
                "For every sending of the materials: the day of the sending of the materials is not later than "
                "the last day for the 1st day of the last month of quarter in the sending of the materials."
            ),
            (
                "Для каждого события «направление материалов»: день «направление материалов» не позднее, чем "
                "последний день срока 1 число последнего месяца в quarter в «направление материалов»."
            ),
        ),
        (
            "every sent a, every sent b with a != b: a.date != b.date",
            (
                "For every sending of the materials a; for every sending of the materials b where a and b are "
                "not the same: the day of a and the day of b are not the same."
            ),
            (
                "Для каждого события «направление материалов» a; для каждого события «направление материалов» b, "
                "если a и b не совпадают: день a и день b не совпадают."
            ),
        ),
        (
            "every enrolment e with not e.regular: e.by = head and e.position.listed",
            (
                "For every enrolment where the enrolment is not “regular”: by in the enrolment is head, and "
                "position in the enrolment is “listed”."
            ),
            (
                "Для каждого события «зачисление», если «зачисление» - не «regular»: by в «зачисление» - head, и "
                "position в «зачисление» - «listed»."
            ),
        ),
        (
            "no report r with r.date = 2026-12-02 and r.date < as_of",
            (
                "There is no report where the day of the report is 2 December 2026, and the day of the report is "
                "earlier than the last known day."
            ),
            (
                "Нет события «рапорт», для которого верно: день «рапорт» - 2 декабря 2026 года, и день «рапорт» "
                "раньше, чем последний известный день."
            ),
        ),
        (
            "every report r: by r.date + 3 months rounded down: quiet()",
            (
                "For every report: by the day of the report plus 3 months (in a month without that day, its last "
                "day) it must be done: nothing was reported."
            ),
            (
                "Для каждого события «рапорт»: не позднее чем день «рапорт» плюс 3 месяца (если в месяце нет "
                "такого дня - последний его день) должно быть выполнено: рапортов не было."
            ),
        ),
        (
            "case route {short: true; long: false; none: true} or not officer.serving",
            "The reading `route` is “short”, or the reading `route` is “none”, or the officer is not “serving”.",
            "Прочтение `route` - «short», или прочтение `route` - «none», или сотрудник - не «serving».",
        ),
    ],
)
def test_sentences(text: str, en: str, ru: str) -> None:
    assert say(typed(text).expr, PROGRAM, "en") == en
    assert say(typed(text).expr, PROGRAM, "ru") == ru


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_has_its_sentence(text: str, lang: Lang) -> None:
    said = say(typed(text).expr, PROGRAM, lang)
    assert not re.search(r"[{}\0]", said)
    assert said[0].isupper()
    assert said.endswith(".")


@pytest.mark.parametrize("seed", range(6))
def test_random_norms_have_sentences(seed: int) -> None:
    program = random_program(Random(seed))
    for each in range(15):
        norm = random_norm(Random(100 * seed + each), program)
        for lang in LANGUAGES:
            assert not re.search(r"[{}\0]", say(norm.expr, program, lang))
    for name in program.definitions:
        assert say_definition(name, program, "en") != say_definition(name, program, "ru")


def test_readings_are_said_by_their_words() -> None:
    words = {"bound": {"exclusive": Words("the day before", "день до"), "inclusive": Words("that day", "этот день")}}
    assert say_definition("last_day", PROGRAM, "en", words) == (
        "the last day for p of q: by the reading `bound` (the day before: the day p of the quarter (q) minus 1 day; "
        "that day: the day p of the quarter (q))"
    )
    assert say(typed("case bound {exclusive: true; inclusive: false} and quiet()").expr, PROGRAM, "ru", words) == (
        "Прочтение `bound` - «день до», и рапортов не было."
    )


@pytest.mark.parametrize(
    ("period", "en", "ru"),
    [
        (Period(1), "1 month", "1 месяц"),
        (Period(3), "3 months", "3 месяца"),
        (Period(11), "11 months", "11 месяцев"),
        (Period(36), "3 years", "3 года"),
        (Period(60), "5 years", "5 лет"),
        (Period(12 * 21), "21 years", "21 год"),
        (Period(working_days=1), "1 working day", "1 рабочий день"),
        (Period(working_days=10), "10 working days", "10 рабочих дней"),
        (Period(working_days=22), "22 working days", "22 рабочих дня"),
        (Period(14, 112), "1 year and 2 months and 112 days", "1 год и 2 месяца и 112 дней"),
        (Period(), "0 days", "0 дней"),
    ],
)
def test_periods(period: Period, en: str, ru: str) -> None:
    assert (say_period(period, "en"), say_period(period, "ru")) == (en, ru)


def test_values() -> None:
    def both(value: object, of: object) -> tuple[str, str]:
        return say_value(value, of, VOCABULARY, "en"), say_value(value, of, VOCABULARY, "ru")  # type: ignore[arg-type]

    assert both(None, DATE) == ("not given", "не указано")
    assert both(739587, DATE) == ("2025-12-02", "2025-12-02")
    assert both(3652059, DATE) == ("never", "никогда")
    assert both(2026 * 4 + 3, QUARTER) == ("the fourth quarter of 2026", "IV квартал 2026 года")
    assert both(True, BOOL) == ("yes", "да")
    assert both("g1.sub1", Enum("ground")) == ("g1.sub1", "g1.sub1")
    assert both(frozenset({"photo", "paper"}), Items("item")) == ("paper, photo", "paper, photo")
    assert both(frozenset(), Items("item")) == ("nothing", "ничего")
    assert say_quarter_day(QuarterDay(22, 2), "en") == "the 22nd day of the second month"
    assert say_quarter_day(QuarterDay(13, 1), "en") == "the 13th day of the first month"
    assert say_quarter_day(QuarterDay(15, 3), "ru") == "15 число последнего месяца"


def test_russian_plurals_round_the_teens() -> None:
    forms = [plural_ru(count, "one", "few", "many") for count in (1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 112)]
    assert forms == "one few few many many many many one few many one many many".split()


def test_phrases_have_the_same_holes_in_both_languages() -> None:
    for key, words in PHRASES.items():
        assert set(re.findall(r"{(\w+)}", words.en)) == set(re.findall(r"{(\w+)}", words.ru)), key


def test_what_fills_a_hole_may_hold_braces_of_its_own() -> None:
    assert phrase("plus", "en", day="{period}", period="{day}") == "{period} plus {day}"
