"""The parser: trees, precedence, places, and what it says of texts that are no norms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.calendar.days import NEVER, day
from compliance.norm import ast
from compliance.norm.ast import Name, Quant
from compliance.norm.parse import parse_expr, parse_signature
from compliance.norm.show import show
from compliance.norm.tokens import LONGEST_TEXT
from compliance.norm.types import DATE, PERIOD, QUARTER, QUARTER_DAY, Period, QuarterDay
from compliance.source.diagnostic import Problems
from compliance.source.loc import spot
from tests.unit.norm.examples import EXAMPLES, Text

A, B, C, D = (Name(name) for name in "abcd")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a or b and c", ast.Or((A, ast.And((B, C))))),
        ("(a or b) and c", ast.And((ast.Or((A, B)), C))),
        ("a implies b implies c", ast.Implies(A, ast.Implies(B, C))),
        ("a or b implies c and d", ast.Implies(ast.Or((A, B)), ast.And((C, D)))),
        ("not a and not not b", ast.And((ast.Not(A), ast.Not(ast.Not(B))))),
        ("not a = b", ast.Not(ast.Compare("=", A, B))),
        ("a and b and c", ast.And((A, B, C))),
        ("(a and b) and c", ast.And((ast.And((A, B)), C))),
        ("a and every x y: b or c", ast.And((A, Quant("every", "y", "x", None, ast.Or((B, C)))))),
        ("not some x y with a", ast.Not(Quant("some", "y", "x", A, None))),
        ("a is not given", ast.Not(ast.Given(A))),
        ("a not in {b, c}", ast.Not(ast.In(A, (B, C)))),
        ("a has b", ast.Has(A, B)),
        ("never <= 2026-01-31", ast.Compare("<=", ast.Literal(NEVER, DATE), ast.Literal(day(2026, 1, 31), DATE))),
        ("a = 2026Q4", ast.Compare("=", A, ast.Literal(2026 * 4 + 3, QUARTER))),
        ("a.b.c", ast.Attr(ast.Attr(A, "b"), "c")),
        ("a.by = officer.every", ast.Compare("=", ast.Attr(A, "by"), ast.Attr(ast.OfficerRef(), "every"))),
        ("a + 1 day - 2 months rounded up", ast.Shift(
            ast.Shift(A, ast.Literal(Period(days=1), PERIOD)), ast.Literal(Period(2), PERIOD), -1, "up"
        )),
        ("a + 1 year 2 months 3 days 4 working days rounded down", ast.Shift(
            A, ast.Literal(Period(14, 3, 4), PERIOD), 1, "down"
        )),
        ("f()", ast.Call("f", ())),
        ("f(a + b, day 15 of month 3)", ast.Call(
            "f", (ast.Shift(A, B), ast.Literal(QuarterDay(15, 3), QUARTER_DAY))
        )),
        ("day a of b", ast.DayOfQuarter(A, B)),
        ("day 1 of month 2 of quarter_of(a)", ast.DayOfQuarter(
            ast.Literal(QuarterDay(1, 2), QUARTER_DAY), ast.QuarterOf(A)
        )),
        ("date of first x y with a, else date of last x z else b", ast.Pick(
            "first", "y", "x", A, ast.Pick("last", "z", "x", None, B)
        )),
        ("if a then b else if c then d else a", ast.If(A, B, ast.If(C, D, A))),
        ("case r {no: a; officer: every x y: b;}", ast.Case(
            "r", (("no", A), ("officer", Quant("every", "y", "x", None, B)))
        )),
        ("by a + b: some x y", ast.Due(ast.Shift(A, B), Quant("some", "y", "x", None, None))),
        ("every x y with a, some z w with b", Quant("every", "y", "x", A, Quant("some", "w", "z", B, None))),
        ("as_of # a remark\n = in_force", ast.Compare("=", ast.World("as_of"), ast.World("in_force"))),
    ],
)  # fmt: skip
def test_the_tree_of_a_text(text: str, tree: ast.Expr) -> None:
    assert parse_expr(text) == tree


def test_heads_of_definitions() -> None:
    head = parse_signature("last_day(p: quarter_day, d: date): date")
    assert (head.name, head.result) == ("last_day", "date")
    assert [(name, word) for name, word, _ in head.params] == [("p", "quarter_day"), ("d", "date")]
    assert parse_signature("quiet").result == "truth"


def test_places_are_those_of_the_file() -> None:
    tree = parse_expr(Text("every x y:\n  y.date <=\n  f(a)"))
    assert isinstance(tree, Quant)
    assert tree.place == spot("norm", 1, 7, 3)
    assert isinstance(tree.body, ast.Compare)
    assert tree.body.left.place == spot("norm", 2, 3, 6)
    assert tree.body.right.place == spot("norm", 3, 3, 4)
    assert str(tree.body.place) == "norm:2:3"
    assert parse_expr("a").place is None


@pytest.mark.parametrize(
    ("text", "code", "column", "suggestion"),
    [
        ("", "norm.empty", 1, None),
        ("  # only a remark", "norm.empty", 18, None),
        ("evry x y: a", "norm.syntax", 1, "every"),
        ("a adn b", "norm.syntax", 3, "and"),
        ("some x y wih a", "norm.syntax", 10, "with"),
        ("a b", "norm.syntax", 3, None),
        ("a and", "norm.unfinished", 6, None),
        ("(a", "norm.unfinished", 3, None),
        ("a)", "norm.syntax", 2, None),
        ("a == b", "norm.unknown-character", 3, "="),
        ("a ≤ b", "norm.unknown-character", 3, "<="),
        ("a && b", "norm.unknown-character", 3, "and"),
        ("a = 'b'", "norm.unknown-character", 5, None),
        ("a = 2026x", "norm.unknown-character", 5, None),
        ("a <= b <= c", "norm.chained-comparison", 8, None),
        ("a = 2026-02-30", "norm.no-such-day", 5, None),
        ("a = 2026Q7", "norm.no-such-quarter", 5, None),
        ("a = 0001-01-01", "norm.no-such-day", 5, None),
        ("day 32 of month 3 of q", "norm.no-such-quarter-day", 1, None),
        ("day 3 of month 4 of q", "norm.no-such-quarter-day", 1, None),
        ("day of q", "norm.syntax", 8, None),
        ("a + 12345 days", "norm.number-too-large", 5, None),
        ("a + 3", "norm.unfinished", 6, None),
        ("a + 3 moths rounded down", "norm.syntax", 7, "months"),
        ("a + b rounded dwn", "norm.syntax", 15, "down"),
        ("every x y", "norm.every-without-body", 1, None),
        ("every x with: a", "norm.variable-missing", 9, None),
        ("every some y: a", "norm.kind-missing", 7, None),
        ("some x y with no z w", "norm.needs-parentheses", 15, None),
        ("some x y and a", "norm.needs-parentheses", 6, None),
        ("a.", "norm.attribute-missing", 3, None),
        ("a.(b)", "norm.attribute-missing", 3, None),
        ("a is givn", "norm.syntax", 6, "given"),
        ("a in b", "norm.syntax", 6, None),
        ("a in {}", "norm.syntax", 7, None),
        ("f(a,)", "norm.syntax", 5, None),
        ("f(a b)", "norm.syntax", 5, None),
        ("quarter_of(a, b)", "norm.one-argument", 1, None),
        ("case {a: b}", "norm.reading-missing", 6, None),
        ("case r {(a): b}", "norm.reading-value-missing", 9, None),
        ("case r {a b}", "norm.syntax", 11, None),
        ("if a then b", "norm.unfinished", 12, None),
        ("date of frist x y else a", "norm.syntax", 9, "first"),
        ("with", "norm.syntax", 1, None),
    ],
)  # fmt: skip
def test_what_is_said_of_a_slip(text: str, code: str, column: int, suggestion: str | None) -> None:
    with pytest.raises(Problems) as found:
        parse_expr(Text(text))
    (diagnostic,) = found.value.diagnostics
    assert diagnostic.place is not None
    assert (diagnostic.code, diagnostic.place.column, diagnostic.suggestion) == (code, column, suggestion)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("f(", "norm.variable-missing"),
        ("f(a date)", "norm.syntax"),
        ("f(a: )", "norm.syntax"),
        ("every(a: date)", "norm.definition-name-missing"),
        ("f(with: date)", "norm.variable-missing"),
        ("f(a: date) date", "norm.syntax"),
    ],
)
def test_what_is_said_of_a_bad_head(head: str, code: str) -> None:
    with pytest.raises(Problems) as found:
        parse_signature(head)
    assert [each.code for each in found.value.diagnostics] == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 10_000, "norm.too-deep"),
        ("(" * 3_000 + "a" + ")" * 3_000, "norm.too-deep"),
        ("not " * 4_000 + "a", "norm.too-deep"),
        ("f(" * 5_000, "norm.too-deep"),
        ("if " * 5_000, "norm.too-deep"),
        ("day a of " * 2_000 + "a", "norm.too-deep"),
        ("by a: " * 3_000 + "a", "norm.too-deep"),
        ("case r {a: " * 1_500, "norm.too-deep"),
        ("date of first x y else " * 800 + "a", "norm.too-deep"),
        ("a" + ".b" * 1_500, "norm.too-deep"),
        ("a" + " + 1 day" * 1_500, "norm.too-deep"),
        ("a implies " * 100 + "a", "norm.too-deep"),
        ("a and " * 3_000 + "a", "norm.too-many-parts"),
        ("every x y: " * 9 + "a", "norm.too-many-quantifiers"),
        ("every x y, " * 1_500 + "every x y: a", "norm.too-deep"),
        ("some x y with (" * 1_000, "norm.too-deep"),
        ("a" * (LONGEST_TEXT + 1), "norm.too-long"),
    ],
)
def test_hostile_texts_end_in_one_message(text: str, code: str) -> None:
    with pytest.raises(Problems) as found:
        parse_expr(text)
    assert [each.code for each in found.value.diagnostics] == [code]


def test_what_is_just_within_the_limits_is_read() -> None:
    assert parse_expr("(" * 58 + "a" + ")" * 58) == A
    tree = parse_expr(" and ".join(["a"] * 1_990))
    assert isinstance(tree, ast.And)
    assert len(tree.items) == 1_990


WORDS = st.sampled_from(
    "every some no not if then else by with and or implies in has is given case day date of first last never as_of "
    "officer a b x.y ( ) { } , ; : = <= + - . 1 3 months days rounded down 2026-01-01 2026Q1 f(a) quarter_of".split()
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse_expr(Text(text))
    except Problems as problems:
        found = problems.diagnostics
    else:
        assert parse_expr(show(tree)) == tree
        return
    assert [each.place is None for each in found] == [False]


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_are_read(text: str) -> None:
    assert parse_expr(show(parse_expr(text))) == parse_expr(text)
