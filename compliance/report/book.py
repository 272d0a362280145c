"""What a report borrows from the law: official words, citations and the words of readings, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from compliance.norm.vocabulary import Lang, Words

if TYPE_CHECKING:
    from compliance.law.model import Law


@frozen
class Book:
    """Words to print beside ids. An empty book is allowed: reports then show the ids alone."""

    texts: Mapping[str, Words] = field(factory=dict)
    """The words of each unit, the official ones in Russian."""
    notes: Mapping[str, Words] = field(factory=dict)
    questions: Mapping[str, Words] = field(factory=dict)
    """What each reading asks."""
    values: Mapping[str, Mapping[str, Words]] = field(factory=dict)
    """What each value of a reading means."""

    def value(self, reading: str, value: str, lang: Lang) -> str:
        """A value with what it answers: `inclusive (is the named day still in time: yes)`."""
        words, question = self.values.get(reading, {}).get(value), self.questions.get(reading)
        told = [each[lang] for each in (question, words) if each]
        return f"{value} ({': '.join(told)})" if words else value

    def text(self, unit: str, lang: Lang, limit: int) -> str | None:
        """The beginning of a unit's words, cut between two words."""
        words = self.texts.get(unit)
        return shorten(words[lang], limit) if words else None


def book_of(law: Law) -> Book:
    """The words of a law."""
    return Book(
        texts={id: unit.text for id, unit in law.units.items()},
        notes={id: unit.note for id, unit in law.units.items() if unit.note},
        questions={id: reading.question for id, reading in law.readings.items()},
        values={id: reading.values for id, reading in law.readings.items()},
    )


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters of a text on one line, cut between words, with an ellipsis where it was cut."""
    plain = " ".join(text.split())
    if len(plain) <= limit:
        return plain
    head = plain[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:-–") + "…"
