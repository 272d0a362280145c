"""The sentences of norms and definitions in both languages, with the law's own words for its readings."""

from __future__ import annotations

from compliance.law.guard import without_guard
from compliance.law.model import Law, Norm
from compliance.norm.say import say, say_definition
from compliance.norm.vocabulary import Words


def sentence_of(norm: Norm, law: Law) -> Words:
    """A norm as a sentence."""
    readings = {name: reading.values for name, reading in law.readings.items()}
    expr = without_guard(norm.expr)
    return Words(say(expr, law.program, "en", readings), say(expr, law.program, "ru", readings))


def definition_sentence(name: str, law: Law) -> Words:
    """A definition as a sentence."""
    readings = {id: reading.values for id, reading in law.readings.items()}
    return Words(say_definition(name, law.program, "en", readings), say_definition(name, law.program, "ru", readings))
