"""Mutation: one change each, types kept; stories that notice; equal mutants told from those that a story would tell."""

from __future__ import annotations

import pytest

from compliance.calendar.load import shipped_calendar
from compliance.cli.check import expand
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm.types import Period, QuarterDay
from compliance.prove.mutate.difference import difference
from compliance.prove.mutate.mutants import Mutant, mutants
from compliance.prove.mutate.operators import changes, neighbours
from compliance.prove.mutate.outcome import Answer, Fate, MutationReport
from compliance.prove.mutate.run import MutateOptions, mutate, stories
from compliance.prove.mutate.scenarios import Bench
from compliance.prove.questions import retyped
from compliance.source.data import data_path


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def every(law: Law) -> list[Mutant]:
    return list(mutants(law))


def test_every_change_of_a_norm_is_a_formula_and_another_one(law: Law) -> None:
    for norm in law.norms[:12]:
        found = list(changes(norm.expr, law.vocabulary))
        assert found
        for change in found:
            assert change.expr != norm.expr
            retyped(change.expr, law.program)


def test_periods_and_days_shift_by_one() -> None:
    assert set(neighbours(QuarterDay(1, 3))) == {QuarterDay(2, 3), QuarterDay(31, 2), QuarterDay(1, 2)}
    assert set(neighbours(QuarterDay(15, 2))) == {QuarterDay(d, m) for d, m in ((16, 2), (14, 2), (15, 1), (15, 3))}
    assert set(neighbours(Period(working_days=10))) == {Period(working_days=11), Period(working_days=9)}
    assert len(list(neighbours(Period(months=36)))) == 4


def test_mutants_have_stable_names_and_cover_every_norm(law: Law, every: list[Mutant]) -> None:
    assert [each.id for each in every] == [each.id for each in mutants(law)]
    assert {name for each in every for name in each.norms} == {norm.id for norm in law.norms}
    assert [each.unit for each in mutants(law, "p20")] == ["p20"] * sum(each.unit == "p20" for each in every)


def test_a_story_kills_a_longer_stay(law: Law, every: list[Mutant]) -> None:
    near = stories(law, [data_path("scenarios") / "violating" / "three-years-and-a-day.yaml"])
    bench = Bench(law, shipped_calendar(), near)
    longer = [each for each in every if each.where == "max_stay"]
    assert any(bench.killer(each) for each in longer)
    assert Bench(law, shipped_calendar(), []).killer(longer[0]) is None


def test_the_difference_of_a_mutant_is_a_story_that_kills_it(law: Law, every: list[Mutant]) -> None:
    mutant = next(each for each in every if each.where == "p7" and each.label == "unit dropped")
    found = difference(law, shipped_calendar(), mutant)
    assert found.story is not None
    assert not found.none


def test_an_equal_mutant_is_proved_equal(law: Law, every: list[Mutant]) -> None:
    """That the act comes after the enrolment follows from its being a day of the stay."""
    mutant = next(each for each in every if each.where == "p18.sub6.duty" and each.label == "`and` part 3 dropped")
    assert difference(law, shipped_calendar(), mutant).none


def test_most_mutants_of_a_unit_are_killed(law: Law) -> None:
    report = mutate(law, expand([str(data_path("scenarios"))]), MutateOptions("p13"))
    assert report.score("p13").killed > 0
    assert report.score().share == report.score("p13").share == 1.0


def test_the_score_leaves_equal_mutants_out() -> None:
    fates: tuple[Fate, ...] = ("killed", "killed", "equivalent", "survives")
    answers = tuple(Answer(str(at), "p1", "p1", "", fate) for at, fate in enumerate(fates))
    score = MutationReport(answers).score()
    assert (score.killed, score.equivalent, score.survives, round(score.share, 2)) == (2, 1, 1, 0.67)
    assert MutationReport(()).score().share == 1.0
