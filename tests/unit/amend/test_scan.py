"""Quotations whole, however they are nested; words told apart by their endings."""

from __future__ import annotations

import pytest

from compliance.amend.scan import joined, tokens
from compliance.source.diagnostic import Collector, Problems
from compliance.source.loc import Source


def kinds(text: str) -> list[str]:
    """The terminals of a text."""
    return [token.kind for token in joined(tokens(text, Source("t", text).place_of, Collector()))]


def quotes(text: str) -> list[str]:
    """The quotations of a text."""
    found = tokens(text, Source("t", text).place_of, Collector())
    return [token.text for token in found if token.kind == "QUOTED"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('слова "трех лет"', ["трех лет"]),
        ("слова «трех лет» и «двух лет»", ["трех лет", "двух лет"]),
        ("слова “трех лет”;", ["трех лет"]),
        ("слова „трех лет“;", ["трех лет"]),
        ('"14. Закон "О правовых актах" действует.";', ['14. Закон "О правовых актах" действует.']),
        ("«14. Закон «О правовых актах».»", ["14. Закон «О правовых актах»."]),
        ('"14. Закон «О правовых актах».";', ["14. Закон «О правовых актах»."]),
        (
            'редакции:\n"14. Порядок, установленный Законом "О службе".";\n',
            ['14. Порядок, установленный Законом "О службе".'],
        ),
        ('"14. Порядок, установленный Законом "О службе";\n', ['14. Порядок, установленный Законом "О службе']),
        ('слова " трех лет "', ["трех лет"]),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    assert quotes(text) == inside


def test_the_place_of_a_quotation_is_that_of_its_words() -> None:
    text = "слова « трех лет»"
    (token,) = [each for each in tokens(text, Source("t", text).place_of, Collector()) if each.kind == "QUOTED"]
    assert text[token.start :].startswith("трех лет")


def test_an_open_quotation_points_at_its_mark() -> None:
    text = 'в пункте 14 слова "трех лет заменить'
    with pytest.raises(Problems) as caught:
        tokens(text, Source("t", text).place_of, Collector())
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "amend.quote-open"
    assert diagnostic.place is not None
    assert diagnostic.place.column == 19


def test_quotations_may_not_nest_without_end() -> None:
    text = "«а " * 20 + "»" * 20
    with pytest.raises(Problems) as caught:
        tokens(text, Source("t", text).place_of, Collector())
    assert caught.value.diagnostics[0].code == "amend.quotes-too-deep"


def test_separators_are_told_by_what_follows() -> None:
    assert kinds('пункты 5, 16 и 18, слова "а" и "б" исключить') == [
        "POINT", "NUM", "LSEP", "NUM", "LSEP", "NUM", "SEP", "WORDS", "QUOTED", "QSEP", "QUOTED", "DELETE",
    ]  # fmt: skip
    assert kinds("в подпункте 3) пункта 11 и пункте 13") == [
        "IN",
        "SUB",
        "SUBNUM",
        "POINT",
        "NUM",
        "PSEP",
        "POINT",
        "NUM",
    ]


def test_case_forms_of_the_key_words() -> None:
    assert kinds("подпунктом подпунктов частью частей пунктами словам") == [
        "SUB_INS", "SUB", "PART_INS", "PART", "POINT_INS", "WORD",
    ]  # fmt: skip
