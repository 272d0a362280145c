"""Running the command line inside the test's own process."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from attrs import frozen

from compliance.cli.main import run


@frozen
class Ran:
    """What a command line came to."""

    code: int
    out: str
    err: str


Reserve = Callable[..., Ran]


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
