"""What the type checker knows around an expression, and how it names things in its messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import assert_never

from attrs import frozen

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Notion
from compliance.norm.types import (
    Bool,
    Date,
    Enum,
    EventType,
    Items,
    OfficerType,
    Period,
    PeriodType,
    Position,
    Quarter,
    QuarterDay,
    QuarterDayType,
    Ref,
    Signature,
    Type,
)
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.source.loc import Place, spot


@frozen
class Language:
    """Everything an expression may speak of."""

    vocabulary: Vocabulary
    notions: Mapping[str, Notion]
    signatures: Mapping[str, Signature]
    readings: Mapping[str, tuple[str, ...]]
    params: Mapping[str, Period | QuarterDay]
    backward: Callable[[str], frozenset[str]]
    """Parameters of a definition that are taken away from a day in it: no working days may be passed for them."""


@frozen
class Found:
    """An expression with its names resolved, its type (none after an error) and whether it may be not given."""

    expr: Expr
    type: Type | None
    optional: bool = False


def named(of: Type) -> str:
    """A type in legal words: a reference into the catalogue of messages, which has them in each language."""
    match of:
        case Bool():
            return "@norm.type-truth"
        case Date():
            return "@norm.type-day"
        case Quarter():
            return "@norm.type-quarter"
        case Ref():
            return "@norm.type-reference"
        case Position():
            return "@norm.type-post"
        case PeriodType():
            return "@norm.type-period"
        case QuarterDayType():
            return "@norm.type-quarter-day"
        case Enum(name=name):
            return f"@norm.type-value {name}"
        case Items(name=name):
            return f"@norm.type-set {name}"
        case OfficerType():
            return "@norm.type-officer"
        case EventType(kinds=kinds):
            return f"@norm.type-event {', '.join(sorted(kinds))}"
        case _:
            assert_never(of)


def tail(place: Place | None, word: str) -> Place | None:
    """The place of the word that ends a stretch of text, such as the attribute after its dot."""
    if place is None or (place.line == place.end_line and place.end_column - place.column < len(word)):
        return place
    return spot(place.file, place.end_line, place.end_column - len(word), len(word))


def start(place: Place | None, word: str) -> Place | None:
    """The place of the word that begins a stretch of text."""
    return None if place is None else spot(place.file, place.line, place.column, len(word))


def dotted(expr: Expr) -> str | None:
    """The text of names joined by dots, `p18.sub3`; nothing for anything else."""
    if isinstance(expr, ast.Name):
        return expr.text
    if isinstance(expr, ast.OfficerRef):
        return "officer"
    if isinstance(expr, ast.Attr):
        base = dotted(expr.base)
        return None if base is None else f"{base}.{expr.name}"
    return None


def may_lack(attribute: Attribute) -> bool:
    """Whether an attribute may be not given in a complete record."""
    return attribute.optional or (attribute.default == "value" and attribute.value is None)


def written(expr: Expr) -> str:
    """A short name of an expression for messages."""
    if isinstance(expr, ast.Attr):
        return f"{written(expr.base)}.{expr.name}"
    if isinstance(expr, ast.Name):
        return expr.text
    if isinstance(expr, ast.Var | ast.Param | ast.World):
        return expr.name
    return "officer" if isinstance(expr, ast.OfficerRef) else "…"
