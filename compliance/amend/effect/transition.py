"""What the first day of a new version does to those who stand somewhere already.

Who is unlawful by the change alone, on whom the regimes part, and a saving clause that was read back.

Three regimes: the old law for positions that began under it, the new law for what begins after, the new law for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal

from attrs import evolve, frozen

from compliance.amend.clauses import transitional
from compliance.amend.effect.meaning import Difference
from compliance.amend.effect.positions import POST, Made, Stand, record, with_events
from compliance.amend.operations import Transitional
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law, Norm
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.vocabulary import Words
from compliance.source.loc import spot

BACK: Final = 4 * 365
STRIDE: Final = 21
LATER: Final = 30
"""Acts are tried so many days after the first day."""

Effect = Literal["unlawful", "stranded", "barred", "allowed"]


@frozen(eq=False)
class Moved:
    """One position that the change touches: for whom (the days D), how, by which norms, and who it is on one day."""

    position: str
    says: Words
    effect: Effect
    act: str
    cohort: tuple[int, int]
    norms: tuple[str, ...]
    first: int
    facts: Facts


@frozen(eq=False)
class Eve:
    """The two laws on the eve of a first day."""

    found: Difference
    calendar: WorkingCalendar
    first: int

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
        return self.failing(self.found.new, self.found.come, facts, self.first)

    def whole(self, facts: Facts) -> tuple[str, ...]:
        """The same of the new law as if it had always stood."""
        return self.failing(self.found.new, self.found.come, facts)


def transition(found: Difference, calendar: WorkingCalendar, first: int, stands: Iterable[Stand]) -> tuple[Moved, ...]:
    """Every position that the change touches."""
    if found.same:
        return ()
    eve = Eve(found, calendar, first)
    return tuple(moved for stand in stands for moved in _of(eve, stand))


def _of(eve: Eve, stand: Stand) -> Iterator[Moved]:
    yield from _cohorts(eve, stand, "", lambda facts: _by_the_change_alone(eve, facts))
    for act, made in _acts(stand, eve):
        yield from _cohorts(eve, stand, act, _tried(eve, made))


def _tried(eve: Eve, made: tuple[Made, ...]) -> Callable[[Facts], tuple[Effect, tuple[str, ...]] | None]:
    return lambda facts: _by_an_act(eve, facts, made)


def _by_the_change_alone(eve: Eve, facts: Facts) -> tuple[Effect, tuple[str, ...]] | None:
    if eve.old(facts) or not (broken := eve.new(facts)):
        return None
    return ("unlawful" if _has_exit(eve, facts, broken) else "stranded"), broken


def _has_exit(eve: Eve, facts: Facts, broken: tuple[str, ...]) -> bool:
    """Whether some exclusion on the first day breaks nothing that is not broken already."""
    law = eve.found.new
    for _, made in _exclusions(law):
        gone = with_events(facts, made, eve.first, law.vocabulary)
        if set(eve.failing(law, law.norms, gone, eve.first)) <= set(broken):
            return True
    return False


def _by_an_act(eve: Eve, facts: Facts, made: tuple[Made, ...]) -> tuple[Effect, tuple[str, ...]] | None:
    done = with_events(facts, made, eve.first + LATER, eve.found.new.vocabulary)
    later = evolve(facts, as_of=done.as_of)
    before, after = eve.whole(later), eve.whole(done)
    old, new = eve.old(done), tuple(name for name in after if name not in before)
    if eve.failing(eve.found.new, eve.found.common, done, eve.first + LATER):
        return None
    if old and not after:
        return "allowed", old
    if new and not old:
        return "barred", new
    return None


def _acts(stand: Stand, eve: Eve) -> Iterator[tuple[str, tuple[Made, ...]]]:
    for act in stand.acts:
        match act:
            case "exclusion":
                yield from _exclusions(eve.found.new)
            case "enrolment":
                made = Made("reserve_decision", "T", {"outcome": "enrol", "by": "head_of_administration"})
                yield act, (made,)
            case _:
                yield act, (Made(act, "T", {"position": POST}),)


def _exclusions(law: Law) -> Iterator[tuple[str, tuple[Made, ...]]]:
    for ground in law.vocabulary.enumerations["ground"].values:
        attrs = {"by": "head_of_administration", "ground": ground}
        materials = Made("exclusion_materials", "T", {"by": "personnel_unit"})
        yield ground, (materials, Made("exclusion_decision", "T", attrs))


def _cohorts(
    eve: Eve, stand: Stand, act: str, judge: Callable[[Facts], tuple[Effect, tuple[str, ...]] | None]
) -> Iterator[Moved]:
    """The days D for which the judgement is one and the same, found on a grid and made exact by halving."""

    def at(day: int) -> tuple[Effect, tuple[str, ...]] | None:
        facts = record(stand, day, eve.first, eve.found.new.vocabulary)
        return None if facts is None else judge(facts)

    days = [*range(eve.first - BACK, eve.first - 1, STRIDE), eve.first - 1] if stand.varies else [eve.first - 1]
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
            facts = record(stand, stop, eve.first, eve.found.new.vocabulary)
            assert facts is not None
            yield Moved(stand.id, stand.says, answer[0], act, (start, stop), answer[1], eve.first, facts)
        index = end + 1


def _edge(at: Callable[[int], object], outside: int, inside: int, answer: object) -> int:
    """The last day on the way from inside to outside with the same answer."""
    while abs(outside - inside) > 1:
        middle = (outside + inside) // 2
        if at(middle) == answer:
            inside = middle
        else:
            outside = middle
    return inside


def saving_clause(units: Iterable[str]) -> str:
    """A transitional clause for some units, to be put at the end of the act; nothing if it cannot be read back."""
    from compliance.amend.address import cite

    names = ", ".join(cite(unit, "ru", "genitive") for unit in units)
    text = (
        f"действие {names} в редакции, действовавшей до введения в действие настоящего Указа, сохраняется в отношении "
        "лиц, зачисленных в Президентский кадровый резерв до дня введения его в действие."
    )
    read = transitional(text, spot("clause", 1, 1))
    return text if read is not None and read.kind == "old_law" else ""


def saved(clauses: Iterable[Transitional], units: Iterable[str]) -> bool:
    """Whether a clause of the act keeps the old law for positions that began under it."""
    wanted = {unit.partition(".")[0] for unit in units}
    return any(
        clause.kind == "old_law" and (not clause.units or wanted <= {u.partition(".")[0] for u in clause.units})
        for clause in clauses
    )


__all__ = ["Effect", "Moved", "saved", "saving_clause", "transition"]
