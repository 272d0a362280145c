"""The generator that other tests rest on: it reaches every form of the language and every sort of fact."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import get_args

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.types import EventType, Period
from compliance.norm.walk import nodes
from compliance.timeline.model import Days, FromDate, OneOf, OpenItems
from tests.randomised import (
    choices,
    profiles,
    random_norm,
    random_profile,
    random_program,
    random_timeline,
    surface_norm,
)
from tests.randomised_words import HEADS, READINGS, VOCABULARY


def _all_nodes() -> list[Expr]:
    found: list[Expr] = []
    for seed in range(25):
        program = random_program(Random(seed))
        bodies = [each.body for each in program.definitions.values()]
        norms = [random_norm(Random(1000 * seed + each), program).expr for each in range(25)]
        found += [node for tree in (*bodies, *norms) for node in nodes(tree)]
    return found


NODES = _all_nodes()


def test_every_form_turns_up() -> None:
    forms = Counter(type(node).__name__ for node in NODES)
    wanted = {each.__name__ for each in get_args(Expr)} - {"Name"}
    assert {name for name in wanted if forms[name] < 10} == set()


def test_every_variant_turns_up() -> None:
    ops = {node.op for node in NODES if isinstance(node, ast.Compare)}
    modes = {(node.mode, node.guard is None, node.body is None) for node in NODES if isinstance(node, ast.Quant)}
    orders = {(node.order, node.guard is None) for node in NODES if isinstance(node, ast.Pick)}
    shifts = {(node.sign, node.rounding, type(node.period)) for node in NODES if isinstance(node, ast.Shift)}
    lengths = {node.value for node in NODES if isinstance(node, ast.Literal) and isinstance(node.value, Period)}
    specs = {type(node.spec) for node in NODES if isinstance(node, ast.DayOfQuarter)}
    assert ops == {"=", "!=", "<", "<=", ">", ">="}
    assert {("every", True, False), ("some", False, True), ("no", False, False), ("no", True, True)} <= modes
    assert orders == {("first", True), ("first", False), ("last", True), ("last", False)}
    assert {(1, "down"), (1, "up"), (-1, "down"), (1, None)} <= {(sign, rounding) for sign, rounding, _ in shifts}
    assert {kind for _, _, kind in shifts} == {ast.Literal, ast.Param, ast.Var}
    assert any(length.working_days for length in lengths)
    assert any(length.months and length.days for length in lengths)
    assert specs == {ast.Literal, ast.Param, ast.Var}
    assert {node.name for node in NODES if isinstance(node, ast.World)} == {"as_of", "in_force", "replaced"}


def test_events_are_compared_and_groups_are_used() -> None:
    identity = [
        node
        for node in NODES
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Var) and isinstance(node.left.type, EventType)
    ]
    groups = [node for node in NODES if isinstance(node, ast.Var) and isinstance(node.type, EventType)]
    assert len(identity) > 5
    assert any(isinstance(node.type, EventType) and len(node.type.kinds) > 1 for node in groups)
    assert {node.notion for node in NODES if isinstance(node, ast.Quant)} == {None, "enrolment", "live_penalty"}
    assert {node.name for node in NODES if isinstance(node, ast.Call)} == {
        head.partition("(")[0] for head, _, _ in HEADS
    }


def test_a_seed_is_a_case() -> None:
    one, other = random_program(Random(3)), random_program(Random(3))
    assert one == other
    assert surface_norm(Random(4), one) == surface_norm(Random(4), other)
    assert random_norm(Random(4), one) == random_norm(Random(4), other)
    assert random_profile(Random(5), one) == random_profile(Random(5), other)


def test_records_hold_every_sort_of_fact() -> None:
    seen: set[str] = set()
    for seed in range(300):
        timeline = random_timeline(Random(seed), VOCABULARY, uncertainty=0.25)
        values = [value for slot in timeline.slots for value in slot.attrs.values()] + [*timeline.officer.values()]
        seen |= {type(value).__name__ for value in values}
        seen |= {f"date {type(slot.date).__name__}" for slot in timeline.slots}
        seen |= {f"occurred {slot.occurred} {slot.phantom}" for slot in timeline.slots}
        seen |= {f"as_of {type(timeline.as_of).__name__}", f"in_force {type(timeline.in_force).__name__}"}
        assert len(timeline.unknowns()) <= 4
    wanted = [each.__name__ for each in (FromDate, OneOf, OpenItems, bool, str, int, frozenset, type(None))]
    wanted += ["date Days", "date int", "occurred None True", "occurred None False", "occurred True False"]
    wanted += ["as_of Days", "as_of int", "in_force Days", "in_force int"]
    assert set(wanted) <= seen
    assert Days.__name__ == "Days"


def test_a_certain_record_has_one_completion() -> None:
    for seed in range(50):
        timeline = random_timeline(Random(seed), VOCABULARY)
        assert timeline.certain
        assert list(choices(timeline)) == [{}]
        assert len(timeline.facts().events) == len(timeline.slots)


def test_every_choice_completes_its_record() -> None:
    for seed in range(60):
        timeline = random_timeline(Random(seed), VOCABULARY, uncertainty=0.2, most_unknown=2)
        found = list(choices(timeline))
        assert found
        assert len({repr(sorted(each.items(), key=str)) for each in found}) == len(found)
        for choice in found[:5]:
            timeline.facts(choice)


def test_profiles_go_through_all_readings() -> None:
    program = random_program(Random(1))
    assert len(list(profiles(program))) == 2 * 2 * 3
    assert set(READINGS) < set(random_profile(Random(1), program))
