"""The command: exit codes, what stands in the folder, shares that are joined, runs that are taken up again."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from compliance.audit import reading, run
from compliance.audit.command import audit_register
from compliance.audit.options import AuditOptions
from compliance.bulk.registers import collect, csvs
from compliance.cli.main import run as reserve
from compliance.source.diagnostic import Problems
from tests.conftest import Golden
from tests.unit.audit.conftest import Line, Row, audited, bare, lines_in, write_csv

GONE = {"officer_id": "A", "event": "dismissal", "date": "2026-03-01"}


def test_a_violation_is_exit_code_one(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reserve(["audit", str(register), "--lang", "en"]) == 1
    assert "40 officers" in capsys.readouterr().out


def test_nothing_to_complain_of_is_exit_code_zero(tmp_path: Path) -> None:
    assert reserve(["audit", str(write_csv(tmp_path / "r.csv", [GONE]))]) == 0


@pytest.mark.parametrize(
    "args",
    [["--shard", "3/2"], ["--shard", "x"], ["--settle", "few"], ["--verify", "-1"], ["--as-of", "soon"],
     ["--reading", "no_such=value"], ["--map", "none.yaml"], ["--suppressions", "none.yaml"], ["second.csv"]],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_exit_code_two(register: Path, args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert reserve(["audit", str(register), *args]) == 2
    assert "error[" in capsys.readouterr().err


def test_the_folder_holds_everything_that_was_promised(whole: tuple[Path, dict[str, Any], list[Line]]) -> None:
    names = {path.name for path in whole[0].iterdir()}
    assert names == {
        "findings.jsonl",
        "findings.parquet",
        "findings.xlsx",
        "evidence.sqlite",
        "quarantine.csv",
        "run.json",
    }
    assert pq.read_table(whole[0] / "findings.parquet").num_rows == len(whole[2])
    book = load_workbook(whole[0] / "findings.xlsx", read_only=True)
    rows = list(book["findings"].iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [line["officer"] for line in whole[2]]
    assert "findings" in str(book["about"]["A1"].value)


def test_no_cell_of_a_stranger_becomes_a_formula(tmp_path: Path) -> None:
    row = {**GONE, "officer_id": "=HYPERLINK(1)", "event": "?"}
    audited(write_csv(tmp_path / "r.csv", [row, GONE]), tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "findings.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "'=HYPERLINK(1)" in sheet
    assert "'=HYPERLINK(1)" in (tmp_path / "out" / "quarantine.csv").read_text("utf-8")


def test_shares_joined_are_the_whole(register: Path, tmp_path: Path, whole: tuple[Path, Any, list[Line]]) -> None:
    shares = [str(tmp_path / f"share{number}") for number in (1, 2, 3)]
    for number, share in enumerate(shares, 1):
        reserve(["audit", str(register), "--shard", f"{number}/3", "--out", share])
    assert reserve(["audit", "merge", *reversed(shares), "--out", str(tmp_path / "joined")]) == 1
    joined = lines_in(tmp_path / "joined")
    assert sorted(map(json.dumps, joined)) == sorted(map(json.dumps, whole[2]))
    found = json.loads((tmp_path / "joined" / "run.json").read_text("utf-8"))
    for key in ("officers", "events", "verdicts", "units", "quarantine"):
        assert found[key] == whole[1][key], key
    assert reserve(["audit", "merge", *shares[:2], "--out", str(tmp_path / "no")]) == 2
    assert reserve(["audit", "merge", str(tmp_path), "--out", str(tmp_path / "no")]) == 2
    assert reserve(["audit", "merge", *shares]) == 2


def test_an_interrupted_run_goes_on_where_it_stopped(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: tuple[Path, dict[str, Any], list[Line]]
) -> None:
    monkeypatch.setattr(collect, "PART_ROWS", 150)
    monkeypatch.setattr(csvs, "BLOCK", 8_000)
    judged: list[int] = []
    part = run.Audit.part

    def stopping(self: run.Audit, number: int) -> Any:
        if len(judged) == 2:
            judged.append(-1)
            raise KeyboardInterrupt
        judged.append(number)
        return part(self, number)

    monkeypatch.setattr(run.Audit, "part", stopping)
    options = AuditOptions(workers=1)
    with pytest.raises(KeyboardInterrupt):
        audit_register(register, options, tmp_path / "out")
    assert not (tmp_path / "out" / "findings.jsonl").exists()
    again = "compliance.audit.run.read_register"
    monkeypatch.setattr(again, lambda *_: pytest.fail("what has been read is read again"))
    report, _ = audit_register(register, options, tmp_path / "out")
    assert judged == [0, 1, -1, *range(2, judged[-1] + 1)]
    assert judged[-1] >= 3
    assert lines_in(tmp_path / "out") == whole[2]
    for key in ("officers", "events", "verdicts", "units", "register"):
        assert report.run[key] == whole[1][key], key
    assert not (tmp_path / "out" / ".work").exists()


def test_a_register_in_any_order_gives_the_same_findings(
    generated: tuple[list[Row], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: tuple[Path, Any, Any]
) -> None:
    monkeypatch.setattr(collect, "PART_ROWS", 100)
    monkeypatch.setattr(reading, "PART_BYTES", 10_000)
    monkeypatch.setattr(csvs, "BLOCK", 8_000)
    rows = list(generated[0])
    by_day = sorted(rows, key=lambda row: row.get("date", ""))
    moved = [*rows[120:], *rows[:120]]
    for name, mixed in (("day", by_day), ("cut", moved)):
        found = audited(write_csv(tmp_path / f"{name}.csv", mixed), tmp_path / name)
        assert bare(found[1]) == bare(whole[2]), name
        assert found[0]["verdicts"] == whole[1]["verdicts"]


def test_a_changed_option_takes_nothing_over(register: Path, tmp_path: Path) -> None:
    first = run.Audit(register, AuditOptions(), tmp_path).key("read")
    assert first != run.Audit(register, AuditOptions(seed=2), tmp_path).key("read")
    assert first == run.Audit(register, AuditOptions(workers=1), tmp_path).key("read")


def test_a_folder_that_cannot_be_written(register: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Problems) as problems:
        audit_register(register, AuditOptions(), tmp_path / "file" / "out")
    assert [each.code for each in problems.value.diagnostics] == ["audit.cannot-write"]


def test_a_full_disk_leaves_nothing_behind(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from compliance.audit import folder

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "Evidence", full)
    assert reserve(["audit", str(register), "--out", str(tmp_path / "out")]) == 2
    assert "audit.cannot-write" in capsys.readouterr().err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {".work"}


def test_suppressions_stay_visible_and_expire(tmp_path: Path, generated: tuple[list[Row], dict[str, set[str]]]) -> None:
    officer, units = next(iter(generated[1].items()))
    rows = [row for row in generated[0] if row.get("officer_id", officer) == officer]
    path, told = write_csv(tmp_path / "r.csv", rows), tmp_path / "known.yaml"

    def entry(day: str) -> None:
        items = [f"- {{unit: {unit}, officer: {officer}, reason: answered, expires: {day}}}" for unit in sorted(units)]
        told.write_text("suppressions:\n" + "\n".join(items) + "\n", "utf-8")

    entry("2040-01-01")
    assert reserve(["audit", str(path), "--suppressions", str(told), "--out", str(tmp_path / "a")]) == 0
    kept = [line for line in lines_in(tmp_path / "a") if line["verdict"] == "violated"]
    assert {line["unit"] for line in kept} == units
    assert all(line["suppressed"] == {"reason": "answered", "expires": "2040-01-01"} for line in kept)
    entry("2026-01-01")
    assert reserve(["audit", str(path), "--suppressions", str(told), "--out", str(tmp_path / "b")]) == 1
    told.write_text(f"suppressions:\n- {{unit: p13, officer: {officer}}}\n", "utf-8")
    assert reserve(["audit", str(path), "--suppressions", str(told)]) == 2


def test_pages_are_small_and_lead_to_each_other(register: Path, tmp_path: Path) -> None:
    reserve(["audit", str(register), "--out", str(tmp_path / "out"), "--lang", "ru"])
    overview = (tmp_path / "out" / "report.html").read_text("utf-8")
    pages = sorted((tmp_path / "out" / "units").iterdir())
    assert pages
    for page in pages:
        assert f"units/{page.name}" in overview
        text = page.read_text("utf-8")
        assert "../report.html" in text
        assert len(text.encode()) < 2_000_000
    assert "<svg" in "".join(page.read_text("utf-8") for page in pages)


def test_an_officers_story_is_told_out_of_the_folder(
    whole: tuple[Path, dict[str, Any], list[Line]], generated: tuple[list[Row], dict[str, set[str]]],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    officer, units = next(iter(generated[1].items()))
    assert reserve(["explain", officer, "--from", str(whole[0]), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {line["unit"] for line in found["findings"] if line["verdict"] == "violated"} == units
    rows = [row for row in generated[0] if row.get("officer_id") == officer and row["event"] != "profile"]
    assert [each["event"] for each in found["events"]] == [row["event"] for row in rows]
    assert reserve(["explain", officer, "--from", str(whole[0]), "--lang", "ru"]) == 0
    assert officer in capsys.readouterr().out
    assert reserve(["explain", "nobody", "--from", str(whole[0])]) == 2


def test_what_the_run_did_not_explain_is_explained_on_demand(
    register: Path, tmp_path: Path, whole: tuple[Path, Any, list[Line]], capsys: pytest.CaptureFixture[str]
) -> None:
    audited(register, tmp_path / "out", examples=0)
    for line in whole[2]:
        if line["verdict"] not in ("violated", "pending"):
            continue
        (bare_,) = [each for each in lines_in(tmp_path / "out") if bare([each])[0][:2] == bare([line])[0][:2]]
        assert (bare_["explained"], bare_["verdict"]) == (False, line["verdict"])
        assert reserve(["explain", line["officer"], "--from", str(tmp_path / "out"), "--format", "json"]) == 0
        (found,) = [each for each in json.loads(capsys.readouterr().out)["findings"] if each["unit"] == line["unit"]]
        assert (found["says"], found["detail"], found["because"]) == (line["says"], line["detail"], line["because"])
        assert found["repair"] or line["verdict"] == "pending"


def test_made_up_officers_break_what_they_are_made_to_break(tmp_path: Path) -> None:
    """Every seeded violation of every unit is found and nothing else; few verdicts turn on a reading."""
    path, key = tmp_path / "r.parquet", tmp_path / "answers.csv"
    assert reserve(["audit", str(path), "--generate", "1500", "--seed", "5", "--answers", str(key)]) == 0
    run, lines = audited(path, tmp_path / "out", explain=50, sample=20)
    found = {(line["officer"], line["unit"]) for line in lines if line["verdict"] == "violated"}
    with open(key, encoding="utf-8", newline="") as stream:
        seeded = {(row["officer_id"], row["unit"]) for row in csv.DictReader(stream)}
    assert found == seeded
    units = Counter(unit for _, unit in seeded)
    assert set(units) == {
        "p5.part1", "p8.part2.sub3", "p10.part1", "p10.part2.sub3", "p11.sub1", "p11.sub3", "p12.part1", "p12.part2",
        "p13", "p14.part1", "p14.part2",
    }  # fmt: skip
    assert run["units"].keys() >= units.keys()
    contested = {line["officer"] for line in lines if not line["robust"]}
    assert 0 < len(contested) < 0.08 * run["officers"]
    assert run["verdicts"]["pending"] > 0


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_summary_of_the_example(
    checkout: Path, golden: Golden, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    assert reserve(["audit", str(checkout / "registers" / "example.csv"), "--lang", lang, "--color", "never"]) == 1
    golden(f"audit/example.{lang}.txt", capsys.readouterr().out)


def test_the_example_is_what_the_generator_writes(checkout: Path, tmp_path: Path) -> None:
    args = ["--generate", "200", "--messy", "--seed", "7", "--answers", str(tmp_path / "answers.csv")]
    assert reserve(["audit", str(tmp_path / "example.csv"), *args]) == 0
    assert (tmp_path / "example.csv").read_bytes() == (checkout / "registers" / "example.csv").read_bytes()
    assert (tmp_path / "answers.csv").read_text("utf-8").count("\n") > 10
    assert reserve(["audit", str(tmp_path / "example.csv"), *args]) == 2


def test_generated_parquet_says_what_csv_says(tmp_path: Path) -> None:
    for name in ("r.csv", "r.parquet"):
        assert reserve(["audit", str(tmp_path / name), "--generate", "15"]) == 0
    found = [audited(tmp_path / name, tmp_path / name[2:])[1] for name in ("r.csv", "r.parquet")]
    assert [line["says"] for line in found[0]] == [line["says"] for line in found[1]]
