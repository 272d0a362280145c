"""For which events a norm is triggered: the bindings of the quantifiers that it begins with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import Evaluator
from compliance.norm.facts import Event

Binding = Mapping[str, Event]


def triggered(evaluator: Evaluator, expr: Expr) -> Iterator[Binding]:
    """Every binding that the guards of the leading `every`s (and a `no` after them) admit, in order of day.

    One empty binding for a formula that begins with no such quantifier. A norm that nothing triggers holds, but is
    not kept.
    """
    yield from _leading(evaluator, expr, {})


def _leading(evaluator: Evaluator, expr: Expr, binding: Binding) -> Iterator[Binding]:
    if not isinstance(expr, ast.Quant) or expr.mode == "some" or expr.body is None:
        yield binding
        return
    for event in evaluator.candidates(expr.var, expr.kind, expr.guard, dict(binding)):
        inner = {**binding, expr.var: event}
        if expr.mode == "every":
            yield from _leading(evaluator, expr.body, inner)
        else:
            yield inner
