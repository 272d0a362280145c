"""A proof that another program could check: cvc5's own, as text, for a question that it answers `unsat`."""

from __future__ import annotations

from compliance.smt.certify import RLIMIT, answer_of


def proof_object(text: str, rlimit: int = RLIMIT) -> str | None:
    """The proof in the solver's own format; None where there is none, or the solver is absent."""
    try:
        import cvc5
    except ImportError:
        return None
    solver = cvc5.Solver(cvc5.TermManager())
    solver.setOption("produce-proofs", "true")
    solver.setOption("rlimit-per", str(rlimit))
    if answer_of(solver, text) != "unsat":
        return None
    return "\n".join(_text(solver.proofToString(proof)) for proof in solver.getProof())


def _text(proof: object) -> str:
    return proof.decode() if isinstance(proof, bytes) else str(proof)


__all__ = ["proof_object"]
