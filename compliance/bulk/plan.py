"""Prepares norms for evaluation over columns: equal parts become one object, so that results can be remembered by it.

Variables bound by quantifiers are named by their depth, so that norms that differ only in their letters share.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, evolve, field, frozen

from compliance.bulk.coding import Codes
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import DUE
from compliance.norm.program import Program, Typed
from compliance.norm.walk import children, rebuilt


@frozen(eq=False)
class Part:
    """What is known of an expression before any record: the variables free in it, and whether it is long work."""

    free: tuple[str, ...]
    heavy: bool


@define(eq=False)
class Plan:
    """The norms of a law, by id, made ready; it can be used for any number of registers and profiles."""

    program: Program
    typed: Mapping[str, Typed]
    codes: Codes = field(init=False)
    norms: dict[str, Expr] = field(init=False)
    bodies: dict[str, Expr] = field(init=False)
    known: dict[Expr, Expr] = field(factory=dict)
    parts: dict[int, Part] = field(factory=dict)
    consulted: dict[int, tuple[str, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.codes = Codes(self.program.vocabulary)
        self.norms = {id: self.shared(typed.expr, {}) for id, typed in self.typed.items()}
        self.bodies = {name: self.shared(each.body, {}) for name, each in self.program.definitions.items()}

    def shared(self, expr: Expr, names: Mapping[str, str]) -> Expr:
        """The expression with bound variables named by their depth, one object for all equal ones."""
        if isinstance(expr, ast.Quant | ast.Pick):
            inner = {**names, expr.var: f"#{len(names)}"}
            guard = None if expr.guard is None else self.shared(expr.guard, inner)
            if isinstance(expr, ast.Quant):
                body = None if expr.body is None else self.shared(expr.body, inner)
                made: Expr = ast.Quant(expr.mode, inner[expr.var], expr.kind, guard, body)
            else:
                otherwise = self.shared(expr.otherwise, names)
                made = ast.Pick(expr.order, inner[expr.var], expr.kind, guard, otherwise)
        elif isinstance(expr, ast.Var):
            made = evolve(expr, name=names.get(expr.name, expr.name))
        else:
            made = rebuilt(expr, lambda part: self.shared(part, names))
        found = self.known.setdefault(made, made)
        if id(found) not in self.parts:
            self.parts[id(found)] = self._part(found)
        return found

    def _part(self, expr: Expr) -> Part:
        if isinstance(expr, ast.Var):
            return Part((expr.name,), False)
        inner = [(child, self.parts[id(child)]) for child in children(expr)]
        own = isinstance(expr, ast.Quant | ast.Pick)
        free: dict[str, None] = {}
        for child, part in inner:
            for name in part.free:
                bound = own and name == expr.var and not (isinstance(expr, ast.Pick) and child is expr.otherwise)  # type: ignore[union-attr]
                if not bound:
                    free[name] = None
        heavy = own or isinstance(expr, ast.Call) or any(part.heavy for _, part in inner)
        return Part(tuple(free), heavy)

    def of(self, expr: Expr) -> Part:
        return self.parts[id(expr)]

    def readings(self, expr: Expr) -> tuple[str, ...]:
        """The readings on which an expression can turn, through definitions too, DUE among them."""
        if id(expr) not in self.consulted:
            own = (expr.reading,) if isinstance(expr, ast.Case) else (DUE,) if isinstance(expr, ast.Due) else ()
            within = [*children(expr), *((self.bodies[expr.name],) if isinstance(expr, ast.Call) else ())]
            found = {*own, *(name for part in within for name in self.readings(part))}
            self.consulted[id(expr)] = tuple(sorted(found))
        return self.consulted[id(expr)]
