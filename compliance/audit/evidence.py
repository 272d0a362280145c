"""`evidence.sqlite`: the findings with the events they rest on, as tables that any SQL tool opens."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from compliance.audit.lines import Line, text_of

TABLES = """
create table findings (
  id integer primary key, officer text, unit text, norm text, verdict text, robust integer, contested_on text,
  file text, row integer, says_en text, says_ru text, detail_en text, detail_ru text, citation_en text,
  citation_ru text, body text, quarter text, late_days integer, due text, bearer text, settled integer,
  explained integer, suppressed text, line text
);
create table events (finding integer references findings(id), event text, date text, row integer);
create table missing (finding integer references findings(id), fact text, words_en text, words_ru text, row integer);
create table quarantine (file text, row integer, officer text, effect text, reason text, detail text);
create table units (unit text primary key, citation_en text, citation_ru text, text_en text, text_ru text);
create table stories (officer text, event text, date text, until text, maybe integer, row integer, attrs text);
create table run (key text primary key, value text);
"""
INDEXES = """
create index findings_officer on findings(officer);
create index findings_unit on findings(unit, verdict);
create index events_finding on events(finding);
create index stories_officer on stories(officer);
create index quarantine_officer on quarantine(officer);
"""


class Evidence:
    """Writes the tables; nothing is there before `close`."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.base = sqlite3.connect(path)
        self.base.executescript("pragma journal_mode = off; pragma synchronous = off;" + TABLES)
        self.next = 1

    def add(self, line: Line) -> None:
        says, detail, citation = line["says"], line.get("detail") or _NOTHING, line["citation"] or _NOTHING
        self.base.execute(
            f"insert into findings values ({', '.join('?' * 24)})",
            (
                self.next, line["officer"], line["unit"], line["norm"], line["verdict"], line["robust"],
                ", ".join(line["depends_on"]), line["file"], line["row"], says["en"], says["ru"], detail["en"],
                detail["ru"], citation["en"], citation["ru"], line.get("body"), line.get("quarter"),
                line.get("late_days"), line.get("by"), ", ".join(line.get("bearer", ())), line.get("settled"),
                line["explained"], _said(line.get("suppressed")), text_of(line),
            ),
        )  # fmt: skip
        self.base.executemany(
            "insert into events values (?, ?, ?, ?)",
            [(self.next, each["event"], each["date"], each["line"]) for each in line["because"]],
        )
        self.base.executemany(
            "insert into missing values (?, ?, ?, ?, ?)",
            [
                (self.next, each["fact"], each["words"]["en"], each["words"]["ru"], each["line"])
                for each in line.get("missing", ())
            ],
        )
        self.next += 1

    def tell(self, story: Mapping[str, Any]) -> None:
        """Keeps an officer's events."""
        self.base.executemany(
            "insert into stories values (?, ?, ?, ?, ?, ?, ?)",
            [
                (story["officer"], each["event"], each["date"], each.get("until"), bool(each.get("maybe")), each["row"],
                 json.dumps(each["attrs"], ensure_ascii=False))
                for each in story["events"]
            ],
        )  # fmt: skip

    def close(
        self, run: Mapping[str, Any], quarantine: Iterable[tuple[str, ...]], units: Iterable[tuple[str, ...]]
    ) -> None:
        self.base.executemany("insert into quarantine values (?, ?, ?, ?, ?, ?)", quarantine)
        self.base.executemany("insert into units values (?, ?, ?, ?, ?)", units)
        pairs = [(key, json.dumps(value, ensure_ascii=False, sort_keys=True)) for key, value in run.items()]
        self.base.executemany("insert into run values (?, ?)", pairs)
        self.base.executescript(INDEXES)
        self.base.commit()
        self.base.close()


_NOTHING = {"en": "", "ru": ""}


def _said(suppressed: Mapping[str, str] | None) -> str | None:
    return f"{suppressed['reason']} ({suppressed['expires']})" if suppressed else None
