"""From a theorem to the questions that the solver edge answers: with all its units, without one, its premise."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import evolve, frozen

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.types import BOOL
from compliance.prove.theorem import Theorem
from compliance.smt.natural import Natural, natural
from compliance.smt.query import Query

WORLD = "world"
LEMMA = "lemma:"


@frozen(eq=False)
class Assumed:
    """The formulas under which a theorem is meant, by id, and the unit of each (its own id for a fact)."""

    formulas: Mapping[str, Typed]
    units: Mapping[str, str]

    def without(self, unit: str) -> Assumed:
        kept = {name: typed for name, typed in self.formulas.items() if unit not in (name, self.units[name])}
        return evolve(self, formulas=kept)

    def units_of(self, names: Collection[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.units[name] for name in self.formulas if name in names))


def assumed(law: Law, theorem: Theorem) -> Assumed:
    """What a theorem assumes; raises `Problems` for an id that is nothing of the law."""
    formulas: dict[str, Typed] = {}
    units: dict[str, str] = {}
    facts = {fact.id for fact in law.world}
    for name, unit, typed in (
        *((norm.id, norm.unit, norm.typed) for norm in law.norms),
        *((fact.id, fact.id, fact.typed) for fact in law.world),
    ):
        labels = {name, unit} | ({WORLD} if name in facts else set())
        if (theorem.under is None or labels & set(theorem.under)) and not labels & set(theorem.without):
            formulas[name], units[name] = typed, unit
    return Assumed(formulas, units)


def known_ids(law: Law) -> tuple[str, ...]:
    """The words that a theorem may name what it assumes by."""
    return tuple(dict.fromkeys((*law.units, *(norm.id for norm in law.norms), *(fact.id for fact in law.world), WORLD)))


def profile_of(law: Law, theorem: Theorem) -> Profile:
    """The readings that are fixed."""
    return {**({} if theorem.for_all_readings else law.default_profile), **theorem.readings}


def query_of(
    law: Law,
    theorem: Theorem,
    calendar: WorkingCalendar,
    under: Assumed,
    lemmas: Mapping[str, Typed] | None = None,
    natural: Natural | None = None,
    goal: Typed | None = None,
    side: bool | None = None,
) -> Query:
    """A story answers it; for an `always` theorem the story refutes, for a `possible` one it shows.

    `goal` and `side` put another formula in the place of the theorem's. The program is the law's own wherever no
    definition of the theorem's file is called: questions of one program can share a world.
    """
    axioms = {**under.formulas, **{LEMMA + name: typed for name, typed in (lemmas or {}).items()}}
    goal, side = goal or theorem.formula, theorem.kind == "possible" if side is None else side
    own = {name for typed in (goal, *(lemmas or {}).values()) for name in typed.calls} - law.program.definitions.keys()
    program = theorem.program if own else law.program
    return Query(program, calendar, axioms, goal, side, profile_of(law, theorem), natural)


def natural_values(law: Law) -> Natural:
    """What stories prefer: the same for all theorems about a law."""
    return natural(law.program, (norm.expr for norm in law.norms))


def premise(theorem: Theorem) -> Typed | None:
    """That the situation of which the theorem speaks arises; None where there is none to speak of."""
    stripped = premise_of(theorem.formula.expr)
    return None if stripped is None else retyped(stripped, theorem.program)


def retyped(expr: Expr, where: Program | Scope) -> Typed:
    """A formula built from checked parts, checked as a whole; one scope serves many formulas faster."""
    return check_expr(expr, where if isinstance(where, Scope) else Scope(where))


def negated(typed: Typed, program: Program) -> Typed:
    """The opposite of a formula."""
    return retyped(ast.Not(typed.expr), program)


def premise_of(expr: Expr) -> Expr | None:
    """That the situation of which a formula speaks arises; None where there is none to speak of."""
    match expr:
        case ast.Quant(mode="every", guard=guard, body=body):
            inner = premise_of(body) if body is not None else None
            return ast.Quant("some", expr.var, expr.kind, guard, inner)
        case ast.Implies(left=left, right=right):
            inner = premise_of(right)
            return left if inner is None else ast.And((left, inner))
        case ast.And(items=items):
            parts = [part for item in items if (part := premise_of(item)) is not None]
            return None if len(parts) < len(items) else ast.Or(tuple(parts)) if len(parts) > 1 else parts[0]
        case _:
            return None


def is_never(theorem: Theorem) -> bool:
    """Whether the claim is that something never happens: then its premise is not asked for."""
    expr = theorem.formula.expr
    while isinstance(expr, ast.Quant) and expr.mode == "every" and expr.body is not None:
        expr = expr.body
    return (isinstance(expr, ast.Quant) and expr.mode == "no") or expr == ast.Literal(False, BOOL)


__all__ = [
    "LEMMA", "WORLD", "Assumed", "assumed", "is_never", "known_ids", "natural_values", "negated", "premise",
    "premise_of", "profile_of", "query_of", "retyped",
]  # fmt: skip
