"""The report for a terminal: whole pages, narrow ones, colours, and which findings are told."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from attrs import evolve

from compliance.norm.vocabulary import Lang
from compliance.report.book import Book, shorten
from compliance.report.text import FEW, Page, _broken, text_report
from compliance.verdict import CheckReport
from tests.unit.report import builders

Golden = Callable[[str, str], None]

ANSI = re.compile(r"\x1b\[[0-9;]*m")
LANGS: tuple[Lang, ...] = ("en", "ru")


@pytest.mark.parametrize("lang", LANGS)
def test_a_whole_page(lang: Lang, golden: Golden) -> None:
    golden(f"report/check.{lang}.txt", text_report(builders.full(), builders.BOOK, Page(lang, all_units=True)))


@pytest.mark.parametrize("lang", LANGS)
def test_a_narrow_page(lang: Lang, golden: Golden) -> None:
    text = text_report(builders.full(), builders.BOOK, Page(lang, width=48))
    assert max(map(len, text.splitlines())) <= 48
    golden(f"report/narrow.{lang}.txt", text)


@pytest.mark.parametrize("width", [80, 100, 110, 140, 400])
@pytest.mark.parametrize("lang", LANGS)
def test_no_line_is_wider_than_the_page(lang: Lang, width: int) -> None:
    text = text_report(builders.full(), builders.BOOK, Page(lang, width=width))
    assert max(map(len, text.splitlines())) <= min(width, 140)
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_colours_change_nothing_but_the_colours() -> None:
    plain = text_report(builders.full(), builders.BOOK, Page())
    coloured = text_report(builders.full(), builders.BOOK, Page(color=True))
    assert "\x1b[1;31m" in coloured
    assert [line.rstrip() for line in ANSI.sub("", coloured).splitlines()] == plain.splitlines()


def test_words_of_files_are_shown_as_they_are() -> None:
    report = CheckReport((evolve(builders.hostile(), officer="\x1b[31mred"),))
    text = text_report(report, builders.BOOK, Page(width=140))
    assert "[bold red]x[/]" in text
    assert "\x1b" not in text


def test_a_reading_is_told_with_what_it_means() -> None:
    text = text_report(CheckReport((builders.contested(),)), builders.BOOK, Page(width=140))
    assert (
        "under the reading until_date = inclusive (is the named day itself still in time: the named day is the last)"
        " it would be: compliant" in text
    )
    assert "until_date = exclusive" not in text


def test_an_empty_book_leaves_the_ids() -> None:
    text = text_report(CheckReport((builders.contested(),)), Book(), Page(width=140))
    assert "under the reading until_date = inclusive it would be: compliant" in text
    assert "“" not in text


def many(count: int) -> CheckReport:
    return CheckReport(tuple(builders.violated(file=f"stories/{number}.yaml") for number in range(count)))


def test_of_many_files_only_what_was_not_expected_is_told() -> None:
    few, lots = (text_report(many(count), builders.BOOK, Page()) for count in (FEW, FEW + 1))
    assert few.count("the last day was 2026-11-30") == FEW
    assert "the last day was" not in lots
    assert f"Findings that are as expected are left out ({FEW + 1}); --details shows them." in lots


def test_the_findings_can_be_asked_for_and_left_out() -> None:
    told = text_report(many(FEW + 1), builders.BOOK, Page(details="all"))
    assert told.count("the last day was 2026-11-30") == FEW + 1
    silent = text_report(builders.full(), builders.BOOK, Page(details="none"))
    assert "the last day was" not in silent
    assert "left out" not in silent


def test_what_was_not_expected_is_told_among_many() -> None:
    report = CheckReport((*many(FEW).results, builders.undetermined()))
    text = text_report(report, builders.BOOK, Page(width=140))
    assert "verdict: expected compliant, got undetermined" in text
    assert text.rstrip().splitlines()[-2].endswith("not as expected: 1")


def test_a_duty_that_is_still_to_do_is_told_once() -> None:
    open_duty = evolve(builders.WAITING, unit="p13", norm="p13", verdict="pending", robust=True, citation=builders.P13)
    text = text_report(CheckReport((builders.pending(units=(open_duty,)),)), builders.BOOK, Page())
    assert text.count("p13)") == 1


def test_several_officers_of_a_file_are_named() -> None:
    report = CheckReport((builders.compliant(officer="A-1"), builders.compliant(officer="A-2")))
    _, _, *rows = text_report(report, builders.BOOK, Page()).splitlines()
    assert [row.split("  ")[0] for row in rows[:2]] == [
        "scenarios/compliant/ordinary.yaml · A-1",
        "scenarios/compliant/ordinary.yaml · A-2",
    ]


def test_nothing_at_all() -> None:
    assert text_report(CheckReport(()), Book(), Page()).strip() == "Summary: nothing was checked"
    assert text_report(CheckReport(()), Book(), Page("ru")).strip() == "Итог: ничего не проверено"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [("one two", 10, "one two"), ("one  two\nthree", 99, "one two three"), ("one two three", 9, "one two…"),
     ("abcdefghijkl", 5, "abcd…"), ("one, two", 6, "one…")],
)  # fmt: skip
def test_long_words_are_cut_between_words(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short
    assert len(short) <= max(limit, len(text)) + 1


@pytest.mark.parametrize(
    ("name", "width", "lines"),
    [("short.yaml", 20, ["short.yaml"]), ("sent-on-the-last-day.yaml", 12, ["sent-on-the-", "last-", "day.yaml"]),
     ("a" * 10, 4, ["aaaa", "aaaa", "aa"]), ("a/bbbbbbbb", 6, ["a/bbbb", "bbbb"])],
)  # fmt: skip
def test_long_names_of_files_break_after_hyphens(name: str, width: int, lines: list[str]) -> None:
    assert _broken(name, width) == "\n".join(lines)
