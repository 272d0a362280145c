"""A story as a Mermaid chart: states as bars, events and days to watch as milestones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from compliance.check.chronicle import Chronicle
from compliance.norm.vocabulary import Lang
from compliance.report.lifecycle.diagrams import plain
from compliance.report.lifecycle.spans import spans, watches
from compliance.report.lifecycle.words import say

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def story_mermaid(stories: Sequence[Chronicle], lang: Lang) -> str:
    """One chart an officer."""
    return "\n".join("\n".join(_chart(story, lang)) + "\n" for story in stories)


def _chart(story: Chronicle, lang: Lang) -> Iterator[str]:
    yield "gantt"
    yield f"  title {plain(f'{story.officer} · {story.title[lang]}')}"
    yield "  dateFormat YYYY-MM-DD"
    yield f"  section {plain(say('events', lang))}"
    for moment in story.moments:
        day = _DAY.search(moment.date)
        if day is not None:
            yield f"  {plain(moment.words[lang])} :{'' if moment.certain else 'active, '}milestone, {day.group()}, 0d"
    for way in story.ways:
        found = spans(way, story)
        if found:
            yield f"  section {plain(way.words[lang])}"
        for span in found:
            yield f"  {plain(span.words[lang])} :{span.first}, {span.until}"
    found_days = watches(story)
    if found_days:
        yield f"  section {plain(say('deadlines', lang))}"
    for watch in found_days:
        yield f"  {plain(watch.words[lang])} :{'' if watch.open else 'crit, '}milestone, {watch.day}, 0d"
