"""Fills the holes of a norm's sentence with values: `sent on {m.date}` becomes `sent on 2026-12-02`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from compliance.calendar.days import NEVER, format_iso
from compliance.calendar.quarters import format_quarter
from compliance.law.model import Law
from compliance.law.templates import leading_bindings
from compliance.norm.evaluate import Bound, Evaluator
from compliance.norm.facts import Event
from compliance.norm.parse import parse_expr
from compliance.norm.program import Program, Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.types import Bool, Date, Enum, Items, Quarter, Type
from compliance.norm.vocabulary import Lang, Vocabulary, Words

_HOLE: Final = re.compile(r"\{([^{}]*)\}")

WORDS: Final[Mapping[str, Words]] = {
    "never": Words("never", "никогда"),
    "none": Words("not given", "не указано"),
    "yes": Words("yes", "да"),
    "no": Words("no", "нет"),
}


def fill(law: Law, norm: Typed, words: Words, evaluator: Evaluator, binding: Mapping[str, Event]) -> Words:
    """The sentence for one failing binding, in both languages; holes are terms over the leading bindings."""

    def said(lang: Lang) -> str:
        return _HOLE.sub(lambda hole: _value(law.program, norm, hole[1], evaluator, binding, lang), words[lang])

    return Words(said("en"), said("ru"))


def _value(
    program: Program, norm: Typed, hole: str, evaluator: Evaluator, binding: Mapping[str, Event], lang: Lang
) -> str:
    term = _term(_Key(program, norm), hole)
    return show_value(program.vocabulary, term.type, evaluator.value(term.expr, binding), lang)


class _Key:
    """A norm of a program, hashable by identity: terms are parsed and typed once."""

    def __init__(self, program: Program, norm: Typed) -> None:
        self.program, self.norm = program, norm

    def __hash__(self) -> int:
        return hash((id(self.program), id(self.norm)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.program is self.program and other.norm is self.norm


@cache
def _term(key: _Key, hole: str) -> Typed:
    scope = Scope(key.program, leading_bindings(key.norm.expr))
    return check_expr(parse_expr(hole), scope, None)


def show_value(vocabulary: Vocabulary, of: Type, value: Bound, lang: Lang) -> str:
    """A value as a person reads it: ISO days, quarters, the vocabulary's words for enumerators."""
    if value is None:
        return WORDS["none"][lang]
    match of:
        case Bool():
            return WORDS["yes" if value else "no"][lang]
        case Date():
            assert isinstance(value, int)
            return WORDS["never"][lang] if value >= NEVER else format_iso(value)
        case Quarter():
            assert isinstance(value, int)
            return format_quarter(value)
        case Enum(name=name) if isinstance(value, str):
            return vocabulary.enumerations[name].values[value][lang]
        case Items(name=name) if isinstance(value, frozenset):
            return ", ".join(vocabulary.enumerations[name].values[item][lang] for item in sorted(value))
        case _:
            return str(value)
