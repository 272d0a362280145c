"""One finding as a line of `findings.jsonl`: the keys of `reserve check`, and whose, in which file, in which rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

from compliance.law.citation import citation
from compliance.norm.vocabulary import Words
from compliance.verdict import Evidence, UnitFinding

Line = dict[str, Any]
INDEX: Final = re.compile(r"events\[(\d+)\]")


class Kept(Line):
    """A line as it was read, with the text that it was read from."""

    raw: str = ""


def parsed(text: str) -> Line:
    """The line that a text says."""
    found = Kept(json.loads(text))
    found.raw = text.rstrip("\n")
    return found


def text_of(line: Line) -> str:
    """The line as text, without a line end; what was read and not changed is not made anew."""
    return (isinstance(line, Kept) and line.raw) or json.dumps(line, ensure_ascii=False)


def words_of(words: Words) -> dict[str, str]:
    return {"en": words.en, "ru": words.ru}


def joined(sentences: Iterable[Words]) -> dict[str, str]:
    said = list(dict.fromkeys(sentences))
    return {"en": "; ".join(each.en for each in said), "ru": "; ".join(each.ru for each in said)}


@cache
def cited(unit: str) -> Mapping[str, str]:
    return {"en": citation(unit, "en"), "ru": citation(unit, "ru")}


def evidence_of(event: Evidence, row: int | None) -> Line:
    """An event by its row; `index` is that row too, which no share and no order of reading changes."""
    return {"event": event.event, "index": event.index if row is None else row, "date": event.date, "line": row}


def _by_row(path: str, rows: Mapping[int, int]) -> str:
    """`events[3].date` with the row in the place of the index."""
    return INDEX.sub(lambda found: f"events[{rows.get(int(found[1]), found[1])}]", path)


def explained(line: Line, finding: UnitFinding, rows: Mapping[int, int]) -> Line:
    """The line with what the evaluator says of it; `rows` are the rows of the events by index."""
    because = [evidence_of(event, rows.get(event.index)) for event in finding.because] or line["because"]
    numbers = [each["line"] for each in because if each["line"] is not None]
    found = {
        **line,
        "verdict": finding.verdict,
        "robust": finding.robust,
        "depends_on": {reading: dict(under) for reading, under in finding.depends_on.items()},
        "norm": finding.norm,
        "row": numbers[0] if numbers else line["row"],
        "because": because,
        "says": joined(finding.says),
        "detail": joined(finding.detail),
        "repair": [{"change": _by_row(step.change, rows), "to": step.to} for step in finding.repair],
        "explained": True,
    }
    if finding.combination:
        found["combination"] = dict(finding.combination)
    if finding.projected:
        found["projected"] = True
    return found
