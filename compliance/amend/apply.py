"""Applies a package to the tree of units, operation by operation and all or nothing; what cannot be applied is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from attrs import evolve, field, frozen

from compliance.amend import edit
from compliance.amend.address import Address, node_at, resolve
from compliance.amend.finding import Finding, says
from compliance.amend.matching import Hit, find, mismatch, missing, named, own_words, scope
from compliance.amend.operations import (
    AddUnit,
    DeleteUnit,
    DeleteWords,
    InsertWords,
    Operation,
    Renumber,
    ReplaceWords,
    Restate,
    Target,
    target_of,
)
from compliance.amend.split import paragraphs
from compliance.amend.tree import NUMBER, Kind, Node, Tree, leading_number, number_key

Step = Tree | Finding


@frozen
class Applied:
    """A package applied: the new tree (none where something could not be applied), findings, operations set aside.

    `trail` names for every operation the keys of the rows it touched; `foreign` are operations on other acts; `origin`
    and `renumbered` say to which operation a new row, or a new number, goes back.
    """

    tree: Tree | None
    findings: tuple[Finding, ...] = ()
    trail: tuple[tuple[str, ...], ...] = ()
    foreign: tuple[Operation, ...] = ()
    origin: dict[str, Operation] = field(factory=dict, eq=False)
    renumbered: dict[str, Operation] = field(factory=dict, eq=False)


def apply(tree: Tree, operations: Sequence[Operation]) -> Applied:
    """The law after the operations, in their order; numbering is judged at the end (numbering.py)."""
    before, now = tree, tree
    findings: list[Finding] = []
    trail: list[tuple[str, ...]] = []
    origin: dict[str, Operation] = {}
    renumbered: dict[str, Operation] = {}
    foreign = tuple(operation for operation in operations if is_foreign(operation))
    for operation in operations:
        if is_foreign(operation):
            trail.append(())
            continue
        step = apply_one(now, operation, before)
        if isinstance(step, Finding):
            findings.append(step)
            trail.append(())
            continue
        touched = changed_keys(now, step)
        origin |= {key: operation for key in touched if key not in now.by_key}
        if isinstance(operation, Renumber):
            renumbered |= dict.fromkeys(touched, operation)
        trail.append(touched)
        now = step
    return Applied(None if findings else now, tuple(findings), tuple(trail), foreign, origin, renumbered)


def is_foreign(operation: Operation) -> bool:
    """Whether an operation changes another act than the Rules, or a place the Rules do not have."""
    target = target_of(operation)
    return bool(target.act or target.address.whole or target.address.step("section"))


def changed_keys(old: Tree, new: Tree) -> tuple[str, ...]:
    """The rows whose words, number or place differ between two trees, those gone and come included."""
    one = {row.key: (row.id, row.text) for row in old.rows}
    other = {row.key: (row.id, row.text) for row in new.rows}
    return tuple(sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key)))


def apply_one(tree: Tree, operation: Operation, before: Tree | None = None) -> Step:
    """One operation on a tree, or the finding that says why it cannot be applied."""
    first = before or tree
    match operation:
        case ReplaceWords(target=target, old=old, new=new):
            found = find(old, target, tree, first, everywhere=operation.everywhere, count=operation.count)
            return found if isinstance(found, Finding) else _spliced(tree, found, new.text)
        case DeleteWords(target=target, old=old):
            found = find(old, target, tree, first, everywhere=operation.everywhere, count=operation.count)
            return found if isinstance(found, Finding) else _spliced(tree, found, "")
        case InsertWords():
            return _insert(tree, operation, first)
        case DeleteUnit():
            return _delete(tree, operation)
        case AddUnit():
            return _add(tree, operation)
        case Restate():
            return _restate(tree, operation)
        case Renumber():
            return _renumber(tree, operation)
        case _:
            assert_never(operation)


def _spliced(tree: Tree, found: tuple[Hit, ...], new: str) -> Tree:
    spans: dict[str, list[tuple[int, int]]] = {}
    for hit in found:
        spans.setdefault(hit.key, []).append((hit.start, hit.end))
    for key, places in sorted(spans.items()):
        tree = edit.set_words(tree, key, edit.splice(tree.words_by_key[key], places, new))
    return tree


def _insert(tree: Tree, operation: InsertWords, before: Tree) -> Step:
    if operation.anchor is None:
        rows = scope(operation.target, tree)
        if isinstance(rows, Finding):
            return rows
        words = own_words(tree, rows[-1])
        return edit.set_words(tree, rows[-1].key, edit.insert(words, edit.end_of(words), operation.new.text))
    found = find(operation.anchor, operation.target, tree, before, everywhere=False)
    if isinstance(found, Finding):
        return found
    hit = found[0]
    at = hit.start if operation.before else hit.end
    return edit.set_words(tree, hit.key, edit.insert(tree.words_by_key[hit.key], at, operation.new.text))


def _one(target: Target, tree: Tree) -> tuple[str, Node] | Finding:
    found = resolve(target.address, tree)
    node = node_at(tree, found[0], old=True) if len(found) == 1 else None
    return (found[0], node) if node is not None else missing(target, tree)


def _sentence(tree: Tree, target: Target, new: str | None) -> Step:
    whole = evolve(target, address=Address(target.address.steps[:-1]))
    rows = scope(whole, tree)
    if isinstance(rows, Finding):
        return rows
    text = edit.sentence(own_words(tree, rows[0]), int(target.address.steps[-1][1]), new)
    return edit.set_words(tree, rows[0].key, text) if text else missing(target, tree)


def _level(target: Target) -> str:
    return target.address.steps[-1][0] if target.address.steps else ""


def _delete(tree: Tree, operation: DeleteUnit) -> Step:
    target = operation.target
    if _level(target) == "sentence":
        return _sentence(tree, target, None)
    found = _one(target, tree)
    if isinstance(found, Finding):
        return found
    unit, node = found
    if _level(target) == "paragraph" and node.children:
        message = says("amend.introduction-needed", **named(target.address))
        return Finding("STRUCTURE_NOTE", "reject", (unit,), target.words, message, place=target.place, fatal=True)
    return edit.delete(tree, node.key, node.kind)


def _number_conflict(operation: AddUnit | Restate, number: str, mark: str) -> Finding | None:
    given = leading_number(operation.text.text)
    if given is None or given[1] != mark or given[0] == number:
        return None
    return mismatch(
        number + (")" if mark == ")" else ""), given[0] + mark, operation.text.place, operation.target.address
    )


def _impossible(target: Target) -> Finding | None:
    """The finding for a number that no unit can bear: nought, or one of more than four digits."""
    number = target.address.steps[-1][1]
    if number_key(number)[0] and NUMBER.fullmatch(number):
        return None
    message = says("amend.number-impossible", number=number)
    return Finding("NUMBERING_MISMATCH", "reject", (), number, message, place=target.place, fatal=True)


def _add(tree: Tree, operation: AddUnit) -> Step:
    if operation.target.address.steps[-1][0] == "sentence":
        return _add_sentence(tree, operation)
    operation = _numbered(tree, operation)
    address = operation.target.address
    level, number = address.steps[-1]
    if impossible := _impossible(operation.target):
        return impossible
    if conflict := _number_conflict(operation, number, {"point": ".", "sub": ")"}.get(level, "")):
        return conflict
    after = None
    if operation.after is not None:
        sibling = _one(operation.after, tree)
        if isinstance(sibling, Finding):
            return sibling
        after = sibling[1].key
    if level == "chapter":
        return edit.add_chapter(tree, number, operation.text.text, after)
    if level == "point":
        return edit.add_point(tree, number, operation.text.text, after)
    parent = _one(evolve(operation.target, address=Address(address.steps[:-1])), tree)
    if isinstance(parent, Finding):
        return parent
    return _add_under(tree, operation, parent, after)


def _add_sentence(tree: Tree, operation: AddUnit) -> Step:
    """A sentence at its place among those of a unit; number 0 is the last."""
    target = operation.target
    rows = scope(evolve(target, address=Address(target.address.steps[:-1])), tree)
    if isinstance(rows, Finding):
        return rows
    words, number = own_words(tree, rows[0]), int(target.address.steps[-1][1])
    text = edit.add_sentence(words, number, operation.text.text)
    return edit.set_words(tree, rows[0].key, text) if text else missing(target, tree)


def _numbered(tree: Tree, operation: AddUnit) -> AddUnit:
    """The operation with the number that the drafter left open: the next one that is free."""
    address = operation.target.address
    level, number = address.steps[-1]
    if number:
        return operation
    if operation.after is not None and level in ("part", "paragraph"):
        following = str(int(operation.after.address.steps[-1][1]) + 1)
        return evolve(operation, target=_under_number(operation.target, following))
    parents = resolve(Address(address.steps[:-1]), tree)
    node = node_at(tree, parents[0], old=True) if len(parents) == 1 else None
    if level == "point":
        taken = [number_key(each.number)[0] for each in tree.nodes if each.kind == "point"]
    elif node is None:
        taken = []
    elif level == "sub":
        holder = node if node.kind == "part" or not node.children else _part_for_list(node, None)
        taken = [number_key(each.number)[0] for each in holder.children]
    else:
        taken = list(range(len(tree.under(parents[0])) if level == "paragraph" else len(node.children)))
        taken = [each + 1 for each in taken]
    free = str(max(taken, default=0) + 1)
    return evolve(operation, target=_under_number(operation.target, free))


def _under_number(target: Target, number: str) -> Target:
    steps = target.address.steps
    return evolve(target, address=Address((*steps[:-1], (steps[-1][0], number))))


def _add_under(tree: Tree, operation: AddUnit, parent: tuple[str, Node], after: str | None) -> Step:
    level, number = operation.target.address.steps[-1]
    unit, node = parent
    text = operation.text.text
    point = node_at(tree, unit.partition(".")[0], old=True)
    assert point is not None
    if level == "sub" and node.kind in ("point", "part"):
        part = node if node.kind == "part" else _part_for_list(node, after)
        return edit.add_sub(tree, point, part, number, text, after)
    index = int(number.partition("-")[0])
    if level == "paragraph" and node.kind == "point" and not any(part.children for part in node.children):
        level = "part"  # the paragraphs of a point without a list are its parts
    if level == "part" and node.kind == "point":
        return _in_order(tree, operation, index, len(node.children)) or edit.add_part(tree, node, index, text)
    if level == "paragraph" and node.kind == "sub":
        return _in_order(tree, operation, index - 1, len(node.children)) or edit.add_dash(tree, node, index - 1, text)
    return missing(operation.target, tree)


def _part_for_list(point: Node, after: str | None) -> Node:
    """The part of a point whose list a new sub-point joins."""
    holding = [part for part in point.children if any(sub.key == after for sub in part.children)]
    lists = holding or [part for part in point.children if part.children]
    return lists[-1] if lists else point.children[-1]


def _in_order(tree: Tree, operation: AddUnit, index: int, count: int) -> Finding | None:
    if 0 < index <= count + 1:
        return None
    address = operation.target.address
    free = Address((*address.steps[:-1], (address.steps[-1][0], str(count + 1))))
    message = says("amend.numbering-gap", **named(address), **named(free, "free"))
    repair = says("amend.numbering-free", **named(free, "free"))
    return Finding("NUMBERING_GAP", "reject", (), operation.text.text[:80], message, repair,
                   place=operation.target.place, fatal=True)  # fmt: skip


def _restate(tree: Tree, operation: Restate) -> Step:
    target, text = operation.target, operation.text.text
    if _level(target) == "sentence":
        return _sentence(tree, target, text)
    found = _one(target, tree)
    if isinstance(found, Finding):
        return found
    unit, node = found
    if _level(target) in ("paragraph", "chapter"):
        if node.kind == "chapter" and _level(target) == "chapter" and len(paragraphs(text)) > 1:
            return edit.restate_chapter(tree, node, text)
        row = tree.by_id[unit]
        given = leading_number(text)
        keep = given is not None and leading_number(row.text) == given
        return edit.set_words(tree, row.key, text.split(maxsplit=1)[1] if keep else text)
    return _restate_node(tree, operation, unit, node)


def _restate_node(tree: Tree, operation: Restate, unit: str, node: Node) -> Step:
    text = operation.text.text
    mark = {"point": ".", "sub": ")"}.get(node.kind, "")
    if conflict := _number_conflict(operation, node.number, mark):
        return conflict
    if node.kind == "point":
        return edit.restate_point(tree, node, text)
    if node.kind == "sub":
        return edit.restate_sub(tree, node, text)
    if node.kind == "dash":
        return edit.set_words(tree, node.key, text)
    point = node_at(tree, unit.partition(".")[0], old=True)
    assert point is not None
    return edit.restate_part(tree, point, node, text)


def _renumber(tree: Tree, operation: Renumber) -> Step:
    numbers: dict[tuple[str, Kind], str] = {}
    for old, new in zip(operation.old, operation.new, strict=True):
        found = _impossible(new) or _one(old, tree)
        if isinstance(found, Finding):
            return found
        numbers[found[1].key, found[1].kind] = new.address.steps[-1][1]
    return edit.set_numbers(tree, numbers)
