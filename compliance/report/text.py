"""The report for a terminal: a table of files, then the findings of each officer, then one line of summary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from compliance.norm.vocabulary import Lang
from compliance.report import speech
from compliance.report.book import Book
from compliance.report.phrases import counted, phrase
from compliance.verdict import CheckReport, Result, Status, UnitFinding

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

Details = Literal["auto", "all", "none"]

PLAIN_WIDTH: Final = 100
NARROW: Final = 76
WIDEST: Final = 140
FEW: Final = 12
"""Up to so many results every one that is not compliant is shown in full, even if that was expected."""
QUOTED: Final = 200
FILE_COLUMN: Final = 46
_TRAILING: Final = re.compile(r"[ ]+((?:\x1b\[[0-9;]*m)*)$", re.MULTILINE)

_STYLES: Final[dict[Status, str]] = {
    "compliant": "green",
    "violated": "bold red",
    "pending": "yellow",
    "undetermined": "magenta",
    "not_judged": "dim",
}
_SIGNS: Final[dict[Status, str]] = {
    "compliant": "✓", "violated": "✗", "pending": "…", "undetermined": "?", "not_judged": "–",
}  # fmt: skip


@frozen
class Page:
    """Where a text goes: its language, its width and whether it may have colours."""

    lang: Lang = "en"
    width: int = PLAIN_WIDTH
    color: bool = False
    details: Details = "auto"
    all_units: bool = False


def text_report(report: CheckReport, book: Book, page: Page) -> str:
    """The whole report as text that ends in a line end."""
    return to_text(_parts(report, book, page), page)


def to_text(parts: Iterable[RenderableType], page: Page) -> str:
    """Prints renderables one below the other; the same bytes for the same page, on a terminal or not."""
    from rich.console import Console

    out = StringIO()
    console: Console = Console(
        file=out,
        width=max(20, min(page.width, WIDEST)),
        force_terminal=page.color,
        color_system="standard" if page.color else None,
        no_color=not page.color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    for part in parts:
        console.print(part)
    return _TRAILING.sub(r"\1", out.getvalue())


def _parts(report: CheckReport, book: Book, page: Page) -> Iterator[RenderableType]:
    shown = [result for result in report.results if _is_shown(result, report, page)]
    if report.results:
        yield from _overview(report, page)
    for result in shown:
        yield ""
        yield from _result(result, book, page)
    if page.all_units and report.not_checked:
        yield ""
        yield _styled(phrase("not_checked", page.lang), "bold")
        yield from (row(unit, words[page.lang], page) for unit, words in report.not_checked)
    yield ""
    yield _summary(report, page)
    hidden = sum(speech.notable(result) for result in report.results) - sum(map(speech.notable, shown))
    if hidden and page.details == "auto":
        yield _styled(phrase("left_out", page.lang, count=str(hidden)), "dim")


def _is_shown(result: Result, report: CheckReport, page: Page) -> bool:
    if page.details == "none":
        return False
    if page.all_units:
        return True
    usual = page.details == "auto" and len(report.results) > FEW and result.expected and not result.unmet
    return speech.notable(result) and not usual


def _styled(text: str, style: str) -> Text:
    from rich.text import Text

    return Text(text, style=style)


# --- the table of files ------------------------------------------------------------------------------------------


def _overview(report: CheckReport, page: Page) -> Iterator[RenderableType]:
    if page.width < NARROW:
        yield from (_short(result, page) for result in report.results)
        return
    from rich import box
    from rich.table import Table

    lang = page.lang
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", padding=(0, 1))
    expecting = any(result.expected for result in report.results)
    longest = max(len(result.file) for result in report.results)
    table.add_column(phrase("file", lang), overflow="fold", min_width=min(longest, FILE_COLUMN))
    for head in ("officer", "verdict", "units", "readings"):
        table.add_column(phrase(head, lang), overflow="fold", no_wrap=head == "verdict")
    if expecting:
        table.add_column(phrase("expectation", lang))
    for result in report.results:
        cells = [result.file, result.officer, verdict_text(result.verdict, lang), ", ".join(_named(result))]
        cells += [speech.stands(result, lang)]
        table.add_row(*cells, *([_met(result, lang)] if expecting else []))
    yield table


def _named(result: Result) -> tuple[str, ...]:
    """The units behind a verdict: those blamed, or whose duties are open."""
    return result.blamed or tuple(dict.fromkeys(duty.unit for duty in result.pending))


def _short(result: Result, page: Page) -> Text:
    """A result on one line, for narrow terminals."""
    line = _styled(f"{result.file} · {result.officer}: ", "")
    line.append_text(verdict_text(result.verdict, page.lang))
    if units := ", ".join(_named(result)):
        line.append(f" {units}")
    if result.expected:
        line.append(" · ").append_text(_met(result, page.lang))
    return line


def verdict_text(verdict: Status, lang: Lang) -> Text:
    """A verdict with its sign, coloured."""
    return _styled(f"{_SIGNS[verdict]} {phrase(verdict, lang)}", _STYLES[verdict])


def _met(result: Result, lang: Lang) -> Text:
    return _styled(speech.expectation(result, lang), "bold red" if result.unmet else "green")


# --- one officer -------------------------------------------------------------------------------------------------


def _result(result: Result, book: Book, page: Page) -> Iterator[RenderableType]:
    lang = page.lang
    yield _styled(speech.heading(result, lang), "bold")
    where = f"{phrase('as_of', lang, day=result.as_of)}, {phrase('law', lang, law=result.law)}"
    yield _styled(f"  {where}", "dim")
    for item in result.unmet:
        yield row(phrase("unmet", lang), speech.unmet(item, lang), page, "bold red")
    if result.proposal:
        yield row(phrase("proposal", lang), speech.proposal(result.proposal, lang), page, "bold")
        for finding in result.proposal.findings:
            yield from _finding(finding, result, book, page)
    for finding in result.all_units if page.all_units else result.units:
        yield from _finding(finding, result, book, page)
    for key, duties in (("is_pending", result.pending), ("is_ahead", result.ahead)):
        yield from (row(phrase(key, lang), speech.duty(duty, lang), page, "yellow") for duty in duties)
    for fact in result.missing:
        line = f" ({phrase('line', lang, line=str(fact.line))})" if fact.line else ""
        yield row(phrase("missing", lang), f"{fact.path}: {fact.words[lang]}{line}", page, "magenta")
    for notice in result.notices:
        style = "bold magenta" if notice.severity == "contradiction" else "cyan"
        yield row(phrase(notice.severity, lang), f"{notice.says[lang]} ({', '.join(notice.units)})", page, style)


def _finding(finding: UnitFinding, result: Result, book: Book, page: Page) -> Iterator[RenderableType]:
    lang = page.lang
    head = _styled("  ", "")
    head.append_text(verdict_text(finding.verdict, lang)).append(f"  {speech.citation(finding, lang)}")
    yield head
    if finding.verdict == "compliant" and finding.robust:
        return
    quoted = book.text(finding.unit, lang, QUOTED)
    if quoted:
        yield _indented(_styled(f"«{quoted}»" if lang == "ru" else f"“{quoted}”", "italic dim"), 4)
    for reason in speech.reasons(finding, lang):
        yield _indented(_styled(reason, ""), 4)
    for side in speech.sides(finding, lang):
        yield _indented(_styled(side, "dim"), 6)
    for evidence in finding.because:
        words = f"{speech.place(evidence, result.file)}  {evidence.words[lang]}"
        yield row(phrase("because", lang), words, page, "dim", 4)
    for step in finding.repair:
        yield row(phrase("repair", lang), speech.change(step, lang), page, "green", 4)
    for sentence in speech.finding_turns(finding, book, lang):
        yield _indented(_styled(sentence, "cyan"), 4)
    if finding.projected:
        yield _indented(_styled(phrase("projected", lang), "yellow"), 4)


def _indented(text: RenderableType, by: int) -> RenderableType:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, by))


def row(label: str, text: str, page: Page, style: str = "bold", indent: int = 2) -> RenderableType:
    """A label and its words, the words wrapped beside the label."""
    from rich.table import Table

    if page.width < NARROW:
        return _indented(_styled(f"{label}: {text}", ""), indent)
    grid: Table = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style=style, min_width=12)
    grid.add_column(overflow="fold")
    grid.add_row(_styled(label, style), _styled(text, ""))
    return _indented(grid, indent)


# --- the last line -----------------------------------------------------------------------------------------------


def _summary(report: CheckReport, page: Page) -> Text:
    line = _styled(f"{phrase('summary', page.lang)}: ", "bold")
    line.append(summary_words(report, page.lang))
    return line


def summary_words(report: CheckReport, lang: Lang) -> str:
    """`3 files: 1 compliant, 1 violated, 1 pending; all as expected`."""
    if not report.results and not report.problems:
        return phrase("nothing_checked", lang)
    names = {result.file for result in report.results}
    counts = report.summary()
    told = [
        f"{phrase(status, lang)} {n}" if lang == "ru" else f"{n} {phrase(status, lang)}" for status, n in counts.items()
    ]
    parts = [f"{counted(len(names), 'files', lang)}: {', '.join(told)}"]
    unread = {problem.place.file if problem.place else problem.fields.get("path", "") for problem in report.problems}
    parts += [counted(len(unread), "unreadable", lang)] if unread else []
    expecting = [result for result in report.results if result.expected]
    failed = sum(bool(result.unmet) for result in expecting)
    if failed:
        parts.append(f"{phrase('not_as_expected', lang)}: {failed}")
    elif expecting:
        parts.append(
            phrase("all_as_expected", lang) if len(expecting) == len(report.results) else _partly(expecting, lang)
        )
    return "; ".join(parts)


def _partly(expecting: list[Result], lang: Lang) -> str:
    return f"{phrase('as_expected', lang)}: {len(expecting)}"
