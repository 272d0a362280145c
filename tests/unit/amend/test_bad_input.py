"""Bad input of `reserve amend`: refused as a whole, all at once, with carets in the drafter's own text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliance.amend.document import read_amendments
from compliance.amend.examine import TextReport, examine
from compliance.cli.main import run
from tests.unit.amend.rules import the_rules


def stopped(text: str) -> TextReport:
    """The report on a text that cannot be applied."""
    (package,) = read_amendments(text, "draft.txt")
    found = examine(the_rules(), package)
    assert not found.applicable
    assert found.tree is None
    return found


@pytest.mark.parametrize(
    ("old", "new", "caret"),
    [
        ("трех лет", "двенадцатьдесят лет", "двенадцатьдесят лет"),
        ("трех лет", "пяти двадцати лет", "пяти двадцати лет"),
        ("трех лет", "не более 0 лет", "0 лет"),
        ("трех лет", "99999 лет", "99999 лет"),
        ("трех лет", "трех лет, но до 32 числа второго месяца", "до 32 числа второго месяца"),
        ("трех лет", "трех лет, но до 15 числа пятого месяца", "до 15 числа пятого месяца"),
    ],
)
def test_numbers_that_nobody_can_read(old: str, new: str, caret: str) -> None:
    text = f'в части первой пункта 14 слова "{old}" заменить словами "{new}";'
    (found,) = stopped(text).diagnostics
    assert found.code == "amend.impossible-number"
    assert found.place is not None
    assert text[found.place.column - 1 : found.place.end_column - 1] == caret


@pytest.mark.parametrize(
    "new",
    ["двух лет", "тридцати шести месяцев", "1095 календарных дней", "полутора лет", "ста двадцати дней",
     "третьего года службы", "двух с половиной лет", "двадцати одного дня", "каждого месяца", "срока в один год"],
)  # fmt: skip
def test_numbers_that_are_fine(new: str) -> None:
    (package,) = read_amendments(f'в части первой пункта 14 слова "трех лет" заменить словами "{new}";', "draft.txt")
    assert examine(the_rules(), package).applicable


def test_everything_is_said_at_once() -> None:
    text = (
        'в пункте 99 слова "трех" заменить словами "двух";\n'
        "подпункт 77) пункта 18 исключить;\n"
        'в части первой пункта 14 слова "сорока лет" заменить словами "двух лет";\n'
        'в пункте 14 слова "резерве" заменить словами "запасе";\n'
        'в части второй пункта 14 слова "трех месяцев" заменить словами "0 месяцев";\n'
    )
    found = stopped(text)
    assert [each.code.rpartition(".")[2] for each in found.diagnostics] == [
        "unit-missing", "unit-missing", "match-not-found", "match-not-unique", "impossible-number",
    ]  # fmt: skip
    assert [each.place.line for each in found.diagnostics if each.place] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_units_are_cited_in_the_language_of_the_message(lang: str, capsys: pytest.CaptureFixture[str],
                                                        tmp_path: Path) -> None:  # fmt: skip
    file = tmp_path / "draft.txt"
    file.write_text('в части первой пункта 14 слова "сорока лет" заменить словами "двух лет";', encoding="utf-8")
    assert run(["amend", str(file), "--lang", lang]) == 2
    said = capsys.readouterr().err
    assert ("part one of point 14" if lang == "en" else "часть первая пункта 14") in said
    assert "`трех лет`" in said


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "amend.nothing"),
        (b"  \n\n", "amend.nothing"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "source.not-utf8"),
        ("пункт 20 отменить навсегда.".encode(), "amend.unknown-form"),
    ],
)
def test_the_json_is_written_all_the_same(
    content: bytes, code: str, lang: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, out = tmp_path / "draft.txt", tmp_path / "report.json"
    file.write_bytes(content)
    assert run(["amend", str(file), "--lang", lang, "-o", f"json={out}"]) == 2
    found = json.loads(out.read_text(encoding="utf-8"))
    assert found["applicable"] is False
    assert [each["code"] for each in found["problems"]] == [code]
    assert code in capsys.readouterr().err


@pytest.mark.parametrize("day", ["tomorrow", "2027-13-45", "10.01.2027", "", "1800-01-01"])
def test_a_first_day_that_is_none(day: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text("пункт 20 исключить.", encoding="utf-8")
    assert run(["amend", str(file), "--in-force", day, "--format", "json"]) == 2
    assert json.loads(capsys.readouterr().out)["applicable"] is False


def test_a_map_without_a_register(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "draft.txt"
    file.write_text("пункт 20 исключить.", encoding="utf-8")
    assert run(["amend", str(file), "--map", str(file)]) == 2
    assert "effect.map-without-register" in capsys.readouterr().err
