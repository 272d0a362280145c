"""`reserve lint` on whole and on broken laws, and `reserve schema` for every name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from compliance.cli.schema import SCHEMAS
from compliance.source.data import data_path
from tests.unit.cli import stories
from tests.unit.cli.conftest import Reserve


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A copy of the shipped law that may be broken."""
    skip = shutil.ignore_patterns("calendar", "acts")
    return Path(shutil.copytree(data_path("model"), tmp_path / "law", ignore=skip))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_shipped_law_has_no_errors(reserve: Reserve) -> None:
    ran = reserve("lint", "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["summary"]["error"]) == (0, 0)
    assert found["schema"] == "reserve.lint/1"


def test_a_finding_is_shown_with_its_line_and_can_fail(reserve: Reserve, law: Path) -> None:
    with open(law / "definitions.yaml", "a", encoding="utf-8") as stream:
        stream.write('- define: "nobody_asks(d: date)"\n  is: d = d\n  says: {en: "x {d}", ru: "я {d}"}\n')
    ran = reserve("lint", str(law))
    assert ran.code == 0
    assert "warning[law.unused-definition]: no formula uses the definition `nobody_asks`" in ran.out
    assert '- define: "nobody_asks(d: date)"' in ran.out
    assert reserve("lint", str(law), "--strict").code == 1
    assert "::warning file=" in reserve("lint", str(law), "--format", "github").out
    russian = reserve("lint", str(law), "--lang", "ru").out
    assert "предупреждение[law.unused-definition]" in russian
    assert russian.rstrip().rpartition("\n")[2].split()[1].startswith("замечани")


def test_a_law_that_cannot_be_read_is_bad_input(reserve: Reserve, law: Path) -> None:
    replace(law / "rules" / "p13.yaml", "every extract_received x", "every extract_recieved x")
    replace(law / "rules" / "p14.yaml", "max_stay: {value: 3 years", "max_stay: {value: 4 years")
    ran = reserve("lint", str(law))
    assert (ran.code, ran.out) == (2, "")
    assert "p14.yaml:" in ran.err
    assert "^^" in ran.err


def test_the_lifecycle_is_linted_with_its_law(reserve: Reserve, law: Path) -> None:
    with open(law / "lifecycle.yaml", "a", encoding="utf-8") as stream:
        stream.write("no_such_key: 1\n")
    ran = reserve("lint", str(law))
    assert (ran.code, ran.out) == (2, "")
    assert "lifecycle.yaml:" in ran.err
    (law / "lifecycle.yaml").unlink()
    assert reserve("lint", str(law)).code == 0


@pytest.mark.parametrize("name", sorted(SCHEMAS))
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_schema_is_a_schema(reserve: Reserve, name: str, lang: str) -> None:
    ran = reserve("schema", name, "--lang", lang)
    assert (ran.code, ran.err) == (0, "")
    jsonschema.Draft202012Validator.check_schema(json.loads(ran.out))


def test_without_a_name_the_schemas_are_listed(reserve: Reserve) -> None:
    assert reserve("schema").out.split() == list(SCHEMAS)


def test_a_schema_can_go_to_a_file(reserve: Reserve, tmp_path: Path) -> None:
    out = tmp_path / "scenario.json"
    assert reserve("schema", "scenario", "-o", f"json={out}").out == out.read_text(encoding="utf-8")


def test_the_schema_of_reports_fits_reports(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, late=stories.LATE, open=stories.OPEN)
    schema = json.loads(reserve("schema", "check").out)
    jsonschema.validate(json.loads(reserve("check", *paths.values(), "--format", "json").out), schema)
