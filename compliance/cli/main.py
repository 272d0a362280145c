"""The command `reserve`: finds the command that is asked for, and turns every error into words and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

import click

from compliance import __version__
from compliance.cli.help import LANGUAGE, Speaking, in_russian, translated
from compliance.cli.language import language_of

COMMANDS: Final[Mapping[str, str]] = MappingProxyType({
    "check": "Judge stories and single decisions against the Rules.",
    "prove": "Prove or refute theorems about the Rules, for every timeline.",
    "audit": "Judge registers: every officer under every unit, with the evidence.",
    "amend": "Say what an amending instruction does to the Rules.",
    "explain": "Explain a unit, a norm, a reading, a definition or an error code.",
    "show": "Show an officer's timeline, or the lifecycle of the reserve.",
    "lint": "Check the law itself for leftovers and gaps.",
    "export": "Write a theorem as SMT-LIB text, or the Rules as Akoma Ntoso.",
    "schema": "Print a JSON Schema, for editors and other programs.",
})  # fmt: skip
"""Each command with its line in `reserve --help`. Its module, `compliance/cli/NAME.py`, holds a `command`."""


class LazyGroup(Speaking, click.Group):
    """Imports a command's module only when that command runs or is asked for its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or nothing for a word that is none."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"compliance.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but a word that is no command is one of our own errors, with the nearest command."""
        if args and args[0] not in COMMANDS and not ctx.resilient_parsing:
            from compliance.cli.errors import unknown_command

            raise unknown_command(args[0], COMMANDS)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a word, the help stands on standard error: nothing was asked, so nothing is a result."""
        ctx.meta[LANGUAGE] = language_of(args)
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands."""
        super().format_options(ctx, formatter)
        if in_russian(ctx):
            self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        russian = in_russian(ctx)
        with formatter.section("Команды" if russian else "Commands"):
            formatter.write_dl([(name, translated(line) if russian else line) for name, line in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="reserve", message="%(prog)s %(version)s")
@click.option("--lang", metavar="en|ru", help="Language of results and messages; en or ru.")
@click.pass_context
def reserve(ctx: click.Context, lang: str | None) -> None:
    """Check records against the Rules of the Presidential personnel reserve of Kazakhstan.

    Results go to standard output, progress and notes to standard error. Exit codes: 0 as expected, 1 a violation or an
    unmet expectation, 2 bad input, 3 inconclusive, 4 an internal error, 5 nothing was checked.
    """
    if lang is not None:
        ctx.default_map = {name: {"lang": lang} for name in COMMANDS}


def main(argv: Sequence[str] | None = None) -> None:
    """The console script. Short commands make few cycles: collecting them seldom saves a tenth of the time."""
    gc.set_threshold(100_000, 20, 20)
    args = list(sys.argv[1:] if argv is None else argv)
    code = run(args)
    _close_stdout()
    sys.exit(code)


def run(args: Sequence[str]) -> int:
    """Runs one command line and returns its exit code; no exception leaves it."""
    for stream in (sys.stdout, sys.stderr):
        _forgive(stream)
    try:
        code: Any = reserve.main(list(args), prog_name="reserve", standalone_mode=False)
        return int(code or 0)
    except BrokenPipeError:
        _close_stdout()
        return 0
    except KeyboardInterrupt:
        from compliance.cli.errors import report_interrupt

        return report_interrupt(args)
    except Exception as error:  # noqa: BLE001 - the last line of defence: said in words, and never swallowed
        from compliance.cli.errors import report_error

        return report_error(error, args)


def _forgive(stream: Any) -> None:
    """A character that the terminal cannot show must not end the program."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _close_stdout() -> None:
    """Writes out what is left; where the reader has gone, the rest goes nowhere instead of to an error at exit."""
    try:
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
