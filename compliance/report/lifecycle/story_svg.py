"""A story as an SVG picture: events in order of days, beside them the states of both graphs and the days to watch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten, wrap
from typing import Final
from xml.sax.saxutils import escape

from attrs import frozen

from compliance.check.chronicle import Chronicle
from compliance.check.lifecycle.way import Way
from compliance.norm.vocabulary import Lang
from compliance.report.lifecycle.spans import Span, spans, watches
from compliance.report.lifecycle.words import say

WIDTH: Final = 1000
MARGIN: Final = 28
AXIS: Final = 128
WORDS: Final = 150
BANDS: Final = 600
BAND: Final = 178
LINE: Final = 17
ROOM: Final = 13
CHARACTERS: Final = 62
TINTS: Final = ("#dbe9f6", "#e3f1df", "#fbeed3", "#f5dfdf", "#e9e2f3", "#dff0f0")

STYLE: Final = """
text { font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1b2733; }
.head { font-size: 17px; font-weight: 600; }
.bold { font-weight: 600; }
.small { font-size: 11.5px; fill: #526272; }
.late { fill: #a52222; }
.axis { stroke: #b4c0cb; stroke-width: 2; }
.dot { fill: #2f5d8a; }
.open { fill: #ffffff; stroke: #2f5d8a; stroke-width: 1.6; }
.mark { fill: #ffffff; stroke: #b07a12; stroke-width: 1.6; }
.now { stroke: #8a98a6; stroke-dasharray: 4 4; }
"""


@frozen
class Row:
    """What stands on one line of the picture: a day, its words, and what is smaller below."""

    day: str
    shown: str
    words: str
    details: tuple[str, ...]
    sign: str
    rank: int

    @property
    def height(self) -> int:
        return LINE * (1 + len(self.details)) + ROOM


def story_svg(stories: Sequence[Chronicle], lang: Lang) -> str:
    """All officers of a file, one below the other."""
    parts: list[str] = []
    y = MARGIN
    for story in stories:
        drawn = list(_story(story, y, lang))
        y = drawn[-1][0] + 2 * MARGIN
        parts += [text for _, text in drawn]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}">'
    return "\n".join([head, f"<style>{STYLE}</style>", f'<rect width="{WIDTH}" height="{y}" fill="#ffffff"/>',
                      *parts, "</svg>"]) + "\n"  # fmt: skip


def _story(story: Chronicle, top: int, lang: Lang) -> Iterator[tuple[int, str]]:
    """The elements, each with the height at which the picture ends so far."""
    title = shorten(f"{story.officer} · {story.title[lang]}", 110, placeholder=" …")
    yield top, f'<text class="head" x="{MARGIN}" y="{top + 6}">{escape(title)}</text>'
    y = top + 66
    for number, way in enumerate(story.ways):
        x = BANDS + number * (BAND + 12)
        yield y, f'<text class="small bold" x="{x}" y="{y - 22}">{escape(way.words[lang])}</text>'
    rows = sorted(_rows(story, lang), key=lambda row: (row.day, row.rank))
    places: list[tuple[str, int]] = []
    end = y
    for row in rows:
        places.append((row.day, end))
        end += row.height
    yield end, f'<line class="axis" x1="{AXIS}" y1="{y - 8}" x2="{AXIS}" y2="{end}"/>'
    for number, way in enumerate(story.ways):
        yield from ((end, text) for text in _band(way, story, places, end, number, lang))
    for row, (_, place) in zip(rows, places, strict=True):
        yield from ((end, text) for text in _row(row, place))


def _rows(story: Chronicle, lang: Lang) -> Iterator[Row]:
    for moment in story.moments:
        details = "; ".join(each[lang] for each in moment.details)
        lines = wrap(details, CHARACTERS, max_lines=2, placeholder=" …")
        yield Row(moment.date[:10], moment.date, moment.words[lang], tuple(lines), _sign(moment.certain), 0)
    turns = [leg for way in story.ways for leg in way.legs if not leg.events]
    for leg in turns:
        yield Row(leg.day, leg.day, leg.step[lang] if leg.step else leg.words[lang], (), "open", -1)
    for watch in watches(story):
        words = f"{say('last_day', lang)}: {watch.words[lang]}"
        yield Row(watch.day, watch.day, words, (), "mark" if watch.open else "mark late", 2)
    yield Row(story.as_of, story.as_of, say("as_of", lang, day=story.as_of), (), "now", 3)


def _sign(certain: bool) -> str:
    return "dot" if certain else "open"


def _row(row: Row, y: int) -> Iterator[str]:
    if row.sign == "now":
        yield f'<line class="now" x1="{MARGIN}" y1="{y - 4}" x2="{BANDS - 20}" y2="{y - 4}"/>'
        yield f'<text class="small" x="{WORDS}" y="{y + 12}">{escape(row.words)}</text>'
        return
    late = " late" if "late" in row.sign else ""
    yield f'<text class="bold{late}" x="{MARGIN}" y="{y + 4}">{escape(shorten(row.shown, 14, placeholder="…"))}</text>'
    if row.sign.startswith("mark"):
        yield f'<path class="mark" d="M{AXIS},{y - 7} l7,7 l-7,7 l-7,-7 z"/>'
    else:
        yield f'<circle class="{row.sign}" cx="{AXIS}" cy="{y}" r="5.5"/>'
    words = shorten(row.words, CHARACTERS, placeholder=" …")
    yield f'<text class="{late.strip()}" x="{WORDS}" y="{y + 4}">{escape(words)}</text>'
    for number, text in enumerate(row.details, 1):
        yield f'<text class="small" x="{WORDS}" y="{y + 3 + LINE * number}">{escape(text)}</text>'


def _band(
    way: Way, story: Chronicle, places: Sequence[tuple[str, int]], end: int, number: int, lang: Lang
) -> Iterator[str]:
    x = BANDS + number * (BAND + 12)
    tints = {state: TINTS[n % len(TINTS)] for n, state in enumerate(dict.fromkeys(s.state for s in spans(way, story)))}
    for span in spans(way, story):
        top, bottom = _stretch(span, story, places, end)
        height = max(bottom - top - 3, LINE)
        yield f'<rect x="{x}" y="{top}" width="{BAND}" height="{height}" rx="4" fill="{tints[span.state]}"/>'
        words = shorten(span.words[lang], 26, placeholder=" …")
        yield f'<text class="small" x="{x + 8}" y="{top + 13}">{escape(words)}</text>'


def _stretch(span: Span, story: Chronicle, places: Sequence[tuple[str, int]], end: int) -> tuple[int, int]:
    """From the row of the first day of a state to that of the next state; states that go on end at `as_of`."""
    top = next((y for day, y in places if day >= span.first), end) - 10
    last = span.until >= story.as_of
    bottom = next((y for day, y in places if (day > span.until if last else day >= span.until)), end) - 10
    return top, bottom


__all__ = ["story_svg"]
