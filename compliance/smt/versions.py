"""The solvers at hand, by version; one that is not installed is absent, not an error."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def z3_version() -> str:
    return ".".join(version("z3-solver").split(".")[:3])


@cache
def cvc5_version() -> str | None:
    """None where cvc5 is absent."""
    try:
        return version("cvc5")
    except PackageNotFoundError:
        return None


__all__ = ["cvc5_version", "z3_version"]
