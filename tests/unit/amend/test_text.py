"""Folding, exact search, sentences and nearness of Russian text."""

from __future__ import annotations

from compliance.amend.text import likeness, nearest, occurrences, plain, sentences, stem


def test_folding_passes_over_quotes_dashes_spaces_and_yo() -> None:
    assert plain("«Трёх\u00a0 лет» — „да“") == '"Трех лет" - "да"'


def test_occurrences_are_whole_words_at_their_own_offsets() -> None:
    text = "Полет трёх  лет, лето и трех лет"
    found = occurrences("трех лет", text)
    assert [text[start:end] for start, end in found] == ["трёх  лет", "трех лет"]
    assert occurrences("лет", "полет и лето") == ()
    assert occurrences("кадров", "бизнес-кадров") == ()


def test_capitals_count_unless_asked_otherwise() -> None:
    assert occurrences("до 1", "До 1 числа") == ()
    assert occurrences("до 1", "До 1 числа", ignore_case=True) == ((0, 4),)


def test_a_mark_alone_is_the_last_one() -> None:
    assert occurrences(".", "а. б.") == ((4, 5),)
    assert occurrences(".", "а. б;") == ()


def test_sentences_are_not_cut_at_initials_and_numbers() -> None:
    assert sentences("14. Срок не превышает трех лет. Лица, см. ст. 5, могут. А. Иванов решает.") == (
        "14. Срок не превышает трех лет.",
        "Лица, см. ст. 5, могут.",
        "А. Иванов решает.",
    )


def test_case_forms_share_a_stem() -> None:
    for forms in (("сотрудник", "сотрудников", "сотрудникам"), ("резерв", "резерве", "резерва"), ("срок", "сроком")):
        assert len({stem(form) for form in forms}) == 1


def test_the_nearest_stretch() -> None:
    text = "Срок пребывания не должен превышать трех лет, если иное не решено"
    assert nearest("не должен превысить трех лет", (text,)) == "не должен превышать трех лет"
    assert nearest("совсем другие слова", (text,)) is None


def test_likeness() -> None:
    assert likeness("Срок не превышает трех лет", "срок не превышает трех лет") == 1
    assert likeness("", "") == 1
    assert likeness("один", "") == 0
