"""A report on an amendment for a terminal: the verdict, the findings by weight, then what changes and for whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from compliance.amend.effect.quotes import Quote
from compliance.report.amend_cards import Card, Facts
from compliance.report.amend_story import Lines, cited
from compliance.report.amend_view import Comparison, Table, View
from compliance.report.amend_words import word
from compliance.report.text import Page, row, styled, to_text

if TYPE_CHECKING:
    from rich.console import RenderableType

STYLES: Final = {"reject": "bold red", "warn": "yellow", "note": "cyan", "accept": "green"}
SIGNS: Final = {"reject": "✗", "warn": "!", "note": "·", "accept": "✓"}
MARKED: Final = {"same": "", "old": "red strike", "new": "green"}
PLAIN: Final = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
_OPEN: Final = {"en": ("“", "”"), "ru": ("«", "»")}


def amend_text(views: tuple[View, ...], page: Page) -> str:
    """The reports one below the other."""
    return to_text((part for view in views for part in _parts(view, page)), page)


def _parts(view: View, page: Page) -> Iterator[RenderableType]:
    lang = page.lang
    yield styled(view.title, "bold")
    yield styled(f"{SIGNS[view.verdict]} {view.line}", STYLES[view.verdict])
    yield styled(f"  {view.in_force}", "dim")
    if view.problems:
        yield from _headed(word("problems", lang))
        yield from (styled(f"  {problem}", "") for problem in view.problems)
    if view.tables_first:
        yield from _tables(view)
    if view.cards:
        yield from _headed(word("edges" if view.tables_first else "findings", lang))
    for card in view.cards:
        yield from _card(card, page)
    if view.comparison is not None:
        yield from _comparison(view.comparison, page)
    if not view.tables_first:
        yield from _tables(view)
    if view.redline:
        yield from _headed(word("redline", lang))
        yield from (_quoted(quote, page, "-", cited((quote.unit,), lang)) for quote in view.redline)
    if view.left_alone:
        yield from _headed(word("left_alone", lang))
        yield styled(f"  {view.left_alone}", "")
    if view.not_checked:
        yield from _headed(word("not_checked", lang))
        yield from (row("-", each, page, "dim", 2, 1) for each in view.not_checked)
    yield ""


def _tables(view: View) -> Iterator[RenderableType]:
    for table in view.tables:
        yield from _headed(table.heading)
        yield from _table(table)


def _headed(heading: str) -> Iterator[RenderableType]:
    yield ""
    yield styled(heading, "bold underline")


def _card(card: Card, page: Page) -> Iterator[RenderableType]:
    lang = page.lang
    head = styled(f"{SIGNS[card.weight]} {word(f'tag_{card.weight}', lang)}: ", STYLES[card.weight])
    yield ""
    yield head.append(card.title).append(f"  {card.code}", style="dim")
    if card.single:
        yield row(word("what", lang), card.items[0].messages[0], page, "dim")
    yield from _quotes(card.where, page)
    if card.single:
        yield from _quotes(card.items[0].where, page)
    if card.why:
        yield row(word("why", lang), card.why, page, "dim")
    for item in card.items:
        if not card.single:
            yield from (row("-", message, page, "bold") for message in item.messages)
            yield from _quotes(item.where, page)
        yield from _story(item.story, item.label, page)
        yield from _facts(item.facts, page)
    if card.folded:
        yield row("", word("all_in_html", lang, count=str(len(card.folded))), page, "dim")
    yield from _facts(card.facts, page)


def _facts(facts: Facts, page: Page) -> Iterator[RenderableType]:
    for label, text in facts:
        first, *others = text.split("\n")
        yield row(label, first, page, "green")
        yield from (row("", other, page, "green") for other in others)


def _quotes(quotes: tuple[Quote, ...], page: Page) -> Iterator[RenderableType]:
    for number, quote in enumerate(quotes):
        unit = cited((quote.unit,), page.lang) if quote.unit else ""
        yield _quoted(quote, page, "" if number else word("where", page.lang), unit)


def _quoted(quote: Quote, page: Page, label: str, unit: str = "") -> RenderableType:
    """Words with what went and what came; without colours these are in brackets."""
    from rich.padding import Padding
    from rich.table import Table as Grid

    begins, ends = _OPEN[page.lang]
    said = styled(unit, "")
    if quote.segments:
        said.append(f"{': ' if unit else ''}{begins}", style="dim")
    else:
        said.append(f" ({word('said_above', page.lang)})", style="dim")
    for segment in quote.segments:
        before, after = ("", "") if page.color else PLAIN[segment.kind]
        said.append(f"{before}{segment.text}{after}", style=MARKED[segment.kind])
    said.append(ends if quote.segments else "", style="dim")
    grid: Grid = Grid.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="dim", min_width=12)
    grid.add_column(overflow="fold")
    grid.add_row(styled(label, "dim"), said)
    return Padding(grid, (0, 0, 0, 2))


def _story(lines: Lines, label: str, page: Page) -> Iterator[RenderableType]:
    for number, (day, words) in enumerate(lines):
        yield row("" if number else label, f"{day}  {words}", page, "dim")


def _comparison(found: Comparison, page: Page) -> Iterator[RenderableType]:
    yield from _headed(word("compare", page.lang))
    yield styled(f"  {found.relation}", "bold")
    yield from (row("-", note, page, "dim", 2, 1) for note in found.notes)
    if found.facets.rows:
        yield from _table(found.facets)
    for told in found.stories:
        yield styled(f"  {told.heading}:", "")
        yield from (row("", f"{day}  {words}", page, "dim") for day, words in told.lines)


def _table(table: Table) -> Iterator[RenderableType]:
    from rich import box
    from rich.padding import Padding
    from rich.table import Table as Grid

    if table.rows:
        grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
        for head in table.heads:
            grid.add_column(styled(head, "bold"), overflow="fold")
        for each in table.rows:
            grid.add_row(*(styled(cell, "") for cell in each))
        yield Padding(grid, (0, 0, 0, 2))
    yield from (styled(f"  {note}", "dim") for note in table.notes)


__all__ = ["amend_text"]
