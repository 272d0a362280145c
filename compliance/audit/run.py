"""An audit from a file to its lines: read, cleaned, cut into parts of whole officers, judged part by part.

With a folder for the results, each part that is done is noted in a journal, so that an interrupted run goes on where
it stopped. Nothing stands under a final name before everything is done.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import define, field

from compliance import __version__
from compliance.audit.engine import Engine, setting_of
from compliance.audit.lines import Line, parsed
from compliance.audit.options import AuditOptions
from compliance.audit.part import Budget, PartJudge
from compliance.calendar.days import format_iso, parse_iso
from compliance.source.diagnostic import Collector

if TYPE_CHECKING:
    from compliance.bulk.registers.block import Block
    from compliance.bulk.registers.clean import Cleaner
    from compliance.bulk.registers.collect import Parts
    from compliance.check.setting import Setting

PART_BYTES = 48 * 1024 * 1024
SCHEMA = "reserve.audit/1"
MOST_TURNED = 1_000
"""Of these so many of whom nothing is found but what another reading would turn."""
MOST_STORIES = 20_000
"""So many officers' events are kept beside the findings."""

Progress = Callable[[str, int, int], None]


@define(eq=False)
class Audit:
    """One run over one register. `work` holds what is not finished."""

    path: Path
    options: AuditOptions
    work: Path
    progress: Progress | None = None
    setting: Setting = field(init=False)
    counts: Counter[str] = field(factory=Counter)
    done: dict[int, dict[str, Any]] = field(factory=dict)
    as_of: int = 0
    cleaner: Any = None

    def __attrs_post_init__(self) -> None:
        self.setting = setting_of(self.options)

    def run(self) -> dict[str, Any]:
        """Judges everything; the lines then stand in `work`, and `run.json` is what is returned."""
        from compliance.bulk.registers.quarantine import Quarantine

        digest = fingerprint_of(self.path)
        self.tell("reading", 0, 1)
        with closing(Quarantine(self.work / "read.quarantine.csv", shard=self.options.shard)) as read:
            parts, officers, positions = self.collect(read)
            self.as_of = self.last_day()
            self.done = journal_of(self.work, self.key(digest, parts.count))
            engine = Engine(self.setting, self.options, self.as_of)
            self.parts(parts, engine, read, officers, positions)
        return self.summary(digest, read.counts)

    # --- reading ---------------------------------------------------------------------------------------------------

    def collect(self, quarantine: Any) -> tuple[Parts, Any, Any]:
        from compliance.audit.mapping import layout_of
        from compliance.audit.source import open_register
        from compliance.bulk.registers.block import profiles
        from compliance.bulk.registers.clean import Cleaner
        from compliance.bulk.registers.collect import Parts

        vocabulary = self.setting.law.vocabulary
        layout = layout_of(self.options.map, vocabulary)
        opened = open_register(self.path, layout)
        cleaner = Cleaner(self.path.name, vocabulary, layout, quarantine)
        cleaner.bind(opened.columns)
        self.cleaner = cleaner
        count = max(1, -(-size_of(self.path) // PART_BYTES))
        parts = Parts(count, self.options.shard, self.work)
        for batch in opened.events():
            parts.add(cleaner.clean(batch))
            self.tell("reading", cleaner.rows, 0)
        parts.close()
        beside = self.beside(cleaner, opened, layout)
        people, posts = profiles(parts.profile_table(cleaner.empty()), vocabulary, self.path.name, quarantine, beside)
        if not cleaner.rows:
            Collector().fail("audit.empty-file", None, path=str(self.path))
        return parts, people, posts

    def beside(self, cleaner: Cleaner, opened: Any, layout: Any) -> tuple[Any, Any]:
        """The tables of officers and posts that stand beside the events."""
        from compliance.audit.source import open_register
        from compliance.bulk.registers.tables import named_table

        found = []
        for key, path, inside in (
            ("officer_id", self.options.officers, opened.officers),
            ("position", self.options.positions, opened.positions),
        ):
            batches = [inside] if inside is not None else []
            batches = list(open_register(path, layout).events()) if path is not None else batches
            found.append(named_table(batches, key, cleaner, str(path or self.path)))
        return found[0], found[1]

    def last_day(self) -> int:
        """The day up to which facts are known: as given, else the last day that the register writes down."""
        if self.options.as_of is not None:
            return parse_iso(self.options.as_of)
        if not self.cleaner.last_written:
            Collector().fail("audit.as-of-needed", None, path=str(self.path))
        return int(self.cleaner.last_written)

    # --- judging ---------------------------------------------------------------------------------------------------

    def parts(self, parts: Parts, engine: Engine, quarantine: Any, officers: Any, positions: Any) -> None:
        for number, events in parts.read(self.cleaner.empty()):
            self.tell("judging", number, parts.count)
            if number not in self.done:
                self.part(number, parts, events, engine, quarantine, officers, positions)
        self.tell("judging", parts.count, parts.count)

    def part(
        self, number: int, parts: Parts, events: Any, engine: Engine, read: Any, officers: Any, positions: Any
    ) -> None:
        from compliance.bulk.registers.quarantine import Quarantine

        own = Quarantine(self.work / f"part-{number:05d}.quarantine.csv")
        with closing(own):
            lines, tally = self.judged(number, parts, events, engine, own, read, officers, positions)
        told = tellable(lines, MOST_STORIES - sum(each["stories"] for each in self.done.values()))
        write_lines(self.work / f"story-{number:05d}.jsonl", list(told_of(events, told)))
        write_lines(self.work / f"part-{number:05d}.jsonl", lines)
        self.done[number] = {**tally, "quarantine": dict(sorted(own.counts.items())), "stories": len(told)}
        note(self.work, number, self.done[number])

    def judged(
        self, number: int, parts: Parts, events: Any, engine: Engine, own: Any, read: Any, officers: Any, positions: Any
    ) -> tuple[list[Line], dict[str, Any]]:
        """The lines of a part, and what was counted; `own` takes the rows that are put aside on the way."""
        judge = PartJudge(engine, self.path.name)
        judge.tally.explained = sum(each["explained"] for each in self.done.values())
        judge.tally.settled = sum(each["settled"] for each in self.done.values())
        before = judge.tally.explained, judge.tally.settled
        budget = Budget(self.options.explain, self.options.settle, max(1, self.options.sample // parts.count))
        block = self.block(number, parts, events, own, read, officers, positions)
        lines = judge.judge(block, own, budget, str(number))
        judge.tally.explained -= before[0]
        judge.tally.settled -= before[1]
        return lines, judge.tally.as_json()

    def block(
        self, number: int, parts: Parts, events: Any, own: Any, read: Any, officers: Any, positions: Any
    ) -> Block:
        """The whole officers of a part, ready to be judged; `own` takes the rows that are put aside on the way."""
        from compliance.bulk.registers.block import Block, bounded, two_named, undoubled, with_everyone
        from compliance.bulk.registers.collect import of_part

        touched = [name for name in read.officers if parts.part_of(name) == number]
        own.officers = {name: list(read.officers[name]) for name in touched}
        events = undoubled(bounded(events, self.as_of, self.path.name, own), self.path.name, own)
        two_named(events, self.path.name, own)
        people = with_everyone(of_part(officers, parts, number), events, sorted({*touched, *own.officers}))
        return Block(events, people, positions)

    # --- the journal and the summary -------------------------------------------------------------------------------

    def key(self, digest: str, parts: int) -> str:
        """What must be the same for an interrupted run to go on."""
        said = json.dumps([digest, self.setting.law.fingerprint, __version__, self.as_of, parts, self.said()])
        return hashlib.sha256(said.encode()).hexdigest()

    def said(self) -> dict[str, Any]:
        """The options that decide the result, as `run.json` keeps them."""
        options = self.options
        return {
            "readings": dict(sorted(options.readings.items())), "published": options.published, "law": options.law,
            "as_of": options.as_of, "settle": options.settle, "explain": options.explain, "sample": options.sample,
            "seed": options.seed, "vary": options.vary, "shard": list(options.shard),
            "map": fingerprint_of(options.map) if options.map else None,
            "officers": fingerprint_of(options.officers) if options.officers else None,
            "positions": fingerprint_of(options.positions) if options.positions else None,
        }  # fmt: skip

    def summary(self, digest: str, read: Mapping[str, int]) -> dict[str, Any]:
        law = self.setting.law
        parts = [self.done[number] for number in sorted(self.done)]
        quarantine, verdicts, notices = Counter(read), Counter[str](), Counter[str]()
        for part in parts:
            quarantine.update(part["quarantine"])
            verdicts.update(part["verdicts"])
            notices.update(part["notices"])
        return {
            "schema": SCHEMA,
            "register": {"file": self.path.name, "sha256": digest, "rows": self.cleaner.rows},
            "law": {"version": self.options.law or law.version.id, "sha256": law.fingerprint},
            "tool": {"name": "reserve-compliance", "version": __version__},
            "as_of": format_iso(self.as_of),
            "profile": dict(sorted(self.setting.readings_of({}).default.items())),
            "options": self.said(),
            "columns": {"read": dict(sorted(self.cleaner.columns.items())), "unused": sorted(self.cleaner.unused)},
            "ignored_cells": dict(sorted(self.cleaner.ignored_cells.items())),
            **{name: sum(part[name] for part in parts) for name in _ADDED},
            "verdicts": {name: verdicts.get(name, 0) for name in ("compliant", "pending", "undetermined", "violated")},
            "notices": dict(sorted(notices.items())),
            "quarantine": dict(sorted(quarantine.items())),
        }

    def tell(self, what: str, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(what, done, total)


_ADDED = ("officers", "events", "uncertain", "explained", "verified", "open_pairs", "settled")


def tellable(lines: list[Line], most: int) -> list[str]:
    """The officers whose story is kept: explained findings first, then what is violated, then the others."""
    rank: dict[str, tuple[bool, bool]] = {}
    for line in lines:
        mine = (not line["explained"], line["verdict"] not in ("violated", "undetermined"))
        rank[line["officer"]] = min(rank.get(line["officer"], mine), mine)
    told = sorted(rank, key=lambda officer: (rank[officer], officer))
    sure = sum(rank[officer] < (True, True) for officer in told)
    return told[: max(0, min(most, sure + MOST_TURNED))]


def told_of(events: Any, officers: list[str]) -> Iterator[dict[str, Any]]:
    from compliance.bulk.registers.story import stories

    for officer, told in sorted(stories(events, officers).items()):
        yield {"officer": officer, "events": told}


def stories_of(work: Path) -> Iterator[dict[str, Any]]:
    """The stories of all parts that are done."""
    for path in sorted(work.glob("story-*.jsonl")):
        with open(path, encoding="utf-8") as stream:
            for line in stream:
                yield json.loads(line)


def size_of(path: Path) -> int:
    """The size of a register in bytes; packed formats count for what they unfold to."""
    paths = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    size = sum(each.stat().st_size for each in paths)
    return size * (12 if path.suffix in (".parquet", "") or path.is_dir() else 6 if path.suffix == ".xlsx" else 1)


def fingerprint_of(path: Path) -> str:
    """SHA-256 of a file, or of the files of a folder in their order."""
    digest = hashlib.sha256()
    for each in [path] if path.is_file() else sorted(path.rglob("*.parquet")):
        with open(each, "rb") as stream:
            while block := stream.read(1 << 22):
                digest.update(block)
    return digest.hexdigest()


def journal_of(work: Path, key: str) -> dict[int, dict[str, Any]]:
    """The parts that an interrupted run of the same register, law and options has done; else a fresh journal."""
    journal = work / "journal.jsonl"
    if journal.exists():
        lines = journal.read_text(encoding="utf-8").splitlines()
        if lines and lines[0] == key:
            done = [json.loads(line) for line in lines[1:] if line.endswith("}")]
            return {each["part"]: each["tally"] for each in done}
    journal.write_text(key + "\n", encoding="utf-8")
    return {}


def note(work: Path, part: int, tally: Mapping[str, Any]) -> None:
    with open(work / "journal.jsonl", "a", encoding="utf-8") as stream:
        stream.write(json.dumps({"part": part, "tally": tally}, sort_keys=True) + "\n")


def write_lines(path: Path, lines: list[Line]) -> None:
    temporary = path.with_suffix(".tmp")
    with open(temporary, "w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    temporary.replace(path)


def lines_of(work: Path) -> Iterator[Line]:
    """The lines of all parts that are done."""
    for path in sorted(work.glob("part-*.jsonl")):
        with open(path, encoding="utf-8") as stream:
            for line in stream:
                yield parsed(line)
