"""Help texts in the language of the reader: English stands in the code, Russian in `help.yaml` beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import click

from compliance.cli.language import default_language

LANGUAGE: Final = "compliance.cli.language"
"""Where a context keeps the language that its command line asks for: help is told before options are read."""
TRANSLATIONS: Final = Path(__file__).with_name("help.yaml")


def in_russian(ctx: click.Context) -> bool:
    """Whether the command line, or else the system, asks for Russian."""
    return bool(ctx.meta.get(LANGUAGE, default_language()) == "ru")


def translated(text: str) -> str:
    """The Russian text of an English one; lines may be broken anywhere, and what has no translation stays."""
    return _translations().get(_joined(text), text)


class Speaking(click.Command):
    """A command whose help is told in the language of the reader."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of usage."""
        if not in_russian(ctx):
            return super().format_usage(ctx, formatter)
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Использование: ")
        return None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does, paragraph by paragraph."""
        if not in_russian(ctx):
            return super().format_help_text(ctx, formatter)
        for paragraph in (self.help or "").split("\n\n"):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(translated(paragraph))
        return None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, each with its text and its default."""
        if not in_russian(ctx):
            return super().format_options(ctx, formatter)
        with formatter.section("Параметры"):
            formatter.write_dl([row for param in self.get_params(ctx) if (row := _row(param, ctx)) is not None])
        return None


def _row(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    record = None if isinstance(param, click.Argument) else param.get_help_record(ctx)
    if record is None:
        return None
    names, told = record
    english = _joined(getattr(param, "help", None) or "")
    rest = told.removeprefix(english).replace("[default: ", "[по умолчанию: ")
    return names, translated(english) + rest


def _joined(text: str) -> str:
    return " ".join(text.split())


@cache
def _translations() -> Mapping[str, str]:
    from compliance.source.diagnostic import Collector
    from compliance.source.reader import Sequence, read_yaml
    from compliance.source.shape import as_words

    root, collector = read_yaml(TRANSLATIONS), Collector()
    assert isinstance(root, Sequence), "help.yaml is not a list of texts"
    pairs = [words for item in root.items if (words := as_words(item, collector)) is not None]
    collector.raise_if_any()
    return {_joined(words.en): words.ru.strip() for words in pairs}
