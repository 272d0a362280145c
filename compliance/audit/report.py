"""What an audit comes to: counts that add up, and where the lines stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from attrs import define, field

from compliance.audit.lines import Line
from compliance.verdict import SEVERITY

MOST_EXAMPLES: Final = 25

Columns = Mapping[str, Sequence[Any]]


@define
class UnitCount:
    """How many officers one unit concerns, by verdict; `contested` are those that another reading would turn."""

    violated: int = 0
    pending: int = 0
    undetermined: int = 0
    not_settled: int = 0
    contested: int = 0
    suppressed: int = 0
    answered: int = 0
    """Violations that are suppressed."""
    late: Counter[int] = field(factory=Counter)
    """Of the violations that hold two days against each other, how many lie so many days apart."""

    def as_json(self) -> dict[str, Any]:
        names = ("violated", "pending", "undetermined", "not_settled", "contested", "suppressed")
        found: dict[str, Any] = {name: getattr(self, name) for name in names}
        return {**found, "late_days": _spread(self.late)} if self.late else found


def _spread(late: Counter[int]) -> dict[str, int]:
    days = sorted(late.elements())
    return {"count": len(days), "median": days[len(days) // 2], "longest": days[-1]}


@define
class Overview:
    """Everything that is counted over the findings of an audit, in one pass over their columns."""

    units: dict[str, UnitCount] = field(factory=dict)
    verdicts: Counter[str] = field(factory=Counter)
    """The officers by the worst verdict on them; those of whom nothing is found are not among them."""
    by_body: dict[str, Counter[str]] = field(factory=dict)
    by_quarter: dict[str, Counter[str]] = field(factory=dict)
    late_by_body: dict[str, Counter[int]] = field(factory=dict)
    late_by_quarter: dict[str, Counter[int]] = field(factory=dict)
    due: Counter[tuple[str, str, str]] = field(factory=Counter)
    """Open duties by last day, bearer and unit."""
    examples: dict[str, list[Line]] = field(factory=dict)
    stories: dict[str, list[Line]] = field(factory=dict)
    """The events of the officers who stand as examples."""
    lines: int = 0

    def add(self, columns: Columns) -> None:
        """The findings of one part; those on one officer stand together."""
        self.lines += len(columns["officer"])
        kept = ("unit", "verdict", "robust", "settled", "suppressed", "body", "quarter", "late_days", "by", "bearer")
        for cells, count in Counter(zip(*(columns[name] for name in kept), strict=True)).items():
            self.count(dict(zip(kept, cells, strict=True)), count)
        pairs = zip(columns["officer"], columns["verdict"], strict=True)
        for _, each in groupby(pairs, itemgetter(0)):
            self.verdicts[max((verdict for _, verdict in each), key=SEVERITY.__getitem__)] += 1

    def count(self, cells: Mapping[str, Any], number: int) -> None:
        """So many findings that are alike."""
        unit, verdict = cells["unit"] or "-", cells["verdict"]
        count = self.units.setdefault(unit, UnitCount())
        if cells["suppressed"]:
            count.suppressed += number
            count.answered += number * (verdict == "violated")
        if verdict in ("violated", "pending", "undetermined"):
            setattr(count, verdict, getattr(count, verdict) + number)
        count.not_settled += number * (cells["settled"] is False and verdict == "undetermined")
        count.contested += number * (not cells["robust"])
        if verdict == "violated":
            self.violation(cells, count, number)
        if verdict == "pending" and cells["by"]:
            self.due[cells["by"], cells["bearer"], unit] += number

    def violation(self, cells: Mapping[str, Any], count: UnitCount, number: int) -> None:
        body, quarter, late = cells["body"] or "unknown", cells["quarter"] or "-", cells["late_days"]
        self.by_body.setdefault(body, Counter())[cells["unit"]] += number
        self.by_quarter.setdefault(quarter, Counter())[cells["unit"]] += number
        if late is not None:
            count.late[late] += number
            self.late_by_body.setdefault(body, Counter())[late] += number
            self.late_by_quarter.setdefault(quarter, Counter())[late] += number

    def example(self, line: Line) -> None:
        """Keeps a finding to be shown."""
        self.examples.setdefault(line["unit"] or "-", []).append(line)

    def full(self, unit: str | None) -> bool:
        """Whether a unit has as many examples as are shown."""
        return len(self.examples.get(unit or "-", ())) >= MOST_EXAMPLES

    def tell(self, stories: Iterator[Sequence[Any]]) -> None:
        """Keeps the events of the officers who stand as examples."""
        import json

        if not self.stories:
            self.stories = {line["officer"]: [] for lines in self.examples.values() for line in lines}
        for officer, event, date, until, maybe, row, attrs in stories:
            if officer in self.stories and event != "profile":
                told = {"event": event, "date": date, "row": row, "attrs": json.loads(attrs)}
                told |= ({"until": until} if until else {}) | ({"maybe": True} if maybe else {})
                self.stories[officer].append(told)


@define
class AuditReport:
    """The result of `reserve audit`."""

    file: str
    run: Mapping[str, Any]
    overview: Overview
    lines_path: str = ""

    @property
    def verdicts(self) -> Mapping[str, int]:
        found: Mapping[str, int] = self.run["verdicts"]
        return found
