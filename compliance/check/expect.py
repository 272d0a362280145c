"""Whether a result is what the scenario's author expected: the reason counts, not only the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from compliance.calendar.days import format_iso
from compliance.timeline.expectation import Expectation
from compliance.verdict import Proposal, Result, Unmet


def unmet(expect: Expectation, result: Result) -> tuple[Unmet, ...]:
    """Every expectation that the result does not meet, in the order of the file's keys."""
    return tuple(_unmet(expect, result))


def _unmet(expect: Expectation, result: Result) -> Iterator[Unmet]:
    if expect.verdict is not None and expect.verdict != result.verdict:
        yield Unmet("verdict", expect.verdict, result.verdict)
    if expect.units is not None and set(expect.units) != set(result.blamed):
        yield Unmet("units", _list(expect.units), _list(result.blamed))
    for reading, values in (expect.depends_on or {}).items():
        found = result.depends_on.get(reading, {})
        if {value: found.get(value, result.verdict) for value in values} != dict(values):
            yield Unmet(f"depends_on.{reading}", _pairs(values), _pairs(found))
    if expect.missing is not None and set(expect.missing) != {fact.path for fact in result.missing}:
        yield Unmet("missing", _list(expect.missing), _list(fact.path for fact in result.missing))
    if expect.pending is not None:
        wanted = {(duty.unit, format_iso(duty.by) if duty.by else None) for duty in expect.pending}
        got = {(duty.unit, duty.by) for duty in result.pending}
        if {unit for unit, _ in wanted} != {unit for unit, _ in got} or any(
            by is not None and (unit, by) not in got for unit, by in wanted
        ):
            said = _list(f"{unit} {by or ''}".strip() for unit, by in wanted)
            yield Unmet("pending", said, _list(f"{unit} {by}" for unit, by in got))
    if expect.notices is not None and not set(expect.notices) <= {notice.id for notice in result.notices}:
        yield Unmet("notices", _list(expect.notices), _list(notice.id for notice in result.notices))
    if expect.proposal is not None:
        yield from _proposal(expect, result.proposal)


def _proposal(expect: Expectation, got: Proposal | None) -> Iterator[Unmet]:
    wanted = expect.proposal
    assert wanted is not None
    answer = got.answer if got else "none"
    if wanted.answer != answer:
        yield Unmet("proposal.answer", wanted.answer, answer)
    start = format_iso(wanted.start) if wanted.start is not None else None
    if start is not None and (got is None or got.start != start):
        yield Unmet("proposal.from", start, (got.start if got else None) or "none")
    if wanted.units is not None and set(wanted.units) != set(got.units if got else ()):
        yield Unmet("proposal.units", _list(wanted.units), _list(got.units if got else ()))


def _list(items: Iterable[str]) -> str:
    return ", ".join(sorted(set(items))) or "none"


def _pairs(values: Mapping[str, str]) -> str:
    return ", ".join(f"{value}: {verdict}" for value, verdict in values.items()) or "none"
