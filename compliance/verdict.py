"""Plain values that every checker answers with; no solver, no record and no norm in them.

Dates are ISO text, units are ids; what a person reads is `Words` in the two languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import field, frozen

from compliance.norm.vocabulary import Words
from compliance.source.diagnostic import Diagnostic

Status = Literal["compliant", "not_judged", "pending", "undetermined", "violated"]

SEVERITY: Mapping[Status, int] = {"not_judged": 0, "compliant": 1, "pending": 2, "undetermined": 3, "violated": 4}


def worst(statuses: Iterable[Status]) -> Status:
    """violated > undetermined > pending > compliant > not judged; compliant for nothing at all."""
    return max(statuses, key=SEVERITY.__getitem__, default="compliant")


@frozen
class Evidence:
    """An event that a finding rests on: its kind, its place in the file (0-based `index`), day and line."""

    event: str
    index: int
    date: str
    line: int | None
    words: Words


@frozen
class Change:
    """One step of a repair: `change` is a path (`events[0].date`), `event` or `remove`; `to` the new value."""

    change: str
    to: str | None
    was: str | None
    words: Words


@frozen
class UnitFinding:
    """What is found of one norm of one unit, on the default readings, and how it turns on them.

    `depends_on`: for each reading on which the verdict turns, the verdict under each of its values, the others at
    their defaults. `combination`: values that only together change it, where no single one does.
    """

    unit: str
    norm: str
    verdict: Status
    citation: Words
    robust: bool = True
    depends_on: Mapping[str, Mapping[str, Status]] = field(factory=dict)
    combination: Mapping[str, str] = field(factory=dict)
    because: tuple[Evidence, ...] = ()
    says: tuple[Words, ...] = ()
    detail: tuple[Words, ...] = ()
    """Both sides of each comparison that failed, one line each."""
    repair: tuple[Change, ...] = ()
    projected: bool = False
    """True where the verdict turns on a day whose calendar is projected, not confirmed."""


@frozen
class Duty:
    """A duty that is open at `as_of` (pending), or a day that approaches (ahead)."""

    unit: str
    norm: str
    by: str
    bearer: tuple[str, ...]
    bearer_words: Words
    citation: Words
    because: tuple[Evidence, ...] = ()


@frozen
class Missing:
    """A fact whose knowledge would help to decide: its path, what it is, and where it stands."""

    path: str
    words: Words
    line: int | None
    units: tuple[str, ...] = ()


@frozen
class NoticeFinding:
    """Something worth saying that is no breach; a `contradiction` leaves the record undetermined."""

    id: str
    severity: Literal["notice", "contradiction"]
    units: tuple[str, ...]
    says: Words
    because: tuple[Evidence, ...] = ()


@frozen
class Proposal:
    """The answer to `propose`: may it be decided, from which day, and which units newly stand in the way."""

    answer: Literal["yes", "no", "not_yet", "undetermined"]
    start: str | None
    units: tuple[str, ...]
    findings: tuple[UnitFinding, ...] = ()


@frozen
class Unmet:
    """One expectation of a scenario file that the result does not meet."""

    what: str
    expected: str
    got: str


@frozen
class Result:
    """The verdict on one officer of one file."""

    file: str
    officer: str
    title: Words | None
    law: str
    as_of: str
    verdict: Status
    robust: bool
    depends_on: Mapping[str, Mapping[str, Status]]
    units: tuple[UnitFinding, ...]
    """Findings other than compliant, and those that another reading would turn; in the order of the text."""
    all_units: tuple[UnitFinding, ...]
    notices: tuple[NoticeFinding, ...] = ()
    pending: tuple[Duty, ...] = ()
    ahead: tuple[Duty, ...] = ()
    missing: tuple[Missing, ...] = ()
    proposal: Proposal | None = None
    expected: bool = False
    """True where the file states an expectation."""
    unmet: tuple[Unmet, ...] = ()

    @property
    def blamed(self) -> tuple[str, ...]:
        """Units whose verdict is the result's own (violated, or left open), without repetition."""
        return tuple(dict.fromkeys(f.unit for f in self.units if f.verdict == self.verdict != "compliant"))


@frozen
class CheckReport:
    """Everything `reserve check` found, in the order of the files."""

    results: tuple[Result, ...]
    not_checked: tuple[tuple[str, Words], ...] = ()
    """Units that no timeline can decide, with the reason; never counted as passed."""
    problems: tuple[Diagnostic, ...] = ()
    """What is wrong with the files that could not be read; the others are judged all the same."""

    def summary(self) -> dict[str, int]:
        counts = {"compliant": 0, "violated": 0, "pending": 0, "undetermined": 0}
        for result in self.results:
            key = "compliant" if result.verdict == "not_judged" else result.verdict
            counts[key] += 1
        return counts
