"""Truths and ranges against what they stand for: every pair of small ranges, every completion of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
import pytest

from compliance.bulk import values
from compliance.bulk.values import ABSENT, ItemMask, Number, Truth
from compliance.norm import ast
from compliance.norm.evaluate import HOLDS

CODES = range(ABSENT, 4)
RANGES = [(lo, hi) for lo in CODES for hi in CODES if lo <= hi]
TRUTHS = [(False, False), (False, True), (True, True)]


def completions(lo: int, hi: int) -> list[int | None]:
    return [None if code == ABSENT else code for code in range(lo, hi + 1)]


def columns(pairs: list[tuple[int, int]]) -> Number:
    lo, hi = (np.array(ends, dtype=np.int32) for ends in zip(*pairs, strict=True))
    return Number(lo, hi)


def ends(found: Truth, at: int) -> tuple[bool, bool]:
    must, may = (part if isinstance(part, bool) else bool(part[at]) for part in (found.must, found.may))
    return must, may


def expected(seen: set[bool]) -> tuple[bool, bool]:
    return seen == {True}, True in seen


OPS: tuple[ast.CompareOp, ...] = ("=", "!=", "<", "<=", ">", ">=")


@pytest.mark.parametrize("op", OPS)
def test_comparisons_say_what_all_and_some_completions_say(op: ast.CompareOp) -> None:
    pairs = list(product(RANGES, RANGES))
    a, b = columns([x for x, _ in pairs]), columns([y for _, y in pairs])
    found = values.same(a, b) if op in ("=", "!=") else values.ordered(op, a, b)
    found = values.not_(found) if op == "!=" else found
    for at, (x, y) in enumerate(pairs):
        seen = {HOLDS[op](left, right) for left in completions(*x) for right in completions(*y)}
        assert ends(found, at) == expected(seen), (op, x, y)


@pytest.mark.parametrize("op", OPS)
def test_certain_columns_stay_certain(op: ast.CompareOp) -> None:
    pairs = list(product(CODES, CODES))
    a, b = (values.number(np.array(side, dtype=np.int32)) for side in zip(*pairs, strict=True))
    found = values.same(a, b) if op in ("=", "!=") else values.ordered(op, a, b)
    found = values.not_(found) if op == "!=" else found
    assert found.certain
    for at, (x, y) in enumerate(pairs):
        left, right = completions(x, x)[0], completions(y, y)[0]
        assert ends(found, at)[0] == HOLDS[op](left, right)


def test_membership_says_what_completions_say() -> None:
    options = [0, 2, 3]
    found = values.among(columns(RANGES), np.array(options, dtype=np.int32))
    for at, (lo, hi) in enumerate(RANGES):
        assert ends(found, at) == expected({code in options for code in completions(lo, hi)})


def test_given_says_what_completions_say() -> None:
    found = values.given(columns(RANGES))
    for at, (lo, hi) in enumerate(RANGES):
        assert ends(found, at) == expected({code is not None for code in completions(lo, hi)})


def masks() -> Iterator[tuple[int, int]]:
    """Sets of three items, and none at all, between what is sure and what may be."""
    yield 0, 0
    for sure, maybe in product(range(8), range(8)):
        if not sure & maybe:
            yield 1 | sure << 1, 1 | (sure | maybe) << 1


def members(sure: int, most: int) -> list[frozenset[int] | None]:
    if not most & 1:
        return [None]
    free = [item for item in range(3) if most & ~sure & values.item_bit(item)]
    held = frozenset(item for item in range(3) if sure & values.item_bit(item))
    return [
        held | {item for item, kept in zip(free, picked, strict=True) if kept}
        for picked in product((0, 1), repeat=len(free))
    ]


@pytest.mark.parametrize("item", [(0, 0), (2, 2), (0, 1), (ABSENT, ABSENT), (ABSENT, 1)])
def test_items_say_what_completions_say(item: tuple[int, int]) -> None:
    sets = list(masks())
    sure, most = (np.array(side, dtype=np.int64) for side in zip(*sets, strict=True))
    wanted = columns([item] * len(sets))
    for asked in (wanted, values.number(item[0])) if item[0] == item[1] else (wanted,):
        found = values.has(ItemMask(sure, most), asked)
        for at, pair in enumerate(sets):
            seen = {held is not None and code in held for held in members(*pair) for code in completions(*item)}
            must, may = ends(found, at)
            assert not must or seen == {True}, (pair, item)
            assert may or seen == {False}, (pair, item)
            assert item[0] != item[1] or (must, may) == expected(seen), (pair, item)


CONNECTIVES: dict[str, tuple[Callable[[Truth, Truth], Truth], Callable[[bool, bool], bool]]] = {
    "and": (values.and_, lambda a, b: a and b),
    "or": (values.or_, lambda a, b: a or b),
}


@pytest.mark.parametrize("name", CONNECTIVES)
def test_connectives_say_what_completions_say(name: str) -> None:
    ours, theirs = CONNECTIVES[name]
    for x, y in product(TRUTHS, TRUTHS):
        for a in (Truth(*x), Truth(np.array([x[0]]), np.array([x[1]]))):
            seen = {theirs(left, right) for left in set(x) for right in set(y)}
            assert ends(ours(a, Truth(*y)), 0) == expected(seen)
            assert ends(values.not_(a), 0) == expected({not left for left in set(x)})


def test_a_choice_covers_both_branches_where_it_is_open() -> None:
    condition = Truth(np.array([True, False, False]), np.array([True, True, False]))
    found = values.merge(condition, values.number(7), Number(np.array([3, 3, 3]), np.array([4, 4, 4])))
    assert isinstance(found, Number)
    assert np.asarray(found.lo).tolist() == [7, 3, 3]
    assert np.asarray(found.hi).tolist() == [7, 7, 4]
