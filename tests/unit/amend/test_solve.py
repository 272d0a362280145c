"""The search of `--solve`: exact edges from few questions, and a page that tells them."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from attrs import define

from compliance.amend.effect.solve import CRITERIA, Reason, Search, Solved, Tried, answer_of
from compliance.amend.effect.values import said, values_like
from compliance.amend.finding import says
from compliance.law.anchors import AnchoredValue
from compliance.norm.types import Period
from compliance.norm.vocabulary import Lang
from compliance.report.amend import AMEND_FORMATS, AmendFormat
from compliance.report.amend_solve import render_solved
from compliance.report.text import Page
from tests.unit.amend.test_effect import rules

FAILS = Reason("GOAL_UNREACHABLE", says("effect.solve-lost", what_en="it works", what_ru="это удаётся"), None)


@define(eq=False)
class Known(Search):
    """A search over a law that holds for some months and not for others."""

    holds: Callable[[int], bool] = bool

    def __attrs_post_init__(self) -> None:
        """Nothing is read."""

    def _try(self, value: AnchoredValue) -> Tried:
        assert isinstance(value, Period)
        reasons = () if self.holds(value.months) else (FAILS,)
        return Tried(value, dict.fromkeys(CRITERIA, reasons), "equivalent")


def searched(holds: Callable[[int], bool]) -> Solved:
    """What the search says of months, from a grid of nine."""
    parameter = rules().parameters["min_stay"]
    values = values_like(parameter.value)
    search = Known(rules(), parameter, values, holds=holds)
    grid = [(len(values) - 1) * part // 8 for part in range(9)]
    for low, high in pairwise(grid):
        search.between(low, high)
    places = sorted(search.known)
    answers = tuple(answer_of(each, [search.known[at] for at in places], places, search) for each in CRITERIA)
    return Solved(rules(), parameter, (values[0], values[-1]), tuple(values[at] for at in places), answers)


@pytest.mark.parametrize(
    ("holds", "ranges", "edges"),
    [
        (lambda months: months <= 36, ["1 month-36 months"], ["37 months"]),
        (lambda months: months >= 3, ["3 months-96 months"], ["2 months"]),
        (lambda months: 5 <= months <= 40, ["5 months-40 months"], ["4 months", "41 months"]),
        (lambda months: True, ["1 month-96 months"], []),
        (lambda months: False, [], ["1 month"]),
    ],
)
def test_edges_are_exact(holds: Callable[[int], bool], ranges: list[str], edges: list[str]) -> None:
    found = searched(holds)
    answer = found.answers[0]
    assert [f"{said(low).en}-{said(high).en}" for low, high in answer.ranges] == ranges
    assert [said(value).en for value, _ in answer.edges] == edges
    assert len(found.tried) < 25


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("form", AMEND_FORMATS)
def test_every_form_tells_the_edges(form: AmendFormat, lang: Lang) -> None:
    out = render_solved(searched(lambda months: months <= 36), form, Page(lang))
    if form == "json":
        found = json.loads(out)["answers"]["consistent"]
        assert found["ranges"] == [{"from": "1 month", "to": "36 months"}]
        assert found["edges"][0]["code"] == "GOAL_UNREACHABLE"
    else:
        assert {"en": "1 month … 36 months", "ru": "1 месяц … 36 месяцев"}[lang] in out.replace("\\", "")
        assert {"en": "37 months", "ru": "37 месяцев"}[lang] in out.replace("\\", "")
