"""What an answer is made from beside the law and the theorem, as hashes: this program, its solvers, the files of a run.

Importing this loads neither a solver nor the law: a run of which every answer is kept needs only these hashes.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from compliance import __version__
from compliance.smt.versions import cvc5_version, z3_version
from compliance.source.data import shown_name

if TYPE_CHECKING:
    from hashlib import _Hash

BASELINE: Final = "baseline.yaml"
"""What today's text fails: it stands beside the theorems and is none."""

DECIDING: Final = ("calendar", "check/lifecycle", "law", "norm", "prove", "smt", "source", "timeline")
"""The folders of this package that take part in an answer."""


@cache
def engine() -> str:
    """A hash of the program that decides and of its solvers: with another one, nothing kept counts."""
    package = Path(__file__).resolve().parent.parent
    digest = sha256(repr((__version__, sys.version_info[:2], z3_version(), cvc5_version())).encode())
    for folder in DECIDING:
        _add(digest, ((path.relative_to(package).as_posix(), path) for path in (package / folder).rglob("*.py")))
    return digest.hexdigest()


def of_files(paths: Iterable[Path]) -> str:
    """A hash of files, and of all YAML files in folders, with the names under which they are shown."""
    found = [each for path in paths for each in (path.rglob("*.yaml") if path.is_dir() else (path,))]
    digest = sha256()
    _add(digest, ((shown_name(path), path) for path in found))
    return digest.hexdigest()


def default_cache() -> Path:
    """Where answers are kept if nobody says: the user's folder for such things."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "reserve-compliance" / "proofs"


def _add(digest: _Hash, files: Iterable[tuple[str, Path]]) -> None:
    for name, path in sorted(files):
        data = path.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)


__all__ = ["BASELINE", "DECIDING", "default_cache", "engine", "of_files"]
