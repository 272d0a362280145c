"""What an audit comes to: counts that add up, and where the lines stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import define, field

from compliance.audit.lines import Line

LATE = (0, 1, 7, 30, 90, 365)
MOST_EXAMPLES = 100


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
    """Of the explained violations of a term, how many were late by so many days."""

    def as_json(self) -> dict[str, Any]:
        names = ("violated", "pending", "undetermined", "not_settled", "contested", "suppressed")
        return {name: getattr(self, name) for name in names}


@define
class Overview:
    """Everything that is counted over the lines of an audit, in one pass."""

    units: dict[str, UnitCount] = field(factory=dict)
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

    def add(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.line(line)

    def line(self, line: Line) -> None:
        self.lines += 1
        unit = line["unit"] or "-"
        count = self.units.setdefault(unit, UnitCount())
        verdict = line["verdict"]
        if line.get("suppressed"):
            count.suppressed += 1
            count.answered += verdict == "violated"
        if verdict in ("violated", "pending", "undetermined"):
            setattr(count, verdict, getattr(count, verdict) + 1)
        count.not_settled += line.get("settled") is False and verdict == "undetermined"
        count.contested += not line["robust"]
        if verdict == "violated":
            self.violation(line, count)
        if verdict == "pending" and "by" in line:
            self.due[line["by"], ", ".join(line["bearer"]), unit] += 1
        self.example(unit, line)

    def example(self, unit: str, line: Line) -> None:
        """Keeps the first findings of a unit, violations before anything that only another reading would turn."""
        kept = self.examples.setdefault(unit, [])
        if len(kept) < MOST_EXAMPLES:
            kept.append(line)
        elif line["verdict"] == "violated" and line["explained"] and kept[-1]["verdict"] != "violated":
            place = next(at for at, each in enumerate(kept) if each["verdict"] != "violated")
            kept.insert(place, line)
            kept.pop()

    def tell(self, story: Mapping[str, Any]) -> None:
        """Keeps the events of an officer who stands as an example."""
        if not self.stories:
            self.stories = {line["officer"]: [] for lines in self.examples.values() for line in lines}
        if story["officer"] in self.stories:
            self.stories[story["officer"]] = story["events"]

    def violation(self, line: Line, count: UnitCount) -> None:
        body, quarter = line.get("body") or "unknown", line.get("quarter") or "-"
        self.by_body.setdefault(body, Counter())[line["unit"]] += 1
        self.by_quarter.setdefault(quarter, Counter())[line["unit"]] += 1
        late = line.get("late_days")
        if late is not None:
            count.late[late] += 1
            self.late_by_body.setdefault(body, Counter())[late] += 1
            self.late_by_quarter.setdefault(quarter, Counter())[late] += 1


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
