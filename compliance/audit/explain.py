"""Evidence for findings: the evaluator judges the pair of officer and unit again, and says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from compliance.audit.lines import Line, explained
from compliance.calendar.days import NEVER
from compliance.check.completion import first_completion
from compliance.check.contested import Outcome, Readings, outcome
from compliance.check.evidence import Witness
from compliance.check.judge import Judge as CheckJudge
from compliance.check.judge import KnownJudge
from compliance.check.setting import Setting
from compliance.law.model import Norm
from compliance.norm.ast import Quant
from compliance.norm.blame import Failure, Part, blame
from compliance.norm.evaluate import Evaluator
from compliance.norm.walk import nodes
from compliance.smt.answers import EngineDisagreement
from compliance.timeline.case import Case
from compliance.timeline.model import Timeline
from compliance.verdict import worst

if TYPE_CHECKING:
    from compliance.bulk.tables import Packed


EARLY, LATE = 600_000, NEVER
"""Numbers between these are days, neither quarters nor counts."""


def late_days(evaluator: Evaluator, norms: Sequence[Norm]) -> int | None:
    """By how many days a term was missed, where what failed is one day held against another."""
    found: list[int] = []
    for norm in norms:
        for failure in blame(evaluator, norm.typed):
            for part in failure.parts:
                days = [side.value for side in part.sides if isinstance(side.value, int)]
                if part.reason == "comparison" and len(days) == 2 and all(EARLY < each < LATE for each in days):
                    found.append(abs(days[0] - days[1]))
                elif part.reason == "due" and days and EARLY < days[0] < LATE:
                    found.append(done_day(evaluator, failure, part, days[0]) - days[0])
    return max((days for days in found if days >= 0), default=None)


def done_day(evaluator: Evaluator, failure: Failure, part: Part, last: int) -> int:
    """The day on which a duty was done after all, the first such act after its last day; else `as_of`."""
    bodies = [each for each in nodes(part.expr) if isinstance(each, Quant) and each.mode == "some"]
    kinds = {each.kind for each in bodies[:1]}
    acts = [event for event in evaluator.facts.events if event.kind in kinds] if kinds else failure.events
    later = [event.date for event in acts if event.date > last]
    return min(later, default=evaluator.facts.as_of)


class TwinDisagreement(EngineDisagreement):
    """The columns and the evaluator differ on an officer: an internal error, exit 4."""

    def __init__(self, officer: str, unit: str, columns: str, evaluator: str) -> None:
        Exception.__init__(self, f"officer `{officer}`, `{unit}`: the columns say {columns}, the evaluator {evaluator}")
        self.officer, self.unit = officer, unit


@frozen(eq=False)
class Explainer:
    """Explains the findings of one part of a register."""

    setting: Setting
    readings: Readings
    file: str
    as_of: int

    def case(self, officer: str, timeline: Timeline) -> Case:
        return Case(
            file=self.file, officer_id=officer, timeline=timeline, as_of=self.as_of,
            vocabulary=self.setting.law.vocabulary, law=self.setting.options.law,
        )  # fmt: skip

    def explain(self, packed: Packed, officer: int, lines: Sequence[Line], rows: Any) -> list[Line]:
        """The lines of one officer, explained; raises where the evaluator disagrees.

        What is violated on an uncertain record is so in every completion, so that one of them can be its example.
        """
        from compliance.bulk.unpack import unpack

        timeline = unpack(packed, officer)
        facts = timeline.facts(None if timeline.certain else first_completion(timeline))
        judge = KnownJudge(self.setting.law.program, self.setting.calendar, facts)
        witness = Witness(self.setting, self.case(packed.ids[officer], timeline), judge, self.readings)
        if not timeline.certain:
            numbers = {slot.index: int(rows[slot.index]) for slot in timeline.slots if not slot.phantom}
            return [self.example(judge, witness, line, numbers) for line in lines]
        numbers = {slot.index: int(rows[slot.index]) for slot in timeline.slots if not slot.phantom}
        return [self.line(judge, witness, line, numbers) for line in lines]

    def example(self, judge: CheckJudge, witness: Witness, line: Line, rows: Mapping[int, int]) -> Line:
        """The evidence in one completion; how the verdict turns on readings stays what the columns say."""
        norms = self.setting.law.norms_of(line["unit"])
        found = Outcome(worst(judge.status(norm, self.readings.default)[0] for norm in norms))
        if found.status != line["verdict"]:
            raise TwinDisagreement(line["officer"], line["unit"], line["verdict"], found.status)
        witness.pending.clear()
        told = with_duty(explained(line, witness.finding(line["unit"], norms, found), rows), witness)
        if found.status == "violated":
            told["late_days"] = late_days(witness.evaluator(), norms)
        kept = {"robust": line["robust"], "depends_on": line["depends_on"], "verdict": line["verdict"]}
        return {**told, **kept, "by_example": True}

    def line(self, judge: CheckJudge, witness: Witness, line: Line, rows: Mapping[int, int]) -> Line:
        unit = line["unit"]
        norms = self.setting.law.norms_of(unit)
        found = outcome(judge, norms, self.readings)
        if found.status != line["verdict"]:
            raise TwinDisagreement(line["officer"], unit, line["verdict"], found.status)
        witness.pending.clear()
        witness.ahead.clear()
        if found.status == "violated":
            line = {**line, "late_days": late_days(witness.evaluator(), norms)}
        return with_duty(explained(line, witness.finding(unit, norms, found), rows), witness)


def with_duty(line: Line, witness: Witness) -> Line:
    """A pending line with the last day and the bearer of the duty that comes first."""
    duties = [duty for duty in witness.pending if duty.unit == line["unit"]]
    if line["verdict"] != "pending" or not duties:
        return line
    first = min(duties, key=lambda duty: duty.by)
    return {**line, "by": first.by, "bearer": list(first.bearer)}
