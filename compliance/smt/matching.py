"""The engine's own solver on the formulas themselves: quantifiers instantiated by their patterns, nothing guessed."""

from __future__ import annotations

import z3

from compliance.smt.certify import Certificate
from compliance.smt.versions import z3_version
from compliance.smt.world import SEED

RLIMIT = 8_000_000
"""The solver's effort for one text; a few seconds."""


def confirm_by_patterns(text: str, rlimit: int = RLIMIT) -> Certificate:
    """Whether the solver answers `unsat` to a text with patterns; anything else is no answer."""
    name = f"z3 {z3_version()} (patterns)"
    solver = z3.Solver(ctx=z3.Context())
    for option, value in (("smt.mbqi", False), ("smt.auto_config", False), ("random_seed", SEED), ("rlimit", rlimit)):
        solver.set(option, value)
    solver.from_string(text)
    if solver.check() == z3.unsat:
        return Certificate("confirmed", name)
    return Certificate("gave up", name, "no contradiction found by patterns")


__all__ = ["confirm_by_patterns"]
