"""One question to both engines: the one that is likely to answer first, then the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from attrs import define, field, frozen

from compliance.smt.query import Answer, Found, GaveUp, NoStory, Query, Story
from compliance.smt.search import Search, search, search_again, search_all, search_plain
from compliance.smt.unbounded.engine import Engine
from compliance.smt.world import World


@frozen(eq=False)
class Decision:
    """An answer, the engine where it was asked, and up to how many events of a kind there is certainly no story."""

    answer: Answer
    engine: Engine | None = None
    slots: int = 0


@define(eq=False)
class Worlds:
    """Worlds that are kept for further questions, with axioms of the same names: whether there is a story, any story.

    What was encoded and learned for one question serves the next, so the story is not that of a world of its own.
    In a world that was asked `few` questions all axioms are looked at together, and as many events as there is room
    for: then a question is one call or two.
    """

    few: int = 6
    searches: dict[tuple[object, ...], dict[int, Search]] = field(factory=dict)
    """By what is the same for all questions of a world; the program is kept, so its identity does not pass on."""
    asked: Counter[tuple[object, ...]] = field(factory=Counter)
    last: World | None = None
    """That of the last engine."""

    def search(self, query: Query, slots: tuple[int, ...], start: tuple[str, ...]) -> Found:
        """A story among plain records, if there is one."""
        name = (id(query.program), *sorted(query.readings.items()))
        self.asked[name] += 1
        kept = self.searches.setdefault(name, {})
        if self.asked[name] <= self.few:
            return search_again(kept, query, slots, start)
        return search_again(kept, query, slots[1:] or slots, tuple(query.axioms), sparing=False)


def decide(
    query: Query,
    story_first: bool,
    slots: tuple[int, ...],
    start: Iterable[str] = (),
    kept: Worlds | None = None,
    blamed: tuple[str, ...] = (),
) -> Decision:
    """`start` are axioms that are likely to matter: a search switches them on at once, as the engine does `blamed`.

    `kept` are worlds of other questions about the same law, for when the story itself does not matter.
    """
    started = tuple(name for name in start if name in query.axioms)
    if story_first:
        plain = search_plain(query, slots, start=started) if kept is None else kept.search(query, slots, started)
        if isinstance(plain, Story):
            return Decision(plain)
        blamed = plain.core if isinstance(plain, NoStory) else ()
    engine = Engine(query, query.preferred, beside=kept.last if kept else None)
    answer = engine.run(blamed)
    if kept:
        kept.last = engine.world
    if not isinstance(answer, GaveUp):
        return Decision(answer, engine)
    found = search_all(query, slots, start=started) if story_first else search(query, slots)
    if isinstance(found, Story):
        return Decision(found)
    return Decision(answer, engine, found.slots if isinstance(found, NoStory) else 0)


__all__ = ["Decision", "Worlds", "decide"]
