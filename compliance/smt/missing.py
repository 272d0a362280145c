"""The smallest set of uncertain facts whose knowledge would decide formulas.

Two completions of the record stand side by side. A set of facts decides if no two completions that agree on it
differ on a formula. Each pair that differs shows a set of facts of which at least one is needed; the smallest set
that hits all of these is tried next (implicit hitting sets), until none differs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from compliance.calendar.working import WorkingCalendar
from compliance.norm.program import Profile, Program, Typed
from compliance.smt.answers import Undecided
from compliance.smt.encode import Encoder, Memory, Readings
from compliance.smt.record import Record
from compliance.smt.solve import RLIMIT, GaveUp, Question, Unsat, check
from compliance.smt.terms import Cond, any_, iff, not_
from compliance.smt.world import World
from compliance.timeline.model import Timeline

DIFFER = "differ"


def missing(
    program: Program,
    calendar: WorkingCalendar,
    timeline: Timeline,
    asked: Sequence[tuple[Typed, Profile]],
    *,
    premises: Mapping[str, tuple[Typed, Profile]] | None = None,
    rlimit: int = RLIMIT,
) -> tuple[str, ...] | Undecided:
    """The paths of a smallest set of facts that decides all of `asked` together, in the order of the file.

    Empty where they are decided already. Of several smallest sets the same one is found each time.
    """
    pair = _Pair(program, calendar, timeline, rlimit)
    pair.state(asked, list((premises or {}).values()))
    needs: list[tuple[str, ...]] = []
    while True:
        chosen = smallest_hitting_set(needs)
        need = pair.difference(chosen)
        if isinstance(need, Undecided):
            return need
        if need is None:
            return tuple(path for path in pair.paths if path in chosen)
        needs.append(need)


@define(eq=False)
class _Pair:
    """Two records of one timeline in one world."""

    program: Program
    calendar: WorkingCalendar
    timeline: Timeline
    rlimit: int
    world: World = field(init=False)
    records: tuple[Record, Record] = field(init=False)
    paths: tuple[str, ...] = ()
    """The facts that the formulas ask for, in the order of the file."""

    def __attrs_post_init__(self) -> None:
        self.world = World(self.calendar)
        self.records = Record(self.world, self.timeline), Record(self.world, self.timeline, "other:")

    def state(self, asked: Sequence[tuple[Typed, Profile]], premises: Sequence[tuple[Typed, Profile]]) -> None:
        readings = Readings(self.world, self.program.readings)
        sides: list[list[Cond]] = []
        for record in self.records:
            memory: Memory = {}
            sides.append([self._encode(record, readings, memory, *each) for each in asked])
            self.world.fact(*(self._encode(record, readings, memory, *each) for each in premises))
        self.world.name(DIFFER, any_(not_(iff(a, b)) for a, b in zip(*sides, strict=True)))
        used = self.records[0].variables.keys() | self.records[1].variables.keys()
        self.paths = tuple(path for path in self.timeline.unknowns() if path in used)
        for path in self.paths:
            self.world.name(path, self.records[0].agree(self.records[1], path))

    def _encode(self, record: Record, readings: Readings, memory: Memory, formula: Typed, profile: Profile) -> Cond:
        return Encoder(self.program, record, profile, readings, memory).formula(formula)

    def difference(self, known: frozenset[str]) -> tuple[str, ...] | Undecided | None:
        """Facts of which one is needed beside `known`, as few as are found by leaving out; None if none is."""
        agreed = {path: True for path in self.paths if path in known}
        differing = self._differing(agreed)
        if differing is None or isinstance(differing, Undecided):
            return differing
        for path in differing:
            if path not in differing or len(differing) == 1:
                continue
            tried = {p: True for p in self.paths if p not in differing} | {path: True}
            fewer = self._differing(tried)
            if isinstance(fewer, tuple):
                differing = fewer
        return differing

    def _differing(self, agreed: Mapping[str, bool]) -> tuple[str, ...] | Undecided | None:
        answer = check(self.world, Question({DIFFER: True, **agreed}, self.rlimit))
        if isinstance(answer, GaveUp):
            return Undecided(answer.reason)
        if isinstance(answer, Unsat):
            return None
        return tuple(path for path in self.paths if not answer.holds(self.world.named[path]))


def smallest_hitting_set(sets: Sequence[tuple[str, ...]]) -> frozenset[str]:
    """A smallest set that meets every one of `sets`; always the same one."""
    size = 0
    while True:
        found = _hit(sets, frozenset(), size)
        if found is not None:
            return found
        size += 1


def _hit(sets: Sequence[tuple[str, ...]], chosen: frozenset[str], left: int) -> frozenset[str] | None:
    open_sets = [found for found in sets if not chosen.intersection(found)]
    if not open_sets:
        return chosen
    if left == 0:
        return None
    for element in min(open_sets, key=len):
        found = _hit(sets, chosen | {element}, left - 1)
        if found is not None:
            return found
    return None
