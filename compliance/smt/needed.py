"""Which facts of a world a contradiction needs: the fewer are written out, the sooner another solver confirms it."""

from __future__ import annotations

from collections.abc import Mapping

import z3

from compliance.smt.terms import not_
from compliance.smt.world import SEED, World

TRACK = "track!"
RLIMIT = 3_000_000
CONFLICTS = 5_000
"""Effort after which all facts are written: what was found once is found again soon, the lemmas being there."""


def needed(world: World, assume: Mapping[str, bool]) -> list[z3.BoolRef]:
    """Facts that contradict the assumptions, not always the fewest; all facts where the solver finds no contradiction.

    NOTE(needed) Nobody has to trust this choice: a contradiction of some facts is one of all of them.
    """
    facts = list(world.solver.assertions())
    solver = z3.Solver(ctx=world.ctx)
    for option, value in (("random_seed", SEED), ("rlimit", RLIMIT), ("max_conflicts", CONFLICTS)):
        solver.set(option, value)
    for at, fact in enumerate(facts):
        solver.assert_and_track(fact, world.bool(f"{TRACK}{at}"))
    assumed = [world.named[name] if wanted else not_(world.named[name]) for name, wanted in assume.items()]
    if solver.check(*[cond for cond in assumed if not isinstance(cond, bool)]) != z3.unsat:
        return facts
    names = (str(literal) for literal in solver.unsat_core())
    kept = {int(name[len(TRACK) :]) for name in names if name.startswith(TRACK)}
    return [fact for at, fact in enumerate(facts) if at in kept]


__all__ = ["needed"]
