"""Findings as columns: one row for each officer and unit that is not simply compliant, and the events it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
from attrs import evolve, frozen

from compliance.bulk.arrays import Bools, Index, IntArray
from compliance.bulk.tables import Packed
from compliance.norm.program import Profile
from compliance.verdict import Status

if TYPE_CHECKING:
    from compliance.bulk.run import Bindings, Outcome
    from compliance.bulk.statuses import Turned

Codes = npt.NDArray[np.int8]
Turn = Mapping[str, Mapping[str, str]]

STATUS: Final[tuple[Status, ...]] = ("compliant", "pending", "undetermined", "violated")
COMPLIANT, PENDING, UNDETERMINED, VIOLATED = range(4)
MOST_BINDINGS: Final = 5


@frozen(eq=False)
class Pointed:
    """The events that findings rest on, by finding and in order: the kind, the source of the row, the day."""

    cell: Index
    kind: IntArray
    """The place of the kind in the vocabulary."""
    source: IntArray
    day: IntArray


@frozen(eq=False)
class Cells:
    """Findings, one a row. A day is 0 where there is none; a place -1."""

    officer: Index
    unit: tuple[str, ...]
    """The words of the column `unit_at`."""
    unit_at: IntArray
    norm: tuple[str, ...]
    norm_at: IntArray
    """The first norm of the unit that has its verdict."""
    code: Codes
    turns: tuple[Turn, ...]
    turn_at: IntArray
    """How the verdict turns on single readings."""
    combinations: tuple[Mapping[str, str], ...]
    combination_at: IntArray
    """Values of readings that only together turn it."""
    day: IntArray
    limit: IntArray
    """The day that counted, and the last (or first) lawful one, of what was missed by most."""
    due: IntArray
    """The last day of the open duty that comes first."""
    pointed: Pointed

    def __len__(self) -> int:
        return len(self.officer)

    def verdicts(self, packed: Packed) -> Iterator[tuple[str, str, Status]]:
        """Officer, unit and verdict of each finding."""
        for officer, unit, code in zip(self.officer.tolist(), self.unit_at.tolist(), self.code.tolist(), strict=True):
            yield packed.ids[officer], self.unit[unit], STATUS[code]

    @staticmethod
    def none() -> Cells:
        none: Any = np.zeros(0, dtype=np.int32)
        pointed = Pointed(none.astype(np.intp), none, none, none)
        return Cells(
            none.astype(np.intp),
            (),
            none,
            (),
            none,
            none.astype(np.int8),
            (),
            none,
            (),
            none,
            none,
            none,
            none,
            pointed,
        )

    @staticmethod
    def joined(parts: Sequence[Cells]) -> Cells:
        """All findings in one, the words of each column numbered anew."""
        parts = [part for part in parts if len(part)]
        if not parts:
            return Cells.none()
        starts = np.cumsum([0, *(len(part) for part in parts)])
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("officer", "code", "day", "limit", "due")
        }
        for words, at in _WORDS:
            columns[words] = tuple(word for part in parts for word in getattr(part, words))
            shifts = np.cumsum([0, *(len(getattr(part, words)) for part in parts)])
            columns[at] = np.concatenate([
                np.where(getattr(part, at) < 0, -1, getattr(part, at) + shift)
                for part, shift in zip(parts, shifts, strict=False)
            ])  # fmt: skip
        pointed = Pointed(
            np.concatenate([part.pointed.cell + start for part, start in zip(parts, starts, strict=False)]),
            *(np.concatenate([getattr(part.pointed, name) for part in parts]) for name in ("kind", "source", "day")),
        )
        return Cells(pointed=pointed, **columns)


_WORDS: Final = (
    ("unit", "unit_at"), ("norm", "norm_at"), ("turns", "turn_at"), ("combinations", "combination_at"),
)  # fmt: skip


@frozen(eq=False)
class Source:
    """What the findings of one unit are made of: by norm of the unit."""

    unit: str
    norms: tuple[str, ...]
    codes: tuple[Codes, ...]
    open: tuple[Bools | None, ...]
    """For whom the norm can turn on readings."""
    outcomes: Mapping[int, tuple[Outcome | None, ...]]
    """By status, the outcome of each norm that shows what it rests on."""
    default: Profile
    vary: Mapping[str, tuple[str, ...]]
    undecided: frozenset[str]


def cells_of(packed: Packed, source: Source, turned: Turned | None) -> Cells:
    """The findings of one unit."""
    status: Codes = np.maximum.reduce(list(source.codes))
    wanted = status != COMPLIANT
    if turned is not None:
        for codes in turned.codes.values():
            wanted[turned.who[codes != status[turned.who]]] = True
        wanted[turned.who[list(turned.together)]] = True
    officer = np.flatnonzero(wanted)
    if not len(officer):
        return Cells.none()
    code = status[officer]
    blamed = [_blamed(source, at, officer, code) for at in range(len(source.norms))]
    size = len(officer)
    found = Cells(
        officer=officer, unit=(source.unit,), unit_at=np.zeros(size, dtype=np.int32), norm=source.norms,
        norm_at=np.argmax(np.stack(blamed), axis=0).astype(np.int32), code=code, turns=(),
        turn_at=np.full(size, -1, dtype=np.int32), combinations=(), combination_at=np.full(size, -1, dtype=np.int32),
        **_days(source, officer, code, blamed), pointed=_pointed(packed, source, officer, code, blamed),
    )  # fmt: skip
    return found if turned is None else _with_turns(found, source, turned, status)


def _blamed(source: Source, at: int, officer: Index, code: Codes) -> Bools:
    """For which findings a norm has the verdict of the unit; of what is compliant, where the norm may turn."""
    mask = source.open[at]
    may_turn = np.zeros(len(officer), dtype=np.bool_) if mask is None else mask[officer]
    found: Bools = (source.codes[at][officer] == code) & ((code != COMPLIANT) | may_turn)
    return found


def _with_turns(cells: Cells, source: Source, turned: Turned, status: Codes) -> Cells:
    """The findings with the readings that they turn on; every distinct way to turn is one word."""
    place = np.full(len(status), -1, dtype=np.intp)
    place[turned.who] = np.arange(len(turned.who))
    at = place[cells.officer]
    here = np.flatnonzero(at >= 0)
    code = cells.code[here]
    key = np.stack([code, *(codes[at[here]] for codes in turned.codes.values())])
    _, first, words = np.unique(key, axis=1, return_index=True, return_inverse=True)
    turns: list[Turn] = []
    numbers = np.full(len(first), -1, dtype=np.int32)
    for word, row in enumerate(first.tolist()):
        if bool((key[:, row] != code[row]).any()):
            under = {turn: int(codes[at[here[row]]]) for turn, codes in turned.codes.items()}
            numbers[word] = len(turns)
            turns.append(_turn(int(code[row]), under, source))
    turn_at = np.full(len(cells), -1, dtype=np.int32)
    turn_at[here] = numbers[words.ravel()]
    together = np.array([turned.together.get(each) is not None for each in at.tolist()], dtype=np.bool_)
    combination_at = np.full(len(cells), -1, dtype=np.int32)
    combination_at[together] = np.arange(int(together.sum()))
    shown = cells.code.copy()
    for word, turn in enumerate(turns):
        if source.undecided & turn.keys():
            shown[turn_at == word] = UNDETERMINED
    return evolve(
        cells, code=shown, turns=tuple(turns), turn_at=turn_at, combination_at=combination_at,
        combinations=tuple(turned.together[each] for each in at[together].tolist()),
    )  # fmt: skip


def _turn(code: int, under: Mapping[tuple[str, str], int], source: Source) -> Turn:
    """For each reading that alone changes the verdict, the verdict under each of its values."""
    changing = [reading for reading in source.vary if any(r == reading and c != code for (r, _), c in under.items())]
    return {
        reading: {value: STATUS[under.get((reading, value), code)] for value in source.vary[reading]}
        for reading in changing
    }


# --- days and events --------------------------------------------------------------------------------------------------


def _days(source: Source, officer: Index, code: Codes, blamed: Sequence[Bools]) -> dict[str, IntArray]:
    """The days of what was missed by most, and the last day of the duty that comes first."""
    size = len(officer)
    found = {name: np.zeros(size, dtype=np.int32) for name in ("day", "limit", "due")}
    most = np.full(size, -1, dtype=np.int64)
    for at in range(len(source.norms)):
        late, due = source.outcomes[VIOLATED][at], source.outcomes[PENDING][at]
        if late is not None and late.sides is not None and len(late.failing):
            cell, rows = _cells_at(late.failing, officer, blamed[at] & (code == VIOLATED))
            apart = late.sides.late[rows]
            order = np.lexsort((-apart, cell))
            cell, rows, apart = cell[order], rows[order], apart[order]
            first = np.flatnonzero(np.diff(cell, prepend=-1))
            keep = first[(apart[first] >= 0) & (apart[first] > most[cell[first]])]
            most[cell[keep]] = apart[keep]
            found["day"][cell[keep]], found["limit"][cell[keep]] = (
                late.sides.day[rows[keep]],
                late.sides.limit[rows[keep]],
            )
        if due is not None and due.sides is not None and len(due.failing):
            cell, rows = _cells_at(due.failing, officer, blamed[at] & (code == PENDING))
            days = due.sides.due[rows]
            cell, days = cell[days > 0], days[days > 0]
            least = np.full(size, np.iinfo(np.int32).max, dtype=np.int32)
            np.minimum.at(least, cell, days)
            earlier = (least < np.iinfo(np.int32).max) & ((found["due"] == 0) | (least < found["due"]))
            found["due"][earlier] = least[earlier]
    return found


def _cells_at(bindings: Bindings, officer: Index, wanted: Bools) -> tuple[Index, Index]:
    """The finding of each binding, and the binding; only of findings that are wanted."""
    at = np.searchsorted(officer, bindings.officer)
    at = np.minimum(at, len(officer) - 1)
    hit = np.flatnonzero((officer[at] == bindings.officer) & wanted[at])
    return at[hit], hit


def _pointed(packed: Packed, source: Source, officer: Index, code: Codes, blamed: Sequence[Bools]) -> Pointed:
    """The events of the first bindings for which the blamed norms fail, or may fail; each event once."""
    order = {name: at for at, name in enumerate(packed.vocabulary.kinds)}
    parts: list[list[Any]] = []
    for at in range(len(source.norms)):
        for status in (COMPLIANT, PENDING, UNDETERMINED, VIOLATED):
            wanted = blamed[at] & (code == status)
            bindings = _bindings(source, at, status) if wanted.any() else None
            if bindings is None or not len(bindings):
                continue
            rank = np.arange(len(bindings)) - np.searchsorted(bindings.officer, bindings.officer)
            cell, hit = _cells_at(bindings, officer, wanted)
            few = rank[hit] < MOST_BINDINGS
            cell, hit = cell[few], hit[few]
            for slot, (kind, rows) in enumerate(zip(bindings.kinds, bindings.rows, strict=True)):
                events, taken = packed.kinds[kind], rows[hit]
                place = (at * MOST_BINDINGS + rank[hit]) * 16 + slot
                parts.append(
                    [cell, np.full(len(cell), order[kind]), events.source[taken], events.date.lo[taken], place]
                )
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Pointed(none.astype(np.intp), none, none, none)
    columns: list[Any] = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return _each_once(*columns)


def _each_once(cell: Any, kind: Any, row: Any, day: Any, place: Any) -> Pointed:
    """The events by finding, in the order of `place`; phantoms, which no row stands for, are left out."""
    known = np.flatnonzero(row >= 0)
    known = known[np.lexsort((place[known], row[known], kind[known], cell[known]))]
    again = (np.diff(cell[known], prepend=-1) == 0) & (np.diff(kind[known], prepend=-1) == 0)
    once = known[~(again & (np.diff(row[known], prepend=-1) == 0))]
    once = once[np.lexsort((place[once], cell[once]))]
    return Pointed(cell[once], kind[once], row[once], day[once])


def _bindings(source: Source, at: int, status: int) -> Bindings | None:
    outcome = source.outcomes[VIOLATED if status == UNDETERMINED else status][at]
    if outcome is None:
        return None
    return outcome.failing if status in (VIOLATED, PENDING) else outcome.open


__all__ = ["COMPLIANT", "PENDING", "STATUS", "UNDETERMINED", "VIOLATED", "Cells", "Pointed", "Source", "cells_of"]
