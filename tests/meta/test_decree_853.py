"""The amending decree as data, held against a copy of its official words."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
OFFICIAL = (ROOT / "tests" / "data" / "decree-853.ru.txt").read_text(encoding="utf-8")


@cache
def decree() -> Mapping[str, Any]:
    text = (ROOT / "model" / "acts" / "decree-853.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - plain strings only
    return loaded


def operations() -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = decree()["operations"]
    return found


def _numbers() -> list[int]:
    return list(range(len(operations())))


def test_there_are_twenty_operations_counted_by_place() -> None:
    assert [operation["number"] for operation in operations()] == [str(n) for n in range(1, 21)]
    assert Counter(operation["item"] for operation in operations()) == {"1": 5, "2": 3, "3": 9, "4": 3}
    kinds = Counter(operation["operation"] for operation in operations())
    assert kinds == {"restate": 8, "delete": 5, "add": 4, "replace_row": 2, "restate_whole": 1}
    places = [(operation["act"], *operation["place"]["steps"]) for operation in operations()]
    assert len(set(places)) == 20


def test_the_official_text_has_as_many_instructions_as_the_count_says() -> None:
    instructions = re.findall(
        r"изложить в следующей\s+редакции|изложить в новой редакции|исключить;|дополнить подпунктами", OFFICIAL
    )
    assert len(instructions) == 14
    assert "пункты 5, 16 и 18 исключить" in OFFICIAL
    assert "подпункты 44-9) и 44-10) исключить" in OFFICIAL
    assert "подпунктами 44-28), 44-29), 44-30) и 44-31)" in OFFICIAL


@pytest.mark.parametrize("index", _numbers())
def test_quoted_words_are_those_of_the_decree(index: int) -> None:
    operation = operations()[index]
    assert ("new" in operation) == (operation["operation"] in {"restate", "add", "replace_row"})
    assert ("old" in operation) == (operation["number"] in {"5", "6", "8", "20"})
    for key in ("old", "new"):
        assert operation.get(key, "") in OFFICIAL


def test_every_quotation_of_new_words_is_in_an_operation() -> None:
    quoted = re.findall(r'(?:редакции|содержания):\n"(.+?)"[;.]\n', OFFICIAL, flags=re.DOTALL)
    known = {operation["new"] for operation in operations() if "new" in operation}
    lines = {line for words in quoted for line in words.split("\n")}
    assert len(lines) == 14
    assert lines == known


@pytest.mark.parametrize("index", _numbers())
def test_each_operation_says_what_follows_and_what_does_not(index: int) -> None:
    operation = operations()[index]
    for key in ("derived", "not_derived", "place"):
        assert all(len(operation[key][lang]) > 10 for lang in ("en", "ru"))
    (target,) = (target for target in decree()["targets"] if target["id"] == operation["act"])
    assert target["item"] == operation["item"]


def test_the_targets_are_cited_as_the_decree_cites_them() -> None:
    months = {"04": "апреля", "08": "августа", "07": "июля", "02": "февраля"}
    for target in decree()["targets"]:
        day = date.fromisoformat(target["date"])
        cited = f'{day.day} {months[f"{day.month:02}"]} {day.year} года № {target["number"]} "{target["title"]["ru"]}"'
        assert f"{target['item']}. В Указе Президента Республики Казахстан от {cited}" in OFFICIAL
        assert any(operation["act"] == target["id"] for operation in operations())


def test_the_operative_part_has_one_effect_date_for_everything() -> None:
    assert all(entry["text"]["ru"] in OFFICIAL for entry in decree()["operative"])
    assert OFFICIAL.count("вводится в действие") == 1
    assert decree()["entry_into_force"]["days_after_publication"] == "11"


def test_what_must_agree_agrees() -> None:
    by_number = {operation["number"]: operation for operation in operations()}
    rules = (ROOT / "model" / "rules" / "p01.yaml").read_text(encoding="utf-8")
    for agreement in decree()["agreements"]:
        assert all(agreement["words"] in by_number[number]["new"] for number in agreement["operations"])
        assert all(agreement["words"] in rules for unit in agreement["units"] if unit == "p1")


def test_references_are_quoted_from_the_new_words_and_survive_the_deletions() -> None:
    by_number = {operation["number"]: operation for operation in operations()}
    deleted = {(o["act"], *o["place"]["steps"]) for o in operations() if o["operation"] == "delete"}
    for reference in decree()["references"]:
        assert reference["words"] in by_number[reference["operation"]]["new"]
        target = (reference["act"], *reference["steps"])
        assert target not in deleted
        changing = [o["number"] for o in operations() if (o["act"], *o["place"]["steps"]) == target]
        assert changing == reference["changed_by"]
