"""The arguments of definitions as values of their own: events by slot, constants, and terms evaluated when needed.

Equal keys mean equal values over the same slots, so that what one norm asked is known to all others (NOTE(memory) in
evaluate.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, assert_never

from attrs import define, field

from compliance.bulk.frames import Frame
from compliance.bulk.plan import Plan
from compliance.bulk.values import Number, Row, Value, number
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Profile
from compliance.norm.types import Period, QuarterDay

Bound: TypeAlias = "Row | Later | Number | Period | QuarterDay"
Env: TypeAlias = Mapping[str, Bound]
Key: TypeAlias = tuple[object, ...]


@define(eq=False)
class Later:
    """A term passed to a definition: evaluated when it is first asked for, in the frame where it was passed."""

    expr: Expr
    env: Env
    home: Frame
    value: Value | None = None


def constant(plan: Plan, expr: ast.Literal) -> Number | Period | QuarterDay:
    if isinstance(expr.value, Period | QuarterDay):
        return expr.value
    return number(plan.codes.plain(expr.type, expr.value), given=True)


def bound(plan: Plan, arg: Expr, env: Env, frame: Frame) -> Bound:
    """An argument: an event, a constant, or a term that is not evaluated yet."""
    match arg:
        case ast.Var(name=name):
            return env[name]
        case ast.Literal():
            return constant(plan, arg)
        case ast.Param(name=name):
            return plan.program.params[name]
        case _:
            return Later(arg, {name: env[name] for name in plan.of(arg).free}, frame)


@define(eq=False)
class Keys:
    """The keys of arguments under one profile: equal keys mean equal values."""

    plan: Plan
    profile: Profile
    signatures: dict[int, Key] = field(factory=dict)

    def signature(self, expr: Expr) -> Key:
        """The values of the readings on which an expression can turn."""
        if id(expr) not in self.signatures:
            self.signatures[id(expr)] = tuple(self.profile[name] for name in self.plan.readings(expr))
        return self.signatures[id(expr)]

    def of_free(self, expr: Expr, env: Env, slots: dict[int, int] | None) -> Key:
        """The keys of what is free in an expression, and its signature."""
        return (self.signature(expr), *(self.of(env[name], slots) for name in self.plan.of(expr).free))

    def of(self, what: Bound, slots: dict[int, int] | None) -> Key:
        """The key of one argument; `slots` numbers the slots anew as they are met (None: as they are)."""
        match what:
            case Row(slot=slot):
                return ("row", slot if slots is None else slots.setdefault(slot, len(slots)))
            case Later(expr=expr, env=env):
                return ("term", id(expr), self.of_free(expr, env, slots))
            case Number(lo=lo):
                return ("code", lo)
            case Period() | QuarterDay():
                return ("constant", what)
            case _:
                assert_never(what)


def moved(what: Bound, slots: Mapping[int, int], full: Frame) -> Bound:
    """The same argument over the slots of a full table."""
    match what:
        case Row(slot=slot, kind=kind):
            return Row(slots[slot], kind)
        case Later(expr=expr, env=env):
            return Later(expr, {name: moved(each, slots, full) for name, each in env.items()}, full)
        case _:
            return what
