"""Records on which not every combination of readings can be asked: what is left out is never called robust."""

from __future__ import annotations

from compliance.check.contested import Readings, outcome
from compliance.check.explore import Unexplored, explore
from compliance.check.judge import Judged
from compliance.law.model import Norm
from compliance.norm.program import Profile, Typed
from compliance.verdict import Status

VALUES = {"one": ("a", "b"), "two": ("a", "b")}
DEFAULT = {"one": "a", "two": "a"}


def compliant_by_default(profile: Profile) -> tuple[Status, frozenset[str]]:
    if profile != DEFAULT:
        raise Unexplored("far")
    return "compliant", frozenset(VALUES)


def test_a_tree_with_unexplored_combinations_is_not_complete() -> None:
    tree = explore(compliant_by_default, DEFAULT, VALUES)
    assert tree.default == "compliant"
    assert not tree.complete
    assert not tree.robust


class Near:
    """Answers under the defaults and under one change, and no further."""

    def status(self, norm: Norm, profile: Profile) -> Judged:
        changed = [name for name, value in profile.items() if value != DEFAULT[name]]
        if changed == ["two"]:
            raise Unexplored(norm)
        return ("violated" if changed else "compliant"), frozenset(VALUES)

    def hold(self, formulas: dict[str, Typed], profile: Profile) -> dict[str, bool | None]:
        raise NotImplementedError


def test_what_was_explored_is_still_told() -> None:
    found = outcome(Near(), [None], Readings(DEFAULT, VALUES))  # type: ignore[arg-type, list-item]
    assert found.status == "compliant"
    assert not found.robust
    assert found.depends_on == {"one": {"a": "compliant", "b": "violated"}}
