"""What an audit finds: the seeded violations and nothing else; the same as `check` on every officer; open pairs."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from compliance.audit import explain
from compliance.audit.options import AuditOptions
from compliance.audit.run import Audit
from compliance.check.case import check_case
from compliance.check.contested import Outcome
from compliance.timeline.case import Case
from compliance.verdict import UnitFinding
from tests.unit.audit.conftest import POST, Judge, Line, Row, audited, write_csv

DAY = {"officer_id": "A", "event": "reserve_decision", "outcome": "enrol", "by": "head_of_administration",
       "position": "deputy", "attrs": "presumed_regular=true"}  # fmt: skip
KNB = {"officer_id": "A", "event": "profile", "body": "knb"}


def test_the_seeded_violations_are_found_and_no_others(
    generated: tuple[list[Row], dict[str, set[str]]], whole: tuple[Path, dict[str, Any], list[Line]]
) -> None:
    found: dict[str, set[str]] = {}
    for line in whole[2]:
        if line["verdict"] == "violated":
            found.setdefault(line["officer"], set()).add(line["unit"])
    assert generated[1]
    assert found == generated[1]


def test_columns_say_what_check_says_of_every_officer(tmp_path: Path, generated: tuple[list[Row], Any]) -> None:
    """Every unit of every officer, with some days made uncertain, against `check_case`."""
    rows = [dict(row) for row in generated[0][:250]]
    for at, row in enumerate(rows):
        if at % 60 == 7 and "date" in row:
            row["date"] = row["date"][:7] + "-XX"
    path = write_csv(tmp_path / "r.csv", rows)
    _, lines = audited(path, tmp_path / "out", settle=None, explain=None)
    found = {(line["officer"], line["unit"]): line for line in lines if line["unit"]}
    checked = 0
    for case, setting in cases_of(path, tmp_path):
        result = check_case(setting, case)
        if any(notice.severity == "contradiction" for notice in result.notices):
            continue
        checked += 1
        for finding in result.all_units:
            compare(case.officer_id, finding, found.get((case.officer_id, finding.unit)), case.timeline.certain)
    assert checked >= 10


def compare(officer: str, finding: UnitFinding, line: Line | None, certain: bool) -> None:
    where = (officer, finding.unit)
    if line is None:
        assert finding.verdict in ("compliant", "not_judged"), where
        assert finding.robust or not certain, where
        return
    assert line["verdict"] == finding.verdict, where
    if certain:
        assert line["depends_on"] == {name: dict(under) for name, under in finding.depends_on.items()}, where
        assert line["robust"] == finding.robust, where
        assert bool(line.get("combination")) == bool(finding.combination), where


def cases_of(path: Path, work: Path) -> Any:
    """The officers' records as the columns hold them, with the setting they are checked in."""
    from compliance.bulk.registers.quarantine import Quarantine
    from compliance.bulk.unpack import unpack

    audit = Audit(path, AuditOptions(workers=1), work)
    audit.read()
    packed = audit.engine.pack(audit.register.block(0, audit.as_of, Quarantine()))
    for number, officer in enumerate(packed.ids):
        yield Case(path.name, officer, unpack(packed, number), audit.as_of, audit.setting.law.vocabulary), audit.setting


def test_a_disagreement_of_the_engines_is_an_internal_error(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from compliance.cli.main import run

    monkeypatch.setattr(explain, "outcome", lambda *_: Outcome("compliant"))
    assert run(["audit", str(register), "--out", str(tmp_path / "out")]) == 4
    assert not (tmp_path / "out" / "findings.jsonl").exists()


def test_what_is_open_goes_to_the_solver_and_names_what_would_decide(judge: Judge) -> None:
    rows = [POST, KNB, {**DAY, "date": "2026-01-15"}, {"officer_id": "A", "event": "appointment", "date": "2026-04-XX",
                                                       "position": "deputy"}]  # fmt: skip
    run, lines = judge(rows)
    (line,) = [line for line in lines if line["verdict"] == "undetermined"]
    assert (line["unit"], line["settled"]) == ("p14.part2", True)
    assert [(fact["fact"].rpartition(".")[2], fact["line"]) for fact in line["missing"]] == [("date", 5)]
    assert (run["open_pairs"], run["settled"]) == (1, 1)


def with_marks(mark: Row) -> list[Row]:
    """Two officers appointed too early; the record of the first is marked."""
    late = {"event": "appointment", "date": "2026-03-02", "position": "deputy"}
    return [POST, {**KNB, **mark}, {**DAY, "date": "2026-01-15"}, {"officer_id": "A", **late},
            {**KNB, "officer_id": "B"}, {**DAY, "officer_id": "B", "date": "2026-01-15"},
            {"officer_id": "B", **late}]  # fmt: skip


def test_acts_that_may_be_missing_leave_a_verdict_open(judge: Judge, tmp_path: Path) -> None:
    _, lines = judge(with_marks({"may_be_missing": "stay_waiver; penalty"}), settle=None)
    found = {(line["officer"], line["unit"]): line for line in lines}
    assert found["B", "p14.part2"]["verdict"] == "violated"
    assert found["A", "p14.part2"]["verdict"] == "undetermined"
    assert "unrecorded" in found["A", "p14.part2"]["missing"][0]["words"]["en"]
    for case, setting in cases_of(tmp_path / "rows.csv", tmp_path):
        for finding in check_case(setting, case).all_units:
            compare(case.officer_id, finding, found.get((case.officer_id, finding.unit)), case.timeline.certain)


def test_a_record_that_is_not_complete_leaves_acts_open(judge: Judge) -> None:
    _, lines = judge(with_marks({"complete": "нет"}), settle=0)
    found = {(line["officer"], line["unit"]): line["verdict"] for line in lines}
    assert (found["A", "p14.part2"], found["B", "p14.part2"]) == ("undetermined", "violated")
    assert found["A", "p19"] == "undetermined"


def test_a_mark_that_nobody_understands_leaves_the_officer_undetermined(judge: Judge) -> None:
    run, _ = judge([POST, {**KNB, "complete": "perhaps"}, {**DAY, "date": "2026-01-15"}])
    assert (run["verdicts"]["undetermined"], run["quarantine"]) == (1, {"audit.unknown-value": 1})


def test_without_budget_open_pairs_are_not_settled(judge: Judge) -> None:
    rows = [POST, KNB, {**DAY, "date": "2026-01-15"}, {"officer_id": "A", "event": "appointment", "date": "2026-04-XX",
                                                       "position": "deputy"}]  # fmt: skip
    run, lines = judge(rows, settle=0)
    assert [(line["verdict"], line["settled"]) for line in lines if line["unit"] == "p14.part2"] == [
        ("undetermined", False)
    ]
    assert (run["open_pairs"], run["settled"]) == (1, 0)
    assert run["units"]["p14.part2"]["not_settled"] == 1


def test_a_violation_that_another_reading_would_turn_is_contested(judge: Judge) -> None:
    rows = [POST, KNB, {**DAY, "date": "2026-01-15"},
            {"officer_id": "A", "event": "appointment", "date": "2026-04-14", "position": "deputy"},
            {"officer_id": "B", "event": "profile", "body": "knb"}, {**DAY, "officer_id": "B", "date": "2026-01-15"},
            {"officer_id": "B", "event": "appointment", "date": "2026-04-15", "position": "deputy"}]  # fmt: skip
    _, lines = judge(rows)
    said = {(line["officer"], line["unit"]): (line["verdict"], sorted(line["depends_on"])) for line in lines}
    assert said["A", "p14.part2"][0] == "violated"
    assert said["B", "p14.part2"] == ("compliant", ["three_months_end"])


def test_a_duty_that_is_open_has_a_day_and_a_bearer(judge: Judge) -> None:
    rows = [POST, KNB, {**DAY, "date": "2026-01-15", "attrs": ""},
            {"officer_id": "A", "event": "extract_received", "date": "2026-01-20"}]  # fmt: skip
    _, lines = judge(rows, as_of="2026-01-22")
    (line,) = [line for line in lines if line["unit"] == "p13"]
    assert (line["verdict"], line["by"], line["bearer"]) == ("pending", "2026-02-03", ["personnel_unit"])


def test_lateness_is_counted_from_the_last_day(whole: tuple[Path, dict[str, Any], list[Line]]) -> None:
    late = {line["unit"]: line["late_days"] for line in whole[2] if line.get("late_days") is not None}
    assert late
    assert all(0 < days < 200 for days in late.values())


def test_the_database_holds_what_the_lines_say(whole: tuple[Path, dict[str, Any], list[Line]]) -> None:
    with sqlite3.connect(whole[0] / "evidence.sqlite") as base:
        kept = [json.loads(line) for (line,) in base.execute("select line from findings order by id")]
        (events,) = base.execute("select count(*) from stories").fetchone()
    assert kept == whole[2]
    assert events > 100


def test_the_same_register_gives_the_same_bytes(register: Path, tmp_path: Path, whole: tuple[Path, Any, Any]) -> None:
    audited(register, tmp_path / "again")
    for name in ("findings.jsonl", "run.json", "quarantine.csv", "findings.parquet"):
        assert (tmp_path / "again" / name).read_bytes() == (whole[0] / name).read_bytes(), name


def test_readings_can_be_fixed(judge: Judge) -> None:
    rows = [POST, KNB, {**DAY, "date": "2026-01-15"},
            {"officer_id": "A", "event": "appointment", "date": "2026-04-15", "position": "deputy"}]  # fmt: skip
    for value, verdict in (("anniversary", "compliant"), ("day_after", "violated")):
        run, _ = judge(rows, readings={"three_months_end": value})
        assert run["verdicts"][verdict] == 1, value
        assert run["profile"]["three_months_end"] == value
