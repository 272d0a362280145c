"""Committed files carry no traces of the machine or of the tools that they were written with."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

# Spelled in halves, so that this file passes its own test.
TRACES = {
    "a path of a machine": "/wo" + "rk/|/ro" + "ot/|/ho" + "me/[a-z]|/Us" + "ers/[a-z]|[A-Z]:\\\\Us" + "ers",
    "a folder beside the repository": r"\.\./sha" + r"red\b|\bsha" + "red/(law|notes|DESIGN|contracts|style)",
    "the name of a writing tool": "(?i)clau" + "de|anthro" + "pic|open" + "ai|chat" + "gpt|copi" + "lot",
    "the host of a registry": "py" + r"pi\.org|python" + r"hosted|npm" + r"js\.",
}
TEXT = {
    ".py",
    ".yaml",
    ".yml",
    ".md",
    ".toml",
    ".txt",
    ".tsv",
    ".csv",
    ".json",
    ".jsonl",
    ".lark",
    ".html",
    ".css",
    ".js",
    ".cfg",
    "",
}


@pytest.fixture(scope="module")
def committed(checkout: Path) -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", "core.quotepath=off", "ls-files", "-z"], cwd=checkout, capture_output=True, check=False
    )
    names = [name for name in listed.stdout.decode().split("\0") if name] if listed.returncode == 0 else []
    if not names:
        pytest.skip("this is not a clone of the repository")
    return [path for name in names if (path := checkout / name).is_file()]


@pytest.mark.parametrize("trace", sorted(TRACES))
def test_no_trace(trace: str, committed: list[Path], checkout: Path) -> None:
    pattern = re.compile(TRACES[trace])
    found = [
        f"{path.relative_to(checkout)}:{number}: {line.strip()[:80]}"
        for path in committed
        if path.suffix in TEXT and path.name != "LICENSE"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def test_text_files_are_utf8_with_unix_line_ends(committed: list[Path], checkout: Path) -> None:
    wrong = [
        path.relative_to(checkout).as_posix()
        for path in committed
        if path.suffix in TEXT and "tests/data" not in path.as_posix() and b"\r" in path.read_bytes()
    ]
    assert wrong == []


def test_nothing_built_is_committed(committed: list[Path]) -> None:
    built = {".pyc", ".whl", ".so", ".egg"}
    assert [path.name for path in committed if path.suffix in built or "__pycache__" in path.parts] == []
    assert all(path.stat().st_size < 2 * 1024 * 1024 for path in committed)
