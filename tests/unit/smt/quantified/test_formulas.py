"""The text with quantifiers: confirmed where there is a proof, never where there is a story."""

from __future__ import annotations

import pytest

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.smt.certify import confirm
from compliance.smt.matching import confirm_by_patterns
from compliance.smt.proof_object import proof_object
from compliance.smt.quantified.formulas import script
from tests.unit.smt.questions import question

PROVED = {
    "no enrolment e with for_first_head(e)": ("p7",),
    "every exclusion_decision x: x.by = head_of_administration": ("p19",),
    "every appointment a with a.position.higher and not a.position.first_head, every enrolment e with opens(e)"
    " and runs_on(e, a.date) and not waived(e, a.date): e.date + 3 months rounded down <= a.date": ("p14.part2",),
    "every materials_sent m: last_day(send_before, m.quarter) < last_day(check_before, m.quarter)": (),
}
EFFORT = 60_000


@pytest.mark.parametrize("text", PROVED)
def test_both_solvers_confirm_a_proof(law: Law, calendar: WorkingCalendar, text: str) -> None:
    asked = question(law, calendar, text, False)
    core = tuple(name for name in asked.axioms if name.startswith(PROVED[text]) and PROVED[text])
    assert confirm(script(asked, core, patterns=False), EFFORT).outcome == "confirmed"
    assert confirm_by_patterns(script(asked, core, patterns=True)).outcome == "confirmed"


@pytest.mark.parametrize("text", [text for text in PROVED if PROVED[text]])
def test_nothing_is_confirmed_without_its_units(law: Law, calendar: WorkingCalendar, text: str) -> None:
    asked = question(law, calendar, text, False)
    assert confirm(script(asked, (), patterns=False), EFFORT).outcome != "confirmed"
    assert confirm_by_patterns(script(asked, (), patterns=True), 400_000).outcome != "confirmed"


def test_free_readings_are_constants(law: Law, calendar: WorkingCalendar) -> None:
    claim = "every materials_sent m: until(send_before, m.quarter) < until(check_before, m.quarter)"
    text = script(question(law, calendar, claim, False, free=True), (), patterns=False)
    assert "(declare-const |the until_date|" in text
    assert confirm(text, EFFORT).outcome == "confirmed"


def test_names_and_guards_are_written_plainly(law: Law, calendar: WorkingCalendar) -> None:
    asked = question(law, calendar, "no enrolment e with for_first_head(e)", False)
    plain, steered = (script(asked, ("p7",), patterns=patterns) for patterns in (False, True))
    assert plain.startswith("(set-logic ALL)\n")
    assert plain.endswith("(check-sat)\n")
    assert ":pattern" not in plain
    assert ":pattern ((|is reserve_decision| " in steered
    assert "(declare-datatypes ((|enum decision_outcome| 0))" in plain


def test_a_proof_object_can_be_kept(law: Law, calendar: WorkingCalendar) -> None:
    asked = question(law, calendar, "no enrolment e with for_first_head(e)", False)
    found = proof_object(script(asked, ("p7",), patterns=False))
    assert found is not None
    assert len(found) > 100
    assert proof_object(script(asked, (), patterns=False), 5_000) is None
