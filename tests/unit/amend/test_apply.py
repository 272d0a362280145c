"""Operations on the tree: words, units, numbers; keys stay, and a package applies whole or not at all."""

from __future__ import annotations

import pytest

from compliance.amend.apply import apply, apply_one
from compliance.amend.finding import Finding
from compliance.amend.redline import redline
from compliance.amend.tree import Tree
from tests.unit.amend.rules import after, codes, package, report, the_rules


def text_of(tree: Tree, unit: str) -> str:
    """The words of a unit."""
    return tree.by_id[unit].text


def test_words_are_replaced_in_the_named_unit_alone() -> None:
    tree = after('в части первой пункта 14 слова "трех лет" заменить словами "двух лет";')
    assert "не должен превышать двух лет. Лица" in text_of(tree, "p14.part1")
    changed = [row.id for row in tree.rows if row.text != the_rules().by_key[row.key].text]
    assert changed == ["p14.part1"]


def test_quotes_and_yo_of_the_drafter_need_not_be_those_of_the_law() -> None:
    law = "«Законом Республики Казахстан «О специальных государственных органах Республики Казахстан»»"
    tree = after(f"в пункте 17 слова {law} исключить;")
    assert text_of(tree, "p17").endswith("в порядке, установленном.")


def test_throughout_takes_every_place() -> None:
    tree = after('по тексту слова "Президентском кадровом резерве" заменить словами "Резерве";')
    assert sum(row.text.count("Резерве") for row in tree.rows) == 3
    assert not any("Президентском кадровом резерве" in row.text for row in tree.rows)


@pytest.mark.parametrize(
    ("words", "unit", "part"),
    [
        ('пункт 13 после слов "рабочих дней" дополнить словами "(A)";', "p13", "рабочих дней (A) со дня"),
        ('пункт 13 после слов "рабочих дней" дополнить словами ", A,";', "p13", "рабочих дней, A, со дня"),
        ('пункт 13 перед словами "уведомляют" дополнить словом "письменно";', "p13", "резерва письменно уведомляют"),
        ('пункт 13 дополнить словами "A";', "p13", "в Президентский кадровый резерв A."),
        ('в пункте 9 слова "личных и" исключить;', "p9", "оценки деловых качеств"),
        ('в подпункте 1) пункта 11 слова "достоверности," исключить', "p11.sub1", "проверку полноты"),
        ("в пункте 14 предложение второе части первой исключить", "p14.part1", "не должен превышать трех лет."),
        (
            'предложение первое части первой пункта 14 изложить в следующей редакции: "Срок не ограничен."',
            "p14.part1",
            "14. Срок не ограничен. Лица, зачисленные",
        ),
        (
            'в пункте 18 абзац первый изложить в следующей редакции: "18. Сотрудник исключается в случаях:"',
            "p18",
            "18. Сотрудник исключается в случаях:",
        ),
    ],
)
def test_words(words: str, unit: str, part: str) -> None:
    assert part in text_of(after(words), unit)


def test_a_deleted_unit_takes_its_list_along() -> None:
    tree = after("подпункт 1) части второй пункта 10 исключить;")
    gone = {row.id for row in the_rules().rows} - {row.key for row in tree.rows}
    assert gone == {"p10.part2.sub1", "p10.part2.sub1.dash1", "p10.part2.sub1.dash2", "p10.part2.sub1.dash3"}
    assert tree.by_key["p10.part2.sub2"].id == "p10.part2.sub2"


def test_a_deleted_part_moves_the_addresses_and_not_the_keys() -> None:
    tree = after("часть первую пункта 14 исключить;")
    row = tree.by_key["p14.part2"]
    assert row.id == "p14"
    assert row.text.startswith("14. Если иное")


def test_a_deleted_chapter_takes_its_points() -> None:
    tree = after("главу 3 исключить;")
    assert [row.id for row in tree.rows][-1] == "p17"


def test_an_added_chapter_brings_its_points() -> None:
    tree = after('дополнить главой 4 следующего содержания:\n"Глава 4. Учет\n21. Учет ведется.\n22. Учет открыт.";')
    assert [(row.id, row.text) for row in tree.rows if row.new] == [
        ("chapter4", "Глава 4. Учет"),
        ("p21", "21. Учет ведется."),
        ("p22", "22. Учет открыт."),
    ]
    assert [row.id for row in tree.rows][-4:] == ["p20", "chapter4", "p21", "p22"]


def test_a_place_may_be_named_by_the_neighbour() -> None:
    words = 'после подпункта 3) пункта 18 дополнить подпунктом 3-1) следующего содержания: "3-1) A;";'
    ids = [row.id for row in after(words).rows]
    assert ids[ids.index("p18.sub3-1") - 1] == "p18.sub3"


def test_an_added_sub_point_joins_the_list() -> None:
    tree = after('пункт 10 дополнить подпунктом 4) следующего содержания: "4) A.";')
    assert [row.id for row in tree.rows if row.new] == ["p10.part2.sub4"]
    ids = [row.id for row in tree.rows]
    assert ids.index("p10.part2.sub4") == ids.index("p10.part3") - 1


@pytest.mark.parametrize(
    ("number", "before", "behind"),
    [("14-1", "p14.part2", "p15"), ("7-1", "p7", "chapter2"), ("21", "p20", None)],
)
def test_an_added_point_finds_its_place(number: str, before: str, behind: str | None) -> None:
    tree = after(f'дополнить пунктом {number} следующего содержания: "{number}. A.";')
    ids = [row.id for row in tree.rows]
    at = ids.index(f"p{number}")
    assert ids[at - 1] == before
    assert (ids[at + 1] if at + 1 < len(ids) else None) == behind


def test_a_new_point_is_split_into_units() -> None:
    text = "21. Список ведется:\n1) в журнале, где указываются:\nимя;\nдата;\n2) в базе.\nСписок не публикуется."
    tree = after(f'дополнить пунктом 21 следующего содержания:\n"{text}";')
    assert [(row.id, row.text) for row in tree.rows if row.new] == [
        ("p21.part1", "21. Список ведется:"),
        ("p21.part1.sub1", "1) в журнале, где указываются:"),
        ("p21.part1.sub1.dash1", "имя;"),
        ("p21.part1.sub1.dash2", "дата;"),
        ("p21.part1.sub2", "2) в базе."),
        ("p21.part2", "Список не публикуется."),
    ]


def test_lines_that_a_typist_broke_are_no_paragraphs() -> None:
    tree = after('дополнить пунктом 21 следующего содержания:\n"21. Список\nведется в базе.";')
    assert [row.text for row in tree.rows if row.new] == ["21. Список ведется в базе."]


def test_a_restated_point_keeps_the_keys_of_what_goes_on() -> None:
    first = "12. Отдел военной безопасности и обороны вносит список на утверждение."
    second = "Руководитель принимает решение:\n1) зачислить;\n2) отказать;\n3) отложить."
    tree = after(f'пункт 12 изложить в следующей редакции:\n"{first}\n{second}";')
    assert [(row.id, row.key) for row in tree.under("p12")] == [
        ("p12.part1", "p12.part1"),
        ("p12.part2", "p12.part2"),
        ("p12.part2.sub1", "p12.part2.sub1"),
        ("p12.part2.sub2", "p12.part2.sub2"),
        ("p12.part2.sub3", "new:p12.part2.sub3"),
    ]


def test_renumbering_and_back_is_nothing() -> None:
    there = "пункты 8 – 20 считать соответственно пунктами 9 – 21;"
    back = "пункты 9 – 21 считать соответственно пунктами 8 – 20;"
    tree = after(there)
    assert tree.by_key["p14.part1"].id == "p15.part1"
    assert tree.by_key["p20"].text.startswith("21. Сотрудники")
    assert after(there + back).pairs() == the_rules().pairs()


def test_adding_and_deleting_is_nothing() -> None:
    assert (
        after('дополнить пунктом 21 следующего содержания: "21. A."; пункт 21 исключить.').pairs()
        == the_rules().pairs()
    )


def test_a_new_point_8_and_the_old_one_renumbered() -> None:
    tree = after(
        'дополнить новым пунктом 8 следующего содержания: "8. A."; '
        "пункты 8 – 20 считать соответственно пунктами 9 – 21;"
    )
    assert [row.key for row in tree.under("p8")] == ["new:p8"]
    assert tree.by_key["p8.part2.sub1"].id == "p9.part2.sub1"


def test_all_or_nothing() -> None:
    applied = apply(the_rules(), package("пункт 20 исключить; пункт 25 исключить; пункт 26 исключить;").operations)
    assert applied.tree is None
    assert [finding.code for finding in applied.findings] == ["UNIT_MISSING", "UNIT_MISSING"]


def test_operations_on_other_acts_are_set_aside() -> None:
    applied = apply(
        the_rules(), package('заголовок изложить в следующей редакции: "A"; пункт 20 исключить.').operations
    )
    assert len(applied.foreign) == 1
    assert applied.tree is not None
    assert "p20" not in applied.tree.by_id


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ('в пункте 14 слова "три года" исключить', "MATCH_NOT_FOUND", "amend.match-case-form"),
        ('в пункте 14 слова "срок пребывания сотрудника" исключить', "MATCH_NOT_FOUND", "amend.match-capitals"),
        ('в пункте 13 слова "трех лет" исключить', "MATCH_NOT_FOUND", "amend.match-elsewhere"),
        ('в пункте 13 слова "нет таких слов" исключить', "MATCH_NOT_FOUND", "amend.match-not-found"),
        ('в пункте 10 слово "материалов" исключить', "MATCH_NOT_UNIQUE", "amend.match-not-unique"),
        ("пункт 20 считать пунктом 0;", "NUMBERING_MISMATCH", "amend.number-impossible"),
        ("часть третью пункта 14 исключить", "UNIT_MISSING", "amend.unit-missing"),
        (
            'пункт 20 дополнить подпунктом 1) следующего содержания: "2) A."',
            "NUMBERING_MISMATCH",
            "amend.number-differs",
        ),
        ('пункт 14 дополнить частью пятой следующего содержания: "A."', "NUMBERING_GAP", "amend.numbering-gap"),
        ("в пункте 18 абзац первый исключить", "STRUCTURE_NOTE", "amend.introduction-needed"),
        ("в пункте 14 предложение седьмое исключить", "UNIT_MISSING", "amend.unit-missing"),
    ],
)
def test_what_cannot_be_applied(words: str, code: str, message: str) -> None:
    found = report(words)
    assert not found.applicable
    assert found.verdict == "reject"
    (finding,) = found.findings
    assert (finding.code, finding.message.code) == (code, message)
    assert finding.place is not None
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.place) == (message, finding.place)


def test_the_nearest_words_and_the_units_that_have_them() -> None:
    (finding,) = report('в пункте 14 слова "три года" исключить').findings
    assert finding.suggestion == "трех лет"
    (finding,) = report('в пункте 13 слова "трех лет" исключить').findings
    assert finding.expected == ("часть первая пункта 14",)


def test_words_after_a_renumbering_are_looked_for_under_the_new_number() -> None:
    found = report('пункты 8 – 20 считать соответственно пунктами 9 – 21; в пункте 14 слова "трех лет" исключить;')
    assert [finding.message.code for finding in found.findings if finding.fatal] == ["amend.match-moved"]
    assert codes(found) == ["MATCH_NOT_FOUND", "PACKAGE_INTERACTION"]


def test_one_operation_at_a_time() -> None:
    (operation,) = package("пункт 20 исключить.").operations
    step = apply_one(the_rules(), operation)
    assert not isinstance(step, Finding)
    assert isinstance(apply_one(step, operation), Finding)


def test_the_redline_is_by_unit_and_word() -> None:
    tree = after(
        'в части первой пункта 14 слова "трех лет" заменить словами "двух лет"; пункт 20 исключить; '
        'дополнить пунктом 21 следующего содержания: "21. A.";'
    )
    changes = redline(the_rules(), tree)
    assert [(change.unit, change.status) for change in changes] == [
        ("p14.part1", "changed"),
        ("p20", "deleted"),
        ("p21", "added"),
    ]
    assert [(part.kind, part.text) for part in changes[0].segments if part.kind != "same"] == [
        ("old", "трех"),
        ("new", "двух"),
    ]
    for change in changes:
        old = "".join(part.text for part in change.segments if part.kind != "new")
        new = "".join(part.text for part in change.segments if part.kind != "old")
        assert old == (the_rules().by_key[change.key].text if change.old_id else "")
        assert new == (tree.by_key[change.key].text if change.new_id else "")
