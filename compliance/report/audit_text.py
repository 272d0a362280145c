"""The summary of an audit for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compliance.audit.report import AuditReport
from compliance.law.citation import citation
from compliance.norm.vocabulary import Lang
from compliance.report.audit_phrases import say
from compliance.report.text import Page, styled, to_text
from compliance.source.diagnostic import say as say_code

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

COLORS = {"violated": "bold red", "pending": "yellow", "undetermined": "magenta", "compliant": "green"}
COLUMNS = ("violated", "contested", "undetermined", "not_settled", "pending", "suppressed")
MOST_DUE = 8


def audit_text(report: AuditReport, page: Page, out: str | None = None) -> str:
    """The whole summary."""
    return to_text(_parts(report, page, out), page)


def _parts(report: AuditReport, page: Page, out: str | None) -> Iterator[RenderableType]:
    lang, run = page.lang, report.run
    yield styled(headline(report, lang), "bold")
    yield ""
    verdicts = styled("  ", "")
    for name in ("violated", "undetermined", "pending", "compliant"):
        verdicts.append_text(styled(f"{say(name, lang)} {run['verdicts'][name]:,}   ".replace(",", " "), COLORS[name]))
    yield verdicts
    yield ""
    if report.overview.units:
        yield _units(report, lang)
        yield ""
    if report.overview.due:
        yield styled(say("ahead", lang), "bold")
        for (day, bearer, unit), count in sorted(report.overview.due.items())[:MOST_DUE]:
            yield styled(f"  {day}  {bearer}  {unit}  x {count}", "")
        yield ""
    yield from _aside(report, lang)
    numbers = {"verified": run["verified"], "settled": run["settled"], "open": run["open_pairs"]}
    yield styled(say("engine", lang, **numbers), "dim")
    if out:
        yield styled(say("written", lang, path=out), "bold")


def headline(report: AuditReport, lang: Lang) -> str:
    run = report.run
    numbers = {name: f"{run[name]:,}".replace(",", " ") for name in ("officers", "events")}
    rows = f"{run['register']['rows']:,}".replace(",", " ")
    return say("summary", lang, **numbers, rows=rows, file=report.file, as_of=run["as_of"], law=run["law"]["version"])


def _units(report: AuditReport, lang: Lang) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(say("unit", lang))
    counts = {unit: count.as_json() for unit, count in report.overview.units.items()}
    shown = [name for name in COLUMNS if any(each[name] for each in counts.values())]
    for name in shown:
        table.add_column(say(name, lang), justify="right")
    for unit in report.run["units_order"]:
        if unit in counts:
            cells = [styled(str(counts[unit][name] or ""), COLORS.get(name, "")) for name in shown]
            table.add_row(unit_name(unit, lang), *cells)
    return table


def unit_name(unit: str, lang: Lang) -> str:
    return say("whole", lang) if unit == "-" else f"{unit}  {citation(unit, lang)}"


def _aside(report: AuditReport, lang: Lang) -> Iterator[RenderableType]:
    run = report.run
    if run["quarantine"]:
        yield styled(f"{say('quarantine', lang)}: {sum(run['quarantine'].values())}", "bold")
        for code, count in run["quarantine"].items():
            yield styled(f"  {count:>7}  {say_code(code, {}, lang)}", "")
    if run["ignored_cells"]:
        cells = ", ".join(f"{name} ({count})" for name, count in run["ignored_cells"].items())
        yield styled(say("ignored_cells", lang, cells=cells), "dim")
    if run["columns"]["unused"]:
        yield styled(say("unused", lang, columns=", ".join(run["columns"]["unused"])), "dim")
