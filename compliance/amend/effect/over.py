"""The same questions under other readings: each that a changed norm consults, one at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from attrs import evolve, frozen

from compliance.amend.effect.ask import Asker, Told
from compliance.amend.effect.compare import EMPTY, Comparison, Relation, only, relation
from compliance.amend.effect.deadlines import Step, Tight, tight
from compliance.amend.effect.flips import Stored
from compliance.amend.effect.logic import troubles
from compliance.amend.effect.meaning import Both, Difference, both, difference
from compliance.amend.effect.positions import Positions
from compliance.amend.effect.probe import Probe
from compliance.amend.effect.situations import Lost, Situation, lost
from compliance.amend.effect.transition import Moved, Spoken, still
from compliance.amend.effect.trouble import Sides, Trouble
from compliance.law.model import Law
from compliance.norm.program import Profile, Typed

Alternative = tuple[str, str]
"""A reading and another value of it than the default one."""

Way = tuple[Mapping[str, Typed], Mapping[str, Typed]]
"""The norms that are kept and those that are not."""

Stand = tuple[str, str, str]
"""A position, what happens to it, and by which act."""


@frozen(eq=False)
class Found:
    """What holds of the change under one profile."""

    relation: Relation
    troubles: tuple[Trouble, ...]
    losses: tuple[Lost, ...]
    late: tuple[Tight, ...]
    moved: frozenset[Stand]


@frozen(eq=False)
class Over:
    """What the questions under other readings start from: the answers under the default ones."""

    sides: Sides
    situations: tuple[Situation, ...]
    steps: tuple[Step, ...]
    losses: tuple[Lost, ...]
    moved: tuple[Moved, ...]
    stored: tuple[Stored, ...]
    positions: Positions
    spoken: Spoken
    troubled: frozenset[str] = frozenset()
    """The norms that are in trouble by default: they are asked about under every reading."""
    settled: frozenset[str] = frozenset()
    """The sides of the comparison that are empty under every reading at once."""

    def under(self, other: Alternative) -> Found:
        """Everything under one alternative."""
        sides = turned(self.sides, other)
        sides.only = (sides.only or frozenset()) | self.troubled
        asker = Asker(sides.new.calendar, sides.found.profile, polish=False)
        return Found(
            self._relation(sides, asker),
            troubles(sides, (), None),
            tuple(self._lost(sides, asker)),
            new_order(sides.found, self.steps, sides.new),
            self._moved(sides),
        )

    def _relation(self, sides: Sides, asker: Asker) -> Relation:
        if sides.found.same:
            return "equivalent"
        looser = self._side(sides, asker, "looser")
        stricter = self._side(sides, asker, "stricter")
        return relation(looser, stricter)

    def _side(self, sides: Sides, asker: Asker, name: str) -> Told:
        """A record that one law allows and the other does not: known ones first, then the solver."""
        kept, broken = (sides.new, sides.old) if name == "looser" else (sides.old, sides.new)
        if not (sides.found.gone if name == "looser" else sides.found.come) or name in self.settled:
            return EMPTY
        if _apart(kept, broken):
            return Told("story")
        program = both(sides.found)
        way = (program.come, program.gone) if name == "looser" else (program.gone, program.come)
        return only(program, *way, asker, brief=True)

    def _lost(self, sides: Sides, asker: Asker) -> Iterator[Lost]:
        """What was lost by default is asked again, and what a changed reading may have taken."""
        yield from lost(
            sides.found, self.situations, asker, self.stored, new=sides.new, old=sides.old, before=self.losses
        )

    def _moved(self, sides: Sides) -> frozenset[Stand]:
        """Which of the positions that are touched by default are touched all the same."""
        calendar = sides.new.calendar
        return stands(m for m in self.moved if still(sides.found, calendar, self.positions, self.spoken, m))


def stands(moved: Iterable[Moved]) -> frozenset[Stand]:
    """Positions that are touched, by name."""
    return frozenset((each.position, each.effect, each.act) for each in moved)


def new_order(found: Difference, steps: tuple[Step, ...], probe: Probe) -> tuple[Tight, ...]:
    """Steps in an impossible or narrow order that were not so in the old law."""
    before = {(each.before.parameter, each.hard) for each in tight(found.old, probe.calendar, steps)}
    after = tight(found.new, probe.calendar, steps)
    return tuple(each for each in after if (each.before.parameter, each.hard) not in before)


def _apart(kept: Probe, broken: Probe) -> bool:
    """Whether a story that both laws know keeps one whole and breaks the other."""
    order = (*range(kept.stored, kept.shared), *range(kept.stored))
    return any(kept.keeps_all(at) and broken.breaks(at).names for at in order)


# the alternatives


def alternatives(sides: Sides) -> tuple[Alternative, ...]:
    """The readings under another value of which a norm that differs says something else."""
    consulted = (*sides.old.sensitive(sides.found.gone), *sides.new.sensitive(sides.found.come))
    order = {name: at for at, name in enumerate(sides.found.new.readings)}
    return tuple(sorted(dict.fromkeys(consulted), key=lambda each: order[each[0]]))


def turned(sides: Sides, other: Alternative) -> Sides:
    """The two laws under an alternative; asked about are the norms that it touches."""
    reading, value = other
    profile: Profile = {**sides.found.profile, reading: value}
    old, new = (probe.under(profile, read_so(probe.law, reading, value)) for probe in (sides.old, sides.new))
    found = difference(old.law, new.law, profile, old.meanings, new.meanings)
    norms = (*sides.found.come, *found.come)
    touched = frozenset(norm.id for norm in norms if sides.new.otherwise(reading, value, norm.typed))
    return Sides(found, old, new, touched)


def read_so(law: Law, reading: str, value: str) -> Law:
    """The law with another default for a reading."""
    if reading not in law.readings:
        return law
    readings = {**law.written.readings, reading: evolve(law.readings[reading], default=value)}
    return evolve(law, written=evolve(law.written, readings=readings))


def settled(found: Difference, comparison: Comparison, others: Collection[Alternative], probe: Probe) -> frozenset[str]:
    """The sides of a comparison that are proved empty with all those readings free at once."""
    if found.same or not others:
        return frozenset()
    program, free = both(found), {reading for reading, _ in others}
    out = set()
    for name, told in (("looser", comparison.looser_side), ("stricter", comparison.stricter_side)):
        way = (program.come, program.gone) if name == "looser" else (program.gone, program.come)
        if told.outcome == "none" and way[1] and _empty(program, way, free, probe):
            out.add(name)
    return frozenset(out)


def _empty(program: Both, way: Way, free: set[str], probe: Probe) -> bool:
    asker = Asker(probe.calendar, {name: v for name, v in probe.profile.items() if name not in free}, polish=False)
    return only(program, way[0], way[1], asker, prove=True).outcome == "none"


@frozen(eq=False)
class Under:
    """How far a finding holds over the readings: `absent` where it does not, though it does by default; `only` the
    alternatives under which alone it does."""

    absent: tuple[Alternative, ...] = ()
    only: tuple[Alternative, ...] = ()

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that it turns on."""
        return tuple(dict.fromkeys(reading for reading, _ in (*self.absent, *self.only)))


ALWAYS = Under()

__all__ = ["ALWAYS", "Alternative", "Found", "Over", "Stand", "Under", "alternatives", "new_order", "settled", "stands"]
