"""Running the command line inside the test's own process."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from compliance.cli.main import run
from compliance.law import load
from compliance.law.model import Law


@frozen
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str


Reserve = Callable[..., Ran]


@pytest.fixture(scope="session")
def shipped_law() -> Law:
    """The shipped law, read once for all tests."""
    return load.load_law()


@pytest.fixture(autouse=True)
def _the_law_is_read_once(shipped_law: Law, monkeypatch: pytest.MonkeyPatch) -> None:
    read = load.load_law

    def load_law(path: Path | None = None) -> Law:
        return shipped_law if path is None else read(path)

    for module in ("compliance.law.load", "compliance.check.open"):
        monkeypatch.setattr(f"{module}.load_law", load_law)


@pytest.fixture
def reserve(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Reserve:
    """`reserve("check", "story.yaml", stdin=b"...")` runs the command and returns its exit code and its output."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def call(*args: str, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = run(args)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call
