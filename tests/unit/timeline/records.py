"""Short ways to read a record out of a text."""

from __future__ import annotations

from compliance.timeline.case import Case
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.model import OneOf, Slot
from compliance.timeline.scenario import parse_scenario

HEAD = "officer: {id: A-17, body: knb}\n"
POSTS = "positions:\n  deputy: {listed: true, first_head: false, higher: true}\n  head: {}\n"

TRUTHS = OneOf((True, False))


def case(text: str, lexicon: Lexicon) -> Case:
    (found,) = parse_scenario(text, "stories/late.yaml", lexicon).cases
    return found


def slot(event: str, lexicon: Lexicon, rest: str = POSTS) -> Slot:
    return case(f"{HEAD}{rest}events:\n  - {event}\n", lexicon).timeline.slots[0]
