"""A report on an amendment as what a page shows, in one language: cards of findings, tables, words with marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from compliance.amend.effect.ask import story_json
from compliance.amend.effect.life import Lost
from compliance.amend.effect.quotes import Quote, excerpt
from compliance.amend.effect.report import AmendReport
from compliance.amend.effect.sizes import Size
from compliance.amend.finding import Says
from compliance.calendar.days import format_iso
from compliance.law.anchors import AnchoredValue
from compliance.law.lifecycle.model import Step
from compliance.norm.phrases import say_day, say_period, say_quarter_day
from compliance.norm.types import QuarterDay
from compliance.norm.vocabulary import Lang
from compliance.report.amend_cards import Card, Cards, Item, readings_in_words, story_of, title_of
from compliance.report.amend_story import Lines, cited
from compliance.report.amend_words import quoted, word
from compliance.source.diagnostic import Diagnostic, say

MOST: Final = 12
"""Of like things so many are shown; the JSON has all."""


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
    comparison = _comparison(report, lang)
    shown = {told.lines: told.heading for told in comparison.stories} if comparison else {}
    cards = tuple(Cards(report, lang, shown).all()) if report.applicable else ()
    return View(
        title=report.text.package.title[lang] or report.text.package.name,
        verdict=report.verdict,
        line=_line(report, cards, lang),
        in_force=_in_force(report, lang),
        problems=tuple(_problem(each, lang) for each in (*report.text.diagnostics, *report.problems)),
        cards=cards,
        comparison=comparison,
        tables=tuple(table for table in _tables(report, lang) if table.rows or table.notes),
        redline=_redline(report),
        left_alone=cited(tuple(report.text.left_alone), lang),
        not_checked=tuple(quoted(said.say(lang), lang) for said in _unchecked(report)),
    )


def _line(report: AmendReport, cards: Sequence[Card], lang: Lang) -> str:
    if not report.applicable:
        return word("unapplied", lang)
    counts = [(weight, sum(card.weight == weight for card in cards)) for weight in ("reject", "warn", "note")]
    said = ", ".join(f"{word(f'tag_{weight}', lang)}: {count}" for weight, count in counts if count)
    return f"{word(report.verdict, lang)}{f' ({said})' if said else ''}"


def _unchecked(report: AmendReport) -> tuple[Says, ...]:
    """What was not checked; where nothing was, the line of the verdict says so."""
    return (*report.text.not_checked, *report.not_checked) if report.applicable else ()


def _in_force(report: AmendReport, lang: Lang) -> str:
    if report.day is None:
        return word("no_day", lang)
    return word("in_force", lang, day=say_day(report.day.toordinal(), lang))


def _problem(each: Diagnostic, lang: Lang) -> str:
    where = f"{each.place}: " if each.place else ""
    hint = f" ({word('meant', lang, words=each.suggestion)})" if each.suggestion else ""
    return f"{where}{quoted(say(each.code, each.fields, lang) + hint, lang)}"


# the comparison -----------------------------------------------------------------------------------------------


def _comparison(report: AmendReport, lang: Lang) -> Comparison | None:
    found, new = report.comparison, report.new
    if found is None or new is None:
        return None
    notes = [word("bounded", lang)] if found.bounded else []
    notes += _under_and_by(report, lang)
    if report.followed is not None:
        notes.append(word("followed", lang, relation=word(f"short_{report.followed.relation}", lang)))
    if new.unformalised and not any(finding.code == "NOT_FORMALISED" for finding in report.findings):
        units = cited(tuple(new.name(unit) for unit in new.unformalised), lang)
        notes.append(word("units_not_formalised", lang, units=units))
    rows = tuple((_facet(report, facet.name, facet.words[lang], lang), word(f"short_{facet.relation}", lang))
                 for facet in found.facets)  # fmt: skip
    sides = (("only_new", found.looser_side), ("only_old", found.stricter_side))
    stories = tuple(
        Told(word(name, lang), story_of(report, story_json(side.facts, new.law.vocabulary), lang))
        for name, side in sides
        if side.facts is not None
    )
    return Comparison(word(report.relation, lang), tuple(notes),
                      Table("", (word("side", lang), word("becomes", lang)), rows), stories)  # fmt: skip


def _under_and_by(report: AmendReport, lang: Lang) -> Iterator[str]:
    """The comparison under other readings, and the exact size of what changed."""
    for pair, relation in report.relations.items():
        fields = {"reading": readings_in_words(report, (pair,), lang), "relation": word(f"short_{relation}", lang)}
        yield say("logic.compare-under", fields, lang)
    for size in report.sizes:
        before, after = _size_words(report, size, lang)
        fields = {"units": cited((size.unit,), lang), "before": before, "after": after,
                  "says": size.says()[lang], "years": f"{size.first}-{size.last}"}  # fmt: skip
        yield say("logic.size", fields, lang)


def _size_words(report: AmendReport, size: Size, lang: Lang) -> tuple[str, str]:
    """A value before and after, in Russian in the words of the law."""
    known = report.new.parameters if report.new else {}
    if size.parameter not in known:
        return size.before, size.after
    before, after = known[size.parameter]
    return (before.words, after.words) if lang == "ru" else (_in_english(before.value), _in_english(after.value))


def _in_english(value: AnchoredValue) -> str:
    return say_quarter_day(value, "en") if isinstance(value, QuarterDay) else say_period(value, "en")


def _facet(report: AmendReport, name: str, words: str, lang: Lang) -> str:
    """A facet's words; one that has no name of its own is called by its unit."""
    return cited((report.new.name(name),), lang) if words == name and report.new else words


# tables -------------------------------------------------------------------------------------------------------


def _tables(report: AmendReport, lang: Lang) -> Iterator[Table]:
    yield _moved(report, lang)
    yield from _register(report, lang)
    yield _life(report, lang)
    yield _flips(report, lang)


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
        title = quoted(f"`{flip.title[lang]}`", lang) if flip.title[lang] else flip.file
        groups.setdefault((units, word(flip.old, lang), word(flip.new, lang)), []).append(title)
    rows = tuple((*key, str(len(titles)), titles[0]) for key, titles in groups.items())
    heads = tuple(word(key, lang) for key in ("unit", "was", "now", "files", "such_as"))
    return Table(word("flips", lang), heads, rows[:MOST], _rest(len(rows), lang))


def _units(report: AmendReport, norms: Iterable[str]) -> tuple[str, ...]:
    assert report.new is not None
    known = {norm.id: norm.unit for norm in (*report.new.old.norms, *report.new.law.norms)}
    return tuple(dict.fromkeys(report.new.name(known.get(norm, norm)) for norm in norms))


def _rest(count: int, lang: Lang) -> tuple[str, ...]:
    return (word("more", lang, count=str(count - MOST)),) if count > MOST else ()


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
    heads = tuple(word(key, lang) for key in ("day_d", "position", "act", "effect"))
    day = say_day(report.day.toordinal(), lang) if report.day else ""
    return Table(word("transition", lang, day=day), heads, tuple(rows))


def _register(report: AmendReport, lang: Lang) -> Iterator[Table]:
    found = report.register
    if found is None:
        return
    size = word("register_size", lang, officers=str(found.officers), rows=str(found.rows),
                as_of=say_day(found.as_of, lang))  # fmt: skip
    notes = [size, *([word("left_out", lang, count=str(found.left_out))] if found.left_out else [])]
    notes += [f"{count}: {say(code, {}, lang)}" for code, count in found.put_aside.items()]
    yield Table(word("register", lang, file=found.file), (), (), tuple(notes))
    heads = tuple(word(key, lang) for key in ("unit", "direction", "officers", "such_as"))
    for key, regime in (("first", found.first_day), ("always", found.always)):
        if regime is not None:
            rows = tuple((cited((t.unit,), lang), word(t.direction, lang), str(t.officers), ", ".join(t.examples))
                         for t in regime.turns)  # fmt: skip
            heading = word(key, lang, day=say_day(regime.as_of, lang))
            yield Table(heading, heads, rows, (word("touched", lang, count=str(regime.officers)),))


def _redline(report: AmendReport) -> tuple[Quote, ...]:
    return tuple(
        Quote(change.unit, excerpt(change)) for change in report.text.redline if change.status != "moved"
    )  # fmt: skip


__all__ = ["Card", "Comparison", "Item", "Table", "Told", "View", "title_of", "view_of"]
