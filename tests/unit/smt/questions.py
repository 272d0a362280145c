"""Questions about all records under the shipped law, or under a few of its units, written as text."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.parse import parse_expr
from compliance.norm.program import Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.smt.query import Query


def typed(law: Law, text: str) -> Typed:
    return check_expr(parse_expr(text), Scope(law.program))


def question(
    law: Law,
    calendar: WorkingCalendar,
    text: str,
    side: bool,
    *,
    under: tuple[str, ...] | None = None,
    more: Mapping[str, str] | None = None,
    free: bool = False,
) -> Query:
    """`under` are unit ids, or everything; `more` are further axioms as text."""
    axioms = {norm.id: norm.typed for norm in law.norms if under is None or norm.unit in under}
    if under is None:
        axioms |= {fact.id: fact.typed for fact in law.world}
    axioms |= {name: typed(law, each) for name, each in (more or {}).items()}
    return Query(law.program, calendar, axioms, typed(law, text), side, {} if free else law.default_profile)
