"""Foreign layouts: mappings, wide tables, and the mapping that is proposed from the headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.audit.draft import nearest
from compliance.cli.main import run as reserve
from compliance.source.diagnostic import Problems
from tests.unit.audit.conftest import audited

LONG = """Табельный номер;ФИО;Вид события;Дата;Кем;Должность;Вывод
А-1;Иванов;соответствие квалификационным требованиям;13.10.2026;;зам;
А-1;Иванов;Решение о зачислении;18.12.2026;Глава Администрации;зам;зачислить
А-1;Иванов;назначение;25.12.2026;;зам;
"""
MAP = """
dates: [DD.MM.YYYY]
columns: {Табельный номер: officer_id, ФИО: name, Вид события: event, Дата: date, Кем: by, Должность: position,
          Вывод: outcome}
events: {Решение о зачислении: reserve_decision}
values: {actor: {Глава Администрации: head_of_administration}, outcome: {зачислить: enrol}}
"""
WIDE = """Номер,Орган,Зачислен,Кем зачислен,Назначен
A-1,knb,2026-01-15,head_of_administration,2026-02-01
A-2,knb,2026-01-15,head_of_administration,
A-3,knb,,,2026-02-30
"""
WIDE_MAP = """
columns: {Номер: officer_id, Орган: body}
wide:
  - {column: Зачислен, event: reserve_decision, set: {outcome: enrol, presumed_regular: true}, from: {by: Кем зачислен}}
  - {column: Назначен, event: appointment}
"""


def files(tmp_path: Path, register: str, mapping: str, encoding: str = "utf-8") -> tuple[Path, Path]:
    (tmp_path / "r.csv").write_text(register, encoding)
    (tmp_path / "map.yaml").write_text(mapping, "utf-8")
    return tmp_path / "r.csv", tmp_path / "map.yaml"


def test_a_mapping_fits_a_foreign_register(tmp_path: Path) -> None:
    path, mapping = files(tmp_path, LONG, MAP, "cp1251")
    run, lines = audited(path, tmp_path / "out", map=mapping)
    assert run["quarantine"] == {}
    assert (run["officers"], run["events"], run["as_of"]) == (1, 3, "2026-12-25")
    assert ("p10.part1", "violated") in {(line["unit"], line["verdict"]) for line in lines}


def test_without_the_form_no_day_comes_first(tmp_path: Path) -> None:
    path, mapping = files(
        tmp_path, LONG + "А-2;;увольнение со службы;2026-12-25;;;\n", MAP.replace("dates: [DD.MM.YYYY]", "")
    )
    run, _ = audited(path, tmp_path / "out", map=mapping)
    assert run["quarantine"] == {"audit.day-first": 3}


def test_a_wide_table_is_unfolded(tmp_path: Path) -> None:
    path, mapping = files(tmp_path, WIDE, WIDE_MAP)
    run, lines = audited(path, tmp_path / "out", map=mapping)
    assert (run["officers"], run["events"]) == (3, 3)
    assert run["quarantine"] == {"audit.not-a-date": 1}
    assert {line["officer"]: line["verdict"] for line in lines if line["unit"] is None} == {"A-3": "undetermined"}
    assert [each["row"] for line in lines for each in line.get("quarantined", ())] == [4]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ("columns: {Нет такого: officer_id}", "audit.map-heading"),
        ("columns: {Дата: day}", "audit.map-column"),
        ("events: {Увольнение: dismisal}", "scenario.unknown-event"),
        ("dates: [whatever]", "audit.map-dates"),
        ("colums: {}", "audit.map-key"),
        ("wide: [{column: Дата, event: dismissal, set: {nothing: 1}}]", "audit.map-column"),
        ("encoding: klingon", "audit.unknown-encoding"),
        ("columns: {", None),
    ],
)
def test_what_is_wrong_with_a_mapping(tmp_path: Path, mapping: str, code: str | None) -> None:
    path, written = files(tmp_path, LONG, mapping)
    with pytest.raises(Problems) as problems:
        audited(path, tmp_path / "out", map=written)
    codes = [each.code for each in problems.value.diagnostics]
    assert code is None or code in codes


def test_a_drafted_mapping_can_be_used(tmp_path: Path) -> None:
    path, _ = files(tmp_path, LONG.replace("Решение о зачислении", "решение о зачисление"), "", "cp1251")
    assert reserve(["audit", str(path), "--draft-map", str(tmp_path / "draft.yaml")]) == 0
    text = (tmp_path / "draft.yaml").read_text("utf-8")
    assert 'encoding: "cp1251"' in text
    assert 'dates: ["DD.MM.YYYY"]' in text
    assert '"решение о зачисление": reserve_decision' in text
    run, _ = audited(path, tmp_path / "out", map=tmp_path / "draft.yaml")
    assert "audit.unknown-event" not in run["quarantine"]
    assert reserve(["audit", str(path), "--draft-map", str(tmp_path / "draft.yaml")]) == 2


def test_a_wide_table_is_recognised(tmp_path: Path) -> None:
    path, _ = files(tmp_path, "Personnel number,Decision date,Appointed,Remarks\nA,2026-01-15,2026-05-01,x\n", "")
    assert reserve(["audit", str(path), "--draft-map", str(tmp_path / "draft.yaml")]) == 0
    text = (tmp_path / "draft.yaml").read_text("utf-8")
    assert '"Personnel number": officer_id' in text
    assert '{column: "Decision date", event: reserve_decision, set: {outcome: enrol}}' in text
    assert '{column: "Appointed", event: appointment}' in text
    assert "Remarks" in text


def test_headings_that_say_nothing_are_no_mapping(tmp_path: Path) -> None:
    path, _ = files(tmp_path, "qqq,zzz\n1,2\n", "")
    assert reserve(["audit", str(path), "--draft-map", str(tmp_path / "draft.yaml")]) == 2
    assert not (tmp_path / "draft.yaml").exists()


def test_only_what_is_near_is_proposed() -> None:
    assert nearest("Направление материала", {"materials_sent": ("направление материалов",)}) == "materials_sent"
    assert nearest("Отпуск", {"materials_sent": ("направление материалов",)}) is None
