"""The records of proofs/witnesses.json: read, written, and good for what they are kept for."""

from __future__ import annotations

import json
from pathlib import Path

from compliance.amend.effect.probe import Probe
from compliance.amend.effect.witness import read_witnesses, written
from compliance.calendar.load import shipped_calendar
from tests.unit.amend.test_effect import rules

FILE = Path(__file__).resolve().parents[3] / "proofs" / "witnesses.json"


def test_the_file_is_written_as_it_stands() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert written(json.loads(text)) == text


def test_it_is_of_the_law_as_it_stands() -> None:
    assert json.loads(FILE.read_text(encoding="utf-8"))["law"] == rules().fingerprint


def test_each_record_is_lawful_under_some_reading() -> None:
    law, records = rules(), list(read_witnesses())
    left = set(range(len(records)))
    assert left
    default = law.default_profile
    profiles = [default, *({**default, name: value} for name, each in law.readings.items() for value in each.order)]
    for profile in profiles:
        probe = Probe(law, shipped_calendar(), profile, records)
        left -= {at for at in left if probe.keeps_all(at)}
    assert not left
