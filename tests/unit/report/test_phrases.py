"""Every word of the interface exists in both languages, and numbers take the right nouns."""

from __future__ import annotations

import re
from string import Formatter
from typing import get_args

import pytest

from compliance.law.model import UNIT_KINDS
from compliance.report.phrases import VERDICTS, WORDS, counted, phrase, term, verdict_word
from compliance.verdict import Status

OPTION = re.compile("--[a-z-]+|JSON|YAML")


def holes(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize("key", sorted(WORDS))
def test_a_phrase_says_the_same_in_both_languages(key: str) -> None:
    words = WORDS[key]
    assert holes(words.en) == holes(words.ru)
    english, russian = (OPTION.sub("", re.sub(r"\{[a-z_]+\}", "", text)) for text in (words.en, words.ru))
    assert not re.search("[а-яёА-ЯЁ]", english)
    assert not re.search("[a-zA-Z]", russian)
    assert re.search("[а-яё]", russian) or not re.search("[a-z]", english)
    assert words.en == words.en.strip()
    assert words.ru == words.ru.strip()


def test_verdicts_and_kinds_of_units_all_have_words() -> None:
    assert set(VERDICTS) == set(get_args(Status))
    assert all(f"kind_{kind}" in WORDS for kind in UNIT_KINDS)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 файлов"), (1, "1 файл"), (2, "2 файла"), (5, "5 файлов"), (11, "11 файлов"), (12, "12 файлов"),
     (21, "21 файл"), (22, "22 файла"), (111, "111 файлов"), (112, "112 файлов"), (124, "124 файла")],
)  # fmt: skip
def test_russian_numbers_take_their_nouns(number: int, said: str) -> None:
    assert counted(number, "files", "ru") == said


def test_english_numbers_take_their_nouns() -> None:
    assert [counted(number, "files", "en") for number in (0, 1, 2)] == ["0 files", "1 file", "2 files"]


def test_what_an_expectation_is_about_is_said_in_words() -> None:
    assert term("verdict", "ru") == "вывод"
    assert term("depends_on.until_date", "en") == "readings it turns on until_date"
    assert term("proposal.from", "en") == "first day of the proposal"
    assert term("something_else", "ru") == "something_else"


def test_an_unknown_key_is_an_error_and_an_unknown_verdict_is_not() -> None:
    with pytest.raises(KeyError):
        phrase("no such key", "en")
    assert verdict_word("p13", "ru") == "p13"
    assert verdict_word("violated", "ru") == "нарушено"
