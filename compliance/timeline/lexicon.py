"""What the readers of records know of the law: its vocabulary and the names of its readings, units and versions."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import frozen

from compliance.norm.vocabulary import Vocabulary, Words
from compliance.source.suggest import did_you_mean, fold


@frozen
class Lexicon:
    """The words a record may use. What is None is not checked."""

    vocabulary: Vocabulary
    readings: Mapping[str, Collection[str]] | None = None
    units: Collection[str] | None = None
    laws: Collection[str] | None = None


def nearest(word: str, known: Mapping[str, Words]) -> str | None:
    """The known name nearest to a word, which may also be what the name means in either language."""
    for name, words in known.items():
        if fold(word) in (fold(words.en), fold(words.ru), fold(words.en.removeprefix("the "))):
            return name
    return did_you_mean(word, known)
