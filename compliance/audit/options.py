"""What a caller can choose about an audit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

MANY = 2_000
FEW = 200
EXAMPLES = 25


@frozen
class AuditOptions:
    """How a register is read and judged.

    `settle`: so many open pairs of officer and unit go to the solver, None for all. `explain`: so many violations are
    judged again by the evaluator, with a sample of `sample` others drawn by `seed`; None for all, and then each finding
    is explained too. Otherwise so many `examples` of each unit are explained, and what has not been on demand.
    """

    readings: Mapping[str, str] = field(factory=dict)
    published: str | None = None
    law: str | None = None
    as_of: str | None = None
    map: Path | None = None
    officers: Path | None = None
    positions: Path | None = None
    suppressions: Path | None = None
    settle: int | None = FEW
    explain: int | None = MANY
    sample: int = FEW
    examples: int = EXAMPLES
    seed: int = 1
    vary: bool = True
    """Whether other readings are tried for everyone."""
    shard: tuple[int, int] = (1, 1)
    workers: int = 2
