"""How the verdict of a set of norms turns on the readings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from attrs import field, frozen

from compliance.check.explore import Tree, Unexplored, combination, explore
from compliance.check.judge import Judge, Judged, worst_judged
from compliance.law.model import Norm
from compliance.norm.program import Profile
from compliance.verdict import Status, worst


@frozen
class Readings:
    """The default profile, and the readings that may vary with their values (a fixed one may not).

    `undecided` readings have no default: where the verdict turns on one, it is undetermined.
    """

    default: Profile
    vary: Mapping[str, tuple[str, ...]]
    undecided: frozenset[str] = frozenset()


@frozen
class Outcome:
    """The verdict under the default readings, and how it turns on them."""

    status: Status
    robust: bool = True
    depends_on: Mapping[str, Mapping[str, Status]] = field(factory=dict)
    combination: Mapping[str, str] = field(factory=dict)
    consulted: frozenset[str] = frozenset()


def outcome(judge: Judge, norms: Sequence[Norm], readings: Readings, *, stop_at_violation: bool = False) -> Outcome:
    """The worst status of the norms, explored over every combination of the readings that they consult."""

    def judged(profile: Profile) -> Judged:
        return _until_violated(judge, norms, profile) if stop_at_violation else _all(judge, norms, profile)

    tree = explore(judged, readings.default, readings.vary)
    if tree.robust:
        return Outcome(tree.default, consulted=frozenset(tree.consulted))
    depends = _singly(tree, judged, readings)
    status = _without_default(tree, depends, readings)
    together = {} if depends else combination(tree, readings.default)
    return Outcome(status, False, depends, together, frozenset(tree.consulted))


def _singly(
    tree: Tree[Status], judged: Callable[[Profile], Judged], readings: Readings
) -> dict[str, dict[str, Status]]:
    """For each reading that alone changes the verdict, the verdict under each of its values."""
    found: dict[str, dict[str, Status]] = {}
    for name in tree.consulted:
        under: dict[str, Status] = {}
        for value in readings.vary[name]:
            with suppress(Unexplored):
                under[value] = judged({**readings.default, name: value})[0]
        if len(set(under.values())) > 1:
            found[name] = under
    return found


def _without_default(tree: Tree[Status], depends: Mapping[str, Mapping[str, Status]], readings: Readings) -> Status:
    """The verdict under the defaults; undetermined where a reading without default decides it."""
    return "undetermined" if readings.undecided & depends.keys() else tree.default


def _all(judge: Judge, norms: Sequence[Norm], profile: Profile) -> Judged:
    return worst_judged(judge.status(norm, profile) for norm in norms)


def _until_violated(judge: Judge, norms: Sequence[Norm], profile: Profile) -> Judged:
    """Like `_all`, but asks no further once a norm is violated: nothing can be worse."""
    seen: list[Judged] = []
    for norm in norms:
        seen.append(judge.status(norm, profile))
        if seen[-1][0] == "violated":
            break
    return worst([status for status, _ in seen]), frozenset().union(*(readings for _, readings in seen))
