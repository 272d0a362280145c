"""Whether a change touches only those who have a past: `COHORT_ONLY`, with the last day on which it is felt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import evolve

from compliance.amend.effect.meaning import Both, both, conjunction, fold
from compliance.amend.effect.positions import Positions, read_positions
from compliance.amend.effect.probe import Probe
from compliance.amend.effect.trouble import Sides, Trouble
from compliance.calendar.days import day, format_en, format_iso, format_ru
from compliance.law.model import Law
from compliance.norm import ast
from compliance.norm.parse import parse_expr
from compliance.norm.program import Program, Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.types import Date
from compliance.norm.walk import nodes

LAST: Final = day(2045, 12, 31)
"""How far the fading is looked for."""


def cohort(sides: Sides, first: int | None) -> Iterator[Trouble]:
    """A change under which nobody whose record begins on the first day or later is treated otherwise.

    Only norms that name a date can do that: without one, a record moved as a whole differs as it did.
    """
    if first is None or not _names_a_day(sides):
        return
    asked = _Apart(sides)
    if asked.differ(first) is not False or not asked.differ(None):
        return
    fades = _fades(sides, first)
    norms = tuple(dict.fromkeys(norm.id for norm in (*sides.found.come, *sides.found.gone)))
    word = "logic.cohort-unknown" if fades is None else "logic.cohort-for-good" if fades >= LAST else "logic.cohort"
    said = {"day_en": format_en(first), "day_ru": format_ru(first)}
    said |= {"fades_en": format_en(fades), "fades_ru": format_ru(fades)} if fades is not None else {}
    yield Trouble("COHORT_ONLY", "note", word, norms, {"units": norms}, said, proved=False)


def _names_a_day(sides: Sides) -> bool:
    pairs = ((sides.found.new, sides.found.come), (sides.found.old, sides.found.gone))
    return any(_has_day(law, norm.typed, sides) for law, norms in pairs for norm in norms)


def _has_day(law: Law, typed: Typed, sides: Sides) -> bool:
    """Whether a formula names a day of the calendar, the definitions that the change touched included."""
    waiting, seen = [typed.expr], set[str]()
    while waiting:
        for node in nodes(fold(waiting.pop(), sides.found.profile, {})):
            if isinstance(node, ast.Literal) and isinstance(node.type, Date):
                return True
            if isinstance(node, ast.Call) and node.name in sides.found.definitions and node.name not in seen:
                seen.add(node.name)
                if node.name in law.program.definitions:
                    waiting.append(law.program.definitions[node.name].body)
    return False


class _Apart:
    """Records on which the two laws differ, with bounds on their days."""

    def __init__(self, sides: Sides) -> None:
        self.program: Both = both(sides.found)
        self.probe: Probe = sides.new

    def differ(self, first: int | None, late: int | None = None) -> bool | None:
        """Whether some record differs, one that begins on `first` or later, whose last event is on `late` or later."""
        sides = ((self.program.come, self.program.gone), (self.program.gone, self.program.come))
        found = [self._one_way(kept, broken, first, late) for kept, broken in sides if broken]
        return True if True in found else None if None in found else False

    def _one_way(
        self, kept: Mapping[str, Typed], broken: Mapping[str, Typed], first: int | None, late: int | None
    ) -> bool | None:
        from compliance.smt.query import NoStory, Query, Story
        from compliance.smt.search import search
        from compliance.smt.unbounded.engine import Engine

        program = self.program.program
        axioms = {**self.program.common, **self.program.world, **{f"kept:{n}": t for n, t in kept.items()}}
        if first is not None:
            axioms |= _all_from(program, first)
        if late is not None:
            axioms["late"] = check_expr(parse_expr(f"as_of >= {format_iso(late)}"), Scope(program))
        goal = conjunction(broken, program)
        query = Query(program, self.probe.calendar, axioms, goal, False, self.probe.profile)
        if late is None:
            answer = Engine(query, query.preferred, total=self.probe.effort).run()
            if not hasattr(answer, "reason"):
                return isinstance(answer, Story)
        found = search(query, (1, 2))
        return True if isinstance(found, Story) else False if isinstance(found, NoStory) else None


def _all_from(program: Program, first: int) -> dict[str, Typed]:
    """That no event is earlier than a day."""
    scope = Scope(program)
    return {
        f"from:{kind}": check_expr(parse_expr(f"every {kind} x: x.date >= {format_iso(first)}"), scope)
        for kind in program.vocabulary.kinds
    }


def _fades(sides: Sides, first: int) -> int | None:
    """The last first day on which some position would still be touched; None where none is, LAST where it goes on."""
    from compliance.amend.effect.transition import transition

    def touched(day: int, positions: Positions) -> set[str]:
        return {moved.position for moved in transition(sides.found, sides.new.calendar, day, positions)}

    every = read_positions()
    known = touched(first, every)
    stands = evolve(every, stands=tuple(stand for stand in every.stands if stand.id in known))
    if not stands.stands:
        return None
    lo, hi = first, LAST
    if touched(hi, stands):
        return LAST
    while hi - lo > 1:
        middle = (lo + hi) // 2
        lo, hi = (middle, hi) if touched(middle, stands) else (lo, middle)
    return lo


__all__ = ["cohort"]
