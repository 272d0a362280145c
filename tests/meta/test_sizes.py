"""Files and functions stay small, and every module says what it is for."""

from __future__ import annotations

import ast
from pathlib import Path

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
USUAL_FUNCTION = 30  # at the 95th percentile
MEDIAN_FUNCTION = 12


def python_files(checkout: Path, *folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (checkout / folder).rglob("*.py"))


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [(f"{path.name}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1) for node in nodes]


def test_no_file_is_too_long(checkout: Path) -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files(checkout, "compliance", "tests")
    }
    assert {path.name: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short(checkout: Path) -> None:
    found = [function for path in python_files(checkout, "compliance") for function in functions(path)]
    assert [function for function in found if function[1] > LONGEST_FUNCTION] == []
    lengths = sorted(length for _, length in found)
    assert lengths[len(lengths) // 2] <= MEDIAN_FUNCTION
    assert lengths[len(lengths) * 95 // 100] <= USUAL_FUNCTION


def test_every_module_says_what_it_is_for(checkout: Path) -> None:
    silent = [
        path.relative_to(checkout).as_posix()
        for path in python_files(checkout, "compliance", "tests", "bench", "docs")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
