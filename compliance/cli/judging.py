"""The options of every command that judges records: fixed readings, days and the version of the law."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

import click

from compliance.cli.types import Assignment
from compliance.source.diagnostic import Collector

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def judging_options(function: Decorated) -> Decorated:
    """Adds the options; the command gets them as `options`."""
    added = [
        click.option("--reading", "readings", type=Assignment(), multiple=True, metavar="NAME=VALUE",
                     help="Fix a reading; may be repeated."),
        click.option("--published", metavar="DATE", help="The day of the first official publication of the Rules."),
        click.option("--law", metavar="VERSION", help="Judge everything by this version, whatever its day."),
        click.option("--as-of", metavar="DATE", help="Judge on what is known up to this day, not the files' own."),
    ]  # fmt: skip

    @wraps(function)
    def with_options(
        *,
        readings: tuple[tuple[str, str], ...],
        published: str | None,
        law: str | None,
        as_of: str | None,
        **others: Any,
    ) -> Any:
        from compliance.check import CheckOptions

        return function(options=CheckOptions(assignments(readings), published, law, as_of), **others)

    for option in reversed(added):
        option(with_options)
    return cast("Decorated", with_options)


def assignments(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The readings that were fixed; one that was given two values is an error."""
    collector, chosen = Collector(), dict[str, str]()
    for name, value in pairs:
        if chosen.setdefault(name, value) != value:
            collector.error("cli.two-values", None, word=name)
    collector.raise_if_any()
    return chosen
