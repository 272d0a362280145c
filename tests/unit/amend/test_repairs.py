"""Repairs and solved values: whatever is proposed was applied, and really mends what failed."""

from __future__ import annotations

from functools import cache

import pytest
from attrs import evolve

from compliance.amend.effect.ask import Asker
from compliance.amend.effect.deadlines import tight
from compliance.amend.effect.flips import Stored, stories
from compliance.amend.effect.meaning import difference
from compliance.amend.effect.repairs import Repair, Repairs, tried_again
from compliance.amend.effect.situations import lost, read_book
from compliance.amend.effect.values import in_words, parameter_of, said, values_like
from compliance.amend.examine import examine
from compliance.amend.from_law import tree_of
from compliance.amend.instruction import parse_instruction
from compliance.amend.words import parse_value
from compliance.calendar.load import shipped_calendar
from compliance.law.anchors import read_words
from compliance.norm.types import Period, QuarterDay
from compliance.source.data import data_path
from compliance.source.diagnostic import Problems
from tests.unit.amend.test_effect import FIRST, made, rules

STORED = 40
"""So many stored stories are enough to answer first."""


@cache
def some_stories() -> tuple[Stored, ...]:
    """Some of the shipped stories."""
    return stories(data_path("scenarios", "compliant"), rules()).stored[:STORED]


def repaired(text: str) -> Repair | None:
    """The repair of a package that fails."""
    new, book = made(text), read_book()
    (package,) = (parse_instruction(text, "change.txt"),)
    report = examine(tree_of(rules().written), package, FIRST)
    asker = Asker(shipped_calendar(), new.old.default_profile, polish=False)
    stored = some_stories()
    found = difference(new.old, new.law, new.old.default_profile)
    losses = list(lost(found, book.situations, asker, stored))
    late = [each for each in tight(new.law, asker.calendar, book.steps) if each.hard]
    assert losses or late
    return Repairs(rules(), new, report, asker, book).find(losses, late)


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        (
            'в подпункте 1) пункта 11 слова "последнего месяца" заменить словами "второго месяца";',
            "the 1st day of the last month (`до 1 числа последнего месяца соответствующего квартала`)",
            "до 1 числа последнего месяца соответствующего квартала",
        ),
        (
            'в части второй пункта 14 слова "трех месяцев" заменить словами "четырех лет";',
            "36 months (`трех лет`)",
            "трех лет",
        ),
    ],
)
def test_the_nearest_number_that_passes(text: str, value: str, words: str) -> None:
    found = repaired(text)
    assert found is not None
    assert found.says.fields["value_en"] == value
    assert f'"{words}"' in found.paste
    again = made(text + "\n" + found.paste)
    assert not [each for each in tight(again.law, shipped_calendar(), read_book().steps) if each.hard]


def test_a_reading_said_in_words_opens_a_way() -> None:
    found = repaired("подпункт 5) пункта 18 исключить;")
    assert found is not None
    assert found.says.code == "effect.repair-reading"
    assert found.says.fields["quote"] == "не должен превышать трех лет"
    assert found.paste == ""


def test_an_instruction_to_leave_out() -> None:
    found = repaired("пункт 15 исключить;\nподпункт 5) пункта 18 исключить;")
    assert found is not None
    assert (found.says.code, found.says.fields["number"]) == ("effect.repair-left-out", "2")


def test_references_to_paste_are_tried() -> None:
    text = "пункт 16 исключить;\nпункты 17 – 20 считать соответственно пунктами 16 – 19;"
    (package,) = (parse_instruction(text, "change.txt"),)
    report = tried_again(examine(tree_of(rules().written), package), rules())
    pasted = [finding.paste for finding in report.findings if finding.paste]
    assert any("пунктом 17" in each for each in pasted)
    more = [op for each in pasted for op in parse_instruction(each, "repair").operations]
    after = examine(tree_of(rules().written), evolve(package, operations=(*package.operations, *more)))
    assert not [each.code for each in after.findings if each.code.startswith("XREF")]


def test_a_paste_that_does_not_help_is_dropped() -> None:
    (package,) = (
        parse_instruction("пункт 16 исключить;\nпункты 17 – 20 считать соответственно пунктами 16 – 19;", "a"),
    )
    report = examine(tree_of(rules().written), package)
    wrong = tuple(
        evolve(each, paste='в пункте 1 слова "Настоящие" заменить словами "Данные";') if each.paste else each
        for each in report.findings
    )
    assert not [each.paste for each in tried_again(evolve(report, findings=wrong), rules()).findings if each.paste]


def test_values_in_their_order() -> None:
    days = values_like(QuarterDay(15, 3))
    assert (days[0], days[-1], len(days)) == (QuarterDay(1, 1), QuarterDay(30, 3), 86)
    assert values_like(Period(36))[2] == Period(3)
    assert values_like(Period(working_days=10))[9] == Period(working_days=10)
    assert values_like(Period(days=30))[0] == Period(days=1)


@pytest.mark.parametrize(
    ("value", "like", "words"),
    [
        (QuarterDay(1, 3), "до 15 числа второго месяца", "до 1 числа последнего месяца"),
        (QuarterDay(5, 2), "До 1 числа последнего месяца", "До 5 числа второго месяца"),
        (Period(21), "трех лет", "двадцати одного месяца"),
        (Period(30), "трех лет", "двух лет и шести месяцев"),
        (Period(6), "один год", "шесть месяцев"),
        (Period(18), "двенадцать месяцев", "восемнадцать месяцев"),
        (Period(36), "48 месяцев", "трех лет"),
        (Period(working_days=5), "в течение десяти рабочих дней", "в течение пяти рабочих дней"),
        (Period(working_days=21), "10 рабочих дней", "21 рабочего дня"),
        (Period(days=1090), "1095 календарных дней", "1090 календарных дней"),
    ],
)
def test_values_in_russian_words(value: Period | QuarterDay, like: str, words: str) -> None:
    assert in_words(value, like) == words


@pytest.mark.parametrize(
    "like",
    ["трех лет", "один год", "двенадцать месяцев", "48 месяцев", "в течение десяти рабочих дней", "10 рабочих дней",
     "1095 календарных дней", "до 15 числа второго месяца соответствующего квартала"],
)  # fmt: skip
def test_every_value_in_words_is_read_again(like: str) -> None:
    now = parse_value(like)
    assert isinstance(now, Period | QuarterDay)
    for value in values_like(now):
        words = in_words(value, like)
        read = read_words(words)
        assert parse_value(words) == value
        assert read is not None
        assert read.agrees(value)


def test_values_for_people() -> None:
    assert (said(Period(36)).en, said(Period(1)).ru, said(Period(24)).ru) == ("36 months", "1 месяц", "24 месяца")
    assert said(QuarterDay(15, 3)).ru == "до 15 числа последнего месяца квартала"


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [("p14.min_stay", "p14.part2.min_stay"), ("p14.part2.min_sty", "p14.part2.min_stay"), ("p20", "p20.cooling_off"),
     ("maxstay", "p14.part1.max_stay"), ("xyz", None)],
)  # fmt: skip
def test_a_parameter_that_is_none(word: str, suggestion: str | None) -> None:
    with pytest.raises(Problems) as caught:
        parameter_of(rules(), word)
    (found,) = caught.value.diagnostics
    assert (found.code, found.suggestion) == ("effect.unknown-parameter", suggestion)
    assert "p14.part2.min_stay" in found.expected


@pytest.mark.parametrize("word", ["p14.part2.min_stay", "min_stay"])
def test_a_parameter_by_either_name(word: str) -> None:
    assert parameter_of(rules(), word).name == "min_stay"
