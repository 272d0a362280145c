"""One job of each sort, printed: the same bytes whatever ran before (see test_determinism.py)."""

from __future__ import annotations

import sys

from compliance.calendar.days import day
from compliance.calendar.functions import AddMonths, AddWorkingDays
from compliance.calendar.load import shipped_calendar
from compliance.smt.answers import Open, Verdict3
from compliance.smt.decide import decide
from compliance.smt.missing import missing
from compliance.smt.smtlib import script
from compliance.smt.solve import Sat, check
from compliance.smt.terms import Num, le
from compliance.smt.world import World
from compliance.timeline.model import Choice
from tests.differential.test_encode import CALENDAR, draw


def job(seed: int) -> str:
    """Verdicts with their completions, missing facts, a model and a script."""
    drawn = draw(seed)
    case = drawn.program, CALENDAR, drawn.timeline
    found = decide(*case, drawn.norms, drawn.profile)
    needed = missing(*case, [(norm, drawn.profile) for norm in drawn.norms.values()])
    lines = [f"{name}: {_plain(verdict)}" for name, verdict in found.items()]
    return "\n".join([*lines, f"missing: {needed}", *_chain(seed)])


def _plain(verdict: Verdict3) -> str:
    if isinstance(verdict, Open):
        return f"holds {_sorted(verdict.holds)} fails {_sorted(verdict.fails)}"
    return str(verdict)


def _sorted(choice: Choice) -> str:
    return str([(path, sorted(v) if isinstance(v, frozenset) else v) for path, v in choice.items()])


def _chain(seed: int) -> list[str]:
    world = World(shipped_calendar())
    first = world.number("first", [(day(2026, 1, 1), day(2030, 12, 31))])
    second = world.number("second", [(day(2026, 1, 1), day(2034, 12, 31))])
    later = world.applications.apply(AddMonths(3), first)
    world.name("after", le(world.applications.apply(AddWorkingDays(10 + seed % 3), later), second))
    world.name("soon", le(second, day(2027, 1, 1)))
    answer = check(world, {"after": True, "soon": True})
    assert isinstance(answer, Sat)
    assert isinstance(first, Num)
    assert isinstance(second, Num)
    values = [str(answer.model.eval(number.term)) for number in (first, second)]
    return [*values, script(world, {"after": True, "soon": True})]


if __name__ == "__main__":
    print("\n".join(job(int(seed)) for seed in sys.argv[1:]))
