"""The report for a terminal: a table of files, then the findings of each officer, then one line of summary."""

from __future__ import annotations

import re
from collections import Counter
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

PLAIN_WIDTH: Final = 110
NARROW: Final = 76
WIDEST: Final = 140
FEW: Final = 12
"""Up to so many results every one that is not compliant is shown in full, even if that was expected."""
QUOTED: Final = 200
LABEL: Final = 12
"""How wide the column of labels is at least."""
WIDEST_CELL: Final = 21
"""The longest name of a unit, with the comma after it."""
NARROWEST_FILE: Final = 16
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
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
        yield styled(phrase("not_checked", page.lang), "bold")
        yield from (row(unit, words[page.lang], page) for unit, words in report.not_checked)
    yield ""
    yield _summary(report, page)
    hidden = sum(speech.notable(result) for result in report.results) - sum(map(speech.notable, shown))
    if hidden and page.details == "auto":
        yield styled(phrase("left_out", page.lang, count=str(hidden)), "dim")


def _is_shown(result: Result, report: CheckReport, page: Page) -> bool:
    if page.details == "none":
        return False
    if page.all_units:
        return True
    return speech.notable(result) and (page.details == "all" or len(report.results) <= FEW or not as_expected(result))


def as_expected(result: Result) -> bool:
    """Whether the file expected exactly this, so that among many files there is nothing to tell of it."""
    return result.expected and not result.unmet


def styled(text: str, style: str) -> Text:
    """Text that shows as it is: no markup, no character that would move the cursor."""
    from rich.text import Text

    return Text(_UNPRINTABLE.sub("\ufffd", text), style=style)


# --- the table of files ------------------------------------------------------------------------------------------


def _overview(report: CheckReport, page: Page) -> Iterator[RenderableType]:
    if page.width < NARROW:
        yield from (_short(result, page) for result in report.results)
        return
    from rich import box
    from rich.table import Table

    files = [result.file for result in report.results]
    shared = frozenset(file for file, count in Counter(files).items() if count > 1)
    shape = _Shape(page.lang, len(set(files)) > 1, shared, any(result.expected for result in report.results))
    rows = [list(shape.cells(result)) for result in report.results]
    heads = [styled(phrase(head, page.lang), "bold") for head in shape.heads()]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    longest = max(shape.longest(result) for result in report.results)
    widths = _widths([heads, *rows], longest, page.width)
    for head, width in zip(heads, widths, strict=True):
        table.add_column(head, overflow="fold", width=width)
    folder = ""
    for result, cells in zip(report.results, rows, strict=True):
        if shape.by_folder and folder != (folder := _folder(result.file)):
            table.add_row(styled(_broken(folder, widths[0]), "bold"))
        indent = shape.indent(result)
        name = styled(_broken(cells[0].plain, widths[0] - indent), "")
        table.add_row(_indented(name, indent), *cells[1:])
    yield table


def _broken(name: str, width: int) -> str:
    """A file's name on lines of a width, broken after a hyphen or a slash where there is one."""
    lines: list[str] = []
    while len(name) > width:
        at = max(name.rfind(mark, 0, width) for mark in "-/_ ") + 1
        at = at if at > width // 3 else width
        lines.append(name[:at])
        name = name[at:]
    return "\n".join([*lines, name])


def _widths(rows: list[list[Text]], longest: int, available: int) -> list[int]:
    """The widths of the columns: each as wide as it needs up to a limit, the first takes what is left over."""
    needed = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    others = [min(width, WIDEST_CELL) for width in needed[1:]]
    return [max(min(max(needed[0], longest), available - sum(others) - 3 * len(others)), NARROWEST_FILE), *others]


@frozen
class _Shape:
    """Which columns the table of files needs."""

    lang: Lang
    by_folder: bool
    shared: frozenset[str]
    """The files with several officers, who are named beside the file."""
    expecting: bool

    def heads(self) -> Iterator[str]:
        """The columns."""
        yield "file"
        yield from ("verdict", "units", "readings")
        yield from (["expectation"] if self.expecting else [])

    def indent(self, result: Result) -> int:
        """How far a file stands to the right of its folder."""
        return 2 if self.by_folder and _folder(result.file) else 0

    def longest(self, result: Result) -> int:
        """What the column of files needs for a file and its folder."""
        return max(len(_folder(result.file)) * self.by_folder, len(self.name(result)) + self.indent(result))

    def name(self, result: Result) -> str:
        """The file without its folder, with the officer where there are several."""
        name = _name(result.file) if self.by_folder else result.file
        return f"{name} · {result.officer}" if result.file in self.shared else name

    def cells(self, result: Result) -> Iterator[Text]:
        """The row of a result."""
        yield styled(self.name(result), "")
        yield verdict_text(result.verdict, self.lang)
        yield styled(", ".join(speech.named(result)), "")
        yield styled(speech.stands_briefly(result, self.lang), "cyan")
        if self.expecting:
            yield _met(result, self.lang)


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _name(file: str) -> str:
    return file.rpartition("/")[2]


def _short(result: Result, page: Page) -> Text:
    """A result on one line, for narrow terminals."""
    line = styled(f"{result.file} · {result.officer}: ", "")
    line.append_text(verdict_text(result.verdict, page.lang))
    if units := ", ".join(speech.named(result)):
        line.append(f" {units}")
    if result.expected:
        line.append(" · ").append_text(_met(result, page.lang))
    return line


def verdict_text(verdict: Status, lang: Lang) -> Text:
    """A verdict with its sign, coloured."""
    return styled(f"{_SIGNS[verdict]} {phrase(verdict, lang)}", _STYLES[verdict])


def _met(result: Result, lang: Lang) -> Text:
    return styled(speech.expectation(result, lang), "bold red" if result.unmet else "green")


# --- one officer -------------------------------------------------------------------------------------------------


def _result(result: Result, book: Book, page: Page) -> Iterator[RenderableType]:
    lang = page.lang
    yield styled(speech.heading(result, lang), "bold")
    where = f"{phrase('as_of', lang, day=result.as_of)}, {phrase('law', lang, law=result.law)}"
    yield styled(f"  {where}", "dim")
    for item in result.unmet:
        yield row(phrase("unmet", lang), speech.unmet(item, lang), page, "bold red")
    if result.proposal:
        yield row(phrase("proposal", lang), speech.proposal(result.proposal, lang), page, "bold")
        for finding in result.proposal.findings:
            yield from _finding(finding, result, book, page)
    for finding in _told(result, page):
        yield from _finding(finding, result, book, page)
    yield from rows("is_pending", [speech.duty(duty, lang) for duty in result.pending], page, "yellow")
    yield from rows("is_ahead", [speech.ahead(duty, lang) for duty in result.ahead], page, "dim")
    yield from rows("missing", [f"{fact.path}: {fact.words[lang]}" for fact in result.missing], page, "magenta")
    for notice in result.notices:
        style = "bold magenta" if notice.severity == "contradiction" else "cyan"
        yield from rows(notice.severity, [f"{notice.says[lang]} ({', '.join(notice.units)})"], page, style)


def _told(result: Result, page: Page) -> list[UnitFinding]:
    """The findings to tell; a duty that is still to do is told once, as such."""
    if page.all_units:
        return list(result.all_units)
    open_duties = {duty.norm for duty in result.pending}
    return [
        each for each in result.units if not (each.verdict == "pending" and each.norm in open_duties and each.robust)
    ]


def _finding(finding: UnitFinding, result: Result, book: Book, page: Page) -> Iterator[RenderableType]:
    lang = page.lang
    head = styled("  ", "")
    head.append_text(verdict_text(finding.verdict, lang)).append(f"  {speech.citation(finding, lang)}")
    yield head
    if finding.verdict == "compliant" and finding.robust:
        return
    quoted = book.text(finding.unit, lang, QUOTED)
    if quoted:
        yield _indented(styled(f"«{quoted}»" if lang == "ru" else f"“{quoted}”", "italic dim"), 4)
    for reason in speech.reasons(finding, lang):
        yield _indented(styled(reason, ""), 4)
    for side in speech.sides(finding, lang):
        yield _indented(styled(side, "dim"), 6)
    events = [f"{speech.place(each, result.file)}  {speech.event(each, lang)}" for each in finding.because]
    yield from rows("because", events, page, "dim", 4)
    yield from rows("repair", [speech.change(step, lang) for step in finding.repair], page, "green", 4)
    for sentence in speech.finding_turns(finding, book, lang):
        yield _indented(styled(sentence, "cyan"), 4)
    if finding.projected:
        yield _indented(styled(phrase("projected", lang), "yellow"), 4)


def _indented(text: RenderableType, by: int) -> RenderableType:
    from rich.padding import Padding

    return Padding(text, (0, 0, 0, by))


def row(label: str, text: str, page: Page, style: str = "bold", indent: int = 2, width: int = LABEL) -> RenderableType:
    """A label and its words, the words wrapped beside the label."""
    from rich.table import Table

    if page.width < NARROW:
        return _indented(styled(f"{label}: {text}" if label else text, ""), indent)
    grid: Table = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style=style, min_width=max(width, LABEL))
    grid.add_column(overflow="fold")
    grid.add_row(styled(label, style), styled(text, ""))
    return _indented(grid, indent)


def rows(key: str, texts: Iterable[str], page: Page, style: str, indent: int = 2) -> Iterator[RenderableType]:
    """Rows with one label, which is written once."""
    for number, text in enumerate(texts):
        yield row("" if number else phrase(key, page.lang), text, page, style, indent, len(phrase(key, page.lang)))


# --- the last line -----------------------------------------------------------------------------------------------


def _summary(report: CheckReport, page: Page) -> Text:
    line = styled(f"{phrase('summary', page.lang)}: ", "bold")
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
