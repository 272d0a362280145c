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
from compliance.report.amend_cards import NAMED, Item, _folded, _joined, readings_in_words, story_of
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
    assert item.story[-1] == ("2027-01-10", word("first_day", "ru"))
    assert all(day and words for day, words in item.story)
    labels = [label for label, _ in item.facts]
    assert labels[-2:] == [word("repair", "ru"), word("paste", "ru")]
    assert item.facts[-1][1].startswith("действие пункта 20")


def test_words_are_quoted_once() -> None:
    cards = view_of(report("example-4-repeal-point-20"), "ru").cards
    first, *others = [card.where[0] for card in cards]
    assert {segment.kind for segment in first.segments} == {"old"}
    assert len(first.text) < 260
    assert {(each.unit, each.segments) for each in others} == {("p20", ())}
    said = shown("example-4-repeal-point-20", "text", "ru")
    assert said.count(word("said_above", "ru")) == len(others)


def test_what_one_repair_mends_is_one_card() -> None:
    """Seen from three sides, and the repair said once, in the words that drafters use."""
    first, *_ = view_of(report("example-3-check-before-submission"), "ru").cards
    assert first.code == "CONFLICT_CONDITIONAL, DEADLINE_ORDER, DUTY_UNDISCHARGEABLE"
    assert sum(len(item.messages) for item in first.items) == 3
    assert not any(label == word("repair", "ru") for item in first.items for label, _ in item.facts)
    assert [label for label, _ in first.facts][-2:] == [word("repair", "ru"), word("paste", "ru")]
    assert 'словами "до 1 числа последнего месяца соответствующего квартала"' in first.facts[-1][1]


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_repair_that_is_its_own_instruction_is_said_once(lang: Lang) -> None:
    cards = view_of(report("example-5-ground-appointment"), lang).cards
    (card,) = (card for card in cards if card.code == "PUNCTUATION")
    (item,) = card.items
    assert [label for label, _ in item.facts] == [word("paste", lang)]


def test_who_acted_is_said_where_it_is_unusual() -> None:
    told = story_of(report("approval-by-the-secretary"), _enrolled_by("secretary_of_security_council"), "en")
    assert told[0][1] == "decision on enrolment (enrol, the Secretary of the Security Council)"
    usual = story_of(report("approval-by-the-secretary"), _enrolled_by("head_of_administration"), "en")
    assert usual[0][1] == "decision on enrolment (enrol)"


def _enrolled_by(actor: str) -> dict[str, object]:
    event = {"event": "reserve_decision", "date": "2026-01-09", "outcome": "enrol", "by": actor}
    return {"events": [event], "as_of": "2026-01-09"}


def test_a_long_list_is_folded() -> None:
    messages = [f"{number}" for number in range(12)]
    items = [Item((message,), (), "", (), ()) for message in messages]
    (item,), folded = _folded(_joined(items))
    assert (*item.messages, *folded) == tuple(messages)
    assert len(item.messages) == NAMED
    told = [*items, Item(("told",), (), "story", (("2026-01-09", "x"),), ())]
    assert _folded(_joined(told))[0][0].messages == ("told",)
    assert _folded(_joined(items[: NAMED + 1])) == (_joined(items[: NAMED + 1]), ())


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_drafter_sees_no_formula_and_no_name_of_a_program(lang: Lang) -> None:
    name = "approval-by-the-secretary"
    formulas = [each.formula for each in report(name).findings if each.formula]
    assert formulas
    for form in ("text", "md", "html"):
        said = " ".join(shown(name, form, lang).split())
        assert not any(formula[:20] in said for formula in formulas)
        assert not [reading for reading in load_law().readings if f"{reading} =" in said]
        assert ".yaml" not in said.partition("<body>")[2] or form != "html"
    assert {"en": "the body of the officer is", "ru": "орган сотрудника -"}[lang] in shown(name, "text", lang)
    assert formulas[0] in render_amend((report(name),), "json", Page(lang))


def test_readings_are_questions_and_answers() -> None:
    said = readings_in_words(report("example-4-repeal-point-20"), ("expiry=automatic", "no_such=one"), "en")
    assert said == "does a stay end by itself at three years? - yes; no_such"
    both = readings_in_words(report("example-4-repeal-point-20"), ("expiry=automatic", "expiry=by_decision"), "ru")
    assert both == "прекращается ли пребывание само через три года? - да либо нет, только решением"


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
