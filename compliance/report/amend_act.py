"""A shipped amending act checked by itself, for people: its operations and targets, what holds, what is unknown."""

from __future__ import annotations

import json

from compliance.amend.effect.act import ActReport, Operation
from compliance.norm.vocabulary import Lang
from compliance.report.amend import AmendFormat, render_views
from compliance.report.amend_view import Table, View
from compliance.report.amend_words import word
from compliance.report.text import Page


def render_act(found: ActReport, form: AmendFormat, page: Page) -> str:
    """The answers in a form."""
    if form == "json":
        return json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n"
    return render_views((_view(found, page.lang),), form, page)


def _view(found: ActReport, lang: Lang) -> View:
    heads = tuple(word(f"act_{name}", lang) for name in ("number", "target", "operation", "place"))
    rows = tuple((each.number, *_target(found, each, lang)) for each in found.operations)
    checks = tuple((word("act_holds" if row.holds else "act_fails", lang), row.check[lang], ", ".join(row.of))
                   for row in found.checks)  # fmt: skip
    derived = tuple((each.number, each.derived[lang]) for each in found.operations if each.derived)
    return View(
        title=f"{found.act}: {found.title[lang]}",
        verdict="reject" if found.failed else "accept",
        line=word("act_bad" if found.failed else "act_good", lang),
        in_force=word("act_count", lang, count=str(len(found.operations))),
        problems=(),
        cards=(),
        comparison=None,
        tables=(
            Table(word("act_operations", lang), heads, rows),
            Table(
                word("act_checks", lang), tuple(word(f"act_{name}", lang) for name in ("answer", "what", "of")), checks
            ),
            Table(word("act_derived", lang), (heads[0], word("act_what", lang)), derived),
        ),
        redline=(),
        left_alone="",
        not_checked=tuple(f"{each.number}: {each.not_derived[lang]}" for each in found.operations if each.not_derived),
        tables_first=True,
    )


def _target(found: ActReport, each: Operation, lang: Lang) -> tuple[str, str, str]:
    kind = word(f"op_{each.kind}", lang)
    return f"{each.act}, {word('act_item', lang, item=each.item)}", kind, each.place[lang]


__all__ = ["render_act"]
