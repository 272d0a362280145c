"""One question under each of many readings, asked at once: the readings are free, and one has not its default value.

A story tells for which alternative it is; that there is none is known for all that are left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import evolve

from compliance.amend.effect.ask import Asker, Told
from compliance.amend.effect.meaning import truth
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Program, Typed
from compliance.norm.typecheck import Scope, check_expr

Alternative = tuple[str, str]
"""A reading and another value of it than the default one."""

Swept = Mapping[Alternative, Told]
"""The answer under each alternative for which it was had."""

MOST: Final = 4
"""So many stories are looked for; more alternatives than that are better asked one by one."""
AT_ONCE: Final = 12
"""So many alternatives are asked about at once: the formula that says so grows with their square."""
ONE: Final = "one reading"


def sweep(
    asker: Asker,
    program: Program,
    axioms: Mapping[str, Typed],
    goal: Typed,
    others: Sequence[Alternative],
    *,
    side: bool = True,
) -> Swept:
    """Is there a record on which the axioms hold and the goal is `side`, under each of those alternatives alone?

    Records with few events are searched, as where each is asked by itself. What was not decided is left out.
    """
    found: dict[Alternative, Told] = {}
    for at in range(0, len(others), AT_ONCE):
        found |= _swept(asker, program, axioms, goal, others[at : at + AT_ONCE], side)
    return found


def _swept(
    asker: Asker,
    program: Program,
    axioms: Mapping[str, Typed],
    goal: Typed,
    others: Sequence[Alternative],
    side: bool,
) -> dict[Alternative, Told]:
    free = {reading for reading, _ in others}
    open_asker = evolve(asker, profile={name: v for name, v in asker.profile.items() if name not in free})
    found: dict[Alternative, Told] = {}
    left = list(others)
    for _ in range(MOST):
        one = check_expr(_one_of(left, free, asker, program), Scope(program))
        told = open_asker.seek(program, {**axioms, ONE: one}, goal, side)
        if told.outcome == "none_found":
            told = evolve(told, core=tuple(name for name in told.core if name != ONE))
            return found | dict.fromkeys(left, told)
        if told.outcome != "story":
            break
        taken = [each for each in left if told.profile[each[0]] == each[1]]
        found |= dict.fromkeys(taken, told)
        left = [each for each in left if each not in taken]
        if not left:
            break
    return found


def _one_of(left: Sequence[Alternative], free: set[str], asker: Asker, program: Program) -> Expr:
    """That one of the alternatives is taken, every other free reading having its default value."""
    order = sorted(free)
    ways = (
        ast.And(
            (
                _reads(reading, value, program),
                *(_reads(other, asker.profile[other], program) for other in order if other != reading),
            )
        )
        for reading, value in left
    )
    return ast.Or(tuple(ways))


def _reads(reading: str, value: str, program: Program) -> Expr:
    """That a reading has a value."""
    return ast.Case(reading, tuple((each, truth(each == value)) for each in program.readings[reading]))


__all__ = ["Alternative", "Swept", "sweep"]
