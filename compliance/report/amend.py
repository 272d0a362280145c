"""A report on an amendment for people: one outline of sections, told as text, Markdown or HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import Final, Literal, assert_never, get_args

from attrs import frozen

from compliance.amend.effect.ask import story_line
from compliance.amend.effect.report import AmendReport
from compliance.amend.finding import Finding, Says
from compliance.calendar.days import format_iso
from compliance.law.citation import citation
from compliance.norm.vocabulary import Lang
from compliance.report.text import Page

AmendFormat = Literal["text", "json", "md", "html"]
AMEND_FORMATS: Final[tuple[AmendFormat, ...]] = get_args(AmendFormat)

MOST: Final = 12
"""So many turned stories are told; the JSON has all."""

_WORDS: Final = {
    "title": ("Report on an amendment", "Отчёт о поправке"),
    "accept": ("accept: nothing above a note", "принять: ничего серьёзнее замечания"),
    "warn": ("look at: something deserves a decision", "обратить внимание: требуется решение"),
    "reject": ("do not adopt as it stands", "не принимать в таком виде"),
    "unapplied": ("cannot be applied", "не может быть применена"),
    "verdict": ("Verdict", "Итог"),
    "in_force": ("In force from", "Вводится в действие"),
    "findings": ("New findings", "Что обнаружено"),
    "compare": ("Change of meaning", "Изменение смысла"),
    "not_formalised": ("not formalised", "не формализовано"),
    "equivalent": ("equivalent", "равносильно"),
    "stricter": ("stricter", "строже"),
    "looser": ("looser", "мягче"),
    "incomparable": ("neither stricter nor looser", "не строже и не мягче"),
    "open": ("undecided", "не решено"),
    "only_new": ("lawful only under the new text", "законно только по новой редакции"),
    "only_old": ("lawful only under the old text", "законно только по прежней редакции"),
    "redline": ("The new text", "Новая редакция"),
    "flips": ("What turns", "Что меняется"),
    "transition": ("Who stands where on the eve", "Положения накануне"),
    "not_checked": ("Not checked", "Не проверено"),
    "repair": ("repair", "исправление"),
    "story": ("story", "случай"),
    "bounded": ("searched up to two events of a kind", "проверено до двух событий каждого вида"),
    "more": ("and {count} more", "и ещё {count}"),
    "note": ("note", "замечание"),
    "nothing": ("nothing", "ничего"),
}  # fmt: skip


def word(name: str, lang: Lang) -> str:
    """A word of the report."""
    return _WORDS[name][0 if lang == "en" else 1]


@frozen
class Section:
    """A heading with its lines; a line may have details under it."""

    heading: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]


def outline(report: AmendReport, lang: Lang) -> tuple[Section, ...]:
    """The whole report, section by section; empty ones are left out."""
    sections = (
        Section(word("verdict", lang), tuple(_verdict(report, lang))),
        Section(word("findings", lang), tuple(_finding(each, lang) for each in report.findings)),
        Section(word("compare", lang), tuple(_compare(report, lang))),
        Section(word("flips", lang), tuple(_flips(report, lang))),
        Section(word("transition", lang), tuple(_moved(report, lang))),
        Section(word("redline", lang), tuple(_redline(report))),
        Section(word("not_checked", lang), tuple((each.say(lang), ()) for each in _left(report))),
    )
    return tuple(section for section in sections if section.lines)


def _verdict(report: AmendReport, lang: Lang) -> Iterator[tuple[str, tuple[str, ...]]]:
    said = word(report.verdict if report.applicable else "unapplied", lang)
    yield said, ()
    if report.day is not None:
        yield f"{word('in_force', lang)} {report.day.isoformat()}", ()


def _finding(finding: Finding, lang: Lang) -> tuple[str, tuple[str, ...]]:
    weight = {"note": word("note", lang)}.get(finding.weight, word(finding.weight, lang).partition(":")[0])
    details = [f"«{finding.quote}»"] if finding.quote else []
    if isinstance(finding.story, dict):
        dated = "; ".join(f"{each['date']} {each['event']}" for each in finding.story["events"])
        details.append(f"{word('story', lang)}: {dated}; {finding.story['as_of']}")
    if finding.repair is not None:
        details.append(f"{word('repair', lang)}: {finding.repair.say(lang)}")
    return f"{finding.code} ({weight}): {finding.message.say(lang)}", tuple(details)


def _compare(report: AmendReport, lang: Lang) -> Iterator[tuple[str, tuple[str, ...]]]:
    found = report.comparison
    if found is None or report.new is None:
        return
    bound = f" ({word('bounded', lang)})" if found.bounded else ""
    yield word(report.relation, lang) + bound, ()
    for facet in found.facets:
        yield f"{facet.words[lang]}: {word(facet.relation, lang)}", ()
    for name, told in (("only_new", found.looser_side), ("only_old", found.stricter_side)):
        if told.facts is not None:
            yield word(name, lang), (story_line(told.facts, report.new.law.vocabulary, lang),)
    if report.new.unformalised:
        units = ", ".join(citation(report.new.name(unit), lang) for unit in report.new.unformalised)
        yield f"{word('not_formalised', lang)}: {units}", ()


def _flips(report: AmendReport, lang: Lang) -> Iterator[tuple[str, tuple[str, ...]]]:
    for flip in report.flips[:MOST]:
        yield f"{flip.file}: {flip.old} -> {flip.new} ({', '.join(flip.norms)})", ()
    if len(report.flips) > MOST:
        yield word("more", lang).replace("{count}", str(len(report.flips) - MOST)), ()
    for each in report.theorems:
        if each.flipped:
            yield f"{each.id}: {each.says[lang]}: {each.old} -> {each.new}", ()


def _moved(report: AmendReport, lang: Lang) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in report.moved:
        low, high = (format_iso(day) for day in each.cohort)
        act = f" / {each.act}" if each.act else ""
        yield f"{each.says[lang].replace('{day}', f'{low}..{high}')}{act}: {each.effect}", ()


def _redline(report: AmendReport) -> Iterator[tuple[str, tuple[str, ...]]]:
    marks = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
    for change in report.text.redline:
        if change.status == "moved":
            continue
        text = "".join(f"{marks[s.kind][0]}{s.text}{marks[s.kind][1]}" for s in change.segments)
        yield change.unit, (text,)


def _left(report: AmendReport) -> tuple[Says, ...]:
    return (*report.text.not_checked, *report.not_checked)


# forms ------------------------------------------------------------------------------------------------------


def render_amend(reports: tuple[AmendReport, ...], form: AmendFormat, page: Page) -> str:
    """Reports in a form."""
    match form:
        case "json":
            found = [report.as_json() for report in reports]
            return json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=2) + "\n"
        case "text":
            return "\n".join(_text(report, page.lang) for report in reports)
        case "md":
            return "\n".join(_markdown(report, page.lang) for report in reports)
        case "html":
            return _html(reports, page.lang)
        case _:
            assert_never(form)


def _title(report: AmendReport) -> str:
    package = report.text.package
    return package.title or package.name


def _text(report: AmendReport, lang: Lang) -> str:
    lines = [_title(report)]
    for section in outline(report, lang):
        lines += ["", section.heading]
        for line, details in section.lines:
            lines += [f"  {line}", *(f"      {detail}" for detail in details)]
    return "\n".join([*lines, ""])


def _markdown(report: AmendReport, lang: Lang) -> str:
    lines = [f"# {_md(_title(report))}"]
    for section in outline(report, lang):
        lines += ["", f"## {_md(section.heading)}", ""]
        for line, details in section.lines:
            lines += [f"- {_md(line)}", *(f"  - {_md(detail)}" for detail in details)]
    return "\n".join([*lines, ""])


def _md(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\*_<>[]#|" else char for char in " ".join(text.split()))


def _html(reports: tuple[AmendReport, ...], lang: Lang) -> str:
    body = []
    for report in reports:
        body.append(f"<h1>{escape(_title(report))}</h1>")
        for section in outline(report, lang):
            body.append(f"<h2>{escape(section.heading)}</h2>\n<ul>")
            for line, details in section.lines:
                inner = "".join(f"<li>{escape(detail)}</li>" for detail in details)
                body.append(f"<li>{escape(line)}{f'<ul>{inner}</ul>' if inner else ''}</li>")
            body.append("</ul>")
    style = "body{font:16px/1.5 serif;max-width:60em;margin:2em auto;padding:0 1em}li{margin:.3em 0}"
    head = f'<meta charset="utf-8"><title>{escape(word("title", lang))}</title><style>{style}</style>'
    return f'<!doctype html>\n<html lang="{lang}"><head>{head}</head><body>\n' + "\n".join(body) + "\n</body></html>\n"


__all__ = ["AMEND_FORMATS", "AmendFormat", "outline", "render_amend"]
