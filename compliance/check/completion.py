"""Some completion of an uncertain record, chosen plainly: the first possible value of each fact."""

from __future__ import annotations

from compliance.timeline.model import Choice, Days, OneOf, OpenItems, Timeline


def first_completion(timeline: Timeline) -> Choice:
    """Earliest days, first values, no items but the sure ones; acts that may be missing did not happen."""
    chosen: dict[str, int | str | bool | frozenset[str] | None] = {}
    for path, domain in timeline.unknowns().items():
        match domain:
            case Days(lo=lo):
                chosen[path] = lo
            case OneOf(values=values):
                chosen[path] = values[0]
            case OpenItems(sure=sure):
                chosen[path] = sure
            case None:
                chosen[path] = False
    return chosen
