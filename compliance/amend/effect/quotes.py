"""The words that a finding speaks of: what changed with a little around it, else the beginning of the unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from attrs import frozen

from compliance.amend.redline import Segment, UnitChange
from compliance.law.model import Law

AROUND: Final = 6
"""So many words are kept on each side of a change."""
LONGEST: Final = 30
"""Of new or deleted words at most so many are shown."""
BEGINNING: Final = 24
"""Of a unit that did not change the first so many words are quoted."""
MOST: Final = 3
"""Of so many units words are quoted."""
MARKS: Final[Mapping[str, tuple[str, str]]] = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
_WORD: Final = re.compile(r"\S+\s*")


@frozen
class Quote:
    """Words of one unit, those that went and came marked; what was left out is shown as an ellipsis."""

    unit: str
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """On one line: `[-what went-]{+what came+}`."""
        return "".join(f"{MARKS[each.kind][0]}{each.text}{MARKS[each.kind][1]}" for each in self.segments)


def quotes(
    units: Sequence[str],
    redline: Iterable[UnitChange],
    law: Law,
    known: Mapping[str, str],
    *,
    elsewhere: bool = True,
) -> tuple[Quote, ...]:
    """The changed words of some units or of what stands under them; else what changed elsewhere; else how they begin.

    Units go by their numbers in the new law; `known` leads from these to the ids under which `law` has their words.
    """
    changes = [change for change in redline if change.status != "moved"]
    own = [change for change in changes if any(_within(change.unit, unit) for unit in units)]
    found = tuple(Quote(change.unit, excerpt(change)) for change in own or (changes if elsewhere else ()))
    return found[:MOST] or (beginning(units, law, known) if elsewhere else ())


def beginning(units: Sequence[str], law: Law, known: Mapping[str, str]) -> tuple[Quote, ...]:
    """How the first of some units begins."""
    for unit in units:
        at = law.units.get(known.get(unit, unit))
        if at is not None:
            return (Quote(unit, (Segment("same", _first(at.text.ru, BEGINNING)),)),)
    return ()


def _within(unit: str, whole: str) -> bool:
    return unit == whole or unit.startswith(f"{whole}.")


def excerpt(change: UnitChange) -> tuple[Segment, ...]:
    """What changed in a unit, with a few words around it."""
    last = len(change.segments) - 1
    return tuple(_cut(each, at == 0, at == last) for at, each in enumerate(change.segments) if each.text)


def _cut(segment: Segment, opens: bool, closes: bool) -> Segment:
    words = _WORD.findall(segment.text)
    if segment.kind != "same":
        return segment if len(words) <= LONGEST else Segment(segment.kind, _first(segment.text, LONGEST))
    before, after = (0 if opens else AROUND), (0 if closes else AROUND)
    if len(words) <= before + after + 1:
        return segment
    lead = segment.text[: len(segment.text) - len(segment.text.lstrip())]
    head = lead + "".join(words[:before]).rstrip() + (" " if before else "")
    return Segment("same", f"{head}…{' ' if after else ''}{''.join(words[len(words) - after :]) if after else ''}")


def _first(text: str, count: int) -> str:
    words = _WORD.findall(text)
    return text if len(words) <= count else "".join(words[:count]).rstrip() + " …"


__all__ = ["Quote", "beginning", "excerpt", "quotes"]
