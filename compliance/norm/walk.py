"""Walking over the syntax tree: children, all nodes, and the limits that keep every later pass safe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.tokens import fail

DEEPEST: Final = 60
MOST_NODES: Final = 2_000
MOST_QUANTIFIERS: Final = 8


def children(expr: Expr) -> tuple[Expr, ...]:
    """The direct parts of an expression, in the order in which they are written."""
    match expr:
        case ast.Name() | ast.Var() | ast.Literal() | ast.Param() | ast.World() | ast.OfficerRef():
            return ()
        case ast.Attr(base=base):
            return (base,)
        case ast.Shift(day=day, period=period):
            return (day, period)
        case ast.NextWorkingDay(day=day) | ast.QuarterOf(day=day):
            return (day,)
        case ast.DayOfQuarter(spec=spec, quarter=quarter):
            return (spec, quarter)
        case ast.Pick(guard=guard, otherwise=otherwise):
            return (otherwise,) if guard is None else (guard, otherwise)
        case ast.If(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)
        case ast.Case(branches=branches):
            return tuple(branch for _, branch in branches)
        case ast.Call(args=parts) | ast.And(items=parts) | ast.Or(items=parts):
            return parts
        case ast.Compare(left=left, right=right) | ast.Implies(left=left, right=right):
            return (left, right)
        case ast.In(item=item, options=options):
            return (item, *options)
        case ast.Has(items=items, item=item):
            return (items, item)
        case ast.Given(item=item):
            return (item,)
        case ast.Not(body=body):
            return (body,)
        case ast.Quant(guard=guard, body=body):
            return tuple(part for part in (guard, body) if part is not None)
        case ast.Due(day=day, body=body):
            return (day, body)
        case _:
            assert_never(expr)


def nodes(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it, parents before their parts; safe at any depth."""
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def check_limits(expr: Expr) -> Expr:
    """Refuses what is too large or too deep for the passes that recurse (`Problems`)."""
    waiting, count = [(expr, 1, 0)], 0
    while waiting:
        node, depth, quantifiers = waiting.pop()
        count += 1
        if count > MOST_NODES:
            fail("norm.too-many-parts", expr.place, limit=str(MOST_NODES))
        if depth > DEEPEST:
            fail("norm.too-deep", node.place, limit=str(DEEPEST))
        if isinstance(node, ast.Quant | ast.Pick):
            quantifiers += 1
            if quantifiers > MOST_QUANTIFIERS:
                fail("norm.too-many-quantifiers", node.place, limit=str(MOST_QUANTIFIERS))
        waiting.extend((child, depth + 1, quantifiers) for child in reversed(children(node)))
    return expr
