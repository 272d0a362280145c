"""What the first day of a new version does to those who stand somewhere already.

Who is unlawful by the change alone, and on whom the regimes part: the old law for positions that began under it, the
new law for what begins after, the new law for all. A clause of the act that chooses a regime is applied: those whom it
speaks of are judged by the law that it gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal

from attrs import evolve, frozen

from compliance.amend.effect.meaning import Difference
from compliance.amend.effect.positions import Positions, Stand, Tried, record, with_events
from compliance.amend.operations import Transitional
from compliance.amend.text import stem, stems
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law, Norm
from compliance.norm import ast
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.types import Enum, Period
from compliance.norm.vocabulary import Words
from compliance.norm.walk import nodes

BACK: Final = 4 * 365
STRIDE: Final = 21
NEAR: Final = 4
MONTH: Final = 365.25 / 12
LATER: Final = 30
"""Acts are tried so many days after the first day."""

Effect = Literal["unlawful", "stranded", "barred", "allowed"]
Answer = tuple[Effect, tuple[str, ...]]


@frozen(eq=False)
class Moved:
    """One position that the change touches: for whom (the days D), how, by which norms, and who it is on one day."""

    position: str
    says: Words
    effect: Effect
    act: str
    act_says: Words
    cohort: tuple[int, int]
    norms: tuple[str, ...]
    first: int
    facts: Facts
    persons: str
    """How a clause would speak of those in this position."""


@frozen(eq=False)
class Eve:
    """The two laws on the eve of a first day, for one position.

    `kept` are the norms of the old law that a clause of the act keeps for those in it, `come` the norms that the new
    law brings them; `chosen` tells that the act says which law they have, be it the new one.
    """

    found: Difference
    calendar: WorkingCalendar
    first: int
    known: Positions
    come: tuple[Norm, ...]
    kept: tuple[Norm, ...]
    chosen: bool

    def failing(self, law: Law, norms: Iterable[Norm], facts: Facts, in_force: int = 1) -> tuple[str, ...]:
        """The norms that fail on a record."""
        placed = evolve(facts, in_force=in_force)
        evaluator = Evaluator(law.program, self.calendar, placed, {DUE: OPEN, **law.default_profile})
        return tuple(norm.id for norm in norms if not evaluator.truth(norm.expr, {}))

    def old(self, facts: Facts) -> tuple[str, ...]:
        """What the old law has against a record, by the norms that change."""
        return self.failing(self.found.old, self.found.gone, facts)

    def new(self, facts: Facts) -> tuple[str, ...]:
        """The same of the new law, from its first day on."""
        return (*self.failing(self.found.new, self.come, facts, self.first), *self._kept(facts))

    def whole(self, facts: Facts) -> tuple[str, ...]:
        """The same of the new law as if it had always stood."""
        return (*self.failing(self.found.new, self.come, facts), *self._kept(facts))

    def _kept(self, facts: Facts) -> tuple[str, ...]:
        return self.failing(self.found.old, self.kept, facts)

    def words(self) -> frozenset[str]:
        """The names that only one of the laws uses in what changed: who else may have got a power."""
        return _names(self.found.come) ^ _names(self.found.gone)


def _names(norms: Iterable[Norm]) -> frozenset[str]:
    return frozenset(
        node.value
        for norm in norms
        for node in nodes(norm.expr)
        if isinstance(node, ast.Literal) and isinstance(node.type, Enum) and isinstance(node.value, str)
    )


def transition(
    found: Difference,
    calendar: WorkingCalendar,
    first: int,
    known: Positions,
    spoken: Spoken | None = None,
) -> tuple[Moved, ...]:
    """Every position that the change touches, the clauses of the act being heard."""
    if found.same:
        return ()
    out: list[Moved] = []
    for stand in known.stands:
        out += _of(_eve(found, calendar, first, known, stand, spoken or Spoken()), stand)
    return tuple(out)


def still(found: Difference, calendar: WorkingCalendar, known: Positions, spoken: Spoken, moved: Moved) -> bool:
    """Whether those in the midst of a cohort are touched in the same way where the laws are read otherwise."""
    stand = next(each for each in known.stands if each.id == moved.position)
    eve = _eve(found, calendar, moved.first, known, stand, spoken)
    others, vocabulary = eve.words(), found.new.vocabulary
    facts = record(stand, known, sum(moved.cohort) // 2, moved.first, vocabulary)
    if found.same or facts is None:
        return False
    if not moved.act:
        answer = _by_the_change_alone(eve, facts, tuple(known.exits(vocabulary, others)))
    else:
        act = next(each for each in known.tried(stand.acts, vocabulary, others) if each.id == moved.act)
        answer = _by_an_act(eve, facts, act)
    return answer is not None and answer[0] == moved.effect


# clauses ------------------------------------------------------------------------------------------------------


@frozen(eq=False)
class Spoken:
    """The transitional clauses of an act; `touched` are the units that it changes, `name` gives their numbers."""

    clauses: tuple[Transitional, ...] = ()
    touched: tuple[str, ...] = ()
    name: Callable[[str], str] = str


def _eve(
    found: Difference, calendar: WorkingCalendar, first: int, known: Positions, stand: Stand, spoken: Spoken
) -> Eve:
    own = [clause for clause in spoken.clauses if speaks_of(clause, stand, known)]
    keeping = [clause for clause in own if clause.kind in ("old_law", "new_facts")]

    def is_kept(norm: Norm) -> bool:
        return any(_covers(clause, norm.units, spoken) for clause in keeping)

    come = tuple(norm for norm in found.come if not is_kept(norm))
    kept = tuple(norm for norm in found.gone if is_kept(norm))
    return Eve(found, calendar, first, known, come, kept, any(clause.kind == "whole" for clause in own))


def speaks_of(clause: Transitional, stand: Stand, known: Positions) -> bool:
    """Whether a clause speaks of those in a position: it calls them so, or calls nobody by any such word."""
    said = set(stems(clause.text))
    named = {stem(word) for each in known.stands for word in each.called} & said
    return not named or bool(named & {stem(word) for word in stand.called})


def _covers(clause: Transitional, units: Iterable[str], spoken: Spoken) -> bool:
    """Whether a clause speaks of units: of one of their points, or of everything that was changed."""
    points = {_point(unit) for unit in clause.units}
    if not points or {_point(spoken.name(unit)) for unit in spoken.touched} <= points:
        return True
    return bool(points & {_point(spoken.name(unit)) for unit in units})


def _point(unit: str) -> str:
    return unit.partition(".")[0]


# positions ----------------------------------------------------------------------------------------------------


def _of(eve: Eve, stand: Stand) -> Iterator[Moved]:
    others, vocabulary = eve.words(), eve.found.new.vocabulary
    exits = tuple(eve.known.exits(vocabulary, others))
    alone = Tried("", Words("", ""), ())
    yield from _cohorts(eve, stand, alone, lambda facts: _by_the_change_alone(eve, facts, exits))
    if eve.chosen:
        return
    for act in eve.known.tried(stand.acts, vocabulary, others):
        yield from _cohorts(eve, stand, act, _tried(eve, act))


def _tried(eve: Eve, act: Tried) -> Callable[[Facts], Answer | None]:
    return lambda facts: _by_an_act(eve, facts, act)


def _by_the_change_alone(eve: Eve, facts: Facts, exits: tuple[Tried, ...]) -> Answer | None:
    if eve.old(facts) or not (broken := eve.new(facts)):
        return None
    return ("unlawful" if _has_exit(eve, facts, broken, exits) else "stranded"), broken


def _has_exit(eve: Eve, facts: Facts, broken: tuple[str, ...], exits: tuple[Tried, ...]) -> bool:
    """Whether some act that ends the position breaks nothing on the first day that is not broken already."""
    law = eve.found.new
    norms = (*eve.found.common, *eve.come)
    for made in (way for act in exits for way in act.ways):
        gone = with_events(facts, made, eve.first, eve.known, law.vocabulary)
        if {*eve.failing(law, norms, gone, eve.first), *eve._kept(gone)} <= set(broken):
            return True
    return False


def _by_an_act(eve: Eve, facts: Facts, act: Tried) -> Answer | None:
    """Whether an act was lawful in some way and is so in none any more, or the reverse."""
    allowed: list[tuple[str, ...]] = []
    barred: list[tuple[str, ...]] = []
    for made in act.ways:
        done = with_events(facts, made, eve.first + LATER, eve.known, eve.found.new.vocabulary)
        old, after = eve.old(done), eve.whole(done)
        if (old and after) or eve.failing(eve.found.new, eve.found.common, done, eve.first + LATER):
            continue
        if not old and not after:
            return None
        if old:
            allowed.append(old)
        elif new := set(after) - set(eve.whole(evolve(facts, as_of=done.as_of))):
            barred.append(tuple(name for name in after if name in new))
    if allowed and not barred:
        return "allowed", allowed[0]
    return ("barred", barred[0]) if barred and not allowed else None


# cohorts ------------------------------------------------------------------------------------------------------


def _cohorts(eve: Eve, stand: Stand, act: Tried, judge: Callable[[Facts], Answer | None]) -> Iterator[Moved]:
    """The days D for which the judgement is one and the same, found on a grid and made exact by halving."""

    def at(day: int) -> Answer | None:
        facts = record(stand, eve.known, day, eve.first, eve.found.new.vocabulary)
        return None if facts is None else judge(facts)

    days = grid(eve.found, eve.first) if stand.varies else [eve.first - 1]
    seen = [(day, at(day)) for day in days]
    index = 0
    while index < len(seen):
        low, answer = seen[index]
        end = index
        while end + 1 < len(seen) and seen[end + 1][1] == answer:
            end += 1
        if answer is not None:
            start = _edge(at, seen[index - 1][0], low, answer) if index else low
            stop = _edge(at, seen[end + 1][0], seen[end][0], answer) if end + 1 < len(seen) else seen[end][0]
            facts = record(stand, eve.known, stop, eve.first, eve.found.new.vocabulary)
            assert facts is not None
            yield Moved(stand.id, stand.says, answer[0], act.id, act.says, (start, stop), answer[1], eve.first, facts,
                        stand.persons)  # fmt: skip
        index = end + 1


def grid(found: Difference, first: int) -> list[int]:
    """The days D at which positions are looked at: one in three weeks, and those around the ends of changed terms."""
    days = {*range(first - BACK, first - 1, STRIDE), first - 1}
    old, new = found.old.program.params, found.new.program.params
    for name, value in (*old.items(), *new.items()):
        if isinstance(value, Period) and old.get(name) != new.get(name):
            back = first - round(value.months * MONTH) - value.days
            days |= {day for day in range(back - NEAR, back + NEAR + 1) if first - BACK <= day < first}
    return sorted(days)


def _edge(at: Callable[[int], object], outside: int, inside: int, answer: object) -> int:
    """The last day on the way from inside to outside with the same answer."""
    while abs(outside - inside) > 1:
        middle = (outside + inside) // 2
        if at(middle) == answer:
            inside = middle
        else:
            outside = middle
    return inside


__all__ = ["Effect", "Moved", "Spoken", "speaks_of", "still", "transition"]
