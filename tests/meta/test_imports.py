"""Who may import what, read from the sources; and what must not be loaded before it is needed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

# Each package with the part of the house that alone may import it.
ONLY_IMPORTER = {
    "yaml": "compliance/source/",
    "z3": "compliance/smt/",
    "cvc5": "compliance/smt/",
    "networkx": "compliance/law/lifecycle",
    "numpy": "compliance/bulk/",
    "pyarrow": "compliance/bulk/",
    "openpyxl": "compliance/bulk/",
    "pyspark": "compliance/bulk/",
}
HEAVY = ("z3", "cvc5", "networkx", "numpy", "pyarrow", "openpyxl", "rich", "jinja2", "lark")
DISTRIBUTIONS = {"attr": "attrs", "yaml": "pyyaml", "z3": "z3-solver"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__"}


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def modules(checkout: Path) -> list[tuple[str, ast.Module]]:
    paths = sorted((checkout / "compliance").rglob("*.py"))
    return [(path.relative_to(checkout).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def loaded_by(module: str) -> set[str]:
    """The heavy packages that importing a module brings in, seen in a fresh interpreter."""
    program = f"import sys, {module}; print(*sorted(set(sys.modules) & set({HEAVY!r})))"
    return set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )


def test_packages_have_one_importer(checkout: Path) -> None:
    wrong = [
        f"{path} imports {name}"
        for path, tree in modules(checkout)
        for name in sorted(set(imports(tree)))
        if name in ONLY_IMPORTER and not path.startswith(ONLY_IMPORTER[name])
    ]
    assert wrong == []


def test_every_imported_package_is_declared(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *extras["audit"], *extras["ci"], *extras["proof"], *extras["spark"]]
    declared = {match[0].lower() for line in lines if (match := re.match(r"[\w-]+", line))}
    used = {name for _, tree in modules(checkout) for name in imports(tree)} - sys.stdlib_module_names - {"compliance"}
    assert {DISTRIBUTIONS.get(name, name) for name in used} <= declared


def test_nothing_evaluates_text(checkout: Path) -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in modules(checkout)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS
    ]
    assert wrong == []


@pytest.mark.parametrize("module", ["compliance", "compliance.source.shape", "compliance.source.diagnostic"])
def test_the_foundation_is_light(module: str) -> None:
    assert loaded_by(module) == set()


def test_the_command_line_loads_nothing_heavy_before_it_is_needed(checkout: Path) -> None:
    if not (checkout / "compliance/cli/main.py").is_file():
        pytest.skip("there is no command line yet")
    assert loaded_by("compliance.cli.main") == set()
