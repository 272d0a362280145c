"""The answer to `--solve` for people: for which values the law stays as it should, and what happens past each edge."""

from __future__ import annotations

import json
from typing import Final

from compliance.amend.effect.ask import story_json
from compliance.amend.effect.solve import Answer, Reason, Solved
from compliance.amend.effect.values import said
from compliance.norm.vocabulary import Lang
from compliance.report.amend import AmendFormat, render_views
from compliance.report.amend_story import Lines, cited, told
from compliance.report.amend_view import Card, Item, Table, View
from compliance.report.amend_words import word
from compliance.report.text import Page

SHOWN: Final = 3
"""So many reasons are told for each edge."""


def render_solved(solved: Solved, form: AmendFormat, page: Page) -> str:
    """The answer in a form."""
    if form == "json":
        return json.dumps(solved.as_json(), ensure_ascii=False, indent=2) + "\n"
    return render_views((_view(solved, page.lang),), form, page)


def _view(solved: Solved, lang: Lang) -> View:
    parameter = solved.parameter
    low, high = (said(each)[lang] for each in solved.span)
    rows = tuple((word(f"solve_{answer.criterion}", lang), _ranges(answer, lang)) for answer in solved.answers)
    heads = (word("solve_question", lang), word("solve_values", lang))
    note = word("solve_note", lang, low=low, high=high, count=str(len(solved.tried)))
    unit = cited((parameter.unit,), lang)
    return View(
        title=f"{parameter.unit}.{parameter.name}: {unit}, «{parameter.words}»",
        verdict="accept",
        line=word("solve_now", lang, value=said(parameter.value)[lang]),
        in_force=note,
        problems=(),
        cards=tuple(_card(solved, answer, at, lang) for answer in solved.answers for at in range(len(answer.edges))),
        comparison=None,
        tables=(Table(word("solve_answer", lang), heads, rows),),
        redline=(),
        left_alone="",
        not_checked=(),
        tables_first=True,
    )


def _ranges(answer: Answer, lang: Lang) -> str:
    if not answer.ranges:
        return word("solve_none", lang)
    return "; ".join(
        said(low)[lang] if low == high else f"{said(low)[lang]} … {said(high)[lang]}" for low, high in answer.ranges
    )  # fmt: skip


def _card(solved: Solved, answer: Answer, at: int, lang: Lang) -> Card:
    value, reasons = answer.edges[at]
    title = word("solve_edge", lang, value=said(value)[lang], question=word(f"solve_{answer.criterion}", lang))
    items = tuple(_item(solved, reason, lang) for reason in reasons[:SHOWN])
    weight = "note" if answer.criterion == "no_stricter" else "reject"
    return Card(weight, ", ".join(dict.fromkeys(reason.code for reason in reasons)), title, (), "", items)


def _item(solved: Solved, reason: Reason, lang: Lang) -> Item:
    lines: Lines = ()
    label = "story" if reason.code == "COMPARE" else "path"
    if reason.story is not None:
        story = story_json(reason.story, solved.law.vocabulary)
        lines = told(story, solved.law.vocabulary, lang, str, "known_until")
    return Item((reason.message.say(lang),), (), word(label, lang), lines, ())


__all__ = ["render_solved"]
