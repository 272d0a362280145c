"""The tree of readings covers every combination, each once, and asks for no more than is consulted."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from compliance.check.explore import combination, explore
from compliance.norm.program import Profile

VALUES = {"a": ("0", "1"), "b": ("0", "1", "2"), "c": ("0", "1"), "d": ("0", "1")}
DEFAULT = {name: values[0] for name, values in VALUES.items()}


def lazily(table: dict[str, str], profile: Profile) -> tuple[str, frozenset[str]]:
    """Walks readings in an order that depends on the values met: the path decides the outcome."""
    at, consulted = "", []
    name = "a"
    while name:
        consulted.append(name)
        at += name + profile[name]
        name = table.get(at, "")
        if name in consulted:
            break
    return at, frozenset(consulted)


@given(st.dictionaries(st.text("abcd012", min_size=2, max_size=8), st.sampled_from("abcd"), max_size=40))
def test_every_profile_is_in_exactly_one_leaf_with_its_outcome(table: dict[str, str]) -> None:
    tree = explore(lambda profile: lazily(table, profile), DEFAULT, VALUES)
    for values in product(*VALUES.values()):
        profile = dict(zip(VALUES, values, strict=True))
        matching = [leaf for leaf in tree.leaves if all(profile[n] == v for n, v in leaf.readings.items())]
        assert [leaf.outcome for leaf in matching] == [lazily(table, profile)[0]]


def test_a_reading_that_is_not_asked_for_costs_nothing() -> None:
    asked: list[Profile] = []

    def judge(profile: Profile) -> tuple[str, frozenset[str]]:
        asked.append(profile)
        return profile["a"], frozenset("a")

    tree = explore(judge, DEFAULT, VALUES)
    assert len(asked) == 2
    assert tree.default == "0"
    assert not tree.robust


def test_a_fixed_reading_does_not_vary() -> None:
    tree = explore(lambda p: (p["a"], frozenset("a")), DEFAULT, {"b": VALUES["b"]})
    assert tree.robust


def test_the_smallest_combination_is_told() -> None:
    def judge(profile: Profile) -> tuple[bool, frozenset[str]]:
        return profile["a"] == "1" and profile["c"] == "1", frozenset("ac")

    tree = explore(judge, DEFAULT, VALUES)
    assert dict(combination(tree, DEFAULT)) == {"a": "1", "c": "1"}
