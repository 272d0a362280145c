"""To which sending or enrolment each act belongs, by the definitions of the law that link acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from compliance.norm import ast
from compliance.norm.evaluate import Evaluator
from compliance.norm.facts import Event
from compliance.norm.types import EventType


@frozen
class Link:
    """A definition that links an act to another one; `act` is its parameter for the former."""

    definition: str
    act: str
    other: str


LINKS: Final = (Link("basis", "r", "m"), Link("of", "c", "m"), Link("follows", "c", "e"))
"""In this order: a decision and its materials, a step and its materials, what follows an enrolment."""


def belonging(evaluator: Evaluator) -> Mapping[int, int]:
    """The index of what an act belongs to, by the index of the act; acts that belong to nothing are left out."""
    found: dict[int, int] = {}
    for event in evaluator.facts.events:
        for link in LINKS:
            others = [each for each in _candidates(evaluator, link, event) if _linked(evaluator, link, event, each)]
            if others:
                found[event.index] = max(others, key=lambda each: (each.date, each.index)).index
                break
    return found


def _candidates(evaluator: Evaluator, link: Link, event: Event) -> list[Event]:
    definition = evaluator.program.definitions.get(link.definition)
    params = dict(definition.params) if definition else {}
    act, other = params.get(link.act), params.get(link.other)
    if not (isinstance(act, EventType) and isinstance(other, EventType)) or event.kind not in act.kinds:
        return []
    every = [each for kind in sorted(other.kinds) for each in evaluator.facts.by_kind.get(kind, ())]
    return [each for each in every if each is not event and each.attrs.get("outcome") != "refuse"]


def _linked(evaluator: Evaluator, link: Link, event: Event, other: Event) -> bool:
    names = {link.act: event, link.other: other}
    definition = evaluator.program.definitions[link.definition]
    args = tuple(ast.Var(name, EventType(frozenset({names[name].kind}))) for name, _ in definition.params)
    return evaluator.truth(ast.Call(link.definition, args), names)
