"""The solver's share: pairs of officer and unit that the columns leave open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from compliance.audit.lines import Line, words_of
from compliance.check.contested import Readings
from compliance.check.judge import KnownJudge
from compliance.check.setting import Setting
from compliance.law.model import Norm
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.vocabulary import Words
from compliance.timeline.case import Case
from compliance.timeline.model import Timeline
from compliance.verdict import Status, worst

if TYPE_CHECKING:
    from compliance.bulk.tables import Packed
    from compliance.smt.answers import Verdict3


@frozen(eq=False)
class Settler:
    """Settles the open units of one officer at a time."""

    setting: Setting
    readings: Readings
    as_of: int

    def settle(self, packed: Packed, officer: int, lines: Sequence[Line], rows: Any) -> list[Line]:
        """The lines with the solver's verdict; what stays open names the facts that would decide it."""
        from compliance.bulk.unpack import unpack

        timeline = unpack(packed, officer)
        norms = [norm for line in lines for norm in self.setting.law.norms_of(line["unit"])]
        statuses, reason = self.statuses(timeline, norms)
        numbers = {slot.index: int(rows[slot.index]) for slot in timeline.slots if not slot.phantom}
        return [self.line(line, timeline, statuses, reason, numbers) for line in lines]

    def line(
        self, line: Line, timeline: Timeline, statuses: Mapping[str, Status], reason: str, rows: Mapping[int, int]
    ) -> Line:
        norms = self.setting.law.norms_of(line["unit"])
        verdict = worst(statuses[norm.id] for norm in norms)
        told = {**line, "verdict": verdict, "settled": not reason}
        if reason:
            return {**told, "reason": {"en": "the solver gave up", "ru": "решатель не дал ответа"}}
        if verdict == "undetermined":
            told["missing"] = self.missing(timeline, norms, rows)
        return told

    def statuses(self, timeline: Timeline, norms: Sequence[Norm]) -> tuple[dict[str, Status], str]:
        if timeline.certain:  # too many bindings for the columns
            judge = KnownJudge(self.setting.law.program, self.setting.calendar, timeline.facts())
            return {norm.id: judge.status(norm, self.readings.default)[0] for norm in norms}, ""
        from compliance.smt.decide import decide

        law, formulas = self.setting.law, {norm.id: norm.typed for norm in norms}
        profile = {**self.readings.default, DUE: OPEN}
        opened = decide(law.program, self.setting.calendar, timeline, formulas, profile)
        due = {norm.id: norm.typed for norm in norms if norm.open == "pending" and holds(opened[norm.id]) is True}
        closed: Mapping[str, Verdict3] = {}
        if due:
            closed = decide(law.program, self.setting.calendar, timeline, due, {**profile, DUE: CLOSED})
        reasons = [why for found in (*opened.values(), *closed.values()) if (why := getattr(found, "reason", ""))]
        return {norm.id: _status(norm, opened, closed) for norm in norms}, next(iter(reasons), "")

    def missing(self, timeline: Timeline, norms: Sequence[Norm], rows: Mapping[int, int]) -> list[Line]:
        from compliance.smt.missing import missing

        program, calendar = self.setting.law.program, self.setting.calendar
        modes = [(norm.typed, {**self.readings.default, DUE: mode}) for norm in norms for mode in (OPEN, CLOSED)]
        found = missing(program, calendar, timeline, modes)
        case = Case("", "", timeline, self.as_of, self.setting.law.vocabulary)
        paths = found if isinstance(found, tuple) else ()
        return [{"fact": path, "words": words_of(_described(case, path)), "line": _row(path, rows)} for path in paths]


def _described(case: Case, path: str) -> Words:
    return Words(case.describe(path, "en"), case.describe(path, "ru"))


def _row(path: str, rows: Mapping[int, int]) -> int | None:
    """The row of the event that a path such as `events[3].date` belongs to."""
    if not path.startswith("events["):
        return None
    return rows.get(int(path[len("events[") : path.index("]")]))


def holds(verdict: Verdict3) -> bool | None:
    return getattr(verdict, "value", None)


def _status(norm: Norm, opened: Mapping[str, Verdict3], closed: Mapping[str, Verdict3]) -> Status:
    first = holds(opened[norm.id])
    if first is not True:
        return "violated" if first is False else "undetermined"
    if norm.id not in closed:
        return "compliant"
    second = holds(closed[norm.id])
    return "compliant" if second else "pending" if second is False else "undetermined"
