"""Registers in every form say the same; what cannot be read is put aside with its row, and never guessed."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook

from compliance.bulk.registers.csvs import open_csv
from compliance.source.diagnostic import Problems
from tests.unit.audit.conftest import POST, Judge, Line, Row, audited, bare, write_csv

KNB = {"officer_id": "A", "event": "profile", "body": "knb"}
GONE = {"officer_id": "A", "event": "dismissal", "date": "2026-03-01"}


def as_xlsx(path: Path, rows: list[Row]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("события")
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    book.save(path.with_suffix(".xlsx"))
    return path.with_suffix(".xlsx")


def as_parquet(path: Path, rows: list[Row]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})
    pq.write_table(table, path.with_suffix(".parquet"), row_group_size=50)
    return path.with_suffix(".parquet")


def as_jsonl(path: Path, rows: list[Row]) -> Path:
    own = ("officer_id", "event", "date")
    lines = [
        json.dumps({
            **{name: row[name] for name in own if name in row},
            "attrs": {name: value.split(";") if name == "contents" else value
                      for name, value in row.items() if name not in own},
        })
        for row in rows
    ]  # fmt: skip
    path.with_suffix(".jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path.with_suffix(".jsonl")


def as_sqlite(path: Path, rows: list[Row]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = ", ".join(f'"{name}" text' for name in names)
    holes = ", ".join("?" * len(names))
    with sqlite3.connect(path.with_suffix(".sqlite")) as base:
        base.execute(f"create table events ({columns})")
        base.executemany(f"insert into events values ({holes})", [[row.get(name) for name in names] for row in rows])
    return path.with_suffix(".sqlite")


def as_tables(path: Path, rows: list[Row]) -> Path:
    """Officers and posts as tables of their own, events as tables beside them."""
    with sqlite3.connect(path.with_suffix(".db")) as base:
        base.execute("create table officers (officer_id, body)")
        base.execute("create table positions (position, listed, first_head, higher)")
        base.execute("create table register (officer_id, event, date, attrs)")
        for row in rows:
            if row["event"] == "profile":
                base.execute("insert into officers values (?, ?)", (row["officer_id"], row["body"]))
            elif row["event"] == "position":
                cells = [row[name] for name in ("position", "listed", "first_head", "higher")]
                base.execute("insert into positions values (?, ?, ?, ?)", cells)
            else:
                said = {name: row[name] for name in row if name not in ("officer_id", "event", "date")}
                attrs = ";".join(f"{name}={value.replace(';', ',')}" for name, value in said.items() if value)
                base.execute(
                    "insert into register values (?, ?, ?, ?)", (row["officer_id"], row["event"], row["date"], attrs)
                )
    return path.with_suffix(".db")


def as_xes(path: Path, rows: list[Row]) -> Path:
    def cells(row: Row) -> str:
        named = {"event": "concept:name", "date": "time:timestamp"}
        values = {named.get(k, k): v + ("T00:00:00+00:00" if k == "date" else "") for k, v in row.items() if v}
        values.pop("officer_id", None)
        return "".join(f'<string key="{key}" value="{value}"/>' for key, value in values.items())

    traces: dict[str, list[Row]] = {}
    for row in rows:
        traces.setdefault(row.get("officer_id", ""), []).append(row)
    text = "".join(
        f'<trace>{f"""<string key="concept:name" value="{officer}"/>""" if officer else ""}'
        + "".join(f"<event>{cells(row)}</event>" for row in told) + "</trace>"
        for officer, told in traces.items()
    )  # fmt: skip
    path.with_suffix(".xes").write_text(f'<log xmlns="http://www.xes-standard.org/">{text}</log>', encoding="utf-8")
    return path.with_suffix(".xes")


def as_ocel(path: Path, rows: list[Row]) -> Path:
    def attributes(row: Row, *own: str) -> list[dict[str, str]]:
        return [{"name": name, "value": value} for name, value in row.items() if value and name not in own]

    people = [row for row in rows if row["event"] == "profile"]
    posts = [row for row in rows if row["event"] == "position"]
    objects = [
        {"id": r["officer_id"], "type": "officer", "attributes": attributes(r, "officer_id", "event")} for r in people
    ]
    objects += [
        {"id": r["position"], "type": "position", "attributes": attributes(r, "position", "event")} for r in posts
    ]
    events = [
        {"id": f"e{at}", "type": row["event"], "time": f"{row['date']}T00:00:00Z",
         "attributes": attributes(row, "officer_id", "event", "date", "position"),
         "relationships": [{"objectId": row["officer_id"], "qualifier": "officer"},
                           *([{"objectId": row["position"], "qualifier": "post"}] if row.get("position") else [])]}
        for at, row in enumerate(rows) if row["event"] not in ("profile", "position")
    ]  # fmt: skip
    path.with_suffix(".json").write_text(json.dumps({"objects": objects, "events": events}), encoding="utf-8")
    return path.with_suffix(".json")


FORMS: list[Callable[[Path, list[Row]], Path]] = [
    as_xlsx, as_parquet, as_jsonl, as_sqlite, as_tables, as_xes, as_ocel,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__[3:])
def test_every_form_says_the_same(
    form: Callable[[Path, list[Row]], Path], generated: tuple[list[Row], Any], whole: tuple[Path, Any, list[Line]],
    tmp_path: Path,
) -> None:  # fmt: skip
    run, lines = audited(form(tmp_path / "register", generated[0]), tmp_path / "out")
    assert run["quarantine"] == {}
    assert bare(lines) == bare(whole[2])


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r", "utf-16", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_encodings_and_delimiters_are_found_out(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "r.csv"
    text = mark.join(("Сотрудник", "Событие", "Дата")) + "\n" + mark.join(("А-1", "увольнение со службы", "2026-03-01"))
    path.write_text(text + "\n", encoding=encoding)
    opened = open_csv(path)
    assert opened.columns == ("Сотрудник", "Событие", "Дата")
    (batch,) = opened.events()
    assert batch.table.to_pylist() == [{"Сотрудник": "А-1", "Событие": "увольнение со службы", "Дата": "2026-03-01"}]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({**GONE, "event": "dismisal"}, "audit.unknown-event"),
        ({**GONE, "date": "2026-02-30"}, "audit.not-a-date"),
        ({**GONE, "date": "01.03.2026"}, "audit.day-first"),
        ({**GONE, "date": ""}, "audit.no-date"),
        ({**GONE, "occurred": "perhaps"}, "audit.occurred"),
        ({**GONE, "attrs": "no pairs here"}, "audit.attrs"),
        ({**GONE, "event": "stay_waiver", "by": "somebody"}, "audit.unknown-value"),
        ({**KNB, "body": "sgs"}, "audit.two-officers"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_row_that_cannot_be_read_leaves_its_officer_undetermined(judge: Judge, row: Row, reason: str) -> None:
    other = {**GONE, "officer_id": "B"}
    run, lines = judge([KNB, GONE, other, row])
    assert run["quarantine"][reason] >= 1
    (line,) = [line for line in lines if line["officer"] == "A"]
    assert (line["verdict"], line["unit"]) == ("undetermined", None)
    assert {"row": 5, "reason": reason} in line["quarantined"]
    assert run["verdicts"] == {"compliant": 1, "pending": 0, "undetermined": 1, "violated": 0}


def test_what_is_found_in_spite_of_a_bad_row_is_kept_beside_it(judge: Judge) -> None:
    early = {"officer_id": "A", "event": "appointment", "date": "2026-02-01", "position": "deputy"}
    decision = {"officer_id": "A", "event": "reserve_decision", "date": "2026-01-15", "outcome": "enrol",
                "by": "head_of_administration", "position": "deputy", "attrs": "presumed_regular=true"}  # fmt: skip
    _, lines = judge([POST, KNB, decision, early, {**GONE, "event": "?"}])
    (line,) = [line for line in lines if line["unit"] == "p14.part2"]
    assert (line["verdict"], line["otherwise"]) == ("undetermined", "violated")


def test_repeated_and_later_rows_are_shown_as_ignored(judge: Judge, tmp_path: Path) -> None:
    run, lines = judge([KNB, GONE, GONE, {**GONE, "date": "2027-01-01"}], as_of="2026-12-31")
    assert run["quarantine"] == {"audit.after-as-of": 1, "audit.duplicate-row": 1}
    assert lines == []
    with open(tmp_path / "out" / "quarantine.csv", encoding="utf-8") as stream:
        assert {(row["row"], row["effect"]) for row in csv.DictReader(stream)} == {("4", "ignored"), ("5", "ignored")}


def test_rows_that_contradict_each_other_are_both_put_aside(judge: Judge) -> None:
    first = {"officer_id": "A", "event": "attestation", "date": "2026-03-01", "outcome": "conforms"}
    run, lines = judge([KNB, first, {**first, "outcome": "does_not_conform"}])
    assert run["quarantine"] == {"audit.contradictory-rows": 2}
    assert [each["row"] for each in lines[0]["quarantined"]] == [3, 4]


def test_two_names_under_one_id_are_two_officers(judge: Judge) -> None:
    run, lines = judge([KNB, {**GONE, "name": "Иванов"}, {**GONE, "date": "2026-04-01", "name": "Петров"}])
    assert set(run["quarantine"]) == {"audit.two-officers"}
    assert lines[0]["verdict"] == "undetermined"


def test_rows_of_nobody_are_counted_and_leave_the_run_inconclusive(tmp_path: Path) -> None:
    from compliance.cli.main import run

    path = tmp_path / "r.csv"
    path.write_text("officer_id,event,date\nA,dismissal,2026-03-01\nA,dismissal\n,dismissal,2026-03-01\n", "utf-8")
    assert run(["audit", str(path), "--out", str(tmp_path / "out")]) == 3
    found = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert found["quarantine"] == {"audit.no-officer": 1, "audit.row-cells": 1}
    assert found["unassigned"] == 2


def test_cells_without_a_place_are_counted(judge: Judge) -> None:
    run, _ = judge([KNB, {**GONE, "by": "first_head"}])
    assert run["ignored_cells"] == {"dismissal.by": 1}


def test_signs_that_the_encoding_does_not_know_put_their_row_aside(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    text = "officer_id,event,date,name\nA,dismissal,2026-03-01,Иван Сидорович\nB,dismissal,2026-03-01,".encode()
    path.write_bytes(text + b"\xff\xfe\n")
    run, lines = audited(path, tmp_path / "out")
    assert run["quarantine"] == {"audit.row-signs": 1}
    assert [(line["officer"], line["verdict"]) for line in lines] == [("B", "undetermined")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("r.csv", b"", "audit.empty-file"),
        ("r.csv", b"officer_id,event,date\n", "audit.empty-file"),
        ("r.csv", b"a,b,c\n1,2,3\n", "audit.no-column"),
        ("r.parquet", b"PAR1 half written", "audit.unreadable-file"),
        ("r.xlsx", b"PK no workbook", "audit.unreadable-file"),
        ("r.sqlite", b"no database at all", "audit.unreadable-file"),
        ("r.xes", b"<log><trace>", "audit.unreadable-file"),
        ("r.xes", b'<!DOCTYPE x [<!ENTITY a "b">]><log/>', "audit.unreadable-file"),
        ("r.json", b"[]", "audit.unreadable-file"),
        ("r.docx", b"something", "audit.unknown-format"),
    ],
)
def test_files_that_are_no_registers(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Problems) as problems:
        audited(tmp_path / name, tmp_path / "out")
    assert code in {each.code for each in problems.value.diagnostics}
    assert not (tmp_path / "out" / "findings.jsonl").exists()


def test_a_register_of_typed_days(tmp_path: Path, judge: Judge) -> None:
    table = pa.table({
        "officer_id": ["A", "A"], "event": ["dismissal", "conviction"],
        "date": pa.array([20_513, None], pa.int32()).cast(pa.date32()),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "r.parquet")
    run, _ = audited(tmp_path / "r.parquet", tmp_path / "typed")
    assert (run["as_of"], run["quarantine"]) == ("2026-03-01", {"audit.no-date": 1})


def test_write_csv_keeps_what_it_is_given(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", [GONE], delimiter=";")
    assert open_csv(path).about["delimiter"] == ";"
