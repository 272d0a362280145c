"""The guard of the version: each event is judged by the version in force on its day, and by no later one."""

from __future__ import annotations

from attrs import evolve

from compliance.norm import ast
from compliance.norm.ast import Expr


def judged_on_its_day(expr: Expr) -> Expr | None:
    """The formula with its leading event kept to the days of the version; None where no `every` or `no` leads.

    The two conjuncts come last in the guard, so that a formula and its sentence can be shown without them.
    """
    if not isinstance(expr, ast.Quant) or expr.mode == "some":
        return None
    written = expr.guard.items if isinstance(expr.guard, ast.And) else () if expr.guard is None else (expr.guard,)
    return evolve(expr, guard=ast.And((*written, *_in_force(expr.var))))


def without_guard(expr: Expr) -> Expr:
    """The formula as its author wrote it, checked or not: the two conjuncts of the version taken out again."""
    if not isinstance(expr, ast.Quant) or not isinstance(expr.guard, ast.And) or len(expr.guard.items) < 2:
        return expr
    *written, begins, ends = expr.guard.items
    if not (_is_bound(begins, ">=", "in_force") and _is_bound(ends, "<", "replaced")):
        return expr
    guard = None if not written else written[0] if len(written) == 1 else ast.And(tuple(written))
    return evolve(expr, guard=guard)


def _in_force(var: str) -> tuple[Expr, Expr]:
    day = ast.Attr(ast.Name(var), "date")
    return ast.Compare(">=", day, ast.World("in_force")), ast.Compare("<", day, ast.World("replaced"))


def _is_bound(expr: Expr, op: ast.CompareOp, constant: ast.WorldConstant) -> bool:
    return (
        isinstance(expr, ast.Compare)
        and expr.op == op
        and expr.right == ast.World(constant)
        and isinstance(expr.left, ast.Attr)
        and expr.left.name == "date"
    )
