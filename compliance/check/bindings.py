"""For which events a formula fails: the bindings of the quantifiers that it begins with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import DUE, OPEN, Env, Evaluator
from compliance.norm.facts import Event

MOST = 100
"""So many failing bindings of one formula are told apart; a record with more is told of the first ones."""

Binding = Mapping[str, Event]


def failing(evaluator: Evaluator, expr: Expr) -> list[Binding]:
    """The bindings for which a formula fails, in order of day; one empty binding where it begins with none."""
    found: list[Binding] = []
    for env, body in _leading(evaluator, expr, {}):
        if len(found) == MOST:
            break
        if not evaluator.truth(body, env):
            found.append({name: value for name, value in env.items() if isinstance(value, Event)})
    return found


def open_duties(evaluator: Evaluator, expr: Expr) -> list[tuple[Binding, int]]:
    """The duties that are not discharged and not past their last day at `as_of`, with that day.

    NOTE(due) in norm/evaluate.py: a duty that holds open and fails closed.
    """
    found: list[tuple[Binding, int]] = []
    for env, body in _leading(evaluator, expr, {}):
        if isinstance(body, ast.Due) and evaluator.profile[DUE] == OPEN and not evaluator.truth(body.body, env):
            last = evaluator.day(body.day, env)
            if evaluator.facts.as_of <= last:
                found.append(({name: value for name, value in env.items() if isinstance(value, Event)}, last))
    return found


def _leading(evaluator: Evaluator, expr: Expr, env: Env) -> Iterator[tuple[Env, Expr]]:
    """Every binding of the leading quantifiers that their guards admit, with what must hold for it."""
    if not isinstance(expr, ast.Quant) or expr.mode == "some" or expr.body is None:
        yield env, expr
        return
    for event in evaluator.candidates(expr.var, expr.kind, expr.guard, env):
        inner = {**env, expr.var: event}
        if expr.mode == "every":
            yield from _leading(evaluator, expr.body, inner)
        else:
            yield inner, ast.Not(expr.body)
