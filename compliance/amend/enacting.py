"""From when an amending act counts, and between which deadlines of the quarter its first day falls."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from attrs import frozen

from compliance.amend.finding import Finding, says
from compliance.amend.operations import EntryIntoForce, Package
from compliance.amend.tree import Tree
from compliance.amend.words import find_values
from compliance.norm.types import QuarterDay


@frozen
class InForce:
    """The first day of the new text: which quarter it falls in, and the deadlines of that quarter on either side."""

    day: date
    quarter: str
    behind: tuple[tuple[str, date], ...]
    ahead: tuple[tuple[str, date], ...]


def first_day(entry: EntryIntoForce, publication: date | None = None) -> date | None:
    """The first day in force, or nothing where it hangs on a publication whose day is not given.

    Ten days after the day of publication: that day is day 0, the days 1-10 pass, the text counts from day 11.
    """
    if entry.date is not None:
        return date.fromisoformat(entry.date)
    if publication is None:
        return None
    if entry.days_after_publication is not None:
        return publication + timedelta(days=entry.days_after_publication + 1)
    if entry.months_after_publication is not None:
        return _add_months(publication, entry.months_after_publication) + timedelta(days=1)
    return publication if entry.on_publication else None


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def in_force(day: date, tree: Tree) -> InForce:
    """Where a first day stands among the quarter's deadlines that the law's own words name."""
    quarter = (day.month - 1) // 3
    behind: list[tuple[str, date]] = []
    ahead: list[tuple[str, date]] = []
    for row in tree.rows:
        for placed in find_values(row.text):
            if isinstance(placed.value, QuarterDay):
                due = date(day.year, quarter * 3 + placed.value.month, placed.value.day)
                (behind if due < day else ahead).append((row.id, due))
    return InForce(day, f"{day.year}Q{quarter + 1}", tuple(behind), tuple(ahead))


def entry_findings(package: Package) -> tuple[Finding, ...]:
    """That a clause gives some provisions a first day of their own, which is not followed here."""
    entry = package.entry
    if entry is None or not _APART.search(entry.text):
        return ()
    message, repair = says("amend.entry-apart"), says("amend.entry-apart-repair")
    return (Finding("ENACTING", "warn", (), entry.text, message, repair, place=entry.place),)


_APART: Final = re.compile(
    r"за\s+исключением|кроме\s+(?:пункт|подпункт|абзац|част)|котор(?:ый|ая|ые|ое)\s+(?:вводится|вводятся|вступа)|"
    r"при\s+этом\s+(?:пункт|подпункт|абзац|част)|(?:вводится|вводятся)\s+в\s+действие.*(?:вводится|вводятся)\s+в\s+действие",
    re.IGNORECASE | re.DOTALL,
)


def enacting_findings(package: Package, given: date | None) -> tuple[Finding, ...]:
    """That a whole act (one with a preamble, not a bare instruction) names no day from which it counts."""
    if package.entry is not None or given is not None or not package.preambles:
        return ()
    return (Finding("ENACTING", "note", (), "", says("amend.entry-missing"), says("amend.entry-missing-repair")),)
