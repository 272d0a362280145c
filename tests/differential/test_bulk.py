"""The evaluation over columns against the evaluator, its specification: random norms on random records.

Certain records: the same verdicts and the same failing bindings. Uncertain ones: what must hold holds in every
completion tried, what cannot hold fails in every one, and so for each binding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random

import numpy as np
from attrs import frozen

from compliance.bulk.evaluate import ANY
from compliance.bulk.pack import pack
from compliance.bulk.plan import Plan
from compliance.bulk.run import Bindings, Judge, Outcome
from compliance.bulk.tables import Packed
from compliance.calendar.load import shipped_calendar
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import Env, Evaluator
from compliance.norm.facts import Event, Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.timeline.model import Timeline
from tests.randomised import random_choice, random_norm, random_profile, random_program, random_timeline

CALENDAR = shipped_calendar()
NORMS, OFFICERS, COMPLETIONS = 10, 24, 12

Found = tuple[tuple[str, int], ...]
"""A failing binding: the kind and the index of each of its events."""


@frozen
class Draw:
    """One program with norms, records and a profile, and what the columns say of them."""

    program: Program
    norms: Mapping[str, Typed]
    timelines: tuple[Timeline, ...]
    profile: Profile
    packed: Packed
    outcomes: Mapping[str, Outcome]

    def evaluator(self, facts: Facts) -> Evaluator:
        return Evaluator(self.program, CALENDAR, facts, self.profile)


def draw(seed: int, uncertainty: float) -> Draw:
    rng = Random(seed)
    program = random_program(rng)
    norms = {f"n{i}": random_norm(rng, program, rng.choice((2, 3, 4))) for i in range(NORMS)}
    timelines = tuple(
        random_timeline(rng, program.vocabulary, rng.choice((3, 6, 9)), rng.choice((0.0, uncertainty)))
        for _ in range(OFFICERS)
    )
    profile = random_profile(rng, program)
    packed = pack(timelines, program.vocabulary)
    judge = Judge(Plan(program, norms), CALENDAR, fewest=rng.choice((1, 1, 1_000)))
    return Draw(program, norms, timelines, profile, packed, judge.judge(packed, profile, chunk=rng.choice((1, 7, 99))))


def leading(evaluator: Evaluator, expr: Expr, env: Env) -> Iterator[Found]:
    """The bindings of the leading quantifiers for which a norm fails."""
    if isinstance(expr, ast.Quant) and expr.mode != "some" and expr.body is not None:
        for event in evaluator.candidates(expr.var, expr.kind, expr.guard, env):
            body = expr.body if expr.mode == "every" else ast.Not(expr.body)
            inner = {**env, expr.var: event}
            yield from leading(evaluator, body, inner) if expr.mode == "every" else failing(evaluator, body, inner)
    else:
        yield from failing(evaluator, expr, env)


def failing(evaluator: Evaluator, expr: Expr, env: Env) -> Iterator[Found]:
    if not evaluator.truth(expr, env):
        yield tuple((each.kind, each.index) for each in env.values() if isinstance(each, Event))


def by_officer(packed: Packed, bindings: Bindings) -> dict[int, set[Found]]:
    """The bindings of each record, told by kinds and indexes."""
    columns = [packed.kinds[kind].source[rows] for kind, rows in zip(bindings.kinds, bindings.rows, strict=True)]
    found: dict[int, set[Found]] = {}
    for at, officer in enumerate(packed.order[bindings.officer].tolist()):
        events = tuple((kind, int(column[at])) for kind, column in zip(bindings.kinds, columns, strict=True))
        assert events not in found.setdefault(officer, set())
        found[officer].add(events)
    return found


def certain(drawn: Draw) -> Counter[str]:
    """Every verdict and every failing binding is the evaluator's."""
    counts: Counter[str] = Counter()
    for name, norm in drawn.norms.items():
        outcome, failing_at = drawn.outcomes[name], by_officer(drawn.packed, drawn.outcomes[name].failing)
        must, may = outcome.must.tolist(), outcome.may.tolist()
        assert not len(outcome.open)
        for officer, at in enumerate(drawn.packed.order.tolist()):
            evaluator = drawn.evaluator(drawn.timelines[at].facts())
            holds = evaluator.truth(norm.expr, {})
            assert (holds, holds) == (must[officer], may[officer]), (name, at)
            assert set(leading(evaluator, norm.expr, {})) == failing_at.get(at, set()), (name, at)
            counts["holds" if holds else "fails"] += 1
    return counts


def uncertain(drawn: Draw, rng: Random) -> Counter[str]:
    """What is said of a record is true of all its completions."""
    counts: Counter[str] = Counter()
    for officer, at in enumerate(drawn.packed.order.tolist()):
        timeline = drawn.timelines[at]
        choices = [random_choice(rng, timeline) for _ in range(1 if timeline.certain else COMPLETIONS)]
        evaluators = [drawn.evaluator(timeline.facts(choice)) for choice in choices]
        for name, norm in drawn.norms.items():
            outcome = drawn.outcomes[name]
            must, may = bool(outcome.must[officer]), bool(outcome.may[officer])
            values = {evaluator.truth(norm.expr, {}) for evaluator in evaluators}
            assert not must or values == {True}, (name, at)
            assert may or values == {False}, (name, at)
            kind = "decided" if must == may else "open, seen to differ" if len(values) == 2 else "open"
            counts[kind if not timeline.certain else "certain"] += 1
            assert not timeline.certain or must == may
    for name, norm in drawn.norms.items():
        sure, possible = (
            by_officer(drawn.packed, each) for each in (drawn.outcomes[name].failing, drawn.outcomes[name].open)
        )
        for at, timeline in enumerate(drawn.timelines):
            evaluator = drawn.evaluator(timeline.facts(random_choice(rng, timeline)))
            seen = set(leading(evaluator, norm.expr, {}))
            assert sure.get(at, set()) <= seen, (name, at)
            assert seen <= sure.get(at, set()) | possible.get(at, set()), (name, at)
    return counts


def left_open(seed: int) -> Counter[str]:
    """What is said with readings left open is true under each of their values; what is decided is the same for all."""
    rng = Random(seed)
    program = random_program(rng)
    norms = {f"n{i}": random_norm(rng, program, rng.choice((2, 3, 4))) for i in range(NORMS)}
    timelines = tuple(random_timeline(rng, program.vocabulary, rng.choice((3, 6)), 0.0) for _ in range(OFFICERS))
    profile = random_profile(rng, program)
    readings = [name for name in program.readings if rng.random() < 0.6]
    packed, judge = pack(timelines, program.vocabulary), Judge(Plan(program, norms), CALENDAR, fewest=1)
    found = judge.judge(packed, {**profile, **dict.fromkeys(readings, ANY)})
    drawn = (random_profile(rng, program) for _ in range(COMPLETIONS))
    others = [{**profile, **{name: each[name] for name in readings}} for each in drawn]
    counts: Counter[str] = Counter()
    for other in others:
        exact = judge.judge(packed, other)
        for name in norms:
            must, may = found[name].must, found[name].may
            assert not (must & ~exact[name].must).any(), (seed, name)
            assert not (~may & exact[name].may).any(), (seed, name)
            counts["decided"] += int((must == may).sum())
            counts["open"] += int((must != may).sum())
    return counts


def test_open_readings_cover_all_of_their_values(scale: int) -> None:
    counts: Counter[str] = Counter()
    for seed in range(30 * scale):
        counts += left_open(seed)
    print(dict(counts))
    assert counts["open"] > 50
    assert counts["decided"] > counts["open"]


def test_columns_are_the_evaluator_on_certain_records(scale: int) -> None:
    counts: Counter[str] = Counter()
    seeds = 40 if scale == 1 else 170 * scale
    for seed in range(seeds):
        counts += certain(draw(seed, 0.0))
    print(f"{NORMS * seeds} norms on {OFFICERS} records each: {dict(sorted(counts.items()))}")
    assert counts["fails"] > 500


def test_columns_are_sound_on_uncertain_records(scale: int) -> None:
    counts: Counter[str] = Counter()
    seeds = 60 * scale
    for seed in range(seeds):
        counts += uncertain(draw(seed, 0.3), Random(seed))
    print(f"{NORMS * seeds} norms on {OFFICERS} records each: {dict(sorted(counts.items()))}")
    assert counts["open, seen to differ"] > 250


def test_processes_and_chunks_change_nothing() -> None:
    rng = Random(5)
    program = random_program(rng)
    norms = {f"n{i}": random_norm(rng, program) for i in range(6)}
    packed = pack([random_timeline(rng, program.vocabulary, 6, 0.1) for _ in range(60)], program.vocabulary)
    judge, profile = Judge(Plan(program, norms), CALENDAR), random_profile(rng, program)
    alone = judge.judge(packed, profile, chunk=1_000)
    together = judge.judge(packed, profile, chunk=7, workers=2)
    for name in norms:
        assert np.array_equal(alone[name].violated, together[name].violated)
        assert np.array_equal(alone[name].undetermined, together[name].undetermined)
        assert by_officer(packed, alone[name].failing) == by_officer(packed, together[name].failing)
        assert by_officer(packed, alone[name].open) == by_officer(packed, together[name].open)


def test_profiles_judged_together_are_judged_as_if_alone() -> None:
    for seed in range(6):
        rng = Random(seed)
        program = random_program(rng)
        norms = {f"n{i}": random_norm(rng, program) for i in range(8)}
        packed = pack([random_timeline(rng, program.vocabulary, 6, 0.1) for _ in range(30)], program.vocabulary)
        judge = Judge(Plan(program, norms), CALENDAR, fewest=1)
        jobs = [(random_profile(rng, program), tuple(rng.sample(sorted(norms), 6))) for _ in range(8)]
        for (profile, names), together in zip(jobs, judge.judge_profiles(packed, jobs), strict=True):
            alone = judge.judge(packed, profile, names)
            assert list(together) == list(alone) == list(names)
            for name, outcome in alone.items():
                assert np.array_equal(outcome.violated, together[name].violated)
                assert np.array_equal(outcome.undetermined, together[name].undetermined)
                assert by_officer(packed, outcome.failing) == by_officer(packed, together[name].failing)
