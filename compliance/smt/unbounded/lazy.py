"""Formulas as one-sided conditions whose quantifiers are literals, instantiated only as a proof needs them.

`wants(expr, env, side)` is a condition that forces the formula to have that side. An `exists` is a literal that
promises a witness: an event of the domain or, as long as its flag is not assumed away, one outside it. A `for all`
is a literal that holds for each event once it is instantiated there. In every real record the literals can be
chosen so that all this is true: what contradicts it is proved for any number of events.

Twin of norm/evaluate.py in its cases; terms are those of smt/encode.py.
"""

from __future__ import annotations

from collections.abc import Callable

import z3
from attrs import define, evolve, field

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import OPEN
from compliance.norm.types import BOOL, EventType
from compliance.norm.walk import nodes, with_variable
from compliance.smt.encode import Encoder, Env
from compliance.smt.terms import Cond, Num, all_, and_, any_, eq, implies, le, not_, or_
from compliance.smt.unbounded.domain import Domain
from compliance.smt.unbounded.shapes import Shapes
from compliance.smt.values import Atom, Sym, key, options, ordered, same, select, truth
from compliance.timeline.model import Slot

Key = tuple[object, ...]
Instance = Callable[[Slot], Cond]


@define(eq=False)
class Exists:
    """`literal` promises an event of `kind` for which `instance` holds; `flag` is open while it may lie outside."""

    literal: z3.BoolRef
    kind: str
    instance: Instance
    depth: int
    flag: str
    tried: set[int] = field(factory=set)
    closed: bool = False


@define(eq=False)
class Forall:
    """`literal` makes `instance` hold for every event of `kind`; `done` are those where that was stated."""

    literal: z3.BoolRef
    kind: str
    instance: Instance
    done: set[int] = field(factory=set)


@define(eq=False)
class Lazy(Encoder):
    """Encodes formulas over a growing domain."""

    shapes: Shapes = field(factory=Shapes)
    exists: dict[str, Exists] = field(factory=dict)
    """By flag, in the order in which they were made."""
    forall: dict[int, Forall] = field(factory=dict)
    known: dict[Key, Cond] = field(factory=dict)
    days: dict[Key, Sym] = field(factory=dict)
    axioms: set[Key] = field(factory=set)
    plain: dict[int, tuple[Expr, bool]] = field(factory=dict)

    @property
    def domain(self) -> Domain:
        assert isinstance(self.record, Domain)
        return self.record

    # formulas

    def wants(self, expr: Expr, env: Env, side: bool) -> Cond:
        match expr:
            case ast.Not(body=body):
                return self.wants(body, env, not side)
            case ast.And(items=items):
                return self._joined(items, env, side, side)
            case ast.Or(items=items):
                return self._joined(items, env, side, not side)
            case ast.Implies(left=left, right=right):
                parts = (self.wants(left, env, not side), self.wants(right, env, side))
                return or_(*parts) if side else and_(*parts)
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                yes = and_(self.wants(condition, env, True), self.wants(then, env, side))
                return or_(yes, and_(self.wants(condition, env, False), self.wants(otherwise, env, side)))
            case ast.Case(reading=reading, branches=branches):
                parts_of = dict(branches)
                chosen = options(self.reading(reading))
                return any_(and_(cond, self.wants(parts_of[str(name)], env, side)) for name, cond in chosen)
            case ast.Due(day=day, body=body):
                return self._due(day, body, env, side)
            case ast.Quant():
                return self._quantifier(expr, env, side)
            case ast.Call():
                return self._defined(expr, env, side)
            case _:
                cond = truth(super().value(expr, env))
                return cond if side else not_(cond)

    def _joined(self, items: tuple[Expr, ...], env: Env, side: bool, every: bool) -> Cond:
        parts: list[Cond] = []
        for item in items:
            part = self.wants(item, env, side)
            if part is not every:
                if isinstance(part, bool):
                    return part
                parts.append(part)
        return all_(parts) if every else any_(parts)

    def _due(self, day: Expr, body: Expr, env: Env, side: bool) -> Cond:
        """NOTE(due) in norm/evaluate.py."""
        is_open = same(self.reading("due:mode"), OPEN)
        not_past = and_(is_open, ordered("<=", self.record.constant("as_of"), self.value(day, env)))
        if side:
            return or_(self.wants(body, env, True), not_past)
        return and_(self.wants(body, env, False), not_(not_past))

    def _quantifier(self, expr: ast.Quant, env: Env, side: bool) -> Cond:
        positive_body = expr.mode != "every"
        env = {name: env[name] for name in self.shapes.of(expr).free}
        self._first_or_last(expr, env)

        def member(slot: Slot) -> Cond:
            inner = {**env, expr.var: slot}
            guard = True if expr.guard is None else self.wants(expr.guard, inner, True)
            if guard is False:
                return False
            body = positive_body if expr.body is None else self.wants(expr.body, inner, positive_body)
            return and_(guard, body)

        def no_member(slot: Slot) -> Cond:
            inner = {**env, expr.var: slot}
            outside = False if expr.guard is None else self.wants(expr.guard, inner, False)
            if outside is True:
                return True
            body = not positive_body if expr.body is None else self.wants(expr.body, inner, not positive_body)
            return or_(outside, body)

        asserts = (expr.mode == "some") == side
        name = self.key_of(expr, env)
        return self.promise(name, expr.kind, member, env) if asserts else self.rule(name, expr.kind, no_member)

    def promise(self, name: Key, kind: str, instance: Instance, env: Env) -> z3.BoolRef:
        """The literal of an `exists`."""
        known = self.known.get(("exists", *name))
        if known is not None:
            assert isinstance(known, z3.BoolRef)
            return known
        literal = self.world.bool(self.world.fresh("E"))
        flag = self.world.fresh("nu")
        self.world.name(flag, self.world.bool(flag))
        self.world.fact(implies(literal, self.world.named[flag]))
        depth = max((self.domain.depth[each.index] for each in env.values() if isinstance(each, Slot)), default=0)
        self.exists[flag] = Exists(literal, kind, instance, depth + 1, flag)
        self._opposed(name, "exists", literal)
        return literal

    def rule(self, name: Key, kind: str, instance: Instance) -> z3.BoolRef:
        """The literal of a `for all`."""
        known = self.known.get(("forall", *name))
        if known is not None:
            assert isinstance(known, z3.BoolRef)
            return known
        literal = self.world.bool(self.world.fresh("A"))
        self.forall[literal.get_id()] = Forall(literal, kind, instance)
        self._opposed(name, "forall", literal)
        return literal

    def _opposed(self, name: Key, side: str, literal: z3.BoolRef) -> None:
        """Remembers a literal; it and the one for the other side never hold together."""
        self.known[side, *name] = literal
        for other in ("exists", "forall", "yes", "no"):
            if other != side and (other, *name) in self.known:
                self.world.fact(or_(not_(literal), not_(self.known[other, *name])))

    def key_of(self, expr: Expr, env: Env) -> Key:
        """The shape of a formula, and what its free variables stand for."""
        shape = self.shapes.of(expr)
        values = [env[name] for name in shape.free]
        self.world.keep(values)
        return (shape.id, *map(key, values))

    def _defined(self, expr: ast.Call, env: Env, side: bool) -> Cond:
        definition = self.program.definitions[expr.name]
        args = tuple(self.value(arg, env) for arg in expr.args)
        name: Key = ("call", expr.name, *map(key, args))
        word = "yes" if side else "no"
        known = self.known.get((word, *name))
        if known is not None:
            return known
        self.world.keep(args)
        inner = dict(zip((param for param, _ in definition.params), args, strict=True))
        body = self.wants(definition.body, inner, side)
        if isinstance(body, bool) or z3.is_const(body) or (z3.is_not(body) and z3.is_const(body.arg(0))):
            self.known[word, *name] = body
            return body
        literal = self.world.bool(self.world.fresh(expr.name))
        self.world.fact(implies(literal, body))
        self._opposed(name, word, literal)
        return literal

    # terms

    def truth(self, expr: Expr, env: Env) -> Cond:
        """A condition that is the formula's value, both ways."""
        if self._is_plain(expr):
            return self.wants(expr, env, True)
        name: Key = ("decided", *self.key_of(expr, env))
        if name not in self.known:
            yes, no = self.wants(expr, env, True), self.wants(expr, env, False)
            decided = self.world.bool(self.world.fresh("decided"))
            self.world.fact(implies(decided, yes), implies(not_(decided), no))
            self.known[name] = decided
        return self.known[name]

    def _is_plain(self, expr: Expr) -> bool:
        """Whether a formula has no quantifier, in definitions neither."""
        if id(expr) not in self.plain:
            bodies = [self.program.definitions[n.name].body for n in nodes(expr) if isinstance(n, ast.Call)]
            found = not any(isinstance(node, ast.Quant | ast.Pick | ast.Due) for node in nodes(expr))
            self.plain[id(expr)] = expr, found and all(map(self._is_plain, bodies))
        return self.plain[id(expr)][1]

    def value(self, expr: Expr, env: Env) -> Sym:
        if isinstance(expr, ast.Not | ast.And | ast.Or | ast.Implies | ast.Due | ast.Quant):
            return self.truth(expr, env)
        return super().value(expr, env)

    def call(self, expr: ast.Call, env: Env) -> Sym:
        definition = self.program.definitions[expr.name]
        if definition.result == BOOL:
            return self.truth(expr, env)
        args = tuple(self.value(arg, env) for arg in expr.args)
        name: Key = (expr.name, *map(key, args))
        if name not in self.days:
            self.world.keep(args)
            inner = dict(zip((param for param, _ in definition.params), args, strict=True))
            self.days[name] = self.world.define(expr.name, self.value(definition.body, inner))
        return self.days[name]

    def pick(self, expr: ast.Pick, env: Env) -> Sym:
        env = {name: env[name] for name in self.shapes.of(expr).free}
        name = self.key_of(expr, env)
        if name not in self.days:
            self.days[name] = self._picked(expr, env, name)
        return self.days[name]

    def _picked(self, expr: ast.Pick, env: Env, name: Key) -> Sym:
        """A day that is that of a first (or last) event, if there is any: the least-element axiom is built in."""
        day = self.world.number(self.world.fresh(expr.order), [self.domain.days])
        some = self.world.bool(self.world.fresh("some"))

        def guard(slot: Slot, side: bool) -> Cond:
            return side if expr.guard is None else self.wants(expr.guard, {**env, expr.var: slot}, side)

        def is_it(slot: Slot) -> Cond:
            return and_(guard(slot, True), eq(self.record.date(slot), day))

        def bounded(slot: Slot) -> Cond:
            date = self.record.date(slot)
            return or_(guard(slot, False), le(day, date) if expr.order == "first" else le(date, day))

        facts = (
            implies(some, self.promise(("is it", *name), expr.kind, is_it, env)),
            implies(some, self.rule(("bounded", *name), expr.kind, bounded)),
            implies(not_(some), self.rule(("none", *name), expr.kind, lambda slot: guard(slot, False))),
        )
        self.world.fact(*facts)
        return select([(some, day), (not_(some), self.value(expr.otherwise, env))])

    def _attribute(self, base: Atom, name: str) -> Sym:
        if isinstance(base, Num):
            return self.domain.post(base, name)
        return super()._attribute(base, name)

    # the least-element axiom

    def _first_or_last(self, expr: ast.Quant, env: Env) -> None:
        """If any event fulfils the rest of `no y with y.date < x.date and ...`, then a first one does (or a last)."""
        found = extreme(expr)
        if found is None:
            return
        rest, first = found
        name = (first, *self.key_of(rest, env))
        if name in self.axioms:
            return
        self.axioms.add(name)
        axiom = least(rest, first)
        self.world.fact(self.wants(axiom, env, True))


def _conjuncts(expr: Expr | None) -> tuple[Expr, ...]:
    if expr is None:
        return ()
    return tuple(part for item in expr.items for part in _conjuncts(item)) if isinstance(expr, ast.And) else (expr,)


def extreme(expr: ast.Quant) -> tuple[ast.Quant, bool] | None:
    """The condition without its comparison of days, and whether it says `earlier`; None where there is none."""
    if expr.mode == "every":
        return None
    parts = (*_conjuncts(expr.guard), *_conjuncts(expr.body))
    for at, part in enumerate(parts):
        other = _compared(part, expr)
        if other is None:
            continue
        rest = tuple(each for i, each in enumerate(parts) if i != at)
        name, first = other
        if not any(isinstance(n, ast.Var) and n.name == name for each in rest for n in nodes(each)):
            guard = ast.And(rest) if len(rest) > 1 else rest[0] if rest else None
            return ast.Quant("some", expr.var, expr.kind, guard, None), first
    return None


def _compared(part: Expr, expr: ast.Quant) -> tuple[str, bool] | None:
    """`y.date < x.date` with x another event of the kind: its name, and True; with the order turned, False."""
    match part:
        case ast.Compare(
            op="<" | ">" as op,
            left=ast.Attr(base=ast.Var() as a, name="date"),
            right=ast.Attr(base=ast.Var() as b, name="date"),
        ):
            if op == ">":
                a, b = b, a
            for mine, other, first in ((a, b, True), (b, a, False)):
                kinds = other.type.kinds if isinstance(other.type, EventType) else frozenset()
                if mine.name == expr.var != other.name and expr.kind in kinds:
                    return other.name, first
    return None


def least(rest: ast.Quant, first: bool) -> Expr:
    """`no y with R(y) or some y with R(y): no z with R(z) and z.date < y.date`."""
    of = EventType(frozenset({rest.kind}))
    taken = frozenset(node.name for node in nodes(rest) if isinstance(node, ast.Var)) | {rest.var}
    z = ast.Var(next(f"{rest.var}{'_' * i}" for i in range(1, 99) if f"{rest.var}{'_' * i}" not in taken), of)
    y = ast.Var(rest.var, of)
    dates = (ast.Attr(z, "date"), ast.Attr(y, "date"))
    before = ast.Compare("<", *(dates if first else dates[::-1]))
    inner = () if rest.guard is None else _conjuncts(with_variable(rest.guard, rest.var, z, taken))
    better = ast.Quant("no", z.name, rest.kind, ast.And((*inner, before)) if inner else before, None)
    return ast.Or((evolve(rest, mode="no"), evolve(rest, body=better)))


__all__ = ["Exists", "Forall", "Lazy", "extreme", "least"]
