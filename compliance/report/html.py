"""The report as one HTML page that needs nothing else: light, dark and on paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from compliance.norm.vocabulary import Lang
from compliance.report import speech
from compliance.report.book import Book
from compliance.report.phrases import VERDICTS, phrase
from compliance.report.text import summary_words
from compliance.source.diagnostic import Diagnostic, say
from compliance.verdict import CheckReport, Result, UnitFinding

TEMPLATES: Final = Path(__file__).parent / "templates"
_HEADS: Final = ("file", "officer", "verdict", "units", "readings", "expectation")

Values = dict[str, Any]


def html_report(report: CheckReport, book: Book, lang: Lang, all_units: bool = False) -> str:
    """The page; every word that comes from a file is escaped by the template."""
    results = [_result(number, result, book, lang, all_units) for number, result in enumerate(report.results, 1)]
    return page(
        "check.html.j2",
        lang,
        verdicts=VERDICTS,
        heads=_HEADS,
        summary=summary_words(report, lang),
        results=results,
        problems=[_problem(problem, lang) for problem in report.problems],
        not_checked=[(unit, words[lang]) for unit, words in report.not_checked] if all_units else [],
    )


def page(template: str, lang: Lang, **values: Any) -> str:
    """A template of this package filled in; `p` is `phrase` in the language of the page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(lang=lang, p=partial(phrase, lang=lang), **values)


def _result(number: int, result: Result, book: Book, lang: Lang, all_units: bool) -> Values:
    facts = [(phrase("unmet", lang), speech.unmet(item, lang)) for item in result.unmet]
    facts += [(phrase("proposal", lang), speech.proposal(result.proposal, lang))] if result.proposal else []
    facts += [(phrase("is_pending", lang), speech.duty(duty, lang)) for duty in result.pending]
    facts += [(phrase("is_ahead", lang), speech.ahead(duty, lang)) for duty in result.ahead]
    facts += [(phrase("missing", lang), f"{fact.path}: {fact.words[lang]}") for fact in result.missing]
    facts += [(phrase(notice.severity, lang), notice.says[lang]) for notice in result.notices]
    findings = result.all_units if all_units else result.units
    return {
        "number": number,
        "file": result.file,
        "officer": result.officer,
        "verdict": result.verdict,
        "units": ", ".join(speech.named(result)),
        "stands": speech.stands(result, lang),
        "expectation": speech.expectation(result, lang),
        "notable": speech.notable(result) or all_units,
        "heading": speech.heading(result, lang),
        "where": f"{phrase('as_of', lang, day=result.as_of)}, {phrase('law', lang, law=result.law)}",
        "findings": [_finding(finding, result, book, lang) for finding in findings],
        "facts": facts,
    }


def _finding(finding: UnitFinding, result: Result, book: Book, lang: Lang) -> Values:
    settled = finding.verdict == "compliant" and finding.robust
    text = book.texts.get(finding.unit)
    facts = [
        (phrase("because", lang), f"{speech.place(e, result.file)} {speech.event(e, lang)}") for e in finding.because
    ]
    facts += [(phrase("repair", lang), speech.change(step, lang)) for step in finding.repair]
    turns = [*speech.finding_turns(finding, book, lang), *([phrase("projected", lang)] if finding.projected else [])]
    return {
        "verdict": finding.verdict,
        "citation": speech.citation(finding, lang),
        "text": text[lang] if text and not settled else "",
        "reasons": speech.reasons(finding, lang),
        "sides": speech.sides(finding, lang),
        "facts": facts,
        "turns": turns,
    }


def _problem(problem: Diagnostic, lang: Lang) -> str:
    where = f"{problem.place}: " if problem.place else ""
    return f"{where}{say(problem.code, problem.fields, lang)}"
