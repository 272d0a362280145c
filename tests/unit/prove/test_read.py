"""Theorem files: what they may say, and what is wrong with them, with places."""

from __future__ import annotations

import pytest

from compliance.law.model import Law
from compliance.prove.read import read_theorems, theorems_from_text
from compliance.source.data import data_path
from compliance.source.diagnostic import Diagnostic, Problems

FULL = """\
- id: T1
  says: {en: one, ru: один}
  definitions:
  - {define: "late(t: training): truth", is: "t.date > as_of - 10 days"}
  theorem: |-
    every training t: not late(t)
  kind: always
  expect: refuted
  readings: {until_date: inclusive}
  under: [p14.part1, world]
  without: [p14.part1.s2]
  rests_on: [p14.part1]
  near_miss:
    says: {en: near, ru: рядом}
    theorem: "no training t"
  lemmas: [T2]
  single_method: true
- id: T2
  says: {en: two, ru: два}
  theorem: "no training t with late(t)"
  for_all_readings: true
  vacuous: true
"""


def errors(text: str, law: Law) -> list[Diagnostic]:
    with pytest.raises(Problems) as caught:
        theorems_from_text(text, "proofs/x.yaml", law)
    return [each for each in caught.value.diagnostics if each.severity == "error"]


def test_everything_that_a_theorem_may_say(law: Law) -> None:
    one, two = theorems_from_text(FULL, "proofs/x.yaml", law)
    assert (one.id, one.says.ru, one.kind, one.expect) == ("T1", "один", "always", "refuted")
    assert dict(one.readings) == {"until_date": "inclusive"}
    assert (one.under, one.without, one.rests_on) == (("p14.part1", "world"), ("p14.part1.s2",), ("p14.part1",))
    assert one.near_miss is not None
    assert one.near_miss.says.en == "near"
    assert (one.lemmas, one.single_method, one.vacuous) == (("T2",), True, False)
    assert (two.for_all_readings, two.vacuous, two.under) == (True, True, None)
    assert two.formula.calls == {"late"}
    assert one.place is not None
    assert (one.place.file, one.place.line) == ("proofs/x.yaml", 1)


def test_definitions_of_a_theorem_do_not_reach_the_law(law: Law) -> None:
    (theorem,) = theorems_from_text(FULL.split("- id: T2")[0].replace("  lemmas: [T2]\n", ""), "proofs/x.yaml", law)
    assert "late" in theorem.program.definitions
    assert "late" not in law.program.definitions


HEAD = "- id: T\n  says: {en: a, ru: б}\n"
WRONG = {
    "  theorem: 'every trainings t: true'\n": ("norm.unknown-kind", 3, 19),
    "  theorem: 'every training t: t.date'\n": ("norm.wrong-type", 3, 31),
    "  theorem: 'no training t'\n  rests_on: [p99]\n": ("proofs.unknown-unit", 4, 14),
    "  theorem: 'no training t'\n  under: [p14.part]\n": ("proofs.unknown-unit", 4, 11),
    "  theorem: 'no training t'\n  expect: true\n": ("source.unknown-word", 4, 11),
    "  theorem: 'no training t'\n  readings: {until: inclusive}\n": ("law.unknown-reading", 4, 14),
    "  theorem: 'no training t'\n  readings: {until_date: both}\n": ("law.unknown-value", 4, 26),
    "  theorem: 'no training t'\n  rest_on: [p7]\n": ("source.unknown-key", 4, 3),
    "  theorem: 'no training'\n": ("norm.variable-missing", 3, 24),
}


@pytest.mark.parametrize("text", WRONG)
def test_errors_point_at_their_place(law: Law, text: str) -> None:
    found = errors(HEAD + text, law)
    code, line, column = WRONG[text]
    assert [each.code for each in found] == [code]
    place = found[0].place
    assert place is not None
    assert (place.file, place.line, place.column) == ("proofs/x.yaml", line, column)


def test_all_errors_of_a_phase_are_reported(law: Law) -> None:
    two = HEAD + "  theorem: 'no trainings t'\n" + HEAD.replace("T", "U") + "  theorem: 'no penaltys t'\n"
    assert [each.code for each in errors(two, law)] == ["norm.unknown-kind"] * 2
    missing = "- id: T\n- says: {en: a}\n  theorem: 'no training t'\n"
    assert {each.code for each in errors(missing, law)} == {"source.missing-key"}


def test_ids_are_unique(law: Law) -> None:
    twice = (HEAD + "  theorem: 'no training t'\n") * 2
    assert [each.code for each in errors(twice, law)] == ["proofs.duplicate-id"]


def test_a_file_is_a_list(law: Law) -> None:
    assert [each.code for each in errors("id: T\n", law)] == ["source.not-a-list"]


def test_shipped_theorems_can_be_read(law: Law) -> None:
    theorems = read_theorems([data_path("proofs")], law)
    assert len({theorem.id for theorem in theorems}) == len(theorems) >= 40
    assert {theorem.kind for theorem in theorems} == {"always", "possible"}
