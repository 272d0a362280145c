"""Why a unit has its verdict: the events, both sides of the comparison, the open duties, the smallest repair."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, evolve, field

from compliance.calendar.days import format_iso
from compliance.check.completion import first_completion
from compliance.check.contested import Outcome, Readings
from compliance.check.judge import Judge, KnownJudge
from compliance.check.projection import turns_on
from compliance.check.repairs import repair_of
from compliance.check.sentences import Sentences
from compliance.check.setting import Setting
from compliance.law.citation import citation
from compliance.law.model import Norm, Notice
from compliance.norm.blame import Pending, blame, pending
from compliance.norm.evaluate import OPEN, Evaluator
from compliance.norm.facts import Event
from compliance.norm.vocabulary import Words
from compliance.timeline.case import Case
from compliance.verdict import Duty, Evidence, NoticeFinding, UnitFinding


def cite(unit: str) -> Words:
    """The official citation of a unit."""
    return Words(citation(unit, "en"), citation(unit, "ru"))


@define(eq=False)
class Witness:
    """Explains findings on one record. On an uncertain record it speaks of one completion, as an example."""

    setting: Setting
    case: Case
    judge: Judge
    readings: Readings
    example: KnownJudge = field(init=False)
    sentences: Sentences = field(init=False)
    pending: list[Duty] = field(factory=list)
    ahead: list[Duty] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self.sentences = self.setting.sentences
        if isinstance(self.judge, KnownJudge):
            self.example = self.judge
            return
        facts = self.case.timeline.facts(first_completion(self.case.timeline))
        self.example = KnownJudge(self.setting.law.program, self.setting.calendar, facts)

    def finding(self, unit: str, norms: Sequence[Norm], found: Outcome) -> UnitFinding:
        """The finding on a unit, with the evidence of each of its norms that has the unit's verdict."""
        self._gather_duties(norms)
        blamed = [norm for norm in norms if self.judge.status(norm, self.readings.default)[0] == found.status]
        finding = UnitFinding(
            unit=unit,
            norm=(blamed or list(norms))[0].id,
            verdict=found.status,
            citation=cite(unit),
            robust=found.robust,
            depends_on=found.depends_on,
            combination=found.combination,
        )
        finding = self._on_calendar(finding, norms)
        if finding.verdict == "violated":
            return self._with_reasons(finding, blamed)
        if finding.verdict == "undetermined":
            return self._with_reasons(finding, [norm for norm in blamed if self._fails_by_example(norm)])
        return finding

    def _on_calendar(self, finding: UnitFinding, norms: Sequence[Norm]) -> UnitFinding:
        """The finding, marked where it turns on projected days; undetermined where on days beyond the files."""
        counting, program = self.setting.counting(norms), self.setting.law.program
        if not counting:
            return finding
        facts, profile = self.example.facts, self.readings.default
        match turns_on(program, self.setting.calendar, facts, counting, profile):
            case "projected":
                return evolve(finding, projected=True)
            case "beyond":
                return evolve(finding, projected=True, verdict="undetermined")
            case "confirmed":
                return finding

    def _fails_by_example(self, norm: Norm) -> bool:
        return self.example.hold({norm.id: norm.typed}, self.readings.default)[norm.id] is False

    def _with_reasons(self, finding: UnitFinding, norms: Sequence[Norm]) -> UnitFinding:
        says: list[Words] = []
        details: list[Words] = []
        because: dict[int, Evidence] = {}
        evaluator = self.evaluator()
        for norm in norms:
            for failure in blame(evaluator, norm.typed):
                says.append(self.sentences.said(norm.id, norm.typed, norm.fails, evaluator, failure))
                details.extend(self.sentences.details(failure))
                because.update((event.index, self.evidence(event)) for event in failure.events)
        finding = evolve(
            finding,
            says=tuple(dict.fromkeys(says)),
            detail=tuple(dict.fromkeys(details)),
            because=tuple(because[index] for index in sorted(because)),
        )
        if finding.verdict == "violated" and self.setting.options.repair:
            return evolve(finding, repair=repair_of(self.setting, self.case, self.readings, norms))
        return finding

    def evaluator(self, mode: str = OPEN) -> Evaluator:
        """An evaluator of the record (or of the example) under the default readings."""
        return self.example.evaluator(self.readings.default, mode)

    def evidence(self, event: Event) -> Evidence:
        """An event as a finding points to it."""
        slot = next(slot for slot in self.case.timeline.slots if slot.index == event.index)
        line = slot.place.line if slot.place else None
        words = self.setting.law.vocabulary.kinds[event.kind].words
        return Evidence(event.kind, event.index, format_iso(event.date), line, words)

    def _gather_duties(self, norms: Sequence[Norm]) -> None:
        for norm in norms:
            for duty in pending(self.evaluator(), norm.typed):
                (self.pending if norm.open == "pending" else self.ahead).append(self._duty(norm, duty))

    def _duty(self, norm: Norm, duty: Pending) -> Duty:
        bearer = self.setting.law.unit(norm.unit).bearer
        actors = self.setting.law.vocabulary.enumerations["actor"].values
        words = Words(", ".join(actors[a].en for a in bearer), ", ".join(actors[a].ru for a in bearer))
        because = tuple(self.evidence(event) for _, event in duty.bindings)
        return Duty(norm.unit, norm.id, format_iso(duty.day), bearer, words, cite(norm.unit), because)

    def duties(self) -> tuple[tuple[Duty, ...], tuple[Duty, ...]]:
        """The duties that are pending and the terms that approach, each in the order of their days.

        A term that never ends (a stay that has not begun) approaches nothing.
        """
        return tuple(sorted(self.pending, key=_by)), tuple(sorted((d for d in self.ahead if d.by < NEVER), key=_by))

    def notice(self, notice: Notice) -> list[NoticeFinding]:
        """The notice for each binding that it concerns."""
        evaluator, clause = self.evaluator(), notice.clause
        return [
            NoticeFinding(
                clause.id,
                clause.severity,
                clause.units,
                self.sentences.said(clause.id, notice.typed, clause.fails, evaluator, failure),
                tuple(self.evidence(event) for _, event in failure.bindings),
            )
            for failure in blame(evaluator, notice.typed)
        ]


NEVER = "9999"


def _by(duty: Duty) -> tuple[str, str]:
    return duty.by, duty.norm
