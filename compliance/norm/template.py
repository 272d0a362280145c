"""Sentences with holes: what a broken norm says, `sent on {m.date}; the last day was {last_day(p, m.quarter)}`.

A hole is a term over the events for which the norm fails: the variables of the quantifiers that it begins with.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import Env, Evaluator
from compliance.norm.parse import parse_expr
from compliance.norm.phrases import say_value
from compliance.norm.program import Program, Typed
from compliance.norm.tokens import Placed, fail
from compliance.norm.typecheck import Scope, try_expr
from compliance.norm.types import EventType, Type
from compliance.norm.vocabulary import Lang
from compliance.source.diagnostic import Collector, Problems
from compliance.source.loc import Place

_HOLE: Final = re.compile(r"\{([^{}]*)\}")
_BRACE: Final = re.compile(r"[{}]")


@frozen
class Template:
    """Texts and terms in turn, each term checked."""

    parts: tuple[str | Typed, ...]


@frozen
class _Shifted:
    """A stretch of a value of a file, with its own text and the places of the whole."""

    text: str
    whole: Placed
    offset: int

    def place_at(self, offset: int, length: int = 1) -> Place:
        return self.whole.place_at(self.offset + offset, length)


def leading_bindings(expr: Expr) -> dict[str, Type]:
    """The variables for which a typed formula fails: those of its first `every`s, and of a `no` after them."""
    bindings: dict[str, Type] = {}
    at: Expr | None = expr
    while isinstance(at, ast.Quant) and at.mode != "some":
        bindings[at.var] = EventType(frozenset({at.kind}))
        at = at.body if at.mode == "every" else None
    return bindings


def leading_scope(norm: Typed, program: Program) -> Scope:
    """Where the holes of a norm's template stand."""
    return Scope(program, leading_bindings(norm.expr))


def read_template(text: str | Placed, scope: Scope) -> Template:
    """The template with its terms checked (`Problems` with all errors of all holes)."""
    plain, source = (text, None) if isinstance(text, str) else (text.text, text)
    problems, parts, position = Collector(), list[str | Typed](), 0
    for hole in _HOLE.finditer(plain):
        parts.append(_plain(plain, position, hole.start(), source))
        inside = hole[1] if source is None else _Shifted(hole[1], source, hole.start(1))
        typed = _term(inside, scope, problems)
        if typed is not None:
            parts.append(typed)
        position = hole.end()
    parts.append(_plain(plain, position, len(plain), source))
    problems.raise_if_any()
    return Template(tuple(part for part in parts if part != ""))


def _plain(text: str, start: int, end: int, source: Placed | None) -> str:
    brace = _BRACE.search(text, start, end)
    if brace:
        fail("norm.template-brace", source.place_at(brace.start()) if source else None, word=brace[0])
    return text[start:end]


def _term(text: str | Placed, scope: Scope, problems: Collector) -> Typed | None:
    try:
        return try_expr(parse_expr(text), scope, problems, None)
    except Problems as found:
        problems.add(*found.diagnostics)
        return None


def message(template: Template, evaluator: Evaluator, env: Env, lang: Lang) -> str:
    """The sentence for one failing binding."""
    said: list[str] = []
    for part in template.parts:
        if isinstance(part, str):
            said.append(part)
        else:
            value = evaluator.value(part.expr, env)
            said.append(say_value(value, part.type, evaluator.program.vocabulary, lang))
    return "".join(said)
