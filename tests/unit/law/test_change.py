"""Changed laws: an amendment, a mutation, another default; only what the change can touch is checked again."""

from __future__ import annotations

import pytest
from attrs import evolve

from compliance.law.build import build
from compliance.law.load import written_from_texts
from compliance.law.model import Clause, Formula, Law, NoNorm
from compliance.norm.parse import parse_expr
from compliance.norm.types import Period
from compliance.norm.vocabulary import Words
from compliance.source.diagnostic import Problems
from tests.unit.law.toy import P1, P2, READINGS, VOCABULARY, swapped, toy_law, toy_texts


def _kept(before: Law, after: Law) -> set[str]:
    """The formulas whose checked form was taken over as it was."""
    old = dict(before.formulas())
    return {id for id, typed in after.formulas() if typed is old.get(id)}


ALL = {"p1.part1", "p2.s1", "p2.s2", "p3", "early_notice", "w.one_decision_a_day"}


def _clause(unit: str, text: str) -> Clause:
    return Clause(unit, unit, Formula(parse_expr(text), text))


def test_a_replaced_norm_alone_is_checked_again() -> None:
    law = toy_law()
    changed = law.with_clause(_clause("p3", "every exclusion x: x.ground = p3"))
    assert _kept(law, changed) == ALL - {"p3"}
    assert changed.norm("p3").readings == ()
    assert law.norm("p3").readings == ("rounding",)
    assert changed.fingerprint != law.fingerprint


def test_new_words_with_a_new_value_change_every_norm_that_uses_it() -> None:
    law = toy_law()
    unit = law.unit("p2")
    (stay,) = unit.parameters
    longer = evolve(stay, value=Period(months=60), words="пяти лет")
    words = Words(unit.text.en, unit.text.ru.replace("трех лет", "пяти лет"))
    changed = law.with_units(evolve(unit, text=words, parameters=(longer,)))
    assert changed.program.params["max_stay"] == Period(months=60)
    assert _kept(law, changed) == ALL - {"p2.s1", "p3"}
    assert law.program.params["max_stay"] == Period(months=36)


def test_a_repealed_unit_leaves_the_rest() -> None:
    law = toy_law()
    changed = law.with_units(without=["p3"])
    assert list(changed.units) == ["p1.part1", "p1.part2", "p2"]
    assert _kept(law, changed) == ALL - {"p3"}


def test_a_parameter_that_goes_is_missed_where_it_is_used() -> None:
    with pytest.raises(Problems) as problems:
        toy_law().with_units(without=["p2"])
    found = problems.value.diagnostics
    assert {(each.code, each.fields["word"]) for each in found} == {("norm.unknown-word", "max_stay")}
    assert found[0].place is not None
    assert found[0].place.file == "model/definitions.yaml"


def test_a_new_unit_takes_its_place_in_the_text() -> None:
    law = toy_law()
    unit = evolve(law.unit("p3"), id="p2-1", clauses=(_clause("p2-1", "every notice n: n.date <= as_of"),))
    changed = law.with_units(unit)
    assert list(changed.units) == ["p1.part1", "p1.part2", "p2", "p2-1", "p3"]
    assert [norm.id for norm in changed.norms] == ["p1.part1", "p2.s1", "p2.s2", "p2-1", "p3"]
    assert _kept(law, changed) == ALL


def test_a_reading_with_other_values_is_checked_where_it_is_consulted() -> None:
    law = toy_law()
    other = evolve(law.reading("rounding"), default="up")
    changed = law.replace(readings={**law.readings, "rounding": other})
    assert changed.default_profile["rounding"] == "up"
    assert _kept(law, changed) == ALL - {"p2.s1", "p3"}


def test_a_changed_definition_is_checked_with_its_users() -> None:
    law = toy_law()
    definitions = dict(law.written.definitions)
    full = definitions["full"]
    definitions["full"] = evolve(full, raw=evolve(full.raw, body=parse_expr("e.date + max_stay rounded down")))
    changed = law.replace(definitions=definitions)
    assert _kept(law, changed) == ALL - {"p2.s1", "p3"}
    assert changed.norm("p3").readings == ()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("p02", swapped(P2, "full(e) <= x.date", "full(e) < x.date")),
        ("p02", swapped(P2.replace("трех лет", "четырех лет"), "value: 3 years", "value: 4 years")),
        ("p01", swapped(P1, "  fails:", "  judged: always\n  fails:")),
        ("readings", swapped(READINGS, "default: down", "default: up")),
        ("vocabulary", swapped(VOCABULARY, "  notice:", "  other_notice:\n    words: {en: o, ru: о}\n  notice:")),
    ],
    ids=["norm", "parameter", "judged", "reading", "vocabulary"],
)
def test_a_law_built_on_another_equals_one_built_afresh(file: str, text: str) -> None:
    written = written_from_texts(toy_texts(**{file: text}))
    law = toy_law()
    afresh, grown = build(written), build(written, reuse=law)
    assert afresh.program == grown.program
    assert dict(afresh.formulas()) == dict(grown.formulas())
    assert (afresh.norms, afresh.notices, afresh.world) == (grown.norms, grown.notices, grown.world)
    assert afresh.fingerprint == grown.fingerprint != law.fingerprint


def test_a_norm_gives_way_to_a_reason() -> None:
    law = toy_law()
    reason = NoNorm("not_checkable", Words("no trace", "нет следа"))
    changed = law.with_units(evolve(law.unit("p3"), clauses=(), no_norm=reason))
    assert changed.norms_of("p3") == ()
    assert _kept(law, changed) == ALL - {"p3"}
