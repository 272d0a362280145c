"""`evidence.sqlite`: the findings with the events they rest on, as tables that any SQL tool opens."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from compliance.audit.lines import Line

KEPT: Final = (
    "officer", "unit", "norm", "verdict", "robust", "depends_on", "combination", "file", "row", "says_en", "says_ru",
    "detail_en", "detail_ru", "citation_en", "citation_ru", "body", "quarter", "day", "last_day", "late_days", "by",
    "bearer", "settled", "missing", "explained", "suppressed",
)  # fmt: skip
TABLES: Final = """
create table findings (
  id integer primary key, officer text, unit text, norm text, verdict text, robust integer, contested_on text,
  combination text, file text, row integer, says_en text, says_ru text, detail_en text, detail_ru text,
  citation_en text, citation_ru text, body text, quarter text, day text, last_day text, late_days integer, due text,
  bearer text, settled integer, missing text, explained integer, suppressed text, line text
);
create table events (finding integer references findings(id), event text, date text, row integer);
create table missing (finding integer references findings(id), fact text, words_en text, words_ru text, row integer);
create table quarantine (file text, row integer, officer text, effect text, reason text, detail text);
create table units (unit text primary key, citation_en text, citation_ru text, text_en text, text_ru text);
create table stories (officer text, event text, date text, until text, maybe integer, row integer, attrs text);
create table posts (position text, attrs text);
create table run (key text primary key, value text);
"""
INDEXES: Final = """
create index findings_officer on findings(officer);
create index findings_unit on findings(unit, verdict);
create index events_finding on events(finding);
create index stories_officer on stories(officer);
create index quarantine_officer on quarantine(officer);
"""

Event = tuple[int, str, str | None, int | None]
"""The place of a finding in its part; kind, day and row of an event it rests on."""


class Evidence:
    """Writes the tables; nothing is there before `close`."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.executescript("pragma journal_mode = off; pragma synchronous = off;" + TABLES)
        self.base.execute("begin")
        self.next = 1

    def add(
        self, columns: Mapping[str, Sequence[Any]], texts: Sequence[str], events: Iterable[Event],
        missing: Mapping[int, Sequence[Line]],
    ) -> None:  # fmt: skip
        """The findings of one part, in columns, with the events that each rests on."""
        first = self.next
        numbers = range(first, first + len(texts))
        rows = zip(numbers, *(columns[name] for name in KEPT), texts, strict=True)
        self.base.executemany(f"insert into findings values ({', '.join('?' * (len(KEPT) + 2))})", rows)
        found = ((first + at, kind, day, row) for at, kind, day, row in events)
        self.base.executemany("insert into events values (?, ?, ?, ?)", found)
        self.base.executemany("insert into missing values (?, ?, ?, ?, ?)", _facts(first, missing))
        self.next += len(texts)

    def tell(self, stories: Iterable[Sequence[Any]]) -> None:
        """Keeps officers' events."""
        self.base.executemany("insert into stories values (?, ?, ?, ?, ?, ?, ?)", stories)

    def close(
        self, run: Mapping[str, Any], quarantine: Iterable[tuple[str, ...]], units: Iterable[tuple[str, ...]],
        posts: Iterable[tuple[str, str]],
    ) -> None:  # fmt: skip
        self.base.executemany("insert into quarantine values (?, ?, ?, ?, ?, ?)", quarantine)
        self.base.executemany("insert into units values (?, ?, ?, ?, ?)", units)
        self.base.executemany("insert into posts values (?, ?)", posts)
        pairs = [(key, json.dumps(value, ensure_ascii=False, sort_keys=True)) for key, value in run.items()]
        self.base.executemany("insert into run values (?, ?)", pairs)
        self.base.execute("commit")
        self.base.executescript(INDEXES)
        self.base.close()


def _facts(first: int, missing: Mapping[int, Sequence[Line]]) -> Iterator[tuple[Any, ...]]:
    for at, facts in missing.items():
        for each in facts:
            yield first + at, each["fact"], each["words"]["en"], each["words"]["ru"], each["line"]
