"""One officer's whole story out of a folder of results."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from attrs import frozen

from compliance.audit.lines import Line
from compliance.audit.merge import run_of, stories_in
from compliance.source.diagnostic import Collector


@frozen
class OfficerStory:
    """What an audit found of one officer, and what the register says of him."""

    officer: str
    run: dict[str, Any]
    findings: tuple[Line, ...]
    events: tuple[Line, ...]
    aside: tuple[tuple[str, int, str, str], ...]
    """File, row, reason, detail of the rows put aside."""


def story_of(folder: Path, officer: str) -> OfficerStory:
    """The story; raises `Problems` for a folder without results and an officer who is not in them."""
    run, path = run_of(folder), folder / "evidence.sqlite"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
            found = base.execute("select line from findings where officer = ? order by id", (officer,)).fetchall()
            rows = base.execute(
                "select file, row, reason, detail from quarantine where officer = ? order by row", (officer,)
            ).fetchall()
        events = [each for told in stories_in(path, officer) for each in told["events"]]
    except sqlite3.Error:
        Collector().fail("audit.not-results", None, path=str(folder))
    if not (found or rows or events):
        Collector().fail("audit.no-story", None, word=officer, path=str(folder))
    aside = tuple((file, int(row), reason, detail) for file, row, reason, detail in rows)
    return OfficerStory(officer, run, tuple(json.loads(line) for (line,) in found), tuple(events), aside)
