"""Every shipped story comes out as its author says, and together they keep and break every unit that can be broken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from compliance.calendar.days import format_iso
from compliance.check import CheckOptions
from compliance.check.bindings import triggered
from compliance.check.completion import first_completion
from compliance.check.judge import KnownJudge
from compliance.check.open import open_setting, read_all
from compliance.check.run import check_scenario
from compliance.check.setting import Setting
from compliance.source.data import data_path
from compliance.timeline.case import Case, Scenario
from compliance.verdict import Result

FILES = sorted(data_path("scenarios").rglob("*.yaml"))
each_story = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")


@cache
def setting() -> Setting:
    return open_setting(CheckOptions(repair=False))


@cache
def scenario(path: Path) -> Scenario:
    scenarios, wrong = read_all(setting(), [path])
    assert not wrong, wrong
    return scenarios[0]


@cache
def results(path: Path) -> tuple[Result, ...]:
    return tuple(check_scenario(setting(), scenario(path)))


def judged() -> Iterator[tuple[Path, Case, Result]]:
    """Every officer of every story with his result."""
    for path in FILES:
        for case, result in zip(scenario(path).cases, results(path), strict=True):
            yield path, case, result


@each_story
def test_a_story_comes_out_as_expected(path: Path) -> None:
    """The verdict, the units and all that the story says, and no reading that it does not name."""
    for case, result in zip(scenario(path).cases, results(path), strict=True):
        assert result.expected, "a shipped story states what it expects"
        assert result.unmet == (), [f"{u.what}: expected {u.expected}, got {u.got}" for u in result.unmet]
        assert set(result.depends_on) == set((case.expect and case.expect.depends_on) or {})


def test_a_story_that_is_not_compliant_names_its_units() -> None:
    silent = {
        path.stem
        for path, case, result in judged()
        if result.verdict not in ("compliant", "not_judged") and not (case.expect and case.expect.units is not None)
    }
    assert silent == set()


def test_a_story_has_a_title_in_both_languages() -> None:
    for path in FILES:
        title = scenario(path).title
        assert re.search("[А-Яа-я]", title.ru), path
        assert re.search("[A-Za-z]", title.en), path
        assert not re.search("[А-Яа-я]", title.en), path


FOLDERS = {
    "compliant": {"compliant", "not_judged"},
    "violating": {"violated"},
    "open": {"pending", "undetermined", "compliant"},
}


def test_a_story_lies_in_the_folder_of_its_verdict() -> None:
    """Stories that ask whether something may be decided lie under `open`, whatever their verdict."""
    for path in FILES:
        asks = any(case.propose is not None for case in scenario(path).cases)
        verdicts = {result.verdict for result in results(path)}
        assert path.parent.name == "open" if asks else verdicts & FOLDERS[path.parent.name], path


@cache
def breakable() -> frozenset[str]:
    law = setting().law
    return frozenset(unit for unit in law.units if law.norms_of(unit))


def test_there_are_at_least_150_stories() -> None:
    assert len(FILES) >= 150


def test_every_breakable_unit_is_broken_by_a_story() -> None:
    broken = {f.unit for _, _, result in judged() for f in result.units if f.verdict == "violated"}
    assert breakable() - broken == set()


def test_every_breakable_unit_is_the_only_one_broken_somewhere() -> None:
    alone = {result.blamed[0] for _, _, result in judged() if result.verdict == "violated" and len(result.blamed) == 1}
    together = {"p8.part4"} - alone | {f"p18.sub{number}" for number in range(1, 9)}
    assert breakable() - alone - together == set(), "a ground that does not exist also breaks p19"


def kept(case: Case, result: Result) -> set[str]:
    """The units that are kept: some norm of theirs is triggered by the record, and none is broken."""
    timeline = setting().placed(case).timeline
    profile = setting().readings_of(case.readings).default
    judge = KnownJudge(setting().law.program, setting().calendar, timeline.facts(first_completion(timeline)))
    return {
        finding.unit
        for finding in result.all_units
        if finding.verdict == "compliant"
        for norm in setting().law.norms_of(finding.unit)
        if next(triggered(judge.evaluator(profile), norm.expr), None) is not None
    }


def test_every_breakable_unit_is_kept_with_its_trigger_met() -> None:
    compliant = [(case, result) for path, case, result in judged() if path.parent.name == "compliant"]
    assert breakable() - {unit for case, result in compliant for unit in kept(case, result)} == set()


def test_every_reading_is_separated_by_a_story_that_names_it() -> None:
    named = {name for _, case, _ in judged() if case.expect for name in case.expect.depends_on or {}}
    assert set(setting().law.readings) - named == set()


def test_every_value_of_every_reading_is_tried_by_a_story_that_names_it() -> None:
    named = {
        (name, value)
        for _, case, _ in judged()
        if case.expect
        for name, values in (case.expect.depends_on or {}).items()
        for value in values
    }
    values = {(name, value) for name, values in setting().law.program.readings.items() for value in values}
    assert values - named == set()


def test_every_kind_of_event_occurs_in_a_story() -> None:
    told = {slot.kind for _, case, _ in judged() for slot in case.timeline.slots if not slot.phantom}
    assert set(setting().law.vocabulary.kinds) - told == set()


def test_every_notice_is_given_in_a_story() -> None:
    given = {notice.id for _, _, result in judged() for notice in result.notices}
    assert {notice.id for notice in setting().law.notices} - given == set()


def test_the_days_of_a_story_are_days_on_which_people_work() -> None:
    """Uncertain days may be anything; what is certain was done on a working day."""
    calendar = setting().calendar
    odd = {
        (path.stem, format_iso(slot.date))
        for path, case, _ in judged()
        for slot in (*case.timeline.slots, *(case.propose or ()))
        if isinstance(slot.date, int) and calendar.next_working_day(slot.date) != slot.date
    }
    assert odd == set()


def result_of(story: str) -> Result:
    return next(result for path, _, result in judged() if path.stem == story)


def test_a_verdict_that_turns_on_a_projected_day_says_so() -> None:
    turning = result_of("first-heads-informed-on-the-tenth-day-over-kurban-ait")
    assert [f.unit for f in turning.all_units if f.projected] == ["p11.sub3"]
    assert not any(f.projected for f in result_of("first-heads-informed-over-kurban-ait").all_units)


def test_the_end_of_three_years_is_listed_as_ahead() -> None:
    ahead = result_of("presumed-regular-enrolment").ahead
    assert [(duty.unit, duty.by, duty.bearer) for duty in ahead] == [("p14.part1", "2029-01-15", ("officer",))]
