"""The values that options take; a wrong one is an error of our own, with the nearest right one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from compliance.source.diagnostic import Diagnostic, Problems, did_you_mean

if TYPE_CHECKING:
    _ParamType: TypeAlias = click.ParamType[Any]  # generic in newer releases only
else:
    _ParamType = click.ParamType


def bad_option(code: str, word: str, param: click.Parameter | None, known: Sequence[str] = ()) -> Problems:
    """The error of an option's value."""
    option = param.opts[-1] if isinstance(param, click.Option) else ""
    suggestion = did_you_mean(word, known)
    return Problems([Diagnostic(code, None, {"word": word, "option": option}, tuple(known), suggestion)])


class Word(_ParamType):
    """One word of a closed list."""

    name = "word"

    def __init__(self, *words: str) -> None:
        self.words = words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself."""
        if value in self.words:
            return str(value)
        raise bad_option("cli.unknown-value", str(value), param, self.words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """`en|ru`, as `--help` shows it."""
        return "|".join(self.words)


class Assignment(_ParamType):
    """`name=value`, as a pair."""

    name = "name=value"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """The two sides of the first `=`."""
        if isinstance(value, tuple):
            return value
        left, equals, right = str(value).partition("=")
        if not (left.strip() and equals and right.strip()):
            raise bad_option("cli.not-an-assignment", str(value), param)
        return left.strip(), right.strip()


class Output(_ParamType):
    """`FORMAT=FILE`, as a format and a path."""

    name = "format=file"

    def __init__(self, formats: Sequence[str]) -> None:
        self.formats = tuple(formats)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        """The format checked, the file not yet touched."""
        if isinstance(value, tuple):
            return value
        form, equals, file = str(value).partition("=")
        if not (equals and file):
            raise bad_option("cli.output-form", str(value), param)
        if form not in self.formats:
            raise bad_option("cli.unknown-value", form, param, self.formats)
        return form, Path(file)


class Location(_ParamType):
    """A path, not yet touched."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path as it was written."""
        return Path(value)
