"""One question to both engines: the one that is likely to answer first, then the other."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from compliance.smt.query import Answer, GaveUp, NoStory, Query, Story
from compliance.smt.search import Search, search, search_again, search_all, search_plain
from compliance.smt.unbounded.engine import Engine


@frozen(eq=False)
class Decision:
    """An answer, the engine where it was asked, and up to how many events of a kind there is certainly no story."""

    answer: Answer
    engine: Engine | None = None
    slots: int = 0


def decide(
    query: Query,
    story_first: bool,
    slots: tuple[int, ...],
    start: Iterable[str] = (),
    kept: dict[int, Search] | None = None,
) -> Decision:
    """`start` are axioms that are likely to matter: a search switches them on at once.

    `kept` are worlds of other questions about the same theorem, for when the story itself does not matter.
    """
    started = tuple(name for name in start if name in query.axioms)
    if story_first:
        plain = search_plain(query, slots, start=started) if kept is None else search_again(kept, query, slots, started)
        if isinstance(plain, Story):
            return Decision(plain)
    engine = Engine(query, query.preferred)
    answer = engine.run()
    if not isinstance(answer, GaveUp):
        return Decision(answer, engine)
    found = search_all(query, slots, start=started) if story_first else search(query, slots)
    if isinstance(found, Story):
        return Decision(found)
    return Decision(answer, engine, found.slots if isinstance(found, NoStory) else 0)


__all__ = ["Decision", "decide"]
