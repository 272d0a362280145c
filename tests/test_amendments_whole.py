"""Whole reports, theorems and readings included: what they find, and every line that a drafter reads."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from compliance.amend.document import read_amendments
from compliance.amend.effect.report import AmendReport
from compliance.amend.effect.run import AmendOptions, amend
from compliance.amend.examine import examine
from compliance.amend.from_law import tree_of
from compliance.amend.instruction import parse_instruction
from compliance.norm.vocabulary import Lang
from compliance.report.amend import render_amend
from compliance.report.text import Page
from tests.conftest import Golden
from tests.test_amendments import AMENDMENTS, expectation, law, word, words

WHOLE = ("example-4-repeal-point-20", "list-before-the-check")
"""Two that take little time: one that loosens, and one that must not stand and has a repair."""
LONGEST_STORY = 6


def path_of(name: str) -> Path:
    return AMENDMENTS / f"{name}.yaml"


@cache
def report(name: str) -> AmendReport:
    """The report as `reserve amend` makes it."""
    (package,) = read_amendments(path_of(name).read_text(encoding="utf-8"), f"{name}.yaml")
    return amend(law(), package, AmendOptions())


@pytest.mark.parametrize("name", WHOLE)
def test_the_whole_report_finds_what_is_written(name: str) -> None:
    expect, found = expectation(path_of(name)), report(name)
    codes = {finding.code for finding in found.findings}
    silent = tuple(words(expect.get("silent")))
    assert codes >= {*words(expect.get("checks")), "THEOREM_BREAK"}
    assert not [code for code in codes if code.startswith(silent)]
    assert (found.verdict, found.relation) == (word(expect.get("verdict")), word(expect.get("compare")))


@pytest.mark.parametrize("name", WHOLE)
def test_the_theorems_that_turn(name: str) -> None:
    flipped = [each for each in report(name).theorems if each.flipped]
    assert sorted(each.id for each in flipped) == words(expectation(path_of(name)).get("theorems"))
    told = [finding for finding in report(name).findings if finding.code == "THEOREM_BREAK"]
    assert len(told) == len(flipped)


@pytest.mark.parametrize("name", WHOLE)
def test_their_stories_are_short_and_of_our_days(name: str) -> None:
    told = [finding.story for finding in report(name).findings if finding.code == "THEOREM_BREAK" and finding.story]
    assert told
    for story in told:
        assert len(story["events"]) <= LONGEST_STORY
        assert story["events"][0]["date"].startswith("2026-")
        assert story["officer"] == {"body": "knb"} or "body" not in story["officer"]
        assert date.fromisoformat(story["as_of"]).year < 2030


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_to_be_pasted_is_accepted(name: str) -> None:
    found = report(name)
    pasted = {finding.paste for finding in found.findings if finding.paste}
    assert pasted
    for paste in pasted:
        read = parse_instruction(paste if "слова" in paste else f"пункт 1 исключить;\n{paste}", "paste")
        operations = (*found.text.package.operations, *(read.operations if "слова" in paste else ()))
        again = examine(tree_of(law().written), evolve(found.text.package, operations=operations))
        assert again.applicable
        assert read.operations if "слова" in paste else read.transitional


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("name", WHOLE)
def test_every_line_that_is_read(name: str, lang: Lang, golden: Golden) -> None:
    golden(f"amend/{name}.{lang}.txt", render_amend((report(name),), "text", Page(lang)))
