"""Where a mutant parts from the law: what is said of the place holds on every record that tells the two apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from compliance.calendar.load import shipped_calendar
from compliance.cli.check import expand
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm.ast import Expr
from compliance.norm.evaluate import CLOSED, DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.parse import parse_expr
from compliance.norm.program import Profile, Program
from compliance.norm.typecheck import Scope, check_expr
from compliance.prove.mutate.difference import difference, side_by_side
from compliance.prove.mutate.mutants import Mutant, mutants
from compliance.prove.mutate.places import NOWHERE, Places, Witness
from compliance.prove.mutate.run import stories
from compliance.prove.mutate.scenarios import Story
from compliance.source.data import data_path

SAMPLE, DEEP = 60, 6
"""Every so many mutants are looked at, more of them with --deep."""


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def told(law: Law) -> list[Story]:
    return stories(law, expand([str(data_path("scenarios"))]))


@pytest.fixture(scope="module")
def chosen(law: Law, request: pytest.FixtureRequest) -> list[Mutant]:
    return list(mutants(law))[:: DEEP if request.config.getoption("--deep") else SAMPLE]


def held(program: Program, expr: Expr, facts: Facts, profile: Profile) -> tuple[bool, bool]:
    judged = (Evaluator(program, shipped_calendar(), facts, {**profile, DUE: mode}) for mode in (OPEN, CLOSED))
    first, second = (each.truth(expr, {}) for each in judged)
    return first, second


def apart(law: Law, mutant: Mutant, told: list[Story], most: int = 12) -> Iterator[tuple[Story, str]]:
    """Stories on which a norm of the mutant comes out otherwise, with that norm."""
    found = 0
    for story in told:
        for name, expr in mutant.norms.items():
            profile = story.profiles[0]
            before = held(law.program, law.norm(name).expr, story.facts, profile)
            if found < most and before != held(mutant.program, expr, story.facts, profile):
                found += 1
                yield story, name


@pytest.mark.parametrize("witness", ["any", "first", "last"])
def test_the_place_holds_wherever_law_and_mutant_differ(
    law: Law, told: list[Story], chosen: list[Mutant], witness: Witness
) -> None:
    """Else a proof that the place is impossible would prove nothing."""
    seen = 0
    for mutant in chosen:
        program, changed = side_by_side(law, mutant)
        near = [story for story in told if story.units & {mutant.unit}] or told[:40]
        for story, name in apart(law, mutant, near, 3):
            place = Places(program, witness).parting(law.norm(name).expr, changed[name])
            assert held(program, place, story.facts, story.profiles[0])[0], (mutant.id, mutant.label, story.name, name)
            seen += 1
    assert seen > len(chosen) // 2


def test_nothing_parts_a_formula_from_itself(law: Law) -> None:
    for norm in law.norms:
        assert Places(law.program).parting(norm.expr, norm.expr) == NOWHERE


@pytest.mark.parametrize("witness", ["any", "first", "last"])
def test_a_dropped_part_is_seen_where_the_others_hold(law: Law, witness: Witness) -> None:
    def formula(text: str) -> Expr:
        return check_expr(parse_expr(text), Scope(law.program)).expr

    before = formula("some transfer g with g.promotion and g.date <= as_of")
    after = formula("some transfer g with g.date <= as_of")
    place = Places(law.program, witness).parting(before, after)
    assert check_expr(place, Scope(law.program)).kinds == {"transfer"}


def test_an_equal_notion_is_proved_by_the_last_of_its_events(law: Law) -> None:
    """That no later assessment fails is the same as that the last one does not: the last event stands in for others."""
    mutant = next(
        m for m in mutants(law) if (m.where, m.label) == ("attested", "`z.outcome = does_not_conform` dropped")
    )
    assert difference(law, shipped_calendar(), mutant).none


def test_a_story_before_the_version_is_found(law: Law) -> None:
    """The first day of the version is unknown to the solver, so what came before it is in its reach."""
    mutant = next(
        m for m in mutants(law) if (m.where, m.label) == ("p14.part1.s1", "`not ended_before(e, in_force)` dropped")
    )
    story = difference(law, shipped_calendar(), mutant).story
    assert story is not None
    assert min(event.date for event in story.facts.events) < story.facts.in_force
