"""Printing and parsing are inverse, on one line and on many."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.norm.parse import parse_expr
from compliance.norm.program import Program
from compliance.norm.show import show, show_period, show_pretty
from compliance.norm.types import Period
from tests.randomised import random_program, surface_norm
from tests.unit.norm.examples import EXAMPLES


@cache
def program(seed: int) -> Program:
    return random_program(Random(seed))


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_print_as_they_were_written(text: str) -> None:
    assert show(parse_expr(text)) == text.replace("14 months", "1 year 2 months")


@given(st.integers(0, 7), st.integers(0, 2**32), st.integers(1, 6), st.sampled_from([20, 60, 100]))
def test_random_norms_parse_to_themselves(home: int, seed: int, depth: int, width: int) -> None:
    norm = surface_norm(Random(seed), program(home), depth)
    assert parse_expr(show(norm)) == norm
    assert parse_expr(show_pretty(norm, width)) == norm


@pytest.mark.parametrize(
    "text",
    [
        "(every x y: a) and b",
        "(if a then b else c) or d",
        "some x y with (some z w) and a",
        "(a implies b) implies c",
        "not (a and b)",
        "(a and b) and c",
        "a and (b and c)",
        "(a or b) or c",
        "not (every x y: a) and b",
        "(date of first x y, else a) + 1 day <= b",
        "date of first x y, else a + 1 day <= b",
        "(a - b).c = d",
        "(day a of b).c = day d of e.f",
        "a + day b of day c of d",
        "(not a) = b",
        "f((if a then b else c), d)",
        "case r {x: every y z: a; w: b}",
        "if every y z: a then b else c",
        "by a: by b: c",
        "no x y with (by a: b)",
        "a not in {b} and not (not a in {b}) is given",
    ],
)
def test_brackets_stand_where_they_are_needed(text: str) -> None:
    tree = parse_expr(text)
    assert parse_expr(show(tree)) == tree
    assert show(tree).count("(") <= text.count("(")


def test_long_norms_are_broken_at_their_joints() -> None:
    text = (
        "every enrolment e with not e.regular and e.by = head, every sent m with of(m, e): "
        "m.position.listed and (m.by = head or m.by = president) "
        "and some report r with r.date <= m.date and r.date > in_force: r.date < e.date"
    )
    assert show_pretty(parse_expr(text), 60).splitlines() == [
        "every enrolment e with not e.regular and e.by = head,",
        "every sent m with of(m, e):",
        "  m.position.listed",
        "  and (m.by = head or m.by = president)",
        "  and some report r",
        "        with r.date <= m.date and r.date > in_force:",
        "        r.date < e.date",
    ]


def test_periods() -> None:
    assert show_period(Period()) == "0 days"
    assert show_period(Period(12, 1, 1)) == "1 year 1 day 1 working day"
    assert show_period(Period(27, 2, 10)) == "2 years 3 months 2 days 10 working days"
