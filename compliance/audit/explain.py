"""Evidence for findings: the evaluator judges the pair of officer and unit again, and says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from compliance.audit.lines import Line, explained
from compliance.check.completion import first_completion
from compliance.check.contested import Outcome, Readings, outcome
from compliance.check.evidence import Witness
from compliance.check.judge import Judge as CheckJudge
from compliance.check.judge import KnownJudge
from compliance.check.setting import Setting
from compliance.smt.answers import EngineDisagreement
from compliance.timeline.case import Case
from compliance.timeline.model import Timeline
from compliance.verdict import worst

if TYPE_CHECKING:
    from compliance.bulk.tables import Packed


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
        if line["verdict"] == "pending":
            return line
        if found.status != line["verdict"]:
            raise TwinDisagreement(line["officer"], line["unit"], line["verdict"], found.status)
        told = explained(line, witness.finding(line["unit"], norms, found), rows)
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
        told = explained(line, witness.finding(unit, norms, found), rows)
        duties = [duty for duty in witness.pending if duty.unit == unit]
        if duties and told["verdict"] == "pending":
            first = min(duties, key=lambda duty: duty.by)
            told["by"], told["bearer"] = first.by, list(first.bearer)
        return told
