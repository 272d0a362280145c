"""`reserve show`: the days that bind each event, the stays, and the pictures of the law by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli import stories
from tests.unit.cli.conftest import Reserve

ROUTE = """\
title: {en: Sent and then excluded, ru: Направлен и затем исключён}
as_of: 2027-06-01
officer: {id: K-01, body: knb}
positions:
  deputy: {listed: true, first_head: false, higher: true}
events:
  - {type: extract_received, date: 2026-12-23}
  - {type: materials_sent, date: 2026-12-02, quarter: 2026Q4, position: deputy, by: first_head}
  - {type: reserve_decision, date: 2026-12-18, outcome: enrol, by: head_of_administration, position: deputy}
  - {type: exclusion_request, date: 2027-03-01}
  - {type: exclusion_decision, date: 2027-04-05, by: head_of_administration, ground: p18.sub4}
"""


@pytest.fixture
def shown(reserve: Reserve, tmp_path: Path) -> Any:
    paths = stories.write(tmp_path, route=ROUTE)
    ran = reserve("show", paths["route"], "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    (officer,) = json.loads(ran.out)["officers"]
    return officer


def test_events_stand_in_the_order_of_time(shown: Any) -> None:
    assert [event["type"] for event in shown["events"]] == [
        "materials_sent", "reserve_decision", "extract_received", "exclusion_request", "exclusion_decision",
    ]  # fmt: skip
    assert [event["index"] for event in shown["events"]] == [1, 2, 0, 3, 4]
    assert [event["line"] for event in shown["events"]] == [8, 9, 7, 10, 11]


def days(shown: Any, kind: str) -> dict[str, tuple[str, str, str]]:
    (event,) = [event for event in shown["events"] if event["type"] == kind]
    return {each["norm"]: (each["bound"], each["day"], each["standing"]) for each in event["days"]}


def test_an_event_names_the_days_that_bind_it(shown: Any) -> None:
    sent = days(shown, "materials_sent")
    assert sent["p10.part1.deadline"] == ("last_day", "2026-11-30", "missed")
    assert sent["p11.sub1"] == ("last_day", "2026-12-14", "missed")
    assert days(shown, "extract_received")["p13"] == ("last_day", "2027-01-11", "missed")
    assert days(shown, "reserve_decision")["p14.part1.s1"] == ("last_day", "2029-12-18", "kept")


def test_an_event_names_the_findings_that_rest_on_it(shown: Any) -> None:
    (sent,) = [event for event in shown["events"] if event["type"] == "materials_sent"]
    assert {"unit": "p10.part1", "verdict": "violated"} in sent["findings"]


def test_a_stay_has_its_days(shown: Any) -> None:
    (stay,) = shown["stays"]
    assert stay["from"] == "2026-12-18"
    assert stay["until"] == "2027-04-05"
    assert stay["limit"] == "2029-12-18"
    assert stay["higher_post_from"] == "2027-03-18"


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("width", ["60", "110"])
def test_the_story_in_words(
    reserve: Reserve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    paths = stories.write(tmp_path, route=ROUTE)
    text = reserve("show", paths["route"], "--lang", lang).out
    assert max(map(len, text.splitlines())) <= int(width)
    missed = "last day 2026-11-30 missed" if lang == "en" else "последний день 2026-11-30 не соблюдён"
    assert missed in text
    assert ("in the reserve from 2026-12-18; until 2027-04-05" in " ".join(text.split())) == (lang == "en")


def test_the_story_as_markdown(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, route=ROUTE)
    lines = reserve("show", paths["route"], "--format", "md").out.splitlines()
    assert lines[0] == "# K-01 · Sent and then excluded"
    assert sum(line.startswith("| 202") for line in lines) == 5


def test_several_officers_and_open_facts(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, two=stories.TWO, open=stories.OPEN)
    two = json.loads(reserve("show", paths["two"], "--format", "json").out)["officers"]
    assert [(officer["officer"], officer["verdict"]) for officer in two] == [
        ("K-01", "compliant"),
        ("K-02", "violated"),
    ]
    (officer,) = json.loads(reserve("show", paths["open"], "--format", "json").out)["officers"]
    assert officer["example"] is True
    assert officer["events"][1]["date"] == "2026-04-01..2026-04-30"
    assert "one way in which the unknown facts may stand" in reserve("show", paths["open"]).out


def test_readings_can_be_fixed(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, route=ROUTE)
    fixed = reserve("show", paths["route"], "--reading", "until_date=inclusive", "--format", "json").out
    (officer,) = json.loads(fixed)["officers"]
    assert days(officer, "materials_sent")["p10.part1.deadline"][1] == "2026-12-01"


def test_a_broken_story_is_bad_input(reserve: Reserve, tmp_path: Path) -> None:
    paths = stories.write(tmp_path, broken=stories.BROKEN)
    ran = reserve("show", paths["broken"])
    assert (ran.code, ran.out) == (2, "")
    assert "error[scenario.unknown-event]" in ran.err
