"""An audit from a file to its findings: read once, cut into parts of whole officers, judged part by part.

With a folder for the results, what has been read and each part that is judged are noted, so that an interrupted run
goes on where it stopped. Nothing stands under a final name before everything is done.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from attrs import define, field

from compliance import __version__
from compliance.audit.engine import Engine, setting_of
from compliance.audit.options import AuditOptions
from compliance.audit.part import judge_block
from compliance.audit.reading import Register, fingerprint_of, read_register, remember, remembered
from compliance.bulk.forks import fork_map
from compliance.calendar.days import format_iso, parse_iso
from compliance.check.setting import Setting
from compliance.source.diagnostic import Collector

SCHEMA = "reserve.audit/1"

Progress = Callable[[str, int, int], None]


@define(eq=False)
class Audit:
    """One run over one register. `work` holds what is not finished."""

    path: Path
    options: AuditOptions
    work: Path
    progress: Progress | None = None
    setting: Setting = field(init=False)
    engine: Engine = field(init=False)
    register: Register = field(init=False)
    digest: str = ""
    as_of: int = 0
    done: dict[int, dict[str, Any]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.setting = setting_of(self.options)

    def run(self) -> None:
        """Judges everything; the findings of each part then stand in `work`."""
        self.read()
        self.done = journal_of(self.work, self.key(str(self.as_of), str(self.register.parts.count)))
        self.judge()

    def read(self) -> None:
        """Reads the register, or finds what an interrupted run has read."""
        from compliance.bulk.registers.quarantine import Quarantine

        self.digest = fingerprint_of(self.path)
        self.tell("reading", 0, 1)
        key, vocabulary = self.key("read"), self.setting.law.vocabulary
        known = remembered(self.path, self.work, key, self.options.shard, vocabulary)
        if known is None:
            path = self.work / "read.quarantine.csv"
            with closing(Quarantine(path, shard=self.options.shard)) as aside:
                known = read_register(
                    self.path, self.options, vocabulary, self.work, aside, lambda rows: self.tell("reading", rows, 0)
                )
            remember(known, self.work, key)
        self.register = known
        self.as_of = self.last_day()
        self.engine = Engine(self.setting, self.options, self.as_of)

    def last_day(self) -> int:
        """The day up to which facts are known: as given, else the last day that the register writes down."""
        if self.options.as_of is not None:
            return parse_iso(self.options.as_of)
        if not self.register.last_written:
            Collector().fail("audit.as-of-needed", None, path=str(self.path))
        return self.register.last_written

    # --- judging ---------------------------------------------------------------------------------------------------

    def judge(self) -> None:
        """Judges the parts that are not done yet, on as many processes as there are to be."""
        count = self.register.parts.count
        left = [number for number in range(count) if number not in self.done]
        parent = os.getpid()

        def work(number: int) -> tuple[int, dict[str, Any]]:
            tally = self.part(number)
            if os.getpid() == parent:
                self.tell("judging", len(journal_of(self.work, None)), count)
            return number, tally

        self.tell("judging", len(self.done), count)
        self.done |= dict(fork_map(work, left, self.options.workers))
        self.tell("judging", count, count)

    def part(self, number: int) -> dict[str, Any]:
        """Judges one part and notes that it is done."""
        from compliance.bulk.registers.findings import keep
        from compliance.bulk.registers.quarantine import Quarantine

        with closing(Quarantine(self.work / f"part-{number:05d}.quarantine.csv")) as own:
            block = self.register.block(number, self.as_of, own)
            table, tally = judge_block(self.engine, self.path.name, block, own)
        keep(table, self.found(number))
        said = {**tally.as_json(), "quarantine": dict(sorted(own.counts.items())), "findings": len(table)}
        note(self.work, number, said)
        return said

    def found(self, number: int) -> Path:
        """Where the findings of a part stand."""
        return self.work / f"part-{number:05d}.arrow"

    # --- the journal and the summary -------------------------------------------------------------------------------

    def key(self, *more: str) -> str:
        """What must be the same for an interrupted run to go on."""
        said = json.dumps([self.digest, self.setting.law.fingerprint, __version__, *more, self.said()])
        return hashlib.sha256(said.encode()).hexdigest()

    def said(self) -> dict[str, Any]:
        """The options that decide the result, as `run.json` keeps them."""
        options = self.options
        return {
            "readings": dict(sorted(options.readings.items())), "published": options.published, "law": options.law,
            "as_of": options.as_of, "settle": options.settle, "explain": options.explain, "sample": options.sample,
            "examples": options.examples, "seed": options.seed, "vary": options.vary, "shard": list(options.shard),
            "map": fingerprint_of(options.map) if options.map else None,
            "officers": fingerprint_of(options.officers) if options.officers else None,
            "positions": fingerprint_of(options.positions) if options.positions else None,
        }  # fmt: skip

    def summary(self) -> dict[str, Any]:
        """`run.json`, save what is counted over the findings."""
        law, register = self.setting.law, self.register
        parts = [self.done[number] for number in sorted(self.done)]
        quarantine, notices = Counter(register.put_aside), Counter[str]()
        for part in parts:
            quarantine.update(part["quarantine"])
            notices.update(part["notices"])
        return {
            "schema": SCHEMA,
            "register": {"file": self.path.name, "sha256": self.digest, "rows": register.rows},
            "law": {"version": self.options.law or law.version.id, "sha256": law.fingerprint},
            "tool": {"name": "reserve-compliance", "version": __version__},
            "as_of": format_iso(self.as_of),
            "profile": dict(sorted(self.setting.readings_of({}).default.items())),
            "options": self.said(),
            "columns": {"read": dict(sorted(register.columns.items())), "unused": sorted(register.unused)},
            "ignored_cells": dict(sorted(register.ignored_cells.items())),
            **{name: sum(part[name] for part in parts) for name in _ADDED},
            "notices": dict(sorted(notices.items())),
            "quarantine": dict(sorted(quarantine.items())),
        }

    def tell(self, what: str, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(what, done, total)


_ADDED = ("officers", "events", "uncertain", "unexplored")


def journal_of(work: Path, key: str | None) -> dict[int, dict[str, Any]]:
    """The parts that are done, by the same register, law and options; else a fresh journal. None: whatever is there."""
    journal = work / "journal.jsonl"
    if journal.exists():
        lines = journal.read_text(encoding="utf-8").splitlines()
        if lines and key in (lines[0], None):
            done = [json.loads(line) for line in lines[1:] if line.endswith("}")]
            return {each["part"]: each["tally"] for each in done}
    if key is not None:
        journal.write_text(key + "\n", encoding="utf-8")
    return {}


def note(work: Path, part: int, tally: Mapping[str, Any]) -> None:
    """One line at a time, which processes that append at once do not mix."""
    with open(work / "journal.jsonl", "a", encoding="utf-8") as stream:
        stream.write(json.dumps({"part": part, "tally": tally}, sort_keys=True) + "\n")
