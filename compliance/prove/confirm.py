"""Second opinions on a proof: the formulas themselves, quantifiers and all, and else the instances that were used."""

from __future__ import annotations

from compliance.prove.outcome import Confirmation
from compliance.prove.prove import Job
from compliance.smt.certify import certify
from compliance.smt.query import Impossible
from compliance.smt.unbounded.engine import Engine


def confirmations(job: Job, engine: Engine, proof: Impossible) -> tuple[Confirmation, ...]:
    """What other solvers say of a proof, until one confirms it."""
    ground = certify(engine.world, engine.assumed(proof))
    return (Confirmation("instances", ground.outcome, ground.solver, ground.reason),)


__all__ = ["confirmations"]
