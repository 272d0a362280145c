"""`reserve audit`: judges a register; joins shares; proposes a mapping; writes a register to try."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from compliance.cli.errors import say_line
from compliance.cli.exits import Exit, strongest
from compliance.cli.judging import judging_options
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.norm.vocabulary import Lang
from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.audit.options import AuditOptions
    from compliance.audit.report import AuditReport
    from compliance.audit.run import Audit, Progress
    from compliance.check import CheckOptions

FORMATS = ("text", "json", "jsonl")


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _path(*names: str, help: str) -> Decorator:
    return click.option(*names, type=click.Path(path_type=Path), metavar="FILE", help=help)


@declare("audit")
@click.argument("files", nargs=-1, metavar="REGISTER | merge DIR...")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write the results into this folder.")
@_path("--map", "map_", help="How the register says what ours says (map.yaml).")
@_path("--officers", help="A table of officers beside the events.")
@_path("--positions", help="A table of posts beside the events.")
@_path("--suppressions", help="Findings that have been answered for (YAML).")
@click.option(
    "--settle", default="200", metavar="N|all", show_default=True, help="So many open pairs go to the solver."
)
@click.option(
    "--verify", default="2000", metavar="N|all", show_default=True,
    help="So many violations are judged again and explained by the evaluator.",
)  # fmt: skip
@click.option("--sample", default=200, metavar="N", show_default=True, help="And a sample of so many of the others.")
@click.option("--seed", default=1, metavar="N", show_default=True, help="The seed of samples and of --generate.")
@click.option("--no-readings", is_flag=True, help="Judge under the default readings only.")
@click.option("--shard", default="1/1", metavar="I/N", help="Judge only the I-th of N shares of the officers.")
@_path("--draft-map", help="Propose a mapping for the register and write it here.")
@click.option("--generate", type=int, metavar="N", help="Write a made-up register of N officers into REGISTER.")
@_path("--answers", help="With --generate: write the seeded violations here (CSV).")
@click.option("--messy", is_flag=True, help="With --generate: with rows that cannot be read.")
@judging_options
@view_options(FORMATS)
def audit(view: View, files: tuple[str, ...], options: CheckOptions, **given: Any) -> int:
    """Judge every officer of a REGISTER under every unit of the Rules.

    Registers are CSV, XLSX, Parquet, JSON lines, SQLite, XES or OCEL 2.0 files. Exit code 1: a violation; 2: the
    register cannot be read; 3: nothing violated, something undetermined; 4: the engines disagree; 5: nothing judged.
    """
    _needs_tables()
    if files[:1] == ("merge",):
        return _merge(view, [Path(name) for name in files[1:]], given["out"])
    if len(files) != 1:
        Collector().fail("audit.one-register", None)
    path = Path(files[0])
    if given["generate"] is not None:
        return _generate(view, path, given)
    chosen = audit_options(options, given)
    if given["draft_map"] is not None:
        return _draft(view, path, given["draft_map"], chosen)
    check_outputs(view.outputs, [path])
    return _audit(view, path, chosen, given["out"])


def audit_options(options: CheckOptions, given: dict[str, Any]) -> AuditOptions:
    from compliance.audit.options import AuditOptions

    return AuditOptions(
        readings=options.readings, published=options.published, law=options.law, as_of=options.as_of,
        map=given["map_"], officers=given["officers"], positions=given["positions"],
        suppressions=given["suppressions"], settle=_count(given["settle"]), explain=_count(given["verify"]),
        sample=given["sample"], seed=given["seed"], vary=not given["no_readings"], shard=_shard(given["shard"]),
    )  # fmt: skip


def _count(word: str) -> int | None:
    if word == "all":
        return None
    if not word.isdecimal():
        Collector().fail("audit.count", None, expected=("200", "all"), word=word)
    return int(word)


def _shard(word: str) -> tuple[int, int]:
    first, slash, of = word.partition("/")
    if not (slash and first.isdecimal() and of.isdecimal() and 1 <= int(first) <= int(of) <= 10_000):
        Collector().fail("audit.shard", None, expected=("1/4",), word=word)
    return int(first), int(of)


def _audit(view: View, path: Path, options: AuditOptions, out: Path | None) -> int:
    from compliance.audit.command import audit_register
    from compliance.report.audit_html import write_pages

    def render(report: AuditReport, audit: Audit, folder: Path) -> None:
        write_pages(report, audit.setting.law, folder, view.lang)

    with bar(view) as progress:
        report, _ = audit_register(path, options, out, render, progress, lambda report: _show(view, report, out))
    return exit_code(report, view.lang)


def _show(view: View, report: AuditReport, out: Path | None) -> None:
    from compliance.report.audit_json import audit_json, audit_jsonl
    from compliance.report.audit_text import audit_text

    def shown(form: str, page: Any) -> str:
        if form == "json":
            return audit_json(report)
        return audit_jsonl(report) if form == "jsonl" else audit_text(report, page, str(out) if out else None)

    deliver(view, shown, evolve(view.page()))


def _merge(view: View, folders: list[Path], out: Path | None) -> int:
    from compliance.audit.merge import merge
    from compliance.report.audit_html import write_pages

    if out is None:
        Collector().fail("audit.out-needed", None)

    def render(report: AuditReport, law: Any, folder: Path) -> None:
        write_pages(report, law, folder, view.lang)

    report = merge(folders, out, render, lambda report: _show(view, report, out))
    return exit_code(report, view.lang)


def _generate(view: View, path: Path, given: dict[str, Any]) -> int:
    from compliance.bulk.registers.generate import write_register
    from compliance.report.audit_phrases import say

    rows = write_register(path, given["generate"], given["seed"], given["messy"], given["answers"])
    click.echo(say("generated", view.lang, rows=rows, officers=given["generate"], path=path), err=True)
    if given["answers"]:
        click.echo(say("answers", view.lang, path=given["answers"]), err=True)
    return Exit.AS_EXPECTED


def _draft(view: View, path: Path, target: Path, options: AuditOptions) -> int:
    from compliance.audit.draft import write_draft
    from compliance.report.audit_phrases import say

    write_draft(path, target, options)
    click.echo(say("drafted", view.lang, path=target), err=True)
    return Exit.AS_EXPECTED


def _needs_tables() -> None:
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("numpy", "pyarrow", "openpyxl")):
        Collector().fail("audit.needs-extra", None)


@contextmanager
def bar(view: View) -> Iterator[Progress | None]:
    """A progress bar on standard error, where that is a terminal."""
    if not view.progress or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from compliance.report.audit_phrases import say

    columns: list[Any] = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)
        yield lambda what, done, total: shown.update(
            task, description=say(what, view.lang), completed=done, total=total or None
        )


def exit_code(report: AuditReport, lang: Lang) -> Exit:
    """Violations that somebody has answered for are counted apart and do not fail the run."""
    units, run = report.overview.units, report.run
    if not run["officers"]:
        say_line("cli.nothing-checked", {}, lang)
        return Exit.NOTHING_CHECKED
    codes = [Exit.AS_EXPECTED]
    if sum(count.violated - count.answered for count in units.values()) > 0:
        codes.append(Exit.FAILED)
    if run["verdicts"]["undetermined"] or run["unassigned"]:
        codes.append(Exit.INCONCLUSIVE)
    return strongest(codes)


command = audit
