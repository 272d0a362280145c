"""Anchored values and the official words that carry them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.law.anchors import AnchoredValue, occurrences, read_value, read_words, write_value
from compliance.norm.types import Period, QuarterDay


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 years", Period(months=36)),
        ("1 year 6 months", Period(months=18)),
        ("10 working days", Period(working_days=10)),
        ("1 working day", Period(working_days=1)),
        ("30 days", Period(days=30)),
        ("day 1 of month 3", QuarterDay(1, 3)),
        ("  day  15 of month 2 ", QuarterDay(15, 2)),
    ],
)
def test_values_are_read(text: str, value: AnchoredValue) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize(
    "text", ["", "3", "years", "three years", "3 years 2 years", "day 32 of month 3", "day 0 of month 3",
             "day 1 of month 4", "3 years ago", "-3 years", "3.5 years"],
)  # fmt: skip
def test_other_texts_are_no_values(text: str) -> None:
    assert read_value(text) is None


@given(st.builds(Period, st.integers(0, 120), st.integers(0, 99), st.integers(0, 99)))
def test_what_is_written_is_read_again(value: Period) -> None:
    assert read_value(write_value(value)) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("трех лет", Period(months=36)),
        ("не менее трёх месяцев", Period(months=3)),
        ("один год", Period(months=12)),
        ("не ранее чем через один год", Period(months=12)),
        ("одного года и шести месяцев", Period(months=18)),
        ("десяти рабочих дней", Period(working_days=10)),
        ("в течение десяти рабочих дней", Period(working_days=10)),
        ("пятнадцать календарных дней", Period(days=15)),
        ("двадцати одного дня", Period(days=21)),
        ("ста двадцати дней", Period(days=120)),
        ("ста двадцати пяти дней", Period(days=125)),
        ("двух недель", Period(days=14)),
        ("в течение 5 рабочих дней", Period(working_days=5)),
        ("До 1 числа последнего месяца", QuarterDay(1, 3)),
        ("до 15 числа второго месяца", QuarterDay(15, 2)),
    ],
)
def test_official_words_are_read(words: str, value: AnchoredValue) -> None:
    read = read_words(words)
    assert read is not None
    assert read.value() == value
    assert read.agrees(value)
    assert not read.agrees(Period(months=1))


@pytest.mark.parametrize(
    "words", ["незамедлительно", "рабочих дней", "пять двадцати дней", "трех трех лет", "трехлетний"]
)
def test_words_without_a_clear_value_are_not_guessed(words: str) -> None:
    assert read_words(words) is None


def test_a_day_without_its_month_agrees_with_every_month() -> None:
    read = read_words("до 15 числа")
    assert read is not None
    assert read.value() is None
    assert read.agrees(QuarterDay(15, 3))
    assert read.agrees(QuarterDay(15, 1))
    assert not read.agrees(QuarterDay(14, 3))


def test_words_are_found_whole_and_whatever_their_case() -> None:
    text = "10. До 1 числа последнего месяца\nсоответствующего квартала; до 11 числа"
    assert occurrences("до 1 числа последнего  месяца", text) == 1
    assert occurrences("до 1 числа последнего месяц", text) == 0
    assert occurrences("числа", text) == 2
