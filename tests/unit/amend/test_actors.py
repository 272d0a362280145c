"""Officials and bodies in every case form."""

from __future__ import annotations

import pytest

from compliance.amend.actors import ACTORS, actor_case, actor_words, find_actors, parse_actor
from compliance.amend.changes import actor_changes, value_changes
from compliance.amend.numerals import CASES, Case
from compliance.norm.types import Period
from tests.unit.amend.rules import the_rules


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("actor", ACTORS)
def test_every_title_is_read_back(actor: str, case: Case) -> None:
    assert find_actors(actor_words(actor, case))[0].actor == actor


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Руководителем его Администрации", "head_of_administration"),
        ("Президентом Республики Казахстан", "president"),
        ("Начальника СГО", "head_of_sgs"),
        ("кадровыми подразделениями", "personnel_unit"),
        ("первых руководителей специальных государственных органов", "first_head"),
        ("в судебном порядке", "court"),
    ],
)
def test_other_forms(words: str, actor: str) -> None:
    assert parse_actor(words) == actor


@pytest.mark.parametrize(
    "words", ["Администрации Президента Республики Казахстан", "Указом Президента", "Президентский"]
)
def test_institutions_and_acts_are_no_actors(words: str) -> None:
    assert parse_actor(words) is None


def test_the_actors_of_a_unit_in_order() -> None:
    text = the_rules().by_id["p5.part1"].text
    assert [actor.actor for actor in find_actors(text)] == [
        "head_of_administration",
        "department",
        "department",
        "secretary_of_security_council",
    ]


def test_the_case_of_a_mention() -> None:
    assert actor_case("Руководителем Администрации Президента Республики Казахстан") == "ins"
    assert actor_case("Отдел военной безопасности и обороны") == "nom"
    assert actor_case("никто") is None


def test_what_changed_between_two_texts() -> None:
    old = "решение принимается Руководителем Администрации Президента в течение десяти рабочих дней"
    new = "решение принимается Президентом Республики Казахстан в течение пяти рабочих дней"
    ((one, other),) = actor_changes(old, new)
    assert (one.actor, other.actor) == ("head_of_administration", "president")
    ((before, after),) = value_changes(old, new)
    assert (before.value, after.value) == (Period(working_days=10), Period(working_days=5))
    assert actor_changes(old, "никто") == ()
