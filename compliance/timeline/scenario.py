"""Reads scenario files: stories of officers with what is asked about them and what is expected."""

from __future__ import annotations

import os
from pathlib import PurePath
from typing import Final

from attrs import frozen

from compliance.norm.vocabulary import Words
from compliance.source.diagnostic import Collector, Note
from compliance.source.reader import Mapping as MappingNode
from compliance.source.reader import Scalar, parse_yaml, read_text
from compliance.source.shape import Fields, as_mapping, as_scalar, as_sequence, as_words
from compliance.timeline.attributes import as_day
from compliance.timeline.case import Case, Scenario
from compliance.timeline.expectation import ExpectationReader, check_reading
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.record import RECORD, SHARED, RecordReader

WHOLE: Final = ("title", "readings", "law", "published")
"""The keys of a file as a whole."""

MOST_OFFICERS: Final = 200


def read_scenario(path: str | os.PathLike[str], lexicon: Lexicon, shown_as: str | None = None) -> Scenario:
    """The scenario of a file; raises `Problems` with everything that is wrong in it."""
    return parse_scenario(read_text(path, shown_as=shown_as), shown_as or os.fspath(path), lexicon)


def parse_scenario(text: str, file: str, lexicon: Lexicon) -> Scenario:
    """The scenario that a text says; raises `Problems` with everything that is wrong in it."""
    root, collector = parse_yaml(text, file), Collector()
    several = isinstance(root, MappingNode) and root.get("officers") is not None
    allowed = (*WHOLE, "officers", "expect", *SHARED) if several else (*WHOLE, *RECORD)
    required = ("officers",) if several else ("officer", "events")
    top = Fields(root, collector, allowed=allowed, required=required, unknown_code="scenario.unknown-key")
    scenario = _FileReader(file, lexicon, collector, top).scenario(several)
    collector.raise_if_any()
    return scenario


@frozen
class _FileReader:
    """Reads a file whose keys have been checked."""

    file: str
    lexicon: Lexicon
    collector: Collector
    top: Fields

    def scenario(self, several: bool) -> Scenario:
        title = self.title()
        if not several:
            return Scenario(self.file, title, (self.case(self.top),))
        cases = self.officers()
        proposes = any(case.propose is not None for case in cases)
        expect = self.top.read("expect", ExpectationReader(self.lexicon, proposes).read)
        return Scenario(self.file, title, cases, expect, several=True)

    def title(self) -> Words:
        """The title; a plain text stands for both languages, and the name of the file for a title left out."""
        node = self.top.node("title")
        if node is None:
            stem = PurePath(self.file).stem
            return Words(stem, stem)
        if isinstance(node, Scalar):
            text = as_scalar(node, self.collector)
            return Words(node.text, node.text) if text else Words("", "")
        found = as_words(node, self.collector)
        return Words(found.en, found.ru) if found else Words("", "")

    def officers(self) -> tuple[Case, ...]:
        listed = self.top.read("officers", as_sequence)
        nodes = listed.items if listed else ()
        if not nodes:
            self.collector.error("scenario.no-officers", self.top.place_of("officers"))
        if len(nodes) > MOST_OFFICERS:
            self.collector.error("scenario.too-many-officers", nodes[MOST_OFFICERS].place, limit=str(MOST_OFFICERS))
        cases: dict[str, Case] = {}
        for node in nodes[:MOST_OFFICERS]:
            required, code = ("officer", "events"), "scenario.unknown-key"
            fields = Fields(node, self.collector, allowed=RECORD, required=required, unknown_code=code)
            case = self.case(fields)
            if case.officer_id and case.officer_id in cases:
                note = Note("scenario.first-officer", cases[case.officer_id].places.get("officer.id"))
                place = case.places.get("officer.id")
                self.collector.error("scenario.duplicate-officer", place, chain=(note,), word=case.officer_id)
            cases.setdefault(case.officer_id, case)
        return tuple(cases.values())

    def case(self, record: Fields) -> Case:
        return RecordReader(self.lexicon, self.collector, self.top, record).case(
            self.file, self.readings(), self.law(), self.top.read("published", as_day)
        )

    def readings(self) -> dict[str, str]:
        found = self.top.read("readings", as_mapping)
        result: dict[str, str] = {}
        for reading, node in found.entries if found else ():
            value = as_scalar(node, self.collector)
            if value is not None:
                check_reading(self.lexicon, reading, value, self.collector)
                result[reading.text] = value.text
        return result

    def law(self) -> str | None:
        if self.lexicon.laws is None:
            return self.top.text("law")
        return self.top.word("law", self.lexicon.laws, "scenario.unknown-law")
