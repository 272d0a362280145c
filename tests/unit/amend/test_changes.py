"""How far the formal side follows from the words: values and officials, and what nothing formal explains."""

from __future__ import annotations

import pytest

from compliance.amend.changes import Edit, edits, moves
from compliance.norm.types import Period, QuarterDay
from tests.unit.amend.rules import after, the_rules


def only(words: str) -> Edit:
    """The one unit that an amendment touches."""
    (edit,) = edits(the_rules(), after(words))
    return edit


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ('в пункте 14 слова "трех лет" заменить словами "двух лет";', Period(months=36), Period(months=24)),
        (
            'в пункте 14 слово "трех лет" заменить словами "1095 календарных дней";',
            Period(months=36),
            Period(days=1095),
        ),
        ('в части второй пункта 14 слово "трех" заменить словом "шести";', Period(months=3), Period(months=6)),
        ('в части первой пункта 10 слова "До 1 числа" заменить словами "До 5 числа";', QuarterDay(1), QuarterDay(5)),
        (
            'в подпункте 1) пункта 11 слова "до 15 числа последнего" заменить словами "до 15 числа второго";',
            QuarterDay(15),
            QuarterDay(15, 2),
        ),
    ],
)
def test_a_changed_value_is_all_that_changed(words: str, old: object, new: object) -> None:
    edit = only(words)
    assert edit.follows
    ((before, came),) = edit.values
    assert (before.value, came.value) == (old, new)


def test_a_changed_bound_is_a_changed_value() -> None:
    edit = only('в подпункте 1) пункта 11 слова "до 15 числа" заменить словами "не позднее 15 числа";')
    ((before, came),) = edit.values
    assert (before.value, before.bound, came.value, came.bound) == (
        QuarterDay(15),
        "until",
        QuarterDay(15),
        "not_later",
    )
    assert edit.rest == ()
    assert not edit.follows


def test_another_official() -> None:
    edit = only('в части второй пункта 12 слова "Руководитель Администрации Президента" заменить словом "Президент";')
    ((before, came),) = edit.actors
    assert (before.actor, came.actor) == ("head_of_administration", "president")
    assert edit.follows


def test_endings_are_no_change_of_meaning() -> None:
    edit = only('в подпункте 2) пункта 11 слово "формируют" заменить словом "формирует";')
    assert (edit.values, edit.actors, edit.rest) == ((), (), ())


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ('в подпункте 4) пункта 18 слово "рапорта" заменить словом "заявления";', (("рапорта", "заявления"),)),
        ('в пункте 9 слова "личных и" исключить;', (("личных и ", ""),)),
        ('пункт 13 после слов "рабочих дней" дополнить словами "(A)";', (("", " (A)"),)),
    ],
)
def test_other_words_are_left_unexplained(words: str, rest: tuple[tuple[str, str], ...]) -> None:
    assert only(words).rest == rest


def test_units_that_came_or_went_are_all_rest() -> None:
    gone = only("пункт 20 исключить.")
    assert (gone.old_id, gone.new_id, len(gone.rest)) == ("p20", "", 1)
    come = only('дополнить пунктом 21 следующего содержания: "21. A.";')
    assert (come.old_id, come.new_id, come.rest) == ("", "p21", (("", "A."),))


def test_a_new_number_is_no_change_of_words() -> None:
    new = after("пункт 20 считать пунктом 21;")
    assert edits(the_rules(), new) == ()
    assert moves(the_rules(), new)["p20"] == "p21"
    assert moves(the_rules(), after("пункт 20 исключить."))["p20"] is None
