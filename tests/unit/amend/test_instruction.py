"""The drafting technique: every form of an instruction, heads and numbering, whole acts, and errors with carets."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from compliance.amend.instruction import MOST_OPERATIONS, form_near, parse_instruction
from compliance.amend.matching import shown
from compliance.amend.operations import DeleteWords, Operation, Package, Renumber, Restate, target_of
from compliance.source.diagnostic import Problems, render
from compliance.source.loc import Source

DECREE = Path(__file__).parent / "decree_853.txt"


def said(operation: Operation) -> str:
    """An operation in one line: its kind, its unit, its words."""
    if isinstance(operation, Renumber):
        pairs = zip(operation.old, operation.new, strict=True)
        return "Renumber " + ", ".join(f"{shown(a.address)} -> {shown(b.address)}" for a, b in pairs)
    words = [getattr(operation, name, None) for name in ("old", "anchor", "new", "text")]
    texts = " | ".join(each.text for each in words if each is not None)
    every = " everywhere" if getattr(operation, "everywhere", False) else ""
    return f"{type(operation).__name__}{every} {shown(operation.target.address)}: {texts}".rstrip(": ")


def read(text: str) -> Package:
    """The package of a text."""
    return parse_instruction(text, "draft.txt")


def all_said(text: str) -> list[str]:
    """The operations of a text."""
    return [said(operation) for operation in read(text).operations]


@pytest.mark.parametrize(
    ("text", "operations"),
    [
        (
            'в части второй пункта 14 слова "трех месяцев" заменить словами "шести месяцев";',
            ["ReplaceWords часть 2, пункт 14: трех месяцев | шести месяцев"],
        ),
        ("во второй части пункта 14 слово «а» заменить словом «б»;", ["ReplaceWords часть 2, пункт 14: а | б"]),
        (
            'в пункте 14 слова "A" и "B" заменить соответственно словами "C" и "D";',
            ["ReplaceWords пункт 14: A | C", "ReplaceWords пункт 14: B | D"],
        ),
        (
            'в пункте 14 слова "A", "B" заменить словом "C";',
            ["ReplaceWords пункт 14: A | C", "ReplaceWords пункт 14: B | C"],
        ),
        ('Заменить в пункте 14 слова "A" словами "B".', ["ReplaceWords пункт 14: A | B"]),
        (
            'в пунктах 11 и 13 слова "A" заменить словами "B"',
            ["ReplaceWords пункт 11: A | B", "ReplaceWords пункт 13: A | B"],
        ),
        (
            'в подпункте 3) пункта 11 и пункте 13 слова "A" исключить',
            ["DeleteWords подпункт 3), пункт 11: A", "DeleteWords пункт 13: A"],
        ),
        ('по тексту слова "A" заменить словами "B";', ["ReplaceWords everywhere Правила: A | B"]),
        ('в пункте 10 по тексту слова "A" исключить;', ["DeleteWords everywhere пункт 10: A"]),
        (
            'в пункте 9 слова "A" заменить словами "B", слова "C" исключить;',
            ["ReplaceWords пункт 9: A | B", "DeleteWords пункт 9: C"],
        ),
        ('Исключить из пункта 9 слова "A"', None),
        ('пункт 13 после слов "A" дополнить словами "B";', ["InsertWords пункт 13: A | B"]),
        ('пункт 13 дополнить словами "B" после слов "A";', ["InsertWords пункт 13: A | B"]),
        ('пункт 13 перед словами "A" дополнить словом "B";', ["InsertWords пункт 13: A | B"]),
        ('пункт 13 дополнить словами "B";', ["InsertWords пункт 13: B"]),
        ("пункт 20 исключить.", ["DeleteUnit пункт 20"]),
        ("пункт 20 – исключить.", ["DeleteUnit пункт 20"]),
        ("пп. 3) п. 18 исключить;", ["DeleteUnit подпункт 3), пункт 18"]),
        ("подпункт 3 пункта 18 исключить;", ["DeleteUnit подпункт 3), пункт 18"]),
        ("ч. 2 п. 14 исключить;", ["DeleteUnit часть 2, пункт 14"]),
        (
            "пункт 7 исключить, пункты 8-9 считать соответственно пунктами 7-8;",
            ["DeleteUnit пункт 7", "Renumber пункт 8 -> пункт 7, пункт 9 -> пункт 8"],
        ),
        (
            'в пункте 9 слово "A" исключить, в пункте 13 слово "B" исключить.',
            ["DeleteWords пункт 9: A", "DeleteWords пункт 13: B"],
        ),
        ("пункты 14-1 и 14-2 исключить", ["DeleteUnit пункт 14-1", "DeleteUnit пункт 14-2"]),
        (
            'пункты 15 и 16 изложить в следующей редакции:\n"15. A.\n16. B.";',
            ["Restate пункт 15: 15. A.", "Restate пункт 16: 16. B."],
        ),
        ('после пункта 14 дополнить пунктом 14-1 следующего содержания: "14-1. A.";', ["AddUnit пункт 14-1: 14-1. A."]),
        (
            'дополнить главой 4 следующего содержания:\n"Глава 4. A\n21. B.";',
            ["AddUnit глава 4: Глава 4. A\n21. B."],
        ),
        ("Исключить пункт 20.", ["DeleteUnit пункт 20"]),
        ("пункт 20 признать утратившим силу;", ["DeleteUnit пункт 20"]),
        ("пункты 5, 16 и 18 исключить", ["DeleteUnit пункт 5", "DeleteUnit пункт 16", "DeleteUnit пункт 18"]),
        ("подпункты 2) – 4) пункта 18 исключить", [f"DeleteUnit подпункт {n}), пункт 18" for n in (2, 3, 4)]),
        (
            "абзац третий подпункта 1) части второй пункта 10 исключить",
            ["DeleteUnit абзац 3, подпункт 1), часть 2, пункт 10"],
        ),
        ("в части первой пункта 14 предложение второе исключить", ["DeleteUnit предложение 2, часть 1, пункт 14"]),
        (
            'пункт 18 дополнить подпунктом 9) следующего содержания: "9) A.";',
            ["AddUnit подпункт 9), пункт 18: 9) A."],
        ),
        (
            'пункт 18 дополнить подпунктами 9) и 10) следующего содержания:\n"9) A;\n10) B.";',
            ["AddUnit подпункт 9), пункт 18: 9) A;", "AddUnit подпункт 10), пункт 18: 10) B."],
        ),
        ('дополнить пунктом 14-1 следующего содержания: "14-1. A.";', ["AddUnit пункт 14-1: 14-1. A."]),
        ('дополнить новым пунктом 8 следующего содержания: "8. A.";', ["AddUnit пункт 8: 8. A."]),
        ('пункт 14 дополнить частью третьей следующего содержания: "A.";', ["AddUnit часть 3, пункт 14: A."]),
        ('Дополнить пункт 18 подпунктом 9) следующего содержания: "9) A."', ["AddUnit подпункт 9), пункт 18: 9) A."]),
        ('пункт 14 изложить в следующей редакции: "14. A.";', ["Restate пункт 14: 14. A."]),
        ('Изложить пункт 14 в следующей редакции: "14. A."', ["Restate пункт 14: 14. A."]),
        (
            "пункты 18 – 20 считать соответственно пунктами 19 – 21;",
            ["Renumber пункт 18 -> пункт 19, пункт 19 -> пункт 20, пункт 20 -> пункт 21"],
        ),
        (
            "подпункты 6) и 7) пункта 18 считать подпунктами 5) и 6);",
            ["Renumber подпункт 6), пункт 18 -> подпункт 5), пункт 18, подпункт 7), пункт 18 -> подпункт 6), пункт 18"],
        ),
    ],
)
def test_forms(text: str, operations: list[str] | None) -> None:
    if operations is None:
        with pytest.raises(Problems):
            read(text)
    else:
        assert all_said(text) == operations


def test_heads_nest_and_give_way() -> None:
    text = """в пункте 11:
    в подпункте 1) слово "A" исключить;
    в подпункте 2):
    слово "B" исключить;
    слово "C" исключить;
    в пункте 10:
    в части второй:
    подпункт 2) исключить;
    дополнить подпунктом 4) следующего содержания: "4) D.";
    часть третью исключить;
    пункт 20 исключить."""
    assert all_said(text) == [
        "DeleteWords подпункт 1), пункт 11: A",
        "DeleteWords подпункт 2), пункт 11: B",
        "DeleteWords подпункт 2), пункт 11: C",
        "DeleteUnit подпункт 2), часть 2, пункт 10",
        "AddUnit подпункт 4), часть 2, пункт 10: 4) D.",
        "DeleteUnit часть 3, пункт 10",
        "DeleteUnit пункт 20",
    ]


def test_numbering_of_instructions_resets_the_head() -> None:
    text = """1) в пункте 11:
слово "A" исключить;
2) пункт 12 исключить;
3) дополнить пунктом 21 следующего содержания:
"21. B.".
"""
    assert all_said(text) == ["DeleteWords пункт 11: A", "DeleteUnit пункт 12", "AddUnit пункт 21: 21. B."]


def test_places_point_into_the_drafters_text() -> None:
    text = 'в пункте 11:\n  слова "трех лет" исключить;'
    (operation,) = read(text).operations
    assert (operation.place.line, operation.place.column) == (2, 3)
    assert isinstance(operation, DeleteWords)
    old = operation.old
    assert (old.place.line, old.place.column, old.place.end_column) == (2, 10, 18)


def test_a_whole_act() -> None:
    text = """Указ Президента Республики Казахстан

О внесении изменений в Указ Президента Республики Казахстан от 28 августа 2013 года № 624

ПОСТАНОВЛЯЮ:

1. Внести в Правила формирования Президентского кадрового резерва специальных государственных органов Республики
Казахстан, утвержденные Указом Президента Республики Казахстан от 28 августа 2013 года № 624, следующие изменения:
1) в части первой пункта 14 слова "трех лет" заменить словами "двух лет";
2) пункт 20 исключить.
2. На сотрудников, зачисленных до введения в действие настоящего Указа, пункт 14 Правил применяется в прежней редакции.
3. Настоящий Указ вводится в действие по истечении десяти календарных дней после дня его первого официального
опубликования.

Президент Республики Казахстан К. Токаев
"""
    package = read(text)
    assert [said(operation) for operation in package.operations] == [
        "ReplaceWords часть 1, пункт 14: трех лет | двух лет",
        "DeleteUnit пункт 20",
    ]
    assert package.entry is not None
    assert package.entry.days_after_publication == 10
    (clause,) = package.transitional
    assert (clause.kind, clause.units) == ("old_law", ("p14",))
    assert len(package.preambles) == 1


@pytest.mark.parametrize(
    ("clause", "date", "days", "months"),
    [
        ("вводится в действие с 10 января 2027 года", "2027-01-10", None, None),
        ("вступает в силу с 01.07.2027", "2027-07-01", None, None),
        (
            "вводится в действие по истечении 10 календарных дней после дня его официального опубликования",
            None,
            10,
            None,
        ),
        (
            "вводится в действие по истечении шести месяцев после дня его первого официального опубликования",
            None,
            None,
            6,
        ),
    ],
)
def test_entry_into_force(clause: str, date: str | None, days: int | None, months: int | None) -> None:
    entry = read(f"пункт 20 исключить.\n2. Настоящий Указ {clause}.").entry
    assert entry is not None
    found = (entry.date, entry.days_after_publication, entry.months_after_publication)
    assert found == (date, days, months)


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        (
            "Пункт 14 Правил распространяется на сотрудников, зачисленных после введения в действие настоящего Указа",
            "new_facts",
        ),
        (
            "На сотрудников, зачисленных до введения в действие настоящего Указа, пункт 14 не распространяется",
            "old_law",
        ),
        (
            "Действие пункта 14 распространяется на отношения, возникшие до введения в действие настоящего Указа",
            "whole",
        ),
    ],
)
def test_transitional_clauses(clause: str, kind: str) -> None:
    (found,) = read(f"пункт 20 исключить.\n2. {clause}.").transitional
    assert (found.kind, found.units) == (kind, ("p14",))


def test_the_real_decree_has_twenty_operations() -> None:
    package = parse_instruction(DECREE.read_text(encoding="utf-8"), "decree-853.txt")
    assert Counter(type(operation).__name__ for operation in package.operations) == {
        "Restate": 11,
        "DeleteUnit": 5,
        "AddUnit": 4,
    }
    assert package.entry is not None
    assert package.entry.days_after_publication == 10
    (rules,) = [operation for operation in package.operations if isinstance(operation, Restate) and operation.annex]
    assert rules.target.act == ""
    acts = {target_of(operation).act for operation in package.operations}
    assert sum("Агентстве Республики Казахстан по противодействию коррупции" in act for act in acts) == 1
    assert [shown(target_of(operation).address) for operation in package.operations[-3:-1]] == [
        "часть 4, раздел 4",
        "подпункт 1), пункт 6.1, раздел 6",
    ]


def problems(text: str) -> list[str]:
    """The codes and columns of what is wrong with a text."""
    with pytest.raises(Problems) as caught:
        read(text)
    return [f"{each.code} {each.place}" for each in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("пункт 20 удалить.", ["amend.unknown-form draft.txt:1:10"]),
        ('в пункте 14 слова "A" заменит словами "B";', ["amend.unknown-form draft.txt:1:23"]),
        ("пункт 14 изложить в следующей редакции", ["amend.unfinished draft.txt:1:38"]),
        ("пункт 14", ["amend.unfinished draft.txt:1:8"]),
        ("исключить", ["amend.no-unit draft.txt:1:1"]),
        ('слова "A" и "B" заменить словами "C", "D", "E"', ["amend.pairs draft.txt:1:45"]),
        ("пункты 8 – 20 считать соответственно пунктами 9 – 20", ["amend.renumber-count draft.txt:1:1"]),
        ('пункт 18 дополнить подпунктами 9) и 10) следующего содержания: "9) A."', ["amend.pieces draft.txt:1:65"]),
        ("", ["amend.nothing draft.txt:1:1"]),
        ("Настоящий Указ вводится в действие когда-нибудь.", ["amend.entry-unreadable draft.txt:1:1"]),
        (
            "пункт 19 удалить; пункт 20 убрать.",
            ["amend.unknown-form draft.txt:1:10", "amend.unknown-form draft.txt:1:28"],
        ),
    ],
)
def test_errors_have_places(text: str, wrong: list[str]) -> None:
    assert problems(text) == wrong


def test_an_error_shows_the_words_the_caret_and_the_nearest_form() -> None:
    text = 'в пункте 14 слова "A" заменит словами "B";'
    with pytest.raises(Problems) as caught:
        read(text)
    shown_ru = render(caught.value.diagnostics[0], "ru", {"draft.txt": Source("draft.txt", text)})
    assert " " * 22 + "^^^^^^^" in shown_ru
    assert "`заменить`" in shown_ru
    assert form_near(text) in shown_ru


def test_limits() -> None:
    assert problems("пункт 20 исключить; " * (MOST_OPERATIONS + 1))[-1].startswith("amend.too-many")
    assert problems("а" * 400_001) == ["amend.too-long draft.txt:1:1"]
