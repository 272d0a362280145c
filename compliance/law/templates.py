"""Sentences with holes: `{e.date}` in what a broken norm says, `{p}` in what a definition says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from compliance.law.model import Law
from compliance.norm.ast import Expr
from compliance.norm.parse import parse_expr
from compliance.norm.program import Program
from compliance.norm.template import leading_bindings
from compliance.norm.typecheck import Scope, try_expr
from compliance.norm.types import Type
from compliance.norm.vocabulary import Words
from compliance.source.diagnostic import Collector, Problems
from compliance.source.loc import Place

_HOLE: Final = re.compile(r"\{([^{}]*)\}")


def holes(template: str) -> tuple[str, ...]:
    """What stands between braces, in the order of the sentence."""
    return tuple(_HOLE.findall(template))


def check_templates(law: Law, collector: Collector) -> None:
    """Notes every hole that no term over the leading bindings, or no parameter of the definition, can fill."""
    scopes: dict[tuple[tuple[str, Type], ...], Scope] = {}
    for name, words, expr, place in _failures(law):
        bindings = leading_bindings(expr)
        scope = scopes.setdefault(tuple(bindings.items()), _scope(law.program, bindings))
        for hole in dict.fromkeys((*holes(words.en), *holes(words.ru))):
            if not _is_term(hole, scope):
                collector.error("law.template-hole", place, expected=tuple(bindings), word=hole, name=name)
        if set(holes(words.en)) != set(holes(words.ru)):
            collector.warning("law.template-differs", place, word=name)
    for name, text in law.written.definitions.items():
        said, params = text.raw.words, tuple(param for param, _, _ in text.raw.head.params)
        if said is None:
            continue
        for hole in dict.fromkeys((*holes(said.en), *holes(said.ru))):
            if hole not in params:
                collector.error("law.template-hole", text.place, expected=params, word=hole, name=name)
        if set(holes(said.en)) != set(holes(said.ru)):
            collector.warning("law.template-differs", text.place, word=name)


def _failures(law: Law) -> Iterator[tuple[str, Words, Expr, Place | None]]:
    for norm in law.norms:
        if norm.fails is not None:
            yield norm.id, norm.fails, norm.expr, norm.clause.place
    for notice in law.notices:
        yield notice.id, notice.clause.fails, notice.typed.expr, notice.clause.place


def _scope(program: Program, bindings: Mapping[str, Type]) -> Scope:
    return Scope(program, dict(bindings))


def _is_term(hole: str, scope: Scope) -> bool:
    found = Collector()
    try:
        try_expr(parse_expr(hole), scope, found, None)
    except Problems:
        return False
    return not found.has_errors
