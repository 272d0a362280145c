"""A story: one file, its officers, and what is asked about each of them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from compliance.calendar.days import NEVER
from compliance.norm.vocabulary import Lang, Vocabulary, Words
from compliance.source.loc import Place
from compliance.timeline.describe import describe
from compliance.timeline.expectation import Expectation
from compliance.timeline.model import Days, Slot, Timeline
from compliance.timeline.windows import place_in_time


@frozen
class Case:
    """The record of one officer with what is asked of it. Its timeline is not yet placed in a version of the law."""

    file: str
    officer_id: str
    timeline: Timeline
    as_of: int
    vocabulary: Vocabulary = field(eq=False, repr=False)
    propose: tuple[Slot, ...] | None = None
    """Events that have not happened, numbered on from those of the timeline."""
    readings: Mapping[str, str] = field(factory=dict)
    """The readings that the record fixes."""
    law: str | None = None
    """The version that the record fixes; by default each event is judged by the version of its day."""
    published: int | None = None
    """The day of first official publication, where the record gives it."""
    expect: Expectation | None = None
    place: Place | None = field(default=None, eq=False, repr=False)
    places: Mapping[str, Place] = field(factory=dict, eq=False, repr=False)
    """Where the officer and the positions stand, by path."""

    def describe(self, path: str, lang: Lang) -> str:
        """What an uncertain fact is, in the words of the vocabulary; the path itself where it names nothing."""
        slots = (*self.timeline.slots, *(self.propose or ()))
        return describe(path, lang, self.vocabulary, slots, self.places)

    def in_window(self, in_force: int | Days, replaced: int = NEVER) -> Case:
        """The case with its timeline placed in a version of the law; `law` fixed means at all times."""
        judgements = frozenset(kind.name for kind in self.vocabulary.kinds.values() if kind.judgement)
        if self.law is not None:
            return evolve(self, timeline=evolve(self.timeline, in_force=1, replaced=NEVER))
        return evolve(self, timeline=place_in_time(self.timeline, in_force, replaced, undated=judgements))


@frozen
class Scenario:
    """A file with its cases, one an officer."""

    file: str
    title: Words
    cases: tuple[Case, ...]
    expect: Expectation | None = None
    """What is expected of the whole file, where it has several officers; else each case has its own."""
    several: bool = False
    """Whether the file is written with `officers:`."""
