"""A theorem as SMT-LIB text, for anybody's solver: `unsat` means that it holds (or, of an existence, that it fails)."""

from __future__ import annotations

from compliance.calendar.load import shipped_calendar
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.prove.questions import assumed, query_of
from compliance.prove.theorem import Theorem


def smt2(
    law: Law, theorem: Theorem, norms: tuple[str, ...] | None = None, calendar: WorkingCalendar | None = None
) -> str:
    """The text under these norms and facts of the world (the core of a proof, for one), or under all it assumes."""
    from compliance.smt.quantified.formulas import script

    query = query_of(law, theorem, calendar or shipped_calendar(), assumed(law, theorem))
    axioms = tuple(name for name in query.axioms if norms is None or name in norms)
    return script(query, axioms, patterns=False)


__all__ = ["smt2"]
