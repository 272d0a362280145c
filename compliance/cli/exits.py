"""The exit codes of all commands and which of them wins."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code says."""

    AS_EXPECTED = 0
    FAILED = 1
    """A violation, a failed proof, or an expectation that is not met."""
    BAD_INPUT = 2
    INCONCLUSIVE = 3
    INTERNAL = 4
    NOTHING_CHECKED = 5


_STRONGEST_FIRST = (
    Exit.INTERNAL,
    Exit.BAD_INPUT,
    Exit.FAILED,
    Exit.INCONCLUSIVE,
    Exit.NOTHING_CHECKED,
    Exit.AS_EXPECTED,
)

INTERRUPTED = 130
"""The shell's own code for a command that the user stopped."""


def strongest(codes: Iterable[Exit]) -> Exit:
    """4 > 2 > 1 > 3 > 5 > 0; 0 for nothing at all."""
    return min(codes, key=_STRONGEST_FIRST.index, default=Exit.AS_EXPECTED)
