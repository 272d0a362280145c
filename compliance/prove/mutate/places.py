"""Where a mutant parts from the law: the place of the change, with all that must hold for it to be seen from outside.

`parting(law, mutant)` is a formula that holds on every record on which the two formulas have different values. It is
much smaller than the two side by side: only the changed part stands twice, and around it what leads there - guards of
quantifiers, conjuncts before it that hold, disjuncts before it that fail, definitions written out. So a proof that it
is impossible proves the two equal on all records; a record on which it holds is only a candidate.

The argument goes by the order of judging: parts before the changed one have one value in both, by induction, and parts
after it count only where they are unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Final, Literal

from attrs import define, evolve, field

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Program
from compliance.norm.types import BOOL, EventType
from compliance.norm.walk import nodes, rebuilt

Witness = Literal["any", "first", "last", "first of all", "last of all"]

NOWHERE = ast.Literal(False, BOOL)
ALWAYS = ast.Literal(True, BOOL)

MORE, LESS = "more", "less"
BOTH: Final = frozenset({MORE, LESS})
_BOUNDS: Final = {
    ("<", "<="): frozenset({MORE}), (">", ">="): frozenset({MORE}),
    ("<=", "<"): frozenset({LESS}), (">=", ">"): frozenset({LESS}),
}  # fmt: skip


@define(eq=False)
class Places:
    """Formulas of one program that holds the definitions of the law and those of a mutant."""

    program: Program
    witness: Witness = "any"
    """`first` and `last`: what `some` and `no` find is taken as the earliest or latest of its like; longer, and needed
    where one event stands in for another. `of all`: already what the leading `every` is broken by."""
    fresh: count[int] = field(factory=count)

    def parting(self, law: Expr, mutant: Expr) -> Expr:
        """What must hold where two formulas differ, under some reading and in some mode of duties."""
        if law == mutant:
            return NOWHERE
        if self.witness.endswith("of all") and (_has_mode(law) or _has_mode(mutant)):
            modes = (opened, closed)
            return _or([self.parting(mode(law), mode(mutant)) for mode in modes])
        match law, mutant:
            case ast.Not(), ast.Not():
                return self.parting(law.body, mutant.body)
            case ast.And(), ast.And() if len(law.items) == len(mutant.items):
                return self.row(law.items, mutant.items, holds=True)
            case ast.Or(), ast.Or() if len(law.items) == len(mutant.items):
                return self.row(law.items, mutant.items, holds=False)
            case ((ast.And() | ast.Or()), _) if (at := _dropped(law, mutant)) is not None:
                holds = isinstance(law, ast.And)
                return _and([*(_side(each, holds) for each in _but(law.items, at)), _side(law.items[at], not holds)])
            case ast.Implies(), ast.Implies():
                return self.row((ast.Not(law.left), law.right), (ast.Not(mutant.left), mutant.right), holds=False)
            case ast.If(), ast.If():
                return self._if(law, mutant)
            case ast.Case(), ast.Case() if law.reading == mutant.reading:
                return self._case(law, mutant)
            case ast.Quant(), ast.Quant() if (law.mode, law.kind, law.var) == (mutant.mode, mutant.kind, mutant.var):
                return self._quantified(law, mutant)
            case ast.Due(), ast.Due() if law.day == mutant.day:
                return self.parting(law.body, mutant.body)
            case ast.Call(), ast.Call() if law.args == mutant.args and law.name != mutant.name:
                return self.parting(*self._written_out(law, mutant))
            case _:
                return differs(law, mutant)

    def row(self, law: Sequence[Expr], mutant: Sequence[Expr], holds: bool) -> Expr:
        """Conjuncts (`holds`) or disjuncts: those before the changed one do not decide, nor do unchanged ones."""
        found: list[Expr] = []
        for at, (left, right) in enumerate(zip(law, mutant, strict=True)):
            if left != right:
                after = [each for each, other in zip(law[at + 1 :], mutant[at + 1 :], strict=True) if each == other]
                beside = [_in_some_mode(_side(each, holds)) for each in (*law[:at], *after)]
                found.append(_and([*beside, self.parting(left, right)]))
        return _or(found)

    def _if(self, law: ast.If, mutant: ast.If) -> Expr:
        parts = [self.parting(law.condition, mutant.condition)]
        parts.append(_and([law.condition, self.parting(law.then, mutant.then)]))
        parts.append(_and([ast.Not(law.condition), self.parting(law.otherwise, mutant.otherwise)]))
        return _or(parts)

    def _case(self, law: ast.Case, mutant: ast.Case) -> Expr:
        pairs = zip(law.branches, mutant.branches, strict=True)
        branches = tuple((value, self.parting(left, right)) for (value, left), (_, right) in pairs)
        return NOWHERE if all(branch == NOWHERE for _, branch in branches) else evolve(law, branches=branches)

    def _quantified(self, law: ast.Quant, mutant: ast.Quant) -> Expr:
        """An event of which the two say otherwise."""
        left, right = (law.guard or ALWAYS, law.body or ALWAYS), (mutant.guard or ALWAYS, mutant.body or ALWAYS)
        if law.mode == "every":
            left, right = (left[0], _side(left[1], False)), (right[0], _side(right[1], False))
        passed = law.mode == "every" and not self.witness.endswith("of all")
        if self.witness == "any" or passed or _has_mode(law) or _has_mode(mutant):
            found = self.row(left, right, holds=True)
            return found if found == NOWHERE else ast.Quant("some", law.var, law.kind, None, found)
        found = evolve(self, witness="any").row(left, right, holds=True)
        sides = {LESS: (_and(left), _and(right)), MORE: (_and(right), _and(left))}
        leaning = self.row_leans(left, right)
        return _or([self._outermost(law, found, *sides[each]) for each in sorted(leaning)])

    def _outermost(self, quant: ast.Quant, found: Expr, only: Expr, neither: Expr) -> Expr:
        """The first or last event of which one formula says `only`, while the other says its like of no event."""
        mark = f"_{next(self.fresh)}"
        var = ast.Var(quant.var, EventType(frozenset({quant.kind})))
        other = ast.Var(quant.var + mark, var.type)
        order: ast.CompareOp = "<" if self.witness.startswith("first") else ">"
        beyond = ast.Compare(order, ast.Attr(other, "date"), ast.Attr(var, "date"))
        none_beyond = ast.Quant("no", other.name, quant.kind, beyond, put(only, {quant.var: other}, mark))
        whole = _and([found, only, ast.Not(neither), none_beyond])
        return ast.Quant("some", quant.var, quant.kind, None, whole)

    def leans(self, law: Expr, mutant: Expr) -> frozenset[str]:
        """Which way a mutant can differ: MORE, it holds where the law's formula does not; LESS, the other way."""
        if law == mutant:
            return frozenset()
        match law, mutant:
            case ast.Not(), ast.Not():
                return _turned(self.leans(law.body, mutant.body))
            case ast.And(), ast.And() if len(law.items) == len(mutant.items):
                return self.row_leans(law.items, mutant.items)
            case ast.Or(), ast.Or() if len(law.items) == len(mutant.items):
                return self.row_leans(law.items, mutant.items)
            case ((ast.And() | ast.Or()), _) if _dropped(law, mutant) is not None:
                return frozenset({MORE if isinstance(law, ast.And) else LESS})
            case ast.Case(), ast.Case() if law.reading == mutant.reading:
                return self.row_leans([part for _, part in law.branches], [part for _, part in mutant.branches])
            case ast.Quant(), ast.Quant() if (law.mode, law.kind, law.var) == (mutant.mode, mutant.kind, mutant.var):
                guard = self.leans(law.guard or ALWAYS, mutant.guard or ALWAYS)
                body = self.leans(law.body or ALWAYS, mutant.body or ALWAYS)
                guard, body = (
                    _turned(guard) if law.mode != "some" else guard,
                    _turned(body) if law.mode == "no" else body,
                )
                return guard | body
            case ast.Call(), ast.Call() if law.args == mutant.args and law.name != mutant.name:
                return self.leans(*self._written_out(law, mutant))
            case ast.Compare(), ast.Compare() if (law.left, law.right) == (mutant.left, mutant.right):
                return _BOUNDS.get((law.op, mutant.op), BOTH)
            case _:
                return frozenset({MORE}) if mutant == ALWAYS else BOTH

    def row_leans(self, law: Sequence[Expr], mutant: Sequence[Expr]) -> frozenset[str]:
        return BOTH & frozenset().union(*map(self.leans, law, mutant))

    def _written_out(self, law: ast.Call, mutant: ast.Call) -> tuple[Expr, Expr]:
        """The bodies of two definitions of one signature, with the same names for what they bind."""
        mark = f"_{next(self.fresh)}"
        first, second = (self.program.definitions[call.name] for call in (law, mutant))
        given = {name: arg for (name, _), arg in zip(first.params, law.args, strict=True)}
        return put(first.body, given, mark), put(second.body, given, mark)


def _turned(leaning: frozenset[str]) -> frozenset[str]:
    return frozenset({MORE: LESS, LESS: MORE}[each] for each in leaning)


def differs(law: Expr, mutant: Expr) -> Expr:
    """One of two formulas holds, while duties are open or once they must be discharged."""
    found = _one_of(law, mutant)
    return _or([found, _one_of(closed(law), closed(mutant))]) if _has_mode(law) or _has_mode(mutant) else found


def _one_of(law: Expr, mutant: Expr) -> Expr:
    if ALWAYS in (law, mutant):
        return ast.Not(law if mutant == ALWAYS else mutant)
    return ast.Or((ast.And((law, ast.Not(mutant))), ast.And((mutant, ast.Not(law)))))


def closed(expr: Expr) -> Expr:
    """The formula once its duties must be discharged: NOTE(due) in norm/evaluate.py."""
    return closed(expr.body) if isinstance(expr, ast.Due) else rebuilt(expr, closed)


def opened(expr: Expr) -> Expr:
    """The formula while its duties are open, said without them."""
    if isinstance(expr, ast.Due):
        return ast.Or((opened(expr.body), ast.Compare("<=", ast.World("as_of"), expr.day)))
    return rebuilt(expr, opened)


def _has_mode(expr: Expr) -> bool:
    return any(isinstance(node, ast.Due) for node in nodes(expr))


def put(expr: Expr, given: Mapping[str, Expr], mark: str) -> Expr:
    """The expression with its parameters filled in; what it binds itself gets names of its own."""
    if isinstance(expr, ast.Var):
        return given.get(expr.name, expr)
    if isinstance(expr, ast.Quant | ast.Pick):
        own = expr.var + mark
        inner = {**given, expr.var: ast.Var(own, EventType(frozenset({expr.kind})))}
        guard = None if expr.guard is None else put(expr.guard, inner, mark)
        if isinstance(expr, ast.Pick):
            return evolve(expr, var=own, guard=guard, otherwise=put(expr.otherwise, given, mark))
        return evolve(expr, var=own, guard=guard, body=None if expr.body is None else put(expr.body, inner, mark))
    return rebuilt(expr, lambda child: put(child, given, mark))


def _in_some_mode(expr: Expr) -> Expr:
    """What follows from a formula in either mode of duties."""
    if isinstance(expr, ast.Not) and isinstance(expr.body, ast.Due) and not _has_mode(expr.body.body):
        return ast.Not(expr.body.body)
    return ALWAYS if _has_mode(expr) else expr


def _dropped(law: ast.And | ast.Or, mutant: Expr) -> int | None:
    """Which part the mutant leaves out, if that is all it does."""
    kept = mutant.items if isinstance(mutant, type(law)) else (mutant,)
    for at in range(len(law.items)):
        if _but(law.items, at) == kept:
            return at
    return None


def _but(items: tuple[Expr, ...], at: int) -> tuple[Expr, ...]:
    return items[:at] + items[at + 1 :]


def _side(expr: Expr, holds: bool) -> Expr:
    if holds:
        return expr
    return expr.body if isinstance(expr, ast.Not) else ast.Not(expr)


def _and(parts: Sequence[Expr]) -> Expr:
    if NOWHERE in parts:
        return NOWHERE
    kept = tuple(part for part in parts if part != ALWAYS)
    return ast.And(kept) if len(kept) > 1 else kept[0] if kept else ALWAYS


def _or(parts: Sequence[Expr]) -> Expr:
    kept = tuple(part for part in parts if part != NOWHERE)
    return ast.Or(kept) if len(kept) > 1 else kept[0] if kept else NOWHERE


__all__ = ["NOWHERE", "Places", "Witness", "closed", "differs", "opened", "put"]
