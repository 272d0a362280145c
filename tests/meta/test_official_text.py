"""Holds the words of model/rules against a copy of the official text, character by character."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from compliance.law.citation import parse_unit_id, sort_key

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "model" / "rules"
OFFICIAL = ROOT / "tests" / "data" / "rules-2025.ru.tsv"
DIGEST = "c96ef60a1dd13fcee1f9ac69bbcb8baba5dac91f23b6177b6088ea4f651df40c"

UNBREAKABLE = {
    "p2": "defines",
    "p3": "purpose",
    "p6.part1": "assigns_competence",
    "p6.part2": "assigns_competence",
    "p8.part1": "not_checkable",
    "p8.part2": "introduces",
    "p9": "not_checkable",
    "p10.part2": "introduces",
    "p10.part3": "permits",
    "p10.part4": "permits",
    "p11": "introduces",
    "p12.part2.sub1": "permits",
    "p12.part2.sub2": "permits",
    "p15": "permits",
    "p16": "not_checkable",
    "p18": "introduces",
}
KINDS = {
    "definition", "scope", "purpose", "precondition", "power", "permission", "competence", "obligation", "deadline",
    "prohibition", "limit", "introduction", "ground", "procedure",
}  # fmt: skip


@cache
def official() -> Mapping[str, str]:
    rows = OFFICIAL.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    pairs = [row.split("\t", 1) for row in rows]
    assert len({unit for unit, _ in pairs}) == len(pairs)
    return dict(pairs)


@cache
def entries() -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for path in sorted(RULES.glob("p*.yaml")):
        for entry in _load(path)["units"]:
            assert entry["id"] not in found, f"{entry['id']} stands twice"
            assert parse_unit_id(entry["id"]).point == (int(path.stem[1:]),), f"{entry['id']} stands in {path.name}"
            found[entry["id"]] = entry
    return found


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - plain strings only


def _units() -> list[str]:
    return [unit for unit in official() if not unit.startswith("chapter")]


def test_the_copy_of_the_official_text_is_untouched() -> None:
    assert hashlib.sha256(OFFICIAL.read_bytes()).hexdigest() == DIGEST


def test_all_53_units_are_there_in_the_order_of_the_text() -> None:
    assert len(_units()) == 53
    assert list(entries()) == _units()
    assert sorted(_units(), key=sort_key) == _units()


@pytest.mark.parametrize("unit", _units())
def test_the_official_words_of_each_unit(unit: str) -> None:
    assert entries()[unit]["text"]["ru"] == official()[unit]


@pytest.mark.parametrize("unit", _units())
def test_each_unit_is_translated_under_the_same_number(unit: str) -> None:
    english = entries()[unit]["text"]["en"]
    assert english == english.strip()
    assert len(english) > 20
    assert not set(english) & set("абвгдежзийклмнопрстуфхцчшщъыьэюя")
    number = official()[unit].partition(" ")[0]
    if number[0].isdigit():
        assert english.startswith(f"{number} ")
    assert official()[unit][-1] == english[-1]


@pytest.mark.parametrize("unit", _units())
def test_each_unit_says_its_kind_its_bearer_and_how_it_was_read(unit: str) -> None:
    entry = entries()[unit]
    assert entry["kind"] in KINDS
    assert set(entry["bearer"]) <= set(_load(ROOT / "model" / "vocabulary.yaml")["enumerations"]["actor"])
    assert len(set(entry["bearer"])) == len(entry["bearer"])
    assert all(len(entry["note"][lang]) > 15 for lang in ("en", "ru"))


@pytest.mark.parametrize("unit", _units())
def test_a_unit_has_no_norm_exactly_where_nothing_could_break_it(unit: str) -> None:
    reason = entries()[unit].get("no_norm")
    assert (reason["why"] if reason else None) == UNBREAKABLE.get(unit)
    assert bool(reason) != bool(entries()[unit].get("norms"))
    if reason:
        assert all(len(reason[lang]) > 30 for lang in ("en", "ru"))


def test_the_chapter_headings_stand_before_their_points() -> None:
    chapters = _load(RULES / "chapters.yaml")["chapters"]
    rows = list(official())
    assert [chapter["id"] for chapter in chapters] == [row for row in rows if row.startswith("chapter")]
    for chapter in chapters:
        assert chapter["text"]["ru"] == official()[chapter["id"]]
        assert parse_unit_id(chapter["first"]).point == parse_unit_id(rows[rows.index(chapter["id"]) + 1]).point
        assert chapter["text"]["en"].startswith(f"Chapter {chapter['id'].removeprefix('chapter')}. ")
