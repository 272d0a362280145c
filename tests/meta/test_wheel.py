"""The built wheel holds the program and its data, and runs from a folder outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from compliance import __version__


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built in a folder of its own."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(checkout)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, installed by itself into a fresh folder."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    done = subprocess.run([*command, str(wheel)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the interpreter outside the checkout with the installed wheel before everything else."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def tracked(checkout: Path, folder: str) -> set[str]:
    """Files of a folder as git knows them; the hygiene test sees to it that the wheel is built from a clone."""
    done = subprocess.run(["git", "ls-files", folder], cwd=checkout, capture_output=True, text=True, check=False)
    return {name for name in done.stdout.splitlines() if name.isascii()}


def test_the_wheel_holds_the_program_the_types_and_the_data(wheel: Path, checkout: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder in ("model", "proofs", "scenarios", "amendments"):
        assert {f"compliance/_data/{name}" for name in tracked(checkout, folder)} <= names
    assert tracked(checkout, "compliance") <= names
    assert "compliance/py.typed" in names
    assert not any(name.startswith(("tests/", "docs/", "model/", "bench/")) or "__pycache__" in name for name in names)


def test_the_installed_program_finds_its_own_data(installed: Path, checkout: Path, tmp_path: Path) -> None:
    program = (
        "import compliance\n"
        "from compliance.source.catalog import message\n"
        "from compliance.source.data import data_dir, data_path\n"
        "print(compliance.__version__, data_dir(), data_path('model', 'rules').is_dir(), bool(message('source.tab')))"
    )
    done = run(installed, tmp_path, "-c", program)
    assert done.returncode == 0, done.stderr
    version, folder, *facts = done.stdout.split()
    assert version == __version__
    assert Path(folder) == installed / "compliance" / "_data"
    assert facts == ["True", "True"]
    assert str(checkout) not in done.stdout


def test_the_installed_command_shows_its_help(installed: Path, checkout: Path, tmp_path: Path) -> None:
    if not (checkout / "compliance/cli/main.py").is_file():
        pytest.skip("there is no command line yet")
    done = run(installed, tmp_path, "-m", "compliance", "--help")
    assert done.returncode == 0, done.stderr
    assert "check" in done.stdout
    assert (installed / "bin" / "reserve").is_file() or (installed / "Scripts" / "reserve.exe").is_file()


def test_the_installed_command_judges_a_shipped_story(installed: Path, checkout: Path, tmp_path: Path) -> None:
    if not (checkout / "compliance/cli/main.py").is_file() or not tracked(checkout, "scenarios"):
        pytest.skip("there is no command line or no story yet")
    story = min((installed / "compliance" / "_data" / "scenarios").rglob("*.yaml"))
    done = run(installed, tmp_path, "-m", "compliance", "check", str(story))
    assert done.returncode == 0, done.stdout + done.stderr
