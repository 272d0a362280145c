"""`reserve show`: an officer's story with its days and stays; and, by name, the pictures of the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click
from attrs import evolve

from compliance.cli.exits import Exit
from compliance.cli.judging import judging_options
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.report.text import Page
from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.check import CheckOptions
    from compliance.check.chronicle import Chronicle

SUBJECTS: Final[Mapping[str, str]] = MappingProxyType({})
"""Pictures of the law by name, each with its module: `FORMS` lists its forms, `render(form, page)` makes one."""

STORY_FORMS: Final = ("text", "json", "md")
FORMS: Final = (*STORY_FORMS, "mermaid", "dot", "svg", "graphml")


@declare("show")
@click.argument("what", metavar="FILE|lifecycle")
@judging_options
@view_options(FORMS)
def show(view: View, what: str, options: CheckOptions) -> int:
    """Show the story of each officer of FILE: events, the days that bind them, and the stays in the reserve.

    `show lifecycle` draws the states of a candidacy and of a stay, as a tree, Mermaid, DOT, SVG or GraphML.
    """
    if what in SUBJECTS:
        subject = import_module(SUBJECTS[what])
        _check_forms(view, subject.FORMS)
        check_outputs(view.outputs)
        render: Callable[[str, Page], str] = subject.render
        deliver(view, render)
        return Exit.AS_EXPECTED
    _check_forms(view, STORY_FORMS)
    check_outputs(view.outputs, [Path(what)])
    stories = _stories(Path(what), options)
    deliver(view, lambda form, page: _render(stories, form, page))
    return Exit.AS_EXPECTED


def _check_forms(view: View, known: Sequence[str]) -> None:
    """Refuses forms that exist for other subjects only."""
    collector = Collector()
    for form in dict.fromkeys((view.form, *(form for form, _ in view.outputs))):
        if form not in known:
            collector.error("cli.no-such-form", None, expected=tuple(known), word=form)
    collector.raise_if_any()


def _stories(path: Path, options: CheckOptions) -> tuple[Chronicle, ...]:
    from compliance.check.chronicle import chronicles
    from compliance.check.open import lexicon_of, open_setting
    from compliance.timeline.scenario import read_scenario

    setting = open_setting(evolve(options, repair=False))
    return chronicles(setting, read_scenario(path, lexicon_of(setting.law), str(path)))


def _render(stories: Sequence[Chronicle], form: str, page: Page) -> str:
    from compliance.report.show import show_json, show_markdown, show_text

    match form:
        case "json":
            return show_json(stories)
        case "md":
            return show_markdown(stories, page.lang)
        case _:
            return show_text(stories, page)


command = show
