"""What a scenario expects of the check, and the reader of its `expect:` part."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from attrs import field, frozen

from compliance.source.diagnostic import Collector
from compliance.source.loc import Place
from compliance.source.reader import Node, Scalar
from compliance.source.shape import Fields, as_mapping, as_scalar, as_text, as_word
from compliance.timeline.attributes import as_day
from compliance.timeline.lexicon import Lexicon

T = TypeVar("T")

VERDICTS: Final = ("compliant", "violated", "pending", "undetermined", "not_judged")
ANSWERS: Final = ("yes", "no", "not_yet")
EXPECT: Final = ("verdict", "units", "depends_on", "missing", "pending", "proposal", "notices")
PENDING: Final = ("unit", "by")
PROPOSAL: Final = ("answer", "from", "units")

PATH: Final = re.compile(r"[a-z_]+(\[[0-9]{1,4}\])?(\.[^\s.\[\]]{1,60}){0,2}")
"""How an uncertain fact is named: `events[3].date`, `positions.deputy.listed`, `officer.body`, `as_of`."""


@frozen
class ExpectedDuty:
    """A pending duty: its unit, and its last day where that is said."""

    unit: str
    by: int | None = None


@frozen
class ExpectedAnswer:
    """The answer to a proposal: the first day of a `not_yet`, and the units that stand in the way."""

    answer: str
    start: int | None = None
    units: tuple[str, ...] | None = None


@frozen
class Expectation:
    """What must come out; whatever is None is not expected in any particular way."""

    verdict: str | None = None
    units: tuple[str, ...] | None = None
    depends_on: Mapping[str, Mapping[str, str]] | None = None
    missing: tuple[str, ...] | None = None
    pending: tuple[ExpectedDuty, ...] | None = None
    proposal: ExpectedAnswer | None = None
    notices: tuple[str, ...] | None = None
    place: Place | None = field(default=None, eq=False, repr=False)


@frozen
class ExpectationReader:
    """Reads expectations; names of units and readings are checked where the lexicon knows them."""

    lexicon: Lexicon
    proposes: bool
    """Whether the record proposes anything."""

    def read(self, node: Node, collector: Collector) -> Expectation:
        """The `expect:` part of a file or of an officer."""
        fields = Fields(node, collector, allowed=EXPECT, unknown_code="scenario.unknown-key")
        if fields.has("proposal") and not self.proposes:
            collector.error("scenario.nothing-proposed", fields.key_place("proposal"))
        return Expectation(
            verdict=fields.word("verdict", VERDICTS, "scenario.verdict"),
            units=_listed(fields, "units", self.unit),
            depends_on=fields.read("depends_on", self.depends_on),
            missing=_listed(fields, "missing", as_path),
            pending=_listed(fields, "pending", self.duty),
            proposal=fields.read("proposal", self.answer),
            notices=_listed(fields, "notices", as_text),
            place=node.place,
        )

    def unit(self, node: Node, collector: Collector) -> str | None:
        if self.lexicon.units is None:
            return as_text(node, collector)
        return as_word(node, collector, self.lexicon.units, "scenario.unknown-unit")

    def depends_on(self, node: Node, collector: Collector) -> dict[str, dict[str, str]]:
        """The verdict under each value of each reading."""
        mapping = as_mapping(node, collector)
        return {
            reading.text: self.verdicts(reading, values, collector)
            for reading, values in (mapping.entries if mapping else ())
        }

    def verdicts(self, reading: Scalar, node: Node, collector: Collector) -> dict[str, str]:
        mapping = as_mapping(node, collector)
        result: dict[str, str] = {}
        for value, verdict in mapping.entries if mapping else ():
            check_reading(self.lexicon, reading, value, collector)
            word = as_word(verdict, collector, VERDICTS, "scenario.verdict")
            if word is not None:
                result[value.text] = word
        return result

    def duty(self, node: Node, collector: Collector) -> ExpectedDuty | None:
        fields = Fields(node, collector, allowed=PENDING, required=("unit",), unknown_code="scenario.unknown-key")
        unit = fields.read("unit", self.unit)
        by = fields.read("by", as_day)
        return ExpectedDuty(unit, by) if unit else None

    def answer(self, node: Node, collector: Collector) -> ExpectedAnswer | None:
        fields = Fields(node, collector, allowed=PROPOSAL, required=("answer",), unknown_code="scenario.unknown-key")
        answer = fields.word("answer", ANSWERS, "scenario.answer")
        start, units = fields.read("from", as_day), _listed(fields, "units", self.unit)
        return ExpectedAnswer(answer, start, units) if answer else None


def check_reading(lexicon: Lexicon, reading: Scalar, value: Scalar, collector: Collector) -> None:
    """Notes a reading, or a value of it, that the law does not have."""
    if lexicon.readings is None:
        return
    values = lexicon.readings.get(reading.text)
    if values is None:
        collector.unknown("scenario.unknown-reading", reading.place, reading.text, lexicon.readings)
    elif value.text not in values:
        collector.unknown("scenario.reading-value", value.place, value.text, values, reading=reading.text)


def as_path(node: Node, collector: Collector) -> str | None:
    """The name of an uncertain fact."""
    scalar = as_scalar(node, collector)
    if scalar is None or PATH.fullmatch(scalar.text):
        return scalar.text if scalar else None
    collector.error("scenario.path", scalar.place, expected=("events[3].date", "officer.body"), word=scalar.text)
    return None


def _listed(fields: Fields, name: str, reader: Callable[[Node, Collector], T | None]) -> tuple[T, ...] | None:
    return fields.list_of(name, reader) if fields.has(name) else None
