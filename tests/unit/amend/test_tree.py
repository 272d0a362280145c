"""The tree of units, addresses in words, and the way from a law."""

from __future__ import annotations

import pytest

from compliance.amend.address import Address, address_of, cite, nearest_unit, outline, resolve
from compliance.amend.from_law import tree_of
from compliance.amend.tree import from_pairs, parse_id
from compliance.law.load import load_law
from tests.unit.amend.rules import the_rules


def test_the_rules_go_in_and_come_out() -> None:
    tree = the_rules()
    assert len(tree.rows) == 56
    assert all(row.id == row.key for row in tree.rows)
    assert from_pairs(tree.pairs()) == tree


def test_the_shipped_law_gives_the_same_tree() -> None:
    assert tree_of(load_law().written) == the_rules()


def test_words_are_kept_without_their_number() -> None:
    tree = the_rules()
    assert tree.words_by_key["p14.part1"].startswith("Срок пребывания")
    assert tree.words_by_key["p18.sub4"].startswith("подачи им рапорта")
    assert tree.by_id["p14.part1"].text.startswith("14. Срок")


def test_every_unit_is_found_under_its_own_address() -> None:
    tree = the_rules()
    for row in tree.rows:
        address = address_of(row.id)
        assert address is not None
        assert resolve(address, tree) == (row.id,)


@pytest.mark.parametrize(
    ("steps", "unit"),
    [
        ((("point", "8"), ("sub", "3")), "p8.part2.sub3"),
        ((("point", "20"), ("part", "1")), "p20"),
        ((("point", "14"), ("paragraph", "2")), "p14.part2"),
        ((("point", "10"), ("part", "2"), ("sub", "1"), ("paragraph", "4")), "p10.part2.sub1.dash3"),
        ((("chapter", "2"),), "chapter2"),
    ],
)
def test_addresses_in_the_manner_of_drafters(steps: tuple[tuple[str, str], ...], unit: str) -> None:
    assert resolve(Address(steps), the_rules()) == (unit,)  # type: ignore[arg-type]


def test_what_is_not_there_and_what_is_near() -> None:
    missing = Address((("point", "14"), ("part", "3")))
    assert resolve(missing, the_rules()) == ()
    assert nearest_unit(missing, the_rules()) == "p14.part2"
    assert nearest_unit(Address((("point", "25"),)), the_rules()) == "p20"
    assert outline(the_rules(), "p14") == ("p14", "p14.part1", "p14.part2")


def test_citations() -> None:
    assert cite("p10.part2.sub1.dash3") == "абзац четвертый подпункта 1) части второй пункта 10"
    assert cite("p18.sub3", "en") == "sub-point 3) of point 18"
    assert cite("chapter3") == "глава 3"


def test_bad_ids() -> None:
    assert parse_id("x14") is None
    with pytest.raises(ValueError, match="q1"):
        from_pairs([("q1", "text")])
