"""The report as SARIF 2.1.0, for editors and code-scanning services: a rule a unit, a result a finding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote

from compliance import __version__
from compliance.norm.vocabulary import Lang, Words
from compliance.report import speech
from compliance.report.book import Book
from compliance.report.jsonform import dump
from compliance.report.phrases import phrase
from compliance.source.diagnostic import Diagnostic, say
from compliance.source.loc import Place
from compliance.verdict import CheckReport, Evidence, NoticeFinding, Result, Status, UnitFinding

Json = dict[str, Any]

_LEVELS: Final[dict[Status, str]] = {
    "violated": "error", "undetermined": "warning", "pending": "note", "compliant": "note", "not_judged": "none",
}  # fmt: skip


def sarif_report(report: CheckReport, book: Book, lang: Lang) -> str:
    """One run. A finding that turns on readings is there too, as a note where it is compliant by default."""
    found = [(result, finding) for result in report.results for finding in result.units]
    noticed = [(result, notice) for result in report.results for notice in result.notices]
    rules = _rules(found, noticed, book, lang)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    results = [_finding(result, finding, numbers, book, lang) for result, finding in found]
    results += [_notice(result, notice, numbers, lang) for result, notice in noticed]
    driver = {"name": "reserve", "version": __version__, "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.problems,
                "toolExecutionNotifications": [_problem(problem, lang) for problem in report.problems],
            }
        ],
        "results": results,
    }
    return dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _rules(
    found: Sequence[tuple[Result, UnitFinding]], noticed: Sequence[tuple[Result, NoticeFinding]], book: Book, lang: Lang
) -> list[Json]:
    rules = {finding.unit: _rule(finding.unit, finding.citation, book, lang) for _, finding in found}
    for _, notice in noticed:
        name = notice.id.replace("_", " ")
        rules.setdefault(notice.id, {"id": notice.id, "shortDescription": {"text": name}, "help": {"text": name}})
    return list(rules.values())


def _rule(unit: str, citation: Words, book: Book, lang: Lang) -> Json:
    words, note = book.texts.get(unit), book.notes.get(unit)
    text = words[lang] if words else citation[lang]
    help_text = f"{text}\n\n{note[lang]}" if note else text
    return {
        "id": unit,
        "shortDescription": {"text": citation[lang]},
        "fullDescription": {"text": text},
        "help": {"text": help_text},
    }


def _finding(result: Result, finding: UnitFinding, numbers: dict[str, int], book: Book, lang: Lang) -> Json:
    sentences = [*speech.reasons(finding, lang), *speech.finding_turns(finding, book, lang)]
    message = ". ".join([finding.citation[lang], *sentences])
    accepted = {"kind": "inSource", "status": "accepted", "justification": phrase("as_expected", lang)}
    return {
        "ruleId": finding.unit,
        "ruleIndex": numbers[finding.unit],
        "kind": {"violated": "fail", "undetermined": "open", "pending": "open"}.get(finding.verdict, "review"),
        "level": _LEVELS[finding.verdict] if finding.verdict == "violated" else "none",
        "message": {"text": message},
        "locations": list(_locations(result.file, finding.because)),
        "properties": {
            "verdict": finding.verdict,
            "norm": finding.norm,
            "officer": result.officer,
            "robust": finding.robust,
        },
        **({"suppressions": [accepted]} if result.expected and not result.unmet else {}),
    }


def _notice(result: Result, notice: NoticeFinding, numbers: dict[str, int], lang: Lang) -> Json:
    return {
        "ruleId": notice.id,
        "ruleIndex": numbers[notice.id],
        "kind": "fail",
        "level": "warning" if notice.severity == "contradiction" else "note",
        "message": {"text": notice.says[lang]},
        "locations": list(_locations(result.file, notice.because)),
        "properties": {"officer": result.officer, "units": list(notice.units)},
    }


def _locations(file: str, because: Sequence[Evidence]) -> Iterator[Json]:
    lines = sorted({evidence.line for evidence in because if evidence.line})
    for line in lines:
        yield _location(file, {"startLine": line})
    if not lines:
        yield _location(file, None)


def _location(file: str, region: Json | None) -> Json:
    place: Json = {"artifactLocation": {"uri": uri(file)}}
    return {"physicalLocation": {**place, "region": region} if region else place}


def _problem(problem: Diagnostic, lang: Lang) -> Json:
    found: Json = {
        "descriptor": {"id": problem.code},
        "level": problem.severity,
        "message": {"text": say(problem.code, problem.fields, lang)},
    }
    return {**found, "locations": [_location(problem.place.file, _region(problem.place))]} if problem.place else found


def _region(place: Place) -> Json:
    start = {"startLine": place.line, "startColumn": place.column}
    return {**start, "endLine": place.end_line, "endColumn": place.end_column}


def uri(file: str) -> str:
    """A path as a relative reference; everything that is not allowed in one is escaped."""
    return quote(file.replace("\\", "/"), safe="/-._~")
