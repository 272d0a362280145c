"""Periods, days of a quarter and cadences: every manner in which a drafter may write them, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.amend.numerals import CASES, Case
from compliance.amend.words import (
    Cadence,
    DayNumber,
    Value,
    find_values,
    parse_value,
    period_words,
    reword,
    value_words,
)
from compliance.norm.types import Period, QuarterDay
from tests.unit.amend.rules import the_rules

YEARS3 = Period(months=36)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("трех лет", YEARS3),
        ("трёх лет", YEARS3),
        ("3 года", YEARS3),
        ("36 месяцев", YEARS3),
        ("тридцати шести месяцев", YEARS3),
        ("двенадцать месяцев", Period(months=12)),
        ("одного года", Period(months=12)),
        ("полутора лет", Period(months=18)),
        ("полугода", Period(months=6)),
        ("шести месяцев", Period(months=6)),
        ("двух лет и шести месяцев", Period(months=30)),
        ("двух кварталов", Period(months=6)),
        ("четырех недель", Period(days=28)),
        ("1095 календарных дней", Period(days=1095)),
        ("одной тысячи девяноста пяти календарных дней", Period(days=1095)),
        ("десяти рабочих дней", Period(working_days=10)),
        ("10 (десяти) рабочих дней", Period(working_days=10)),
        ("до 5 числа последнего месяца", QuarterDay(5, 3)),
        ("до 15 числа второго месяца соответствующего квартала", QuarterDay(15, 2)),
        ("не позднее 15-го числа первого месяца", QuarterDay(15, 1)),
        ("до пятого числа последнего месяца", QuarterDay(5, 3)),
        ("До 5 числа", DayNumber(5)),
        ("ежемесячно", Cadence(1)),
        ("раз в полугодие", Cadence(6)),
    ],
)
def test_words_to_value(words: str, value: Value) -> None:
    assert parse_value(words) == value


@pytest.mark.parametrize(
    "words",
    ["28 августа 2013 года", "первого месяца", "на одну ступень", "32 числа", "до 45 числа", "рабочих дней", ""],
)
def test_no_value(words: str) -> None:
    assert parse_value(words) is None


PERIODS = st.one_of(
    st.builds(Period, months=st.integers(1, 600)),
    st.builds(Period, days=st.integers(1, 9999)),
    st.builds(Period, working_days=st.integers(1, 999)),
)


@given(PERIODS, st.sampled_from(CASES))
def test_a_period_is_read_back_in_every_case(period: Period, case: Case) -> None:
    assert parse_value(period_words(period, case)) == period


@pytest.mark.parametrize(
    ("quote", "value", "words"),
    [
        ("трех лет", Period(months=24), "двух лет"),
        ("один год", Period(months=24), "два года"),
        ("один год", Period(months=6), "шесть месяцев"),
        ("десяти рабочих дней", Period(working_days=1), "одного рабочего дня"),
        ("36 месяцев", Period(months=12), "одного года"),
        ("до 15 числа последнего месяца", QuarterDay(10, 2), "до 10 числа второго месяца"),
        ("До 1 числа", QuarterDay(5, 3), "до 5 числа"),
        ("ежеквартально", Cadence(1), "ежемесячно"),
    ],
)
def test_a_repair_keeps_the_case_form(quote: str, value: Value, words: str) -> None:
    assert reword(quote, value) == words


@pytest.mark.parametrize("value", [QuarterDay(1, 1), QuarterDay(30, 2), DayNumber(7), Cadence(3), Cadence(12)])
def test_other_values_are_read_back(value: Value) -> None:
    assert parse_value(value_words(value)) == value


def test_the_values_of_the_rules() -> None:
    found = {row.id: [(each.value, each.bound) for each in find_values(row.text)] for row in the_rules().rows}
    assert {unit: values for unit, values in found.items() if values} == {
        "p8.part1": [(Cadence(3), "other")],
        "p10.part1": [(QuarterDay(1, 3), "until")],
        "p10.part2.sub1.dash1": [(YEARS3, "other")],
        "p11": [(Cadence(3), "other")],
        "p11.sub1": [(QuarterDay(15, 3), "until")],
        "p11.sub2": [(QuarterDay(30, 3), "until")],
        "p11.sub3": [(Period(working_days=10), "within")],
        "p13": [(Period(working_days=10), "within")],
        "p14.part1": [(YEARS3, "at_most")],
        "p14.part2": [(Period(months=3), "at_least")],
        "p20": [(Period(months=12), "at_least")],
    }


def test_offsets_are_those_of_the_text() -> None:
    text = "не ранее чем через ещё три\xa0года после, до 5 числа последнего месяца"
    assert [text[each.start : each.end] for each in find_values(text)] == [
        "три\xa0года",
        "до 5 числа последнего месяца",
    ]
