"""A second opinion on what cannot be: cvc5 reads the question as text and answers it on its own.

Four outcomes, all of them named: it confirms, it contradicts, it gives up, or it is not installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from compliance.calendar.functions import Function, domain
from compliance.calendar.working import WorkingCalendar
from compliance.smt.calendar import Applications
from compliance.smt.needed import needed
from compliance.smt.smtlib import script
from compliance.smt.world import World

if TYPE_CHECKING:
    import cvc5

Outcome: TypeAlias = Literal["confirmed", "contradicted", "gave up", "absent"]

RLIMIT = 2_000_000
"""cvc5's own measure of effort for one question; a few seconds."""


@frozen
class Certificate:
    """What the second solver says of an `unsat`; `solver` names it with its version."""

    outcome: Outcome
    solver: str = ""
    reason: str = ""


def certify(world: World, assume: Mapping[str, bool], rlimit: int = RLIMIT) -> Certificate:
    """Whether the second solver finds too that the assumptions cannot hold together in the world."""
    return confirm(script(world, assume, needed(world, assume)), rlimit)


def confirm(text: str, rlimit: int = RLIMIT) -> Certificate:
    """Whether the second solver answers `unsat` to an SMT-LIB text with one `check-sat`."""
    try:
        import cvc5
    except ImportError:
        return Certificate("absent")
    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    name = "cvc5 " + solver.getVersion().decode()
    solver.setOption("rlimit-per", str(rlimit))
    match answer := answer_of(solver, text):
        case "unsat":
            return Certificate("confirmed", name)
        case "sat":
            return Certificate("contradicted", name)
        case _:
            return Certificate("gave up", name, answer)


def answer_of(solver: cvc5.Solver, text: str) -> str:
    """What a cvc5 solver answers to the last question of an SMT-LIB text."""
    import cvc5

    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, text, "question")
    symbols = parser.getSymbolManager()
    answer = ""
    while not (command := parser.nextCommand()).isNull():
        answer = str(command.invoke(solver, symbols)).strip() or answer
    return answer


def lemmas_hold(applications: Applications) -> bool:
    """Whether every stated piece and bound is what the function does on each day: both solvers rest on them."""
    calendar = applications.calendar
    for application, piece in applications.pieces:
        values = application.fn.values(piece.lo, piece.hi, calendar)
        if values != [piece.at(x) for x in range(piece.lo, piece.hi + 1)]:
            return False
    for application, least, most in applications.distances:
        arg = application.arg
        values = application.fn.values(arg.lo, arg.hi, calendar)
        if any(not least <= value - x <= most for x, value in enumerate(values, arg.lo)):
            return False
    functions = {each.fn for each in applications.lazy} if applications.monotone else set()
    return all(_ordered(fn, calendar) for fn in functions)


def _ordered(fn: Function, calendar: WorkingCalendar) -> bool:
    """Whether a function keeps the order of its arguments over its table."""
    values = fn.values(*domain(fn), calendar)
    return all(a <= b for a, b in pairwise(values))
