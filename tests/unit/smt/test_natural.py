"""Natural values: what the norms ask for, gathered from them."""

from __future__ import annotations

from compliance.law.model import Law
from compliance.smt.natural import Natural, natural


def gathered(law: Law) -> Natural:
    return natural(law.program, (norm.expr for norm in law.norms))


def test_actors_are_those_that_norms_compare_with(law: Law) -> None:
    found, kinds = gathered(law), law.vocabulary.kinds
    assert found.value("reserve_decision", kinds["reserve_decision"].attributes["by"]) == "head_of_administration"
    assert found.value("exclusion_materials", kinds["exclusion_materials"].attributes["by"]) == "personnel_unit"


def test_a_parameter_of_a_definition_passes_its_value_on(law: Law) -> None:
    sent = law.vocabulary.kinds["materials_sent"].attributes
    assert gathered(law).value("materials_sent", sent["signed_by"]) == "first_head"


def test_defaults_come_first_and_sets_are_full(law: Law) -> None:
    found, sent = gathered(law), law.vocabulary.kinds["materials_sent"].attributes
    assert found.value("materials_sent", sent["basis"]) == "ordinary"
    assert found.value("materials_sent", sent["contents"]) == frozenset(law.vocabulary.enumerations["item"].values)


def test_posts_are_listed_and_officers_the_first_of_their_words(law: Law) -> None:
    found, vocabulary = gathered(law), law.vocabulary
    assert found.value("position", vocabulary.position["listed"]) is True
    assert found.value("position", vocabulary.position["first_head"]) is False
    assert found.value("officer", vocabulary.officer["body"]) == "knb"
    assert found.value("officer", vocabulary.officer["attestation"]) == "subject"
