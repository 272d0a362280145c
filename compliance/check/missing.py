"""Which facts would decide what a record leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compliance.check.contested import Readings
from compliance.check.judge import Judge
from compliance.check.setting import Setting
from compliance.law.model import Norm
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.vocabulary import Words
from compliance.timeline.case import Case
from compliance.verdict import Missing

MOST_DOUBTFUL = 16
"""With more acts than this that may or may not have happened, no smallest set of facts is looked for."""


def missing_facts(setting: Setting, case: Case, judge: Judge, readings: Readings) -> tuple[Missing, ...]:
    """The smallest set of facts whose knowledge would decide every unit that is open under the default readings.

    Each fact names the units that are open and can turn on it. Where very many acts may or may not have happened, the
    acts that the open units ask for are named instead, one of each kind that the record may be missing.
    """
    open_norms = [norm for norm in setting.law.norms if judge.status(norm, readings.default)[0] == "undetermined"]
    if sum(slot.occurred is None for slot in case.timeline.slots) > MOST_DOUBTFUL:
        return tuple(_acts_asked_for(case, open_norms))
    return _smallest_set(setting, case, readings, open_norms)


def _smallest_set(setting: Setting, case: Case, readings: Readings, open_norms: Sequence[Norm]) -> tuple[Missing, ...]:
    from compliance.smt.missing import missing

    program, calendar, timeline = setting.law.program, setting.calendar, case.timeline

    def decisive(norms: Sequence[Norm]) -> tuple[str, ...]:
        asked = [(norm.typed, {**readings.default, DUE: mode}) for norm in norms for mode in (OPEN, CLOSED)]
        found = missing(program, calendar, timeline, asked)
        return found if isinstance(found, tuple) else ()

    together = decisive(open_norms)
    by_norm = {norm.id: frozenset(decisive([norm])) for norm in open_norms} if len(open_norms) > 1 else {}
    return tuple(
        _fact(case, path, [norm for norm in open_norms if path in by_norm.get(norm.id, (path,))]) for path in together
    )


def _acts_asked_for(case: Case, open_norms: Sequence[Norm]) -> Iterator[Missing]:
    named: set[str] = set()
    for slot in case.timeline.slots:
        asking = [norm for norm in open_norms if slot.kind in norm.typed.kinds]
        if slot.occurred is None and asking and not (slot.phantom and slot.kind in named):
            yield _fact(case, f"events[{slot.index}].occurred", asking)
            named |= {slot.kind} if slot.phantom else set()


def _fact(case: Case, path: str, norms: Sequence[Norm]) -> Missing:
    words = Words(case.describe(path, "en"), case.describe(path, "ru"))
    return Missing(path, words, _line(case, path), tuple(dict.fromkeys(norm.unit for norm in norms)))


def _line(case: Case, path: str) -> int | None:
    """The line of the event that the fact belongs to, or of what the file says of the officer or a post."""
    for slot in case.timeline.slots:
        if path.startswith(f"events[{slot.index}]."):
            return slot.place.line if slot.place else None
    place = case.places.get(path) or case.places.get(path.rpartition(".")[0])
    return place.line if place else None
