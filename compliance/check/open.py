"""Opening what a check needs: the law, the calendar, and the stories of some files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from compliance.calendar.days import TextError, parse_iso
from compliance.calendar.load import shipped_calendar
from compliance.check.options import CheckOptions
from compliance.check.setting import Setting
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.law.version import window
from compliance.source.diagnostic import Collector, Diagnostic, Problems
from compliance.timeline.case import Scenario
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.scenario import read_scenario
from compliance.verdict import CheckReport


class Unreadable(Problems):
    """Some files could not be read; `report` is what was found in the others."""

    def __init__(self, diagnostics: Sequence[Diagnostic], report: CheckReport) -> None:
        super().__init__(tuple(diagnostics))
        self.report = report


def open_setting(options: CheckOptions, law: Law | None = None) -> Setting:
    """The shipped law and calendar with the caller's options; raises `Problems` for an option that names nothing."""
    law = law or load_law()
    _check_options(law, options)
    return Setting(law, shipped_calendar(), options)


def lexicon_of(law: Law) -> Lexicon:
    """The words that a record may use under this law."""
    return Lexicon(law.vocabulary, law.program.readings, law.units, [version.id for version in law.versions])


def read_all(setting: Setting, paths: Sequence[Path]) -> tuple[list[Scenario], list[Diagnostic]]:
    """The stories that can be read, and everything that is wrong with the others."""
    lexicon = lexicon_of(setting.law)
    scenarios: list[Scenario] = []
    wrong: list[Diagnostic] = []
    for path in paths:
        try:
            scenarios.append(read_scenario(path, lexicon, str(path)))
        except Problems as problems:
            wrong.extend(problems.diagnostics)
    return scenarios, wrong


def _check_options(law: Law, options: CheckOptions) -> None:
    collector = Collector()
    for name, value in options.readings.items():
        values = law.program.readings.get(name)
        if values is None:
            collector.unknown("check.unknown-reading", None, name, law.program.readings)
        elif value not in values:
            collector.unknown("check.reading-value", None, value, values, reading=name)
    if options.law is not None and options.law not in [version.id for version in law.versions]:
        collector.unknown("check.unknown-law", None, options.law, [version.id for version in law.versions])
    for name, text in (("--published", options.published), ("--as-of", options.as_of)):
        if text is not None:
            try:
                parse_iso(text)
            except TextError as wrong:
                collector.add(Diagnostic(wrong.code, None, {**wrong.fields, "option": name}))
    collector.raise_if_any()
    if options.published is not None:
        window(law.version, parse_iso(options.published))
