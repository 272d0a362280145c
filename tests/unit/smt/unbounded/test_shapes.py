"""Two formulas are one shape if they differ only in the names of variables."""

from __future__ import annotations

import pytest

from compliance.law.load import load_law
from compliance.norm import ast
from compliance.norm.parse import parse_expr
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.types import EventType
from compliance.smt.unbounded.shapes import Shapes

LAW = load_law()
TRAINING = EventType(frozenset({"training"}))
SCOPE = Scope(LAW.program, {"a": TRAINING, "b": TRAINING})


def expr(text: str) -> ast.Expr:
    return check_expr(parse_expr(text), SCOPE).expr


SAME = [
    ("some training x with x.date < a.date", "some training y with y.date < b.date"),
    ("some training x: x.date < a.date", "no training y: y.date < a.date"),
    ("every training x: some training y: x.date < y.date", "every training y: some training x: y.date < x.date"),
]
DIFFERENT = [
    ("some training x with x.date < a.date", "some training x with a.date < x.date"),
    ("some training x: x.date < a.date", "every training x: x.date < a.date"),
    ("every training x: some training y: x.date < y.date", "every training x: some training y: y.date < x.date"),
    ("some training x with x.place = academy", "some training x with x.place = other"),
    ("some training x", "some penalty x"),
    ("a.date + 3 months rounded down < b.date", "a.date + 3 months rounded up < b.date"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_same(one: str, other: str) -> None:
    shapes = Shapes()
    assert shapes.of(expr(one)).id == shapes.of(expr(other)).id


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one: str, other: str) -> None:
    shapes = Shapes()
    assert shapes.of(expr(one)).id != shapes.of(expr(other)).id


def test_free_variables_stand_in_the_order_of_the_formula() -> None:
    found = Shapes().of(expr("some training x with b.date < x.date and x.date < a.date"))
    assert found.free == ("b", "a")
