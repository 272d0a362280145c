"""`reserve prove`: statements about all records under the law: proved, refuted by a story, or given up on."""

from compliance.prove.outcome import LABELS, ProofResult
from compliance.prove.theorem import NearMiss, Theorem

__all__ = ["LABELS", "NearMiss", "ProofResult", "Theorem"]
