"""From outcomes of norms to verdicts of units, for every officer at once, and how they turn on the readings.

NOTE(readings) A register is judged twice: under the default profile, and under one that leaves every reading open at
once (ANY). What the second decides holds under all combinations of readings, so it is robust; only the few officers
that it leaves open are judged under each other value of a single reading, and, where none of these turns the verdict,
under combinations: readings are fixed one after the other, the rest left open, until everything is decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from compliance.bulk.arrays import Bools, Index
from compliance.bulk.cells import COMPLIANT, PENDING, STATUS, UNDETERMINED, VIOLATED, Cells, Source, cells_of
from compliance.bulk.evaluate import ANY
from compliance.bulk.run import Job, Judge, Outcome
from compliance.bulk.tables import Packed
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.program import Profile

Codes = npt.NDArray[np.int8]
Found = Sequence[Mapping[str, Outcome]]

MOST_STEPS: Final = 200
"""So many combinations of readings are tried for one unit of one block."""


@frozen
class NormSpec:
    """What this step needs of a norm."""

    id: str
    unit: str
    open: str
    readings: tuple[str, ...]


@frozen(eq=False)
class Judged:
    """A whole block: the verdicts that are not compliant, and which contradictions each officer's record has."""

    cells: Cells
    contradictions: Mapping[int, tuple[str, ...]]
    notices: Mapping[str, int]
    unexplored: int = 0
    """Pairs of officer and unit for which not every combination of readings was tried."""


@frozen(eq=False)
class Turned:
    """How the verdicts of a unit turn, for some officers (`who`, ascending)."""

    who: Index
    codes: Mapping[tuple[str, str], Codes]
    """By reading and value, the status of each of them."""
    together: Mapping[int, Mapping[str, str]]
    """By place in `who`, values of readings that only together turn it."""
    unexplored: int = 0


@frozen(eq=False)
class Statuses:
    """Judges blocks. `vary` are the readings that may vary, each with all its values."""

    judge: Judge
    norms: tuple[NormSpec, ...]
    default: Profile
    vary: Mapping[str, tuple[str, ...]]
    undecided: frozenset[str]
    contradictions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    workers: int = 1
    units: Mapping[str, tuple[NormSpec, ...]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        units: dict[str, tuple[NormSpec, ...]] = {}
        for norm in self.norms:
            units[norm.unit] = (*units.get(norm.unit, ()), norm)
        object.__setattr__(self, "units", units)

    def run(self, packed: Packed) -> Judged:
        """The verdicts under the default readings, and how other readings would turn them: NOTE(readings)."""
        if not len(packed):
            return Judged(Cells.none(), {}, {})
        varied = tuple(norm for norm in self.norms if self.vary.keys() & set(norm.readings))
        jobs = [*self.modes(self.default, self.norms, (*self.contradictions, *self.notices))]
        jobs += self.modes({**self.default, **dict.fromkeys(self.vary, ANY)}, varied)
        found = self.judge.judge_profiles(packed, jobs, workers=self.workers, told=2)
        base = {norm.id: status_of(norm, found[0], found[1], len(packed)) for norm in self.norms}
        open_ = {norm.id: left_open(norm, found[2], found[3], len(packed)) for norm in varied}
        turned = self.turned(packed, base, open_)
        cells = [
            cells_of(packed, self.source(unit, norms, base, open_, found), turned.get(unit))
            for unit, norms in self.units.items()
        ]
        notices = {name: len(found[0][name].violated) for name in self.notices}
        unexplored = sum(each.unexplored for each in turned.values())
        return Judged(Cells.joined(cells), self.contradicted(found[0]), notices, unexplored)

    @staticmethod
    def modes(profile: Profile, norms: Sequence[NormSpec], others: tuple[str, ...] = ()) -> list[Job]:
        """The two ways to judge duties that are not due yet: NOTE(due) in norm/evaluate.py."""
        return [
            ({**profile, DUE: OPEN}, (*(norm.id for norm in norms), *others)),
            ({**profile, DUE: CLOSED}, tuple(norm.id for norm in norms if norm.open == "pending")),
        ]

    def source(
        self, unit: str, norms: Sequence[NormSpec], base: Mapping[str, Codes], open_: Mapping[str, Bools], found: Found
    ) -> Source:
        return Source(
            unit=unit,
            norms=tuple(norm.id for norm in norms),
            codes=tuple(base[norm.id] for norm in norms),
            open=tuple(open_.get(norm.id) for norm in norms),
            outcomes={
                VIOLATED: tuple(found[0][norm.id] for norm in norms),
                PENDING: tuple(found[1].get(norm.id) for norm in norms),
                COMPLIANT: tuple(found[2].get(norm.id) for norm in norms),
            },
            default=self.default,
            vary=self.vary,
            undecided=self.undecided,
        )

    def contradicted(self, outcomes: Mapping[str, Outcome]) -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = {}
        for name in self.contradictions:
            for officer in outcomes[name].violated.tolist():
                found.setdefault(officer, []).append(name)
        return {officer: tuple(names) for officer, names in found.items()}

    # --- other readings --------------------------------------------------------------------------------------------

    def turned(self, packed: Packed, base: Mapping[str, Codes], open_: Mapping[str, Bools]) -> dict[str, Turned]:
        """By unit, how single readings and combinations turn the verdicts of those whom ANY leaves open."""
        if not open_:
            return {}
        who = np.flatnonzero(np.logical_or.reduce(list(open_.values())))
        if not len(who):
            return {}
        some = packed.take(who)
        flips = list(self.flips({name for name, mask in open_.items() if mask.any()}))
        jobs = [job for reading, value, norms in flips for job in self.modes({**self.default, reading: value}, norms)]
        found = self.judge.judge_profiles(some, jobs, workers=self.workers)
        codes: dict[tuple[str, str], dict[str, Codes]] = {}
        for at, (reading, value, norms) in enumerate(flips):
            pair = found[2 * at], found[2 * at + 1]
            codes[reading, value] = {norm.id: status_of(norm, *pair, len(who)) for norm in norms}
        here = {name: base[name].take(who) for name in base}
        asked = {name: mask.take(who) for name, mask in open_.items()}
        return {unit: self.of_unit(norms, some, who, here, codes, asked) for unit, norms in self.units.items()}

    def of_unit(
        self, norms: Sequence[NormSpec], some: Packed, who: Index, base: Mapping[str, Codes],
        codes: Mapping[tuple[str, str], Mapping[str, Codes]], asked: Mapping[str, Bools],
    ) -> Turned:  # fmt: skip
        status = worst([base[norm.id] for norm in norms])
        under = {
            turn: worst([found.get(norm.id, base[norm.id]) for norm in norms])
            for turn, found in codes.items()
            if any(norm.id in found for norm in norms)
        }
        differs = {turn: each for turn, each in under.items() if bool((each != status).any())}
        left = np.logical_or.reduce([asked.get(norm.id, np.zeros(len(who), dtype=np.bool_)) for norm in norms])
        left &= some.certain
        for each in differs.values():
            left &= each == status
        together, unexplored = self.together(norms, some, np.flatnonzero(left), status)
        return Turned(who, differs, together, unexplored)

    def flips(self, names: set[str]) -> Iterator[tuple[str, str, tuple[NormSpec, ...]]]:
        for reading, values in self.vary.items():
            norms = tuple(norm for norm in self.norms if norm.id in names and reading in norm.readings)
            for value in values:
                if norms and value != self.default[reading]:
                    yield reading, value, norms

    def together(
        self, norms: Sequence[NormSpec], some: Packed, who: Index, status: Codes
    ) -> tuple[dict[int, dict[str, str]], int]:
        """For officers whom no single reading turns: values that turn them together; how many are not decided."""
        readings = [name for name in self.vary if any(name in norm.readings for norm in norms)]
        found: dict[int, dict[str, str]] = {}
        waiting: list[tuple[dict[str, str], Index]] = [({}, who)] if len(who) else []
        steps = 0
        while waiting and steps < MOST_STEPS:
            fixed, left = waiting.pop()
            left = np.array([at for at in left.tolist() if at not in found], dtype=np.intp)
            name = next(name for name in readings if name not in fixed)
            for value in self.vary[name] if len(left) else ():
                steps += 1
                now = {**fixed, name: value}
                profile = {**self.default, **dict.fromkeys(readings, ANY), **now}
                codes, undecided = self.settled(norms, some.take(left), profile)
                changed = {key: each for key, each in now.items() if each != self.default[key]}
                for at in left[~undecided & (codes != status.take(left))].tolist():
                    found.setdefault(at, changed)
                if undecided.any() and len(now) < len(readings):
                    waiting.append((now, left[undecided]))
        missed = {at for _, left in waiting for at in left.tolist()} - found.keys()
        return found, len(missed)

    def settled(self, norms: Sequence[NormSpec], some: Packed, profile: Profile) -> tuple[Codes, Bools]:
        """The status of a unit for each officer, and for whom it is still open."""
        opened, closed = self.judge.judge_profiles(some, self.modes(profile, norms))
        codes = worst([status_of(norm, opened, closed, len(some)) for norm in norms])
        undecided = np.logical_or.reduce([left_open(norm, opened, closed, len(some)) for norm in norms])
        return codes, undecided


def worst(codes: Sequence[Codes]) -> Codes:
    found: Codes = np.maximum.reduce(list(codes))
    return found


def left_open(norm: NormSpec, opened: Mapping[str, Outcome], closed: Mapping[str, Outcome], officers: int) -> Bools:
    """The officers whose status open readings (or open facts) leave open."""
    found = np.zeros(officers, dtype=np.bool_)
    found[opened[norm.id].undetermined] = True
    if norm.open == "pending":
        found[closed[norm.id].undetermined] = True
    return found


def status_of(norm: NormSpec, opened: Mapping[str, Outcome], closed: Mapping[str, Outcome], officers: int) -> Codes:
    """The status of one norm for each officer: the twin of `_status` in check/judge.py."""
    found = np.zeros(officers, dtype=np.int8)
    if norm.open == "pending":
        found[closed[norm.id].violated] = PENDING
        found[closed[norm.id].undetermined] = UNDETERMINED
    found[opened[norm.id].undetermined] = UNDETERMINED
    found[opened[norm.id].violated] = VIOLATED
    return found


__all__ = ["STATUS", "Cells", "Judged", "NormSpec", "Statuses", "Turned"]
