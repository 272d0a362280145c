"""The least or greatest value that a day or a sum of days can take, by bisection over assumptions."""

from __future__ import annotations

from collections.abc import Iterable

import z3

from compliance.smt.calendar import value_of
from compliance.smt.solve import RLIMIT, Question, Sat, check
from compliance.smt.terms import Int, Num, le
from compliance.smt.world import World


def least(world: World, assume: dict[str, bool], label: str, value: Int, found: Sat, rlimit: int = RLIMIT) -> Sat:
    """A model in which the value is least, starting from one that was found; `assume` then holds it there.

    Where the solver gives up on a half it is left out: the value is then the least that was reached.
    """
    if isinstance(value, int):
        return found
    lo, hi = value.lo, value_of(found.model, value)
    while lo < hi:
        middle = (lo + hi) // 2
        answer = check(world, Question({**assume, _at_most(world, label, value, middle): True}, rlimit))
        if isinstance(answer, Sat):
            found, hi = answer, value_of(answer.model, value)
        else:
            lo = middle + 1
    assume[_at_most(world, label, value, hi)] = True
    return found


def most(world: World, assume: dict[str, bool], label: str, value: Int, found: Sat, rlimit: int = RLIMIT) -> Sat:
    """The same for the greatest value."""
    if isinstance(value, int):
        return found
    return least(world, assume, f"-{label}", Num(-value.term, -value.hi, -value.lo), found, rlimit)


def _at_most(world: World, label: str, value: Num, limit: int) -> str:
    name = f"{label}<={limit}"
    world.name(name, le(value, limit))
    return name


def distance(days: Iterable[tuple[Int, int]]) -> Int:
    """By how many days the days lie from where they were, in all."""
    terms, farthest = [], 0
    for day, was in days:
        if isinstance(day, int):
            continue
        terms.append(z3.If(day.term >= was, day.term - was, was - day.term))
        farthest += max(abs(day.lo - was), abs(day.hi - was))
    return Num(z3.Sum(terms), 0, farthest) if terms else 0
