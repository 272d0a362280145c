"""An officer's story for a terminal and for programs: events, the days that bind them, and the stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from compliance.check.chronicle import Chronicle, Mark, Moment, Stay
from compliance.check.lifecycle.way import Leg, Way
from compliance.norm.vocabulary import Lang, Words
from compliance.report import speech
from compliance.report.jsonform import dump
from compliance.report.lifecycle.words import say
from compliance.report.phrases import phrase, verdict_word
from compliance.report.text import NARROW, Page, row, styled, to_text, verdict_text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

SCHEMA: Final = "reserve.show/1"
_STANDING: Final = {"kept": "green", "missed": "bold red", "open": "yellow"}


def show_text(stories: Sequence[Chronicle], page: Page) -> str:
    """The stories of one file, one below the other."""
    return to_text(_parts(stories, page), page)


def _parts(stories: Sequence[Chronicle], page: Page) -> Iterator[RenderableType]:
    for number, story in enumerate(stories):
        if number:
            yield ""
        yield from _story(story, page)


def _story(story: Chronicle, page: Page) -> Iterator[RenderableType]:
    lang = page.lang
    title = " · ".join(part for part in (story.officer, story.title[lang], story.file) if part)
    yield styled(title, "bold")
    verdict = verdict_text(story.result.verdict, lang)
    yield styled("  ", "").append_text(verdict).append(f"  {phrase('as_of', lang, day=story.as_of)}")
    if story.facts:
        yield row(phrase("officer", lang), _listed(story.facts, lang), page)
    for name, words in story.posts:
        yield row(phrase("post", lang), f"{name}: {_listed(words, lang)}", page)
    yield ""
    for moment in story.moments:
        yield from _moment(moment, _belongs(moment, story, lang), page)
    yield ""
    yield from _stays(story, page)
    for way in story.ways:
        yield row(way.words[lang], "\n".join(_way_lines(way, lang)), page, "cyan")
    for duty in story.result.pending:
        yield row(phrase("is_pending", lang), speech.duty(duty, lang), page, "yellow")
    for duty in story.result.ahead:
        yield row(phrase("is_ahead", lang), speech.duty(duty, lang), page, "dim")
    for fact in story.result.missing:
        yield row(phrase("missing", lang), f"{fact.path}: {fact.words[lang]}", page, "magenta")
    if story.example:
        yield styled(f"  {phrase('by_example', lang)}", "dim")


def _listed(words: Sequence[Words], lang: Lang) -> str:
    return "; ".join(each[lang] for each in words)


def _belongs(moment: Moment, story: Chronicle, lang: Lang) -> str:
    """To which sending or enrolment an act belongs."""
    other = next((each for each in story.moments if each.index == moment.belongs_to), None)
    return say("belongs", lang, words=other.words[lang], day=other.date) if other else ""


def _moment(moment: Moment, belongs: str, page: Page) -> Iterator[RenderableType]:
    lang = page.lang
    head = styled(moment.words[lang], "" if moment.certain else "magenta")
    if not moment.certain:
        head.append(f" ({phrase('may_have', lang)})")
    for unit, verdict in moment.found:
        head.append("  ").append_text(verdict_text(verdict, lang)).append(f" {unit}")
    branches: list[Text] = [styled(_listed(moment.details, lang), "dim")] if moment.details else []
    branches += [styled(belongs, "dim")] if belongs else []
    branches += [_mark(mark, lang) for mark in moment.marks]
    if page.width < NARROW:
        yield styled(f"{moment.date}  ", "bold").append_text(head)
        yield from branches
        return
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=12)
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    grid.add_row(styled(moment.date, "bold"), "●", head)
    for branch in branches:
        grid.add_row("", "└" if branch is branches[-1] else "├", branch)
    yield grid


def _mark(mark: Mark, lang: Lang) -> Text:
    text = styled(f"{phrase(mark.bound, lang)} {mark.day}", "")
    text.append(f" {phrase(f'standing_{mark.standing}', lang)}", style=_STANDING[mark.standing])
    return text.append(f" · {mark.citation[lang]} ({mark.norm})", style="dim")


def _stays(story: Chronicle, page: Page) -> Iterator[RenderableType]:
    lang = page.lang
    for stay in story.stays:
        yield row(phrase("stay", lang), stay_words(stay, story.as_of, lang), page, "cyan")
    if not story.stays:
        yield row(phrase("stay", lang), phrase("no_stay", lang), page, "dim")


def stay_words(stay: Stay, as_of: str, lang: Lang) -> str:
    """A stay in one line: its days, its limit, and from when it opens the way to a higher post."""
    end = phrase("stay_until", lang, day=stay.end) if stay.end else phrase("stay_open", lang, day=as_of)
    parts = [phrase("stay_from", lang, day=stay.start), end]
    parts += [phrase("stay_limit", lang, day=stay.limit)] if stay.limit else []
    parts += [phrase("higher_post_from", lang, day=stay.higher_post_from)] if stay.higher_post_from else []
    return "; ".join(parts)


def way_words(way: Way, lang: Lang) -> str:
    """The way through a graph in one line: `the stay: outside the reserve → 2026-02-10 in the reserve (enrolment)`."""
    return f"{way.words[lang]}: {' → '.join(_way_lines(way, lang))}"


def _way_lines(way: Way, lang: Lang) -> list[str]:
    return [way.start_words[lang], *(f"{leg.day} {leg.words[lang]}{_reason(leg, lang)}" for leg in way.legs)]


def _reason(leg: Leg, lang: Lang) -> str:
    if leg.step is not None:
        return f" ({leg.step[lang]})"
    return f" ({say('several' if leg.known else 'no_step', lang)})"


# --- for programs ------------------------------------------------------------------------------------------------


def show_json(stories: Sequence[Chronicle]) -> str:
    """The same as JSON."""
    return dump({"schema": SCHEMA, "officers": [_story_json(story) for story in stories]})


def _story_json(story: Chronicle) -> dict[str, Any]:
    return {
        "file": story.file,
        "officer": story.officer,
        "title": _words(story.title),
        "as_of": story.as_of,
        "verdict": story.result.verdict,
        "example": story.example,
        "facts": [_words(words) for words in story.facts],
        "positions": {name: [_words(each) for each in words] for name, words in story.posts},
        "events": [_moment_json(moment) for moment in story.moments],
        "stays": [
            {"from": stay.start, "until": stay.end, "limit": stay.limit, "higher_post_from": stay.higher_post_from,
             "event": stay.index} for stay in story.stays
        ],
        "lifecycle": [_way_json(way) for way in story.ways],
    }  # fmt: skip


def _way_json(way: Way) -> dict[str, Any]:
    legs = [
        {"date": leg.day, "state": leg.state, "events": list(leg.events), "known": leg.known,
         "step": _words(leg.step) if leg.step else None, "units": list(leg.units)} for leg in way.legs
    ]  # fmt: skip
    return {"graph": way.graph, "start": way.start, "way": legs}


def _moment_json(moment: Moment) -> dict[str, Any]:
    return {
        "date": moment.date, "index": moment.index, "type": moment.event, "words": _words(moment.words),
        "details": [_words(words) for words in moment.details], "line": moment.line, "certain": moment.certain,
        "belongs_to": moment.belongs_to,
        "days": [
            {"unit": mark.unit, "norm": mark.norm, "bound": mark.bound, "day": mark.day, "standing": mark.standing}
            for mark in moment.marks
        ],
        "findings": [{"unit": unit, "verdict": verdict} for unit, verdict in moment.found],
    }  # fmt: skip


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "ru": words.ru}


def show_markdown(stories: Sequence[Chronicle], lang: Lang) -> str:
    """The same as Markdown tables."""
    from compliance.report.markdown import escape

    lines: list[str] = []
    for story in stories:
        lines += [f"# {escape(f'{story.officer} · {story.title[lang]}')}", "", escape(story.file), ""]
        lines += [f"| {' | '.join(phrase(key, lang) for key in ('date', 'event', 'details'))} |", "| --- | --- | --- |"]
        for moment in story.moments:
            days = [_mark(mark, lang).plain for mark in moment.marks]
            days += [f"{verdict_word(verdict, lang)}: {unit}" for unit, verdict in moment.found]
            cells = (moment.date, moment.words[lang], "; ".join([*(each[lang] for each in moment.details), *days]))
            lines.append(f"| {' | '.join(map(escape, cells))} |")
        lines += ["", *(f"- {escape(stay_words(stay, story.as_of, lang))}" for stay in story.stays)]
        lines += [*(f"- {escape(way_words(way, lang))}" for way in story.ways), ""]
    return "\n".join(lines).rstrip() + "\n"
