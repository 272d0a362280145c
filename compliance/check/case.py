"""One record judged against the law: every unit, every reading, and what the record leaves open."""

from __future__ import annotations

from attrs import evolve

from compliance.calendar.days import format_iso
from compliance.check.contested import Outcome, Readings, outcome
from compliance.check.evidence import Witness
from compliance.check.expect import unmet
from compliance.check.judge import Judge
from compliance.check.notices import notices_of
from compliance.check.propose import answer_proposal
from compliance.check.setting import Setting
from compliance.law.model import Norm
from compliance.norm.vocabulary import Words
from compliance.timeline.case import Case
from compliance.timeline.expectation import Expectation
from compliance.verdict import Missing, Result, Status, UnitFinding, worst


def check_case(setting: Setting, case: Case, title: Words | None = None) -> Result:
    """The verdict on one officer of one file."""
    placed = setting.placed(case)
    readings = setting.readings_of(case.readings)
    judge = setting.judge(placed.timeline, readings)
    witness = Witness(setting, placed, judge, readings)
    findings = tuple(_unit_findings(setting, judge, readings, witness))
    notices = notices_of(setting, judge, readings, witness)
    contradicted = any(notice.severity == "contradiction" for notice in notices)
    whole = _whole(setting, judge, readings, findings)
    verdict = worst([whole.status, "undetermined" if contradicted else "compliant"])
    if verdict == "compliant" and _nothing_judged(placed):
        verdict = "not_judged"
    pending, ahead = witness.duties()
    result = Result(
        file=case.file,
        officer=case.officer_id,
        title=title,
        law=placed.law or setting.law.version.id,
        as_of=format_iso(case.as_of),
        verdict=verdict,
        robust=whole.robust,
        depends_on=whole.depends_on,
        units=tuple(f for f in findings if f.verdict not in ("compliant", "not_judged") or not f.robust),
        all_units=findings,
        notices=notices,
        pending=pending,
        ahead=ahead,
        missing=_missing(setting, placed, judge, readings),
        proposal=answer_proposal(setting, placed, readings),
    )
    return expecting(result, case.expect)


def expecting(result: Result, expect: Expectation | None) -> Result:
    """The result with what its author expected held against it."""
    return result if expect is None else evolve(result, expected=True, unmet=unmet(expect, result))


def _unit_findings(setting: Setting, judge: Judge, readings: Readings, witness: Witness) -> list[UnitFinding]:
    found = []
    for unit in setting.law.units:
        norms = setting.law.norms_of(unit)
        if norms:
            found.append(witness.finding(unit, norms, outcome(judge, norms, readings)))
    return found


def _whole(setting: Setting, judge: Judge, readings: Readings, findings: tuple[UnitFinding, ...]) -> Outcome:
    """The verdict of the record: the worst of its units, and how it turns on the readings as a whole.

    Only units that can be the worst under some readings are explored together.
    """
    status: Status = worst(finding.verdict for finding in findings)
    if any(finding.robust and finding.verdict == status == "violated" for finding in findings):
        return Outcome(status)
    contested = {finding.unit for finding in findings if not finding.robust or finding.verdict != "compliant"}
    norms: list[Norm] = [norm for unit in contested_in_order(setting, contested) for norm in setting.law.norms_of(unit)]
    return outcome(judge, norms, readings, stop_at_violation=True)


def contested_in_order(setting: Setting, units: set[str]) -> list[str]:
    """The given units in the order of the text."""
    return [unit for unit in setting.law.units if unit in units]


def _missing(setting: Setting, case: Case, judge: Judge, readings: Readings) -> tuple[Missing, ...]:
    """The smallest set of facts that would decide the units left open, each with the units it bears on."""
    if not any(judge.status(norm, readings.default)[0] == "undetermined" for norm in setting.law.norms):
        return ()
    from compliance.check.missing import missing_facts

    return missing_facts(setting, case, judge, readings)


def _nothing_judged(case: Case) -> bool:
    """Whether every act of the record lies before the version's entry into force."""
    in_force = case.timeline.in_force
    first = in_force if isinstance(in_force, int) else in_force.lo
    listed = [slot.date for slot in case.timeline.slots if not slot.phantom]
    dated = [day if isinstance(day, int) else day.hi for day in listed]
    return bool(dated) and all(day < first for day in dated) and case.as_of < first
