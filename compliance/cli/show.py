"""`reserve show`: an officer's story with its days and stays; and, by name, the pictures of the law."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from attrs import evolve

from compliance.cli.exits import Exit
from compliance.cli.judging import judging_options
from compliance.cli.options import View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.cli.types import Location
from compliance.report.text import Page
from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.check import CheckOptions
    from compliance.check.chronicle import Chronicle

LIFECYCLE: Final = "lifecycle"
STORY_FORMS: Final = ("text", "json", "md", "mermaid", "svg")
FORMS: Final = (*STORY_FORMS, "dot", "graphml")


@declare("show")
@click.argument("what", metavar="FILE|lifecycle")
@click.option("--verify", is_flag=True, help="Hold the lifecycle against the norms (about a minute).")
@click.option("--save-stories", type=Location(), metavar="DIR", help="Verify, and write the stories found to a folder.")
@click.option("-j", "--jobs", type=click.IntRange(1, 64), help="Processes for --verify; by default one a processor.")
@judging_options
@view_options(FORMS)
def show(
    view: View, what: str, options: CheckOptions, verify: bool, save_stories: Path | None, jobs: int | None
) -> int:
    """Show the story of each officer of FILE: events, the days that bind them, stays, the way through the graphs.

    `show lifecycle` draws the states of a candidacy and of a stay, as a tree, Mermaid, DOT, SVG, GraphML or JSON;
    --verify asks for every step whether a lawful story takes it, and for every other whether there is none.
    """
    if what == LIFECYCLE:
        from compliance.cli.lifecycle import FORMS as PICTURES
        from compliance.cli.lifecycle import show_lifecycle

        _check_forms(view, PICTURES)
        return show_lifecycle(view, options.readings, verify, save_stories, jobs)
    if verify or save_stories is not None:
        Collector().fail("cli.only-for", None, word="--verify" if verify else "--save-stories", of=f"show {LIFECYCLE}")
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
    from compliance.law.lifecycle.read import load_lifecycle
    from compliance.timeline.scenario import read_scenario

    setting = open_setting(evolve(options, repair=False))
    scenario = read_scenario(path, lexicon_of(setting.law), str(path))
    return chronicles(setting, scenario, load_lifecycle(setting.law))


def _render(stories: Sequence[Chronicle], form: str, page: Page) -> str:
    from compliance.report.show import show_json, show_markdown, show_text

    match form:
        case "json":
            return show_json(stories)
        case "md":
            return show_markdown(stories, page.lang)
        case "mermaid":
            from compliance.report.lifecycle.gantt import story_mermaid

            return story_mermaid(stories, page.lang)
        case "svg":
            from compliance.report.lifecycle.story_svg import story_svg

            return story_svg(stories, page.lang)
        case _:
            return show_text(stories, page)


command = show
