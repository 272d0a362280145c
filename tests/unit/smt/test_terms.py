"""Known facts never become solver terms."""

from __future__ import annotations

import pytest

from compliance.smt.terms import Cond, Num, all_, and_, any_, eq, iff, implies, ite, le, lt, not_, or_, plus
from compliance.smt.world import World


@pytest.fixture
def p(world: World) -> Cond:
    return world.bool("p")


@pytest.fixture
def q(world: World) -> Cond:
    return world.bool("q")


def same(a: Cond, b: Cond) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    return bool(a.get_id() == b.get_id())


def test_constants_vanish(p: Cond, q: Cond) -> None:
    assert and_(True, True) is True
    assert and_(p, False, q) is False
    assert same(and_(True, p), p)
    assert or_() is False
    assert or_(p, True) is True
    assert same(or_(False, p, p), p)
    assert same(not_(not_(p)), p)
    assert implies(p, True) is True
    assert same(implies(True, q), q)
    assert same(iff(p, True), p)
    assert iff(p, p) is True
    assert same(ite(p, q, q), q)
    assert same(ite(True, p, q), p)
    assert ite(p, True, True) is True


def test_a_constant_cuts_a_lazy_sequence_short(p: Cond) -> None:
    def parts() -> object:
        yield p
        yield False
        raise AssertionError("looked too far")

    assert all_(parts()) is False  # type: ignore[arg-type]
    assert any_(iter([p, True])) is True


def test_bounds_decide_comparisons(world: World) -> None:
    early, late = world.number("early", [(10, 20)]), world.number("late", [(20, 30)])
    assert isinstance(early, Num)
    assert isinstance(late, Num)
    assert le(early, late) is True
    assert lt(late, early) is False
    assert eq(early, 21) is False
    assert le(early, early) is True
    assert not isinstance(lt(early, late), bool)
    assert le(plus(early, 15), 24) is False
    assert eq(3, 3) is True


def test_one_possible_day_is_no_unknown(world: World) -> None:
    assert world.number("day", [(7, 7)]) == 7
