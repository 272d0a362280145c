"""Blame: exactly the failing bindings, with what decided; open duties; templates and failures in words."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.calendar.days import day
from compliance.calendar.load import shipped_calendar
from compliance.calendar.quarters import quarter_of
from compliance.calendar.working import WorkingCalendar
from compliance.norm import ast
from compliance.norm.blame import MOST_FAILURES, Failure, Part, blame, pending
from compliance.norm.evaluate import CLOSED, DUE, OPEN, Evaluator
from compliance.norm.explain import say_failure, say_part
from compliance.norm.facts import Event, Facts
from compliance.norm.parse import parse_expr
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.template import leading_bindings, leading_scope, message, read_template
from compliance.norm.types import Value
from compliance.source.diagnostic import Problems
from tests.randomised import random_choice, random_norm, random_profile, random_program, random_timeline
from tests.randomised_words import VOCABULARY
from tests.unit.norm.examples import PROGRAM, Text, typed

DEFAULT: Profile = {**{name: values[0] for name, values in PROGRAM.readings.items()}, DUE: OPEN}


@cache
def calendar() -> WorkingCalendar:
    return shipped_calendar()


def event(index: int, kind: str, date: int, **given: Value) -> Event:
    """An event with what it leaves out not given, or following from its day."""
    attrs: dict[str, Value] = {}
    for name, attribute in VOCABULARY.kinds[kind].attributes.items():
        follows = {"date": date, "quarter_of_date": quarter_of(date)}
        attrs[name] = follows.get(attribute.default, attribute.value)
    return Event(kind, date, {**attrs, **given}, index)


def evaluator(*events: Event, as_of: int = day(2026, 12, 31), profile: Profile = DEFAULT) -> Evaluator:
    officer: dict[str, Value] = {"body": "army", "serving": True, "host": None}
    posts: dict[str, dict[str, Value]] = {"post_a": {"listed": True, "higher": False, "body": None}}
    return Evaluator(PROGRAM, calendar(), Facts(officer, posts, events, as_of), profile)


LATE = event(0, "sent", day(2026, 12, 2), by="head", position="post_a", contents=frozenset({"paper"}))
EARLY = event(1, "sent", day(2026, 11, 2), by="head", position="post_a", contents=frozenset({"paper", "photo"}))
ENROLLED = event(2, "decision", day(2026, 12, 20), outcome="enrol", by="president", position="post_a")
PENALTY = event(3, "penalty", day(2026, 10, 1), ref="r1", grave=True)


def leaves(parts: tuple[Part, ...]) -> list[Part]:
    return [leaf for part in parts for leaf in (leaves(part.parts) if part.parts else [part])]


def only(norm: str, *events: Event) -> Failure:
    (failure,) = blame(evaluator(*events), typed(norm))
    return failure


def test_a_late_act_is_blamed_with_both_sides() -> None:
    failure = only("every sent m: m.date <= last_day(send_before, m.quarter)", LATE, EARLY)
    assert failure.bindings == (("m", LATE),)
    assert failure.events == (LATE,)
    (part,) = failure.parts
    assert part.reason == "comparison"
    assert [(side.text, side.value) for side in part.sides] == [
        ("m.date", day(2026, 12, 2)),
        ("last_day(send_before, m.quarter)", day(2026, 11, 30)),
    ]


def test_only_the_failing_conjuncts_are_named() -> None:
    failure = only(
        "every enrolment e: e.by = head and e.position.listed and e.position.higher and some report r", ENROLLED
    )
    assert [(part.reason, part.text) for part in failure.parts] == [
        ("comparison", "e.by = head"),
        ("attribute", "e.position.higher"),
        ("no_such_event", "some report r"),
    ]


def test_every_failing_binding_is_named_in_the_order_of_days() -> None:
    failures = blame(evaluator(LATE, EARLY, ENROLLED), typed("every sent m, every enrolment e: m.by = e.by"))
    assert [[each for _, each in failure.bindings] for failure in failures] == [[EARLY, ENROLLED], [LATE, ENROLLED]]
    assert [failure.events for failure in failures] == [(EARLY, ENROLLED), (LATE, ENROLLED)]


def test_a_no_is_blamed_on_the_event_that_should_not_be() -> None:
    failure = only("every enrolment e: no penalty p with p.grave and p.date <= e.date", ENROLLED, PENALTY)
    assert failure.bindings == (("e", ENROLLED), ("p", PENALTY))
    assert [part.text for part in failure.parts] == ["p.grave", "p.date <= e.date"]
    assert all(part.holds for part in failure.parts)


def test_an_or_names_all_its_sides() -> None:
    failure = only("every sent m: m.by = president or m.contents has photo or some penalty p", LATE, EARLY)
    (part,) = failure.parts
    assert part.reason == "either"
    assert [(leaf.reason, leaf.text) for leaf in leaves(failure.parts)] == [
        ("comparison", "m.by = president"),
        ("attribute", "m.contents has photo"),
        ("no_such_event", "some penalty p"),
    ]


def test_definitions_are_unfolded_and_named() -> None:
    failure = only(
        "every enrolment e: is_head(e.by) implies some sent m with of(m, e): m.contents has photo", ENROLLED, LATE
    )
    (part,) = failure.parts
    assert part.reason == "no_such_event"
    (near,) = part.parts
    assert near.event is LATE
    assert failure.events == (ENROLLED, LATE)
    other = only(
        "every sent m, every enrolment e: of(m, e)", EARLY, event(2, "decision", day(2026, 1, 1), outcome="enrol")
    )
    (leaf,) = leaves(other.parts)
    assert (leaf.text, leaf.via) == ("m.date <= a.date", ("of",))


def test_below_a_not_the_true_parts_are_named() -> None:
    failure = only("not (quiet() or some penalty p with p.grave)", PENALTY, event(4, "report", day(2026, 1, 1)))
    (part,) = failure.parts
    assert (part.reason, part.event, part.holds) == ("such_event", PENALTY, True)


def test_a_reading_can_be_what_decided() -> None:
    failure = only("every sent m: m.by = president or case bound {exclusive: false; inclusive: true}", LATE)
    assert [(leaf.reason, leaf.sides[0].value) for leaf in leaves(failure.parts)] == [
        ("comparison", "head"),
        ("reading", "exclusive"),
    ]


def test_an_every_inside_names_its_events() -> None:
    failure = only(
        "every enrolment e: (every sent m: m.contents has photo) and e.position.listed", ENROLLED, LATE, EARLY
    )
    (part,) = failure.parts
    assert (part.reason, part.event) == ("for_event", LATE)
    assert failure.events == (ENROLLED, LATE)


DUTY = "every sent m: by m.date + 10 days: some report r with m.date <= r.date"


def test_an_open_duty_is_pending_until_its_last_day() -> None:
    norm = typed(DUTY)
    for as_of, open_duties in ((day(2026, 12, 11), [day(2026, 12, 12)]), (day(2026, 12, 12), [day(2026, 12, 12)])):
        engine = evaluator(LATE, as_of=as_of)
        assert blame(engine, norm) == ()
        assert [(each.day, each.bindings) for each in pending(engine, norm)] == [(open_duties[0], (("m", LATE),))]
    engine = evaluator(LATE, as_of=day(2026, 12, 13))
    (failure,) = blame(engine, norm)
    assert pending(engine, norm) == ()
    (part,) = failure.parts
    assert (part.reason, part.sides[0].value) == ("due", day(2026, 12, 12))


def test_a_discharged_duty_is_not_pending() -> None:
    engine = evaluator(LATE, event(5, "report", day(2026, 12, 3)), as_of=day(2026, 12, 5))
    assert pending(engine, typed(DUTY)) == ()
    assert blame(engine, typed(DUTY)) == ()


def test_the_nearest_duty_comes_first() -> None:
    engine = evaluator(LATE, EARLY, as_of=day(2026, 11, 1))
    assert [each.day for each in pending(engine, typed(DUTY))] == [day(2026, 11, 12), day(2026, 12, 12)]


def test_the_evaluator_that_is_asked_stays_as_it_was() -> None:
    engine = evaluator(LATE)
    norm = typed("every sent m: m.date <= last_day(send_before, m.quarter)")
    before = set(engine.consulted)
    blame(engine, norm)
    pending(engine, norm)
    assert engine.consulted == before
    assert engine.profile[DUE] == OPEN


def test_a_flood_of_failures_is_cut() -> None:
    events = [event(index, "report", day(2026, 1, 1) + index) for index in range(30)]
    failures = blame(evaluator(*events), typed("every report a, every report b: a.date < b.date"))
    assert len(failures) == MOST_FAILURES
    assert failures == blame(evaluator(*events), typed("every report a, every report b: a.date < b.date"))


@cache
def program(seed: int) -> Program:
    return random_program(Random(seed))


def body(norm: Typed) -> ast.Expr:
    """What is left of a formula after the quantifiers that it begins with."""
    at = norm.expr
    while isinstance(at, ast.Quant) and at.mode == "every" and at.body is not None:
        at = at.body
    return at


@given(st.integers(0, 5), st.integers(0, 2**32))
def test_blame_agrees_with_the_evaluator(home: int, seed: int) -> None:
    rng = Random(seed)
    norm = random_norm(rng, program(home))
    timeline = random_timeline(rng, VOCABULARY, uncertainty=0.1)
    facts = timeline.facts(random_choice(rng, timeline))
    engine = Evaluator(program(home), calendar(), facts, random_profile(rng, program(home)))
    failures = blame(engine, norm)
    assert engine.truth(norm.expr, {}) == (not failures)
    assert blame(engine, norm) == failures
    rest = body(norm)
    for failure in failures:
        assert [name for name, _ in failure.bindings] == list(leading_bindings(norm.expr))
        assert failure.events[: len(failure.bindings)] == tuple(dict.fromkeys(each for _, each in failure.bindings))
        assert failure.parts or (isinstance(rest, ast.Quant) and rest.guard is None and rest.body is None)
        assert not engine.truth(rest, failure.env)
        for part in leaves(failure.parts):
            check_leaf(engine, part)
        for lang in ("en", "ru"):
            assert "\0" not in say_failure(failure, program(home), lang)


def check_leaf(engine: Evaluator, part: Part) -> None:
    """What a part says of itself is so."""
    assert engine.truth(part.expr, part.env) == (part.holds or part.reason == "for_event") or part.event is not None
    for side in part.sides:
        if part.reason == "reading":
            assert isinstance(part.expr, ast.Case)
            assert side.value == engine.profile[part.expr.reading]
        else:
            assert engine.value(side.expr, part.env) == side.value


@given(st.integers(0, 5), st.integers(0, 2**32))
def test_pending_duties_are_open_ones(home: int, seed: int) -> None:
    rng = Random(seed)
    norm = random_norm(rng, program(home))
    facts = random_timeline(rng, VOCABULARY).facts()
    engine = Evaluator(program(home), calendar(), facts, {**random_profile(rng, program(home)), DUE: CLOSED})
    for each in pending(engine, norm):
        assert isinstance(each.due.expr, ast.Due)
        assert each.day >= facts.as_of
        assert engine.day(each.due.expr.day, each.due.env) == each.day
        assert not engine.truth(each.due.expr.body, each.due.env)


# in words


def test_templates_are_filled_in_both_languages() -> None:
    norm = typed("every sent m: m.date <= last_day(send_before, m.quarter)")
    scope = leading_scope(norm, PROGRAM)
    (failure,) = blame(evaluator(LATE), norm)
    template = read_template(
        "sent on {m.date} by {m.by}, quarter: {m.quarter}, papers: {m.contents}, listed: {m.position.listed}, "
        "post of: {m.position.body}; last day {last_day(send_before, m.quarter)}, else {never}",
        scope,
    )
    assert message(template, evaluator(LATE), failure.env, "en") == (
        "sent on 2026-12-02 by head, quarter: the fourth quarter of 2026, papers: paper, listed: yes, "
        "post of: not given; last day 2026-11-30, else never"
    )
    assert "IV квартал 2026 года" in message(template, evaluator(LATE), failure.env, "ru")
    assert "никогда" in message(template, evaluator(LATE), failure.env, "ru")


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("sent on {m.dat}", [("norm.unknown-attribute", 12)]),
        ("{x.date} and {m.bye}", [("norm.unknown-word", 2), ("norm.unknown-attribute", 17)]),
        ("sent {", [("norm.template-brace", 6)]),
        ("sent } on", [("norm.template-brace", 6)]),
        ("sent {}", [("norm.empty", 7)]),
        ("sent {m.date", [("norm.template-brace", 6)]),
        ("sent {m.date + 3 months}", [("norm.rounding-missing", 7)]),
    ],
)
def test_bad_templates_are_shown_where_they_are_bad(template: str, expected: list[tuple[str, int]]) -> None:
    scope = leading_scope(typed("every sent m: m.by = head"), PROGRAM)
    with pytest.raises(Problems) as found:
        read_template(Text(template), scope)
    places = [(each.code, each.place.column if each.place else 0) for each in found.value.diagnostics]
    assert places == expected


def test_the_scope_of_a_template_ends_with_a_no() -> None:
    names = leading_bindings(
        typed("every sent m, every report r: no penalty p with p.date = m.date and p.date = r.date").expr
    )
    assert list(names) == ["m", "r", "p"]
    assert list(leading_bindings(typed("every sent m: some report r with r.date = m.date").expr)) == ["m"]
    assert leading_bindings(typed("some report r").expr) == {}


def test_a_failure_is_said_in_words() -> None:
    failure = only("every sent m: m.date <= last_day(send_before, m.quarter)", LATE)
    assert say_failure(failure, PROGRAM, "en") == (
        "sending of the materials, 2026-12-02: the day of the sending of the materials (2026-12-02) is later than the "
        "last day for the 1st day of the last month of quarter in the sending of the materials (2026-11-30)"
    )
    assert say_failure(failure, PROGRAM, "ru").startswith("направление материалов, 2026-12-02: день «направление")
    missing = only("every enrolment e: e.by in {head, officer} and some report r with r.date <= e.date", ENROLLED)
    assert say_failure(missing, PROGRAM, "en") == (
        "decision, 2026-12-20: by in the decision is none of: head, officer (president); there is no report where the "
        "day of the report is not later than the day of the decision"
    )


def test_an_open_duty_is_said_in_words() -> None:
    (duty,) = pending(evaluator(LATE, as_of=day(2026, 12, 5)), typed(DUTY))
    assert say_part(duty.due, PROGRAM, "en") == (
        "there is no report where the day of the sending of the materials is not later than the day of the report; "
        "the last day: 2026-12-12"
    )


def test_terms_are_parsed_like_any_other() -> None:
    assert parse_expr("m.date") == ast.Attr(ast.Name("m"), "date")
