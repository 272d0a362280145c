"""Packages one after another: several files, a written law as the ground of the next amendment, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliance.amend.document import read_amendments
from compliance.amend.effect.in_turn import amend_in_turn
from compliance.amend.effect.run import AmendOptions
from compliance.cli.main import run
from compliance.law.load import load_law

STAY = 'в части первой пункта 14 слова "{0}" заменить словами "{1}";'
NUMBERS = "пункт 16 исключить;\nпункты 17 - 20 считать соответственно пунктами 16 - 19;"
QUICK = ["--compare-only", "--no-progress", "--lang", "en"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(folder: Path, name: str, text: str) -> str:
    """A file with a text; its name."""
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_a_written_law_is_the_ground_of_the_next_amendment(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = put(folder, "one.txt", STAY.format("трех лет", "двух с половиной лет")
              + 'дополнить главой 4 следующего содержания: "Глава 4. Споры\n21. Споры решает суд.";')  # fmt: skip
    two = put(folder, "two.txt", STAY.format("двух с половиной лет", "двух лет"))
    assert run(["amend", one, *QUICK, "--write", "law", "--in-force", "2027-01-10"]) == 0
    capsys.readouterr()
    assert run(["lint", "law", "--lang", "en"]) == 0
    capsys.readouterr()
    assert run(["amend", two, *QUICK, "--model", "law", "--in-force", "2028-01-10", "--format", "json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["compare"]["sizes"][0]["before"] == "2 years 6 months"
    assert run(["amend", two, *QUICK]) == 2, "the chosen law is chosen for one command only"


def test_a_renumbered_law_is_written_under_its_new_numbers(folder: Path) -> None:
    assert run(["amend", put(folder, "one.txt", NUMBERS), *QUICK, "--write", "law"]) == 1
    law = load_law(folder / "law")
    assert "p20" not in law.units
    assert law.written.chapters[-1].first == "p17"
    assert "ground: p17.sub3" in (folder / "law" / "positions.yaml").read_text(encoding="utf-8")


def test_files_are_applied_in_turn_and_their_order_is_told() -> None:
    law = load_law()
    packages = [read_amendments(text, name)[0] for name, text in (
        ("one.txt", NUMBERS), ("two.txt", "пункт 19 исключить;"), ("three.txt", "пункт 21 исключить;"),
        ("four.txt", "пункт 1 исключить;"))]  # fmt: skip
    reports = amend_in_turn(law, packages, AmendOptions(compare_only=True))
    assert [report.applicable for report in reports] == [True, True, False]
    assert reports[1].text.redline[0].segments[0].text.startswith("19. Сотрудники, исключенные")
    assert [finding.code for finding in reports[1].text.findings if finding.code == "PACKAGE_INTERACTION"]
    assert not [finding for finding in reports[0].text.findings if finding.code == "PACKAGE_INTERACTION"]


def test_two_packages_of_one_day_are_one_edition(folder: Path) -> None:
    one, two = (
        put(folder, "one.txt", STAY.format("трех лет", "двух лет")),
        put(folder, "two.txt", "пункт 20 исключить;"),
    )
    assert run(["amend", one, two, *QUICK, "--write", "law", "--in-force", "2028-01-10"]) == 0
    last = load_law(folder / "law").versions[-1]
    assert last.id == "2025+2028-01-10"
    assert last.act == "one.txt; two.txt"


@pytest.mark.parametrize("name", ["law", "law/rules/p20.yaml"])
def test_nothing_is_mixed_into_what_is_there(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine", encoding="utf-8")
    assert run(["amend", put(folder, "one.txt", "пункт 20 исключить;"), *QUICK, "--write", "law"]) == 2
    assert "law" in capsys.readouterr().err
    assert [each for each in folder.rglob("*") if each.is_file() and each.name != "one.txt"] == [path]


def test_amendments_side_by_side_are_no_one_law(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two = put(folder, "two.yaml", "amendments:\n- {id: a, ops: [{op: delete, unit: p20}]}\n"
              "- {id: b, ops: [{op: delete, unit: p19}]}\n")  # fmt: skip
    assert run(["amend", two, *QUICK, "--write", "law"]) == 2
    assert "2 amendments" in capsys.readouterr().err
    assert not (folder / "law").exists()


def test_what_cannot_be_applied_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["amend", put(folder, "one.txt", "пункт 77 исключить;"), *QUICK, "--write", "law"]) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert not (folder / "law").exists()


def test_the_errors_of_all_files_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, two = put(folder, "one.txt", "пункт 14 улучшить;"), put(folder, "two.txt", "пункт 15 улучшить;")
    assert run(["amend", one, two, *QUICK, "-o", "json=out.json"]) == 2
    said = capsys.readouterr().err
    assert "one.txt:1:10" in said
    assert "two.txt:1:10" in said
    assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["applicable"] is False
