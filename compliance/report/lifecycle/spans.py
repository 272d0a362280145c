"""What pictures of one story share: how long each state lasted, and the days that are worth a mark."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from attrs import frozen

from compliance.check.chronicle import Chronicle
from compliance.check.lifecycle.way import Way
from compliance.norm.vocabulary import Words


@frozen
class Span:
    """A state of one graph, from a day up to another one."""

    state: str
    words: Words
    first: str
    until: str


@frozen
class Watch:
    """A day to watch: the last day of a duty that is open, or one that a stay brings."""

    day: str
    words: Words
    open: bool


def spans(way: Way, story: Chronicle) -> tuple[Span, ...]:
    """The states of a way with their days; the one before the first act is left out, and so is one
    that is over on its first day; loops change nothing.
    """
    changes = [leg for leg, before in zip(way.legs, (way.start, *(leg.state for leg in way.legs)), strict=False)
               if leg.state != before]  # fmt: skip
    ends = [later.day for _, later in pairwise(changes)] + [max(story.as_of, *(leg.day for leg in changes), "")]
    found = [Span(leg.state, leg.words, leg.day, end) for leg, end in zip(changes, ends, strict=False)]
    return tuple(span for span in found if span.first < span.until or span is found[-1])


def watches(story: Chronicle) -> tuple[Watch, ...]:
    """The days to watch, in order, each once."""
    return tuple(sorted(dict.fromkeys(_watches(story)), key=lambda watch: (watch.day, watch.words.en)))


def _watches(story: Chronicle) -> Iterator[Watch]:
    for duty in (*story.result.pending, *story.result.ahead):
        yield Watch(duty.by, duty.citation, True)
    for moment in story.moments:
        for mark in moment.marks:
            if mark.standing != "kept":
                yield Watch(mark.day, mark.citation, mark.standing == "open")
