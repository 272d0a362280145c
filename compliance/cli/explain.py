"""`reserve explain`: what a unit, a norm, a reading, a definition or a message code means."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from compliance.cli.exits import Exit
from compliance.cli.options import TEXT_OR_JSON, View, declare, view_options
from compliance.cli.output import check_outputs, deliver
from compliance.report.text import Page
from compliance.source.data import data_path

if TYPE_CHECKING:
    from compliance.report.explain import Explanation

ELSEWHERE: Final[tuple[str, ...]] = ()
"""Modules that can explain more, such as theorems: `find(what)` gives an `Explanation`, or None for a foreign word."""


@declare("explain")
@click.argument("what", nargs=-1, metavar="[WHAT]")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="WHAT is an officer: tell the whole story out of the results of an audit.",
)
@view_options(TEXT_OR_JSON)
def explain(view: View, what: tuple[str, ...], folder: Path | None) -> int:
    """Explain WHAT: a unit (18.3, p14.part2, or a citation in words), a norm, a reading, a definition, an error code.

    Without WHAT, list every name that can be explained.
    """
    check_outputs(view.outputs)
    if folder is not None:
        return tell(view, " ".join(what), folder)
    found = find(" ".join(what))
    deliver(view, lambda form, page: render(found, form, page))
    return Exit.AS_EXPECTED


def tell(view: View, officer: str, folder: Path) -> int:
    """One officer's story out of the results of an audit."""
    from compliance.audit.story import story_of
    from compliance.law.load import load_law
    from compliance.report.audit_story import story_json, story_text

    story, vocabulary = story_of(folder, officer), load_law().vocabulary
    deliver(view, lambda form, page: story_json(story) if form == "json" else story_text(story, vocabulary, page))
    return Exit.AS_EXPECTED


def find(what: str) -> Explanation:
    """The explanation of a name; message codes are found without reading the law."""
    from compliance.report import explain as explaining
    from compliance.report.stories import stories_about

    message = explaining.explain_message(what) if what else None
    if message is not None:
        return message
    for module in ELSEWHERE if what else ():
        found: Explanation | None = import_module(module).find(what)
        if found is not None:
            return found
    from compliance.law.load import load_law

    law = load_law()
    if not what:
        return explaining.index(law)
    return explaining.explain(what, law, lambda name: stories_about(name, data_path("scenarios")))


def render(found: Explanation, form: str, page: Page) -> str:
    """The explanation in one of the two forms."""
    if form == "json":
        from compliance.report.jsonform import dump

        return dump(found.json)
    from compliance.report.explain_text import explain_text

    return explain_text(found, page)


command = explain
