"""The type checker: what it resolves, every error it knows, the order of definitions, and the seal."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

import compliance.norm
from compliance.norm import ast
from compliance.norm.parse import parse_expr
from compliance.norm.program import Notion, Typed
from compliance.norm.show import show
from compliance.norm.typecheck import RawDefinition, Scope, check_expr, check_program, try_expr
from compliance.norm.types import BOOL, DATE, QUARTER, Enum, EventType, Period
from compliance.norm.vocabulary import Words
from compliance.norm.walk import nodes
from compliance.source.catalog import codes
from compliance.source.diagnostic import Collector, Problems, render
from compliance.source.loc import Source
from tests.randomised import random_norm, random_program
from tests.randomised_words import NOTIONS, PARAMS, READINGS, VOCABULARY
from tests.unit.norm.examples import DEFINITIONS, EXAMPLES, PROGRAM, Text, raw, typed

SENT = EventType(frozenset({"sent"}))
NO_WORDS = Words("", "")


def errors(text: str) -> list[tuple[str, int]]:
    """The codes and columns of the errors of a formula."""
    with pytest.raises(Problems) as found:
        typed(text)
    return [(each.code, each.place.column if each.place else 0) for each in found.value.diagnostics]


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_are_well_typed(text: str) -> None:
    norm = typed(text)
    assert norm.is_formula
    assert not any(isinstance(node, ast.Name) for node in nodes(norm.expr))
    assert typed(show(norm.expr)) == norm


def test_names_are_resolved_by_what_stands_beside_them() -> None:
    norm = typed("every sent m: officer = m.by and m.by != other")
    assert isinstance(norm.expr, ast.Quant)
    assert norm.expr.body == ast.And(
        (
            ast.Compare("=", ast.Literal("officer", Enum("actor")), ast.Attr(ast.Var("m", SENT), "by")),
            ast.Compare("!=", ast.Attr(ast.Var("m", SENT), "by"), ast.Literal("other", Enum("actor"))),
        )
    )
    other = typed("officer.body = other").expr
    assert other == ast.Compare("=", ast.Attr(ast.OfficerRef(), "body"), ast.Literal("other", Enum("body")))
    dotted = typed("some penalty p with p.ground = g1.sub2").expr
    assert isinstance(dotted, ast.Quant)
    assert isinstance(dotted.guard, ast.Compare)
    assert dotted.guard.right == ast.Literal("g1.sub2", Enum("ground"))


def test_a_notion_becomes_its_kind_with_its_condition_first() -> None:
    norm = typed("every enrolment d with d.regular: some live_penalty q")
    assert show(norm.expr) == (
        "every decision d with d.outcome = enrol and d.regular: "
        "some penalty q with q.grave and (no lifting l with l.ref = q.ref: l.date <= as_of)"
    )
    assert isinstance(norm.expr, ast.Quant)
    assert norm.expr.notion == "enrolment"
    assert norm.kinds == {"decision", "penalty", "lifting"}


def test_variables_inside_a_notion_make_way() -> None:
    norm = typed("every lifting l: some live_penalty p: p.date <= l.date")
    assert show(norm.expr) == (
        "every lifting l: some penalty p with p.grave and (no lifting l_ with l_.ref = p.ref: l_.date <= as_of): "
        "p.date <= l.date"
    )


def test_branches_are_put_into_the_order_of_the_reading() -> None:
    norm = typed("case route {none: false; short: true; long: false}")
    assert isinstance(norm.expr, ast.Case)
    assert [value for value, _ in norm.expr.branches] == ["short", "long", "none"]


def test_what_a_formula_depends_on_counts_definitions_too() -> None:
    norm = typed("every sent m: m.date <= last_day(send_before, m.quarter) or quiet()")
    assert norm.calls == {"last_day", "quiet"}
    assert norm.readings == {"bound"}
    assert norm.params == {"send_before"}
    assert norm.kinds == {"sent", "report"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("presidnt", [("norm.unknown-word", 1)]),
        ("president", [("norm.value-out-of-place", 1)]),
        ("quiet", [("norm.without-arguments", 1)]),
        ("quite()", [("norm.unknown-definition", 1)]),
        ("quiet(as_of)", [("norm.wrong-count", 1)]),
        ("last_day(as_of, 2026Q1) <= as_of", [("norm.wrong-type", 10)]),
        ("every snt m: m.by = head", [("norm.unknown-kind", 7)]),
        ("every act m: m.date <= as_of", [("norm.group-as-kind", 7)]),
        ("every sent m: m.bye = head", [("norm.unknown-attribute", 17)]),
        ("every sent m: m.by = hed", [("norm.unknown-word", 22)]),
        ("every penalty p: p.ground = g1.sub3", [("norm.unknown-value", 29)]),
        ("officer.age = head", [("norm.unknown-attribute", 9)]),
        ("as_of.year <= as_of", [("norm.no-attributes", 1)]),
        ("every sent m: m.date = m.by", [("norm.different-things", 15)]),
        ("every sent m: m.quarter < 2026Q1", [("norm.only-days-have-order", 15)]),
        ("every sent m: m.contents = m.contents", [("norm.cannot-be-compared", 15)]),
        ("officer = officer", [("norm.cannot-be-compared", 1)]),
        ("3 months = 3 months", [("norm.cannot-be-compared", 1)]),
        ("quiet() = officer.serving", [("norm.compared-truths", 1)]),
        ("every sent m, every report r: m = r", [("norm.never-the-same", 31)]),
        ("every sent m, every report m: m.date <= as_of", [("norm.shadowed", 28)]),
        ("every sent head: head.date <= as_of", [("norm.name-taken", 12)]),
        ("every sent notice: notice.date <= as_of", [("norm.name-taken", 12)]),
        ("as_of + 3 months <= as_of", [("norm.rounding-missing", 1)]),
        ("as_of + notice <= as_of", [("norm.rounding-missing", 1)]),
        ("as_of + 3 days rounded up <= as_of", [("norm.rounding-needless", 1)]),
        ("as_of - 10 working days <= as_of", [("norm.working-days-backward", 9)]),
        ("as_of - notice rounded down <= as_of", [("norm.working-days-backward", 9)]),
        ("earlier(as_of, notice) <= as_of", [("norm.working-days-backward", 16)]),
        ("as_of + as_of <= as_of", [("norm.wrong-type", 9)]),
        ("every decision d: day 1 of month 3 of d.quarter <= as_of", [("norm.may-not-be-given", 39)]),
        ("every decision d: day send_before of d.date <= as_of", [("norm.wrong-type", 38)]),
        ("every lifting l: l.until + 1 day <= as_of", [("norm.may-not-be-given", 18)]),
        ("every lifting l: by l.until: quiet()", [("norm.may-not-be-given", 21)]),
        ("every lifting l: later(l.until, waiting) <= as_of", [("norm.may-not-be-given", 24)]),
        ("every lifting l: (if quiet() then l.until else as_of) <= as_of", [("norm.may-not-be-given", 35)]),
        ("every lifting l: (if l.until is given then as_of else l.until) <= as_of", [("norm.may-not-be-given", 55)]),
        ("every lifting l: date of first sent m else l.until <= as_of", [("norm.may-not-be-given", 44)]),
        ("officer.serving has paper", [("norm.not-a-set", 1)]),
        ("every sent m: m.contents has head", [("norm.value-out-of-place", 30)]),
        ("quiet() in {head}", [("norm.cannot-be-listed", 1)]),
        ("every sent m: m.by in {m.by}", [("norm.not-a-constant", 24)]),
        ("quiet() is given", [("norm.given-needs-attribute", 1)]),
        ("case rote {short: true}", [("norm.unknown-reading", 6)]),
        ("case bound {exclusive: true}", [("norm.reading-value-uncovered", 6)]),
        ("case bound {exclusive: true; inclusive: true; inclusive: false}", [("norm.reading-value-twice", 58)]),
        (
            "case bound {exclusive: true; incl: true; inclusive: true}",
            [("norm.unknown-reading-value", 36)],
        ),
        ("case bound {exclusive: as_of; inclusive: true} <= as_of", [("norm.wrong-type", 42)]),
        ("(if quiet() then 2026Q1 else 2026Q2) = 2026Q1", [("norm.branch-type", 18)]),
        ("as_of", [("norm.wrong-type", 1)]),
        ("not as_of", [("norm.wrong-type", 5)]),
        ("every decision d: same_post(d.by, d)", [("norm.wrong-type", 29)]),
        ("every sent m: of(m, as_of)", [("norm.wrong-type", 21)]),
        ("every report r: of(r, r)", [("norm.wrong-type", 20), ("norm.wrong-type", 23)]),
    ],
)
def test_what_is_said_of_a_slip(text: str, expected: list[tuple[str, int]]) -> None:
    assert sorted(errors(text)) == sorted(expected)


def test_all_errors_are_reported_at_once_and_none_twice() -> None:
    found = errors("every snt m: m.by = hed and every sent n: n.bye = 3 months and n.contents has n.date")
    wrong = ["norm.unknown-kind", "norm.unknown-word", "norm.unknown-attribute", "norm.wrong-type"]
    assert [code for code, _ in found] == wrong


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("every sent m: as_of <= in_force", "norm.unused-variable"),
        ("every sent m: m.date is given", "norm.always-given"),
        ("every sent m: m.by in {head, head}", "norm.listed-twice"),
    ],
)
def test_what_deserves_a_look_is_a_warning(text: str, code: str) -> None:
    problems = Collector()
    assert try_expr(parse_expr(Text(text)), Scope(PROGRAM), problems) is not None
    assert [each.code for each in problems.warnings] == [code]


def test_an_event_that_is_only_asked_to_exist_is_no_unused_one() -> None:
    problems = Collector()
    try_expr(parse_expr("(no report r) and some enrolment e"), Scope(PROGRAM), problems)
    assert problems.found == ()


def test_terms_of_any_type_over_variables_in_scope() -> None:
    scope = Scope(PROGRAM, {"m": SENT})
    assert check_expr(parse_expr("last_day(send_before, m.quarter)"), scope, None).type == DATE
    assert check_expr(parse_expr("m.quarter"), scope, None).type == QUARTER
    assert check_expr(parse_expr("m.by"), scope, None).type == Enum("actor")


# groups


def definition(head: str, body: str) -> list[tuple[str, int]]:
    with pytest.raises(Problems) as found:
        check_program(VOCABULARY, NOTIONS, [raw(head, body)], READINGS, PARAMS)
    return [(each.code, each.place.column if each.place else 0) for each in found.value.diagnostics]


def test_an_attribute_of_a_group_is_one_of_all_its_kinds() -> None:
    assert definition("f(a: act)", "a.contents has paper") == [("norm.not-in-every-kind", 3)]
    assert definition("f(a: conduct)", "a.body = army")[0] == ("norm.unknown-attribute", 3)
    common = raw("f(a: act)", "a.by = head and a.quarter is given")
    assert list(check_program(VOCABULARY, NOTIONS, [common], READINGS, PARAMS).definitions) == ["f"]


def test_heads_are_checked() -> None:
    assert definition("f(a: dat)", "true") == [("norm.unknown-type", 3)]
    assert definition("f(a: truth)", "true") == [("norm.parameter-type", 3)]
    assert definition("f(a: date, a: date)", "true") == [("norm.name-taken", 12)]
    assert definition("f(a: date): quarter", "true") == [("norm.result-type", 13)]
    assert definition("notice(a: date)", "a <= as_of") == [("norm.name-taken", 1)]
    assert definition("f(head: date)", "head <= as_of") == [("norm.name-taken", 3)]
    assert definition("f(a: date): date", "a <= as_of") == [("norm.wrong-type", 1)]
    assert definition("f(l: lifting): date", "l.until") == [("norm.may-not-be-given", 1)]


def test_a_definition_stands_once() -> None:
    with pytest.raises(Problems) as found:
        check_program(VOCABULARY, NOTIONS, [raw("f()", "true"), raw("f()", "false")], READINGS, PARAMS)
    assert [each.code for each in found.value.diagnostics] == ["norm.name-taken"]


def test_definitions_stand_in_the_order_of_their_dependence() -> None:
    chain = [raw("a()", "b() and c()"), raw("b()", "c()"), raw("c()", "true"), raw("d()", "a()")]
    assert list(check_program(VOCABULARY, NOTIONS, chain, READINGS, PARAMS).definitions) == ["c", "b", "a", "d"]


def test_a_circle_is_shown_whole() -> None:
    chain = [raw("a()", "b()"), raw("b()", "not c()"), raw("c()", "a() or b()")]
    with pytest.raises(Problems) as found:
        check_program(VOCABULARY, NOTIONS, chain, READINGS, PARAMS)
    assert [dict(each.fields)["names"] for each in found.value.diagnostics] == ["a > b > c > a", "b > c > b"]
    first = found.value.diagnostics[1]
    assert [(note.fields["word"], str(note.place)) for note in first.chain] == [("c", "b():1:5"), ("b", "c():1:8")]


def test_a_circle_through_a_notion_is_found() -> None:
    notion = Notion("odd", "report", "r", parse_expr(Text("f(r)", "odd")), NO_WORDS)
    with pytest.raises(Problems) as found:
        check_program(VOCABULARY, [notion], [raw("f(r: report)", "some odd s with s = r")], READINGS, PARAMS)
    assert [dict(each.fields)["names"] for each in found.value.diagnostics] == ["odd > f > odd"]


def test_notions_are_checked() -> None:
    def said(kind: str, where: str, name: str = "odd") -> list[str]:
        notion = Notion(name, kind, "r", parse_expr(Text(where)), NO_WORDS)
        with pytest.raises(Problems) as found:
            check_program(VOCABULARY, [notion], [], READINGS, PARAMS)
        return [each.code for each in found.value.diagnostics]

    assert said("reprt", "true") == ["norm.unknown-kind"]
    assert said("report", "r.bye = head") == ["norm.unknown-attribute"]
    assert said("report", "true", "sent") == ["norm.name-taken"]
    assert said("report", " and ".join(["r.date <= as_of"] * 60)) == ["norm.notion-too-large"]


def test_deep_chains_of_definitions_are_refused() -> None:
    chain = [raw("f0(a: date)", "a <= as_of")]
    chain += [raw(f"f{n}(a: date)", f"not f{n - 1}(a)") for n in range(1, 100)]
    with pytest.raises(Problems) as found:
        check_program(VOCABULARY, NOTIONS, chain, READINGS, PARAMS)
    assert "norm.too-deep-unfolded" in [each.code for each in found.value.diagnostics]


def test_chains_of_notions_cannot_explode() -> None:
    notions = [Notion("n0", "report", "r", parse_expr("r.date <= as_of"), NO_WORDS)]
    for n in range(1, 30):
        body = " and ".join([f"(some n{n - 1} s{k})" for k in range(12)])
        notions.append(Notion(f"n{n}", "report", "r", parse_expr(body), NO_WORDS))
    with pytest.raises(Problems) as found:
        check_program(VOCABULARY, notions, [], READINGS, PARAMS)
    assert "norm.notion-too-large" in [each.code for each in found.value.diagnostics]


def test_only_the_checker_mints_typed_expressions() -> None:
    nothing: frozenset[str] = frozenset()
    with pytest.raises(TypeError):
        Typed(ast.Literal(True, BOOL), BOOL, nothing, nothing, nothing, nothing)


def test_typed_trees_can_be_checked_again() -> None:
    for text in EXAMPLES:
        norm = typed(text)
        assert check_expr(norm.expr, Scope(PROGRAM)) == norm
    stray = ast.Compare("<=", ast.Attr(ast.Var("m", SENT), "date"), ast.World("as_of"))
    with pytest.raises(Problems):
        check_expr(stray, Scope(PROGRAM))


@pytest.mark.parametrize("seed", range(8))
def test_random_norms_keep_their_meaning_in_print(seed: int) -> None:
    program = random_program(Random(seed))
    scope = Scope(program)
    for each in range(15):
        norm = random_norm(Random(100 * seed + each), program)
        assert check_expr(parse_expr(show(norm.expr)), scope) == norm


def test_every_message_of_the_language_is_said_in_both_languages() -> None:
    with pytest.raises(Problems) as found:
        typed("every sent m: m.date = m.by")
    (diagnostic,) = found.value.diagnostics
    sources = {"norm": Source("norm", "every sent m: m.date = m.by")}
    assert render(diagnostic, "en", sources).splitlines() == [
        "norm:1:15: error[norm.different-things]: a day cannot be compared with a value of `actor`",
        "    1 | every sent m: m.date = m.by",
        "      |               ^^^^^^^^^^^^^",
    ]
    assert "день и значение `actor`" in render(diagnostic, "ru", sources)


def test_every_code_that_is_raised_has_its_message() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(compliance.norm.__file__).parent.glob("*.py")]
    raised = {code for text in sources for code in re.findall(r'"@?(norm\.[a-z-]+)[ "{]', text)}
    known = {code for code in codes() if code.startswith("norm.")}
    assert raised - {"norm.type-"} == known
    assert len(known) > 60


def test_definitions_of_the_examples_are_typed() -> None:
    assert set(PROGRAM.definitions) == {head.partition("(")[0] for head, _, _ in DEFINITIONS}
    assert PROGRAM.definitions["later"].signature.result == DATE
    assert isinstance(PROGRAM.params["longest"], Period)
    assert isinstance(raw("f()", "true"), RawDefinition)
