"""The tree of units of a law as it stands: its official Russian words in their order, chapter headings among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compliance.amend.tree import Tree, from_pairs
from compliance.law.written import Chapter, Unit, Written


def tree_of(law: Written) -> Tree:
    """The tree of a law; a chapter's heading stands before the first unit of its first point."""
    return from_pairs(_pairs(law.chapters, law.units.values()))


def _pairs(chapters: Iterable[Chapter], units: Iterable[Unit]) -> Iterator[tuple[str, str]]:
    waiting = {chapter.first: chapter for chapter in chapters}
    for unit in units:
        chapter = waiting.pop(unit.id.partition(".")[0], None)
        if chapter is not None:
            yield chapter.id, chapter.text.ru
        yield unit.id, unit.text.ru
