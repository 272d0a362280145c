"""One question to both engines: the one that is likely to answer first, then the other."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from compliance.smt.natural import Natural
from compliance.smt.query import Answer, GaveUp, NoStory, Query, Story
from compliance.smt.search import Search
from compliance.smt.symbolic import symbolic
from compliance.smt.unbounded.engine import Engine


@frozen(eq=False)
class Decision:
    """An answer, the engine where it was asked, and up to how many events of a kind there is certainly no story."""

    answer: Answer
    engine: Engine | None = None
    slots: int = 0


def decide(query: Query, story_first: bool, slots: tuple[int, ...], start: Iterable[str] = ()) -> Decision:
    """`start` are axioms that are likely to matter: they are switched on at once."""
    preferred = query.preferred
    started = tuple(name for name in start if name in query.axioms)
    if not story_first:
        engine = Engine(query, preferred)
        answer = engine.run()
        if not isinstance(answer, GaveUp):
            return Decision(answer, engine)
        story, searched = _search(query, preferred, slots, started)
        return Decision(story or answer, engine, searched)
    story, searched = _search(query, preferred, slots, started)
    if story is not None:
        return Decision(story)
    engine = Engine(query, preferred)
    return Decision(engine.run(), engine, searched)


def _search(
    query: Query, preferred: Natural, slots: tuple[int, ...], start: tuple[str, ...]
) -> tuple[Story | None, int]:
    searched = 0
    for count in slots:
        timeline = symbolic(query.program.vocabulary, query.program.vocabulary.kinds, count)
        found = Search(query, timeline, preferred, count, start=start).run()
        if isinstance(found, Story):
            return found, searched
        if isinstance(found, NoStory):
            searched = count
    return None, searched


__all__ = ["Decision", "decide"]
