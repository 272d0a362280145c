"""The options that commands share, and the command class that names what it cannot understand."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, Final, Literal, TypeVar, cast

import click
from attrs import frozen

from compliance.cli.help import Speaking
from compliance.cli.language import default_language
from compliance.cli.types import Output, Word
from compliance.norm.vocabulary import Lang
from compliance.report.text import PLAIN_WIDTH, Page
from compliance.source.data import working_with
from compliance.source.diagnostic import Diagnostic, Problems

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Color = Literal["auto", "always", "never"]

TEXT_OR_JSON: Final = ("text", "json")


@frozen
class View:
    """How the user wants to see results: the language, the form on stdout, and the forms that go to files."""

    lang: Lang
    form: str
    outputs: tuple[tuple[str, Path], ...]
    color: bool
    progress: bool

    def page(self) -> Page:
        """The page that stands for the standard output."""
        return Page(self.lang, shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns, self.color)


class Command(Speaking):
    """A command that names the words it has no use for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it; words left over are one of our own errors."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise Problems([Diagnostic("cli.extra-argument", None, {"word": word}) for word in ctx.args])
        return rest


def declare(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """`click.command` with what all our commands share."""
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
    return click.command(name, cls=Command, context_settings=settings)


def view_options(formats: Sequence[str] = TEXT_OR_JSON) -> Callable[[Decorated], Decorated]:
    """Adds the options of output; the command gets them as one `view`."""
    options = [
        click.option("--format", "form", type=Word(*formats), default=formats[0], show_default=True,
                     help="The form of the results on standard output."),
        click.option("-o", "--output", "outputs", type=Output(formats), multiple=True, metavar="FORMAT=FILE",
                     help="Also write the results to a file; may be repeated."),
        click.option("--lang", type=Word("en", "ru"), default=default_language,
                     help="Language of results and messages; by default that of the system."),
        click.option("--color", type=Word("auto", "always", "never"), default="auto", show_default=True,
                     help="Colours on standard output; NO_COLOR is heeded."),
        click.option("--model", metavar="DIR", expose_value=False, callback=_with_model,
                     help="The folder of another law to work with, such as `amend --write` makes."),
        click.option("--no-progress", is_flag=True, help="No progress bar on standard error."),
    ]  # fmt: skip

    def decorate(function: Decorated) -> Decorated:
        @wraps(function)
        def with_view(
            *,
            form: str,
            outputs: tuple[tuple[str, Path], ...],
            lang: Lang,
            color: Color,
            no_progress: bool,
            **others: Any,
        ) -> Any:
            view = View(lang, form, outputs, wants_color(color), not no_progress)
            return function(view=view, **others)

        for option in reversed(options):
            option(with_view)
        return cast("Decorated", with_view)

    return decorate


def _with_model(context: click.Context, _: click.Parameter, folder: str | None) -> None:
    """Every part of the run reads the law of this folder, to the end of the command."""
    if folder is not None:
        context.with_resource(working_with(Path(folder)))


def wants_color(color: Color) -> bool:
    """Whether standard output gets colours; an explicit choice beats the environment."""
    if color != "auto":
        return color == "always"
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
