"""What a norm says once readings and parameters have their values, and which norms of two laws say different things.

Two norms say the same if their formulas agree after the readings are decided and every parameter is replaced by its
value, down through the definitions they call. This is how a change that only touches words is known to touch nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from attrs import define, field, frozen

from compliance.law.model import Law, Norm
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Definition, Profile, Program, Typed
from compliance.norm.show import show
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.types import BOOL, PERIOD, QUARTER_DAY, EventType, Period, Type
from compliance.norm.walk import nodes, rebuilt

TRUE, FALSE = ast.Literal(True, BOOL), ast.Literal(False, BOOL)
OLD = "old_"
"""Before the names of definitions and parameters that only the old law has in this form."""


def truth(value: bool) -> Expr:
    """`true` or `false`."""
    return TRUE if value else FALSE


def fold(expr: Expr, profile: Profile, params: Mapping[str, object], seen: dict[str, str | None] | None = None) -> Expr:
    """The formula under one profile: readings decided, parameters replaced, what is decided by that dropped.

    The readings that were met on the way are noted in `seen`, with their values.
    """

    def change(part: Expr) -> Expr:
        if isinstance(part, ast.Case):
            if seen is not None:
                seen[part.reading] = profile.get(part.reading)
            if part.reading in profile:
                return change(dict(part.branches)[profile[part.reading]])
        if isinstance(part, ast.Param) and part.name in params:
            value = params[part.name]
            return ast.Literal(value, PERIOD if isinstance(value, Period) else QUARTER_DAY)  # type: ignore[arg-type]
        return _simple(rebuilt(part, change))

    return change(expr)


def _is(expr: Expr | None, value: bool) -> bool:
    return isinstance(expr, ast.Literal) and expr.value is value


def _simple(expr: Expr) -> Expr:
    """One step of simplification; what it contains is simple already."""
    match expr:
        case ast.And(items=items):
            return _joined(items, False)
        case ast.Or(items=items):
            return _joined(items, True)
        case ast.Not(body=ast.Literal(value=bool() as value)):
            return truth(not value)
        case ast.If(condition=ast.Literal(value=bool() as value), then=then, otherwise=otherwise):
            return then if value else otherwise
        case ast.Implies(left=left, right=right):
            if _is(left, False) or _is(right, True):
                return TRUE
            return right if _is(left, True) else expr
        case ast.Quant(mode=mode, guard=guard, body=body):
            if _is(guard, False) or (_is(body, False) and mode != "every") or (_is(body, True) and mode == "every"):
                return truth(mode != "some")
            return expr
        case _:
            return expr


def _joined(items: tuple[Expr, ...], absorbing: bool) -> Expr:
    kind = ast.Or if absorbing else ast.And
    left = [item for item in items if not _is(item, not absorbing)]
    if any(_is(item, absorbing) for item in left):
        return truth(absorbing)
    if not left:
        return truth(not absorbing)
    return left[0] if len(left) == 1 else kind(tuple(left))


Consulted = Mapping[str, str | None]
"""Readings that a meaning turns on, each with the value it had; None where it was left open."""


@define
class Meanings:
    """The meanings of one program under one profile, as short hashes.

    A meaning is remembered with the readings that it turns on: under a profile that gives those the same values it is
    the same, and `under` hands the memory on.
    """

    program: Program
    profile: Profile
    memory: dict[int | str, list[tuple[Expr, Consulted, str]]] = field(factory=dict)
    """By the name of a definition, or by which formula it is."""

    def under(self, profile: Profile) -> Meanings:
        """The same program under another profile."""
        return Meanings(self.program, profile, self.memory)

    def definition(self, name: str) -> str:
        """The meaning of a definition, those it calls included."""
        return self._definition(name)[1]

    def formula(self, typed: Typed) -> str:
        """The meaning of a checked formula."""
        return self._remembered(id(typed.expr), typed.expr, lambda: "")[1]

    def _definition(self, name: str) -> tuple[Consulted, str]:
        each = self.program.definitions[name]
        return self._remembered(name, each.body, lambda: _head(each))

    def _remembered(self, key: int | str, body: Expr, head: Callable[[], str]) -> tuple[Consulted, str]:
        known = self.memory.setdefault(key, [])
        for _, consulted, result in known:
            if all(self.profile.get(name) == value for name, value in consulted.items()):
                return consulted, result
        readings, result = self._hash(head(), body)
        known.append((body, readings, result))
        return readings, result

    def _hash(self, head: str, body: Expr) -> tuple[Consulted, str]:
        seen: dict[str, str | None] = {}
        folded = fold(body, self.profile, self.program.params, seen)
        parts = [head, show(folded)]
        for name in sorted({node.name for node in nodes(folded) if isinstance(node, ast.Call)}):
            consulted, result = self._definition(name)
            seen.update(consulted)
            parts.append(f"{name}={result}")
        return seen, hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def _head(definition: Definition) -> str:
    params = " ".join(f"{param}:{_type(of)}" for param, of in definition.params)
    return f"{params} {definition.result!r}"


def _type(of: Type) -> str:
    """A type as words that are the same in every run."""
    return ",".join(sorted(of.kinds)) if isinstance(of, EventType) else repr(of)


@frozen(eq=False)
class Difference:
    """Two laws side by side under one profile.

    `gone` are the norms of the old law that the new one does not say, `come` those that only the new law says;
    `definitions` are the names whose meaning differs.
    """

    old: Law
    new: Law
    profile: Profile
    gone: tuple[Norm, ...]
    come: tuple[Norm, ...]
    common: tuple[Norm, ...]
    definitions: frozenset[str]

    @property
    def same(self) -> bool:
        """Whether the two laws say the same under this profile."""
        return not (self.gone or self.come)

    @property
    def units(self) -> tuple[str, ...]:
        """The units whose norms differ, in the order of the new law, then those that are gone."""
        return tuple(dict.fromkeys(norm.unit for norm in (*self.come, *self.gone)))


def difference(
    old: Law, new: Law, profile: Profile, one: Meanings | None = None, other: Meanings | None = None
) -> Difference:
    """Which norms differ under a profile; the meanings of either law, where somebody has them already."""
    one, other = one or Meanings(old.program, profile), other or Meanings(new.program, profile)
    was = {norm.id: one.formula(norm.typed) for norm in old.norms}
    now = {norm.id: other.formula(norm.typed) for norm in new.norms}
    before, after = set(was.values()), set(now.values())
    names = {*old.program.definitions, *new.program.definitions}
    return Difference(
        old=old,
        new=new,
        profile=profile,
        gone=tuple(norm for norm in old.norms if was[norm.id] not in after),
        come=tuple(norm for norm in new.norms if now[norm.id] not in before),
        common=tuple(norm for norm in new.norms if now[norm.id] in before),
        definitions=frozenset(name for name in names if _differ(name, one, other)),
    )


def _differ(name: str, one: Meanings, other: Meanings) -> bool:
    if name not in one.program.definitions or name not in other.program.definitions:
        return True
    return one.definition(name) != other.definition(name)


@frozen(eq=False)
class Both:
    """One program that holds the new law and, under other names, what is different in the old one."""

    program: Program
    gone: Mapping[str, Typed]
    """The old law's own norms by id, in the words of this program."""
    come: Mapping[str, Typed]
    common: Mapping[str, Typed]
    world: Mapping[str, Typed]


def both(found: Difference) -> Both:
    """The two laws in one program."""
    old, new = found.old.program, found.new.program
    params = {name for name, value in old.params.items() if new.params.get(name) != value}
    names = found.definitions & old.definitions.keys()

    def renamed(part: Expr) -> Expr:
        part = rebuilt(part, renamed)
        if isinstance(part, ast.Call) and part.name in names:
            return ast.Call(OLD + part.name, part.args)
        if isinstance(part, ast.Param) and part.name in params:
            return ast.Param(OLD + part.name, part.type)
        return part

    kept = {
        OLD + name: Definition(OLD + name, each.params, each.result, renamed(each.body))
        for name, each in old.definitions.items()
        if name in names
    }
    program = Program(
        vocabulary=new.vocabulary,
        definitions={**new.definitions, **kept},
        readings=new.readings,
        params={**new.params, **{OLD + name: old.params[name] for name in params}},
        notions=new.notions,
    )
    scope = Scope(program)
    return Both(
        program=program,
        gone={norm.id: check_expr(renamed(norm.expr), scope) for norm in found.gone},
        come={norm.id: norm.typed for norm in found.come},
        common={norm.id: norm.typed for norm in found.common},
        world={fact.id: fact.typed for fact in found.new.world},
    )


def conjunction(parts: Mapping[str, Typed], program: Program) -> Typed:
    """All of some formulas at once."""
    exprs = tuple(typed.expr for typed in parts.values())
    return check_expr(exprs[0] if len(exprs) == 1 else ast.And(exprs) if exprs else TRUE, Scope(program))


__all__ = ["Both", "Difference", "Meanings", "both", "conjunction", "difference", "fold", "truth"]
