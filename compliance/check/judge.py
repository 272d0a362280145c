"""The status of each norm on one record: the evaluator alone where all is known, the solver where something is open.

Both judges answer the same question in the same form, so that everything above them (readings, verdicts, reports)
does not ask which one it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from attrs import define, field

from compliance.calendar.working import WorkingCalendar
from compliance.check.explore import Unexplored
from compliance.law.model import Norm
from compliance.norm.evaluate import CLOSED, DUE, OPEN, Bound, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.smt.answers import ByReadings
from compliance.timeline.model import Timeline
from compliance.verdict import SEVERITY, Status

Judged = tuple[Status, frozenset[str]]
"""A status, and the readings that were consulted for it."""


class Judge(Protocol):
    """Judges one formula under one profile of readings."""

    def status(self, norm: Norm, profile: Profile) -> Judged: ...

    def hold(self, formulas: Mapping[str, Typed], profile: Profile) -> dict[str, bool | None]:
        """Whether formulas that are no norms (notices) hold; None for one that is open."""
        ...


def _status(open_holds: bool | None, closed_holds: bool | None, norm: Norm) -> Status:
    """NOTE(due) in norm/evaluate.py: fails even while duties are open: violated; holds only so: pending.

    A term that merely approaches (`open: ahead`) is compliant until it has passed.
    """
    if open_holds is False:
        return "violated"
    if open_holds is None:
        return "undetermined"
    if closed_holds is True or norm.open == "ahead":
        return "compliant"
    return "pending" if closed_holds is False else "undetermined"


@define(eq=False)
class KnownJudge:
    """Judges a complete record with the evaluator."""

    program: Program
    calendar: WorkingCalendar
    facts: Facts
    memory: dict[tuple[object, ...], list[tuple[Profile, Bound]]] = field(factory=dict)
    _answers: dict[str, list[tuple[Profile, Status]]] = field(factory=dict)

    def evaluator(self, profile: Profile, mode: str = OPEN) -> Evaluator:
        return Evaluator(self.program, self.calendar, self.facts, {**profile, DUE: mode}, self.memory)

    def status(self, norm: Norm, profile: Profile) -> Judged:
        """Remembered with the readings that were consulted: what they leave the same is not judged again."""
        known = self._answers.setdefault(norm.id, [])
        for readings, status in known:
            if all(profile[name] == value for name, value in readings.items()):
                return status, frozenset(readings)
        status, consulted = self._judged(norm, profile)
        known.append(({name: profile[name] for name in consulted}, status))
        return status, consulted

    def _judged(self, norm: Norm, profile: Profile) -> Judged:
        evaluator = self.evaluator(profile)
        holds = evaluator.truth(norm.expr, {})
        if not holds or DUE not in evaluator.consulted:
            return ("compliant" if holds else "violated"), frozenset(evaluator.consulted - {DUE})
        closed = self.evaluator(profile, CLOSED)
        discharged = closed.truth(norm.expr, {})
        return _status(True, discharged, norm), frozenset((evaluator.consulted | closed.consulted) - {DUE})

    def hold(self, formulas: Mapping[str, Typed], profile: Profile) -> dict[str, bool | None]:
        evaluator = self.evaluator(profile)
        return {name: evaluator.truth(formula.expr, {}) for name, formula in formulas.items()}


@define(eq=False)
class OpenJudge:
    """Judges an uncertain record with the solver: a status holds only if it holds in every completion."""

    program: Program
    calendar: WorkingCalendar
    timeline: Timeline
    norms: tuple[Norm, ...]
    default: Profile
    vary: frozenset[str]
    answers: Mapping[str, ByReadings] = field(init=False)

    def __attrs_post_init__(self) -> None:
        from compliance.smt.decide import decide_over_readings

        self.answers = decide_over_readings(
            self.program,
            self.calendar,
            self.timeline,
            {norm.id: norm.typed for norm in self.norms},
            {**self.default, DUE: OPEN},
            vary=self.vary | {DUE},
        )

    def status(self, norm: Norm, profile: Profile) -> Judged:
        open_holds, consulted = self._verdict(norm, profile, OPEN)
        if open_holds is not True:
            return _status(open_holds, None, norm), consulted
        closed_holds, more = self._verdict(norm, profile, CLOSED)
        return _status(True, closed_holds, norm), consulted | more

    def _verdict(self, norm: Norm, profile: Profile, mode: str) -> tuple[bool | None, frozenset[str]]:
        whole = {**profile, DUE: mode}
        for part, verdict in self.answers[norm.id].parts:
            if all(whole[name] == value for name, value in part.items()):
                return getattr(verdict, "value", None), frozenset(part) - {DUE}
        raise Unexplored(norm.id)

    def hold(self, formulas: Mapping[str, Typed], profile: Profile) -> dict[str, bool | None]:
        from compliance.smt.decide import decide

        verdicts = decide(self.program, self.calendar, self.timeline, formulas, {**profile, DUE: OPEN})
        return {name: getattr(verdict, "value", None) for name, verdict in verdicts.items()}


def worst_judged(judged: Iterable[Judged]) -> Judged:
    """The worst status, and every reading that any of them consulted."""
    status: Status = "compliant"
    consulted: frozenset[str] = frozenset()
    for each, readings in judged:
        status = max(status, each, key=SEVERITY.__getitem__)
        consulted |= readings
    return status, consulted
