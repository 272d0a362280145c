"""Writes records as scenario files that people like to read; reading them back gives the same records.

Acts that may be missing are written as `complete`, `may_be_missing` and `did_not_happen`; the version of the law in
which a timeline is placed is no part of the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from compliance.calendar.days import format_iso
from compliance.norm.types import Ref
from compliance.norm.vocabulary import Attribute, Vocabulary, Words
from compliance.timeline.case import Case, Scenario
from compliance.timeline.defaults import MISSING_PER_KIND, UNDECLARED, Scope, left_out
from compliance.timeline.expectation import Expectation
from compliance.timeline.model import Days, Open, Slot
from compliance.timeline.written import date_text, flow, text_of, value_tokens, wrapped

Comments = Mapping[str, str]
"""What to remark, by path: `events[3]`, `positions`, or the empty path for the whole file."""

NO_COMMENTS: Final[Comments] = {}


def write_scenario(scenario: Scenario, comments: Comments = NO_COMMENTS) -> str:
    """The text of a scenario file. Comments are for files with one officer."""
    lines = [*_comment(comments, "", ""), f"title: {_words(scenario.title)}"]
    first = scenario.cases[0]
    if first.readings:
        lines.append(f"readings: {_flow(first.readings)}")
    if first.law is not None:
        lines.append(f"law: {text_of(first.law)}")
    if first.published is not None:
        lines.append(f"published: {format_iso(first.published)}")
    if not scenario.several:
        return _joined([*lines, *_Writer(first, comments).lines()])
    lines.append("officers:")
    for case in scenario.cases:
        start, *rest = _Writer(case, NO_COMMENTS).lines()
        lines += [f"  - {start}", *(f"    {line}" for line in rest)]
    if scenario.expect is not None:
        lines += _expectation(scenario.expect)
    return _joined(lines)


def write_case(case: Case, title: Words, comments: Comments = NO_COMMENTS) -> str:
    """The text of a scenario file with the record of one officer."""
    return write_scenario(Scenario(case.file, title, (case,)), comments)


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _words(words: Words) -> str:
    return flow([f"en: {text_of(words.en)}", f"ru: {text_of(words.ru)}"])


def _flow(pairs: Mapping[str, str]) -> str:
    return flow([f"{text_of(key)}: {text_of(value)}" for key, value in pairs.items()])


def _comment(comments: Comments, path: str, indent: str) -> Iterator[str]:
    return (f"{indent}# {line}".rstrip() for line in comments.get(path, "").splitlines())


@frozen
class _Writer:
    """Writes one record."""

    case: Case
    comments: Comments

    @property
    def vocabulary(self) -> Vocabulary:
        return self.case.vocabulary

    def lines(self) -> Iterator[str]:
        """The lines of the record, without indentation."""
        case, scope = self.case, self.scope()
        pairs = [f"id: {text_of(case.officer_id)}"]
        pairs += self.pairs(case.timeline.officer, self.vocabulary.officer, scope)
        yield f"officer: {flow(pairs)}"
        yield f"as_of: {format_iso(case.as_of)}"
        yield from self.missing()
        if scope.positions:
            yield from _comment(self.comments, "positions", "")
            yield "positions:"
        for name in scope.positions:
            pairs = self.pairs(case.timeline.positions[name], self.vocabulary.position, scope)
            yield f"  {name}: {flow(pairs)}"
        yield from self.events("events", self.listed(), scope)
        if case.propose is not None:
            yield from self.events("propose", case.propose, scope)
        if case.expect is not None:
            yield from _expectation(case.expect)

    def listed(self) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.case.timeline.slots if not slot.phantom)

    def scope(self) -> Scope:
        """The scope in which the file will be read."""
        slots = (*self.listed(), *(self.case.propose or ()))
        refs = dict.fromkeys(
            value
            for slot in slots
            for name, attribute in self.vocabulary.kinds[slot.kind].attributes.items()
            if isinstance(attribute.type, Ref) and isinstance(value := slot.attrs[name], str)
        )
        positions = tuple(name for name in self.case.timeline.positions if name != UNDECLARED)
        kinds = frozenset(slot.kind for slot in slots)
        return Scope(self.vocabulary, positions, tuple(refs), kinds, self.case.as_of)

    def missing(self) -> Iterator[str]:
        """What the record says of events that it does not list."""
        listed = {slot.kind for slot in (*self.listed(), *(self.case.propose or ()))}
        ghosts = Counter(slot.kind for slot in self.case.timeline.slots if slot.phantom)
        kinds = self.vocabulary.kinds.values()
        acts = [kind.name for kind in kinds if not kind.judgement]
        opened = [kind.name for kind in kinds if ghosts[kind.name] == MISSING_PER_KIND]
        if all(kind in opened for kind in acts):
            yield "complete: false"
            opened = [kind for kind in opened if kind not in acts]
        if opened:
            yield f"may_be_missing: {flow(opened, '[]')}"
        settled = [kind.name for kind in kinds if kind.judgement and kind.name not in listed | set(ghosts)]
        if settled:
            yield f"did_not_happen: {flow(settled, '[]')}"

    def events(self, key: str, slots: tuple[Slot, ...], scope: Scope) -> Iterator[str]:
        if not slots:
            yield f"{key}: []"
            return
        yield f"{key}:"
        for number, slot in enumerate(slots):
            yield from _comment(self.comments, f"{key}[{number}]", "  ")
            yield from wrapped("  - {", list(self.event(slot, scope)), "}", "     ")

    def event(self, slot: Slot, scope: Scope) -> Iterator[str]:
        """An event in words between which a line may break."""
        groups = [[f"type: {slot.kind}"], [f"date: {date_text(slot.date, scope)}"]]
        if slot.occurred is None:
            groups.append(["occurred: unknown"])
        for name, attribute in self.vocabulary.kinds[slot.kind].attributes.items():
            groups.append(self.said(name, slot.attrs[name], attribute, scope, slot.date))
        *others, last = [group for group in groups if group]
        for *words, end in others:
            yield from (*words, f"{end},")
        yield from last

    def pairs(self, attrs: Mapping[str, Open], attributes: Mapping[str, Attribute], scope: Scope) -> list[str]:
        return [
            " ".join(said)
            for name, attribute in attributes.items()
            if (said := self.said(name, attrs[name], attribute, scope))
        ]

    def said(
        self, name: str, value: Open, attribute: Attribute, scope: Scope, date: int | Days | None = None
    ) -> list[str]:
        """The attribute with its value; nothing where leaving it out says the same and is not `unknown`."""
        if attribute.default != "unknown" and left_out(attribute, scope, date) == value:
            return []
        first, *rest = value_tokens(value, attribute, scope, date)
        return [f"{name}: {first}", *rest]


def _expectation(expect: Expectation) -> Iterator[str]:
    yield "expect:"
    if expect.verdict is not None:
        yield f"  verdict: {expect.verdict}"
    for key, words in (("units", expect.units), ("missing", expect.missing), ("notices", expect.notices)):
        if words is not None:
            yield f"  {key}: {flow([text_of(word) for word in words], '[]')}"
    if expect.depends_on is not None:
        yield f"  depends_on: {flow([f'{reading}: {_flow(found)}' for reading, found in expect.depends_on.items()])}"
    if expect.pending is not None:
        duties = ((f"unit: {duty.unit}", duty.by) for duty in expect.pending)
        pending = [flow([unit] + ([f"by: {format_iso(by)}"] if by is not None else [])) for unit, by in duties]
        yield f"  pending: {flow(pending, '[]')}"
    if expect.proposal is not None:
        answer = expect.proposal
        pairs = [f"answer: {answer.answer}"]
        pairs += [f"from: {format_iso(answer.start)}"] if answer.start is not None else []
        pairs += [f"units: {flow(answer.units, '[]')}"] if answer.units is not None else []
        yield f"  proposal: {flow(pairs)}"
