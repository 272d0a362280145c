"""Terms as SMT-LIB text, with what is not given beside them, and the connectives that fold what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from attrs import frozen

from compliance.norm.types import EventType, Period, QuarterDay, Type

TRUE: Final = "true"
FALSE: Final = "false"


@frozen
class Text:
    """A term: its value, and the condition that it is given. Events know their kind."""

    value: str
    given: str = TRUE
    type: Type | None = None


Term: TypeAlias = Text | Period | QuarterDay
Env: TypeAlias = Mapping[str, Term]


def kinds_of(text: Text) -> frozenset[str]:
    assert isinstance(text.type, EventType)
    return text.type.kinds


def applied(name: str, args: list[str]) -> str:
    return f"({name} {' '.join(args)})" if args else name


def integer(value: int) -> str:
    return str(value) if value >= 0 else f"(- {-value})"


def not_(a: str) -> str:
    if a in (TRUE, FALSE):
        return FALSE if a == TRUE else TRUE
    return f"(not {a})"


def and_(*parts: str) -> str:
    kept = list(dict.fromkeys(part for part in parts if part != TRUE))
    if FALSE in kept:
        return FALSE
    return TRUE if not kept else kept[0] if len(kept) == 1 else f"(and {' '.join(kept)})"


def or_(*parts: str) -> str:
    kept = list(dict.fromkeys(part for part in parts if part != FALSE))
    if TRUE in kept:
        return TRUE
    return FALSE if not kept else kept[0] if len(kept) == 1 else f"(or {' '.join(kept)})"


def ite(condition: str, a: str, b: str) -> str:
    if condition in (TRUE, FALSE):
        return a if condition == TRUE else b
    return a if a == b else f"(ite {condition} {a} {b})"


__all__ = [
    "FALSE", "TRUE", "Env", "Term", "Text", "and_", "applied", "integer", "ite", "kinds_of", "not_", "or_",
]  # fmt: skip
