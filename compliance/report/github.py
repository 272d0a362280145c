"""The report as GitHub workflow commands: an annotation beside each line that a finding rests on."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.norm.vocabulary import Lang
from compliance.report import speech
from compliance.report.book import Book
from compliance.report.phrases import phrase, verdict_word
from compliance.report.text import summary_words
from compliance.source.diagnostic import Diagnostic, say
from compliance.verdict import CheckReport, Result, UnitFinding


def github_report(report: CheckReport, book: Book, lang: Lang) -> str:
    """Errors are what fails the build: unmet expectations, and violations that nobody expected."""
    lines = [line for result in report.results for line in _result(result, book, lang)]
    lines += [_problem(problem, lang) for problem in report.problems]
    lines.append(_data(f"{phrase('summary', lang)}: {summary_words(report, lang)}"))
    return "\n".join(lines) + "\n"


def _result(result: Result, book: Book, lang: Lang) -> Iterator[str]:
    for item in result.unmet:
        yield command("error", result.file, None, phrase("unmet", lang), speech.unmet(item, lang))
    settled = result.expected and not result.unmet
    for finding in result.units:
        yield _finding(finding, result, "notice" if settled else _level(finding), book, lang)
    for notice in result.notices:
        line = next((evidence.line for evidence in notice.because if evidence.line), None)
        level = "warning" if notice.severity == "contradiction" and not settled else "notice"
        yield command(level, result.file, line, phrase(notice.severity, lang), notice.says[lang])
    for duty in result.pending:
        line = next((evidence.line for evidence in duty.because if evidence.line), None)
        yield command("notice", result.file, line, phrase("is_pending", lang), speech.duty(duty, lang))


def _level(finding: UnitFinding) -> str:
    return {"violated": "error", "undetermined": "warning"}.get(finding.verdict, "notice")


def _finding(finding: UnitFinding, result: Result, level: str, book: Book, lang: Lang) -> str:
    line = next((evidence.line for evidence in finding.because if evidence.line), None)
    title = f"{verdict_word(finding.verdict, lang)}: {finding.citation[lang]} ({finding.unit}), {result.officer}"
    sentences = [*speech.reasons(finding, lang), *speech.finding_turns(finding, book, lang)]
    return command(level, result.file, line, title, "\n".join(sentences) or finding.citation[lang])


def _problem(problem: Diagnostic, lang: Lang) -> str:
    file = problem.place.file if problem.place else problem.fields.get("path", "")
    line = problem.place.line if problem.place else None
    return command("error", file, line, problem.code, say(problem.code, problem.fields, lang))


def command(level: str, file: str, line: int | None, title: str, message: str) -> str:
    """One workflow command; what could end it early is escaped."""
    place = {"file": file, **({"line": str(line)} if line else {}), "title": title}
    return f"::{level} {','.join(f'{key}={_property(value)}' for key, value in place.items())}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
