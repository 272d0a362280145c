"""The guard of the version goes in and comes out again."""

from __future__ import annotations

import pytest

from compliance.law.guard import judged_on_its_day, without_guard
from compliance.norm.parse import parse_expr

NORMS = [
    "every decision d: d.by = head",
    "every decision d with d.by = head: false",
    "every decision d with d.by = head and d.outcome = enrol, every notice n: n.date = d.date",
    "every decision d with d.by = head or d.by = clerk: true",
    "no decision d with d.date < in_force",
]


@pytest.mark.parametrize("text", NORMS)
def test_in_and_out(text: str) -> None:
    expr = parse_expr(text)
    guarded = judged_on_its_day(expr)
    assert guarded is not None
    assert guarded != expr
    assert without_guard(guarded) == expr
    assert without_guard(expr) == expr


def test_the_guard_binds_the_leading_event_alone() -> None:
    guarded = judged_on_its_day(parse_expr(NORMS[2]))
    written = "every decision d with d.by = head and d.outcome = enrol and d.date >= in_force and d.date < replaced, "
    assert guarded == parse_expr(written + "every notice n: n.date = d.date")


@pytest.mark.parametrize(
    "text", ["some decision d", "as_of >= in_force", "(every decision d: true) and every notice n: true"]
)
def test_without_a_leading_event_there_is_no_day(text: str) -> None:
    assert judged_on_its_day(parse_expr(text)) is None
