"""The command line as a whole: usage errors, languages, faults of the program, and what is loaded when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from compliance import __version__
from compliance.cli import main
from compliance.cli.exits import INTERRUPTED
from compliance.cli.language import default_language, language_of
from compliance.smt.answers import EngineDisagreement
from tests.unit.cli import stories
from tests.unit.cli.conftest import Reserve

USAGE = [
    (["chek"], "cli.unknown-command", "check"),
    (["CHECK"], "cli.unknown-command", "check"),
    (["сheck"], "cli.unknown-command", "check"),  # a Cyrillic letter that looks Latin
    (["wholly-unknown"], "cli.unknown-command", None),
    (["--langs", "ru", "check"], "cli.unknown-option", "--lang"),
    (["check", "--formt", "json"], "cli.unknown-option", "--format"),
    (["check", "--all-unit"], "cli.unknown-option", "--all-units"),
    (["check", "-x"], "cli.unknown-option", None),
    (["check", "--format"], "cli.needs-value", None),
    (["check", "--format", "jsn"], "cli.unknown-value", "json"),
    (["check", "--lang", "rus"], "cli.unknown-value", "ru"),
    (["--lang", "kk", "check"], "cli.unknown-value", None),
    (["check", "--color", "allways"], "cli.unknown-value", "always"),
    (["check", "--no-repair=yes"], "cli.no-value", None),
    (["check", "--reading", "until_date"], "cli.not-an-assignment", None),
    (["check", "--reading", "=inclusive"], "cli.not-an-assignment", None),
    (["check", "--reading", "a=b", "--reading", "a=c"], "cli.two-values", None),
    (["check", "--reading", "until_dat=inclusive"], "check.unknown-reading", "until_date"),
    (["check", "--reading", "until_date=inclusiv"], "check.reading-value", "inclusive"),
    (["check", "--law", "2026"], "check.unknown-law", "2025"),
    (["check", "--as-of", "2026-02-30"], "calendar.no-such-day", None),
    (["check", "--published", "yesterday"], "calendar.not-a-date", None),
    (["check", "-o", "json"], "cli.output-form", None),
    (["check", "-o", "jsn=x"], "cli.unknown-value", "json"),
    (["explain", "--format", "html"], "cli.unknown-value", None),
    (["explain", "until_dat"], "explain.unknown", "until_date"),
    (["explain", "p99"], "law.unknown-unit", "p9"),
    (["explain", "18.33"], "law.unknown-unit", "p18.sub3"),
    (["explain", "\x1b[31m"], "explain.unknown", None),
    (["explain", "x" * 5000], "explain.unknown", None),
    (["show"], "cli.missing-argument", None),
    (["show", "none.yaml"], "source.not-found", None),
    (["show", "none.yaml", "more.yaml"], "cli.extra-argument", None),
    (["show", "none.yaml", "--format", "dot"], "cli.no-such-form", None),
    (["show", "lifecycle", "--format", "sarif"], "cli.unknown-value", None),
    (["show", "none.yaml", "--verify"], "cli.only-for", None),
    (["show", "lifecycle", "--save-stories", "none"], "cli.not-a-folder", None),
    (["lint", "none"], "law.not-a-folder", None),
    (["lint", "one", "two"], "cli.extra-argument", None),
    (["schema", "scenaro"], "cli.unknown-schema", "scenario"),
    (["schema", "check", "more"], "cli.extra-argument", None),
    (["schema", "check", "--format", "text"], "cli.unknown-value", None),
]


@pytest.mark.parametrize(("args", "code", "suggestion"), USAGE, ids=[" ".join(case[0])[:40] for case in USAGE])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_wrong_command_line_is_bad_input(
    reserve: Reserve, monkeypatch: pytest.MonkeyPatch, lang: str, args: list[str], code: str, suggestion: str | None
) -> None:
    monkeypatch.setenv("LANG", f"{lang}_XX.UTF-8")
    ran = reserve(*args)
    label, help_, wrong = ("error", "help", "ошибка") if lang == "en" else ("ошибка", "подсказка", "error")
    assert (ran.code, ran.out) == (2, "")
    assert f"{label}[{code}]: " in ran.err
    assert f"{wrong}[" not in ran.err
    assert (f"  {help_}: " in ran.err) == (suggestion is not None)
    assert suggestion is None or f"`{suggestion}`" in ran.err
    assert "Traceback" not in ran.err
    assert "\x1b" not in ran.err


def test_without_a_command_the_help_is_on_standard_error(reserve: Reserve) -> None:
    ran = reserve()
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: reserve" in ran.err


def test_help_and_version(reserve: Reserve) -> None:
    ran = reserve("--help")
    assert (ran.code, ran.err) == (0, "")
    assert all(f"  {name} " in ran.out for name in main.COMMANDS)
    assert reserve("--version").out == f"reserve {__version__}\n"


@pytest.mark.parametrize("name", sorted(main.COMMANDS))
def test_every_command_has_its_help(reserve: Reserve, name: str) -> None:
    ran = reserve(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"Usage: reserve {name} ")
    assert "--lang en|ru" in ran.out


def test_the_help_of_all_commands_loads_none_of_them() -> None:
    program = "import sys; from compliance.cli.main import run; run(['--help']); print(*sorted(sys.modules))"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    loaded = set(out.splitlines()[-1].split())
    ours = {name for name in loaded if name.startswith("compliance")}
    assert ours == {f"compliance{name}" for name in ("", ".cli", ".cli.main", ".cli.help", ".cli.language")}
    assert not {"attrs", "yaml", "rich", "jinja2", "lark", "z3"} & loaded


def test_the_module_is_the_command(tmp_path: Path) -> None:
    paths = stories.write(tmp_path, late=stories.LATE)
    command = [sys.executable, "-m", "compliance", "check", paths["late"], "--format", "github"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "::error file=" in ran.stdout


# --- languages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "environment", "lang"),
    [([], {}, "en"), ([], {"LANG": "ru_RU.UTF-8"}, "ru"), ([], {"LANG": "ru_RU", "LC_ALL": "C"}, "en"),
     ([], {"LANG": "en_US", "LC_MESSAGES": "ru_KZ"}, "ru"), (["--lang", "ru"], {}, "ru"), (["--lang=ru"], {}, "ru"),
     (["--lang", "en"], {"LANG": "ru"}, "en"), (["--lang"], {"LANG": "ru"}, "ru"), (["--lang", "de"], {}, "en")],
)  # fmt: skip
def test_the_language_of_a_command_line(args: list[str], environment: dict[str, str], lang: str) -> None:
    assert language_of(["check", *args], environment) == lang
    if not args:
        assert default_language(environment) == lang


def test_the_language_may_stand_before_the_command(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, late=stories.LATE)
    assert reserve("--lang", "ru", "check", paths["late"]).out == reserve("check", paths["late"], "--lang", "ru").out


# --- faults ------------------------------------------------------------------------------------------------------


def broken(error: BaseException) -> object:
    def raising(*_: object, **__: object) -> None:
        raise error

    return raising


def test_a_fault_of_the_program_is_said_in_one_line(reserve: Reserve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.cli.explain.find", broken(KeyError("a\nb")))
    monkeypatch.delenv("RESERVE_TRACEBACK", raising=False)
    ran = reserve("explain", "p13")
    assert ran.code == 4
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("error[cli.internal]: internal error: KeyError: ")
    monkeypatch.setenv("RESERVE_TRACEBACK", "1")
    assert "Traceback" in reserve("explain", "p13").err


def test_engines_that_disagree_are_a_fault_of_their_own(reserve: Reserve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.cli.explain.find", broken(EngineDisagreement("p13", {}, {}, True)))
    ran = reserve("explain", "p13", "--lang", "ru")
    assert ran.code == 4
    assert ran.err.startswith("ошибка[cli.disagreement]: расчёты разошлись")


def test_an_interrupt_is_said_and_has_the_code_of_the_shell(reserve: Reserve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.cli.explain.find", broken(KeyboardInterrupt()))
    ran = reserve("explain", "p13")
    assert (ran.code, ran.err.strip()) == (INTERRUPTED, "interrupted")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, form: str) -> None:
    """As in `reserve explain | head -1`: the pipe is closed before anything is written."""
    command = f"'{sys.executable}' -m compliance explain --format {form} | true; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert ran.stdout == "0\n"
    assert ran.stderr == ""


# --- colours -----------------------------------------------------------------------------------------------------


def test_colours_are_for_terminals_and_for_those_who_ask(
    reserve: Reserve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    paths = stories.write(tmp_path, late=stories.LATE)
    assert "\x1b" not in reserve("check", paths["late"]).out
    assert "\x1b[" in reserve("check", paths["late"], "--color", "always").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in reserve("check", paths["late"], "--color", "always").out
    monkeypatch.setattr("compliance.cli.options.sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b" not in reserve("check", paths["late"]).out
