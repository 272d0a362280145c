"""A report on an amendment as what a page shows, in one language: cards of findings, tables, words with marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from compliance.amend.effect.ask import story_json
from compliance.amend.effect.life import Lost
from compliance.amend.effect.quotes import Quote, excerpt, quotes
from compliance.amend.effect.repairs import MENDED
from compliance.amend.effect.report import AmendReport
from compliance.amend.finding import Finding
from compliance.amend.redline import Segment
from compliance.calendar.days import format_iso
from compliance.law.lifecycle.model import Step
from compliance.norm.vocabulary import Lang
from compliance.report.amend_story import Lines, cited, told
from compliance.report.amend_words import word
from compliance.source.catalog import message
from compliance.source.diagnostic import Diagnostic, say

MOST: Final = 12
"""Of like things so many are shown; the JSON has all."""
EVE: Final = ("TRANSITION", "RETROACTIVITY")


@frozen
class Item:
    """One finding of a card."""

    message: str
    where: tuple[Quote, ...]
    label: str
    """What the story is."""
    story: Lines
    facts: tuple[tuple[str, str], ...]
    """Labels and words: what it depends on, how to repair it."""


@frozen
class Card:
    """Findings of one code, of one weight, about the same words."""

    weight: str
    code: str
    title: str
    where: tuple[Quote, ...]
    why: str
    """The units that it rests on."""
    items: tuple[Item, ...]

    @property
    def single(self) -> bool:
        """Whether one finding makes the card: its words then come before the place."""
        return len(self.items) == 1


@frozen
class Table:
    """A heading, the heads of the columns and the rows; `notes` stand under it."""

    heading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@frozen
class Told:
    """A story with its heading."""

    heading: str
    lines: Lines


@frozen
class Comparison:
    """How the law changes."""

    relation: str
    notes: tuple[str, ...]
    facets: Table
    stories: tuple[Told, ...]


@frozen
class View:
    """Everything that a page shows of one package."""

    title: str
    verdict: str
    line: str
    in_force: str
    problems: tuple[str, ...]
    cards: tuple[Card, ...]
    comparison: Comparison | None
    tables: tuple[Table, ...]
    redline: tuple[Quote, ...]
    left_alone: str
    not_checked: tuple[str, ...]
    tables_first: bool = False


def view_of(report: AmendReport, lang: Lang) -> View:
    """What a page shows of a report."""
    day = report.day.isoformat() if report.day else ""
    return View(
        title=report.text.package.title[lang] or report.text.package.name,
        verdict=report.verdict,
        line=_line(report, lang),
        in_force=word("in_force", lang, day=day) if day else word("no_day", lang),
        problems=tuple(_problem(each, lang) for each in (*report.text.diagnostics, *report.problems)),
        cards=tuple(_cards(report, lang)) if report.applicable else (),
        comparison=_comparison(report, lang),
        tables=tuple(table for table in _tables(report, lang) if table.rows or table.notes),
        redline=_redline(report),
        left_alone=cited(tuple(report.text.left_alone), lang),
        not_checked=tuple(said.say(lang) for said in (*report.text.not_checked, *report.not_checked)),
    )


def _line(report: AmendReport, lang: Lang) -> str:
    if not report.applicable:
        return word("unapplied", lang)
    shown = _shown(report)
    counts = [(weight, sum(finding.weight == weight for finding in shown)) for weight in ("reject", "warn", "note")]
    said = ", ".join(f"{word(f'tag_{weight}', lang)}: {count}" for weight, count in counts if count)
    return f"{word(report.verdict, lang)}{f' ({said})' if said else ''}"


def _problem(each: Diagnostic, lang: Lang) -> str:
    where = f"{each.place}: " if each.place else ""
    hint = f" ({word('meant', lang, words=each.suggestion)})" if each.suggestion else ""
    return f"{where}{say(each.code, each.fields, lang)}{hint}"


# findings -----------------------------------------------------------------------------------------------------


def _shown(report: AmendReport) -> list[Finding]:
    """The findings that get a card; the comparison has a section of its own."""
    return [finding for finding in report.findings if finding.code != "COMPARE"]


def _cards(report: AmendReport, lang: Lang) -> Iterator[Card]:
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in _shown(report):
        groups.setdefault((finding.weight, finding.code, finding.units), []).append(finding)
    for findings in groups.values():
        yield _card(report, findings, lang)


def _card(report: AmendReport, findings: list[Finding], lang: Lang) -> Card:
    first = findings[0]
    places = [_where(report, finding) for finding in findings]
    shared = all(each == places[0] for each in places)
    items = (
        _item(report, finding, () if shared else where, lang)
        for finding, where in zip(findings, places, strict=True)
    )  # fmt: skip
    quoted = {quote.unit for quote in places[0]}
    why = () if first in report.text.findings or set(first.units) == quoted else first.units
    return Card(first.weight, first.code, title_of(first.code, lang), places[0] if shared else (), cited(why, lang),
                tuple(items))  # fmt: skip


def title_of(code: str, lang: Lang) -> str:
    """What a code means, in a few words."""
    slug = code.lower().replace("_", "-")
    found = next((name for name in (f"amend.about-{slug}", f"effect.about-{slug}") if message(name)), None)
    return say(found, {}, lang) if found else code


def _where(report: AmendReport, finding: Finding) -> tuple[Quote, ...]:
    """The words that a finding speaks of: as the check of the text quoted them, else what changed in its units."""
    if finding in report.text.findings or report.new is None:
        quote = (Segment("same", finding.quote),)
        return (Quote(finding.units[0] if finding.units else "", quote),) if finding.quote else ()
    known = {report.new.name(unit): unit for unit in report.new.law.units}
    return quotes(finding.units, report.text.redline, report.new.law, known)


def _item(report: AmendReport, finding: Finding, where: tuple[Quote, ...], lang: Lang) -> Item:
    facts = []
    if finding.depends_on:
        facts.append((word("depends", lang), _readings(report, finding, lang)))
    if finding.repair is not None:
        facts.append((word("repair", lang), finding.repair.say(lang)))
    if finding.paste:
        facts.append((word("paste", lang), finding.paste))
    last = "first_day" if finding.code in EVE else "known_until"
    label = word("path" if finding.code in MENDED else "story", lang)
    return Item(finding.message.say(lang), where, label, _story(report, finding.story, lang, last), tuple(facts))


def _readings(report: AmendReport, finding: Finding, lang: Lang) -> str:
    """Under which readings a finding holds."""
    sides = (("logic.not-under", finding.not_under), ("logic.only-under", finding.only_under))
    said = (say(code, {"readings": "; ".join(_reading(report, each, lang) for each in pairs)}, lang)
            for code, pairs in sides if pairs)  # fmt: skip
    return ". ".join(said) or ", ".join(finding.depends_on)


def _reading(report: AmendReport, pair: str, lang: Lang) -> str:
    """A reading and its value, with the words of the value."""
    name, _, value = pair.partition("=")
    known = report.new.law.readings.get(name) if report.new else None
    return f"{name} = {value} ({known.values[value][lang]})" if known and value in known.values else pair


def _story(report: AmendReport, story: object, lang: Lang, last: str = "known_until") -> Lines:
    if not isinstance(story, Mapping) or report.new is None:
        return ()
    return told(story, report.new.law.vocabulary, lang, report.new.name, last)


# the comparison -----------------------------------------------------------------------------------------------


def _comparison(report: AmendReport, lang: Lang) -> Comparison | None:
    found, new = report.comparison, report.new
    if found is None or new is None:
        return None
    notes = [word("bounded", lang)] if found.bounded else []
    notes += _under_and_by(report, lang)
    if report.followed is not None:
        notes.append(word("followed", lang, relation=word(f"short_{report.followed.relation}", lang)))
    if new.unformalised:
        units = cited(tuple(new.name(unit) for unit in new.unformalised), lang)
        notes.append(word("units_not_formalised", lang, units=units))
    rows = tuple((_facet(report, facet.name, facet.words[lang], lang), word(f"short_{facet.relation}", lang))
                 for facet in found.facets)  # fmt: skip
    sides = (("only_new", found.looser_side), ("only_old", found.stricter_side))
    stories = tuple(
        Told(word(name, lang), _story(report, story_json(side.facts, new.law.vocabulary), lang))
        for name, side in sides
        if side.facts is not None
    )
    return Comparison(word(report.relation, lang), tuple(notes),
                      Table("", (word("side", lang), word("becomes", lang)), rows), stories)  # fmt: skip


def _under_and_by(report: AmendReport, lang: Lang) -> Iterator[str]:
    """The comparison under other readings, and the exact size of what changed."""
    for pair, relation in report.relations.items():
        fields = {"reading": _reading(report, pair, lang), "relation": word(f"short_{relation}", lang)}
        yield say("logic.compare-under", fields, lang)
    for size in report.sizes:
        fields = {"units": cited((size.unit,), lang), "before": size.before, "after": size.after,
                  "says": size.says()[lang], "years": f"{size.first}-{size.last}"}  # fmt: skip
        yield say("logic.size", fields, lang)


def _facet(report: AmendReport, name: str, words: str, lang: Lang) -> str:
    """A facet's words; one that has no name of its own is called by its unit."""
    return cited((report.new.name(name),), lang) if words == name and report.new else words


# tables -------------------------------------------------------------------------------------------------------


def _tables(report: AmendReport, lang: Lang) -> Iterator[Table]:
    yield _moved(report, lang)
    yield from _register(report, lang)
    yield _life(report, lang)
    yield _flips(report, lang)
    yield _theorems(report, lang)


def _life(report: AmendReport, lang: Lang) -> Table:
    lost = report.life
    rows = () if lost is None else tuple(_step(lost, step, report, lang) for step in lost.steps)
    heads = tuple(word(key, lang) for key in ("from_state", "to_state", "step", "unit"))
    return Table(word("life", lang), heads, rows)


def _step(lost: Lost, step: Step, report: AmendReport, lang: Lang) -> tuple[str, ...]:
    states = lost.lifecycle.graph(step.graph).states
    assert report.new is not None
    units = cited(tuple(report.new.name(unit) for unit in step.transition.units), lang)
    return states[step.source].words[lang], states[step.target].words[lang], step.transition.words[lang], units


def _flips(report: AmendReport, lang: Lang) -> Table:
    groups: dict[tuple[str, ...], list[str]] = {}
    for flip in report.flips:
        units = cited(_units(report, flip.norms), lang)
        groups.setdefault((units, word(flip.old, lang), word(flip.new, lang)), []).append(flip.file)
    rows = tuple((*key, str(len(files)), min(files)) for key, files in groups.items())
    heads = tuple(word(key, lang) for key in ("unit", "was", "now", "files", "such_as"))
    return Table(word("flips", lang), heads, rows[:MOST], _rest(len(rows), lang))


def _units(report: AmendReport, norms: Iterable[str]) -> tuple[str, ...]:
    assert report.new is not None
    known = {norm.id: norm.unit for norm in (*report.new.old.norms, *report.new.law.norms)}
    return tuple(dict.fromkeys(report.new.name(known.get(norm, norm)) for norm in norms))


def _rest(count: int, lang: Lang) -> tuple[str, ...]:
    return (word("more", lang, count=str(count - MOST)),) if count > MOST else ()


def _theorems(report: AmendReport, lang: Lang) -> Table:
    results = {"proved": "proved", "refuted": "refuted", "open": "undecided"}
    rows = tuple(
        (each.id, each.says[lang], word(results[each.old], lang), word(results[each.new], lang))
        for each in report.theorems
        if each.flipped
    )
    return Table(word("theorems", lang), ("", *(word(key, lang) for key in ("statement", "was", "now"))), rows)


def _moved(report: AmendReport, lang: Lang) -> Table:
    rows = []
    for each in report.moved:
        low, high = (format_iso(day) for day in each.cohort)
        days = low if low == high else f"{low} … {high}"
        position = each.says[lang].replace("{day}", "D")
        if position == each.says[lang]:
            days = ""
        act = each.act_says[lang] or word("nothing_done", lang)
        rows.append((days, position, act, word(each.effect, lang)))
    heads = ("D", *(word(key, lang) for key in ("position", "act", "effect")))
    day = report.day.isoformat() if report.day else ""
    return Table(word("transition", lang, day=day), heads, tuple(rows))


def _register(report: AmendReport, lang: Lang) -> Iterator[Table]:
    found = report.register
    if found is None:
        return
    size = word("register_size", lang, officers=str(found.officers), rows=str(found.rows),
                as_of=format_iso(found.as_of))  # fmt: skip
    notes = [size, *([word("left_out", lang, count=str(found.left_out))] if found.left_out else [])]
    notes += [f"{count}: {say(code, {}, lang)}" for code, count in found.put_aside.items()]
    yield Table(word("register", lang, file=found.file), (), (), tuple(notes))
    heads = tuple(word(key, lang) for key in ("unit", "direction", "officers", "such_as"))
    for key, regime in (("first", found.first_day), ("always", found.always)):
        if regime is not None:
            rows = tuple((cited((t.unit,), lang), word(t.direction, lang), str(t.officers), ", ".join(t.examples))
                         for t in regime.turns)  # fmt: skip
            heading = word(key, lang, day=format_iso(regime.as_of))
            yield Table(heading, heads, rows, (word("touched", lang, count=str(regime.officers)),))


def _redline(report: AmendReport) -> tuple[Quote, ...]:
    return tuple(
        Quote(change.unit, excerpt(change)) for change in report.text.redline if change.status != "moved"
    )  # fmt: skip


__all__ = ["Card", "Comparison", "Item", "Table", "Told", "View", "title_of", "view_of"]
