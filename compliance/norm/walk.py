"""Walking over the syntax tree: children, all nodes, and the limits that keep every later pass safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, assert_never

from attrs import evolve

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.cursor import DEEPEST
from compliance.norm.tokens import fail

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


def rebuilt(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """The expression with each direct part changed; places and everything else stay."""

    def maybe(part: Expr | None) -> Expr | None:
        return None if part is None else change(part)

    match expr:
        case ast.Name() | ast.Var() | ast.Literal() | ast.Param() | ast.World() | ast.OfficerRef():
            return expr
        case ast.Attr(base=base):
            return evolve(expr, base=change(base))
        case ast.Shift(day=day, period=period):
            return evolve(expr, day=change(day), period=change(period))
        case ast.NextWorkingDay(day=day) | ast.QuarterOf(day=day):
            return evolve(expr, day=change(day))
        case ast.DayOfQuarter(spec=spec, quarter=quarter):
            return evolve(expr, spec=change(spec), quarter=change(quarter))
        case ast.Pick(guard=guard, otherwise=otherwise):
            return evolve(expr, guard=maybe(guard), otherwise=change(otherwise))
        case ast.If(condition=condition, then=then, otherwise=otherwise):
            return evolve(expr, condition=change(condition), then=change(then), otherwise=change(otherwise))
        case ast.Case(branches=branches):
            return evolve(expr, branches=tuple((value, change(branch)) for value, branch in branches))
        case ast.Call(args=args):
            return evolve(expr, args=tuple(map(change, args)))
        case ast.And(items=items) | ast.Or(items=items):
            return evolve(expr, items=tuple(map(change, items)))
        case ast.Compare(left=left, right=right) | ast.Implies(left=left, right=right):
            return evolve(expr, left=change(left), right=change(right))
        case ast.In(item=item, options=options):
            return evolve(expr, item=change(item), options=tuple(map(change, options)))
        case ast.Has(items=held, item=item):
            return evolve(expr, items=change(held), item=change(item))
        case ast.Given(item=item):
            return evolve(expr, item=change(item))
        case ast.Not(body=body):
            return evolve(expr, body=change(body))
        case ast.Quant(guard=guard, body=inside):
            return evolve(expr, guard=maybe(guard), body=maybe(inside))
        case ast.Due(day=day, body=body):
            return evolve(expr, day=change(day), body=change(body))
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


def with_variable(expr: Expr, var: str, to: ast.Var, taken: frozenset[str]) -> Expr:
    """The typed expression with `var` replaced by `to`; variables bound inside get new names where they clash."""

    def change(part: Expr, names: dict[str, str]) -> Expr:
        if isinstance(part, ast.Var):
            if part.name == var:
                return to
            return evolve(part, name=names[part.name]) if part.name in names else part
        if isinstance(part, ast.Quant | ast.Pick):
            fresh = part.var
            while fresh in taken or (fresh != part.var and fresh in names.values()):
                fresh += "_"
            inner = names if fresh == part.var else {**names, part.var: fresh}
            if isinstance(part, ast.Pick):
                guard = None if part.guard is None else change(part.guard, inner)
                return evolve(part, var=fresh, guard=guard, otherwise=change(part.otherwise, names))
            return rebuilt(evolve(part, var=fresh), lambda child: change(child, inner))
        return rebuilt(part, lambda child: change(child, names))

    return change(expr, {})
