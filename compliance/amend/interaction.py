"""Whether the order of operations counts: pairs of one package, and two packages that wait at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Final

from compliance.amend.apply import apply, apply_one, is_foreign
from compliance.amend.finding import Finding, says
from compliance.amend.matching import shown
from compliance.amend.operations import AddUnit, DeleteUnit, Operation, Package, Renumber, Restate, target_of
from compliance.amend.tree import Tree

MOST_PAIRS: Final = 600
_Outcome = tuple[tuple[str, str], ...] | None


def interactions(tree: Tree, operations: Sequence[Operation]) -> tuple[Finding, ...]:
    """The pairs of a package whose order decides the text, or whether they can be applied at all."""
    own = [operation for operation in operations if not is_foreign(operation)]
    pairs = [pair for pair in combinations(own, 2) if _may_meet(*pair) and not _together(*pair)]
    found = [_judged(tree, first, second) for first, second in pairs[:MOST_PAIRS]]
    return tuple(finding for finding in found if finding is not None)


def _points(operation: Operation) -> set[str]:
    if isinstance(operation, Renumber):
        targets = (*operation.old, *operation.new)
        return {target.address.step("point") or "" for target in targets}
    return {operation.target.address.step("point") or ""}


def _together(one: Operation, other: Operation) -> bool:
    """Whether one instruction brings both: «абзацы второй и третий исключить» speaks of one moment."""
    return type(one) is type(other) and one.place == other.place


def _may_meet(one: Operation, other: Operation) -> bool:
    """Whether two operations can touch the same words: one point, or one of them names none."""
    left, right = _points(one), _points(other)
    return bool(left & right) or "" in left | right


def _ordered(tree: Tree, one: Operation, other: Operation) -> _Outcome:
    first = apply_one(tree, one)
    if isinstance(first, Finding):
        return None
    second = apply_one(first, other, tree)
    return None if isinstance(second, Finding) else second.pairs()


def _judged(tree: Tree, one: Operation, other: Operation) -> Finding | None:
    straight, reverse = _ordered(tree, one, other), _ordered(tree, other, one)
    if _depends(one, other) or _depends(other, one):
        return None
    if straight is None and reverse is None:
        return _exclusive(tree, one, other)
    if straight == reverse or (reverse is None and isinstance(one, Renumber)):
        return None
    fields = _both_said(one, other)
    units = tuple(sorted({f"p{point}" for point in _points(one) & _points(other) if point}))
    place = other.place
    if straight is not None and reverse is not None:
        return Finding("PACKAGE_INTERACTION", "warn", units, "", says("amend.order-differs", **fields),
                       says("amend.order-repair", **fields), place=place)  # fmt: skip
    if straight is None:
        return Finding("PACKAGE_INTERACTION", "warn", units, "", says("amend.order-only-reverse", **fields),
                       says("amend.order-swap", **fields), place=place)  # fmt: skip
    return Finding("PACKAGE_INTERACTION", "note", units, "", says("amend.order-only-so", **fields), place=place)


def _exclusive(tree: Tree, one: Operation, other: Operation) -> Finding | None:
    """Two operations of which each can be applied alone and neither after the other."""
    if any(isinstance(apply_one(tree, each), Finding) for each in (one, other)):
        return None
    message = says("amend.order-never", **_both_said(one, other))
    units = tuple(sorted({f"p{point}" for point in _points(one) & _points(other) if point}))
    return Finding("PACKAGE_INTERACTION", "warn", units, "", message, place=other.place)


def _depends(first: Operation, second: Operation) -> bool:
    """Whether one works on what the other brings: the only order there is, and nothing to tell."""
    if not isinstance(first, AddUnit | Restate):
        return False
    come, used = first.target.address.steps, target_of(second).address.steps
    return isinstance(first, AddUnit) and not isinstance(second, Renumber | DeleteUnit) and used[: len(come)] == come


def _both_said(one: Operation, other: Operation) -> dict[str, str]:
    """Two instructions by their lines in the drafter's text and the units that they speak of."""
    lines = {"en": "line", "ru": "строка"}
    return {
        f"{name}_{lang}": f"{line} {target.place.line} ({shown(target.address, lang)})"
        for name, target in (("first", target_of(one)), ("second", target_of(other)))
        for lang, line in lines.items()
    }


def packages(tree: Tree, one: Package, other: Package) -> tuple[Finding, ...]:
    """Whether two packages that wait at the same time give one law in either order."""
    straight = apply(tree, [*one.operations, *other.operations])
    reverse = apply(tree, [*other.operations, *one.operations])
    fields = {"first": one.name, "second": other.name}
    left = straight.tree.pairs() if straight.tree else None
    right = reverse.tree.pairs() if reverse.tree else None
    if left == right:
        return ()
    code = "amend.packages-differ" if left and right else "amend.packages-one-order"
    fields["works"] = f"{one.name}, {other.name}" if left else f"{other.name}, {one.name}"
    differing = sorted({unit for unit, text in set(left or ()) ^ set(right or ())})
    units = tuple(differing[:12]) if left and right else ()
    return (
        Finding(
            "PACKAGE_INTERACTION", "warn", units, "", says(code, **fields), says("amend.packages-repair", **fields)
        ),
    )
