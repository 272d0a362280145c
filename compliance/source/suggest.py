"""Did you mean: the nearest known word, forgiving case, hyphens and Cyrillic letters that look Latin."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

LONGEST_WORD: Final = 80
CUTOFF: Final = 0.65

# Cyrillic letters (lower case) that a person takes for the Latin ones beside them.
_LOOK_ALIKES: Final = str.maketrans("авекмнорстухіјѕьԁһ", "abekmhopctyxijsbdh")
_SEPARATORS: Final = str.maketrans("- .", "___")


def fold(word: str) -> str:
    """The form in which two spellings of one word meet."""
    return word.strip().casefold().translate(_LOOK_ALIKES).translate(_SEPARATORS)


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The known word nearest to `word`, or nothing where none is near; the same answer in any order."""
    if not word.strip() or len(word) > LONGEST_WORD:
        return None
    known: dict[str, str] = {}
    for candidate in sorted(set(candidates)):
        known.setdefault(fold(candidate), candidate)
    folded = fold(word)
    if folded in known:
        return known[folded] if known[folded] != word else None
    near = get_close_matches(folded, sorted(known), n=1, cutoff=CUTOFF)
    return known[near[0]] if near else None
