"""Which findings are judged again, explained, settled and told: chosen over the whole run, the most telling first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field, frozen

if TYPE_CHECKING:
    from compliance.audit.run import Audit

MOST_PENDING: Final = 5
"""So many open duties of each unit are explained."""
MOST_TURNED: Final = 1_000
"""Of these so many of whom nothing is found but what another reading would turn."""
MOST_STORIES: Final = 20_000
"""So many officers' events are kept beside the findings."""

Place = tuple[int, int]
"""A finding: its part, and its place there."""


@frozen
class Finding:
    """What the choice needs of one finding."""

    place: Place
    officer: str
    unit: str | None
    verdict: str
    open: bool


@define(eq=False)
class Choice:
    """The findings chosen, by part and place."""

    explained: set[Place] = field(factory=set)
    verified: set[Place] = field(factory=set)
    settled: set[Place] = field(factory=set)
    officers: dict[int, set[str]] = field(factory=dict)
    """By part, whose events are needed for that."""
    told: dict[int, set[str]] = field(factory=dict)
    """By part, whose events are kept."""
    open_pairs: int = 0

    def need(self, part: int, officer: str) -> None:
        self.officers.setdefault(part, set()).add(officer)


def choose(audit: Audit) -> Choice:
    options, choice = audit.options, Choice()
    violated: list[Finding] = []
    examples: Counter[tuple[str | None, str]] = Counter()
    open_: dict[tuple[int, str], list[Finding]] = {}
    guilty: set[tuple[int, str]] = set()
    ranks: list[dict[tuple[int, str], None]] = [{}, {}, {}]
    for finding in _findings(audit):
        who = (finding.place[0], finding.officer)
        if finding.verdict == "violated":
            violated.append(finding)
            guilty.add(who)
        most = {"violated": options.examples, "pending": min(MOST_PENDING, options.examples)}.get(finding.verdict, 0)
        if most and (options.explain is None or examples[finding.unit, finding.verdict] < most):
            examples[finding.unit, finding.verdict] += 1
            choice.explained.add(finding.place)
            choice.need(*who)
        if finding.open:
            open_.setdefault(who, []).append(finding)
        ranks[0 if finding.verdict in ("violated", "undetermined") else 1 if finding.verdict == "pending" else 2][
            who
        ] = None
    for finding in _again(violated, options):
        choice.verified.add(finding.place)
        choice.need(finding.place[0], finding.officer)
    _settled(choice, open_, guilty, options.settle)
    _stories(choice, ranks)
    return choice


def _findings(audit: Audit) -> Iterator[Finding]:
    from compliance.bulk.registers.findings import STATUS, kept

    for part in sorted(audit.done):
        table = kept(audit.found(part))
        columns = (table.column(name).to_pylist() for name in ("officer", "unit", "code", "open"))
        for at, (officer, unit, code, open_) in enumerate(zip(*columns, strict=True)):
            yield Finding((part, at), officer, unit, STATUS[code], open_)


def _again(violated: Sequence[Finding], options: Any) -> list[Finding]:
    """The first violations, and a sample of the others."""
    if options.explain is None:
        return list(violated)
    first, rest = violated[: options.explain], violated[options.explain :]
    return [*first, *Random(options.seed).sample(rest, min(options.sample, len(rest)))]


def _settled(
    choice: Choice, open_: dict[tuple[int, str], list[Finding]], guilty: set[tuple[int, str]], most: int | None
) -> None:
    """The most telling first: where nothing else is violated, and with the fewest open units."""
    choice.open_pairs = sum(map(len, open_.values()))
    left = most
    for who, findings in sorted(open_.items(), key=lambda each: (each[0] in guilty, len(each[1]), each[0])):
        if left is not None and len(findings) > left:
            break
        left = None if left is None else left - len(findings)
        choice.settled |= {finding.place for finding in findings}
        choice.need(*who)


def _stories(choice: Choice, ranks: Sequence[dict[tuple[int, str], None]]) -> None:
    """The officers whose events are kept: those needed first, then what is violated or open, then the others."""
    told = {(part, officer): None for part, officers in sorted(choice.officers.items()) for officer in sorted(officers)}
    told |= ranks[0]
    told |= ranks[1]
    told |= dict(list(ranks[2].items())[:MOST_TURNED])
    for part, officer in list(told)[:MOST_STORIES]:
        choice.told.setdefault(part, set()).add(officer)


__all__ = ["Choice", "Place", "choose"]
