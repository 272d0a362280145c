"""`reserve show lifecycle`: the graphs of the life of the reserve, drawn, verified, and their stories saved."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from compliance.cli.exits import Exit
from compliance.cli.options import View
from compliance.cli.output import check_outputs, deliver, write_files
from compliance.report.text import Page
from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.check.lifecycle.verify import Verification
    from compliance.law.lifecycle.model import Lifecycle
    from compliance.law.model import Law

FORMS: Final = ("text", "json", "md", "mermaid", "dot", "svg", "graphml")


def show_lifecycle(
    view: View, readings: Mapping[str, str], verify: bool, stories: Path | None, jobs: int | None
) -> int:
    """Draws the graphs; verifies them where that was asked for, and where stories are to be saved."""
    from compliance.check.open import open_setting
    from compliance.check.options import CheckOptions
    from compliance.law.lifecycle.read import load_lifecycle

    check_outputs(view.outputs)
    if stories is not None and not stories.is_dir():
        Collector().fail("cli.not-a-folder", None, path=str(stories))
    law = open_setting(CheckOptions(readings)).law
    lifecycle = load_lifecycle(law)
    verification = _verified(view, readings, jobs) if verify or stories is not None else None
    if verification is not None and stories is not None:
        _save(stories, law, verification)
    deliver(view, lambda form, page: _render(lifecycle, verification, form, page))
    if verification is None or not verification.wrong:
        return Exit.AS_EXPECTED
    return Exit.INCONCLUSIVE if verification.gave_up else Exit.FAILED


def _verified(view: View, readings: Mapping[str, str], jobs: int | None) -> Verification:
    from compliance.check.lifecycle.verify import verify

    jobs = jobs or os.cpu_count() or 1
    if not view.progress:
        return verify(None, readings, jobs)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("lifecycle")
        return verify(None, readings, jobs, tell=lambda done, all_: progress.update(task, completed=done, total=all_))


def _save(folder: Path, law: Law, verification: Verification) -> None:
    from compliance.check.lifecycle.stories import story_files

    files = story_files(law, verification)
    write_files([(folder / name, text) for name, text in files.items()])
    click.echo(f"{len(files)}: {folder}", err=True)


def _render(lifecycle: Lifecycle, verification: Verification | None, form: str, page: Page) -> str:
    match form:
        case "json":
            from compliance.report.lifecycle.jsonform import lifecycle_json

            return lifecycle_json(lifecycle, verification)
        case "mermaid" | "dot":
            from compliance.report.lifecycle.diagrams import dot, mermaid

            return (mermaid if form == "mermaid" else dot)(lifecycle, page.lang)
        case "md":
            from compliance.report.lifecycle.page import lifecycle_page

            return lifecycle_page(lifecycle, verification, page.lang)
        case "svg":
            from compliance.report.lifecycle.svg import svg

            return svg(lifecycle, page.lang)
        case "graphml":
            from compliance.law.lifecycle.structure import graphml

            return graphml(lifecycle, page.lang)
        case _:
            from compliance.report.lifecycle.text import lifecycle_text

            return lifecycle_text(lifecycle, verification, page)
