"""`reserve amend`: what an amending instruction does to the law."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from compliance.cli.errors import say_line, show_diagnostics
from compliance.cli.exits import Exit
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.source.diagnostic import Collector, Problems

if TYPE_CHECKING:
    from datetime import date

    from compliance.amend.effect.report import AmendReport
    from compliance.amend.effect.run import AmendOptions
    from compliance.amend.operations import Package
    from compliance.law.model import Law
    from compliance.report.amend import AmendFormat

FORMATS = ("text", "json", "md", "html")


@declare("amend")
@click.argument("files", nargs=-1, metavar="FILE.txt|FILE.yaml|-...")
@click.option("--in-force", metavar="DATE", help="The first day of the new text, whatever the act says.")
@click.option("--published", metavar="DATE", help="The day of first official publication of the amending act.")
@click.option("--strict", is_flag=True, help="Exit code 1 for a warning too.")
@click.option("--compare-only", is_flag=True, help="Only compare the two texts; no stories, theorems or positions.")
@click.option("--no-theorems", is_flag=True, help="Do not ask the stored theorems again.")
@click.option("--write", "folder", type=click.Path(path_type=Path), metavar="DIR",
              help="Write the consolidated law as a folder that every command can read (--model DIR).")  # fmt: skip
@click.option("--register", "register", type=click.Path(path_type=Path), metavar="FILE",
              help="Count the officers of a register whom the amendment touches.")  # fmt: skip
@click.option("--map", "map_", type=click.Path(path_type=Path), metavar="FILE",
              help="How the register says what ours says (map.yaml).")  # fmt: skip
@click.option("--solve", metavar="UNIT.PARAM", help="For which values of a parameter the law stays as it should be.")
@click.option("--act", metavar="NAME", help="Check a shipped amending act, such as decree-853, by itself.")
@view_options(FORMATS)
def amend(
    view: View, files: tuple[str, ...], in_force: str | None, published: str | None, strict: bool, compare_only: bool,
    no_theorems: bool, folder: Path | None, register: Path | None, map_: Path | None, solve: str | None,
    act: str | None,
) -> int:  # fmt: skip
    """Say what the amending instructions of FILE, or of the standard input (-), do to the Rules.

    Several FILEs are packages that wait together: each is applied to the text that the one before it leaves.

    Exit code 0: accept, or warn; 1: reject (with --strict, warn too); 2: the package cannot be read or applied.
    """
    from compliance.law.load import load_law

    law = load_law()
    if solve is not None:
        return _solve(law, solve, view)
    if act is not None:
        return _act(act, law, view)
    if not files:
        Collector().fail("cli.missing-argument", None, word="FILE")
    check_outputs(view.outputs, tuple(Path(file) for file in files if file != "-"))
    if map_ is not None and register is None:
        Collector().fail("effect.map-without-register", None)
    try:
        options = _options(in_force, published, compare_only, no_theorems)
        packages = _read(files)
        _one_law(packages, folder)
    except Problems as problems:
        _unreadable(view, ", ".join(files), problems)
        raise
    reports = _reports(law, packages, options)
    if register is not None:
        reports = _counted(view, reports, register, map_)
    if folder is not None:
        _write(reports, folder, view)
    _deliver(view, reports)
    return _code(reports, strict, view)


def _read(files: tuple[str, ...]) -> tuple[tuple[Package, ...], ...]:
    """The packages of every file; the errors of all files at once."""
    from compliance.amend.document import read_amendments
    from compliance.source.reader import read_text

    collector, found = Collector(), []
    for file in files:
        try:
            found.append(read_amendments(read_text(Path(file), shown_as=file), file))
        except Problems as problems:
            collector.add(*problems.diagnostics)
    collector.raise_if_any()
    return tuple(found)


def _one_law(found: tuple[tuple[Package, ...], ...], folder: Path | None) -> None:
    """Amendments of one file that stand side by side make no one law, to write or to build on."""
    for packages in found if folder is not None or len(found) > 1 else ():
        if len(packages) > 1:
            Collector().fail("effect.write-several", None, count=str(len(packages)))


def _options(in_force: str | None, published: str | None, compare_only: bool, no_theorems: bool) -> AmendOptions:
    from compliance.amend.effect.run import AmendOptions

    return AmendOptions(_day("--in-force", in_force), _day("--published", published),
                        theorems=not no_theorems, compare_only=compare_only)  # fmt: skip


def _day(option: str, text: str | None) -> date | None:
    from datetime import date

    from compliance.calendar.days import TextError, parse_iso
    from compliance.source.diagnostic import Diagnostic

    if text is None:
        return None
    try:
        return date.fromordinal(parse_iso(text))
    except TextError as wrong:
        raise Problems([Diagnostic(wrong.code, None, {**wrong.fields, "option": option})]) from wrong


def _reports(law: Law, found: tuple[tuple[Package, ...], ...], options: AmendOptions) -> tuple[AmendReport, ...]:
    from compliance.amend.effect.in_turn import amend_in_turn
    from compliance.amend.effect.run import amend as examine_all

    if len(found) > 1:
        return amend_in_turn(law, tuple(packages[0] for packages in found), options)
    return tuple(examine_all(law, package, options) for package in found[0])


def _counted(
    view: View, reports: tuple[AmendReport, ...], register: Path, map_: Path | None
) -> tuple[AmendReport, ...]:
    """The reports with what a register says of each."""
    from attrs import evolve

    from compliance.amend.effect.register import touched
    from compliance.audit.options import AuditOptions
    from compliance.cli.audit import bar

    def count(report: AmendReport) -> AmendReport:
        if report.new is None:
            return report
        first = report.day.toordinal() if report.day else None
        with bar(view) as progress:
            found = touched(report.new, first, register, AuditOptions(map=map_), progress)
        return evolve(report, register=found, not_checked=(*report.not_checked, *found.unchecked()))

    return tuple(count(report) for report in reports)


def _deliver(view: View, reports: tuple[AmendReport, ...]) -> None:
    from compliance.report.amend import render_amend

    deliver(view, lambda form, page: render_amend(reports, cast("AmendFormat", form), page))


def _unreadable(view: View, file: str, problems: Problems) -> None:
    """The JSON that says so is written all the same."""
    import json

    from compliance.amend.effect.report import unreadable

    text = json.dumps(unreadable(file, problems.diagnostics), ensure_ascii=False, indent=2) + "\n"
    if view.form == "json" or any(form == "json" for form, _ in view.outputs):
        deliver(view, lambda form, _: text if form == "json" else "")


def _code(reports: tuple[AmendReport, ...], strict: bool, view: View) -> int:
    stopped = [d for report in reports for d in (*report.text.diagnostics, *report.problems)]
    if stopped:
        show_diagnostics(stopped, view.lang)
    if not all(report.applicable for report in reports):
        return Exit.BAD_INPUT
    bad = ("reject", "warn") if strict else ("reject",)
    return Exit.FAILED if any(report.verdict in bad for report in reports) else Exit.AS_EXPECTED


def _write(reports: tuple[AmendReport, ...], folder: Path, view: View) -> None:
    from compliance.amend.effect.consolidate import folder_texts, write_texts

    last = reports[-1]
    if last.new is None or not last.applicable:
        say_line("effect.write-not-applicable", {}, view.lang)
    else:
        write_texts(last.texts or folder_texts(last.new), folder)


def _solve(law: Law, word: str, view: View) -> int:
    from compliance.amend.effect.solve import solve
    from compliance.report.amend_solve import render_solved

    check_outputs(view.outputs)
    solved = solve(law, word)
    deliver(view, lambda form, page: render_solved(solved, cast("AmendFormat", form), page))
    return Exit.AS_EXPECTED


def _act(name: str, law: Law, view: View) -> int:
    from compliance.amend.effect.act import check_act
    from compliance.report.amend_act import render_act

    check_outputs(view.outputs)
    found = check_act(name, law)
    deliver(view, lambda form, page: render_act(found, cast("AmendFormat", form), page))
    return Exit.FAILED if found.failed else Exit.AS_EXPECTED


command = amend
