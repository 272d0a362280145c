"""Uncertain facts in words, in both languages."""

from __future__ import annotations

import pytest

from compliance.timeline.lexicon import Lexicon
from tests.unit.timeline.records import case

DESCRIBED = """\
as_of: 2026-12-12
officer: {id: A-17}
positions:
  deputy: {listed: unknown}
events:
  - {type: materials_sent, date: 2026-12-02,
     contents: unknown}
  - type: materials_checked
    date: 2026-12-XX
  - {type: demotion, date: 2026-12-05}
may_be_missing: [penalty]
"""


ATTACHED_RU = (
    "событие «направление материалов» (строка 7), приложенные материалы: есть ли «сведения о специальной проверке»"
)


@pytest.mark.parametrize(
    ("path", "en", "ru"),
    [
        ("events[1].date", "the day of the check of the materials (line 9)",
         "день события «проверка материалов» (строка 9)"),
        ("events[1].occurred", "whether the check of the materials took place (line 8)",
         "состоялось ли событие «проверка материалов» (строка 8)"),
        ("events[0].signed_by", "the sending of the materials (line 6): who signed the representation",
         "событие «направление материалов» (строка 6): кто подписал представление"),
        ("events[0].contents.special_check",
         "the sending of the materials (line 7): whether the attached papers include information on the special check",
         ATTACHED_RU),
        ("events[2].by_attestation", "the demotion or move to a lower post (line 10): by results of attestation or not",
         "событие «понижение, перемещение на нижестоящую должность» (строка 10): по результатам аттестации или нет"),
        ("events[3].occurred", "whether the officer was assessed against the qualification requirements",
         "оценивалось ли соответствие сотрудника квалификационным требованиям"),
        ("events[3].date", "the day of the unrecorded assessment against the qualification requirements",
         "день незаписанного события «соответствие квалификационным требованиям»"),
        ("events[4].occurred", "whether there was an unrecorded disciplinary penalty",
         "было ли незаписанное событие «дисциплинарное взыскание»"),
        ("events[4].kind", "the unrecorded disciplinary penalty: kind",
         "незаписанное событие «дисциплинарное взыскание»: вид"),
        ("officer.body", "the officer (line 2): the body", "сотрудник (строка 2): орган"),
        ("positions.deputy.listed", "the post `deputy` (line 4): in the List of Decree No. 290 or not",
         "должность `deputy` (строка 4): в Перечне Указа № 290 или нет"),
        ("positions.?.higher", "the post that the record does not name: a higher leadership post or not",
         "должность, не названная в записи: вышестоящая руководящая должность или нет"),
        ("as_of", "the day up to which facts are known", "день, до которого известны факты"),
        ("events[99].date", "events[99].date", "events[99].date"),
        ("events[0].weather", "events[0].weather", "events[0].weather"),
        ("officer.rank", "officer.rank", "officer.rank"),
    ],
)  # fmt: skip
def test_facts_are_described_in_words(path: str, en: str, ru: str, lexicon: Lexicon) -> None:
    found = case(DESCRIBED, lexicon)
    assert (found.describe(path, "en"), found.describe(path, "ru")) == (en, ru)


def test_every_unknown_fact_has_a_description(lexicon: Lexicon) -> None:
    found = case(DESCRIBED.replace("may_be_missing: [penalty]", "complete: false"), lexicon)
    for path in found.timeline.unknowns():
        assert found.describe(path, "en") != path
        assert found.describe(path, "ru") != found.describe(path, "en")
