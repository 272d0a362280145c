"""The help of every command, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import click
import pytest

from compliance.cli import help as helping
from compliance.cli.main import COMMANDS, reserve
from tests.unit.cli.conftest import Reserve


def commands() -> list[click.Command]:
    """The command itself and all its commands."""
    return [reserve, *(import_module(f"compliance.cli.{name}").command for name in COMMANDS)]


def texts() -> Iterator[str]:
    """Every English text of help, its lines joined."""
    yield from COMMANDS.values()
    for command in commands():
        yield from (" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n"))
        for param in command.get_params(click.Context(command, help_option_names=["-h", "--help"])):
            yield " ".join((getattr(param, "help", None) or "").split())


def test_every_text_has_a_russian_one_and_none_is_left_over() -> None:
    english = {text for text in texts() if text}
    assert sorted(english - set(helping._translations())) == []
    assert sorted(set(helping._translations()) - english) == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_in_russian(name: str, reserve: Reserve) -> None:
    ran = reserve(*["--lang", "ru", name, "--help"] if name else ["--lang", "ru", "--help"])
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Использование: reserve")
    assert "Параметры:" in ran.out
    assert not any(english in ran.out for english in ("Show this message", "[default:", "Options:"))


def test_the_language_may_stand_after_the_request(reserve: Reserve) -> None:
    assert "Использование" in reserve("check", "--help", "--lang", "ru").out
    assert reserve("--lang", "ru", "check", "--lang", "en", "--help").out.startswith("Usage: ")


def test_the_system_speaks_russian(reserve: Reserve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert "Команды:" in reserve("--help").out
    assert "Show the version" not in reserve("--help").out
