"""Typed values out of nodes: every error is collected, with its place and the nearest known word."""

import pytest

from compliance.source.diagnostic import Collector, Diagnostic
from compliance.source.reader import parse_yaml
from compliance.source.shape import Fields, Words, as_date_text, as_integer, as_text, as_word

ALLOWED = ("title", "as_of", "events", "complete", "count", "kind", "label", "by_key")


def fields(text: str, required: tuple[str, ...] = ()) -> tuple[Fields, Collector]:
    collector = Collector()
    return Fields(parse_yaml(text, "f"), collector, allowed=ALLOWED, required=required), collector


def only(collector: Collector) -> Diagnostic:
    (diagnostic,) = collector.found
    return diagnostic


def test_values_of_every_type() -> None:
    read, collector = fields(
        "title: x\nas_of: 2026-12-02\nevents: [a, b]\ncomplete: true\ncount: 12\nkind: one\n"
        "label: {en: word, ru: слово}\nby_key: {p: 1, q: 2}"
    )
    assert read.text("title") == "x"
    assert read.date_text("as_of") == "2026-12-02"
    assert read.texts("events") == ("a", "b")
    assert read.boolean("complete") is True
    assert read.integer("count") == 12
    assert read.word("kind", ["one", "two"]) == "one"
    assert read.words("label") == Words("word", "слово")
    assert read.mapping_of("by_key", as_integer) == {"p": 1, "q": 2}
    assert collector.found == ()


def test_absent_keys_give_nothing_or_the_default() -> None:
    read, collector = fields("title: x")
    assert (read.text("kind"), read.text("kind", "one"), read.boolean("complete", True)) == (None, "one", True)
    assert (read.texts("events"), read.mapping_of("by_key", as_text), read.integer("count")) == ((), {}, None)
    assert (read.has("title"), read.has("kind"), read.node("kind")) == (True, False, None)
    assert read.place_of("kind") == read.place
    assert read.key_place("title").column == 1
    assert read.place_of("title").column == 8
    assert collector.found == ()


def test_unknown_and_missing_keys_are_both_reported() -> None:
    _, collector = fields("titel: x\nkind: y", required=("title",))
    missing, unknown = collector.found
    assert (missing.code, missing.fields["word"]) == ("source.missing-key", "title")
    assert (unknown.code, unknown.suggestion) == ("source.unknown-key", "title")
    assert "kind" not in unknown.expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yes", "true"),
        ("on", "true"),
        ("да", "true"),
        ("True", "true"),
        ("no", "false"),
        ("Нет", "false"),
        ("si", None),
    ],
)
def test_only_true_and_false_are_booleans(typed: str, meant: str | None) -> None:
    read, collector = fields(f"complete: {typed}")
    assert read.boolean("complete") is None
    assert (only(collector).code, only(collector).suggestion) == ("source.not-a-boolean", meant)


@pytest.mark.parametrize("typed", ["010", "1_000", "1e3", "+1", "1.0", "٣", "9" * 30, "--1"])
def test_whole_numbers_are_plain_digits(typed: str) -> None:
    read, collector = fields(f"count: '{typed}'")
    assert read.integer("count") is None
    assert only(collector).code == "source.not-an-integer"


@pytest.mark.parametrize(("typed", "read_as"), [("0", 0), ("7", 7), ("8", None), ("-1", None)])
def test_bounds_include_both_ends(typed: str, read_as: int | None) -> None:
    read, collector = fields(f"count: {typed}")
    assert read.integer("count", 0, 7) == read_as
    assert [diagnostic.code for diagnostic in collector.found] == (
        [] if read_as is not None else ["source.integer-range"]
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("02.12.2026", "source.not-a-date"),
        ("2026-12-2", "source.not-a-date"),
        ("20261202", "source.not-a-date"),
        ("2026-W10-1", "source.not-a-date"),
        ("2026-02-29", "source.impossible-date"),
        ("2026-13-01", "source.impossible-date"),
        ("0000-01-01", "source.impossible-date"),
    ],
)
def test_dates_are_days_of_the_calendar(typed: str, code: str) -> None:
    read, collector = fields(f"as_of: {typed}")
    assert read.date_text("as_of") is None
    assert only(collector).code == code


def test_items_that_cannot_be_read_are_noted_one_by_one() -> None:
    read, collector = fields("events: [2026-01-01, x, 2026-02-30, [a], '']")
    assert read.list_of("events", as_date_text) == ("2026-01-01",)
    codes = [diagnostic.code for diagnostic in collector.found]
    assert codes == ["source.not-a-date", "source.impossible-date", "source.not-text", "source.empty-value"]


def test_wrong_shapes() -> None:
    read, collector = fields("title: [a]\nevents: x\nby_key: y\nkind: twq\nlabel: {en: word}")
    assert (read.text("title"), read.texts("events"), read.mapping_of("by_key", as_text)) == (None, (), {})
    assert (read.word("kind", ["one", "two"]), read.words("label")) == (None, None)
    codes = [diagnostic.code for diagnostic in collector.found]
    assert codes == [
        "source.not-text",
        "source.not-a-list",
        "source.not-a-mapping",
        "source.unknown-word",
        "source.missing-key",
    ]
    assert [diagnostic.suggestion for diagnostic in collector.found if diagnostic.suggestion] == ["two"]


def test_a_list_where_a_mapping_is_needed() -> None:
    collector = Collector()
    read = Fields(parse_yaml("- a", "f"), collector, allowed=("a",), required=("a",))
    assert read.text("a") is None
    assert only(collector).code == "source.not-a-mapping"


def test_a_word_may_have_an_error_of_its_own() -> None:
    collector = Collector()
    assert as_word(parse_yaml("knbb", "f"), collector, ["knb", "sgs"], "source.unknown-key") is None
    assert (only(collector).code, only(collector).suggestion) == ("source.unknown-key", "knb")
