"""The result of an audit for programs: what `run.json` holds, or every finding on a line of its own."""

from __future__ import annotations

from compliance.audit.report import AuditReport
from compliance.report.jsonform import dump


def audit_json(report: AuditReport) -> str:
    """The run as JSON."""
    return dump(dict(report.run))


def audit_jsonl(report: AuditReport) -> str:
    """The findings, one a line."""
    with open(report.lines_path, encoding="utf-8") as stream:
        return stream.read()
