"""Which facts would decide what a record leaves open."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.check.contested import Readings
from compliance.check.judge import Judge
from compliance.check.setting import Setting
from compliance.law.model import Norm
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.vocabulary import Words
from compliance.timeline.case import Case
from compliance.verdict import Missing


def missing_facts(setting: Setting, case: Case, judge: Judge, readings: Readings) -> tuple[Missing, ...]:
    """The smallest set of facts whose knowledge would decide every unit that is open under the default readings.

    Each fact names the units that are open and can turn on it.
    """
    from compliance.smt.missing import missing

    open_norms = [norm for norm in setting.law.norms if judge.status(norm, readings.default)[0] == "undetermined"]
    program, calendar, timeline = setting.law.program, setting.calendar, case.timeline

    def decisive(norms: Sequence[Norm]) -> tuple[str, ...]:
        asked = [(norm.typed, {**readings.default, DUE: mode}) for norm in norms for mode in (OPEN, CLOSED)]
        found = missing(program, calendar, timeline, asked)
        return found if isinstance(found, tuple) else ()

    together = decisive(open_norms)
    by_norm = {norm.id: frozenset(decisive([norm])) for norm in open_norms} if len(open_norms) > 1 else {}
    return tuple(
        Missing(
            path,
            Words(case.describe(path, "en"), case.describe(path, "ru")),
            _line(case, path),
            tuple(dict.fromkeys(norm.unit for norm in open_norms if path in by_norm.get(norm.id, (path,)))),
        )
        for path in together
    )


def _line(case: Case, path: str) -> int | None:
    """The line of the event that the fact belongs to, or of what the file says of the officer or a post."""
    for slot in case.timeline.slots:
        if path.startswith(f"events[{slot.index}]."):
            return slot.place.line if slot.place else None
    place = case.places.get(path) or case.places.get(path.rpartition(".")[0])
    return place.line if place else None
