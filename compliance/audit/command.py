"""A whole audit: judged, assembled, and left in its folder by the caller's renderers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from compliance.audit.folder import assemble, prepare, publish, quarantine_rows
from compliance.audit.options import AuditOptions
from compliance.audit.report import AuditReport
from compliance.audit.run import Audit, Progress, lines_of, stories_of
from compliance.audit.suppress import read_suppressions, with_suppressions
from compliance.source.diagnostic import Collector

Render = Callable[[AuditReport, Audit, Path], None]
"""Adds files to the folder of new results, before any of them gets its final name."""


def audit_register(
    path: Path, options: AuditOptions, out: Path | None = None, render: Render | None = None,
    progress: Progress | None = None, show: Callable[[AuditReport], None] | None = None,
) -> tuple[AuditReport, Audit]:  # fmt: skip
    """Audits a register. With `out` the results stand there when this returns; raises `Problems` for bad input."""
    with ExitStack() as stack:
        work = prepare(out) if out is not None else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            audit = Audit(path, options, work, progress)
            suppressions = read_suppressions(options.suppressions, audit.setting.law.units)
            run = audit.run()
            lines = with_suppressions(lines_of(work), suppressions, audit.as_of)
            report = assemble(
                work, audit.setting.law, run, lines, quarantine_rows(work), stories_of(work), out is not None
            )
            if out is not None and render is not None:
                render(report, audit, work / "new")
            if show is not None:
                show(report)
            if out is not None:
                publish(out)
        except OSError as error:
            Collector().fail("audit.cannot-write", None, path=str(out or work), text=error.strerror or str(error))
    return report, audit
