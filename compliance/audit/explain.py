"""Evidence for findings: the evaluator judges the pair of officer and unit again, and says why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import frozen

from compliance.audit.lines import Line, explained
from compliance.check.completion import first_completion
from compliance.check.contested import Outcome, Readings, outcome
from compliance.check.evidence import Witness
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
    varied: bool = True
    """Whether the columns were asked about other readings too."""

    def case(self, officer: str, timeline: Timeline) -> Case:
        return Case(
            file=self.file, officer_id=officer, timeline=timeline, as_of=self.as_of,
            vocabulary=self.setting.law.vocabulary, law=self.setting.options.law,
        )  # fmt: skip

    def record(self, packed: Packed, officer: int, rows: Any) -> Record:
        """One officer's record as the evaluator knows it.

        What is violated on an uncertain record is so in every completion, so that one of them can be its example.
        """
        from compliance.bulk.unpack import unpack

        timeline = unpack(packed, officer)
        facts = timeline.facts(None if timeline.certain else first_completion(timeline))
        judge = KnownJudge(self.setting.law.program, self.setting.calendar, facts)
        witness = Witness(self.setting, self.case(packed.ids[officer], timeline), judge, self.readings)
        numbers = {slot.index: int(rows[slot.index]) for slot in timeline.slots if not slot.phantom}
        return Record(self.setting, self.readings, judge, witness, numbers, timeline.certain, self.varied)


@frozen(eq=False)
class Record:
    """One officer's record, and what the evaluator says of it; it is judged once for all his findings."""

    setting: Setting
    readings: Readings
    judge: KnownJudge
    witness: Witness
    rows: Mapping[int, int]
    certain: bool
    varied: bool

    def verify(self, line: Line) -> None:
        """Judges a finding again under the default readings."""
        norms = self.setting.law.norms_of(line["unit"])
        self.hold(line, worst(self.judge.status(norm, self.readings.default)[0] for norm in norms))

    def hold(self, line: Line, status: str) -> None:
        if status != line["verdict"]:
            raise TwinDisagreement(line["officer"], line["unit"], line["verdict"], status)

    def explained(self, line: Line) -> Line:
        """The line with the words of the evaluator; how an uncertain record turns on readings stays as it is."""
        norms = self.setting.law.norms_of(line["unit"])
        if self.certain:
            found = outcome(self.judge, norms, self.readings)
        else:
            found = Outcome(worst(self.judge.status(norm, self.readings.default)[0] for norm in norms))
        self.hold(line, found.status)
        if self.certain and self.varied and found.robust != line["robust"] and not found.combination:
            raise TwinDisagreement(line["officer"], line["unit"], _said(line["robust"]), _said(found.robust))
        self.witness.pending.clear()
        self.witness.ahead.clear()
        told = with_duty(explained(line, self.witness.finding(line["unit"], norms, found), self.rows), self.witness)
        if self.certain:
            return told
        kept = {"robust": line["robust"], "depends_on": line["depends_on"], "verdict": line["verdict"]}
        return {**told, **kept, "by_example": True}


def _said(robust: bool) -> str:
    return "robust" if robust else "contested"


def with_duty(line: Line, witness: Witness) -> Line:
    """A pending line with the last day and the bearer of the duty that comes first."""
    duties = [duty for duty in witness.pending if duty.unit == line["unit"]]
    if line["verdict"] != "pending" or not duties:
        return line
    first = min(duties, key=lambda duty: duty.by)
    return {**line, "by": first.by, "bearer": list(first.bearer)}
