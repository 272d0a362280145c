"""Saving clauses: for those whom a change touches, a clause that keeps the old text for them, put in and tried."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from attrs import evolve, frozen

from compliance.amend.address import cite
from compliance.amend.effect.meaning import Difference
from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.effect.positions import Positions, read_positions
from compliance.amend.effect.transition import Moved, Spoken, transition
from compliance.amend.instruction import parse_instruction
from compliance.amend.operations import Transitional
from compliance.calendar.working import WorkingCalendar

LEAD = "пункт 1 исключить;\n"
"""An instruction before the clause, so that both are read as an act is; only the clause is used."""


@frozen(eq=False, slots=False)
class Saving:
    """The positions that a change touches, and the clauses that would spare them."""

    found: Difference
    calendar: WorkingCalendar
    first: int | None
    new: NewLaw
    clauses: tuple[Transitional, ...]

    @cached_property
    def known(self) -> Positions:
        """The positions to be looked at."""
        return read_positions()

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """Whom the change touches, the act's own clauses being heard; nothing without a first day."""
        return self._with((), self.known)

    def tested(self, moved: Moved, units: Iterable[str]) -> str:
        """A clause under which the position is no longer touched; nothing where none helps."""
        text = clause_for(self.known, [self.new.name(unit) for unit in units], moved.persons)
        own = evolve(self.known, stands=tuple(each for each in self.known.stands if each.id == moved.position))
        read = read_clauses(text)
        if not read or any(_same(each, moved) for each in self._with(read, own)):
            return ""
        return text

    def _with(self, clauses: tuple[Transitional, ...], known: Positions) -> tuple[Moved, ...]:
        if self.first is None:
            return ()
        spoken = Spoken((*self.clauses, *clauses), self.new.touched, self.new.name)
        return transition(self.found, self.calendar, self.first, known, spoken)


def _same(one: Moved, other: Moved) -> bool:
    return (one.position, one.act, one.effect) == (other.position, other.act, other.effect)


def clause_for(known: Positions, units: Iterable[str], persons: str) -> str:
    """The words of a clause that keeps the old text of some units for some persons."""
    names = ", ".join(cite(unit, "ru", "genitive") for unit in units)
    return known.saving_clause.replace("{units}", names).replace("{persons}", persons)


def read_clauses(text: str) -> tuple[Transitional, ...]:
    """The clauses as an act that ends in them would be read."""
    return parse_instruction(LEAD + text, "clause").transitional


__all__ = ["Saving", "clause_for", "read_clauses"]
