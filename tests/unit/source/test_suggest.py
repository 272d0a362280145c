"""Did you mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.source.suggest import did_you_mean

WORDS = ("materials_sent", "materials_checked", "list_agreed", "reserve_decision", "head_of_sgs")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("materials_snt", "materials_sent"),
        ("material_sent", "materials_sent"),
        ("Materials-Sent", "materials_sent"),
        ("materials sent", "materials_sent"),
        ("lіst_аgrееd", "list_agreed"),  # four letters are Cyrillic
        ("rеsеrvе_dесisiоn", "reserve_decision"),
        ("HEAD_OF_SGS", "head_of_sgs"),
        ("wholly_else", None),
        ("", None),
        ("   ", None),
        ("x" * 500, None),
    ],
)
def test_the_nearest_word_is_found(typed: str, meant: str | None) -> None:
    assert did_you_mean(typed, WORDS) == meant


def test_a_known_word_is_not_suggested_for_itself() -> None:
    assert did_you_mean("list_agreed", WORDS) is None


def test_russian_words_are_found_too() -> None:
    assert did_you_mean("взыскаие", ["взыскание", "решение"]) == "взыскание"


@given(st.text(max_size=20), st.permutations(WORDS))
def test_the_order_of_the_candidates_does_not_matter(word: str, words: list[str]) -> None:
    assert did_you_mean(word, words) == did_you_mean(word, sorted(words))
