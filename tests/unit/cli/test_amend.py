"""`reserve amend` at the command line: exit codes, and the JSON of bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from compliance.cli.main import run

AMENDMENTS = Path(__file__).resolve().parents[3] / "amendments"


def amended(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """The exit code, the standard output and the standard error."""
    code = run(["amend", *args])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_a_grammatical_change_is_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = amended(capsys, str(AMENDMENTS / "example-1-grammar-only.txt"), "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert (found["applicable"], found["verdict"], found["compare"]["whole"]) == (True, "accept", "equivalent")


@pytest.mark.parametrize("name", ["unknown-verb.txt", "part-three-of-point-14.txt"])
def test_bad_input_still_writes_its_json(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, err = amended(capsys, str(AMENDMENTS / name), "--format", "json")
    found = json.loads(out)
    assert code == 2
    assert found["applicable"] is False
    assert found["problems"][0]["place"]["line"] == 1
    assert name in err


def test_strict_makes_a_warning_fail(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(AMENDMENTS / "point-25.txt")
    assert amended(capsys, path)[0] == 0
    assert amended(capsys, path, "--strict")[0] == 1


def test_an_act_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = amended(capsys, "--act", "decree-853", "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["operations"] == 20
    assert all(check["holds"] for check in found["checks"])
    assert amended(capsys, "--act", "decree-1")[0] == 2


def test_the_consolidated_law_is_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = str(AMENDMENTS / "minimum-stay-six-months.txt")
    assert amended(capsys, path, "--compare-only", "--write", str(tmp_path / "rules"))[0] == 0
    assert "6 months" in (tmp_path / "rules" / "rules" / "p14.yaml").read_text(encoding="utf-8")
