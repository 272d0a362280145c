"""The written grammar and the parser are one language: lark reads what the parser reads, to the same tree."""

from __future__ import annotations

import logging
from functools import cache
from pathlib import Path
from random import Random
from typing import Literal

import lark
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import compliance.norm
from compliance.calendar.days import NEVER, parse_iso
from compliance.calendar.quarters import parse_quarter
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.parse import COMPARISONS, MODES, WORLD, parse_expr
from compliance.norm.show import show
from compliance.norm.tokens import RESERVED
from compliance.norm.types import BOOL, DATE, PERIOD, QUARTER, QUARTER_DAY, Period, QuarterDay
from compliance.norm.walk import nodes
from compliance.source.diagnostic import Problems
from tests.randomised import random_program, surface_norm
from tests.unit.norm.examples import EXAMPLES

Node = lark.Tree[lark.Token] | lark.Token | None


TEXT = (Path(compliance.norm.__file__).parent / "grammar.lark").read_text(encoding="utf-8")


@cache
def grammar() -> lark.Lark:
    return lark.Lark(TEXT, parser="lalr", lexer="contextual", maybe_placeholders=True)


def read(text: str) -> Expr:
    """The tree that the grammar gives a text."""
    tree = grammar().parse(text)
    return expr(tree.children[0])


def expr(node: Node) -> Expr:
    assert isinstance(node, lark.Tree)
    parts: list[Node] = list(node.children)
    kept = [part for part in parts if part is not None]
    match str(node.data):
        case "implies":
            return ast.Implies(expr(parts[0]), expr(parts[1]))
        case "or_":
            return ast.Or(chain(node))
        case "and_":
            return ast.And(chain(node))
        case "parentheses":
            return expr(parts[0])
        case "not_":
            return ast.Not(expr(parts[1]))
        case "if_":
            return ast.If(expr(parts[1]), expr(parts[2]), expr(parts[3]))
        case "due":
            return ast.Due(expr(parts[1]), expr(parts[2]))
        case "quantifier":
            return quantifier(parts[:-1], parts[-1])
        case "compare":
            return ast.Compare(COMPARISONS[str(parts[1])], expr(parts[0]), expr(parts[2]))
        case "in_" | "not_in":
            found = ast.In(expr(parts[0]), options(parts[1]))
            return found if node.data == "in_" else ast.Not(found)
        case "has":
            return ast.Has(expr(parts[0]), expr(parts[1]))
        case "given":
            return ast.Given(expr(parts[0]))
        case "not_given":
            return ast.Not(ast.Given(expr(parts[0])))
        case "pick":
            order: Literal["first", "last"] = "first" if str(parts[1]) == "first" else "last"
            return ast.Pick(order, str(parts[3]), str(parts[2]), maybe(parts[4]), expr(parts[5]))
        case "shift":
            rounding: Literal["down", "up"] | None = None if parts[3] is None else "up" if parts[3] == "up" else "down"
            return ast.Shift(expr(parts[0]), expr(parts[2]), 1 if parts[1] == "+" else -1, rounding)
        case _:
            return atom(str(node.data), [*kept])


def chain(node: lark.Tree[lark.Token]) -> tuple[Expr, ...]:
    """The operands of a chain, which the grammar nests to the left."""
    left, right = node.children
    if isinstance(left, lark.Tree) and left.data == node.data:
        return (*chain(left), expr(right))
    return (expr(left), expr(right))


def atom(rule: str, parts: list[Node]) -> Expr:
    words = [str(part) for part in parts if isinstance(part, lark.Token)]
    match rule:
        case "attr":
            return ast.Attr(expr(parts[0]), words[0])
        case "name":
            return ast.Name(words[0])
        case "call":
            return ast.Call(words[0], tuple(map(expr, parts[1:])))
        case "next_working_day":
            return ast.NextWorkingDay(expr(parts[1]))
        case "quarter_of":
            return ast.QuarterOf(expr(parts[1]))
        case "day_named":
            return ast.DayOfQuarter(ast.Name(words[1]), expr(parts[2]))
        case "day_of_quarter":
            return ast.DayOfQuarter(quarter_day(words), expr(parts[3]))
        case "quarter_day":
            return quarter_day(words)
        case "period":
            return ast.Literal(period(parts), PERIOD)
        case "case":
            return ast.Case(words[1], tuple(branch(part) for part in parts[2:]))
        case "date":
            return ast.Literal(parse_iso(words[0]), DATE)
        case "quarter":
            return ast.Literal(parse_quarter(words[0]), QUARTER)
        case "world":
            return ast.World(WORLD[words[0]])
        case "officer":
            return ast.OfficerRef()
        case "never":
            return ast.Literal(NEVER, DATE)
        case "truth":
            return ast.Literal(words[0] == "true", BOOL)
        case _:
            raise AssertionError(rule)


def maybe(node: Node) -> Expr | None:
    return None if node is None else expr(node)


def quantifier(heads: list[Node], body: Node) -> Expr:
    inner = maybe(body)
    for head in reversed(heads):
        assert isinstance(head, lark.Tree)
        mode, kind, var, guard = head.children
        inner = ast.Quant(MODES[str(mode)], str(var), str(kind), maybe(guard), inner)
    assert inner is not None
    return inner


def options(node: Node) -> tuple[Expr, ...]:
    assert isinstance(node, lark.Tree)
    return tuple(map(expr, node.children))


def branch(node: Node) -> tuple[str, Expr]:
    assert isinstance(node, lark.Tree)
    return str(node.children[0]), expr(node.children[1])


def quarter_day(words: list[str]) -> ast.Literal:
    return ast.Literal(QuarterDay(int(words[1]), int(words[2])), QUARTER_DAY)


def period(parts: list[Node]) -> Period:
    counts = {"years": 0, "months": 0, "days": 0, "working_days": 0}
    for part in parts:
        assert isinstance(part, lark.Tree)
        counts[str(part.data)] += int(str(part.children[0]))
    return Period(counts["years"] * 12 + counts["months"], counts["days"], counts["working_days"])


def test_the_grammar_has_no_conflict(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger=lark.logger.name):
        lark.Lark('start: sum\nsum: sum "+" sum | "x"', parser="lalr", debug=True)
        assert "conflict" in caplog.text
        caplog.clear()
        lark.Lark(TEXT, parser="lalr", lexer="contextual", debug=True)
        assert "conflict" not in caplog.text


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_read_alike(text: str) -> None:
    assert read(text) == parse_expr(text)


@pytest.mark.parametrize("seed", range(20))
def test_random_norms_read_alike(seed: int) -> None:
    program = random_program(Random(seed))
    for each in range(10):
        norm = surface_norm(Random(100 * seed + each), program)
        assert read(show(norm)) == norm


WORDS = st.sampled_from(
    "every some no not if then else by with and or implies in has is given case day date of first last never as_of "
    "a b x y a.b ( ) { } , ; : = <= + - 1 3 months rounded down 2026-01-01 f( quarter_of(".split()
)


@given(
    st.lists(WORDS, min_size=1, max_size=9).map(" ".join),
    st.sampled_from(EXAMPLES),
    st.integers(0, 30),
    st.integers(0, 3),
)
def test_both_accept_the_same_texts(noise: str, example: str, at: int, gone: int) -> None:
    words = example.split()
    text = " ".join([*words[:at], *([noise] if gone else []), *words[at + gone :]])
    try:
        norm = parse_expr(text)
    except Problems as found:
        assume(found.diagnostics[0].code in ("norm.syntax", "norm.unfinished", "norm.needs-parentheses"))
        try:
            other = read(text)
        except lark.exceptions.LarkError:
            return
        chosen = {each.text for each in names(other)} | bound(other)
        assert chosen & RESERVED or without_body(other), text
        return
    assert read(text) == norm


def names(tree: Expr) -> list[ast.Name]:
    return [node for node in nodes(tree) if isinstance(node, ast.Name)]


def bound(tree: Expr) -> set[str]:
    found = [node for node in nodes(tree) if isinstance(node, ast.Quant | ast.Pick)]
    calls = [node.name for node in nodes(tree) if isinstance(node, ast.Call)]
    readings = [node.reading for node in nodes(tree) if isinstance(node, ast.Case)]
    return {word for node in found for word in (node.var, node.kind)} | set(calls) | set(readings)


def without_body(tree: Expr) -> bool:
    return any(isinstance(node, ast.Quant) and node.mode == "every" and node.body is None for node in nodes(tree))
