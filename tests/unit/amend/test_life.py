"""The lifecycle under a changed law: which steps are lost, and which states nobody enters or leaves."""

from __future__ import annotations

from pathlib import Path

from compliance.amend.effect.life import Lost, life, life_findings, read_stories, written
from compliance.calendar.load import shipped_calendar
from compliance.law.lifecycle.read import load_lifecycle
from tests.unit.amend.test_effect import apart, made, rules, shipped

STEPS = Path(__file__).resolve().parents[3] / "proofs" / "steps.json"


def lived(text: str) -> Lost | None:
    new = made(text)
    return life(new, apart(new), shipped_calendar())


def test_every_step_has_a_story() -> None:
    _, known = read_stories()
    assert set(known) == {step.id for step in load_lifecycle(rules()).steps}


def test_the_file_is_written_as_it_stands() -> None:
    import json

    text = STEPS.read_text(encoding="utf-8")
    assert written(json.loads(text)) == text


def test_words_alone_lose_no_step() -> None:
    assert lived('в пункте 19 слова "материалами" заменить словами "сведениями";') is None


def test_a_shorter_term_loses_no_step() -> None:
    new = shipped("example-2")
    assert life(new, apart(new), shipped_calendar()) is None


def test_a_repealed_waiting_year_is_entered_by_nobody() -> None:
    new = shipped("example-4")
    found = life(new, apart(new), shipped_calendar())
    assert found is not None
    assert {step.target for step in found.steps} >= {"waiting"}
    assert [(graph.id, state.id) for graph, state in found.unreachable] == [("stay", "waiting")]
    assert found.stuck == ()
    (finding,) = life_findings(found, new)
    assert (finding.code, finding.weight) == ("STATE_UNREACHABLE", "note")
    assert "p20" in finding.units
    assert "год ожидания" in finding.message.say("ru")


def test_a_ground_that_is_gone_loses_its_exclusion_alone() -> None:
    new = shipped("example-6")
    found = life(new, apart(new), shipped_calendar())
    assert found is not None
    assert [step.id for step in found.steps] == ["stay.ground-outside.exclusion_decision.sub5"]
    assert (found.unreachable, found.stuck) == ((), ())
    assert list(life_findings(found, new)) == []


def test_no_appointment_without_a_waiver() -> None:
    found = lived('в части второй пункта 14 слова "трех месяцев" заменить словами "сорока месяцев";')
    assert found is not None
    assert "stay.member-appointed.appointment" in [step.id for step in found.steps]
    assert found.unreachable == ()


def test_another_official_takes_the_same_steps() -> None:
    text = (
        'в пункте 19 слова "Руководителем Администрации Президента Республики Казахстан" заменить словами "Секретарем '
        'Совета Безопасности Республики Казахстан";'
    )
    assert lived(text) is None
