"""Every shipped story comes out as its author says; every unit that can be broken is kept by one and broken by another."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from compliance.check import CheckOptions
from compliance.check.open import open_setting, read_all
from compliance.check.run import check_scenario
from compliance.check.setting import Setting
from compliance.source.data import data_path
from compliance.verdict import Result

FILES = sorted(data_path("scenarios").rglob("*.yaml"))


@cache
def setting() -> Setting:
    return open_setting(CheckOptions(repair=False))


@cache
def results(path: Path) -> tuple[Result, ...]:
    scenarios, wrong = read_all(setting(), [path])
    assert not wrong, wrong
    return tuple(result for scenario in scenarios for result in check_scenario(setting(), scenario))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_story_comes_out_as_expected(path: Path) -> None:
    for result in results(path):
        assert result.expected, "a shipped story states what it expects"
        assert result.unmet == (), [f"{u.what}: expected {u.expected}, got {u.got}" for u in result.unmet]


FOLDERS = {
    "compliant": {"compliant", "not_judged"},
    "violating": {"violated"},
    "open": {"pending", "undetermined", "compliant"},
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_story_lies_in_the_folder_of_its_verdict(path: Path) -> None:
    if "propose:" in path.read_text(encoding="utf-8"):
        return
    verdicts = {result.verdict for result in results(path)}
    assert verdicts & FOLDERS[path.parent.name], (path.parent.name, verdicts)


@cache
def breakable() -> tuple[str, ...]:
    law = setting().law
    return tuple(unit for unit in law.units if law.norms_of(unit))


def test_there_are_at_least_130_stories() -> None:
    assert len(FILES) >= 130


def test_every_breakable_unit_is_broken_by_a_story() -> None:
    found = [finding for path in FILES for result in results(path) for finding in result.units]
    broken = {finding.unit for finding in found if finding.verdict == "violated"}
    assert set(breakable()) - broken == set()


def test_every_breakable_unit_is_the_only_one_broken_somewhere_or_named() -> None:
    named = {unit for path in FILES for result in results(path) for unit in result.blamed}
    assert set(breakable()) - named == set()


def test_every_breakable_unit_is_kept_with_its_trigger_met() -> None:
    kept = {
        finding.unit
        for path in FILES
        if path.parent.name == "compliant"
        for result in results(path)
        for finding in result.all_units
        if finding.verdict == "compliant"
    }
    assert set(breakable()) - kept == set()


def test_every_reading_is_separated_by_a_story() -> None:
    separated = {reading for path in FILES for r in results(path) for f in r.units for reading in f.depends_on}
    assert set(setting().law.readings) - separated == set()
