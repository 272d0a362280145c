"""The report as Markdown, for a wiki or a comment on a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from compliance.norm.vocabulary import Lang
from compliance.report import speech
from compliance.report.book import Book
from compliance.report.phrases import phrase
from compliance.report.text import summary_words
from compliance.source.diagnostic import say
from compliance.verdict import CheckReport, Result, UnitFinding

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!])")


def markdown_report(report: CheckReport, book: Book, lang: Lang, all_units: bool = False) -> str:
    """A table of files, then a section an officer with something to say."""
    lines = [f"# {escape(phrase('report_title', lang))}", "", escape(summary_words(report, lang)), ""]
    lines += _table(report, lang)
    for result in report.results:
        if speech.notable(result) or all_units:
            lines += ["", *_result(result, book, lang, all_units)]
    if report.problems:
        lines += ["", f"## {escape(phrase('unreadable', lang))}", ""]
        for problem in report.problems:
            where = f"{escape(str(problem.place))}: " if problem.place else ""
            lines.append(f"- {where}{escape(say(problem.code, problem.fields, lang))}")
    if all_units and report.not_checked:
        lines += ["", f"## {escape(phrase('not_checked', lang))}", ""]
        lines += [f"- {escape(unit)}: {escape(words[lang])}" for unit, words in report.not_checked]
    return "\n".join(lines) + "\n"


def _table(report: CheckReport, lang: Lang) -> Iterator[str]:
    heads = [phrase(key, lang) for key in ("file", "officer", "verdict", "units", "readings", "expectation")]
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for result in report.results:
        cells = [result.file, result.officer, phrase(result.verdict, lang), ", ".join(speech.named(result))]
        cells += [speech.stands(result, lang), speech.expectation(result, lang)]
        yield "| " + " | ".join(escape(cell) for cell in cells) + " |"


def _result(result: Result, book: Book, lang: Lang, all_units: bool) -> Iterator[str]:
    yield f"## {escape(speech.heading(result, lang))}"
    yield ""
    yield escape(f"{phrase('as_of', lang, day=result.as_of)}, {phrase('law', lang, law=result.law)}")
    facts = [(phrase("unmet", lang), speech.unmet(item, lang)) for item in result.unmet]
    facts += [(phrase("proposal", lang), speech.proposal(result.proposal, lang))] if result.proposal else []
    facts += [(phrase("is_pending", lang), speech.duty(duty, lang)) for duty in result.pending]
    facts += [(phrase("is_ahead", lang), speech.ahead(duty, lang)) for duty in result.ahead]
    facts += [(phrase("missing", lang), f"{fact.path}: {fact.words[lang]}") for fact in result.missing]
    facts += [(phrase(notice.severity, lang), notice.says[lang]) for notice in result.notices]
    for finding in result.all_units if all_units else result.units:
        yield ""
        yield from _finding(finding, result, book, lang)
    if facts:
        yield ""
        yield from (f"- **{escape(label)}**: {escape(words)}" for label, words in facts)


def _finding(finding: UnitFinding, result: Result, book: Book, lang: Lang) -> Iterator[str]:
    yield f"**{escape(phrase(finding.verdict, lang))}**: {escape(speech.citation(finding, lang))}"
    if finding.verdict == "compliant" and finding.robust:
        return
    quoted = book.text(finding.unit, lang, 400)
    if quoted:
        yield ""
        yield f"> {escape(quoted)}"
    points = [*speech.reasons(finding, lang), *speech.sides(finding, lang)]
    points += [
        f"{phrase('because', lang)}: {speech.place(e, result.file)} {speech.event(e, lang)}" for e in finding.because
    ]
    points += [f"{phrase('repair', lang)}: {speech.change(step, lang)}" for step in finding.repair]
    points += speech.finding_turns(finding, book, lang)
    points += [phrase("projected", lang)] if finding.projected else []
    if points:
        yield ""
        yield from (f"- {escape(point)}" for point in points)


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
