"""`reserve check`: exit codes, folders, outputs to files, and what goes where."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from compliance.cli.check import expand
from compliance.cli.exits import Exit, strongest
from compliance.report.jsonform import check_schema
from tests.unit.cli import stories
from tests.unit.cli.conftest import Reserve


@pytest.mark.parametrize(
    ("story", "code"),
    [(stories.IN_TIME, 0), (stories.EXPECTED, 0), (stories.LATE, 1), (stories.UNMET, 1), (stories.BROKEN, 2),
     (stories.OPEN, 3), (stories.TWO, 1)],
    ids=["compliant", "expected", "violated", "unmet", "broken", "open", "the worst of two officers"],
)  # fmt: skip
def test_the_exit_code_of_one_story(reserve: Reserve, tmp_path: Path, story: str, code: int) -> None:
    paths = stories.write(tmp_path, story=story)
    assert reserve("check", paths["story"]).code == code


def test_the_strongest_code_wins() -> None:
    order = [Exit.INTERNAL, Exit.BAD_INPUT, Exit.FAILED, Exit.INCONCLUSIVE, Exit.NOTHING_CHECKED, Exit.AS_EXPECTED]
    assert [int(code) for code in order] == [4, 2, 1, 3, 5, 0]
    assert all(strongest(order[number:]) is code for number, code in enumerate(order))
    assert all(strongest(reversed(order[number:])) is code for number, code in enumerate(order))
    assert strongest([]) is Exit.AS_EXPECTED


def test_what_can_be_read_is_judged_and_the_rest_is_reported(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, broken=stories.BROKEN, late=stories.LATE)
    ran = reserve("check", paths["broken"], paths["late"], "--format", "json")
    assert ran.code == 2
    found = json.loads(ran.out)
    assert [Path(result["file"]).name for result in found["results"]] == ["late.yaml"]
    assert [problem["code"] for problem in found["problems"]] == ["scenario.unknown-event"]
    assert "broken.yaml:8:12: error[scenario.unknown-event]" in ran.err
    assert "^^^^^^^^^^" in ran.err
    assert "help: did you mean `appointment`?" in ran.err


def test_every_error_of_every_file_is_reported(reserve: Reserve, tmp_path: Path) -> None:
    twice = stories.BROKEN.replace("body: knb", "body: kbn")
    paths = stories.write(tmp_path, one=twice, two=stories.BROKEN)
    ran = reserve("check", *paths.values(), str(tmp_path / "none.yaml"))
    assert ran.code == 2
    assert ran.err.count("error[") == 4
    assert "error[source.not-found]" in ran.err


def test_json_of_real_stories_fits_its_schema(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, late=stories.LATE, open=stories.OPEN, two=stories.TWO, unmet=stories.UNMET)
    ran = reserve("check", *paths.values(), "--format", "json", "--all-units")
    found = json.loads(ran.out)
    jsonschema.validate(found, check_schema())
    assert found["summary"] == {"compliant": 1, "violated": 3, "pending": 0, "undetermined": 1}
    assert len(found["results"][0]["units"]) > 20
    assert ran.err == ""


def test_the_violation_names_unit_line_and_repair(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, late=stories.LATE)
    (result,) = json.loads(reserve("check", paths["late"], "--format", "json").out)["results"]
    (unit,) = [unit for unit in result["units"] if unit["verdict"] == "violated"]
    assert unit["unit"] == "p14.part2"
    assert {"event": "appointment", "index": 1, "date": "2026-04-14", "line": 8} in unit["because"]
    assert unit["repair"]
    bare = json.loads(reserve("check", paths["late"], "--format", "json", "--no-repair").out)
    assert all(not unit["repair"] for unit in bare["results"][0]["units"])


def test_standard_input(reserve: Reserve) -> None:
    ran = reserve("check", "-", "--format", "json", stdin=stories.LATE.encode())
    assert (ran.code, json.loads(ran.out)["results"][0]["file"]) == (1, "-")
    ran = reserve("check", "-", stdin=stories.BROKEN.encode())
    assert ran.code == 2
    assert "-:8:12: error[scenario.unknown-event]" in ran.err
    assert "  - {type: apointment, date: 2026-04-14" in ran.err
    assert reserve("check", "-", stdin=b"").code == 2
    assert reserve("check", "-", stdin=b"\xff\xfe\x00").code == 2


def test_nothing_to_check(reserve: Reserve, tmp_path: Path) -> None:
    for args in ((), (str(tmp_path),)):
        ran = reserve("check", *args)
        assert (ran.code, ran.err) == (5, "nothing was checked\n")
    assert json.loads(reserve("check", str(tmp_path), "--format", "json").out)["results"] == []


def test_folders_are_read_in_order_and_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b/z.yaml", "a.yml", "c.yaml", "notes.txt", ".hidden/x.yaml", ".y.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    found = expand([str(tmp_path / "c.yaml"), str(tmp_path)])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["c.yaml", "a.yml", "b/z.yaml"]


def test_readings_days_and_versions_can_be_fixed(reserve: Reserve, tmp_path: Path) -> None:
    first_day = stories.IN_TIME.replace("2026-04-16", "2026-04-15")
    paths = stories.write(tmp_path, story=first_day)
    plain = json.loads(reserve("check", paths["story"], "--format", "json").out)["results"][0]
    assert plain["depends_on"]["three_months_end"] == {"anniversary": "compliant", "day_after": "violated"}
    ran = reserve("check", paths["story"], "--reading", "three_months_end=day_after", "--format", "json")
    assert ran.code == 1
    assert "three_months_end" not in json.loads(ran.out)["results"][0]["depends_on"]
    assert reserve("check", paths["story"], "--law", "2025", "--published", "2025-04-24").code == 0


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_russian_report_has_no_english_words(reserve: Reserve, tmp_path: Path, lang: str) -> None:
    paths = stories.write(tmp_path, late=stories.LATE, unmet=stories.UNMET, open=stories.OPEN)
    text = reserve("check", *paths.values(), "--lang", lang).out
    english = {"violated", "compliant", "law", "because", "repair", "under", "Verdict", "expected", "appointed"}
    words = set(text.replace(":", " ").split())
    assert bool(words & english) == (lang == "en")


# --- outputs -----------------------------------------------------------------------------------------------------


def test_outputs_go_to_files_whole(reserve: Reserve, tmp_path: Path) -> None:
    paths, out = stories.write(tmp_path, late=stories.LATE), tmp_path / "out"
    out.mkdir()
    args = [word for form in ("json", "sarif", "html") for word in ("-o", f"{form}={out / form}")]
    ran = reserve("check", paths["late"], *args, "--color", "always")
    assert ran.code == 1
    assert "\x1b[" in ran.out
    assert sorted(path.name for path in out.iterdir()) == ["html", "json", "sarif"]
    assert json.loads((out / "json").read_text(encoding="utf-8"))["summary"]["violated"] == 1
    assert all("\x1b" not in path.read_text(encoding="utf-8") for path in out.iterdir())


def test_an_output_replaces_what_was_there_and_keeps_a_link(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, late=stories.LATE)
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    reserve("check", paths["late"], "-o", f"json={link}")
    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "reserve.check/1"


@pytest.mark.parametrize("where", ["none/report.json", ".", "late.yaml"])
def test_a_bad_place_is_refused_before_anything_is_written(reserve: Reserve, tmp_path: Path, where: str) -> None:
    paths = stories.write(tmp_path, late=stories.LATE)
    good = tmp_path / "good.json"
    ran = reserve("check", paths["late"], "-o", f"json={good}", "-o", f"md={tmp_path / where}")
    assert (ran.code, ran.out) == (2, "")
    assert "error[cli." in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["late.yaml"]
    assert Path(paths["late"]).read_text(encoding="utf-8") == stories.LATE


def test_two_outputs_in_one_place_are_refused(reserve: Reserve, tmp_path: Path) -> None:
    ran = reserve("check", "-o", f"json={tmp_path / 'x'}", "-o", f"md={tmp_path / 'y' / '..' / 'x'}")
    assert ran.code == 2
    assert "error[cli.output-twice]" in ran.err


def test_a_write_that_fails_leaves_nothing_half_written(
    reserve: Reserve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, out = stories.write(tmp_path, late=stories.LATE), tmp_path / "out"
    out.mkdir()
    (out / "a").write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", full)
    ran = reserve("check", paths["late"], "-o", f"json={out / 'a'}", "-o", f"md={out / 'b'}")
    assert (ran.code, ran.out) == (2, "")
    assert [(path.name, path.read_text(encoding="utf-8")) for path in out.iterdir()] == [("a", "old")]


def test_the_same_input_gives_the_same_bytes(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, late=stories.LATE, open=stories.OPEN)
    for form in ("text", "json", "sarif", "html"):
        first, second = (reserve("check", *paths.values(), "--format", form).out for _ in range(2))
        assert first == second


def test_among_many_files_repairs_are_looked_for_where_they_are_told(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, **{f"e{number:02}": stories.EXPECTED for number in range(13)}, late=stories.LATE)
    ran = reserve("check", *paths.values())
    assert ran.code == 1
    assert ran.out.count("  repair ") == 1
    assert reserve("check", *paths.values(), "--details").out.count("  repair ") == 14
    assert "  repair " not in reserve("check", *paths.values(), "--no-repair").out
