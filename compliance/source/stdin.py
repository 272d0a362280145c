"""The standard input as a file named `-`: read once, so that its errors can be shown with their lines."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import BinaryIO, Final

NAME: Final = "-"
LONGEST: Final = 8 * 1024 * 1024


def standard_input(limit: int) -> bytes:
    """What stands on the standard input, up to one byte more than the limit."""
    return _read(sys.stdin.buffer)[: limit + 1]


def text_of_standard_input() -> str:
    """The same as text, whatever its bytes, to show the lines of an error."""
    return _read(sys.stdin.buffer).decode("utf-8-sig", "replace")


@lru_cache(maxsize=1)
def _read(stream: BinaryIO) -> bytes:
    return stream.read(LONGEST)
