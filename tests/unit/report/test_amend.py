"""The report on an amendment for people: what it says, in what order, and that no word is missing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from compliance.amend.document import read_amendments
from compliance.amend.effect.report import AmendReport
from compliance.amend.effect.run import AmendOptions, amend
from compliance.law.load import load_law
from compliance.norm.vocabulary import Lang
from compliance.report import amend_words
from compliance.report.amend import AMEND_FORMATS, AmendFormat, render_amend
from compliance.report.amend_view import title_of, view_of
from compliance.report.amend_words import word
from compliance.report.text import Page

AMENDMENTS = Path(__file__).resolve().parents[3] / "amendments"


@cache
def report(name: str) -> AmendReport:
    """The report on a shipped amendment, under the default readings."""
    path = AMENDMENTS / f"{name}.yaml"
    (package,) = read_amendments(path.read_text(encoding="utf-8"), path.name)
    return amend(load_law(), package, AmendOptions(theorems=False, readings=False))


def shown(name: str, form: AmendFormat, lang: Lang) -> str:
    return render_amend((report(name),), form, Page(lang))


@pytest.mark.parametrize("form", [form for form in AMEND_FORMATS if form != "json"])
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_report_speaks_one_language(form: AmendFormat, lang: Lang) -> None:
    said = shown("example-4-repeal-point-20", form, lang)
    assert {"en": "Point 20", "ru": "пункта 20"}[lang] in said or "20" in said.splitlines()[0]
    other: Lang = "ru" if lang == "en" else "en"
    assert word("findings", lang) in said.replace("\\", "")
    assert word("findings", other) not in said.replace("\\", "")
    assert "{" not in re.sub(r"\{[+]|\[-|(?s:<style>.*?</style>)", "", said)


def test_what_is_said_comes_in_its_order() -> None:
    said = shown("example-4-repeal-point-20", "text", "en").splitlines()
    places = [next(at for at, line in enumerate(said) if text in line) for text in (
        word("warn", "en"), word("findings", "en"), "SCENARIO_FLIP", "TRANSITION", word("compare", "en"),
        word("redline", "en"), word("not_checked", "en"),
    )]  # fmt: skip
    assert places == sorted(places)


def test_a_card_tells_what_where_when_and_how_to_mend_it() -> None:
    (card,) = (card for card in view_of(report("example-4-repeal-point-20"), "ru").cards if card.code == "TRANSITION")
    assert card.title == title_of("TRANSITION", "ru")
    (item,) = card.items
    assert card.where[0].unit == "p20"
    assert {segment.kind for segment in card.where[0].segments} == {"old"}
    assert len(card.where[0].text) < 260
    assert item.story[-1] == ("2027-01-10", word("first_day", "ru"))
    assert all(day and words for day, words in item.story)
    labels = [label for label, _ in item.facts]
    assert labels[-2:] == [word("repair", "ru"), word("paste", "ru")]
    assert item.facts[-1][1].startswith("действие пункта 20")


def test_only_the_changed_words_are_quoted() -> None:
    said = shown("check-by-the-tenth", "text", "en")
    assert "[-15-]{+10+}" in said
    assert "требованиям, установленным настоящими Правилами" not in said


def test_a_package_that_cannot_be_applied_says_why() -> None:
    for form in ("text", "md", "html"):
        said = shown("part-three-of-point-14", form, "ru")
        assert word("unapplied", "ru") in said
        assert "часть третья пункта 14" in said


def test_html_shows_words_and_nothing_else() -> None:
    said = shown("example-5-ground-appointment", "html", "ru")
    assert "<ins>9) назначения его на вышестоящую руководящую должность.</ins>" in said
    assert "<script" not in said
    assert said.count("<article") == said.count("</article>") > 0


@pytest.mark.parametrize("key", amend_words.keys())
def test_every_word_is_whole(key: str) -> None:
    en, ru = (word(key, lang) for lang in ("en", "ru"))
    assert en
    assert ru
    assert set(re.findall(r"\{\w+\}", en)) == set(re.findall(r"\{\w+\}", ru))
    assert not re.search("[а-яё]", en)


@pytest.mark.parametrize(
    "code", ["TRANSITION", "CONFLICT_CONDITIONAL", "THEOREM_BREAK", "XREF_SHIFTED", "STATE_UNREACHABLE"]
)
def test_codes_have_titles(code: str) -> None:
    for lang in ("en", "ru"):
        assert title_of(code, lang) != code
    assert title_of("NO_SUCH_CODE", "en") == "NO_SUCH_CODE"
