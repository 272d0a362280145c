"""Acts that a record may be missing: officers whose profile says `complete: false`, or which kinds may be missing.

The same as in timeline/defaults.py, by column.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from compliance.bulk.arrays import Bools, Index, IntArray
from compliance.bulk.defaults import Pair
from compliance.bulk.values import ABSENT
from compliance.bulk.words import LEFT_OUT, UNKNOWN, Words, column_of
from compliance.norm.types import Position, Ref
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.timeline.defaults import missing_kinds


def missing_acts(officers: Any, rows: IntArray, vocabulary: Vocabulary) -> dict[str, Bools]:
    """By kind, of which officers acts may be missing: the columns `complete` and `may_be_missing` of their table."""
    whole, kinds = (column_of(officers, name, text=True) for name in ("complete", "may_be_missing"))
    found: dict[str, Bools] = {}
    for column in (whole, kinds):
        if not isinstance(column, Words):
            continue
        for place, word in enumerate(column.words):
            named = (
                {}
                if column is whole and word != "false"
                else missing_kinds(
                    vocabulary, column is not whole, () if column is whole else tuple(filter(None, word.split(";")))
                )
            )
            mine = np.append(column.places == place, False)[rows]
            for kind in named if mine.any() else ():
                found[kind] = found[kind] | mine if kind in found else mine
    return found


def of_missing(attribute: Attribute) -> int:
    """What an act that may be missing says: nothing is known, save what records commonly leave unsaid."""
    open_ = attribute.default in ("unknown", "value") or isinstance(attribute.type, Ref | Position)
    return UNKNOWN if open_ and not attribute.stipulated else LEFT_OUT


def or_none(attribute: Attribute, pair: Pair, opened: Index) -> Pair:
    """The codes of an attribute; the post of an act that may be missing may also not be given."""
    if not len(opened) or not isinstance(attribute.type, Position) or attribute.default in ("unknown", "value"):
        return pair
    lo = pair[0].copy()
    lo[opened] = ABSENT
    return lo, pair[1]
