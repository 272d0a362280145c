"""Findings said in plain words, the same for every form of report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from compliance.norm.vocabulary import Lang
from compliance.report.book import Book
from compliance.report.phrases import VERDICTS, counted, phrase, term, verdict_word
from compliance.verdict import Change, Duty, Evidence, Proposal, Result, Status, UnitFinding, Unmet

_STATUS: Final = re.compile(rf"\b({'|'.join(VERDICTS)})\b")


def citation(finding: UnitFinding, lang: Lang) -> str:
    """The unit as a person knows it, with its id and, where it differs, the norm: `point 13 (p13)`."""
    settled = finding.norm == finding.unit or (finding.verdict == "compliant" and finding.robust)
    ids = finding.unit if settled else f"{finding.unit}, {phrase('norm', lang, norm=finding.norm)}"
    return f"{finding.citation[lang]} ({ids})"


def reasons(finding: UnitFinding, lang: Lang) -> tuple[str, ...]:
    """What was found, one sentence each, without repetition."""
    return tuple(dict.fromkeys(words[lang] for words in finding.says))


def sides(finding: UnitFinding, lang: Lang) -> tuple[str, ...]:
    """Both sides of the comparisons that failed."""
    return tuple(dict.fromkeys(words[lang] for words in finding.detail))


def place(evidence: Evidence, file: str) -> str:
    """`file:line` of an event, or the file and the event's path where the line is not known."""
    return f"{file}:{evidence.line}" if evidence.line else f"{file} events[{evidence.index}]"


def event(evidence: Evidence, lang: Lang) -> str:
    """An event with its day."""
    words = evidence.words[lang]
    return words if evidence.date in words else f"{words}, {evidence.date}"


def change(step: Change, lang: Lang) -> str:
    """A step of a repair: what it means, and the place to change."""
    if words := step.words[lang]:
        return f"{words} [{step.change}]"
    if step.to is None:
        return step.change
    if step.was is None:
        return phrase("change_set", lang, path=step.change, to=step.to)
    return phrase("change_date", lang, path=step.change, to=step.to, was=step.was)


def turns(
    depends_on: Mapping[str, Mapping[str, Status]],
    combination: Mapping[str, str],
    verdict: Status,
    book: Book,
    lang: Lang,
) -> Iterator[str]:
    """Under which readings the verdict would be another, one sentence a value."""
    for reading, by_value in depends_on.items():
        for value, other in by_value.items():
            if other != verdict:
                words = book.value(reading, value, lang)
                yield phrase("if_read", lang, reading=reading, value=words, verdict=verdict_word(other, lang))
    if combination:
        pairs = ", ".join(f"{reading} = {book.value(reading, value, lang)}" for reading, value in combination.items())
        yield phrase("if_read_jointly", lang, readings=pairs)


def finding_turns(finding: UnitFinding, book: Book, lang: Lang) -> tuple[str, ...]:
    """`turns` of one finding."""
    return tuple(turns(finding.depends_on, finding.combination, finding.verdict, book, lang))


def named(result: Result) -> tuple[str, ...]:
    """The units behind a verdict: those blamed, or whose duties are open."""
    return result.blamed or tuple(dict.fromkeys(duty.unit for duty in result.pending))


def stands(result: Result, lang: Lang) -> str:
    """The readings on which the verdict turns; nothing where every reading agrees."""
    if result.robust or result.verdict == "not_judged":
        return ""
    return ", ".join(result.depends_on) or phrase("together", lang)


def stands_briefly(result: Result, lang: Lang) -> str:
    """The same for a narrow column: of several readings only how many they are."""
    several = not result.robust and len(result.depends_on) > 1 and result.verdict != "not_judged"
    return counted(len(result.depends_on), "readings", lang) if several else stands(result, lang)


def expectation(result: Result, lang: Lang) -> str:
    """`as expected`, `not as expected`, or nothing where the file expects nothing."""
    if not result.expected:
        return ""
    return phrase("not_as_expected" if result.unmet else "as_expected", lang)


def unmet(item: Unmet, lang: Lang) -> str:
    """One expectation that was not met, with what came instead."""
    expected, got = (_said(text, lang) for text in (item.expected, item.got))
    return phrase("expected_got", lang, what=term(item.what, lang), expected=expected, got=got)


def _said(text: str, lang: Lang) -> str:
    if text in ("", "none"):
        return phrase("nothing", lang)
    return _STATUS.sub(lambda found: verdict_word(found[0], lang), text)


def duty(item: Duty, lang: Lang) -> str:
    """An open duty with its last day, its bearer and its unit."""
    where = f"{item.citation[lang]}, {item.unit}"
    return phrase("duty", lang, day=item.by, bearer=item.bearer_words[lang], citation=where)


def ahead(item: Duty, lang: Lang) -> str:
    """A day that approaches, with the unit that names it."""
    return f"{item.by}: {item.citation[lang]} ({item.unit})"


def proposal(item: Proposal, lang: Lang) -> str:
    """The answer to `propose` in one line."""
    parts = [phrase(f"proposal_{item.answer}", lang)]
    parts += [phrase("proposal_from", lang, day=item.start)] if item.start else []
    parts += [phrase("proposal_units", lang, units=", ".join(item.units))] if item.units else []
    return "; ".join(parts)


def heading(result: Result, lang: Lang) -> str:
    """The first line about an officer: the file, the officer and the story's title."""
    title = result.title[lang] if result.title else ""
    return " · ".join(part for part in (result.file, result.officer, title) if part)


def notable(result: Result) -> bool:
    """Whether there is more to say of a result than its line in the table."""
    extra = (result.units, result.notices, result.pending, result.ahead, result.missing, result.proposal, result.unmet)
    return any(extra)
