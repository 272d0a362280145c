"""A story written as a scenario: read back and checked, it is what the proof said."""

from __future__ import annotations

from pathlib import Path

from compliance.calendar.working import WorkingCalendar
from compliance.check import CheckOptions, check_files
from compliance.law.model import Law
from compliance.prove.prove import ProveOptions, prove
from compliance.prove.scenario import save_story, scenario_text
from tests.unit.prove.conftest import Write

OPTIONS = ProveOptions(confirm=False, drops=False, premises=False)


def test_a_saved_story_is_judged_as_the_proof_says(
    law: Law, calendar: WorkingCalendar, write: Write, tmp_path: Path
) -> None:
    lawful = write("some exclusion_decision x: x.ground = p18.sub4", "kind: possible", id="lawful")
    broken = write("no enrolment e with for_first_head(e)", "without: [p7]", "expect: refuted", id="broken")
    for theorem in (lawful, broken):
        path = save_story(prove(law, theorem, OPTIONS, calendar=calendar), tmp_path, law)
        assert path == tmp_path / f"{theorem.id}.yaml"
    paths = [tmp_path / "lawful.yaml", tmp_path / "broken.yaml"]
    first, second = check_files(paths, CheckOptions(repair=False)).results
    assert first.verdict in ("compliant", "pending")
    assert (second.verdict, second.blamed) == ("violated", ("p7",))


def test_what_goes_without_saying_is_left_out(law: Law, calendar: WorkingCalendar, write: Write) -> None:
    found = prove(law, write("some training t: t.place = academy", "kind: possible"), OPTIONS, calendar=calendar)
    assert found.story is not None
    assert scenario_text(found.story, found.says, law) == (
        'title:\n  en: "a claim"\n  ru: "утверждение"\n'
        'law: "2025"\nas_of: 2026-01-09\nofficer: {id: A-1, body: knb}\n'
        "events:\n  - {type: training, date: 2026-01-09, place: academy}\n"
    )


def test_a_proof_has_no_story_to_save(law: Law, calendar: WorkingCalendar, write: Write, tmp_path: Path) -> None:
    found = prove(law, write("no enrolment e with for_first_head(e)"), OPTIONS, calendar=calendar)
    assert save_story(found, tmp_path, law) is None
