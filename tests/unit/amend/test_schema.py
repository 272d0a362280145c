"""Every form of JSON that the command writes fits its schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from compliance.cli.main import run
from compliance.report.amend_schema import act_schema, amend_schema, solve_schema
from tests.unit.amend.rules import AMENDMENTS, CHECKOUT

QUICK = ["--compare-only", "--no-progress", "--format", "json"]


def answered(capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    """What the command writes."""
    run(["amend", *args])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "name",
    ["example-2-stay-two-years.txt", "example-7-point-14-reworded.yaml", "example-8-insert-and-renumber.yaml",
     "point-25.txt", "unknown-verb.txt", "same-words-twice.txt", "words-that-stand-thrice.txt", "stay-in-days.yaml"],
)  # fmt: skip
def test_reports(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, str(AMENDMENTS / name), *QUICK)
    jsonschema.validate(found, amend_schema())


def test_a_report_with_every_layer_and_a_register(capsys: pytest.CaptureFixture[str]) -> None:
    register = ["--register", str(CHECKOUT / "registers" / "example.csv")]
    found = answered(capsys, str(AMENDMENTS / "both-notices-in-five-days.yaml"), "--format", "json", "--no-theorems",
                     "--in-force", "2027-01-10", "--no-progress", *register)  # fmt: skip
    jsonschema.validate(found, amend_schema())
    assert found["register"]["officers"]
    assert any("on request" in each["en"] for each in found["not_checked"])


def test_a_list_of_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "two.yaml"
    file.write_text(
        "amendments:\n- {id: a, ops: [{op: delete, unit: p20}]}\n- {id: b, ops: [{op: delete, unit: p99}]}\n"
    )
    found = answered(capsys, str(file), *QUICK)
    jsonschema.validate(found, amend_schema())
    assert [each["applicable"] for each in found] == [True, False]


def test_an_act(capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "--act", "decree-853", "--format", "json")
    jsonschema.validate(found, act_schema())
    assert [each["number"] for each in found["listed"]] == [str(number) for number in range(1, 21)]


def test_the_schemas_are_schemas() -> None:
    for schema in (amend_schema(), act_schema(), solve_schema()):
        jsonschema.Draft202012Validator.check_schema(schema)


def test_what_was_not_asked_is_not_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "draft.txt"
    file.write_text('пункт 13 после слов "уведомляют сотрудников" дополнить словами "письменно";', encoding="utf-8")
    found = answered(capsys, str(file), *QUICK)
    assert found["verdict"] == "warn"
    assert [each["code"] for each in found["findings"]] == ["NOT_FORMALISED"]
    assert any("only the comparison" in each["en"] for each in found["not_checked"])


@pytest.mark.parametrize("form", ["md", "html"])
def test_an_act_is_written_in_every_form_and_language(form: str, tmp_path: Path) -> None:
    for lang, word in (("ru", "дополнить"), ("en", "add")):
        file = tmp_path / f"act-{lang}.{form}"
        assert run(["amend", "--act", "decree-853", "--lang", lang, "-o", f"{form}={file}"]) == 0
        assert word in file.read_text(encoding="utf-8")
