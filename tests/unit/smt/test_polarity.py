"""Which formulas demand an event, and which of the broken ones come first."""

from __future__ import annotations

import pytest

from compliance.law.model import Law
from compliance.smt.polarity import Demands, leading_kinds, next_on
from tests.unit.smt.questions import typed

DEMANDS = {
    "some training t": True,
    "every training t: some penalty p": True,
    "every training t with (some penalty p): false": False,
    "no training t": False,
    "not (no training t)": True,
    "every training t: t.date <= as_of": False,
    "every enrolment e: opens(e)": True,
    "every enrolment e: not opens(e)": True,
    "every penalty p: in_force_on(p, as_of)": False,
    "every penalty p: not in_force_on(p, as_of)": True,
    "every exclusion_decision x: removal_day(x) < as_of": True,
}


@pytest.mark.parametrize("text", DEMANDS)
def test_demands(law: Law, text: str) -> None:
    assert Demands(law.program, law.default_profile).of(typed(law, text).expr) is DEMANDS[text]


def test_a_reading_decides_what_is_demanded(law: Law) -> None:
    expr = typed(law, "every enrolment e: ended_before(e, as_of) or start(e) <= as_of").expr
    assert Demands(law.program, law.default_profile).of(expr)
    assert Demands(law.program, {**law.default_profile, "stay_starts": "extract"}).of(expr)


def test_leading_kinds(law: Law) -> None:
    expr = typed(law, "every enrolment e, every penalty p: some training t").expr
    assert leading_kinds(expr) == {"reserve_decision", "penalty"}
    assert leading_kinds(typed(law, "no training t").expr) == {"training"}


def test_formulas_about_the_goal_come_first(law: Law) -> None:
    goal = typed(law, "no training t")
    axioms = {
        "far": typed(law, "every penalty p: false"),
        "near": typed(law, "every training t: some penalty p"),
        "nearer": typed(law, "every training t: t.date < as_of"),
    }
    demands = Demands(law.program, law.default_profile)
    assert next_on(("far", "near", "nearer"), axioms, goal, demands) == ["nearer"]
    assert next_on(("far", "near"), axioms, goal, demands) == ["near"]
    assert next_on(("far",), axioms, goal, demands) == ["far"]
