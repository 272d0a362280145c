"""Uncertain values of the norm language: what a term can be on an uncertain record.

A value is a plain Python value where it is known, a `Num` where it is one uncertain day, and otherwise an `Either`:
alternatives under conditions of which exactly one holds. None and NEVER are alternatives like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, TypeVar

import z3
from attrs import frozen

from compliance.norm.types import Period, QuarterDay, Value
from compliance.smt.terms import Cond, Num, all_, and_, any_, eq, le, lt, not_, or_
from compliance.timeline.model import Slot


@frozen(eq=False)
class ItemSet:
    """A set of items: `sure` are in it, each of `maybe` under its condition."""

    sure: frozenset[str]
    maybe: Mapping[str, Cond]

    def holds(self, item: str) -> Cond:
        return item in self.sure or self.maybe.get(item, False)


Atom: TypeAlias = "Value | Num | ItemSet | Slot | Period | QuarterDay"


@frozen(eq=False)
class Either:
    """Alternatives, each under its condition; exactly one of the conditions holds."""

    options: tuple[tuple[Atom, Cond], ...]


Sym: TypeAlias = "Atom | Either | z3.BoolRef"
T = TypeVar("T")


def options(value: Sym) -> tuple[tuple[Atom, Cond], ...]:
    if isinstance(value, Either):
        return value.options
    if isinstance(value, z3.BoolRef):
        return (True, value), (False, not_(value))
    return ((value, True),)


def truth(value: Sym) -> Cond:
    """Whether the value is `true`; what is not given is not."""
    if isinstance(value, z3.BoolRef):
        return value
    if isinstance(value, Either):
        return any_(cond for atom, cond in value.options if atom is True)
    return value is True


def key(value: Sym) -> object:
    """Equal keys mean the same value; the terms must be kept alive as long as keys are compared."""
    if isinstance(value, Num):
        return "num", value.key
    if isinstance(value, z3.BoolRef):
        return "bool", value.get_id()
    if isinstance(value, Slot):
        return "slot", id(value)
    if isinstance(value, ItemSet):
        return "items", value.sure, tuple((item, key(cond)) for item, cond in value.maybe.items())
    if isinstance(value, Either):
        return "either", tuple((key(atom), key(cond)) for atom, cond in value.options)
    return type(value).__name__, value


def gather(found: Iterable[tuple[Atom, Cond]]) -> Sym:
    """One value of alternatives whose conditions exclude each other and leave no case out."""
    groups: dict[object, tuple[Atom, list[Cond]]] = {}
    for atom, cond in found:
        if cond is not False:
            groups.setdefault(key(atom), (atom, []))[1].append(cond)
    merged = tuple((atom, any_(conds)) for atom, conds in groups.values())
    if len(merged) == 1:
        return merged[0][0]
    if len(merged) == 2 and all(isinstance(atom, bool) for atom, _ in merged):
        return next(cond for atom, cond in merged if atom is True)
    return Either(merged)


def select(cases: Iterable[tuple[Cond, Sym]]) -> Sym:
    """The value of the one case whose condition holds."""
    kept = [(cond, value) for cond, value in cases if cond is not False]
    if len(kept) == 1:
        return kept[0][1]
    if all(isinstance(value, bool | z3.BoolRef) for _, value in kept):
        return any_(and_(cond, truth(value)) for cond, value in kept)
    return gather((atom, and_(cond, inner)) for cond, value in kept for atom, inner in options(value))


def each(value: Sym, apply: Callable[[Atom], Sym]) -> Sym:
    """`apply` over the alternatives of a value."""
    if isinstance(value, Either | z3.BoolRef):
        return select([(cond, apply(atom)) for atom, cond in options(value)])
    return apply(value)


def ask(value: Sym, test: Callable[[Atom], Cond]) -> Cond:
    """The condition under which the test holds of the value."""
    if isinstance(value, Either | z3.BoolRef):
        return any_(and_(cond, test(atom)) for atom, cond in options(value))
    return test(value)


def same(a: Sym, b: Sym) -> Cond:
    """Equality; a value that is not given equals only another that is not given."""
    if isinstance(a, z3.BoolRef) and isinstance(b, bool):
        return a if b else not_(a)
    return ask(a, lambda x: ask(b, lambda y: _same_atom(x, y)))


def _same_atom(a: Atom, b: Atom) -> Cond:
    if isinstance(a, Slot) or isinstance(b, Slot):
        return a is b
    if isinstance(a, Num) or isinstance(b, Num):
        if isinstance(a, int | Num) and isinstance(b, int | Num):
            return eq(a, b)
        return False
    if isinstance(a, ItemSet) or isinstance(b, ItemSet):
        return _same_items(a, b)
    return a == b


def _same_items(a: Atom, b: Atom) -> Cond:
    left, right = _as_items(a), _as_items(b)
    if left is None or right is None:
        return False
    every = sorted({*left.sure, *left.maybe, *right.sure, *right.maybe})
    pairs = ((left.holds(item), right.holds(item)) for item in every)
    return all_(or_(and_(x, y), and_(not_(x), not_(y))) for x, y in pairs)


def _as_items(a: Atom) -> ItemSet | None:
    if isinstance(a, frozenset):
        return ItemSet(a, {})
    return a if isinstance(a, ItemSet) else None


ORDERING: Mapping[str, Callable[[int | Num, int | Num], Cond]] = {
    "<": lt,
    "<=": le,
    ">": lambda a, b: lt(b, a),
    ">=": lambda a, b: le(b, a),
}


def ordered(op: str, a: Sym, b: Sym) -> Cond:
    """An order of two days or quarters; false where one is not given."""

    def test(x: Atom, y: Atom) -> Cond:
        if x is None or y is None:
            return False
        assert isinstance(x, int | Num)
        assert isinstance(y, int | Num)
        return ORDERING[op](x, y)

    return ask(a, lambda x: ask(b, lambda y: test(x, y)))


def has(items: Sym, item: Sym) -> Cond:
    def test(held: Atom, wanted: Atom) -> Cond:
        if isinstance(held, frozenset):
            return wanted in held
        return isinstance(held, ItemSet) and isinstance(wanted, str) and held.holds(wanted)

    return ask(items, lambda held: ask(item, lambda wanted: test(held, wanted)))
