"""The findings as they are handed to the files of results: a part at a time, as columns and as lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from compliance.audit.evidence import Event
from compliance.audit.lines import Line, parsed, text_of
from compliance.audit.suppress import Suppression, said_of
from compliance.audit.tell import told_of

if TYPE_CHECKING:
    from compliance.audit.run import Audit
    from compliance.bulk.registers.lines import Phrases

AT_ONCE = 20_000


@frozen(eq=False)
class Batch:
    """Some findings, those on one officer together."""

    columns: Mapping[str, list[Any]]
    texts: list[str]
    events: list[Event]
    """By place here, the events that each rests on."""
    missing: Mapping[int, list[Line]] = field(factory=dict)

    def line(self, at: int) -> Line:
        return parsed(self.texts[at])


def phrases_of(audit: Audit) -> Phrases:
    from compliance.audit.lines import cited
    from compliance.bulk.registers.lines import Phrases

    law = audit.setting.law
    return Phrases(
        file=audit.path.name,
        kinds=tuple(law.vocabulary.kinds),
        citations={unit: cited(unit) for unit in law.units},
        bearers={unit: tuple(law.unit(unit).bearer) for unit in law.units},
    )


def judged(audit: Audit, phrases: Phrases, known: Mapping[tuple[str, str], Suppression]) -> Iterator[Batch]:
    """The findings of an audit, part by part, with what was told of some of them."""
    from compliance.bulk.registers.findings import kept
    from compliance.bulk.registers.lines import Lines, patched, without

    for part in sorted(audit.done):
        lines = Lines(kept(audit.found(part)), phrases)
        told = told_of(audit.work, part)
        if known:
            told |= _answered(lines, told, known, audit.as_of)
        gone = frozenset(at for at, line in told.items() if line["verdict"] == "compliant" and line["robust"])
        columns = patched(lines.flat(), told)
        texts = [text_of(told[at]) if at in told else lines.text(at) for at in range(len(lines))]
        place = {at: new for new, at in enumerate(without(range(len(lines)), gone))}
        yield Batch(
            {name: without(cells, gone) for name, cells in columns.items()},
            without(texts, gone),
            [(place[at], *each) for at in place for each in _events(lines, told, at)],
            {place[at]: line["missing"] for at, line in told.items() if at in place and line.get("missing")},
        )


def _events(lines: Any, told: Mapping[int, Line], at: int) -> Iterable[tuple[str, str | None, int | None]]:
    if at in told:
        return ((each["event"], each["date"], each["line"]) for each in told[at]["because"])
    found: Iterable[tuple[str, str | None, int | None]] = lines.events(at)
    return found


def _answered(
    lines: Any, told: Mapping[int, Line], known: Mapping[tuple[str, str], Suppression], as_of: int
) -> dict[int, Line]:
    """The lines that somebody has answered for."""
    found: dict[int, Line] = {}
    for at, key in enumerate(zip(lines.columns["officer"], lines.columns["unit"], strict=True)):
        if key in known:
            line = told.get(at) or json.loads(lines.text(at))
            found[at] = {**line, **said_of(known[key], as_of)}
    return found


def of_lines(lines: Iterable[Line]) -> Iterator[Batch]:
    """Findings that stand as lines already."""
    from compliance.bulk.registers.lines import COLUMNS, flat_line

    waiting = iter(lines)
    while portion := list(islice(waiting, AT_ONCE)):
        rows = [flat_line(line) for line in portion]
        yield Batch(
            {name: [row[name] for row in rows] for name in COLUMNS},
            [text_of(line) for line in portion],
            [(at, each["event"], each["date"], each["line"]) for at, line in enumerate(portion)
             for each in line["because"]],
            {at: line["missing"] for at, line in enumerate(portion) if line.get("missing")},
        )  # fmt: skip
