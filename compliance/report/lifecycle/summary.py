"""What a verification comes to, for every form of the report."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.calendar.days import format_iso
from compliance.check.lifecycle.verify import SLOTS, Fewest, Missing, Partition, Taken, Verification, is_good
from compliance.law.lifecycle.model import Graph, Step
from compliance.law.lifecycle.structure import fewest_days, structure
from compliance.norm.vocabulary import Lang
from compliance.report.lifecycle.words import say
from compliance.smt.symbolic import FIRST, LAST


def reach(graph: Graph, verification: Verification | None, source: str, target: str) -> int | None:
    """A lower bound of the days from state to state; 0 for any way where nothing was verified."""

    def days(step: Step) -> int | None:
        if verification is None:
            return 0
        fewest = verification.fewest(step)
        return fewest.days if fewest else None

    return fewest_days(graph, source, target, days)


def lost(graph: Graph, verification: Verification | None) -> list[str]:
    """States that cannot be reached: in the graph as drawn, or by the steps that were verified."""
    return [each for each in graph.states if reach(graph, verification, graph.start, each) is None]


def stuck(graph: Graph, verification: Verification | None) -> list[str]:
    """States without a way on."""
    if verification is None:
        return list(structure(graph).dead_ends)
    return [each for each in graph.states if not any(_is_way(step, verification) for step in graph.out_of(each))]


def _is_way(step: Step, verification: Verification) -> bool:
    taken = verification.taken(step)
    return not step.is_loop and taken is not None and is_good(taken)


def cells(graph: Graph, verification: Verification) -> Iterator[tuple[str, list[str]]]:
    """The matrix of the fewest days, a row a state."""
    for source in graph.states:
        days = {target: reach(graph, verification, source, target) for target in graph.states}
        yield source, ["·" if t == source else "-" if n is None else str(n) for t, n in days.items()]


def summary(verification: Verification, lang: Lang) -> Iterator[str]:
    """The bounds of the search and the counts of its answers, line by line."""
    bounds = {"slots": str(SLOTS), "first": format_iso(FIRST), "last": format_iso(LAST)}
    fixed = ", ".join(f"{name} = {value}" for name, value in verification.fixed.items())
    yield say("bounds", lang, **bounds, readings=fixed or say("default_readings", lang))
    taken = [f for f in verification.findings if isinstance(f, Taken)]
    missing = [f for f in verification.findings if isinstance(f, Missing)]
    states = [f for f in verification.findings if isinstance(f, Partition)]
    count = say("of", lang, count=str(sum(map(is_good, taken))), all=str(len(taken)))
    yield f"{say('taken', lang)}: {count}"
    bad, every = sum(not is_good(each) for each in missing), str(len(missing))
    words = say("some_lawful", lang, bad=str(bad), count=every) if bad else say("none_lawful", lang, count=every)
    yield f"{say('missing', lang)}: {words}"
    yield f"{say('exactly_one', lang)}: {say('yes' if all(map(is_good, states)) else 'no', lang)}"


def long_waits(verification: Verification) -> tuple[Fewest, ...]:
    """The steps that cannot follow on the next day."""
    found = (f for f in verification.findings if isinstance(f, Fewest))
    return tuple(fewest for fewest in found if fewest.days is not None and fewest.days > 1)
