"""The report as JUnit XML, for build servers: a suite a file, a case an officer."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as Xml

from compliance.norm.vocabulary import Lang
from compliance.report import speech
from compliance.report.book import Book
from compliance.report.phrases import phrase, verdict_word
from compliance.source.diagnostic import Diagnostic, say
from compliance.verdict import CheckReport, Result

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_report(report: CheckReport, book: Book, lang: Lang) -> str:
    """A verdict that is not accepted is a failure, an undetermined one is skipped, an unreadable file an error."""
    root = Xml.Element("testsuites", name="reserve check")
    for file, results in groupby(report.results, key=lambda result: result.file):
        suite = Xml.SubElement(root, "testsuite", name=_clean(file))
        for result in results:
            _case(suite, result, book, lang)
        _count(suite)
    if report.problems:
        suite = Xml.SubElement(root, "testsuite", name=_clean(phrase("unreadable", lang)))
        for problem in report.problems:
            _problem(suite, problem, lang)
        _count(suite)
    _total(root)
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _case(suite: Xml.Element, result: Result, book: Book, lang: Lang) -> None:
    name = " · ".join(part for part in (result.officer, result.title[lang] if result.title else "") if part)
    case = Xml.SubElement(suite, "testcase", classname=_clean(result.file), name=_clean(name), file=_clean(result.file))
    verdict = verdict_word(result.verdict, lang)
    if result.unmet:
        _add(
            case,
            "failure",
            "; ".join(speech.unmet(item, lang) for item in result.unmet),
            "unmet",
            told(result, book, lang),
        )
    elif result.expected:
        _add(case, "system-out", None, None, told(result, book, lang) or verdict)
    elif result.verdict == "violated":
        _add(case, "failure", f"{verdict}: {', '.join(result.blamed)}", "violated", told(result, book, lang))
    elif result.verdict in ("undetermined", "not_judged"):
        _add(case, "skipped", verdict, None, told(result, book, lang))
    else:
        _add(case, "system-out", None, None, told(result, book, lang) or verdict)


def told(result: Result, book: Book, lang: Lang) -> str:
    """Everything that was found of an officer, line by line."""
    lines: list[str] = []
    for finding in result.units:
        lines.append(f"{verdict_word(finding.verdict, lang)}: {speech.citation(finding, lang)}")
        lines += [f"  {reason}" for reason in speech.reasons(finding, lang)]
        lines += [
            f"  {speech.place(evidence, result.file)} {speech.event(evidence, lang)}" for evidence in finding.because
        ]
        lines += [f"  {phrase('repair', lang)}: {speech.change(step, lang)}" for step in finding.repair]
        lines += [f"  {sentence}" for sentence in speech.finding_turns(finding, book, lang)]
    lines += [f"{phrase('is_pending', lang)}: {speech.duty(duty, lang)}" for duty in result.pending]
    lines += [f"{phrase('missing', lang)}: {fact.path}: {fact.words[lang]}" for fact in result.missing]
    lines += [f"{phrase(notice.severity, lang)}: {notice.says[lang]}" for notice in result.notices]
    return "\n".join(lines)


def _problem(suite: Xml.Element, problem: Diagnostic, lang: Lang) -> None:
    where = str(problem.place) if problem.place else problem.fields.get("path", "")
    case = Xml.SubElement(suite, "testcase", classname=problem.code, name=_clean(where))
    _add(case, "error", say(problem.code, problem.fields, lang), problem.code, "")


def _add(case: Xml.Element, tag: str, message: str | None, kind: str | None, text: str) -> None:
    element = Xml.SubElement(case, tag)
    if message is not None:
        element.set("message", _clean(message))
    if kind is not None:
        element.set("type", kind)
    element.text = _clean(text) or None


def _count(suite: Xml.Element) -> None:
    suite.set("tests", str(len(suite)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(len(suite.findall(f"testcase/{tag}"))))


def _total(root: Xml.Element) -> None:
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in root)))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
