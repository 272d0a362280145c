"""Chunks, processes, officers with very many events: how a register is cut up changes no outcome."""

from __future__ import annotations

from random import Random

import pytest

from compliance.bulk.forks import fork_map
from compliance.bulk.pack import pack
from compliance.bulk.plan import Plan
from compliance.bulk.run import Judge, cut, even
from compliance.bulk.tables import Packed
from compliance.calendar.days import day
from compliance.calendar.load import shipped_calendar
from compliance.norm.evaluate import DUE, OPEN
from compliance.norm.parse import parse_expr, parse_signature
from compliance.norm.program import Program
from compliance.norm.typecheck import RawDefinition, Scope, check_expr, check_program
from compliance.timeline.model import Slot, Timeline
from tests.randomised import random_program, random_timeline
from tests.randomised_words import NOTIONS, PARAMS, READINGS, VOCABULARY

PROGRAM = random_program(Random(1))
NORM = "every report x: no report y with x.date < y.date"
PROFILE = {**{name: values[0] for name, values in PROGRAM.readings.items()}, DUE: OPEN}


def judge(program: Program, text: str, most_rows: int = 1_000_000) -> Judge:
    return Judge(
        Plan(program, {"n": check_expr(parse_expr(text), Scope(program))}), shipped_calendar(), most_rows=most_rows
    )


def records(*reports: int) -> Packed:
    """Officers with so many reports each, one a day."""
    empty, first = random_timeline(Random(2), PROGRAM.vocabulary, 0), day(2026, 1, 1)
    lives = [tuple(Slot("report", first + n, {}, n) for n in range(count)) for count in reports]
    timelines = [Timeline(empty.officer, empty.positions, slots, day(2027, 1, 1)) for slots in lives]
    return pack(timelines, PROGRAM.vocabulary, [f"A-{count}" for count in reports])


def test_failing_bindings_name_officer_and_event() -> None:
    outcome = judge(PROGRAM, NORM).judge(records(0, 1, 3), PROFILE)["n"]
    assert outcome.violated.tolist() == [2]
    assert outcome.may.tolist() == outcome.must.tolist() == [True, True, False]
    assert outcome.failing.kinds == ("report",)
    assert outcome.failing.officer.tolist() == [2, 2]
    assert outcome.failing.rows[0].tolist() == [1, 2]
    assert not len(outcome.open)


def test_an_officer_with_too_many_events_is_not_judged_and_spoils_no_other() -> None:
    packed = records(1, 2, 200, 0, 3)
    outcome = judge(PROGRAM, NORM, most_rows=1_000).judge(packed, PROFILE)["n"]
    assert outcome.violated.tolist() == [1, 4]
    assert outcome.given_up.tolist() == outcome.undetermined.tolist() == [2]
    assert outcome.failing.officer.tolist() == [1, 4, 4]


def test_chunks_are_smaller_where_officers_have_very_many_events() -> None:
    packed = records(*[1] * 50, 400, *[1] * 50)
    spans = list(cut(packed, 20))
    assert [begin for begin, _ in spans[1:]] == [end for _, end in spans[:-1]]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(packed)
    assert max(end - begin for begin, end in spans) <= 20
    assert list(cut(records(), 20)) == []


def test_chunks_are_shared_out_evenly() -> None:
    assert even(100_000, 25_000, 2) == 25_000
    assert even(100_001, 25_000, 2) <= 25_000
    assert even(10, 25_000, 2) == 5
    assert even(0, 25_000, 2) == 1


def test_an_empty_register_has_empty_outcomes() -> None:
    outcome = judge(PROGRAM, NORM).judge(records(), PROFILE)["n"]
    assert outcome.officers == 0
    assert not len(outcome.violated)


def test_processes_keep_the_order_of_the_work() -> None:
    assert fork_map(lambda n: n * n, list(range(11)), 3) == [n * n for n in range(11)]


def test_an_error_in_a_process_is_raised_here() -> None:
    def work(n: int) -> int:
        if n == 5:
            raise ValueError("five")
        return n

    with pytest.raises(ValueError, match="five"):
        fork_map(work, list(range(8)), 2)


def test_a_process_that_dies_is_no_silence() -> None:
    def work(n: int) -> int:
        if n == 1:
            import os

            os._exit(3)
        return n

    with pytest.raises(ChildProcessError):
        fork_map(work, list(range(4)), 2)


def test_norms_that_differ_in_letters_only_are_one() -> None:
    other = "every report a: no report b with a.date < b.date"
    typed = {name: check_expr(parse_expr(text), Scope(PROGRAM)) for name, text in {"x": NORM, "a": other}.items()}
    plan = Plan(PROGRAM, typed)
    assert plan.norms["x"] is plan.norms["a"]


def test_one_definition_of_many_events_is_asked_for_each_choice_of_them() -> None:
    head = parse_signature("crowned(a: report, b: report, c: report)")
    raw = [RawDefinition(head, parse_expr("some report r with a.date < r.date: b.date < c.date"))]
    program = check_program(VOCABULARY, NOTIONS, raw, READINGS, PARAMS)
    text = """every report x, every report y with x.date < y.date, every report z with y.date < z.date:
        not crowned(z, x, y) and crowned(x, y, z)"""
    outcome = judge(program, text).judge(records(3, 2), {**dict.fromkeys(READINGS, "x"), DUE: OPEN})["n"]
    assert outcome.must.tolist() == [True, True]
