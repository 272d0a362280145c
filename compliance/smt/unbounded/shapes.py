"""When are two formulas the same? Bound variables by their depth, free ones by their order; then two are one number.

The instances of a quantifier are named by its shape and by what its free variables stand for, so that the same
condition met in two norms is one literal.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeAlias, cast

import attrs
from attrs import define, field, frozen

from compliance.norm import ast
from compliance.norm.ast import Expr

IGNORED = frozenset({"place", "notion", "type"})
Walked: TypeAlias = Hashable


@frozen
class Shape:
    """A number for the structure, and the names of the free variables in the order of the structure."""

    id: int
    free: tuple[str, ...]


@define
class Shapes:
    """Shapes met so far."""

    ids: dict[Walked, int] = field(factory=dict)
    known: dict[int, tuple[object, Shape]] = field(factory=dict)
    """By identity of the node, which is kept alive."""

    def of(self, expr: Expr) -> Shape:
        found = self.known.get(id(expr))
        if found is None:
            found = self.known[id(expr)] = expr, self._shape(expr)
        return found[1]

    def _shape(self, expr: Expr) -> Shape:
        free: dict[str, int] = {}
        walked = _walk(_existential(expr), {}, free)
        return Shape(self.ids.setdefault(walked, len(self.ids)), tuple(free))


def _existential(expr: Expr) -> object:
    """A quantifier as the `exists` that it asserts or denies, so that the three modes share their shape."""
    if isinstance(expr, ast.Quant):
        return ("exists", expr.mode == "every", expr.var, expr.kind, expr.guard, expr.body)
    return expr


def _walk(node: object, bound: dict[str, int], free: dict[str, int]) -> Walked:
    if isinstance(node, ast.Var):
        if node.name in bound:
            return ("bound", bound[node.name])
        return ("free", free.setdefault(node.name, len(free)))
    if isinstance(node, ast.Quant):
        node = ("exists", node.mode, node.var, node.kind, node.guard, node.body)
    if isinstance(node, tuple) and node[:1] == ("exists",):
        _, mode, var, kind, guard, body = node
        inner = {**bound, cast(str, var): len(bound)}
        return ("exists", mode, kind, _walk(guard, inner, free), _walk(body, inner, free))
    if isinstance(node, ast.Pick):
        inner = {**bound, node.var: len(bound)}
        otherwise = _walk(node.otherwise, bound, free)
        return ("pick", node.order, node.kind, _walk(node.guard, inner, free), otherwise)
    if isinstance(node, ast.Literal):
        return ("literal", cast(Hashable, node.value))
    if isinstance(node, tuple):
        return tuple(_walk(each, bound, free) for each in node)
    if attrs.has(type(node)) and type(node).__module__ == ast.__name__:
        names: list[str] = [each.name for each in type(node).__attrs_attrs__]  # type: ignore[attr-defined]
        parts = [getattr(node, name) for name in names if name not in IGNORED]
        return (type(node).__name__, *(_walk(part, bound, free) for part in parts))
    assert isinstance(node, Hashable)
    return node


__all__ = ["Shape", "Shapes"]
