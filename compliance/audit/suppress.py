"""Suppressions: findings that somebody has answered for, with a reason and a last day; they stay visible."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from compliance.audit.lines import Line
from compliance.calendar.days import TextError, parse_iso
from compliance.source.diagnostic import Collector, Diagnostic
from compliance.source.reader import Node, read_yaml
from compliance.source.shape import Fields

KEYS = ("unit", "officer", "reason", "expires")


@frozen
class Suppression:
    """One finding answered for until a day."""

    unit: str
    officer: str
    reason: str
    expires: int
    text: str


def read_suppressions(path: Path | None, units: Iterable[str]) -> dict[tuple[str, str], Suppression]:
    """By officer and unit; raises `Problems` for an entry that lacks one of the four keys."""
    if path is None:
        return {}
    collector, known = Collector(), tuple(units)

    def read(node: Node, collector: Collector) -> Suppression | None:
        fields = Fields(node, collector, allowed=KEYS, required=KEYS, unknown_code="audit.suppression-key")
        unit, officer = fields.word("unit", known, "law.unknown-unit"), fields.text("officer")
        reason, expires = fields.text("reason"), fields.text("expires")
        if not (unit and officer and reason and expires):
            return None
        try:
            return Suppression(unit, officer, reason, parse_iso(expires), expires)
        except TextError as wrong:
            collector.add(Diagnostic(wrong.code, fields.place_of("expires"), wrong.fields))
            return None

    root = Fields(read_yaml(path), collector, allowed=("suppressions",), required=("suppressions",))
    found = root.list_of("suppressions", read)
    collector.raise_if_any()
    return {(each.officer, each.unit): each for each in found}


def said_of(found: Suppression, as_of: int) -> Line:
    """What a finding says that is answered for; once the day has passed, that the answer has expired."""
    return {
        "suppressed" if found.expires >= as_of else "suppression_expired": {
            "reason": found.reason,
            "expires": found.text,
        }
    }
