"""`reserve check`: judges the stories of files and folders."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import click
from attrs import evolve

from compliance.cli.errors import say_line, show_diagnostics
from compliance.cli.exits import Exit, strongest
from compliance.cli.judging import judging_options
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.report.render import FORMATS, Format, render_check
from compliance.report.text import FEW, Details, as_expected
from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.check import CheckOptions
    from compliance.report.book import Book
    from compliance.verdict import CheckReport, Result

MANY: Final = 4
"""From so many files on a progress bar is worth its place."""
STORIES: Final = (".yaml", ".yml")

Progress = Callable[[int, int], None]


@declare("check")
@click.argument("files", nargs=-1, metavar="FILE|DIR|-...")
@click.option("--all-units", is_flag=True, help="Show every unit, those that hold too.")
@click.option(
    "--details/--no-details", default=None, help="Findings of every file, or of none; by default of those that matter."
)
@click.option("--no-repair", is_flag=True, help="Do not look for the smallest repairs.")
@judging_options
@view_options(FORMATS)
def check(
    view: View, files: tuple[str, ...], options: CheckOptions, all_units: bool, details: bool | None, no_repair: bool
) -> int:
    """Judge the stories of FILEs, of all files of a folder, or of the standard input (-).

    Exit code 0: as expected; 1: a violation or an unmet expectation; 2: a file could not be read; 3: undetermined;
    5: there was nothing to check.
    """
    paths = expand(files)
    check_outputs(view.outputs, paths)
    shown: Details = "auto" if details is None else "all" if details else "none"
    told: Details = "all" if all_units else shown
    report, book = judge(paths, evolve(options, repair=not no_repair), view, told)
    if report.problems:
        show_diagnostics(report.problems, view.lang)
    if not report.results and not report.problems:
        say_line("cli.nothing-checked", {}, view.lang)
    page = evolve(view.page(), details=shown, all_units=all_units)
    deliver(view, lambda form, page: render_check(report, cast("Format", form), book, page), page)
    return exit_code(report)


def judge(paths: Sequence[Path], options: CheckOptions, view: View, told: Details) -> tuple[CheckReport, Book]:
    """Judges the files that can be read; what is wrong with the others stands in the report.

    Where only text is asked for, repairs are looked for in those files alone whose findings will be told.
    """
    from compliance.check import check_scenarios
    from compliance.check.open import open_setting, read_all
    from compliance.report.book import book_of

    setting = open_setting(options)
    scenarios, problems = read_all(setting, paths)
    sparing = view.form == "text" and not view.outputs and told != "all" and len(scenarios) > FEW
    first = evolve(setting, options=evolve(options, repair=options.repair and not sparing))
    with progress_bar(len(scenarios), view) as progress:
        report = check_scenarios(first, scenarios, progress)
    if sparing and options.repair and told == "auto":
        again = {result.file for result in report.results if not as_expected(result)}
        repaired = check_scenarios(setting, [each for each in scenarios if each.file in again])
        report = evolve(report, results=tuple(_merged(report.results, repaired.results)))
    return evolve(report, problems=tuple(problems)), book_of(setting.law)


def _merged(results: Iterable[Result], repaired: Iterable[Result]) -> Iterator[Result]:
    """The results, those with repairs in the place of those without."""
    better = {(result.file, result.officer): result for result in repaired}
    return (better.get((result.file, result.officer), result) for result in results)


def expand(files: Iterable[str]) -> tuple[Path, ...]:
    """The files named, and the stories of the folders named, sorted; each once."""
    found: list[Path] = []
    for name in files:
        path = Path(name)
        found += sorted(_stories(path), key=lambda each: each.as_posix()) if path.is_dir() else [path]
    return tuple(dict.fromkeys(found))


def _stories(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if name.endswith(STORIES) and not name.startswith("."))


def _unreadable(error: OSError) -> None:
    Collector().fail("source.unreadable", None, path=str(error.filename))


@contextmanager
def progress_bar(total: int, view: View, word: str = "checking") -> Iterator[Progress | None]:
    """A bar on standard error, where that is a terminal and there is enough to wait for; `word` is a phrase."""
    if not view.progress or total < MANY or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from compliance.report.phrases import phrase

    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(phrase(word, view.lang), total=total)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


# --- the exit code -----------------------------------------------------------------------------------------------


def exit_code(report: CheckReport) -> Exit:
    """What the whole run comes to; a run that judged nothing checked nothing."""
    codes = [code for result in report.results if (code := _code(result)) is not None]
    codes += [Exit.BAD_INPUT] if report.problems else []
    return strongest(codes or [Exit.NOTHING_CHECKED])


def _code(result: Result) -> Exit | None:
    if result.expected:
        return Exit.FAILED if result.unmet else Exit.AS_EXPECTED
    if result.verdict == "violated":
        return Exit.FAILED
    answer = result.proposal.answer if result.proposal else "yes"
    if answer in ("no", "not_yet"):
        return Exit.FAILED
    if result.verdict == "undetermined" or answer == "undetermined":
        return Exit.INCONCLUSIVE
    return None if result.verdict == "not_judged" else Exit.AS_EXPECTED


command = check
