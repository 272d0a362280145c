"""Findings on the law itself, as text with carets, as JSON, and as GitHub annotations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from compliance.norm.vocabulary import Lang
from compliance.report.github import command
from compliance.report.jsonform import dump
from compliance.report.phrases import counted, phrase
from compliance.source.diagnostic import Diagnostic, as_json, read_sources, render, say

SCHEMA: Final = "reserve.lint/1"


def findings_text(findings: Sequence[Diagnostic], lang: Lang) -> str:
    """Each finding with its place, then their number."""
    if not findings:
        return phrase("lint_clean", lang) + "\n"
    sources = read_sources(findings)
    lines = [render(finding, lang, sources) for finding in findings]
    return "\n".join([*lines, "", counted(len(findings), "findings", lang)]) + "\n"


def findings_json(findings: Sequence[Diagnostic], lang: Lang) -> str:
    """All findings with the number of errors and warnings."""
    severities = [finding.severity for finding in findings]
    summary = {name: severities.count(name) for name in ("error", "warning")}
    return dump({"schema": SCHEMA, "findings": [as_json(finding, lang) for finding in findings], "summary": summary})


def findings_github(findings: Sequence[Diagnostic], lang: Lang) -> str:
    """An annotation a finding."""
    lines = []
    for finding in findings:
        file, line = (finding.place.file, finding.place.line) if finding.place else ("", None)
        lines.append(command(finding.severity, file, line, finding.code, say(finding.code, finding.fields, lang)))
    return "".join(f"{line}\n" for line in lines)
