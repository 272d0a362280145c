"""The YAML reader: text stays text, places are exact, and what could surprise is refused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.source.diagnostic import Diagnostic, Problems
from compliance.source.loc import Place, spot
from compliance.source.reader import Limits, Mapping, Node, Scalar, Sequence, parse_yaml, read_yaml


def read(text: str, limits: Limits | None = None) -> Node:
    return parse_yaml(text, "f", limits) if limits else parse_yaml(text, "f")


def value(text: str, key: str = "a") -> Scalar:
    root = read(text)
    assert isinstance(root, Mapping)
    found = root.get(key)
    assert isinstance(found, Scalar)
    return found


def problems(text: str, limits: Limits | None = None) -> tuple[Diagnostic, ...]:
    with pytest.raises(Problems) as caught:
        read(text, limits)
    return caught.value.diagnostics


def codes(text: str, limits: Limits | None = None) -> list[str]:
    return [diagnostic.code for diagnostic in problems(text, limits)]


def where(text: str) -> tuple[int, int]:
    place = problems(text)[0].place
    assert place is not None
    return place.line, place.column


@pytest.mark.parametrize(
    "text", ["on", "yes", "12:30", "010", "1e3", "2026-12-02", "~", "null", ".nan", "0x1F", "1_000"]
)
def test_no_value_is_typed(text: str) -> None:
    assert value(f"a: {text}").text == text


def test_the_shape_of_a_document() -> None:
    place = spot("f", 1, 1)
    expected = Mapping(
        (
            (Scalar("a", place), Sequence((Scalar("1", place), Scalar("two", place, quoted=True)), place)),
            (Scalar("b", place), Mapping(((Scalar("c", place), Scalar("", place)),), place)),
            (Scalar("d", place), Scalar("x\ny\n", place, block=True)),
        ),
        place,
    )
    assert read('a: [1, "two"]\nb:\n  c:\nd: |\n  x\n  y\n') == expected


def test_keys_keep_the_order_of_the_file() -> None:
    root = read("b: 1\na: 2\nc: 3")
    assert isinstance(root, Mapping)
    assert root.keys == ("b", "a", "c")
    assert root.get("z") is None


def test_places_count_characters_and_not_bytes() -> None:
    root = read("имя😀: значение\nb: [x, 'yy']")
    assert isinstance(root, Mapping)
    assert root.entries[0][0].place == spot("f", 1, 1, 4)
    assert root.entries[0][1].place == spot("f", 1, 7, 8)
    second = root.get("b")
    assert isinstance(second, Sequence)
    assert second.place == spot("f", 2, 4, 9)
    assert second.items[1].place == spot("f", 2, 8, 4)


def test_a_block_ends_with_its_last_child() -> None:
    root = read("a:\n  - x\n  - yy\n\n\nb: 1\n")
    assert isinstance(root, Mapping)
    first = root.get("a")
    assert first is not None
    assert first.place == Place("f", 2, 3, 3, 7)
    assert root.place == Place("f", 1, 1, 6, 5)


def test_offsets_in_plain_and_quoted_values() -> None:
    assert value("a: one two").place_at(4, 3) == spot("f", 1, 8, 3)
    assert value("a: 'one two'").place_at(4, 3) == spot("f", 1, 9, 3)
    assert value('a: "one two"').place_at(4, 30) == spot("f", 1, 9, 3)
    assert value("a: one").place_at(99) == spot("f", 1, 7, 1)


def test_offsets_in_a_literal_block() -> None:
    text = "k:\n  a: |\n\n    every m:\n      m.date\n    последний\n"
    scalar = value(text.replace("k:\n", "").replace("  a", "a", 1))
    assert scalar.text.startswith("\nevery")
    offset = scalar.text.index("date")
    assert scalar.place_at(offset, 4) == spot("f", 4, 9, 4)
    assert scalar.place_at(scalar.text.index("следний"), 99) == spot("f", 5, 7, 7)


def test_offsets_behind_an_indentation_that_is_said() -> None:
    assert value("a: |2\n    deep\n  x\n").place_at(2) == spot("f", 2, 5)


@pytest.mark.parametrize("text", ['a: "x\\ty"', "a: 'it''s'", "a: >\n  one\n  two", "a: one\n  two", "a: |\n\n"])
def test_offsets_fall_back_to_the_whole_value(text: str) -> None:
    scalar = value(text)
    assert scalar.place_at(1) == scalar.place


@given(st.lists(st.text("abc é.я(", min_size=1, max_size=8), min_size=1, max_size=5), st.integers(1, 6), st.data())
def test_every_offset_of_a_literal_block_points_at_its_character(
    lines: list[str], indent: int, data: st.DataObject
) -> None:
    lines = ["x" + line for line in lines]
    text = "a: |\n" + "".join(" " * indent + line + "\n" for line in lines)
    scalar = value(text)
    offset = data.draw(st.integers(0, len(scalar.text) - 2))
    place = scalar.place_at(offset)
    if scalar.text[offset] != "\n":
        assert text.split("\n")[place.line - 1][place.column - 1] == scalar.text[offset]


MALFORMED = [
    ("a: 'x\nb: 1", "source.unclosed-quote", (1, 4)),
    ('a: "x', "source.unclosed-quote", (1, 4)),
    ("a: b: c", "source.colon", (1, 5)),
    ("a: [1, 2", "source.unclosed-bracket", (1, 4)),
    ("{a: 1", "source.unclosed-bracket", (1, 1)),
    ("a: [1 2\nb: 3", "source.unclosed-bracket", (1, 4)),
    ("a: 1\nb\nc: 1", "source.colon-missing", (2, 1)),
    ("a:\n\tb: 1", "source.tab", (2, 1)),
    ("a: 1\n\xa0b: 2: 3", "source.no-break-space", (2, 1)),
    ("a: @x", "source.start-character", (1, 4)),
    ("a: `x`", "source.start-character", (1, 4)),
    ('a: "\\q"', "source.escape", (1, 5)),
    ("a:\n  b: 1\n c: 2", "source.indentation", (3, 2)),
    ("- a\nb: 1", "source.indentation", (2, 1)),
    ("a: }", "source.malformed", (1, 4)),
    ("a: 'x' y", "source.malformed", (1, 8)),
    ("[a,,b]", "source.malformed", (1, 4)),
    ("a: &", "source.malformed", (1, 5)),
    ("%YAML 3.0\n---\na", "source.directive", (1, 1)),
    ("%TAG ! x\n---\na", "source.directive", (1, 1)),
    ("", "source.empty", (1, 1)),
    ("# only words\n", "source.empty", (1, 1)),
    ("a: &x 1", "source.anchor", (1, 4)),
    ("a: *x", "source.alias", (1, 4)),
    ("a: !!python/object/apply:os.system [ls]", "source.tag", (1, 4)),
    ("a: !!str 1", "source.tag", (1, 4)),
    ("a: 1\n---\nb: 2", "source.several-documents", (2, 1)),
    ("<<: {b: 1}", "source.merge-key", (1, 1)),
    ("? [a]\n: 1", "source.key-not-text", (1, 3)),
    ("a: 1\nb: 2\na: 3", "source.duplicate-key", (3, 1)),
    ("a: x\x00y", "source.character", (1, 5)),
    ("a: x\u2028y", "source.character", (1, 5)),
    ("a: \ufeffx", "source.character", (1, 4)),
    ("a: \x1b[31m", "source.character", (1, 4)),
]


@pytest.mark.parametrize(("text", "code", "at"), MALFORMED)
def test_what_is_wrong_has_its_code_and_its_place(text: str, code: str, at: tuple[int, int]) -> None:
    assert codes(text) == [code]
    assert where(text) == at


def test_all_refusals_are_reported_at_once() -> None:
    assert codes("a: *x\nb: &c 1\nd: !t 1\nd: 2") == [
        "source.alias",
        "source.anchor",
        "source.tag",
        "source.duplicate-key",
    ]


def test_a_second_key_names_the_first() -> None:
    (diagnostic,) = problems("a: 1\nb:\n  c: 1\n  c: 2")
    assert [note.place for note in diagnostic.chain] == [spot("f", 3, 3)]


def test_a_quoted_merge_key_is_a_word_like_any_other() -> None:
    assert value('"<<": 1', "<<").text == "1"


@pytest.mark.parametrize("text", ["[" * 65 + "]" * 65, "- " * 65 + "x", "{a: " * 65 + "1" + "}" * 65])
def test_deep_nesting_is_refused(text: str) -> None:
    assert codes(text) == ["source.too-deep"]


def test_a_wall_of_brackets_is_refused_at_once() -> None:
    assert codes("[" * 100_000) == ["source.too-deep"]


def test_the_limits_are_exact() -> None:
    assert codes("[a, b, c]", Limits(nodes=3)) == ["source.too-many-nodes"]
    assert isinstance(read("[a, b, c]", Limits(nodes=4)), Sequence)
    assert codes("[[a]]", Limits(depth=2)) == ["source.too-deep"]
    assert isinstance(read("[[a]]", Limits(depth=3)), Sequence)
    assert codes("яя", Limits(size=3)) == ["source.too-large"]
    assert isinstance(read("яя", Limits(size=4)), Scalar)


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n")
    root = read_yaml(path, shown_as="f")
    assert isinstance(root, Mapping)
    block = root.get("b")
    assert isinstance(block, Scalar)
    assert block.text == "x\ny\n"
    assert block.place_at(2) == spot("f", 4, 3)
    assert root.entries[0][0].place == spot("f", 1, 1)


FILES = [
    (b"a: 1\nb: \xe4\xf0\n", "source.not-utf8", (2, 4)),
    (b"\xff\xfea\x00", "source.utf16", (1, 1)),
    (b"x" * 300, "source.too-large", (1, 1)),
]


@pytest.mark.parametrize(("raw", "code", "at"), FILES)
def test_files_that_are_not_text(raw: bytes, code: str, at: tuple[int, int], tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(raw)
    with pytest.raises(Problems) as caught:
        read_yaml(path, Limits(size=200), shown_as="f")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert diagnostic.place == spot("f", *at)


def test_what_is_no_file_is_said_without_a_place(tmp_path: Path) -> None:
    for path, code in [(tmp_path / "none.yaml", "source.not-found"), (tmp_path, "source.not-a-file")]:
        with pytest.raises(Problems) as caught:
            read_yaml(path)
        (diagnostic,) = caught.value.diagnostics
        assert (diagnostic.code, diagnostic.place) == (code, None)


SHARDS = [
    "a",
    "b: ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    '"',
    "|\n",
    ">\n",
    "\n",
    "  ",
    "\t",
    "#",
    "&x",
    "*x",
    "!t",
    ":",
    "%",
    "---\n",
    "?",
    "я",
    "\\",
    "@",
]


@given(st.lists(st.sampled_from(SHARDS), max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    try:
        root = read(text)
    except Problems as caught:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for diagnostic in caught.diagnostics:
            assert diagnostic.place is not None
            assert 1 <= diagnostic.place.line <= len(lines)
            assert 1 <= diagnostic.place.column <= len(lines[diagnostic.place.line - 1]) + 1
    else:
        assert read(text) == root


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    from compliance.source.diagnostic import Collector
    from compliance.source.reader import decode

    outcome: object
    try:
        outcome = decode(raw, "f", Collector()).encode("utf-8")
    except Problems as caught:
        outcome = caught.diagnostics[0].code
    assert outcome in (raw.removeprefix(b"\xef\xbb\xbf"), "source.not-utf8", "source.utf16")
