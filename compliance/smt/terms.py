"""Smart constructors: Python constants are folded away, so that a known fact never becomes a solver term.

A condition is `bool | z3.BoolRef`. A day or quarter is an `int` or a `Num`, a solver integer with the least and the
greatest value it can take; comparisons that the bounds decide fold too. NEVER and None are never inside a `Num`:
where they are possible the value is an `Either` (see values.py).

The builders call the solver's C interface directly: the operators of its Python layer take seven times as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import z3
from attrs import frozen

from compliance.smt.native import LIB, applied, joined, negated

Cond: TypeAlias = "bool | z3.BoolRef"


@frozen(eq=False)
class Num:
    """A solver integer known to lie from `lo` to `hi`."""

    term: z3.ArithRef
    lo: int
    hi: int

    @property
    def key(self) -> int:
        """The identity of the term; valid as long as the term is kept alive."""
        return int(self.term.get_id())


Int: TypeAlias = "int | Num"


def _distinct(items: list[z3.BoolRef]) -> list[z3.BoolRef]:
    """Each term once: equal terms are the same pointer as long as they live."""
    return list({item.ast.value: item for item in items}.values())


def not_(a: Cond) -> Cond:
    if isinstance(a, bool):
        return not a
    inner = negated(a)
    return applied(LIB.Z3_mk_not, a.ctx, a) if inner is None else inner


def and_(*items: Cond) -> Cond:
    return all_(items)


def or_(*items: Cond) -> Cond:
    return any_(items)


def all_(items: Iterable[Cond]) -> Cond:
    kept: list[z3.BoolRef] = []
    for item in items:
        if item is False:
            return False
        if item is not True:
            kept.append(item)
    kept = _distinct(kept)
    if len(kept) < 2:
        return kept[0] if kept else True
    return joined(LIB.Z3_mk_and, kept)


def any_(items: Iterable[Cond]) -> Cond:
    kept: list[z3.BoolRef] = []
    for item in items:
        if item is True:
            return True
        if item is not False:
            kept.append(item)
    kept = _distinct(kept)
    if len(kept) < 2:
        return kept[0] if kept else False
    return joined(LIB.Z3_mk_or, kept)


def implies(a: Cond, b: Cond) -> Cond:
    return any_((not_(a), b))


def iff(a: Cond, b: Cond) -> Cond:
    if isinstance(a, bool):
        return b if a else not_(b)
    if isinstance(b, bool):
        return a if b else not_(a)
    if a.ast.value == b.ast.value:
        return True
    return applied(LIB.Z3_mk_eq, a.ctx, a, b)


def ite(c: Cond, a: Cond, b: Cond) -> Cond:
    if isinstance(c, bool):
        return a if c else b
    if isinstance(a, bool) or isinstance(b, bool):
        return a if a is b else any_((all_((c, a)), all_((not_(c), b))))
    if a.ast.value == b.ast.value:
        return a
    return applied(LIB.Z3_mk_ite, c.ctx, c, a, b)


def exactly_one(conds: list[z3.BoolRef]) -> z3.BoolRef:
    others = [applied(LIB.Z3_mk_not, each.ctx, each) for each in conds]
    pairs = [joined(LIB.Z3_mk_or, (a, b)) for i, a in enumerate(others) for b in others[i + 1 :]]
    return joined(LIB.Z3_mk_and, [joined(LIB.Z3_mk_or, conds), *pairs])


def number(value: int, ctx: z3.Context) -> z3.ArithRef:
    return z3.ArithRef(LIB.Z3_mk_int64(ctx.ctx, value, LIB.Z3_mk_int_sort(ctx.ctx)), ctx)


def _operand(a: Int, other: Int) -> z3.ArithRef:
    if isinstance(a, Num):
        return a.term
    assert isinstance(other, Num)
    return number(a, other.term.ctx)


def le(a: Int, b: Int) -> Cond:
    """a <= b."""
    if isinstance(a, int) and isinstance(b, int):
        return a <= b
    (a_lo, a_hi), (b_lo, b_hi) = span(a), span(b)
    if a_hi <= b_lo:
        return True
    if a_lo > b_hi:
        return False
    x, y = _operand(a, b), _operand(b, a)
    if x.ast.value == y.ast.value:
        return True
    return applied(LIB.Z3_mk_le, x.ctx, x, y)


def lt(a: Int, b: Int) -> Cond:
    """a < b."""
    return not_(le(b, a))


def eq(a: Int, b: Int) -> Cond:
    """a = b."""
    if isinstance(a, int) and isinstance(b, int):
        return a == b
    (a_lo, a_hi), (b_lo, b_hi) = span(a), span(b)
    if a_hi < b_lo or b_hi < a_lo:
        return False
    x, y = _operand(a, b), _operand(b, a)
    if x.ast.value == y.ast.value:
        return True
    return applied(LIB.Z3_mk_eq, x.ctx, x, y)


def span(a: Int) -> tuple[int, int]:
    return (a, a) if isinstance(a, int) else (a.lo, a.hi)


def plus(a: Num, offset: int) -> Num:
    if offset == 0:
        return a
    ctx = a.term.ctx
    items = (z3.Ast * 2)(a.term.ast, number(offset, ctx).ast)
    return Num(z3.ArithRef(z3.Z3_mk_add(ctx.ref(), 2, items), ctx), a.lo + offset, a.hi + offset)


def within(a: Int, lo: int, hi: int) -> Cond:
    return and_(le(lo, a), le(a, hi))


__all__ = [
    "Cond", "Int", "Num", "all_", "and_", "any_", "eq", "exactly_one", "iff", "implies", "ite", "le", "lt", "not_",
    "number", "or_", "plus", "span", "within",
]  # fmt: skip
