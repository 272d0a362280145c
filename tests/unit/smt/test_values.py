"""Alternatives under conditions."""

from __future__ import annotations

from compliance.calendar.days import NEVER
from compliance.smt.solve import Sat, Unsat, check
from compliance.smt.terms import Cond, Num, not_
from compliance.smt.values import Either, ItemSet, gather, has, options, ordered, same, select, truth
from compliance.smt.world import World


def possible(world: World, cond: Cond) -> bool:
    """Whether the condition can hold, and the opposite is told apart from giving up."""
    name = world.fresh("cond")
    world.name(name, cond)
    answer = check(world, {name: True})
    assert isinstance(answer, Sat | Unsat)
    return isinstance(answer, Sat)


def valid(world: World, cond: Cond) -> bool:
    return possible(world, cond) and not possible(world, not_(cond))


def test_two_values_are_one_bool_and_many_are_one_hot(world: World) -> None:
    two = world.one_of("two", ("a", None))
    assert isinstance(two, Either)
    three = world.one_of("three", ("a", "b", None))
    a, b, none = (same(three, value) for value in ("a", "b", None))
    assert valid(world, ~(a & b) & ~(b & none) & (a | b | none))
    assert same(three, "c") is False


def test_a_value_that_is_not_given_equals_only_another(world: World) -> None:
    left, right = world.one_of("l", ("a", None)), world.one_of("r", ("a", "b", None))
    assert possible(world, same(left, right))
    assert same(None, None) is True
    assert same(None, False) is False
    assert not possible(world, ordered("<=", None, 5))


def test_truth_is_only_true() -> None:
    assert truth(None) is False
    assert truth(True) is True
    assert truth(gather([(True, True)])) is True


def test_conditional_days_keep_never_apart(world: World) -> None:
    p = world.bool("p")
    day = world.number("d", [(100, 200)])
    value = select([(p, day), (not_(p), NEVER)])
    assert [atom for atom, _ in options(value)] == [day, NEVER]
    assert valid(world, ordered("<=", day, value))
    assert not possible(world, ordered("<", NEVER, value))


def test_equal_alternatives_are_drawn_together(world: World) -> None:
    p, q = world.bool("p"), world.bool("q")
    assert select([(p, "x"), (not_(p), "x")]) == "x"
    value = select([(p, "x"), (not_(p), gather([("x", q), ("y", not_(q))]))])
    assert len(options(value)) == 2


def test_many_uncertain_days_become_one(world: World) -> None:
    days = [world.number(f"d{i}", [(i, i + 10)]) for i in range(6)]
    which = world.one_of("which", tuple("abcdef"))
    value = gather((day, cond) for day, (_, cond) in zip(days, options(which), strict=True))
    drawn = world.define("drawn", value)
    assert isinstance(drawn, Num)
    assert valid(world, same(which, "c") == same(which, "c"))
    assert not possible(world, same(which, "c") & not_(same(drawn, days[2])))


def test_sets_of_items(world: World) -> None:
    p = world.bool("p")
    items = ItemSet(frozenset({"form"}), {"photo": p})
    assert has(items, "form") is True
    assert has(items, "map") is False
    assert has(None, "form") is False
    assert valid(world, same(items, frozenset({"form", "photo"})) == p)


def test_a_wide_choice_of_days_is_one_number(world: World) -> None:
    value = world.one_of("day", (None, *range(1000, 1100)))
    assert len(options(value)) == 2
    assert possible(world, same(value, 1055))
    assert possible(world, same(value, None))
    assert same(value, 1100) is False
