"""Registers held against an amendment: who would be touched, by unit and direction."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from compliance.amend.document import read_amendments
from compliance.amend.effect.register import Touched, touched
from compliance.amend.effect.report import AmendReport
from compliance.amend.effect.run import AmendOptions, amend
from compliance.audit.options import AuditOptions
from compliance.cli.main import run
from compliance.norm.vocabulary import Lang
from compliance.report.amend import AMEND_FORMATS, AmendFormat, render_amend
from compliance.report.text import Page
from tests.unit.amend.test_effect import FIRST, made, rules

SHORT = 'в части первой пункта 14 слова "трех лет" заменить словами "двух лет";'
EARLY = 'в подпункте 1) пункта 11 слова "до 15 числа последнего" заменить словами "до 15 числа второго";'
LINES = """\
officer_id,event,date,by,outcome,ground,position,listed,higher,first_head
,position,,,,,deputy,true,true,false
A,reserve_decision,2024-06-01,head_of_administration,enrol,,deputy,,,
B,reserve_decision,2026-06-01,head_of_administration,enrol,,deputy,,,
C,reserve_decision,2023-02-01,head_of_administration,enrol,,deputy,,,
D,reserve_decision,2024-06-01,head_of_administration,enrol,,deputy,,,
D,exclusion_request,2026-12-01,,,,,,,
D,exclusion_decision,2026-12-10,head_of_administration,,p18.sub4,,,,
E,reserve_decision,2024-06-01,head_of_administration,enrol,,deputy,,,
E,no_such_event,2026-12-01,,,,,,,
F,reserve_decision,2026-12-20,head_of_administration,refuse,,deputy,,,
"""


def counted(text: str, register: Path, first: int | None = FIRST.toordinal()) -> Touched:
    return touched(made(text), first, register, AuditOptions(workers=1))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Six officers: over two years, not over, over three, excluded in time, unreadable, never enrolled."""
    path = tmp_path / "small.csv"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_who_is_over_the_new_term(small: Path) -> None:
    found = counted(SHORT, small)
    assert (found.officers, found.left_out, dict(found.put_aside)) == (6, 1, {"audit.unknown-event": 1})
    assert found.first_day is not None
    (turn,) = found.first_day.turns
    assert (turn.unit, turn.direction, turn.officers, turn.examples) == ("p14.part1", "newly_violated", 1, ("A",))
    assert found.first_day.as_of == FIRST.toordinal()


def test_as_if_the_text_had_always_stood(small: Path) -> None:
    (turn,) = counted(SHORT, small).always.turns
    assert (turn.unit, turn.direction, turn.examples) == ("p14.part1", "newly_violated", ("A", "D"))


def test_a_longer_term_satisfies(small: Path) -> None:
    found = counted('в части первой пункта 14 слова "трех лет" заменить словами "пяти лет";', small)
    (turn,) = found.always.turns
    assert (turn.unit, turn.direction, turn.examples) == ("p14.part1", "newly_satisfied", ("C",))


def test_without_a_first_day(small: Path) -> None:
    assert counted(SHORT, small, None).first_day is None


def test_a_change_of_words_touches_nobody(small: Path) -> None:
    found = counted('в пункте 19 слова "материалами" заменить словами "сведениями";', small)
    assert (found.always.officers, found.always.turns) == (0, ())


@cache
def shipped_register() -> Path:
    return Path(__file__).resolve().parents[3] / "registers" / "example.csv"


@pytest.mark.parametrize("text", [SHORT, EARLY])
def test_the_shipped_register_is_counted(text: str) -> None:
    found = counted(text, shipped_register())
    assert found.officers == 200
    for regime in (found.always, found.first_day):
        assert regime is not None
        assert regime.officers >= max(turn.officers for turn in regime.turns) > 0
        assert all(list(turn.examples) == sorted(turn.examples) for turn in regime.turns)


@cache
def compared() -> AmendReport:
    """The report on the shorter term, without a register."""
    (package,) = read_amendments(SHORT, "draft.txt")
    return amend(rules(), package, AmendOptions(FIRST, compare_only=True, facets=False))


@pytest.mark.parametrize("form", AMEND_FORMATS)
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_form_tells_the_count(form: AmendFormat, lang: Lang, small: Path) -> None:
    report = evolve(compared(), register=counted(SHORT, small))
    out = render_amend((report,), form, Page(lang))
    if form == "json":
        found = json.loads(out)["register"]
        assert found["first_day"]["units"][0]["examples"] == ["A"]
    else:
        assert {"en": "newly violated", "ru": "новое нарушение"}[lang] in out
        assert "small.csv" in out.replace("\\", "")


@pytest.mark.parametrize(("content", "code"), [(None, "source.not-found"), (b"", "audit.empty-file"),
                                               (b"x\n1\n", "audit.")])  # fmt: skip
def test_bad_registers_are_bad_as_for_audit(
    content: bytes | None, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, register = tmp_path / "draft.txt", tmp_path / "register.csv"
    draft.write_text(SHORT, encoding="utf-8")
    if content is not None:
        register.write_bytes(content)
    assert run(["amend", str(draft), "--compare-only", "--register", str(register)]) == 2
    amended = capsys.readouterr().err
    assert run(["audit", str(register)]) == 2
    assert amended == capsys.readouterr().err
    assert f"[{code}" in amended
