"""The hash of a law follows its content and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.unit.law.toy import DEFINITIONS, P1, P2, READINGS, VERSIONS, VOCABULARY, WORLD, swapped, toy_law


def test_layout_comments_and_file_names_do_not_matter() -> None:
    spread = "# a comment\n\n" + P1.replace("      by e.date + notify_within", "\n      by e.date  +  notify_within")
    heads = swapped(DEFINITIONS, "definitions:\n", "definitions:\n# the words that norms share\n\n")
    assert toy_law(p01=spread, definitions=heads).fingerprint == toy_law().fingerprint
    assert toy_law(p01=P2, p02=P1).fingerprint == toy_law().fingerprint


CHANGES = [
    ("p02", swapped(P2, "превышать трех лет", "превышать  трех лет")),
    ("p02", swapped(P2, "full(e) <= x.date", "full(e) < x.date")),
    ("p02", swapped(P2, "open: ahead", "open: pending")),
    ("p02", swapped(P2, "ru: предел", "ru: Предел")),
    ("readings", swapped(READINGS, "default: down", "default: up")),
    ("versions", swapped(VERSIONS, "plus_days: 11", "plus_days: 10")),
    ("definitions", swapped(DEFINITIONS, "down: t + p rounded down", "down: t + p rounded up")),
    ("vocabulary", swapped(VOCABULARY, 'default: "=true"', 'default: "=false"')),
    ("world", swapped(WORLD, "c.date = d.date", "c.date <= d.date")),
]


@pytest.mark.parametrize(("file", "text"), CHANGES, ids=[f"{file}-{at}" for at, (file, _) in enumerate(CHANGES)])
def test_every_part_of_the_content_matters(file: str, text: str) -> None:
    assert toy_law(**{file: text}).fingerprint != toy_law().fingerprint


def test_every_process_finds_the_same() -> None:
    code = "from tests.unit.law.toy import toy_law; print(toy_law().fingerprint)"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {toy_law().fingerprint + "\n"}
