"""Files of stories, judged one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.check.options import CheckOptions
from compliance.norm.vocabulary import Words
from compliance.verdict import CheckReport, Result

if TYPE_CHECKING:
    from compliance.check.setting import Setting
    from compliance.timeline.case import Scenario

Progress = Callable[[int, int], None]


def check_files(paths: Sequence[Path], options: CheckOptions, progress: Progress | None = None) -> CheckReport:
    """The verdicts on the stories of some files.

    Files that can be read are judged even if others cannot; the errors of all the others are then raised together,
    as `Unreadable`, with the report of those that were judged.
    """
    from compliance.check.open import Unreadable, open_setting, read_all

    setting = open_setting(options)
    scenarios, problems = read_all(setting, paths)
    report = check_scenarios(setting, scenarios, progress)
    if problems:
        raise Unreadable(problems, report)
    return report


def check_scenarios(setting: Setting, scenarios: Sequence[Scenario], progress: Progress | None = None) -> CheckReport:
    """The verdicts on stories that have been read, in their order; many of them on all cores."""
    from compliance.check.spread import spread

    results: list[Result] = []
    for done, found in enumerate(spread(partial(check_scenario, setting), scenarios)):
        if progress:
            progress(done, len(scenarios))
        results.extend(found)
    if progress:
        progress(len(scenarios), len(scenarios))
    return CheckReport(tuple(results), not_checked(setting))


def check_scenario(setting: Setting, scenario: Scenario) -> list[Result]:
    """One result for each officer of a story."""
    from compliance.check.case import check_case

    return [check_case(setting, case, scenario.title) for case in scenario.cases]


def not_checked(setting: Setting) -> tuple[tuple[str, Words], ...]:
    """The units that no timeline can decide, with the reason."""
    reasons = ((unit.id, unit.no_norm) for unit in setting.law.units.values())
    return tuple((unit, reason.words) for unit, reason in reasons if reason and reason.why == "not_checkable")
