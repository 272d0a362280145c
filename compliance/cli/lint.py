"""`reserve lint`: checks the law itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from compliance.cli.exits import Exit
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.report.text import Page
from compliance.source.data import data_path, model_path
from compliance.source.diagnostic import Diagnostic

if TYPE_CHECKING:
    from compliance.law.model import Law

FORMATS = ("text", "json", "github")


@declare("lint")
@click.argument("folder", required=False, metavar="[FOLDER]")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@view_options(FORMATS)
def lint(view: View, folder: str | None, strict: bool) -> int:
    """Check the law itself: leftovers, promises not kept, gaps against the official text.

    FOLDER holds a law in the shape of the shipped one, which is the default. Exit code 1: something is wrong; 2: the
    law cannot be read.
    """
    check_outputs(view.outputs)
    findings = inspect(Path(folder) if folder is not None else None)
    deliver(view, lambda form, page: render(findings, form, page))
    failed = any(strict or each.severity == "error" for each in findings)
    return Exit.FAILED if failed else Exit.AS_EXPECTED


def inspect(folder: Path | None) -> tuple[Diagnostic, ...]:
    """The findings on a law, and on its lifecycle where the folder has one; raises `Problems` if it cannot be read."""
    from compliance.law.lifecycle.read import FILE, load_lifecycle
    from compliance.law.lifecycle.structure import lint_lifecycle
    from compliance.law.lint import lint as lint_law
    from compliance.law.load import load_law

    law = load_law(folder)
    drawn = (folder or model_path()) / FILE
    found = lint_law(law, used_by_theorems(law) if folder is None else ())
    return (*found, *lint_lifecycle(load_lifecycle(law, drawn))) if drawn.is_file() else found


def used_by_theorems(law: Law) -> frozenset[str]:
    """The definitions of the shipped law that the shipped theorems use."""
    from compliance.prove.read import read_theorems

    theorems = read_theorems([data_path("proofs")], law)
    return frozenset().union(*(theorem.formula.calls for theorem in theorems))


def render(findings: Sequence[Diagnostic], form: str, page: Page) -> str:
    """The findings in one of the forms."""
    from compliance.report.findings import findings_github, findings_json, findings_text

    match form:
        case "json":
            return findings_json(findings, page.lang)
        case "github":
            return findings_github(findings, page.lang)
        case _:
            return findings_text(findings, page.lang)


command = lint
