"""From files to a law: what is read, what is derived, and every error with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.law.load import law_from_texts, load_law
from compliance.norm import ast
from compliance.norm.types import Period
from compliance.source.diagnostic import Problems
from tests.unit.law.toy import (
    DEFINITIONS,
    NOTICES,
    P1,
    P2,
    READINGS,
    TEXTS,
    VOCABULARY,
    WORLD,
    codes_of,
    problems_of,
    swapped,
    toy_law,
    toy_texts,
)


def test_norms_stand_in_the_order_of_the_text() -> None:
    law = toy_law(p01=P2, p02=P1)
    assert list(law.units) == ["p1.part1", "p1.part2", "p2", "p3"]
    assert [norm.id for norm in law.norms] == ["p1.part1", "p2.s1", "p2.s2", "p3"]
    assert [norm.id for norm in law.norms_of("p2")] == ["p2.s1", "p2.s2"]
    assert law.norms_of("p1.part2") == ()


def test_readings_and_units_of_a_norm_follow_from_its_formula() -> None:
    law = toy_law()
    assert {norm.id: norm.readings for norm in law.norms} == {
        "p1.part1": ("silence",), "p2.s1": ("rounding",), "p2.s2": (), "p3": ("rounding",),
    }  # fmt: skip
    assert {norm.id: norm.units for norm in law.norms} == {
        "p1.part1": ("p1.part1",), "p2.s1": ("p2",), "p2.s2": ("p2",), "p3": ("p3", "p2"),
    }  # fmt: skip
    assert law.units_consulting("rounding") == ("p2", "p3")


def test_a_reading_without_default_is_named_as_such() -> None:
    law = toy_law()
    assert law.default_profile == {"rounding": "down", "silence": "no_notice"}
    assert law.undecided == {"silence"}
    assert law.reading("silence").default is None
    assert law.program.readings["rounding"] == ("down", "up")


def test_another_default_comes_first() -> None:
    law = toy_law(readings=swapped(READINGS, "default: down", "default: up"))
    assert law.program.readings["rounding"] == ("up", "down")
    assert list(law.reading("rounding").values) == ["down", "up"]


def test_parameters_know_their_unit_words_and_place() -> None:
    law = toy_law()
    stay = law.parameters["max_stay"]
    assert (stay.unit, stay.words, stay.value) == ("p2", "трех лет", Period(months=36))
    assert stay.place is not None
    assert str(stay.place) == "model/rules/p02.yaml:10:5"
    assert law.program.params["max_stay"] == Period(months=36)


def test_optional_files_may_be_absent() -> None:
    bare = "units:\n- {id: p1, kind: scope, bearer: [], text: {ru: слова, en: words}}\n"
    law = toy_law(p01=bare, p02=None, definitions=None, readings=None, notices=None, world=None, checklist=None)
    assert (law.norms, law.notices, law.world, law.default_profile) == ((), (), (), {})


def test_notices_and_facts_are_checked_too() -> None:
    law = toy_law()
    assert [(id, typed.is_formula) for id, typed in law.formulas()] == [
        (id, True) for id in ("p1.part1", "p2.s1", "p2.s2", "p3", "early_notice", "w.one_decision_a_day")
    ]
    assert law.notices[0].clause.severity == "contradiction"


def test_each_event_is_judged_by_the_version_of_its_day() -> None:
    first, _, always, _ = toy_law().norms
    assert isinstance(first.expr, ast.Quant)
    assert isinstance(first.expr.guard, ast.And)
    begins, ends = first.expr.guard.items[-2:]
    assert isinstance(begins, ast.Compare)
    assert isinstance(ends, ast.Compare)
    assert (begins.op, begins.right) == (">=", ast.World("in_force"))
    assert (ends.op, ends.right) == ("<", ast.World("replaced"))
    assert isinstance(always.expr, ast.Quant)
    assert always.expr.guard is None


def test_a_folder_is_read_like_its_texts(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "lifecycle.yaml").write_text("not: ours\n", encoding="utf-8")
    assert load_law(tmp_path).fingerprint == toy_law().fingerprint


def test_unknown_ids_suggest_the_nearest() -> None:
    law = toy_law()
    for look_up, word, near in ((law.unit, "p1.part22", "p1.part2"), (law.reading, "roundings", "rounding")):
        with pytest.raises(Problems) as problems:
            look_up(word)
        assert problems.value.diagnostics[0].suggestion == near


BAD_RULES = [
    (P2, "kind: limit", "kind: limitation", "law.unknown-unit-kind"),
    (P2, "- id: p2\n", "- id: p.2\n", "law.not-a-unit-id"),
    (P2, "- id: p2\n", "- id: p1.part1\n", "law.duplicate-id"),
    (P2, "value: 3 years", "value: 3", "law.parameter-value"),
    (P2, "value: 3 years", "value: 4 years", "law.words-disagree"),
    (P2, "words: трех лет", "words: четырех лет", "law.words-not-in-text"),
    (P2, "words: трех лет", "words: трех", "ok"),
    (P2, "превышать трех лет", "превышать трех лет и трех лет", "law.words-repeated"),
    (P2, "max_stay:", "Max-Stay:", "law.parameter-name"),
    (P2, "open: ahead", "open: soon", "source.unknown-word"),
    (P2, "judged: always", "judged: never", "source.unknown-word"),
    (P2, "  - id: p2.s2", "  - id: p3.s2", "law.norm-id"),
    (P2, "  - id: p2.s2", "  - id: p2.S 2", "law.norm-id"),
    (P2, "  - id: p2.s2", "  - id: p2", "law.norm-id"),
    (P2, "  - id: p2.s2", "  - id: p2.s1", "law.duplicate-id"),
    (P2, "every exclusion x with", "some exclusion x with", "law.no-leading-event"),
    (P2, "every exclusion x with x.ground", "every exclusion x with x.grounds", "norm.unknown-attribute"),
    (P2, "full(e) <= x.date", "fuller(e) <= x.date", "norm.unknown-definition"),
    (P2, "full(e) <= x.date", "full(e) <=", "norm.unfinished"),
    (P2, "full(e) >= as_of", "full(e) >= rounding", "norm.unknown-word"),
    (P2, "  judged: always", "  judged: always\n    colour: red", "source.unknown-key"),
    (P1, "bearer: [clerk]", "bearer: [clerks]", "law.unknown-actor"),
    (P1, "why: purpose", "why: dunno", "law.unknown-reason"),
    (P1, "  no_norm:", "  norm: 'every notice n: n.date <= as_of'\n  no_norm:", "law.norm-and-reason"),
    (P1, "  fails:", "  norms: []\n  fails:", "law.norm-and-norms"),
    (P1, "notify_within:", "max_stay:", "law.duplicate-name"),
    (P1, "notify_within rounded", "notify rounded", "norm.unknown-word"),
]


@pytest.mark.parametrize(
    ("text", "old", "new", "code"), BAD_RULES, ids=[f"{new.strip()}" for _, _, new, _ in BAD_RULES]
)
def test_slips_in_the_rules(text: str, old: str, new: str, code: str) -> None:
    changed = {"p01" if text is P1 else "p02": swapped(text, old, new)}
    if code == "ok":
        assert toy_law(**changed).parameters["max_stay"].words == "трех"
    else:
        assert code in codes_of(**changed)


BAD_PARTS = [
    ("readings", READINGS, "default: down", "default: sideways", "law.unknown-value"),
    ("readings", READINGS, "    a_notice: {en: it is one, ru: считается}\n", "", "law.single-value"),
    ("readings", READINGS, "- id: silence", "- id: rounding", "law.duplicate-id"),
    ("readings", READINGS, "    up: {en: on", "    upwards: {en: on", "norm.unknown-reading-value"),
    ("definitions", DEFINITIONS, "kind: decision", "kind: decisions", "law.unknown-kind"),
    ("definitions", DEFINITIONS, "p: period", "p: periods", "norm.unknown-type"),
    ("definitions", DEFINITIONS, '"full(e: decision): date"', '"later(e: decision): date"', "law.duplicate-name"),
    ("definitions", DEFINITIONS, "is: later(e.date, max_stay)", "is: full(e)", "norm.cycle"),
    ("definitions", DEFINITIONS, "where: d.outcome = enrol", "where: d.outcome =", "norm.unfinished"),
    ("notices", NOTICES, "severity: contradiction", "severity: grave", "source.unknown-word"),
    ("notices", NOTICES, "id: early_notice", "id: p2.s1", "law.duplicate-id"),
    ("world", WORLD, "no decision c", "no decision d", "norm.shadowed"),
    ("vocabulary", VOCABULARY, "{type: outcome,", "{type: outcomes,", "vocabulary.unknown-type"),
]


@pytest.mark.parametrize(("file", "text", "old", "new", "code"), BAD_PARTS, ids=[each[3].strip() for each in BAD_PARTS])
def test_slips_beside_the_rules(file: str, text: str, old: str, new: str, code: str) -> None:
    assert code in codes_of(**{file: swapped(text, old, new)})


def test_a_circle_of_definitions_is_told_once() -> None:
    circle = """definitions:
- {define: "a(e: decision)", is: b(e)}
- {define: "b(e: decision)", is: c(e) or a(e)}
- {define: "c(e: decision)", is: e.date <= as_of}
- {define: "d(e: decision)", is: a(e)}
"""
    rules = (
        "units:\n- {id: p1, kind: scope, bearer: [], text: {ru: слова, en: words}, norm: 'every decision x: d(x)'}\n"
    )
    assert codes_of(definitions=circle, p01=rules, p02=None, notices=None) == ["norm.cycle"]


def test_all_errors_of_a_phase_are_told_at_once() -> None:
    rules = swapped(swapped(P2, "x.ground = p3", "x.ground = p4"), "full(e) >= as_of", "e.day >= as_of")
    found = problems_of(p02=rules, notices=swapped(NOTICES, "e.date <= n.date", "e.date <= n"))
    assert [str(each.place) for each in found] == [
        "model/notices.yaml:4:44", "model/rules/p02.yaml:15:11", "model/rules/p02.yaml:26:39",
    ]  # fmt: skip


def test_broken_files_are_told_together() -> None:
    found = problems_of(p02="units: [a, b", notices="- {id: a, id: b}", world=None)
    assert {(each.place.file if each.place else "", each.code) for each in found} == {
        ("model/notices.yaml", "source.duplicate-key"), ("model/rules/p02.yaml", "source.unclosed-bracket"),
    }  # fmt: skip


def test_files_that_are_missing_or_belong_nowhere() -> None:
    assert codes_of(versions=None, p01=None, p02=None) == ["law.missing-file", "law.missing-file"]
    texts = toy_texts() | {"reading.yaml": "[]", "acts/any.yaml": "{"}
    with pytest.raises(Problems) as problems:
        law_from_texts(texts)
    (found,) = problems.value.diagnostics
    assert (found.code, found.suggestion) == ("law.unknown-file", "readings.yaml")


def test_a_law_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Problems) as problems:
        load_law(tmp_path / "nowhere")
    assert problems.value.diagnostics[0].code == "law.not-a-folder"
    with pytest.raises(Problems) as problems:
        load_law(tmp_path)
    assert {each.code for each in problems.value.diagnostics} == {"law.missing-file"}
