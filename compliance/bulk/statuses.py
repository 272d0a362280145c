"""From outcomes of norms to verdicts of units, for every officer at once, and how they turn on single readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from attrs import field, frozen

from compliance.bulk.run import Judge, Outcome
from compliance.bulk.tables import Packed
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.program import Profile

Codes = npt.NDArray[np.int8]

STATUS: Final = ("compliant", "pending", "undetermined", "violated")
COMPLIANT, PENDING, UNDETERMINED, VIOLATED = range(4)
MOST_BINDINGS: Final = 5


@frozen
class NormSpec:
    """What this step needs of a norm."""

    id: str
    unit: str
    open: str
    readings: tuple[str, ...]


@frozen
class Pointed:
    """An event that a finding points to: the kind, the row of the packed register's source, the day."""

    kind: str
    source: int
    day: int


@frozen
class Cell:
    """One officer and unit that is not simply compliant."""

    officer: int
    """His number in the packed register."""
    unit: str
    norm: str
    """The first norm of the unit that has its verdict."""
    norms: tuple[str, ...]
    status: str
    depends_on: Mapping[str, Mapping[str, str]] = field(factory=dict)
    events: tuple[Pointed, ...] = ()


@frozen(eq=False)
class Judged:
    """A whole block: the verdicts that are not compliant, and which contradictions each officer's record has."""

    cells: tuple[Cell, ...]
    contradictions: Mapping[int, tuple[str, ...]]
    notices: Mapping[str, int]


@frozen(eq=False)
class Statuses:
    """Judges blocks. `vary` are the readings that may vary, each with its other values."""

    judge: Judge
    norms: tuple[NormSpec, ...]
    default: Profile
    vary: Mapping[str, tuple[str, ...]]
    undecided: frozenset[str]
    contradictions: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    workers: int = 1

    def run(self, packed: Packed) -> Judged:
        """The verdicts under the default readings, and under each other value of one reading at a time."""
        if not len(packed):
            return Judged((), {}, {})
        names, flips = tuple(norm.id for norm in self.norms), list(self.flips())
        jobs = [
            ({**self.default, DUE: OPEN}, (*names, *self.contradictions, *self.notices)),
            ({**self.default, DUE: CLOSED}, tuple(norm.id for norm in self.norms if norm.open == "pending")),
        ]
        for reading, value, norms in flips:
            profile = {**self.default, reading: value}
            jobs.append(({**profile, DUE: OPEN}, tuple(norm.id for norm in norms)))
            jobs.append(({**profile, DUE: CLOSED}, tuple(norm.id for norm in norms if norm.open == "pending")))
        found = self.judge.judge_profiles(packed, jobs, workers=self.workers)
        base = {norm.id: status_of(norm, found[0], found[1], len(packed)) for norm in self.norms}
        turned = {
            (reading, value): {
                norm.id: status_of(norm, found[2 + 2 * at], found[3 + 2 * at], len(packed)) for norm in norms
            }
            for at, (reading, value, norms) in enumerate(flips)
        }
        cells = tuple(self.cells(packed, base, turned, found[0]))
        return Judged(cells, self.contradicted(found[0]), {name: len(found[0][name].violated) for name in self.notices})

    def flips(self) -> Iterator[tuple[str, str, tuple[NormSpec, ...]]]:
        for reading, values in self.vary.items():
            norms = tuple(norm for norm in self.norms if reading in norm.readings)
            for value in values:
                if norms and value != self.default[reading]:
                    yield reading, value, norms

    def contradicted(self, outcomes: Mapping[str, Outcome]) -> dict[int, tuple[str, ...]]:
        found: dict[int, list[str]] = {}
        for name in self.contradictions:
            for officer in outcomes[name].violated.tolist():
                found.setdefault(officer, []).append(name)
        return {officer: tuple(names) for officer, names in found.items()}

    def cells(
        self, packed: Packed, base: Mapping[str, Codes], turned: Mapping[tuple[str, str], Mapping[str, Codes]],
        outcomes: Mapping[str, Outcome],
    ) -> Iterator[Cell]:  # fmt: skip
        units: dict[str, list[NormSpec]] = {}
        for norm in self.norms:
            units.setdefault(norm.unit, []).append(norm)
        for unit, norms in units.items():
            status = np.maximum.reduce([base[norm.id] for norm in norms])
            under = {
                turn: np.maximum.reduce([found.get(norm.id, base[norm.id]) for norm in norms])
                for turn, found in turned.items()
                if any(norm.id in found for norm in norms)
            }
            differs = {turn: codes for turn, codes in under.items() if bool((codes != status).any())}
            wanted = status != COMPLIANT
            for codes in differs.values():
                wanted |= codes != status
            for officer in np.flatnonzero(wanted).tolist():
                yield self.cell(packed, officer, unit, norms, int(status[officer]), base, differs, outcomes)

    def cell(
        self, packed: Packed, officer: int, unit: str, norms: Sequence[NormSpec], code: int,
        base: Mapping[str, Codes], differs: Mapping[tuple[str, str], Codes], outcomes: Mapping[str, Outcome],
    ) -> Cell:  # fmt: skip
        depends: dict[str, dict[str, str]] = {}
        for (reading, value), codes in differs.items():
            if codes[officer] != code:
                depends.setdefault(reading, {self.default[reading]: STATUS[code]})[value] = STATUS[codes[officer]]
        depends = {
            reading: {value: under.get(value, STATUS[code]) for value in self.vary[reading]}
            for reading, under in depends.items()
        }
        shown = UNDETERMINED if self.undecided & depends.keys() else code
        blamed = [norm.id for norm in norms if base[norm.id][officer] == code]
        events = [each for norm in blamed for each in pointed(packed, outcomes[norm], officer, code)]
        return Cell(officer, unit, blamed[0], tuple(blamed), STATUS[shown], depends, tuple(dict.fromkeys(events)))


def status_of(norm: NormSpec, opened: Mapping[str, Outcome], closed: Mapping[str, Outcome], officers: int) -> Codes:
    """The status of one norm for each officer: the twin of `_status` in check/judge.py."""
    found = np.zeros(officers, dtype=np.int8)
    if norm.open == "pending":
        found[closed[norm.id].violated] = PENDING
        found[closed[norm.id].undetermined] = UNDETERMINED
    found[opened[norm.id].undetermined] = UNDETERMINED
    found[opened[norm.id].violated] = VIOLATED
    return found


def pointed(packed: Packed, outcome: Outcome, officer: int, code: int) -> Iterator[Pointed]:
    """The events of the first bindings for which a norm fails, or may fail."""
    bindings = outcome.failing if code == VIOLATED else outcome.open
    first, last = np.searchsorted(bindings.officer, (officer, officer + 1)).tolist()
    for at in range(first, min(last, first + MOST_BINDINGS)):
        for kind, rows in zip(bindings.kinds, bindings.rows, strict=True):
            events = packed.kinds[kind]
            yield Pointed(kind, int(events.source[rows[at]]), int(events.date.lo[rows[at]]))


def early_officers(events: Any, before: int) -> Any:
    """The ids of officers with an event that may lie before a day."""
    import pyarrow.compute as pc

    return events.filter(pc.less(events.column("date"), before)).column("officer_id").combine_chunks().unique()
