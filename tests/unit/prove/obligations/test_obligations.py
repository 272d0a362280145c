"""Obligations: what a law must fulfil, the minimal sets behind a failing, and the baseline."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from compliance.calendar.load import shipped_calendar
from compliance.law.load import load_law
from compliance.law.model import Formula, Law
from compliance.norm.parse import parse_expr
from compliance.norm.vocabulary import Words
from compliance.prove.obligations.baseline import Known, read_baseline
from compliance.prove.obligations.generate import Obligation, breakable, situations
from compliance.prove.obligations.settle import Settler, all_cores, clash
from compliance.prove.obligations.structure import days_in_order, inputs
from compliance.prove.obligations.ways import ways_on
from compliance.smt.query import Impossible, Story
from compliance.source.data import data_path
from compliance.source.diagnostic import Problems


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def settler(law: Law) -> Settler:
    return Settler(law, shipped_calendar(), law.default_profile)


@pytest.fixture(scope="module")
def by_id(law: Law) -> dict[str, Obligation]:
    return {each.id: each for each in (*situations(law), *breakable(law))}


def test_a_known_redundancy_names_what_entails_it(settler: Settler, by_id: dict[str, Obligation]) -> None:
    found = settler.settle(by_id["alone:p8.part3.qualified"])
    assert not found.met
    assert found.cores == (("p8.part2.sub1",),)
    assert found.exhausted
    assert found.always


def test_a_norm_that_only_another_reading_wakes_is_dead_by_default(
    settler: Settler, by_id: dict[str, Obligation]
) -> None:
    found = settler.settle(by_id["alone:p18.sub6.duty"])
    assert (found.met, found.always) == (False, False)


@pytest.mark.parametrize("name", ["alone:p1", "alone:p13", "alone:p20", "kept:p20", "event:appointment"])
def test_what_is_possible_is_shown(settler: Settler, by_id: dict[str, Obligation], name: str) -> None:
    assert settler.settle(by_id[name]).met


def test_triggers_that_exclude_each_other_do_not_clash(settler: Settler, by_id: dict[str, Obligation]) -> None:
    found = settler.settle(by_id["pair:p5.part1+p5.part2"])
    assert not found.met
    assert not clash(found, {})


def test_a_situation_is_answered_by_an_earlier_story(law: Law, by_id: dict[str, Obligation]) -> None:
    settler = Settler(law, shipped_calendar(), law.default_profile)
    settler.settle(by_id["kept:p11.sub3"])
    asked = len(settler.pool)
    assert settler.settle(by_id["event:reserve_decision"]).met
    assert len(settler.pool) == asked


def test_all_minimal_sets_are_found() -> None:
    """Forbidden by {a}, by {b, c} and by {c, d}: three sets, whatever is met first."""
    sets = [{"a"}, {"b", "c"}, {"c", "d"}]

    def ask(gone: frozenset[str]) -> Impossible | Story:
        core = next((each for each in sets if not each & gone), None)
        return Impossible(tuple(sorted(core))) if core else Story(None, {})  # type: ignore[arg-type]

    cores, exhausted = all_cores(Impossible(("b", "c")), ask)
    assert {frozenset(core) for core in cores} == set(map(frozenset, sets))
    assert exhausted


def test_the_days_of_every_quarter_stand_in_order(law: Law) -> None:
    assert list(days_in_order(law, shipped_calendar())) == []


def test_the_extract_is_nobodys_duty(law: Law) -> None:
    assert [gap.id for gap in inputs(law)] == ["input:p13.extract_received"]


def test_every_state_has_a_way_on(law: Law) -> None:
    """With a lawful story for each: the start is reached without one, the others by steps, and each is left by one."""
    found = ways_on(law, shipped_calendar())
    assert (found.gaps, found.asked) == ((), 14)


def test_what_the_law_forbids_is_no_way(law: Law) -> None:
    """The graph stays; where nobody may be excluded, no way leads on from a ground, and none to the waiting year."""
    text = "every exclusion_decision x: x.date < in_force"
    barred = law.with_clause(evolve(law.norm("p19").clause, formula=Formula(parse_expr(text), text)))
    gaps = ways_on(barred, shipped_calendar()).gaps
    assert [gap.id for gap in gaps] == ["way:stay.ground", "way:stay.barred", "way:stay.waiting"]
    assert all(gap.settled for gap in gaps)


def test_the_shipped_baseline_is_read(law: Law) -> None:
    known = read_baseline(data_path("proofs") / "baseline.yaml")
    assert known["alone:p8.part3.qualified"].cores == {frozenset({"p8.part2.sub1"})}
    ids = {each.id for each in (*situations(law), *breakable(law))} | {"input:p13.extract_received"}
    assert set(known) <= ids


def test_a_baseline_names_nothing_twice(tmp_path: Path) -> None:
    path = tmp_path / "baseline.yaml"
    path.write_text('- {id: "x", says: {en: a, ru: б}}\n- {id: "x", says: {en: a, ru: б}}\n', encoding="utf-8")
    with pytest.raises(Problems) as caught:
        read_baseline(path)
    assert [each.code for each in caught.value.diagnostics] == ["proofs.duplicate-id"]


def test_without_a_baseline_nothing_is_known(tmp_path: Path) -> None:
    assert read_baseline(tmp_path / "baseline.yaml") == {}
    assert Known("x", Words("a", "б"), (("b", "a"),)).cores == {frozenset({"a", "b"})}
