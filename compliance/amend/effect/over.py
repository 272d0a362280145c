"""The same questions under other readings: each that a changed norm consults, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from attrs import evolve, field, frozen

from compliance.amend.effect.ask import Asker, Told
from compliance.amend.effect.compare import EMPTY, Comparison, Relation, only, question, relation
from compliance.amend.effect.deadlines import Step, Tight, tight
from compliance.amend.effect.flips import Stored
from compliance.amend.effect.logic import troubles
from compliance.amend.effect.meaning import Difference, both, difference
from compliance.amend.effect.positions import Positions
from compliance.amend.effect.probe import Probe
from compliance.amend.effect.situations import Lost, Situation, asked_about, lost
from compliance.amend.effect.sweep import Alternative, Swept, sweep
from compliance.amend.effect.transition import Moved, Spoken, still
from compliance.amend.effect.trouble import Sides, Trouble
from compliance.law.model import Law, Norm
from compliance.norm.facts import Facts
from compliance.norm.program import Profile

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
    swept: Mapping[str, Swept] = field(factory=dict)
    """Answers that were had for many readings at once: by the side of the comparison, or the situation."""

    def under(self, other: Alternative) -> Found:
        """Everything under one alternative."""
        sides = turned(self.sides, other)
        sides.only = (sides.only or frozenset()) | self.troubled
        asker = Asker(sides.new.calendar, sides.found.profile, polish=False, natural=sides.new.preferred)
        return Found(
            self._relation(sides, asker, other),
            troubles(sides, (), None),
            tuple(self._lost(sides, asker, other)),
            new_order(sides.found, self.steps, sides.new),
            self._moved(sides),
        )

    def _relation(self, sides: Sides, asker: Asker, other: Alternative) -> Relation:
        if sides.found.same:
            return "equivalent"
        looser, stricter = (
            self.swept.get(name, {}).get(other) or self._side(sides, asker, name) for name in ("looser", "stricter")
        )
        return relation(looser, stricter)

    def _side(self, sides: Sides, asker: Asker, name: str) -> Told:
        """A record that one law allows and the other does not: known ones first, then the solver."""
        kept, broken = (sides.new, sides.old) if name == "looser" else (sides.old, sides.new)
        if not (sides.found.gone if name == "looser" else sides.found.come):
            return EMPTY
        if _apart(kept, broken):
            return Told("story")
        program = both(sides.found)
        way = (program.come, program.gone) if name == "looser" else (program.gone, program.come)
        differ = sides.found.gone if name == "looser" else sides.found.come
        return only(program, *way, asker, brief=True, seed=_apart_but(kept, broken, differ))

    def _lost(self, sides: Sides, asker: Asker, other: Alternative) -> Iterator[Lost]:
        """What was lost by default is asked again, and what a changed reading may have taken."""
        told = {name: found[other] for name, found in self.swept.items() if other in found}
        yield from lost(
            sides.found,
            self.situations,
            asker,
            self.stored,
            new=sides.new,
            old=sides.old,
            before=self.losses,
            told=told,
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


def _apart_but(kept: Probe, broken: Probe, norms: Iterable[Norm]) -> Facts | None:
    """The story that breaks one of some norms and least of the law to be kept."""
    names = {norm.id for norm in norms}
    found = [
        (len(kept.breaks(at).names), at)
        for at in range(kept.shared)
        if kept.breaks(at).whole and names & broken.breaks(at).names
    ]
    return kept.records[min(found)[1]] if found else None


# the alternatives


def alternatives(sides: Sides) -> tuple[Alternative, ...]:
    """The readings under another value of which a norm that differs says something else."""
    consulted = (*sides.old.sensitive(sides.found.gone), *sides.new.sensitive(sides.found.come))
    order = {name: at for at, name in enumerate(sides.found.new.readings)}
    return tuple(sorted(dict.fromkeys(consulted), key=lambda each: order[each[0]]))


def specific_first(sides: Sides, others: Sequence[Alternative]) -> list[int]:
    """The places of the alternatives, those first that few norms consult: they are about the change itself, and the
    known stories answer least under them."""
    norms = sides.found.new.norms
    touched = [sum(sides.new.otherwise(*other, norm.typed) for norm in norms) for other in others]
    return sorted(range(len(others)), key=lambda at: (touched[at], at))


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


def swept(
    sides: Sides, comparison: Comparison, losses: Iterable[Lost], others: Sequence[Alternative]
) -> dict[str, Swept]:
    """What is empty or lost by default, asked for all other readings at once."""
    if sides.found.same or not others:
        return {}
    asker = Asker(sides.new.calendar, sides.found.profile, polish=False, natural=sides.new.preferred)
    return dict(chain(_sides(sides, comparison, asker, others), _losses(sides, losses, asker, others)))


def _sides(
    sides: Sides, comparison: Comparison, asker: Asker, others: Sequence[Alternative]
) -> Iterator[tuple[str, Swept]]:
    """The sides of the comparison without a story; norms count as different if they are so under any reading."""
    found = difference(sides.found.old, sides.found.new, {})
    program = both(found)
    ways = {"looser": (program.come, program.gone), "stricter": (program.gone, program.come)}
    for name, told in (("looser", comparison.looser_side), ("stricter", comparison.stricter_side)):
        kept, broken = ways[name]
        if told.outcome in ("none", "none_found") and broken:
            axioms, goal = question(program, kept, broken)
            yield name, sweep(asker, program.program, axioms, goal, others, side=False)


def _losses(
    sides: Sides, losses: Iterable[Lost], asker: Asker, others: Sequence[Alternative]
) -> Iterator[tuple[str, Swept]]:
    """The situations that were lost."""
    for loss in losses:
        asked = asked_about(loss.situation, sides.new.law)
        if asked is not None:
            yield loss.situation.id, sweep(asker, sides.new.law.program, *asked, others)


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

__all__ = [
    "ALWAYS",
    "Alternative",
    "Found",
    "Over",
    "Stand",
    "Under",
    "alternatives",
    "new_order",
    "specific_first",
    "stands",
    "swept",
]
