"""The obligations of a law as formulas: situations that must be possible, and norms that must be breakable alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from attrs import frozen

from compliance.law.model import Law, Norm
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Typed
from compliance.norm.typecheck import Scope
from compliance.norm.types import Enum, EventType
from compliance.norm.vocabulary import Words
from compliance.norm.walk import with_variable
from compliance.prove.questions import premise_of, retyped

Sort = Literal["event", "officer", "kept", "alone", "pair", "days", "input", "way"]


@frozen(eq=False)
class Obligation:
    """Something that must be possible under the whole law, or (`alone`) under all of it but one norm."""

    id: str
    sort: Sort
    says: Words
    goal: Typed
    without: str | None = None
    """The norm that is broken."""


def situations(law: Law) -> Iterator[Obligation]:
    """Each kind of event, each kind of officer who may be enrolled, each trigger, each pair of triggers of one act."""
    scope = Scope(law.program)
    yield from _events(law, scope)
    yield from _officers(law, scope)
    for norm in law.norms:
        asked = premise_of(norm.expr)
        if asked is not None:
            says = Words(
                f"`{norm.id}` can be kept with its trigger met",
                f"норму `{norm.id}` можно соблюсти, когда она применима",
            )
            yield Obligation(f"kept:{norm.id}", "kept", says, retyped(asked, scope))
    for first, second in combinations(law.norms, 2):
        both = common_trigger(first, second)
        if both is not None:
            says = Words(
                f"`{first.id}` and `{second.id}` can be kept on a common trigger",
                f"нормы `{first.id}` и `{second.id}` можно соблюсти вместе, когда применимы обе",
            )
            yield Obligation(f"pair:{first.id}+{second.id}", "pair", says, retyped(both, scope))


def breakable(law: Law) -> Iterator[Obligation]:
    """Each norm, broken while all others are kept."""
    scope = Scope(law.program)
    for norm in law.norms:
        says = Words(f"`{norm.id}` can be broken alone", f"норму `{norm.id}` можно нарушить, соблюдая остальные")
        yield Obligation(f"alone:{norm.id}", "alone", says, retyped(ast.Not(norm.expr), scope), norm.id)


def _events(law: Law, scope: Scope) -> Iterator[Obligation]:
    for name, kind in law.vocabulary.kinds.items():
        says = Words(f"an event `{name}` is possible", f"событие «{kind.words.ru}» возможно")
        yield Obligation(f"event:{name}", "event", says, retyped(ast.Quant("some", "x", name, None, None), scope))


def _officers(law: Law, scope: Scope) -> Iterator[Obligation]:
    """Officers by each value of each attribute that is a choice, with each notion of the law (an enrolment)."""
    for notion in law.program.notions.values():
        some: Expr = ast.Quant("some", notion.var, notion.kind, notion.where, None, notion=notion.name)
        for name, attribute in law.vocabulary.officer.items():
            if not isinstance(attribute.type, Enum):
                continue
            for value in law.vocabulary.enumerations[attribute.type.name].values:
                is_so = ast.Compare("=", ast.Attr(ast.OfficerRef(), name), ast.Literal(value, attribute.type))
                says = Words(
                    f"an officer with `{name}` `{value}` can have an {notion.words.en}",
                    f"для сотрудника с `{name}` `{value}` возможно: {notion.words.ru}",
                )
                goal = retyped(ast.And((is_so, some)), scope)
                yield Obligation(f"officer:{name}.{value}:{notion.name}", "officer", says, goal)


def common_trigger(first: Norm, second: Norm) -> Expr | None:
    """One event that triggers both norms."""
    a, b = first.expr, second.expr
    if not (isinstance(a, ast.Quant) and isinstance(b, ast.Quant)) or a.mode != "every" or b.mode != "every":
        return None
    if a.kind != b.kind or first.unit == second.unit:
        return None
    left, right = premise_of(a), premise_of(b)
    if not (isinstance(left, ast.Quant) and isinstance(right, ast.Quant)):
        return None
    var = ast.Var(a.var, EventType(frozenset({a.kind})))
    taken = frozenset({a.var})
    parts = [part for part in (left.guard, left.body) if part is not None]
    parts += [with_variable(part, b.var, var, taken) for part in (right.guard, right.body) if part is not None]
    guard = ast.And(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
    return ast.Quant("some", a.var, a.kind, guard, None)


__all__ = ["Obligation", "breakable", "common_trigger", "situations"]
