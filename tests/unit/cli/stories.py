"""Short stories for the tests of the command line."""

from __future__ import annotations

from pathlib import Path

LATE = """\
title: {en: Appointed a day early, ru: Назначен на день раньше}
officer: {id: K-01, body: knb}
positions:
  deputy: {listed: true, first_head: false, higher: true}
events:
  - {type: reserve_decision, date: 2026-01-15, outcome: enrol, by: head_of_administration, position: deputy,
     presumed_regular: true}
  - {type: appointment, date: 2026-04-14, position: deputy}
"""

IN_TIME = LATE.replace("2026-04-14", "2026-04-16")
EXPECTED = LATE + "expect: {verdict: violated, units: [p14.part2]}\n"
UNMET = LATE + "expect: {verdict: compliant}\n"
OPEN = LATE.replace("2026-04-14", "2026-04-XX")
BROKEN = LATE.replace("appointment", "apointment")

TWO = """\
positions:
  deputy: {listed: true, first_head: false, higher: true}
officers:
  - officer: {id: K-01, body: knb}
    events:
      - {type: reserve_decision, date: 2026-01-15, outcome: enrol, by: head_of_administration, position: deputy,
         presumed_regular: true}
  - officer: {id: K-02, body: knb}
    events:
      - {type: reserve_decision, date: 2026-01-15, outcome: enrol, by: head_of_administration, position: deputy,
         presumed_regular: true}
      - {type: appointment, date: 2026-04-14, position: deputy}
"""


def write(folder: Path, **stories: str) -> dict[str, str]:
    """Writes each story into a file of its name; returns the paths."""
    for name, text in stories.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return {name: str(folder / f"{name}.yaml") for name in stories}
