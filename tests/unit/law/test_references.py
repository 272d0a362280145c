"""Citations of the Rules in the words of the Rules."""

from __future__ import annotations

import pytest
from attrs import evolve

from compliance.law.load import load_law
from compliance.law.model import Unit
from compliance.law.references import references, resolves
from compliance.norm.vocabulary import Words

UNIT = Unit("p19", "power", (), Words("words", "слова"))


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("при наличии оснований, предусмотренных пунктом 18 настоящих Правил", ["p18"]),
        ("в соответствии с подпунктом 3) пункта 18 настоящих Правил", ["p18.sub3"]),
        ("документов, указанных в части второй пункта 10 настоящих Правил,", ["p10.part2"]),
        ("в соответствии с подпунктом 1) части второй пункта 10 настоящих Правил и пунктом 14-1 настоящих Правил",
         ["p10.part2.sub1", "p14-1"]),
        ("требований части первой настоящего пункта", ["p19.part1"]),
        ("в соответствии с пунктом 5 статьи 3 Закона", []),
        ("без ссылок", []),
    ],
)  # fmt: skip
def test_citations_are_found(text: str, targets: list[str]) -> None:
    found = references(evolve(UNIT, text=Words("words", text)))
    assert [reference.target for reference in found] == targets
    assert all(text[each.start : each.start + len(each.words)] == each.words for each in found)


def test_the_rules_cite_themselves_four_times() -> None:
    law = load_law()
    found = [(each.unit, each.target) for unit in law.units.values() for each in references(unit)]
    assert found == [("p6.part2", "p10"), ("p18.sub5", "p14"), ("p19", "p18"), ("p20", "p18.sub3")]
    assert all(resolves(target, law.units) for _, target in found)


def test_a_citation_may_name_what_holds_units() -> None:
    assert resolves("p10", ["p10.part1"])
    assert resolves("p10.part1", ["p10.part1"])
    assert not resolves("p10.part1", ["p10.part2", "p10"])
    assert not resolves("p1", ["p10.part1", "p1-1"])
