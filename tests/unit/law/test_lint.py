"""Each check of the lint finds its slip, and a sound law gives nothing to find."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.law.lint import lint, lint_folder
from compliance.source.catalog import message
from tests.unit.law.toy import (
    CHAPTERS,
    CHECKLIST,
    DEFINITIONS,
    NOTICES,
    P1,
    P2,
    READINGS,
    VOCABULARY,
    swapped,
    toy_law,
)

ONE_MORE = """\
- define: "idle(e: decision)"
  is: e.date <= as_of
  says: {en: "{e} is past", ru: "{e} в прошлом"}
"""
FOREIGN = "  notice:\n    words: {en: notice, ru: уведомление}\n"

SLIPS = [
    ("definitions", DEFINITIONS + ONE_MORE, "warning", "law.unused-definition", {"word": "idle"}),
    ("definitions", swapped(DEFINITIONS, "  enrolment:", "  refusal:\n    kind: decision\n    var: d\n"
     "    where: d.outcome = refuse\n    words: {en: refusal, ru: отказ}\n  enrolment:"),
     "warning", "law.unused-notion", {"word": "refusal"}),
    ("definitions", swapped(DEFINITIONS, "the day on which the stay of {e} is full", "the day of {f}"),
     "error", "law.template-hole", {"word": "f", "name": "full"}),
    ("definitions", swapped(DEFINITIONS, "истекает срок по {e}", "истекает срок"),
     "warning", "law.template-differs", {"word": "full"}),
    ("definitions", swapped(DEFINITIONS, "день, когда истекает срок по {e}", "the day of {e}"),
     "warning", "law.translation-missing", {"what": "says", "word": "full"}),
    ("p02", swapped(P2, "parameters:\n", "parameters:\n    idle: {value: 1 day, words: Срок}\n"),
     "warning", "law.unused-parameter", {"word": "idle"}),
    ("p02", swapped(P2, "parameters:\n", "parameters:\n    idle: {value: 1 day, words: Срок}\n"),
     "warning", "law.words-unread", {"words": "Срок", "value": "1 day"}),
    ("p02", swapped(P2, "  note: {en: a limit, ru: предел}\n", ""), "warning", "law.note-missing", {"word": "p2"}),
    ("p02", P2[: P2.rindex("  norm:")], "error", "law.norm-missing", {"unit": "p3"}),
    ("p02", P2[: P2.rindex("  norm:")], "error", "law.breakable-without-norm", {"word": "p3"}),
    ("p02", swapped(P2, "  open: ahead", "  open: ahead\n    fails: {en: 'of {x.date}', ru: 'на {x.date}'}"),
     "error", "law.template-hole", {"word": "x.date", "name": "p2.s1"}),
    ("p02", swapped(P2, "  parameters:", "  readings: [silence]\n  parameters:"),
     "error", "law.unit-reading-not-consulted", {"unit": "p2", "word": "silence"}),
    ("p02", swapped(P2, "  parameters:", "  readings: [silence]\n  parameters:"),
     "error", "law.unit-reading-not-listed", {"unit": "p2", "word": "rounding"}),
    ("p02", swapped(P2, "  parameters:", "  readings: [silences]\n  parameters:"),
     "error", "law.unknown-reading", {"word": "silences"}),
    ("p01", swapped(P1, "пункту 3 настоящих", "пункту 4 настоящих"),
     "error", "law.dangling-reference", {"unit": "p1.part1", "words": "пункту 4", "target": "p4"}),
    ("p01", swapped(P1, "Цель - порядок.", "Order."), "warning", "law.translation-missing",
     {"what": "text", "word": "p1.part2"}),
    ("readings", READINGS.replace("silence", "quiet") + READINGS[READINGS.index("- id: silence") :],
     "warning", "law.unused-reading", {"word": "quiet"}),
    ("readings", swapped(READINGS, "units: [p2, p3]", "units: [p2, p3, p1.part1]"),
     "error", "law.reading-not-consulted", {"reading": "rounding", "units": "p1.part1"}),
    ("readings", swapped(READINGS, "units: [p2, p3]", "units: [p2]"),
     "warning", "law.reading-not-listed", {"reading": "rounding", "units": "p3"}),
    ("readings", swapped(READINGS, "units: [p2, p3]", "units: [p2, p3, p9]"),
     "error", "law.unknown-unit-named", {"word": "p9"}),
    ("notices", swapped(NOTICES, "units: [p1]", "units: [p1.part3]"), "error", "law.unknown-unit-named",
     {"word": "p1.part3"}),
    ("notices", swapped(NOTICES, "of nothing", "of {e.date}"), "error", "law.template-hole",
     {"word": "e.date", "name": "early_notice"}),
    ("chapters", swapped(CHAPTERS, "first: p1", "first: p7"), "error", "law.unknown-unit-named", {"word": "p7"}),
    ("vocabulary", swapped(VOCABULARY, "    p3: {en:", "    p4: {en: point 4, ru: пункт 4}\n    p3: {en:"),
     "error", "law.unknown-unit-named", {"word": "p4"}),
    ("vocabulary", swapped(VOCABULARY, FOREIGN, "  dismissal:\n    words: {en: dismissal, ru: увольнение}\n" + FOREIGN),
     "warning", "law.unmentioned-kind", {"word": "dismissal"}),
    ("checklist", CHECKLIST + "unmentioned: {notice: {en: none, ru: нет}}\n",
     "warning", "law.mentioned-kind", {"word": "notice"}),
    ("checklist", CHECKLIST + "unmentioned: {notices: {en: none, ru: нет}}\n",
     "error", "law.unknown-kind", {"word": "notices"}),
    ("checklist", swapped(CHECKLIST, "p1.part2, p2", "p2"), "error", "law.unit-not-official", {"word": "p1.part2"}),
    ("checklist", swapped(CHECKLIST, "p3]\nb", "p3, p4]\nb"), "error", "law.unit-missing", {"word": "p4"}),
    ("checklist", swapped(CHECKLIST, "breakable: [p1.part1, ", "breakable: ["),
     "warning", "law.norm-not-breakable", {"word": "p1.part1"}),
]  # fmt: skip


def test_a_sound_law_gives_nothing_to_find() -> None:
    assert lint(toy_law()) == ()


@pytest.mark.parametrize(("file", "text", "severity", "code", "fields"), SLIPS, ids=[each[3] for each in SLIPS])
def test_slips_are_found(file: str, text: str, severity: str, code: str, fields: dict[str, str]) -> None:
    found = lint(toy_law(**{file: text}))
    matching = [each for each in found if each.code == code]
    assert [dict(each.fields) for each in matching] == [fields]
    assert matching[0].severity == severity
    assert message(code) is not None


def test_what_theorems_use_is_used() -> None:
    law = toy_law(definitions=DEFINITIONS + ONE_MORE)
    assert lint(law, used_elsewhere=["idle"]) == ()


def test_warnings_of_the_type_checker_are_findings_too() -> None:
    unused = DEFINITIONS + ONE_MORE.replace("e.date <= as_of", "officer.in_service")
    codes = {each.code for each in lint(toy_law(definitions=unused))}
    assert codes == {"law.unused-definition", "norm.unused-variable"}


def test_a_law_that_cannot_be_read_is_told_as_such(tmp_path: Path) -> None:
    found = lint_folder(tmp_path)
    assert {each.code for each in found} == {"law.missing-file"}


def test_without_a_checklist_nothing_is_held_against_it() -> None:
    assert lint(toy_law(checklist=None, p02=swapped(P2, "- id: p3\n", "- id: p3-1\n"))) != ()
    assert {each.code for each in lint(toy_law(checklist=None))} == set()
