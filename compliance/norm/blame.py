"""Why a norm fails: for which events, in which part, with the values on both sides.

`blame` follows the evaluator case by case and keeps what made the difference. A formula that is false is explained
by its false parts; below a `not`, by the true ones. Definitions are unfolded as far as MOST_UNFOLDED.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, assert_never

from attrs import frozen

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import CLOSED, DUE, OPEN, Bound, Env, Evaluator
from compliance.norm.facts import Event
from compliance.norm.program import Typed
from compliance.norm.show import show
from compliance.norm.walk import nodes

MOST_FAILURES: Final = 300
MOST_WITNESSES: Final = 3
MOST_UNFOLDED: Final = 12
MOST_PARTS: Final = 60

Reason = Literal[
    "comparison",  # two values: `sides`
    "attribute",  # one value: `sides`
    "reading",  # the value of a reading: `sides`
    "constant",  # true or false as it stands
    "all",  # a quantified part that holds of all events or of none: nothing further to show
    "no_such_event",  # a `some` without an event; `parts` say where the candidates fail
    "such_event",  # an event that should not be: `event`
    "for_event",  # an `every` inside, and the event it fails for: `event`
    "either",  # all sides of an `or` fail: `parts`
    "due",  # a duty that is not discharged; `sides` has its last day
    "definition",  # a definition too deep to unfold
]


@frozen
class Side:
    """A term as it is written, and its value on this record."""

    expr: Expr
    text: str
    value: Bound


@frozen
class Part:
    """A smallest part that decided, or a step on the way to one.

    `holds` says whether the part is true: below a `not` it is the true parts that break a norm. `via` names the
    definitions in which the part stands, from the outermost; `env` has the values of its variables.
    """

    reason: Reason
    expr: Expr
    holds: bool
    env: Env
    sides: tuple[Side, ...] = ()
    event: Event | None = None
    parts: tuple[Part, ...] = ()
    via: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return show(self.expr)


@frozen
class Failure:
    """One way in which a norm fails."""

    bindings: tuple[tuple[str, Event], ...]
    """The variables of the quantifiers that the norm begins with."""
    parts: tuple[Part, ...]
    events: tuple[Event, ...]
    """What the failure rests on: the bindings first, then the events of the failing parts."""

    @property
    def env(self) -> dict[str, Bound]:
        return dict(self.bindings)


@frozen
class Pending:
    """A duty that is triggered, not discharged, and whose last day is not past."""

    bindings: tuple[tuple[str, Event], ...]
    day: int
    due: Part


def blame(evaluator: Evaluator, norm: Typed) -> tuple[Failure, ...]:
    """Every failing binding of a formula that is false, in the order of days; empty where it holds.

    At most MOST_FAILURES. The readings that the evaluator has noted as consulted stay as they are.
    """
    return tuple(_failures(_twin(evaluator, evaluator.profile[DUE]), norm.expr))


def pending(evaluator: Evaluator, norm: Typed) -> tuple[Pending, ...]:
    """The open duties of a norm that holds for now: each with its binding and its last day, the nearest first."""
    closed = _twin(evaluator, CLOSED)
    as_of = evaluator.facts.as_of
    found = [
        Pending(failure.bindings, due.sides[0].value, due)
        for failure in _failures(closed, norm.expr)
        for due in _dues(failure.parts)
        if isinstance(due.sides[0].value, int) and as_of <= due.sides[0].value
    ]
    return tuple(sorted(found, key=lambda each: each.day))


def _twin(evaluator: Evaluator, mode: str) -> Evaluator:
    assert mode in (OPEN, CLOSED)
    profile = {**evaluator.profile, DUE: mode}
    return Evaluator(evaluator.program, evaluator.calendar, evaluator.facts, profile, evaluator.memory)


def _failures(evaluator: Evaluator, expr: Expr) -> Iterator[Failure]:
    left = MOST_FAILURES
    for bindings, parts in _leading(evaluator, expr, ()):
        yield Failure(bindings, parts, _events(bindings, parts))
        left -= 1
        if not left:
            return


def _leading(
    evaluator: Evaluator, expr: Expr, bindings: tuple[tuple[str, Event], ...]
) -> Iterator[tuple[tuple[tuple[str, Event], ...], tuple[Part, ...]]]:
    """The failing bindings of the quantifiers that the formula begins with."""
    env: dict[str, Bound] = dict(bindings)
    if isinstance(expr, ast.Quant) and expr.mode == "every" and expr.body is not None:
        for event in evaluator.candidates(expr.var, expr.kind, expr.guard, env):
            yield from _leading(evaluator, expr.body, (*bindings, (expr.var, event)))
    elif isinstance(expr, ast.Quant) and expr.mode == "no":
        for event in _holding(evaluator, expr, env):
            inner = {**env, expr.var: event}
            asked = [part for part in (expr.guard, expr.body) if part is not None]
            parts = [part for each in asked for part in _Search(evaluator).why(each, inner, True)]
            yield (*bindings, (expr.var, event)), tuple(parts)
    elif not evaluator.truth(expr, env):
        yield bindings, _Search(evaluator).why(expr, env, False)


def _holding(evaluator: Evaluator, expr: ast.Quant, env: Env) -> list[Event]:
    """The events of which both guard and body hold."""
    found = evaluator.candidates(expr.var, expr.kind, expr.guard, env)
    body = expr.body
    return found if body is None else [each for each in found if evaluator.truth(body, {**env, expr.var: each})]


def _dues(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        if part.reason == "due" and not part.holds:
            yield part
        else:
            yield from _dues(part.parts)


def _events(bindings: tuple[tuple[str, Event], ...], parts: tuple[Part, ...]) -> tuple[Event, ...]:
    found = {id(event): event for _, event in bindings}
    for event in _mentioned(parts):
        found.setdefault(id(event), event)
    return tuple(found.values())


def _mentioned(parts: tuple[Part, ...]) -> Iterator[Event]:
    for part in parts:
        if part.event is not None:
            yield part.event
        if not part.parts and part.reason not in ("no_such_event", "all"):
            free = (node.name for node in nodes(part.expr) if isinstance(node, ast.Var))
            yield from (event for name in free if isinstance(event := part.env.get(name), Event))
        yield from _mentioned(part.parts)


class _Search:
    """Looks for what decided; `left` bounds the parts of one explanation."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator, self.left = evaluator, MOST_PARTS

    def why(self, expr: Expr, env: Env, holds: bool, via: tuple[str, ...] = ()) -> tuple[Part, ...]:
        """The parts that make the formula true (`holds`) or false, which it is known to be."""
        if self.left <= 0:
            return ()
        match expr:
            case ast.And(items=items):
                return self.several(items, env, holds, via, decisive=not holds)
            case ast.Or(items=items):
                if holds:
                    return self.several(items, env, True, via, decisive=True)
                inner = self.several(items, env, False, via, decisive=False)
                return (self.part("either", expr, env, holds, via, parts=inner),)
            case ast.Not(body=body):
                return self.why(body, env, not holds, via)
            case ast.Implies(left=left, right=right):
                if holds and not self.evaluator.truth(right, env):
                    return self.why(left, env, False, via)
                return self.why(right, env, holds, via)
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                chosen = then if self.evaluator.truth(condition, env) else otherwise
                return self.constant_or(chosen, condition, chosen is then, env, holds, via)
            case ast.Case(reading=reading, branches=branches):
                value = self.evaluator.reading(reading)
                branch = dict(branches)[value]
                if isinstance(branch, ast.Literal):
                    return (self.part("reading", expr, env, holds, via, sides=(Side(expr, reading, value),)),)
                return self.why(branch, env, holds, via)
            case ast.Call():
                return self.call(expr, env, holds, via)
            case ast.Quant():
                return self.quantifier(expr, env, holds, via)
            case ast.Due(day=day, body=body):
                inner = self.why(body, env, self.evaluator.truth(body, env), via)
                return (self.part("due", expr, env, holds, via, sides=(self.side(day, env),), parts=inner),)
            case ast.Compare(left=left, right=right):
                sides = (self.side(left, env), self.side(right, env))
                return (self.part("comparison", expr, env, holds, via, sides=sides),)
            case ast.In(item=item) | ast.Given(item=item):
                return (self.part("attribute", expr, env, holds, via, sides=(self.side(item, env),)),)
            case ast.Has(items=items_, item=item):
                sides = (self.side(items_, env), self.side(item, env))
                return (self.part("attribute", expr, env, holds, via, sides=sides),)
            case ast.Attr():
                return (self.part("attribute", expr, env, holds, via, sides=(self.side(expr, env),)),)
            case ast.Literal():
                return (self.part("constant", expr, env, holds, via),)
            case (
                ast.Name() | ast.Var() | ast.Param() | ast.World() | ast.OfficerRef() | ast.Shift()
                | ast.NextWorkingDay() | ast.QuarterOf() | ast.DayOfQuarter() | ast.Pick()
            ):  # fmt: skip
                raise AssertionError("no formula")
            case _:
                assert_never(expr)

    def several(
        self, items: tuple[Expr, ...], env: Env, holds: bool, via: tuple[str, ...], *, decisive: bool
    ) -> tuple[Part, ...]:
        """The parts of all items, or only of those with that truth value where they decide by themselves."""
        chosen = [item for item in items if not decisive or self.evaluator.truth(item, env) == holds]
        if decisive and holds:
            chosen = chosen[:1]
        return tuple(part for item in chosen for part in self.why(item, env, holds, via))

    def constant_or(
        self, chosen: Expr, condition: Expr, met: bool, env: Env, holds: bool, via: tuple[str, ...]
    ) -> tuple[Part, ...]:
        """A branch of `if`; where it is a bare constant, the condition is what decided."""
        if isinstance(chosen, ast.Literal):
            return self.why(condition, env, met, via)
        return self.why(chosen, env, holds, via)

    def call(self, expr: ast.Call, env: Env, holds: bool, via: tuple[str, ...]) -> tuple[Part, ...]:
        if len(via) >= MOST_UNFOLDED:
            return (self.part("definition", expr, env, holds, via),)
        definition = self.evaluator.program.definitions[expr.name]
        names = (name for name, _ in definition.params)
        args = (self.evaluator.value(arg, env) for arg in expr.args)
        return self.why(definition.body, dict(zip(names, args, strict=True)), holds, (*via, expr.name))

    def quantifier(self, expr: ast.Quant, env: Env, holds: bool, via: tuple[str, ...]) -> tuple[Part, ...]:
        """The events that decided: those that break an `every`, fulfil a `no` or `some`, or nearly fulfil a `some`."""
        if expr.mode == "every":
            if holds:
                return (self.part("all", expr, env, holds, via),)
            body = expr.body
            assert body is not None
            candidates = self.evaluator.candidates(expr.var, expr.kind, expr.guard, env)
            broken = [each for each in candidates if not self.evaluator.truth(body, {**env, expr.var: each})]
            return tuple(
                self.about(
                    "for_event", expr, each, env, holds, via, self.why(body, {**env, expr.var: each}, False, via)
                )
                for each in broken[:MOST_WITNESSES]
            )
        if (expr.mode == "some") == holds:
            found = _holding(self.evaluator, expr, env)[:MOST_WITNESSES]
            asked = [part for part in (expr.guard, expr.body) if part is not None]
            return tuple(
                self.about(
                    "such_event", expr, each, env, holds, via,
                    tuple(part for ask in asked for part in self.why(ask, {**env, expr.var: each}, True, via)),
                )
                for each in found
            )  # fmt: skip
        if expr.mode == "no":
            return (self.part("all", expr, env, holds, via),)
        return (self.part("no_such_event", expr, env, holds, via, parts=self.near(expr, env, via)),)

    def near(self, expr: ast.Quant, env: Env, via: tuple[str, ...]) -> tuple[Part, ...]:
        """Where the events that the guard lets through fail the body."""
        body = expr.body
        if body is None:
            return ()
        found = self.evaluator.candidates(expr.var, expr.kind, expr.guard, env)[:MOST_WITNESSES]
        return tuple(
            self.about("for_event", expr, each, env, False, via, self.why(body, {**env, expr.var: each}, False, via))
            for each in found
        )

    def about(
        self, reason: Reason, expr: Expr, event: Event, env: Env, holds: bool, via: tuple[str, ...],
        parts: tuple[Part, ...],
    ) -> Part:  # fmt: skip
        return self.part(reason, expr, env, holds, via, event=event, parts=parts)

    def side(self, expr: Expr, env: Env) -> Side:
        return Side(expr, show(expr), self.evaluator.value(expr, env))

    def part(
        self, reason: Reason, expr: Expr, env: Env, holds: bool, via: tuple[str, ...], *,
        sides: tuple[Side, ...] = (), event: Event | None = None, parts: tuple[Part, ...] = (),
    ) -> Part:  # fmt: skip
        self.left -= 1
        return Part(reason, expr, holds, dict(env), sides, event, parts, via)


__all__ = ["Failure", "Part", "Pending", "Reason", "Side", "blame", "pending"]
