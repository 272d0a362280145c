"""From the files of a law to the checked law: read, then parsed, then checked; each phase reports all its errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

from attrs import define, field

from compliance.law.build import build
from compliance.law.model import DefinitionText, Law, Unit, Written
from compliance.law.read_parts import (
    read_checklist,
    read_definitions,
    read_notices,
    read_readings,
    read_versions,
    read_world,
)
from compliance.law.read_rules import read_chapters, read_units
from compliance.law.version import Version, window
from compliance.law.vocabulary import read_vocabulary
from compliance.norm.program import Notion
from compliance.norm.vocabulary import Vocabulary
from compliance.source.data import model_path, shown_name
from compliance.source.diagnostic import Collector, Note, Problems
from compliance.source.loc import Place
from compliance.source.reader import Node, parse_yaml, read_text

T = TypeVar("T")

NEEDED: Final = ("vocabulary.yaml", "versions.yaml")
OPTIONAL: Final = ("definitions.yaml", "readings.yaml", "notices.yaml", "world.yaml", "checklist.yaml")
RULES: Final = "rules/"
CHAPTERS: Final = "rules/chapters.yaml"
ELSEWHERE: Final = ("lifecycle.yaml", "acts/", "calendar/")
"""Parts of model/ that others read."""


def load_law(path: Path | None = None) -> Law:
    """The law in a folder, the shipped one by default; raises `Problems` with all errors of a phase."""
    folder = path if path is not None else model_path()
    if not folder.is_dir():
        Collector().fail("law.not-a-folder", None, path=shown_name(folder))
    collector = Collector()
    texts: dict[str, str] = {}
    for name in _files(folder):
        try:
            texts[name] = read_text(folder / name, shown_as=shown_name(folder / name))
        except Problems as problems:
            collector.add(*problems.diagnostics)
    collector.raise_if_any()
    return law_from_texts(texts, shown_name(folder))


def law_from_texts(texts: Mapping[str, str], shown_in: str = "model") -> Law:
    """The law of files in memory, by their paths within the folder: `rules/p14.yaml`, `readings.yaml`."""
    return build(written_from_texts(texts, shown_in))


def written_from_texts(texts: Mapping[str, str], shown_in: str = "model") -> Written:
    """The law as written, parsed and not checked."""
    collector = Collector()
    nodes = _nodes(texts, shown_in, collector)
    collector.raise_if_any()
    vocabulary = _vocabulary(nodes["vocabulary.yaml"], collector)
    if vocabulary is None:
        collector.raise_if_any()
        raise AssertionError("a vocabulary that cannot be read has errors")
    written = _Parts(nodes, vocabulary, collector).written()
    collector.raise_if_any()
    return written


def _files(folder: Path) -> list[str]:
    names = [name for name in (*NEEDED, *OPTIONAL) if (folder / name).exists()]
    return names + sorted(f"{RULES}{path.name}" for path in (folder / "rules").glob("*.yaml"))


def _nodes(texts: Mapping[str, str], shown_in: str, collector: Collector) -> dict[str, Node]:
    """The documents of all files; what is no YAML, missing or unknown is noted."""
    known = (*NEEDED, *OPTIONAL, CHAPTERS)
    nodes: dict[str, Node] = {}
    for name in sorted(texts):
        is_rule = name.startswith(RULES) and name.endswith(".yaml") and "/" not in name[len(RULES) :]
        if name.startswith(ELSEWHERE):
            continue
        if name not in known and not is_rule:
            collector.unknown("law.unknown-file", None, name, known)
            continue
        try:
            nodes[name] = parse_yaml(texts[name], f"{shown_in}/{name}" if shown_in else name)
        except Problems as problems:
            collector.add(*problems.diagnostics)
    for name in NEEDED:
        if name not in texts:
            collector.error("law.missing-file", None, path=name)
    if not any(name.startswith(RULES) and name != CHAPTERS for name in texts):
        collector.error("law.missing-file", None, path=f"{RULES}p01.yaml")
    return nodes


def _vocabulary(node: Node, collector: Collector) -> Vocabulary | None:
    try:
        return read_vocabulary(node)
    except Problems as problems:
        collector.add(*problems.diagnostics)
        return None


@define
class _Parts:
    """Reads the documents into their typed parts; ids are unique across files."""

    nodes: Mapping[str, Node]
    vocabulary: Vocabulary
    collector: Collector
    seen: dict[tuple[str, str], Place | None] = field(factory=dict)

    def written(self) -> Written:
        units = self.units()
        readings = self.part("readings.yaml", read_readings) or ()
        notices = self.part("notices.yaml", read_notices) or ()
        world = self.part("world.yaml", read_world) or ()
        for reading in readings:
            self.once("reading", reading.id, reading.place)
        for id, place in [*((each.id, each.place) for each in notices), *((each.id, each.place) for each in world)]:
            self.once("formula", id, place)
        notions, definitions = self.definitions()
        return Written(
            vocabulary=self.vocabulary,
            versions=self.versions(),
            units={unit.id: unit for unit in units},
            readings={reading.id: reading for reading in readings},
            notions=notions,
            definitions=definitions,
            notices=notices,
            world=world,
            chapters=self.part(CHAPTERS, read_chapters) or (),
            checklist=self.part("checklist.yaml", read_checklist),
        )

    def part(self, name: str, read: Callable[[Node, Collector], T]) -> T | None:
        node = self.nodes.get(name)
        return read(node, self.collector) if node is not None else None

    def once(self, what: str, id: str, place: Place | None, code: str = "law.duplicate-id") -> None:
        """Notes a second use of an id, with the place of the first."""
        first = self.seen.get((what, id))
        if (what, id) in self.seen:
            self.collector.error(code, place, chain=(Note("law.first-id", first),), word=id)
        self.seen.setdefault((what, id), place)

    def units(self) -> list[Unit]:
        actors = self.vocabulary.enumerations.get("actor")
        known = frozenset(actors.values if actors else ())
        names = sorted(name for name in self.nodes if name.startswith(RULES) and name != CHAPTERS)
        units = [unit for name in names for unit in read_units(self.nodes[name], known, self.collector)]
        for unit in units:
            self.once("unit", unit.id, unit.place)
            for clause in unit.clauses:
                self.once("formula", clause.id, clause.place)
            for parameter in unit.parameters:
                self.once("name", parameter.name, parameter.place, "law.duplicate-name")
        return units

    def versions(self) -> tuple[Version, ...]:
        versions = self.part("versions.yaml", read_versions) or ()
        for version in versions:
            self.once("version", version.id, version.place)
        for before, after in pairwise(versions):
            if window(after).lo <= window(before).hi:
                self.collector.error("law.version-order", after.place, word=after.id)
        if not versions and not self.collector.has_errors:
            self.collector.error("law.no-version", self.nodes["versions.yaml"].place)
        return versions

    def definitions(self) -> tuple[dict[str, Notion], dict[str, DefinitionText]]:
        node = self.nodes.get("definitions.yaml")
        if node is None:
            return {}, {}
        read = read_definitions(node, self.vocabulary, self.collector)
        for text in read.entries:
            self.once("name", text.raw.head.name, text.place, "law.duplicate-name")
        return read.notions, {text.raw.head.name: text for text in read.entries}
