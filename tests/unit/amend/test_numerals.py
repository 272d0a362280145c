"""Russian numerals: what is written is read back, in every case form."""

from __future__ import annotations

import pytest

from compliance.amend.numerals import CASES, GENDERS, Case, Gender, cardinal, ordinal, plural_kind, read_numeral


@pytest.mark.parametrize("case", CASES)
def test_every_cardinal_is_read_back(case: Case) -> None:
    for number in [*range(1, 1300), 2000, 3004, 5555, 9999]:
        words = tuple(cardinal(number, case).split())
        read = read_numeral(words)
        assert read is not None, words
        assert (read.value, read.size, read.ordinal) == (number, len(words), False)


@pytest.mark.parametrize("gender", GENDERS)
@pytest.mark.parametrize("case", CASES)
def test_every_ordinal_is_read_back(case: Case, gender: Gender) -> None:
    for number in range(1, 100):
        read = read_numeral(tuple(ordinal(number, case, gender).split()))
        assert read is not None
        assert (read.value, read.ordinal) == (number, True)


@pytest.mark.parametrize(
    ("number", "case", "words"),
    [
        (3, "gen", "трех"),
        (2, "ins", "двумя"),
        (40, "gen", "сорока"),
        (57, "ins", "пятьюдесятью семью"),
        (200, "gen", "двухсот"),
        (1095, "gen", "одной тысячи девяноста пяти"),
        (2000, "gen", "двух тысяч"),
        (12, "nom", "двенадцать"),
    ],
)
def test_known_forms(number: int, case: Case, words: str) -> None:
    assert cardinal(number, case) == words


def test_a_thousand_needs_no_one_before_it() -> None:
    read = read_numeral(("тысячи", "девяноста", "пяти", "дней"))
    assert read is not None
    assert (read.value, read.size) == (1095, 3)


def test_two_numbers_side_by_side_are_not_added() -> None:
    read = read_numeral(("пяти", "десяти"))
    assert read is not None
    assert (read.value, read.size) == (5, 1)


def test_digits_count_and_zero_does_not() -> None:
    read = read_numeral(("1095",))
    assert read is not None
    assert read.value == 1095
    assert read_numeral(("0",)) is None
    assert read_numeral(("число",)) is None
    assert read_numeral(()) is None


def test_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="10000"):
        cardinal(10000)
    with pytest.raises(ValueError, match="101"):
        ordinal(101)


@pytest.mark.parametrize(("number", "kind"), [(1, "one"), (21, "one"), (3, "few"), (11, "many"), (25, "many")])
def test_the_counted_noun(number: int, kind: str) -> None:
    assert plural_kind(number) == kind
