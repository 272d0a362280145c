"""Does a formula demand an event? Polarity-aware, through definitions, on the branches that the readings leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from attrs import define, field

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.types import DATE
from compliance.norm.walk import nodes


@define
class Demands:
    """Whether a formula, once negations are pushed inwards, has a `some`; asked of each definition once."""

    program: Program
    profile: Profile
    known: dict[tuple[str, bool], bool] = field(factory=dict)

    def of(self, expr: Expr, positive: bool = True) -> bool:
        """True where the formula (or, if not `positive`, its negation) cannot hold without some event."""
        match expr:
            case ast.Quant(mode=mode, guard=guard, body=body):
                return self.quantifier(mode, guard, body, positive)
            case ast.Not(body=body):
                return self.of(body, not positive)
            case ast.And(items=items) | ast.Or(items=items):
                return any(self.of(item, positive) for item in items)
            case ast.Implies(left=left, right=right):
                return self.of(left, not positive) or self.of(right, positive)
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                return self.either(condition) or self.of(then, positive) or self.of(otherwise, positive)
            case ast.Case(reading=reading, branches=branches):
                parts = dict(branches)
                chosen = [parts[self.profile[reading]]] if reading in self.profile else list(parts.values())
                return any(self.of(branch, positive) for branch in chosen)
            case ast.Call(args=args, name=name):
                return self.call(name, positive) or any(self.either(arg) for arg in args)
            case ast.Due(day=day, body=body):
                return self.of(body, positive) or self.either(day)
            case ast.Pick():
                return True
            case ast.Compare(left=left, right=right):
                return self.either(left) or self.either(right)
            case ast.Shift(day=day) | ast.NextWorkingDay(day=day) | ast.QuarterOf(day=day):
                return self.either(day)
            case ast.DayOfQuarter(quarter=quarter):
                return self.either(quarter)
            case ast.In(item=item) | ast.Has(items=item) | ast.Given(item=item) | ast.Attr(base=item):
                return self.either(item)
            case ast.Var() | ast.Literal() | ast.Param() | ast.World() | ast.OfficerRef() | ast.Name():
                return False
            case _:
                assert_never(expr)

    def either(self, expr: Expr) -> bool:
        return self.of(expr, True) or self.of(expr, False)

    def quantifier(self, mode: ast.Mode, guard: Expr | None, body: Expr | None, positive: bool) -> bool:
        if (mode == "some") == positive:
            return True
        inner = body is not None and self.of(body, mode == "every")
        return inner or (guard is not None and self.of(guard, False))

    def call(self, name: str, positive: bool) -> bool:
        if (name, positive) not in self.known:
            self.known[name, positive] = False
            definition = self.program.definitions[name]
            both = definition.result == DATE
            self.known[name, positive] = self.either(definition.body) if both else self.of(definition.body, positive)
        return self.known[name, positive]


def leading_kinds(expr: Expr) -> frozenset[str]:
    """The kinds of the events that a norm is about: those of the quantifiers that it begins with."""
    found: set[str] = set()
    while isinstance(expr, ast.Quant) and expr.mode != "some":
        found.add(expr.kind)
        if expr.body is None:
            break
        expr = expr.body
    return frozenset(found)


def next_on(broken: Sequence[str], axioms: Mapping[str, Typed], goal: Typed, demands: Demands) -> list[str]:
    """Which of the formulas that a story breaks to switch on: those about what the goal speaks of come first.

    Among equals all that demand no event, else the first one.
    """
    spoken = frozenset(node.kind for node in nodes(goal.expr) if isinstance(node, ast.Quant | ast.Pick))
    near = [name for name in broken if leading_kinds(axioms[name].expr) <= spoken] or list(broken)
    plain = [name for name in near if not demands.of(axioms[name].expr)]
    return plain or near[:1]


__all__ = ["Demands", "leading_kinds", "next_on"]
