"""Diagnostics: collected, sorted, and shown with carets in both languages."""

import json

import pytest

from compliance.source.diagnostic import Collector, Diagnostic, Note, Problems, as_json, render, say
from compliance.source.loc import Place, Source, spot

TEXT = "title: x\nevents:\n  - {type: materials_snt}\n"
SOURCES = {"f.yaml": Source("f.yaml", TEXT)}
UNKNOWN = Diagnostic(
    "source.unknown-word", spot("f.yaml", 3, 12, 13), {"word": "materials_snt"}, ("materials_sent",), "materials_sent"
)


def test_a_diagnostic_in_english() -> None:
    assert render(UNKNOWN, "en", SOURCES).split("\n") == [
        "f.yaml:3:12: error[source.unknown-word]: unknown word `materials_snt`",
        "    3 |   - {type: materials_snt}",
        "      |            ^^^^^^^^^^^^^",
        "  expected: `materials_sent`",
        "  help: did you mean `materials_sent`?",
    ]


def test_a_diagnostic_in_russian() -> None:
    assert render(UNKNOWN, "ru", {}).split("\n") == [
        "f.yaml:3:12: ошибка[source.unknown-word]: неизвестное слово `materials_snt`",
        "  ожидалось: `materials_sent`",
        "  подсказка: возможно, имелось в виду `materials_sent`",
    ]


def test_the_chain_is_shown_with_its_own_lines() -> None:
    note = Note("source.first-key", spot("f.yaml", 1, 1, 5))
    twice = Diagnostic("source.duplicate-key", spot("f.yaml", 2, 1, 6), {"word": "title"}, chain=(note,))
    assert render(twice, "en", SOURCES).split("\n")[-3:] == [
        "  note: f.yaml:1:1: it stood here first",
        "    1 | title: x",
        "      | ^^^^^",
    ]


def test_a_place_over_several_lines_is_underlined_to_the_end_of_the_first() -> None:
    shown = render(Diagnostic("source.empty", Place("f.yaml", 2, 1, 3, 5)), "en", SOURCES)
    assert shown.endswith("      | ^^^^^^^")


def test_a_place_behind_the_end_still_has_a_caret() -> None:
    assert render(Diagnostic("source.empty", spot("f.yaml", 1, 99)), "en", SOURCES).endswith("      |         ^")
    assert "|" not in render(Diagnostic("source.empty", spot("f.yaml", 99, 1)), "en", SOURCES)


def test_a_very_long_line_is_cut_round_the_caret() -> None:
    sources = {"f": Source("f", "a" * 5_000 + "B" + "c" * 5_000)}
    _, line, carets = render(Diagnostic("source.empty", spot("f", 1, 5_001)), "en", sources).split("\n")
    assert len(line) < 160
    assert line[carets.index("^")] == "B"


def test_words_and_lines_cannot_steer_the_terminal() -> None:
    sources = {"f": Source("f", "\x1b[31mred\u202e")}
    shown = render(
        Diagnostic("source.unknown-word", spot("f", 1, 1), {"word": "a\nb\x1b[0m"}, (), "\x07"), "en", sources
    )
    assert not any(char in shown for char in "\x1b\x07\u202e")
    assert shown.count("\n") == 3


def test_a_long_list_of_expected_words_is_cut_and_counted() -> None:
    words = tuple(f"w{number:02}" for number in range(30))
    shown = render(Diagnostic("source.unknown-word", None, {"word": "x"}, words), "en", {})
    assert shown.endswith("`w15` and 14 more")


def test_a_word_with_braces_fills_no_hole() -> None:
    assert say("source.unknown-word", {"word": "{word}{limit}"}, "en") == "unknown word `{word}{limit}`"


def test_a_code_without_a_message_still_says_its_words() -> None:
    assert say("nowhere.at-all", {"word": "x"}, "en") == "nowhere.at-all word=`x`"
    assert say("../x.y", {}, "ru") == "../x.y"


def test_json_has_the_same_keys_in_every_language() -> None:
    english, russian = as_json(UNKNOWN, "en"), as_json(UNKNOWN, "ru")
    assert english["message"] == "unknown word `materials_snt`"
    assert russian["message"] == "неизвестное слово `materials_snt`"
    assert english["place"] == {"file": "f.yaml", "line": 3, "column": 12, "end_line": 3, "end_column": 25}
    assert {**english, "message": ""} == {**russian, "message": ""}
    assert json.loads(json.dumps(english)) == english


def test_the_collector_reports_everything_sorted_and_once() -> None:
    collector = Collector()
    collector.error("source.tab", spot("f", 9, 1))
    collector.error("source.empty", spot("f", 2, 1))
    collector.error("source.empty", spot("f", 2, 1))
    collector.warning("source.tab", spot("f", 1, 1))
    collector.error("source.not-found", None, path="p")
    with pytest.raises(Problems) as caught:
        collector.raise_if_any()
    codes = [diagnostic.code for diagnostic in caught.value.diagnostics]
    assert codes == ["source.not-found", "source.tab", "source.empty", "source.tab"]
    assert "f:2:1: error[source.empty]: the file is empty" in str(caught.value)


def test_warnings_alone_stop_nothing() -> None:
    collector = Collector()
    collector.warning("source.tab", spot("f", 1, 1))
    collector.raise_if_any()
    assert [diagnostic.severity for diagnostic in collector.warnings] == ["warning"]
    assert not collector.has_errors


def test_a_failure_carries_what_was_found_before() -> None:
    collector = Collector()
    collector.unknown("source.unknown-key", spot("f", 1, 1), "titel", ["title", "events"])
    with pytest.raises(Problems) as caught:
        collector.fail("source.empty", spot("f", 2, 1))
    first, second = caught.value.diagnostics
    assert (first.suggestion, first.expected, first.fields["word"]) == ("title", ("events", "title"), "titel")
    assert second.code == "source.empty"


def test_two_diagnostics_with_the_same_words_are_equal() -> None:
    assert Diagnostic("a.b", None, {"x": "1", "y": "2"}) == Diagnostic("a.b", None, {"y": "2", "x": "1"})
