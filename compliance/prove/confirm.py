"""Second opinions on a proof: the formulas themselves, quantifiers and all, and else the instances that were used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from compliance.prove.outcome import Confirmation
from compliance.smt.certify import Certificate, certify, confirm
from compliance.smt.matching import confirm_by_patterns
from compliance.smt.proof_object import proof_object
from compliance.smt.quantified.formulas import script
from compliance.smt.query import Impossible, Query
from compliance.smt.unbounded.engine import Engine

QUICK = 60_000
"""cvc5's effort for the formulas with quantifiers; what it can confirm it confirms soon."""

FEWER = 1_000_000
"""The effort for each axiom that a proof may do without."""


def confirmations(query: Query, engine: Engine, proof: Impossible) -> tuple[Confirmation, ...]:
    """What other solvers say of a proof, until one that is not the engine's own confirms it.

    First the formulas with their quantifiers, which checks the engine too; then the instances that it chose; last its
    own solver on the formulas.
    """
    found: list[Confirmation] = []
    for each in _asked(query, engine, proof):
        found.append(each)
        if each.outcome == "confirmed":
            break
    return tuple(found)


def _asked(query: Query, engine: Engine, proof: Impossible) -> Iterator[Confirmation]:
    if proof.goal_used:
        yield _quantified(confirm(script(query, proof.core, patterns=False), QUICK))
    instances = certify(engine.world, engine.assumed(proof))
    yield Confirmation("instances", instances.outcome, instances.solver, instances.reason)
    if proof.goal_used:
        yield _quantified(confirm_by_patterns(script(query, proof.core, patterns=True)))


def _quantified(found: Certificate) -> Confirmation:
    """An answer to the formulas. A model of them is no contradiction: they know less of the calendar than it is."""
    if found.outcome == "contradicted":
        return Confirmation("quantified", "gave up", found.solver, "the calendar is not known well enough")
    return Confirmation("quantified", found.outcome, found.solver, found.reason)


def prove_otherwise(query: Query, active: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Confirmation, ...]] | None:
    """A proof where the engine gave up: what solvers of quantifiers say of the axioms that it had switched on.

    The axioms that are left once none can be missed, and who says so; None where nobody does.
    """
    found = _otherwise(query, active)
    if not any(each.outcome == "confirmed" for each in found):
        return None
    kept = active
    for name in active:
        fewer = tuple(each for each in kept if each != name)
        if confirm_by_patterns(script(query, fewer, patterns=True), FEWER).outcome == "confirmed":
            kept = fewer
    return kept, _otherwise(query, kept)


def _otherwise(query: Query, axioms: tuple[str, ...]) -> tuple[Confirmation, ...]:
    return (
        _quantified(confirm(script(query, axioms, patterns=False), QUICK)),
        _quantified(confirm_by_patterns(script(query, axioms, patterns=True))),
    )


def keep_proof(folder: Path, theorem: str, query: Query, proof: Impossible) -> Path | None:
    """Writes the text of a question and the proof object that the second solver gives; its path, if there is one."""
    text = script(query, proof.core, patterns=False)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{theorem}.smt2").write_text(text, encoding="utf-8", newline="\n")
    found = proof_object(text)
    if found is None:
        return None
    path = folder / f"{theorem}.cpc"
    path.write_text(found, encoding="utf-8", newline="\n")
    return path


__all__ = ["confirmations", "keep_proof", "prove_otherwise"]
