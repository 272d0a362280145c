"""Writes results: whole files or none, then the standard output."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from attrs import evolve

from compliance.cli.options import View
from compliance.report.render import for_file
from compliance.report.text import Page
from compliance.source.diagnostic import Collector

Render = Callable[[str, Page], str]
"""A form's name and a page to the finished text."""


def check_outputs(outputs: Sequence[tuple[str, Path]], inputs: Iterable[Path] = ()) -> None:
    """Refuses, before any work is done, places that cannot be written, named twice, or that are read as well."""
    collector = Collector()
    read = {_real(path) for path in inputs}
    seen: set[Path] = set()
    for _, path in outputs:
        place = _real(path)
        if place in seen:
            collector.error("cli.output-twice", None, path=str(path))
        elif place in read:
            collector.error("cli.output-is-input", None, path=str(path))
        elif not _writable(place):
            collector.error("cli.unwritable", None, path=str(path))
        seen.add(place)
    collector.raise_if_any()


def deliver(view: View, render: Render, page: Page | None = None) -> None:
    """Writes every file that was asked for, then the form for standard output.

    All forms are made and all temporary files written before the first one gets its name.
    """
    page = page or view.page()
    texts = [(path, render(form, for_file(page))) for form, path in view.outputs]
    shown = render(view.form, page if view.form == "text" else evolve(page, color=False))
    write_files(texts)
    write_stdout(shown)


def write_files(texts: Sequence[tuple[Path, str]]) -> None:
    """Writes files so that each is there whole or not at all; a place that cannot be written is bad input."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in texts:
            place = _real(path)
            if place.exists() and not place.is_file():
                place.write_bytes(_bytes(text))  # a device or a pipe has no whole to keep
                continue
            temporary = place.with_name(f".{place.name[:100]}.{os.getpid()}.tmp")
            waiting.append((temporary, place))
            with open(temporary, "xb") as stream:
                stream.write(_bytes(text))
        for temporary, place in waiting:
            os.replace(temporary, place)
    except OSError:
        Collector().fail("cli.unwritable", None, path=str(path))
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def write_stdout(text: str) -> None:
    """Writes to standard output; where the reader has gone, the rest is nobody's."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _writable(place: Path) -> bool:
    if place.is_dir() or not place.parent.is_dir():
        return False
    return os.access(place, os.W_OK) if place.exists() else os.access(place.parent, os.W_OK | os.X_OK)
