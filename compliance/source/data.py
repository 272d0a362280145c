"""Finds the shipped data: the law, proofs, stories and amendments, in an installed wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDERS: Final = ("model", "proofs", "scenarios", "amendments", "registers")

_PACKAGE: Final = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """The folder that holds `model/`, `proofs/`, `scenarios/`, `amendments/` and `registers/`."""
    shipped = _PACKAGE / "_data"
    return shipped if shipped.is_dir() else _PACKAGE.parent


def data_path(*parts: str) -> Path:
    """A file or folder of the shipped data, such as `data_path("model", "readings.yaml")`."""
    return data_dir().joinpath(*parts)


def shown_name(path: Path) -> str:
    """How a shipped file is named in places and reports: the same on every machine, with forward slashes."""
    resolved = path.resolve()
    return resolved.relative_to(data_dir()).as_posix() if resolved.is_relative_to(data_dir()) else path.as_posix()
