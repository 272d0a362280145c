"""The plugin: items of stories and theorems, failures with the line of the file, and nothing without the switch."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

STORY = """\
title: {en: Enrolled for a first head's post, ru: Зачислен на должность первого руководителя}
law: "2025"
officer: {id: A-1, body: knb}
positions:
  chief: {listed: true, first_head: true, higher: true}
events:
  - {type: reserve_decision, date: 2026-02-02, outcome: enrol, by: head_of_administration, position: chief}
expect:
  verdict: VERDICT
  units: [p7]
"""
THEOREM = """\
- id: T1
  says: {en: nobody is enrolled for a first head's post, ru: на должность первого руководителя не зачисляют}
  theorem: "no enrolment e with for_first_head(e)"
  rests_on: [p7]
- id: T2
  says: {en: nobody is enrolled, ru: никто не зачисляется}
  theorem: "no enrolment e"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "scenarios/good.yaml": STORY.replace("VERDICT", "violated"),
        "scenarios/bad.yaml": STORY.replace("VERDICT", "compliant"),
        "proofs/some.yaml": THEOREM,
        "proofs/baseline.yaml": "- no theorem\n",
        "other/file.yaml": "a: 1\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).resolve().parents[2]
    env = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(root), "COLUMNS": "200"}
    command = [sys.executable, "-m", "pytest", "-p", "compliance.pytest_plugin", "-q", "-p", "no:cacheprovider", *args]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_items_fail_with_the_line_of_their_file(folder: Path) -> None:
    done = run(folder, "--reserve", "-p", "xdist", "-n", "1")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "2 failed, 2 passed" in done.stdout
    assert "bad.yaml:9: A-1: verdict: expected compliant, got violated" in done.stdout
    assert "some.yaml:5: T2: expected `proved`, got `refuted`" in done.stdout


def test_nothing_is_collected_unasked(folder: Path) -> None:
    assert run(folder).returncode == 5
