"""A report on an amendment in every form: text, JSON, Markdown and HTML tell the same things in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, Literal, assert_never, get_args

from compliance.amend.effect.quotes import Quote
from compliance.amend.effect.report import AmendReport
from compliance.norm.vocabulary import Lang
from compliance.report.amend_cards import Card, Facts
from compliance.report.amend_story import Lines, cited
from compliance.report.amend_view import Comparison, Table, View, view_of
from compliance.report.amend_words import word
from compliance.report.markdown import escape
from compliance.report.text import Page

AmendFormat = Literal["text", "json", "md", "html"]
AMEND_FORMATS: Final[tuple[AmendFormat, ...]] = get_args(AmendFormat)


def render_amend(reports: tuple[AmendReport, ...], form: AmendFormat, page: Page) -> str:
    """Reports in a form."""
    if form == "json":
        found = [report.as_json() for report in reports]
        return json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2) + "\n"
    return render_views(tuple(view_of(report, page.lang) for report in reports), form, page)


def render_views(views: tuple[View, ...], form: Literal["text", "md", "html"], page: Page) -> str:
    """What pages show, in a form."""
    match form:
        case "text":
            from compliance.report.amend_text import amend_text

            return amend_text(views, page)
        case "md":
            return "\n".join("\n".join(_markdown(view, page.lang)) for view in views)
        case "html":
            from compliance.report.html import page as filled

            return filled("amend.html.j2", page.lang, views=views, w=lambda key: word(key, page.lang),
                          cite=lambda unit: cited((unit,), page.lang))  # fmt: skip
        case _:
            assert_never(form)


# Markdown -----------------------------------------------------------------------------------------------------


def _markdown(view: View, lang: Lang) -> Iterator[str]:
    yield f"# {escape(view.title)}"
    yield from ("", f"**{escape(view.line)}**", "", escape(view.in_force), "")
    if view.problems:
        yield from (f"## {escape(word('problems', lang))}", "", *(f"- {escape(each)}" for each in view.problems), "")
    if view.tables_first:
        yield from _tables(view)
    if view.cards:
        yield from (f"## {escape(word('edges' if view.tables_first else 'findings', lang))}", "")
    for card in view.cards:
        yield from _card(card, lang)
    if view.comparison is not None:
        yield from _comparison(view.comparison, lang)
    if not view.tables_first:
        yield from _tables(view)
    if view.redline:
        yield from (f"## {escape(word('redline', lang))}", "", *(_quote(each, lang) for each in view.redline), "")
    if view.left_alone:
        yield from (f"## {escape(word('left_alone', lang))}", "", escape(view.left_alone), "")
    if view.not_checked:
        yield from (f"## {escape(word('not_checked', lang))}", "")
        yield from (*(f"- {escape(each)}" for each in view.not_checked), "")


def _tables(view: View) -> Iterator[str]:
    for table in view.tables:
        yield from (f"## {escape(table.heading)}", "", *_table(table))


def _card(card: Card, lang: Lang) -> Iterator[str]:
    yield from (f"### {escape(word(f'tag_{card.weight}', lang))}: {escape(card.title)} ({escape(card.code)})", "")
    if card.single:
        yield from (escape(card.items[0].messages[0]), "")
    yield from (_quote(each, lang) for each in card.where)
    if card.single:
        yield from (_quote(each, lang) for each in card.items[0].where)
    if card.why:
        yield f"- **{escape(word('why', lang))}**: {escape(card.why)}"
    for item in card.items:
        if not card.single:
            yield from (line for message in item.messages for line in ("", escape(message)))
            yield ""
            yield from (_quote(each, lang) for each in item.where)
        yield from _lines(item.story, item.label)
        yield from _facts(item.facts)
    if card.folded:
        yield from ("", escape(word("all_in_html", lang, count=str(len(card.folded)))), "")
    yield from _facts(card.facts)
    yield ""


def _facts(facts: Facts) -> Iterator[str]:
    yield from (f"- **{escape(label)}**: {escape(text)}" for label, text in facts)


def _quote(quote: Quote, lang: Lang) -> str:
    """The words with what went struck out and what came in bold."""
    marks = {"same": ("", ""), "old": ("~~", "~~"), "new": ("**", "**")}
    said = ""
    for segment in quote.segments:
        text = segment.text
        inner = escape(text)
        lead = " " if text[:1].isspace() else ""
        trail = " " if text[-1:].isspace() and inner else ""
        before, after = marks[segment.kind] if inner else ("", "")
        said += f"{lead}{before}{inner}{after}{trail}"
    unit = cited((quote.unit,), lang) if quote.unit else ""
    if not quote.segments:
        return f"- {escape(unit)} ({escape(word('said_above', lang))})"
    return f"- {escape(unit)}: «{said}»" if unit else f"- «{said}»"


def _lines(lines: Lines, label: str) -> Iterator[str]:
    if lines:
        yield f"- **{escape(label)}**:"
        yield from (f"  - {escape(day)}: {escape(words)}" for day, words in lines)


def _comparison(found: Comparison, lang: Lang) -> Iterator[str]:
    yield from (f"## {escape(word('compare', lang))}", "", f"**{escape(found.relation)}**", "")
    yield from (f"- {escape(note)}" for note in found.notes)
    yield from _table(found.facets)
    for told in found.stories:
        yield from _lines(told.lines, told.heading)
    yield ""


def _table(table: Table) -> Iterator[str]:
    if table.rows:
        yield "| " + " | ".join(escape(head) for head in table.heads) + " |"
        yield "|" + " --- |" * len(table.heads)
        yield from ("| " + " | ".join(escape(cell) for cell in each) + " |" for each in table.rows)
        yield ""
    if table.notes:
        yield from (*(f"- {escape(note)}" for note in table.notes), "")


__all__ = ["AMEND_FORMATS", "AmendFormat", "render_amend", "render_views"]
