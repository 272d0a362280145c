"""Three answers, cores of names, and calendar functions that are exact in every model."""

from __future__ import annotations

import pytest

from compliance.calendar.days import day
from compliance.calendar.functions import (
    AddDays,
    AddMonths,
    AddWorkingDays,
    DayOfQuarter,
    Function,
    NextWorkingDay,
    QuarterOf,
)
from compliance.calendar.working import WorkingCalendar
from compliance.smt.calendar import value_of
from compliance.smt.solve import GaveUp, Question, Sat, Unsat, check, minimise
from compliance.smt.terms import Num, any_, eq, le, lt, not_, plus
from compliance.smt.world import World

FUNCTIONS: tuple[Function, ...] = (
    AddMonths(3), AddMonths(1, "up"), AddMonths(-12), AddMonths(36), AddDays(-7), AddWorkingDays(10),
    AddWorkingDays(-3), NextWorkingDay(), QuarterOf(),
)  # fmt: skip


def uncertain(world: World, name: str, lo: int, hi: int) -> Num:
    found = world.number(name, [(lo, hi)])
    assert isinstance(found, Num)
    return found


@pytest.mark.parametrize("function", FUNCTIONS, ids=repr)
@pytest.mark.parametrize("length", [3, 40, 3000])
def test_every_model_has_the_true_value(
    world: World, calendar: WorkingCalendar, function: Function, length: int
) -> None:
    first = day(2027, 12, 20)
    arg = uncertain(world, "arg", first, first + length)
    result = world.applications.apply(function, arg)
    for wanted in (first, first + 1, first + length // 2, first + length):
        name = f"is {wanted}"
        world.name(name, eq(arg, wanted))
        world.name(f"right at {wanted}", eq(result, function.apply(wanted, calendar)))
        assert isinstance(check(world, {name: True, f"right at {wanted}": True}), Sat)
        assert isinstance(check(world, {name: True, f"right at {wanted}": False}), Unsat)


def test_quarters(world: World, calendar: WorkingCalendar) -> None:
    sent = uncertain(world, "sent", day(2026, 1, 1), day(2040, 12, 31))
    last = world.applications.apply(DayOfQuarter(3, 1), world.applications.apply(QuarterOf(), sent))
    world.name("late", lt(last, sent))
    world.name("in March 2031", eq(last, day(2031, 3, 1)))
    answer = check(world, {"late": True, "in March 2031": True})
    assert isinstance(answer, Sat)
    assert day(2031, 3, 1) < value_of(answer.model, sent) <= day(2031, 3, 31)


def test_a_narrow_argument_needs_no_unknown(world: World) -> None:
    arg = uncertain(world, "arg", day(2026, 5, 4), day(2026, 5, 6))
    assert world.applications.apply(QuarterOf(), arg) == 2026 * 4 + 1
    assert not world.applications.lazy


def test_a_core_names_only_what_contradicts(world: World) -> None:
    a, b = uncertain(world, "a", 0, 100), uncertain(world, "b", 0, 100)
    world.name_all({"a<b": lt(a, b), "b<a": lt(b, a), "a>5": lt(5, a), "known": True})
    answer = check(world, {"known": True, "a>5": True, "a<b": True, "b<a": True})
    assert answer == Unsat(("a<b", "b<a"))
    assert isinstance(check(world, {"a<b": False, "b<a": False, "a>5": True}), Sat)
    assert check(world, {"known": False, "a<b": True}) == Unsat(("known",))


def test_pins_never_stand_in_a_core(world: World) -> None:
    first = uncertain(world, "first", day(2026, 1, 1), day(2045, 12, 31))
    later = world.applications.apply(AddMonths(1), world.applications.apply(AddWorkingDays(10), first))
    world.name("quick", le(later, plus(first, 40)))
    world.name("slow", le(plus(first, 50), later))
    assert check(world, {"quick": True, "slow": True}) == Unsat(("quick", "slow"))
    never = world.applications.apply(AddMonths(2), first)
    world.name("too long", le(plus(first, 63), never))
    assert check(world, {"too long": True}) == Unsat(("too long",))
    world.name("longest", eq(never, plus(first, 62)))
    assert isinstance(check(world, {"longest": True}), Sat)


def test_giving_up_is_its_own_answer(world: World) -> None:
    holes = [[world.bool(f"pigeon {p} in {h}") for h in range(9)] for p in range(10)]
    for h in range(9):
        for p in range(10):
            world.fact(*(not_(holes[p][h] & holes[q][h]) for q in range(p)))
    for p in range(10):
        world.fact(any_(holes[p]))
    answer = check(world, Question({}, rlimit=1000))
    assert isinstance(answer, GaveUp)
    assert answer.reason


def test_minimise_leaves_out_what_is_not_needed(world: World) -> None:
    a = uncertain(world, "a", 0, 100)
    world.name_all({"low": lt(a, 10), "lower": lt(a, 5), "high": lt(20, a)})
    assume = {"low": True, "lower": True, "high": True}
    core = minimise(world, tuple(assume), assume)
    assert len(core) == 2
    assert "high" in core
