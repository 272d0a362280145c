"""Errors of a command line in words: usage errors, bad input, and faults of the program itself."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import click

from compliance.cli.exits import INTERRUPTED, Exit
from compliance.cli.language import language_of
from compliance.norm.vocabulary import Lang
from compliance.source.diagnostic import Diagnostic, Problems, did_you_mean, read_sources, render, say

TRACEBACK: Final = "RESERVE_TRACEBACK"
MOST_SHOWN: Final = 100


def unknown_command(word: str, known: Iterable[str]) -> Problems:
    """A first word that is no command."""
    words = tuple(known)
    return Problems([Diagnostic("cli.unknown-command", None, {"word": word}, words, did_you_mean(word, words))])


def report_error(error: Exception, args: Sequence[str]) -> int:
    """Says what went wrong on stderr, in the language of the command line, and returns the exit code."""
    lang = language_of(args)
    match error:
        case Problems():
            show_diagnostics(error.diagnostics, lang)
            return Exit.BAD_INPUT
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort():
            return report_interrupt(args)
        case click.UsageError():
            show_diagnostics([usage_diagnostic(error)], lang)
            if error.ctx is not None:
                say_line("cli.see-help", {"command": error.ctx.command_path}, lang)
            return Exit.BAD_INPUT
        case click.ClickException():
            show_diagnostics([Diagnostic("cli.usage", None, {"text": error.message})], lang)
            return Exit.BAD_INPUT
        case _:
            return _internal(error, lang)


def report_interrupt(args: Sequence[str]) -> int:
    """Says that the user stopped the command."""
    say_line("cli.interrupted", {}, language_of(args))
    return INTERRUPTED


def show_diagnostics(diagnostics: Sequence[Diagnostic], lang: Lang) -> None:
    """Diagnostics with their source lines, on stderr; after a hundred only their number."""
    sources = read_sources(diagnostics)
    for diagnostic in diagnostics[:MOST_SHOWN]:
        click.echo(render(diagnostic, lang, sources), err=True)
    if len(diagnostics) > MOST_SHOWN:
        say_line("cli.more", {"count": str(len(diagnostics) - MOST_SHOWN)}, lang)


def say_line(code: str, fields: Mapping[str, str], lang: Lang) -> None:
    """One line of the catalogue on stderr: a note, no error."""
    click.echo(say(code, fields, lang), err=True)


def usage_diagnostic(error: click.UsageError) -> Diagnostic:
    """What click found wrong with a command line, in our words."""
    match error:
        case click.NoSuchOption(option_name=name, ctx=ctx):
            known = _options(ctx)
            return Diagnostic("cli.unknown-option", None, {"word": name}, (), did_you_mean(name, known))
        case click.MissingParameter(param=param):
            return Diagnostic("cli.missing-argument", None, {"word": _name(param)})
        case click.BadParameter(param=param):
            return Diagnostic("cli.bad-value", None, {"word": _name(param), "text": error.message})
        case click.BadOptionUsage(option_name=name) if "does not take" in error.message:
            return Diagnostic("cli.no-value", None, {"word": name})
        case click.BadOptionUsage(option_name=name):
            return Diagnostic("cli.needs-value", None, {"word": name})
        case _:
            return Diagnostic("cli.usage", None, {"text": error.message})


def _options(ctx: click.Context | None) -> list[str]:
    params = ctx.command.get_params(ctx) if ctx else []
    return [
        name for param in params if isinstance(param, click.Option) for name in (*param.opts, *param.secondary_opts)
    ]


def _name(param: click.Parameter | None) -> str:
    if isinstance(param, click.Option):
        return param.opts[-1]
    return (param.metavar or param.name or "").strip(".") if param else ""


def _internal(error: Exception, lang: Lang) -> int:
    """A fault of the program: short and honest, with the way to see more."""
    if os.environ.get(TRACEBACK) == "1":
        traceback.print_exception(error, file=sys.stderr)
    disagreement = type(error).__name__ == "EngineDisagreement"
    code = "cli.disagreement" if disagreement else "cli.internal"
    cause = " ".join(str(error).split())[:200]
    fields = {"kind": type(error).__name__, "text": cause or "-", "variable": TRACEBACK}
    show_diagnostics([Diagnostic(code, None, fields)], lang)
    return Exit.INTERNAL
