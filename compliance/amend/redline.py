"""The redline of a package: unit by unit, word by word, as plain values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, Literal

from attrs import frozen

from compliance.amend.tree import Row, Tree

Status = Literal["changed", "added", "deleted", "moved"]
_PIECE: Final = re.compile(r"\s+|\w+(?:-\w+)*|[^\w\s]")


@frozen
class Segment:
    """A stretch of words that stayed, went or came."""

    kind: Literal["same", "old", "new"]
    text: str


@frozen
class UnitChange:
    """One unit: its address before and after (one of them empty where it came or went) and its words."""

    key: str
    old_id: str
    new_id: str
    status: Status
    segments: tuple[Segment, ...]

    @property
    def unit(self) -> str:
        """The address by which a person finds the unit: the new one, if there is one."""
        return self.new_id or self.old_id


def redline(old: Tree, new: Tree) -> tuple[UnitChange, ...]:
    """Every unit that changed, came, went or moved, in the order of the new law; what went stands where it stood."""
    return tuple(_changes(old, new))


def _changes(old: Tree, new: Tree) -> Iterator[UnitChange]:
    gone = _gone(old, new)
    yield from gone.get("", ())
    for row in new.rows:
        before = old.by_key.get(row.key)
        if before is None:
            yield UnitChange(row.key, "", row.id, "added", (Segment("new", row.text),))
        elif before.text != row.text:
            yield UnitChange(row.key, before.id, row.id, "changed", segments(before.text, row.text))
        elif before.id != row.id:
            yield UnitChange(row.key, before.id, row.id, "moved", (Segment("same", row.text),))
        yield from gone.get(row.key, ())


def _gone(old: Tree, new: Tree) -> dict[str, list[UnitChange]]:
    """The units that went, by the key of the surviving unit before them."""
    out: dict[str, list[UnitChange]] = {}
    last = ""
    for row in old.rows:
        if row.key in new.by_key:
            last = row.key
        else:
            out.setdefault(last, []).append(UnitChange(row.key, row.id, "", "deleted", (Segment("old", row.text),)))
    return out


def segments(old: str, new: str) -> tuple[Segment, ...]:
    """The words of two texts set against each other; a blank between two changes does not tear them apart."""
    one, other = _PIECE.findall(old), _PIECE.findall(new)
    out: list[Segment] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        went, came = "".join(one[a:b]), "".join(other[c:d])
        if tag == "equal":
            out.append(Segment("same", went))
        else:
            out += [Segment("old", went)] if went else []
            out += [Segment("new", came)] if came else []
    return _smoothed(out)


def _smoothed(found: list[Segment]) -> tuple[Segment, ...]:
    """Runs of changes with only blanks between them become one change: «old old» then «new new»."""
    out: list[Segment] = []
    went = came = ""
    for index, segment in enumerate(found):
        between = segment.kind == "same" and not segment.text.strip() and 0 < index < len(found) - 1
        if segment.kind == "same" and not (between and (went or came)):
            out += _flushed(went, came)
            went = came = ""
            out.append(segment)
        elif segment.kind == "same":
            went, came = went + segment.text, came + segment.text
        elif segment.kind == "old":
            went += segment.text
        else:
            came += segment.text
    return (*out, *_flushed(went, came))


def _flushed(went: str, came: str) -> list[Segment]:
    tail = ""
    if went and came and went[-1] == came[-1] and went[-1].isspace():
        went, came, tail = went[:-1], came[:-1], went[-1]
    kinds: tuple[tuple[Literal["same", "old", "new"], str], ...] = (("old", went), ("new", came), ("same", tail))
    return [Segment(kind, text) for kind, text in kinds if text]


# What came, as offsets into the new words ---------------------------------------------------------------------


@frozen
class Fresh:
    """A unit of the new law with the stretches of its words that the package brought."""

    row: Row
    old: Row | None
    spans: tuple[tuple[int, int], ...]

    def covers(self, start: int, end: int) -> bool:
        """Whether any of the words between two offsets came with the package."""
        return any(start < right and left < end for left, right in self.spans)


def fresh_rows(old: Tree, new: Tree) -> tuple[Fresh, ...]:
    """The units with new words; a new number alone is none."""
    out = []
    for row in new.rows:
        before = old.by_key.get(row.key)
        words, was = new.words_by_key[row.key], old.words_by_key.get(row.key)
        if was == words:
            continue
        skip = len(row.text) - len(words)
        spans = _came(was, words) if was is not None else ((0, len(words)),)
        out.append(Fresh(row, before, tuple((start + skip, end + skip) for start, end in spans)))
    return tuple(out)


def _came(old: str, new: str) -> tuple[tuple[int, int], ...]:
    at, out = 0, []
    for segment in segments(old, new):
        if segment.kind == "old":
            continue
        if segment.kind == "new":
            out.append((at, at + len(segment.text)))
        at += len(segment.text)
    return tuple(out)
