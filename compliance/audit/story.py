"""One officer's whole story out of a folder of results; findings that the run did not explain are explained now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from compliance.audit.explain import Explainer
from compliance.audit.lines import Line
from compliance.audit.merge import rows_in, run_of
from compliance.audit.options import AuditOptions
from compliance.source.diagnostic import Collector


@frozen
class OfficerStory:
    """What an audit found of one officer, and what the register says of him."""

    officer: str
    run: dict[str, Any]
    findings: tuple[Line, ...]
    events: tuple[Line, ...]
    profile: Mapping[str, str]
    posts: tuple[Mapping[str, str], ...]
    aside: tuple[tuple[str, int, str, str], ...]
    """File, row, reason, detail of the rows put aside."""


def story_of(folder: Path, officer: str) -> OfficerStory:
    """The story; raises `Problems` for a folder without results and an officer who is not in them."""
    run = run_of(folder)
    try:
        found = list(rows_in(folder, "select line from findings where officer = ? order by id", (officer,)))
        query = "select file, row, reason, detail from quarantine where officer = ? order by row"
        aside = tuple((file, int(row), why, said) for file, row, why, said in rows_in(folder, query, (officer,)))
        query = "select event, date, until, maybe, row, attrs from stories where officer = ? order by rowid"
        told = list(rows_in(folder, query, (officer,)))
        posts = tuple({"position": name, **json.loads(said)} for name, said in rows_in(folder, "select * from posts"))
    except sqlite3.Error:
        Collector().fail("audit.not-results", None, path=str(folder))
    if not (found or aside or told):
        Collector().fail("audit.no-story", None, word=officer, path=str(folder))
    profile: dict[str, str] = next((json.loads(each[-1]) for each in told if each[0] == "profile"), {})
    lines = tuple(json.loads(line) for (line,) in found)
    return explained(OfficerStory(officer, run, lines, tuple(_events(told)), profile, posts, aside))


def _events(told: Sequence[tuple[Any, ...]]) -> Iterator[Line]:
    for event, date, until, maybe, row, attrs in told:
        if event != "profile":
            found: Line = {"event": event, "date": date, "row": row, "attrs": json.loads(attrs)}
            yield found | ({"until": until} if until else {}) | ({"maybe": True} if maybe else {})


# --- what the run did not explain -------------------------------------------------------------------------------------


def explained(story: OfficerStory) -> OfficerStory:
    """The story with every violated or pending finding explained, as far as the record is at hand."""
    open_ = [at for at, line in enumerate(story.findings) if _unexplained(line)]
    if not open_ or not story.events:
        return story
    findings = list(story.findings)
    record = _record(story)
    for at in open_:
        findings[at] = record.explained(findings[at])
    return evolve(story, findings=tuple(findings))


def _unexplained(line: Line) -> bool:
    wanted = line["verdict"] in ("violated", "pending") and line["unit"]
    return bool(wanted and (not line["explained"] or (line["verdict"] == "violated" and not line["repair"])))


def _record(story: OfficerStory) -> Any:
    """The officer's record made anew from his story, under the options of the run."""
    from compliance.audit.engine import Engine, setting_of
    from compliance.bulk.registers.quarantine import Quarantine
    from compliance.bulk.registers.whole import block_of, told_table
    from compliance.calendar.days import parse_iso

    run, said = story.run, story.run["options"]
    options = AuditOptions(
        readings=said["readings"],
        published=said["published"],
        law=said["law"],
        as_of=run["as_of"],
        vary=said["vary"],
        workers=1,
    )
    setting = setting_of(options)
    setting = evolve(setting, options=evolve(setting.options, repair=True))
    engine = Engine(setting, options, parse_iso(run["as_of"]))
    posts = [tuple(post.items()) for post in story.posts]
    table = told_table(story.officer, story.profile, story.events)
    block = block_of(table, posts, setting.law.vocabulary, engine.as_of, Quarantine())
    packed = engine.pack(block)
    explainer = Explainer(setting, engine.readings, run["register"]["file"], engine.as_of, options.vary)
    return explainer.record(packed, 0, block.events.column("row").to_numpy())
