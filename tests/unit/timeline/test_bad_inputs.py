"""Bad scenario files: each error with its code, line, column and suggestion, all errors of a file at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import frozen

from compliance.source.catalog import message
from compliance.source.diagnostic import Diagnostic, Problems, read_sources, render
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.scenario import parse_scenario, read_scenario

CARET = re.compile(r" *\^ ([a-z-]+\.[a-z-]+)(?: \? (.+))?")


@frozen
class Bad:
    """A bad scenario and its errors: code, line, column, suggestion."""

    title: str
    text: str
    errors: tuple[tuple[str, int, int, str | None], ...]


def _table() -> list[Bad]:
    files = sorted((Path(__file__).parent / "bad_inputs").glob("*.txt"))
    parts = (part for file in files for part in file.read_text("utf-8").split("## ")[1:])
    return [_bad(part) for part in parts]


def _bad(part: str) -> Bad:
    title, *lines = part.rstrip().split("\n")
    text: list[str] = []
    errors: list[tuple[str, int, int, str | None]] = []
    for line in lines:
        if found := CARET.fullmatch(line):
            errors.append((found[1], len(text), line.index("^") + 1, found[2]))
        else:
            text.append(line)
    return Bad(title, "\n".join(text) + "\n", tuple(errors))


TABLE = _table()


def errors_of(problems: Problems) -> list[tuple[str, int, int, str | None]]:
    return [_row(diagnostic) for diagnostic in problems.diagnostics]


def _row(diagnostic: Diagnostic) -> tuple[str, int, int, str | None]:
    place = diagnostic.place
    assert place is not None, diagnostic
    return (diagnostic.code, place.line, place.column, diagnostic.suggestion)


def test_the_table_is_long_enough() -> None:
    assert len(TABLE) >= 100
    assert all(bad.errors for bad in TABLE)
    assert len({bad.title for bad in TABLE}) == len(TABLE)


@pytest.mark.parametrize("bad", TABLE, ids=lambda bad: bad.title)
def test_bad_input(bad: Bad, lexicon: Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text(bad.text, "utf-8")
    with pytest.raises(Problems) as caught:
        read_scenario(path, lexicon, shown_as="story.yaml")
    assert errors_of(caught.value) == sorted(bad.errors, key=lambda error: (error[1], error[2], error[0]))
    for diagnostic in caught.value.diagnostics:
        assert message(diagnostic.code) is not None, diagnostic.code
        for lang in ("en", "ru"):
            shown = render(diagnostic, lang, read_sources([diagnostic]))
            assert not re.search(r"\{[a-z_]+\}", shown.splitlines()[0]), shown


GOOD = "officer: {id: A-17, body: knb}\nevents:\n  - {type: dismissal, date: 2026-12-05}\n"


def test_a_file_that_is_not_utf8(lexicon: Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_bytes(GOOD.encode() + "# Сотрудник\n".encode("cp1251"))
    with pytest.raises(Problems) as caught:
        read_scenario(path, lexicon)
    assert errors_of(caught.value) == [("source.not-utf8", 4, 3, None)]


def test_a_file_in_utf16(lexicon: Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(Problems) as caught:
        read_scenario(path, lexicon)
    assert errors_of(caught.value) == [("source.utf16", 1, 1, None)]


def test_a_huge_file(lexicon: Lexicon, tmp_path: Path) -> None:
    path = tmp_path / "story.yaml"
    path.write_text(GOOD + "# " + "x" * (4 * 1024 * 1024), "utf-8")
    with pytest.raises(Problems) as caught:
        read_scenario(path, lexicon)
    assert errors_of(caught.value) == [("source.too-large", 1, 1, None)]


def test_a_file_that_is_not_there(lexicon: Lexicon, tmp_path: Path) -> None:
    with pytest.raises(Problems) as caught:
        read_scenario(tmp_path / "none.yaml", lexicon)
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["source.not-found"]


def test_a_deeply_nested_file(lexicon: Lexicon) -> None:
    text = "officer: " + "[" * 500 + "]" * 500 + "\nevents: []\n"
    with pytest.raises(Problems) as caught:
        parse_scenario(text, "story.yaml", lexicon)
    assert [code for code, *_ in errors_of(caught.value)] == ["source.too-deep"]


def test_a_tab_for_indentation(lexicon: Lexicon) -> None:
    with pytest.raises(Problems) as caught:
        parse_scenario("officer:\n\tid: A-17\nevents: []\n", "story.yaml", lexicon)
    assert errors_of(caught.value) == [("source.tab", 2, 1, None)]


def test_a_zero_byte(lexicon: Lexicon) -> None:
    with pytest.raises(Problems) as caught:
        parse_scenario(GOOD.replace("A-17", "A\0-17"), "story.yaml", lexicon)
    assert errors_of(caught.value) == [("source.character", 1, 16, None)]


def test_an_empty_file(lexicon: Lexicon) -> None:
    with pytest.raises(Problems) as caught:
        parse_scenario("# nothing yet\n", "story.yaml", lexicon)
    assert errors_of(caught.value) == [("source.empty", 1, 1, None)]


def test_too_many_events(lexicon: Lexicon) -> None:
    text = "officer: {id: A-17, body: knb}\nevents:\n" + "  - {type: training, date: 2026-12-05}\n" * 501
    with pytest.raises(Problems) as caught:
        parse_scenario(text, "story.yaml", lexicon)
    assert errors_of(caught.value) == [("scenario.too-many-events", 503, 5, None)]


def test_too_many_positions(lexicon: Lexicon) -> None:
    posts = "".join(f"  p{number}: {{listed: true}}\n" for number in range(101))
    with pytest.raises(Problems) as caught:
        parse_scenario(GOOD + "positions:\n" + posts, "story.yaml", lexicon)
    assert errors_of(caught.value) == [("scenario.too-many-positions", 4, 1, None)]


def test_too_many_officers(lexicon: Lexicon) -> None:
    one = "  - {{officer: {{id: A-{0}}}, events: [{{type: training, date: 2026-12-05}}]}}\n"
    text = "officers:\n" + "".join(one.format(number) for number in range(201))
    with pytest.raises(Problems) as caught:
        parse_scenario(text, "story.yaml", lexicon)
    assert errors_of(caught.value) == [("scenario.too-many-officers", 202, 5, None)]


def test_too_many_possible_days(lexicon: Lexicon) -> None:
    days = ", ".join(["2026-12-05"] * 65)
    with pytest.raises(Problems) as caught:
        parse_scenario(GOOD.replace("2026-12-05", f"[{days}]"), "story.yaml", lexicon)
    assert errors_of(caught.value) == [("scenario.too-many-days", 3, 29, None)]
