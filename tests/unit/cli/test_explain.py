"""`reserve explain`: every way to name a thing, and every thing that can be named."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from compliance.law.model import Law
from compliance.norm.vocabulary import Words
from compliance.report.explain import Explanation, explain_unit, known_names
from compliance.report.stories import stories_about
from compliance.source.catalog import codes
from tests.unit.cli.conftest import Reserve

UNIT_KEYS = {"id", "citation", "text", "sentence", "norm", "kind", "bearer", "readings", "scenarios"}


@pytest.mark.parametrize(
    "what",
    [["18.3"], ["p18.sub3"], ["подпункт 3) пункта 18"], ["подпункт", "3)", "пункта", "18"], ["«подпункт 3) пункта 18»"],
     ["sub-point 3) of point 18"], ["P18.SUB3"]],
    ids=" ".join,
)  # fmt: skip
def test_a_unit_has_many_names(reserve: Reserve, what: list[str]) -> None:
    ran = reserve("explain", *what, "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["id"] == "p18.sub3"


def test_a_unit_as_json(reserve: Reserve) -> None:
    found = json.loads(reserve("explain", "p14.part2", "--format", "json").out)
    assert set(found) >= UNIT_KEYS
    assert found["citation"] == {"en": "part two of point 14", "ru": "часть вторая пункта 14"}
    assert found["text"]["ru"].startswith("Если иное не будет решено Президентом")
    assert found["sentence"]["en"].startswith("For every appointment")
    assert found["sentence"]["ru"].startswith("Для каждого события «назначение»")
    assert found["norm"].startswith("every appointment a")
    assert found["kind"] == "precondition"
    assert "three_months_end" in found["readings"]
    assert found["parameters"] == {"min_stay": {"value": "3 months", "words": "трех месяцев"}}
    assert "scenarios/violating/appointed-a-day-early.yaml" in found["scenarios"]


def test_a_unit_without_norm_says_why(reserve: Reserve) -> None:
    found = json.loads(reserve("explain", "p2", "--format", "json").out)
    assert found["norm"] is None
    assert found["norms"] == []
    assert found["no_norm"]["ru"]


def test_a_unit_in_words(reserve: Reserve) -> None:
    english, russian = (reserve("explain", "p13", "--lang", lang).out for lang in ("en", "ru"))
    assert english.splitlines()[0] == "point 13 (p13)"
    assert russian.splitlines()[0] == "пункт 13 (p13)"
    for text in (english, russian):
        assert "13. Кадровые подразделения специальных государственных органов" in text
    assert "translation" in english
    assert "13. The personnel units" in english
    assert "The personnel units" not in russian


def test_a_point_lists_its_units(reserve: Reserve) -> None:
    found = json.loads(reserve("explain", "пункт 5", "--format", "json").out)
    assert (found["kind"], found["units"]) == ("point", ["p5.part1", "p5.part2"])


@pytest.mark.parametrize(
    ("what", "kind", "key"),
    [("until_date", "reading", "question"), ("last_day", "definition", "sentence"), ("enrolment", "notion", "words"),
     ("source.tab", "message", "meaning"), ("p14.part1.s1", "limit", "sentence")],
)  # fmt: skip
def test_everything_else_that_has_a_name(reserve: Reserve, what: str, kind: str, key: str) -> None:
    found = json.loads(reserve("explain", what, "--format", "json").out)
    assert (found["id"], found["kind"]) == (what, kind)
    assert found[key]["en"] != found[key]["ru"]
    for lang in ("en", "ru"):
        assert what in reserve("explain", what, "--lang", lang).out.splitlines()[0]


def test_a_reading_says_where_it_matters(reserve: Reserve) -> None:
    found = json.loads(reserve("explain", "until_date", "--format", "json").out)
    assert list(found["values"]) == ["exclusive", "inclusive"]
    assert found["default"] == "exclusive"
    assert "p10.part1" in found["units"]


def test_without_a_name_all_names_are_listed(reserve: Reserve, shipped_law: Law) -> None:
    found = json.loads(reserve("explain", "--format", "json").out)
    listed = {name for key, names in found.items() if key != "schema" for name in names}
    assert listed == set(known_names(shipped_law))
    assert "until_date" in reserve("explain").out


def test_every_name_of_the_law_can_be_explained(reserve: Reserve, shipped_law: Law) -> None:
    names = [name for name in known_names(shipped_law) if name not in codes()]
    for name in names[:: max(1, len(names) // 40)]:
        ran = reserve("explain", name)
        assert (ran.code, ran.err) == (0, ""), name


def test_every_unit_has_its_words_and_its_sentence(shipped_law: Law) -> None:
    for unit in shipped_law.units.values():
        found = explain_unit(unit, shipped_law, lambda _: ()).json
        assert bool(found["norm"]) == bool(found["sentence"]["ru"]) == (unit.no_norm is None), unit.id
        assert found["text"]["en"]


def test_stories_are_found_by_what_they_expect_and_by_what_they_are_for(tmp_path: Path) -> None:
    texts = {
        "a": "expect: {verdict: violated, units: [p13]}\n",
        "b": "# for p13, until_date\nexpect: {verdict: compliant}\n",
        "c": "officers:\n  - {expect: {pending: [{unit: p13, by: 2026-01-01}]}}\n",
        "d": "expect: {depends_on: {until_date: {inclusive: violated}}}\n",
        "e": "expect: {proposal: {answer: no, units: [p13]}}\n",
        "f": "title: about p13\nexpect: {units: [p13.x]}\n",
        "g": "expect: {units: [p13\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    about = {name: [Path(file).stem for file in stories_about(name, tmp_path)] for name in ("p13", "until_date", "p99")}
    assert about == {"p13": ["a", "b", "c", "e"], "until_date": ["b", "d"], "p99": []}
    assert stories_about("p13", tmp_path / "none") == ()


def test_other_parts_of_the_house_can_explain_more(reserve: Reserve, monkeypatch: pytest.MonkeyPatch) -> None:
    more = ModuleType("more_to_explain_in_this_test")
    found = Explanation(Words("theorem t1", "теорема t1"), {"id": "t1"}, (("meaning", Words("x", "y")),))
    more.find = lambda what: found if what == "t1" else None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, more.__name__, more)
    monkeypatch.setattr("compliance.cli.explain.ELSEWHERE", (more.__name__,))
    assert reserve("explain", "t1", "--lang", "ru").out.splitlines()[0] == "теорема t1"
    assert reserve("explain", "p13").code == 0
