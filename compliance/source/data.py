"""Finds the shipped data: the law, proofs, stories and amendments, in an installed wheel or in a checkout."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

FOLDERS: Final = ("model", "proofs", "scenarios", "amendments", "registers")

MODEL: Final = "RESERVE_MODEL"
"""The environment variable that names the folder of another law to work with than the shipped one."""

_PACKAGE: Final = Path(__file__).resolve().parent.parent


def data_dir() -> Path:
    """The folder that holds `model/`, `proofs/`, `scenarios/`, `amendments/` and `registers/`."""
    shipped = _PACKAGE / "_data"
    return shipped if shipped.is_dir() else _PACKAGE.parent


def data_path(*parts: str) -> Path:
    """A file or folder of the shipped data, such as `data_path("model", "readings.yaml")`."""
    return data_dir().joinpath(*parts)


def model_path(*parts: str) -> Path:
    """A file of the law that is worked with: of the folder chosen for this run where it has one, else the shipped."""
    chosen = os.environ.get(MODEL)
    if chosen and (not parts or Path(chosen, *parts).exists()):
        return Path(chosen, *parts)
    return data_path("model", *parts)


@contextmanager
def working_with(folder: Path) -> Iterator[None]:
    """Every part of the program reads the law of a folder meanwhile, those in processes of their own included."""
    before = os.environ.get(MODEL)
    os.environ[MODEL] = str(folder.absolute())
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(MODEL, None)
        else:
            os.environ[MODEL] = before


def shown_name(path: Path) -> str:
    """How a shipped file is named in places and reports: the same on every machine, with forward slashes."""
    resolved = path.resolve()
    return resolved.relative_to(data_dir()).as_posix() if resolved.is_relative_to(data_dir()) else path.as_posix()
