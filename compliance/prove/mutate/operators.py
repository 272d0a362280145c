"""Small changes of a checked formula that keep its types: shifted days, other bounds, other actors, dropped parts."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten
from typing import Final

from attrs import evolve, frozen

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.show import show
from compliance.norm.types import BOOL, PERIOD, QUARTER_DAY, Enum, Period, QuarterDay
from compliance.norm.vocabulary import Vocabulary
from compliance.norm.walk import children, rebuilt

BOUNDS: Final[dict[str, ast.CompareOp]] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
ACTOR: Final = "actor"

LONGEST: Final = 31
"""The day of a month that stands for its last one, however many it has."""

MONTHS: Final = 3
"""The months of a quarter."""

LONGEST_PART: Final = 72
"""Letters of a formula in the label of a change."""

NEXT_DAY: Final = (1, -1)


@frozen
class Change:
    """One change: what was done, and the whole formula after it."""

    label: str
    expr: Expr


def changes(expr: Expr, vocabulary: Vocabulary) -> Iterator[Change]:
    """Every single change of a formula, from the outside in and from left to right."""
    yield from _here(expr, vocabulary)
    for at, child in enumerate(children(expr)):
        for change in changes(child, vocabulary):
            yield Change(change.label, _with_child(expr, at, change.expr))


def neighbours(value: Period | QuarterDay) -> Iterator[Period | QuarterDay]:
    """A period or a day of the quarter shifted by one, both ways: by a day, and where it has months by a month."""
    if isinstance(value, QuarterDay):
        yield evolve(value, day=value.day + 1) if value.day < LONGEST else QuarterDay(1, value.month + 1)
        yield evolve(value, day=value.day - 1) if value.day > 1 else QuarterDay(LONGEST, value.month - 1)
        yield from (evolve(value, month=value.month + step) for step in (1, -1) if 1 <= value.month + step <= MONTHS)
        return
    unit = "months" if value.months else "working_days" if value.working_days else "days"
    yield from (evolve(value, **{unit: getattr(value, unit) + step}) for step in (1, -1))
    if unit == "months":
        yield from (evolve(value, days=value.days + step) for step in (1, -1))


def _here(expr: Expr, vocabulary: Vocabulary) -> Iterator[Change]:
    match expr:
        case ast.Compare() if _of_version(expr):
            return
        case ast.Compare(op=op) if op in BOUNDS:
            yield Change(f"{_said(expr)} to `{BOUNDS[op]}`", evolve(expr, op=BOUNDS[op]))
        case ast.Compare(op=("=" | "!="), left=left, right=right) if _is_day(left) and _is_day(right):
            for sign in NEXT_DAY:
                shifted = ast.Shift(right, ast.Literal(Period(days=1), PERIOD), sign, "down")
                yield Change(f"{_said(right)} to {_said(shifted)}", evolve(expr, right=shifted))
        case ast.And(items=items) | ast.Or(items=items):
            for at in (at for at in range(len(items)) if not _of_version(items[at])):
                rest = items[:at] + items[at + 1 :]
                yield Change(f"{_said(items[at])} dropped", evolve(expr, items=rest) if len(rest) > 1 else rest[0])
        case ast.In(options=options) if len(options) > 1:
            for at in range(len(options)):
                yield Change(f"{_said(options[at])} dropped", evolve(expr, options=options[:at] + options[at + 1 :]))
        case ast.Quant(guard=guard, body=body):
            if guard is not None and not isinstance(guard, ast.And) and not _of_version(guard):
                yield Change(f"{_said(guard)} dropped", evolve(expr, guard=None))
            if body is not None and expr.mode != "every" and not isinstance(body, ast.And):
                yield Change(f"{_said(body)} dropped", evolve(expr, body=None))
        case ast.Pick(guard=guard) if guard is not None and not isinstance(guard, ast.And):
            yield Change(f"{_said(guard)} dropped", evolve(expr, guard=None))
        case ast.Implies(left=left, right=right):
            yield Change(f"{_said(left)} dropped", right)
        case ast.Literal(value=value, type=Enum(name=name)) if name == ACTOR:
            others = [word for word in vocabulary.enumerations[ACTOR].values if word != value]
            at = list(vocabulary.enumerations[ACTOR].values).index(str(value))
            yield Change(f"`{value}` to `{others[at % len(others)]}`", evolve(expr, value=others[at % len(others)]))
        case ast.Literal(value=Period() | QuarterDay() as value):
            for other in neighbours(value):
                yield Change(f"{_said(expr)} to {_said(evolve(expr, value=other))}", evolve(expr, value=other))
        case _:
            return


def said_value(value: Period | QuarterDay) -> str:
    """A period or a day of the quarter as its author writes it."""
    return f"`{show(ast.Literal(value, PERIOD if isinstance(value, Period) else QUARTER_DAY))}`"


def _said(expr: Expr) -> str:
    """A part of a formula as its author writes it, on one line."""
    return f"`{shorten(show(expr), LONGEST_PART, placeholder=' ...')}`"


def _is_day(expr: Expr) -> bool:
    """Whether it is plainly a day: that of an event, or one that is computed."""
    if isinstance(expr, ast.Attr):
        return expr.name == "date"
    return isinstance(expr, ast.Shift | ast.NextWorkingDay | ast.DayOfQuarter | ast.Pick | ast.World)


def _of_version(expr: Expr) -> bool:
    """Whether it only says which version of the law an event is judged by; the text does not say it."""
    return isinstance(expr, ast.Compare) and any(
        isinstance(side, ast.World) and side.name != "as_of" for side in (expr.left, expr.right)
    )


def _with_child(expr: Expr, at: int, new: Expr) -> Expr:
    """The expression with its `at`-th part replaced; parts are met in the order of `children`."""
    met = iter(range(len(children(expr))))
    return rebuilt(expr, lambda child: new if next(met) == at else child)


DROPPED: Final = ast.Literal(True, BOOL)
"""What is left of a norm that was dropped."""

__all__ = ["DROPPED", "Change", "changes", "neighbours", "said_value"]
