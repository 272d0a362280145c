"""The pages of an audit: `report.html` with the overview, and a page for each unit with examples."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from compliance.audit.lines import Line
from compliance.audit.report import AuditReport
from compliance.norm.vocabulary import Lang
from compliance.report.audit_phrases import say
from compliance.report.audit_svg import banded, bar, bars, timeline
from compliance.report.audit_text import headline, unit_name
from compliance.report.book import book_of
from compliance.report.html import TEMPLATES
from compliance.source.diagnostic import say as say_code

if TYPE_CHECKING:
    from compliance.law.model import Law
    from compliance.report.book import Book

COLUMNS: Final = ("violated", "contested", "undetermined", "not_settled", "pending", "suppressed")
MOST_ROWS: Final = 40
MOST_CHARACTERS: Final = 1_500

Values = dict[str, Any]


def write_pages(report: AuditReport, law: Law, folder: Path, lang: Lang) -> None:
    """Writes all pages into a folder."""
    book = book_of(law)
    (folder / "units").mkdir()
    _write(folder / "report.html", "audit.html.j2", lang, **overview(report, law, lang))
    for unit in report.run["units_order"]:
        values = unit_page(report, law, book, unit, lang)
        _write(folder / "units" / page_name(unit), "audit_unit.html.j2", lang, **values)


def _write(path: Path, template: str, lang: Lang, **values: Any) -> None:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    text = environment.get_template(template).render(lang=lang, p=partial(say, lang=lang), **values)
    path.write_text(text, encoding="utf-8")


def page_name(unit: str) -> str:
    return "record.html" if unit == "-" else f"{unit}.html"


# --- the overview -------------------------------------------------------------------------------------------------


def overview(report: AuditReport, law: Law, lang: Lang) -> Values:
    run, seen = report.run, report.overview
    top = max((count.violated for count in seen.units.values()), default=0)
    units = [
        {
            "page": page_name(unit),
            "name": unit_name(unit, lang),
            "counts": [(name, run["units"][unit][name]) for name in COLUMNS],
            "bar": bar(seen.units[unit].violated, top),
        }
        for unit in run["units_order"]
    ]
    codes = [[say_code(code, {}, lang), count] for code, count in run["quarantine"].items()]
    numbers = {"verified": run["verified"], "settled": run["settled"], "open": run["open_pairs"]}
    return {
        "title": say("title", lang),
        "headline": headline(report, lang),
        "verdicts": [(name, run["verdicts"][name]) for name in ("violated", "undetermined", "pending", "compliant")],
        "columns": COLUMNS,
        "units": units,
        "blocks": blocks(report, law, lang),
        "aside": {"heads": [say("reason", lang), say("count", lang)], "rows": codes},
        "notes": notes(run, lang),
        "engine": say("engine", lang, **numbers),
        "run": json.dumps({key: run[key] for key in _REPEAT}, ensure_ascii=False, indent=1),
    }


_REPEAT: Final = ("register", "law", "tool", "as_of", "options", "profile")


def notes(run: Mapping[str, Any], lang: Lang) -> list[str]:
    found = []
    if run["ignored_cells"]:
        cells = ", ".join(f"{name} ({count})" for name, count in run["ignored_cells"].items())
        found.append(say("ignored_cells", lang, cells=cells))
    if run["columns"]["unused"]:
        found.append(say("unused", lang, columns=", ".join(run["columns"]["unused"])))
    notices = [f"{name} ({count})" for name, count in run["notices"].items() if count]
    return [*found, f"{say('notices', lang)}: {', '.join(notices)}"] if notices else found


def blocks(report: AuditReport, law: Law, lang: Lang) -> list[Values]:
    """The distributions, each as a picture and as a table."""
    seen = report.overview
    late = {unit: count.late for unit, count in seen.units.items() if count.late}
    explained = sum(sum(each.values()) for each in late.values())
    basis = say("late_basis", lang, count=explained)
    found = [
        _summed("by_body", {_body(body, law, lang): each for body, each in seen.by_body.items()}, "body", lang),
        _summed("by_quarter", seen.by_quarter, "quarter", lang),
        _late("late_by_unit", {unit_name(unit, lang): each for unit, each in late.items()}, "unit", basis, lang),
        _late(
            "late_by_body", {_body(b, law, lang): each for b, each in seen.late_by_body.items()}, "body", basis, lang
        ),
        _late("late_by_quarter", seen.late_by_quarter, "quarter", basis, lang),
    ]
    due = sorted(seen.due.items())
    by_day = Counter[str]()
    for (day, _, _), count in due:
        by_day[day] += count
    actors = law.vocabulary.enumerations["actor"].values
    if due:
        rows = [
            [day, ", ".join(actors[who][lang] if who in actors else who for who in bearer.split(", ")),
             unit_name(unit, lang), count]
            for (day, bearer, unit), count in due[:MOST_ROWS]
        ]  # fmt: skip
        heads = [say(key, lang) for key in ("last_day", "bearer", "unit", "count")]
        picture = bars(sorted(by_day.items())[:MOST_ROWS])
        found.append({"title": say("ahead", lang), "note": "", "picture": picture, "heads": heads, "rows": rows})
    return [block for block in found if block["rows"]]


def _body(body: str, law: Law, lang: Lang) -> str:
    values = law.vocabulary.enumerations["body"].values
    return values[body][lang] if body in values else say("unknown", lang)


def _summed(title: str, table: Mapping[str, Counter[str]], head: str, lang: Lang) -> Values:
    rows = [(label, sum(each.values())) for label, each in sorted(table.items())]
    heads = [say(head, lang), say("violated", lang)]
    shown = [[label, number] for label, number in rows]
    return {"title": say(title, lang), "note": "", "picture": bars(rows[:MOST_ROWS]), "heads": heads, "rows": shown}


def _late(title: str, table: Mapping[str, Counter[int]], head: str, note: str, lang: Lang) -> Values:
    whole = Counter[int]()
    for each in table.values():
        whole.update(each)
    heads = [say(head, lang), *(label for label, _ in banded({})), say("median", lang), say("longest", lang)]
    rows = []
    for label, each in table.items() if head == "unit" else sorted(table.items()):
        days = sorted(each.elements())
        rows.append([label, *(number or "" for _, number in banded(each)), days[len(days) // 2], days[-1]])
    picture = bars(banded(whole)) if head == "unit" else ""
    return {"title": say(title, lang), "note": note, "picture": picture, "heads": heads, "rows": rows}


# --- a unit -------------------------------------------------------------------------------------------------------


def unit_page(report: AuditReport, law: Law, book: Book, unit: str, lang: Lang) -> Values:
    lines = report.overview.examples.get(unit, [])
    lines = sorted(lines, key=lambda line: _ORDER.index(line["verdict"]) if line["verdict"] in _ORDER else len(_ORDER))
    counts = report.run["units"][unit]
    total = sum(counts[name] for name in ("violated", "undetermined", "pending"))
    late = report.overview.units[unit].late
    names = {kind.name: kind.words[lang] for kind in law.vocabulary.kinds.values()}
    return {
        "title": unit_name(unit, lang),
        "counts": [(name, counts[name]) for name in COLUMNS],
        "text": book.text(unit, lang, MOST_CHARACTERS) if unit != "-" else "",
        "late": bars(banded(late)) if late else "",
        "shown": say("shown", lang, shown=len(lines), count=max(total, len(lines))),
        "examples": [_example(line, report.overview.stories, names, lang) for line in lines],
    }


_ORDER: Final = ("violated", "undetermined", "pending", "compliant")


def _example(line: Line, stories: Mapping[str, Sequence[Line]], names: Mapping[str, str], lang: Lang) -> Values:
    rows = frozenset(each["line"] for each in line["because"] if each["line"] is not None)
    contested = not line["robust"]
    edge = "contested" if contested and line["verdict"] == "compliant" else line["verdict"]
    return {
        "edge": edge,
        "verdict": say(line["verdict"], lang) + (f", {say('contested', lang)}" if contested else ""),
        "officer": line["officer"],
        "row": f"{line['file']}:{line['row']}" if line["row"] else "",
        "says": sentences(line, lang),
        "soft": remarks(line, lang),
        "picture": timeline(stories.get(line["officer"], ()), rows, names),
    }


def sentences(line: Line, lang: Lang) -> list[str]:
    """Why, in the words of the evaluator or of the rows put aside."""
    said = [line["says"][lang]] if line["says"][lang] else []
    said += [
        say("put_aside", lang, row=each["row"], reason=say_code(each["reason"], {}, lang))
        for each in line.get("quarantined", ())
    ]
    said += [say("contradiction", lang, name=name) for name in line.get("contradictions", ())]
    if not said and line.get("last_day"):
        said.append(say("apart", lang, day=line["day"], last=line["last_day"], days=line["late_days"]))
    if not said and line["verdict"] == "violated":
        said.append(say("not_explained", lang))
    return said


def remarks(line: Line, lang: Lang) -> list[str]:
    """Both sides of what failed, the readings it turns on, the facts that would decide."""
    found = [part for part in line.get("detail", {}).get(lang, "").split("; ") if part]
    for name, under in line["depends_on"].items():
        values = ", ".join(f"{value}: {say(verdict, lang)}" for value, verdict in under.items())
        found.append(f"{say('turns_on', lang)} {name} - {values}")
    if line.get("combination"):
        values = ", ".join(f"{name} = {value}" for name, value in line["combination"].items())
        found.append(f"{say('combination', lang)}: {values}")
    if line["repair"]:
        changes = "; ".join(f"{each['change']}: {each['to'] or '-'}" for each in line["repair"])
        found.append(f"{say('repair', lang)}: {changes}")
    if line.get("missing"):
        facts = "; ".join(each["words"][lang] + _at(each, lang) for each in line["missing"])
        found.append(f"{say('missing', lang)}: {facts}")
    for key, phrase in (("suppressed", "answered"), ("suppression_expired", "expired")):
        if line.get(key):
            found.append(say(phrase, lang, **line[key]))
    if line.get("by_example"):
        found.append(say("example_note", lang))
    return found


def _at(fact: Line, lang: Lang) -> str:
    return f" ({say('row', lang).lower()} {fact['line']})" if fact.get("line") else ""
