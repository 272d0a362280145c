"""The YAML form says the same as the plain text, with places, and refuses what it cannot read."""

from __future__ import annotations

import pytest

from compliance.amend.document import is_yaml, read_amendments
from compliance.source.diagnostic import Problems
from compliance.source.reader import Scalar
from tests.unit.amend.test_instruction import said

OPS = """\
title: {en: All operations, ru: Все операции}
ops:
- {op: replace_words, unit: p14.part1, old: трех лет, new: двух лет, count: 1}
- {op: delete_words, unit: "9", old: личных и}
- {op: insert_words, unit: p13, new: A, after: B}
- {op: insert_words, unit: p13, new: A}
- {op: delete, unit: p20}
- {op: delete, unit: p14.part1.s2}
- {op: add, unit: p18.sub9, after: p18.sub8, text: 9) A.}
- {op: restate, unit: "18.3", text: 3) B;}
- {op: renumber, from: p8..p9, to: p9..p10}
- {op: replace_words, old: A, new: B, everywhere: true}
effective: 2027-01-10
transitional: На зачисленных до введения в действие настоящего Указа пункт 14 применяется в прежней редакции.
norm: the drafter's own
"""


def test_every_operation() -> None:
    (package,) = read_amendments(OPS, "a.yaml")
    assert [said(operation) for operation in package.operations] == [
        "ReplaceWords часть 1, пункт 14: трех лет | двух лет",
        "DeleteWords пункт 9: личных и",
        "InsertWords пункт 13: B | A",
        "InsertWords пункт 13: A",
        "DeleteUnit пункт 20",
        "DeleteUnit предложение 2, часть 1, пункт 14",
        "AddUnit подпункт 9), пункт 18: 9) A.",
        "Restate подпункт 3), пункт 18: 3) B;",
        "Renumber пункт 8 -> пункт 9, пункт 9 -> пункт 10",
        "ReplaceWords everywhere Правила: A | B",
    ]
    assert package.title.en == "All operations"
    assert package.entry is not None
    assert package.entry.date == "2027-01-10"
    assert package.transitional[0].kind == "old_law"
    assert isinstance(package.supplied.norm, Scalar)
    assert package.operations[0].place.line == 3


def test_both_forms_may_stand_together() -> None:
    text = """\
ru: 'пункт 14 изложить в следующей редакции: "14. A.";'
ops:
- {op: restate, unit: p14, text_in: ru}
"""
    (package,) = read_amendments(text, "a.yaml")
    assert said(package.operations[0]) == "Restate пункт 14: 14. A."


def test_words_alone_are_read_with_places_in_the_yaml() -> None:
    (package,) = read_amendments('ru: |\n  пункт 20 исключить;\n  в пункте 9 слова "A" исключить.\n', "a.yaml")
    assert [operation.place.line for operation in package.operations] == [2, 3]


def test_several_amendments_of_one_file() -> None:
    items = "- {id: one, ru: пункт 20 исключить.}\n- {id: two, ru: пункт 19 исключить.}\n"
    text = f"effective: 2027-01-10\namendments:\n{items}"
    found = read_amendments(text, "a.yaml")
    assert [package.name for package in found] == ["one", "two"]
    assert all(package.entry is not None and package.entry.date == "2027-01-10" for package in found)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("ops:\n- {op: replace, unit: p14}\n", "amend.unknown-op", 2),
        ("ops:\n- {op: delete, unit: q14}\n", "unit.unreadable", 2),
        ("ops:\n- {op: delete}\n", "source.missing-key", 2),
        ("ops:\n- {op: delete, unit: p14, wrong: 1}\n", "source.unknown-key", 2),
        ("ops:\n- {op: replace_words, unit: p14, old: A}\n", "source.missing-key", 2),
        ("ops:\n- {op: renumber, from: p8..p10, to: p9..p10}\n", "amend.renumber-count", 2),
        ("ops:\n- {op: renumber, from: p8..p18.sub3, to: p9..p10}\n", "amend.range", 2),
        ("ops:\n- {op: add, unit: p21, text_in: ru}\n", "amend.text-not-there", 2),
        ("title: none\n", "amend.nothing", 1),
        ("ru: пункт 20 удалить.\n", "amend.unknown-form", 1),
        ("effective: tomorrow\nru: пункт 20 исключить.\n", "source.not-a-date", 1),
        (
            "ru: пункт 20 исключить.\nops:\n- {op: delete, unit: p20}\n- {op: delete, unit: p19}\n",
            "amend.forms-count",
            3,
        ),
        (
            'ru: в пункте 9 слова "A" исключить.\nops:\n- {op: delete_words, unit: p9, old: B}\n',
            "amend.forms-differ",
            3,
        ),
        ("- 1\n", "source.not-a-mapping", 1),
    ],
)
def test_what_is_refused(text: str, code: str, line: int) -> None:
    with pytest.raises(Problems) as caught:
        read_amendments(text, "a.yaml")
    found = [(each.code, each.place.line if each.place else 0) for each in caught.value.diagnostics]
    assert (code, line) in found


def test_the_form_is_told_by_the_name_or_the_first_words() -> None:
    assert is_yaml("", "a.yaml")
    assert not is_yaml("ops:", "a.txt")
    assert is_yaml("# a note\nops:\n- {}", "-")
    assert not is_yaml("пункт 20 исключить.", "-")
