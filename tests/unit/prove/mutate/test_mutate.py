"""Mutation: one change each, types kept; stories that notice; equal mutants told from those that a story would tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from compliance.calendar.load import shipped_calendar
from compliance.cli.check import expand
from compliance.law.citation import citation
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm import ast
from compliance.norm.types import BOOL, Period, QuarterDay
from compliance.prove.mutate.difference import difference
from compliance.prove.mutate.mutants import Mutant, mutants
from compliance.prove.mutate.operators import changes, neighbours
from compliance.prove.mutate.outcome import Answer, Fate, MutationReport
from compliance.prove.mutate.run import MutateOptions, mutate, stories
from compliance.prove.mutate.scenarios import Bench
from compliance.prove.mutate.theorems import Theorems, theorems_of
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
    mutant = next(
        each for each in every if each.where == "p18.sub6.duty" and each.label == "`e.date <= g.date` dropped"
    )
    assert difference(law, shipped_calendar(), mutant).none


def test_most_mutants_of_a_unit_are_killed(law: Law) -> None:
    report = mutate(law, expand([str(data_path("scenarios"))]), MutateOptions("p13"))
    assert report.score("p13").killed > 0
    assert report.score().share == report.score("p13").share == 1.0


def test_the_score_leaves_equal_mutants_out() -> None:
    fates: tuple[Fate, ...] = ("killed", "killed", "equivalent", "bounded")
    answers = tuple(Answer(str(at), "p1", "p1", "", fate) for at, fate in enumerate(fates))
    score = MutationReport(answers).score()
    assert (score.killed, score.equivalent, score.bounded, round(score.share, 2)) == (2, 1, 1, 0.67)
    assert MutationReport(()).score().share == 1.0


def test_a_sample_of_the_changes_is_noticed_or_equal(law: Law) -> None:
    """No change is known to be one, and noticed by no stored story; all of them are tried in `make deep`."""
    report = mutate(law, expand([str(data_path("scenarios"))]), MutateOptions(every=41))
    alive = [each for each in report.answers if each.fate not in ("killed", "equivalent", "bounded")]
    assert len(report.answers) >= 19
    assert [(each.where, each.label, each.reason) for each in alive] == []


def test_the_page_of_the_documentation_counts_today_s_changes(every: list[Mutant], checkout: Path) -> None:
    """A line a unit, whose counts are those of the changes there are; the long run sees that the page is fresh."""
    page = (checkout / "docs" / "reference" / "mutation.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line.count("|") == 8]
    counts = {name: sum(map(int, cells[:5])) for name, *cells in rows if cells and cells[0].isdigit()}
    units = {unit: sum(each.unit == unit for each in every) for unit in dict.fromkeys(each.unit for each in every)}
    assert counts == {**{citation(unit, "en"): n for unit, n in units.items()}, "All of the Rules": len(every)}


@pytest.mark.deep
def test_the_page_of_the_documentation_is_fresh(checkout: Path) -> None:
    from docs.build import SLOW_PAGES

    page = (checkout / "docs" / "reference" / "mutation.md").read_text(encoding="utf-8")
    assert page == SLOW_PAGES["reference/mutation.md"](), "run `make docs` to write the page anew"


# --- theorems as judges ------------------------------------------------------------------------------------------

THEOREMS = """
- id: X1
  says: {en: who is seconded out does not act, ru: прикомандированный обязанностей не исполняет}
  theorem: |-
    every acting_duty t with t.basis = p17 and not t.position.first_head and t.date >= in_force and t.date < replaced:
      not seconded_out(t.date)
  expect: proved
  rests_on: [p17]
- id: X2
  says: {en: one may act, ru: обязанности исполнять можно}
  kind: possible
  theorem: |-
    some acting_duty t with t.basis = p17 and not t.position.first_head
  expect: proved
"""


@pytest.fixture(scope="module")
def theorems(law: Law, tmp_path_factory: pytest.TempPathFactory) -> Theorems:
    path = tmp_path_factory.mktemp("proofs") / "own.yaml"
    path.write_text(THEOREMS, encoding="utf-8")
    return theorems_of(law, [path])


def _mutant(every: list[Mutant], where: str, label: str) -> Mutant:
    return next(each for each in every if (each.where, each.label) == (where, label))


def test_a_theorem_notices_what_its_proof_rests_on(every: list[Mutant], theorems: Theorems) -> None:
    """What it does not use it does not notice, nor what leaves its answer as it was."""
    less = _mutant(every, "p17", "`not seconded_out(t.date)` dropped")
    none = _mutant(every, "p17", "unit dropped")
    beside = _mutant(every, "p13", "unit dropped")
    other = _mutant(every, "p17", "`same_post(e, t)` dropped")
    assert [theorems.killer(each) for each in (less, none, beside, other)] == ["X1", "X1", None, None]


def test_a_story_theorem_notices_what_makes_its_situation_impossible(law: Law, theorems: Theorems) -> None:
    """Its story is none any more, and there is no other."""
    norm = law.norm("p17")
    assert isinstance(norm.expr, ast.Quant)
    barred = evolve(norm.expr, body=ast.Literal(False, BOOL))
    assert theorems.killer(Mutant("m", "p17", "p17", "barred", law.program, {"p17": barred})) == "X2"


def test_the_report_names_the_theorem_and_counts_what_was_asked(law: Law, tmp_path: Path) -> None:
    """With no story at all a theorem is the only judge; what it notices is noticed."""
    path = tmp_path / "own.yaml"
    path.write_text(THEOREMS, encoding="utf-8")
    report = mutate(law, (), MutateOptions("p17", every=2, files=(path,)))
    noticed = [each for each in report.answers if each.theorem]
    assert {(each.fate, each.by, each.story) for each in noticed} == {("killed", "", None)}
    assert report.by_theorems == (sum(each.asked for each in report.answers), len(noticed))
    assert report.score().equivalent + report.by_theorems[0] == len(report.answers)
