"""One question to both engines: the one that is likely to answer first, then the other."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field, frozen

from compliance.smt.query import Answer, Found, GaveUp, NoStory, Query, Story
from compliance.smt.search import Search, search, search_again, search_all, search_plain
from compliance.smt.unbounded.engine import Engine


@frozen(eq=False)
class Decision:
    """An answer, the engine where it was asked, and up to how many events of a kind there is certainly no story."""

    answer: Answer
    engine: Engine | None = None
    slots: int = 0


@define(eq=False)
class Worlds:
    """Worlds that are kept for further questions of one program and readings, with axioms of the same names.

    What was encoded and learned for one question serves the next; so the story that is found is not the one of a
    world of its own.
    """

    sparing: bool = True
    """Whether stories are to have few events; else any will do, and all axioms are looked at together."""
    searches: dict[int, Search] = field(factory=dict)

    def search(self, query: Query, slots: tuple[int, ...], start: tuple[str, ...]) -> Found:
        """A story among plain records, if there is one."""
        start = start if self.sparing else tuple(query.axioms)
        return search_again(self.searches, query, slots, start, sparing=self.sparing)


def decide(
    query: Query,
    story_first: bool,
    slots: tuple[int, ...],
    start: Iterable[str] = (),
    kept: Worlds | None = None,
) -> Decision:
    """`start` are axioms that are likely to matter: a search switches them on at once.

    `kept` are worlds of other questions about the same theorem, for when the story itself does not matter.
    """
    started = tuple(name for name in start if name in query.axioms)
    blamed: tuple[str, ...] = ()
    if story_first:
        plain = search_plain(query, slots, start=started) if kept is None else kept.search(query, slots, started)
        if isinstance(plain, Story):
            return Decision(plain)
        blamed = plain.core if isinstance(plain, NoStory) else ()
    engine = Engine(query, query.preferred)
    answer = engine.run(blamed)
    if not isinstance(answer, GaveUp):
        return Decision(answer, engine)
    found = search_all(query, slots, start=started) if story_first else search(query, slots)
    if isinstance(found, Story):
        return Decision(found)
    return Decision(answer, engine, found.slots if isinstance(found, NoStory) else 0)


__all__ = ["Decision", "Worlds", "decide"]
