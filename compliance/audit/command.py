"""A whole audit: judged, assembled, and left in its folder by the caller's renderers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from compliance.audit.batches import judged, phrases_of
from compliance.audit.choose import choose
from compliance.audit.folder import NEW, assemble, prepare, publish, quarantine_rows, writing
from compliance.audit.options import AuditOptions
from compliance.audit.report import AuditReport
from compliance.audit.run import Audit, Progress
from compliance.audit.suppress import Suppression, read_suppressions
from compliance.audit.tell import Teller

Render = Callable[[AuditReport, Audit, Path], None]
"""Adds files to the folder of new results, before any of them gets its final name."""


def audit_register(
    path: Path, options: AuditOptions, out: Path | None = None, render: Render | None = None,
    progress: Progress | None = None, show: Callable[[AuditReport], None] | None = None,
) -> tuple[AuditReport, Audit]:  # fmt: skip
    """Audits a register. With `out` the results stand there when this returns; raises `Problems` for bad input."""
    with ExitStack() as stack:
        work = prepare(out) if out is not None else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(writing(out or work))
        audit = Audit(path, options, work, progress)
        suppressions = read_suppressions(options.suppressions, audit.setting.law.units)
        audit.run()
        report = results(audit, suppressions, out is not None)
        if out is not None and render is not None:
            render(report, audit, work / NEW)
        if show is not None:
            show(report)
        if out is not None:
            publish(out)
    return report, audit


def results(audit: Audit, suppressions: Mapping[tuple[str, str], Suppression], tables: bool) -> AuditReport:
    """What was judged, told and written."""
    phrases = phrases_of(audit)
    counts = Teller(audit, choose(audit), phrases).tell()
    return assemble(
        audit.work, audit.setting.law, {**audit.summary(), **counts},
        lambda: judged(audit, phrases, suppressions),
        quarantine_rows(audit.work), _stories(audit), _posts(audit), tables,
    )  # fmt: skip


def _stories(audit: Audit) -> Iterator[Iterable[Sequence[Any]]]:
    from compliance.bulk.registers.story import told

    for path in sorted(audit.work.glob("story-*.arrow")):
        yield told(path)


def _posts(audit: Audit) -> Iterator[tuple[str, str]]:
    for row in audit.register.posts.to_pylist():
        yield row.pop("position"), json.dumps({name: value for name, value in row.items() if value is not None})
