"""What a caller can choose about proofs; importing this loads neither a law nor a solver."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import frozen

SLOTS: Final = (1, 2, 3)


@frozen
class ProveOptions:
    """What a caller can choose about proofs.

    `confirm`: offer every proof to other solvers. `drops`: try each unit of `rests_on`. `premises`: look for vacuity.
    `near_misses`: refute them. `polish`: make stories readable. `cache` and `proofs` are folders; with `proofs`
    nothing is taken from the cache, so that every proof is made and kept.
    """

    confirm: bool = True
    drops: bool = True
    premises: bool = True
    near_misses: bool = True
    polish: bool = True
    slots: tuple[int, ...] = SLOTS
    cache: Path | None = None
    proofs: Path | None = None

    @property
    def questions(self) -> tuple[object, ...]:
        """What is asked about a theorem, wherever its answer is kept."""
        return self.confirm, self.drops, self.premises, self.near_misses, self.polish, self.slots


DEFAULTS: Final = ProveOptions()


__all__ = ["DEFAULTS", "SLOTS", "ProveOptions"]
