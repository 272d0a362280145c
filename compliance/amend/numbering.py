"""What numbers, addresses and punctuation look like after a package: collisions, holes, order, parts that moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from compliance.amend.address import cite, replacing
from compliance.amend.apply import Applied
from compliance.amend.finding import Finding, says
from compliance.amend.operations import AddUnit, Operation, target_of
from compliance.amend.tree import Node, Row, Tree, number_key
from compliance.norm.vocabulary import Lang
from compliance.source.loc import Place


@frozen
class Group:
    """Siblings that bear numbers: the points of the law, or the sub-points of one part."""

    parent: str
    unit: str
    nodes: tuple[Node, ...]

    def unit_of(self, number: str) -> str:
        """The address of a sibling."""
        return f"p{number}" if not self.unit else f"{self.unit}.sub{number}"


def groups(tree: Tree) -> Iterator[Group]:
    """All the numbered siblings of a tree."""
    points = tuple(node for node in tree.nodes if node.kind == "point")
    yield Group("", "", points)
    for point in points:
        for index, part in enumerate(point.children, 1):
            unit = f"p{point.number}" + (f".part{index}" if len(point.children) > 1 else "")
            yield Group(part.key, unit, part.children)


def numbering(old: Tree, new: Tree, applied: Applied) -> tuple[Finding, ...]:
    """Collisions (which stop the package), holes and disorder that the package brought."""
    before = {group.parent: group for group in groups(old)}
    out: list[Finding] = []
    for group in groups(new):
        was = before.get(group.parent)
        out += _collisions(group, applied)
        out += _order(group, was, applied)
        out += _gaps(group, was, applied)
    return tuple(out)


def _place(node: Node, applied: Applied) -> Place | None:
    operation = _origin(node, applied)
    return target_of(operation).place if operation is not None else None


def _origin(node: Node, applied: Applied) -> Operation | None:
    keys = [node.key, *(child.key for child in node.children)]
    return next((found[key] for found in (applied.origin, applied.renumbered) for key in keys if key in found), None)


def _free(group: Group) -> str:
    return str(max((number_key(node.number)[0] for node in group.nodes), default=0) + 1)


def _collisions(group: Group, applied: Applied) -> Iterator[Finding]:
    seen: dict[str, Node] = {}
    for node in group.nodes:
        first = seen.setdefault(node.number, node)
        if first is node:
            continue
        come = node if node.new or not first.new else first
        unit, free = group.unit_of(node.number), group.unit_of(_free(group))
        fields = {"unit_ru": cite(unit), "unit_en": cite(unit, "en"), "free_ru": cite(free, "ru", "instrumental"),
                  "free_en": cite(free, "en")}  # fmt: skip
        quote = (come.text or come.children[0].text)[:120] if come.children or come.text else ""
        message, repair = (
            says("amend.numbering-collision", **fields),
            says("amend.numbering-collision-repair", **fields),
        )
        place = _place(come, applied) or _place(first if come is node else node, applied)
        yield Finding("NUMBERING_COLLISION", "reject", (unit,), quote, message, repair, place=place, fatal=True,
                      expected=(cite(free),))  # fmt: skip


def _order(group: Group, was: Group | None, applied: Applied) -> Iterator[Finding]:
    for left, right in zip(group.nodes, group.nodes[1:], strict=False):
        if number_key(left.number) <= number_key(right.number) or (was and _neighbours(was, left, right)):
            continue
        one, other = group.unit_of(left.number), group.unit_of(right.number)
        message = says("amend.numbering-order", first_ru=cite(one), first_en=cite(one, "en"),
                       second_ru=cite(other), second_en=cite(other, "en"))  # fmt: skip
        place = _place(left, applied) or _place(right, applied)
        yield Finding("NUMBERING_ORDER", "warn", (one, other), "", message, place=place)


def _neighbours(was: Group, left: Node, right: Node) -> bool:
    pairs = [(a.key, a.number, b.key, b.number) for a, b in zip(was.nodes, was.nodes[1:], strict=False)]
    return (left.key, left.number, right.key, right.number) in pairs


def _gaps(group: Group, was: Group | None, applied: Applied) -> Iterator[Finding]:
    """Holes under a unit that came or was renumbered; those that a deletion leaves are usual and pass."""
    now = {number_key(node.number)[0] for node in group.nodes}
    for node in group.nodes:
        whole, fraction = number_key(node.number)
        moved = was is not None and any(each.key == node.key and each.number != node.number for each in was.nodes)
        if not (node.new or moved) or not _after_a_hole(group, was, whole, fraction):
            continue
        least = max((n for n in now if n < whole), default=0) + 1
        unit, free = group.unit_of(node.number), group.unit_of(_next_fraction(group, whole) if fraction else str(least))
        fields = {
            "unit_ru": cite(unit),
            "unit_en": cite(unit, "en"),
            "free_ru": cite(free),
            "free_en": cite(free, "en"),
        }
        message, repair = says("amend.numbering-hole", **fields), says("amend.numbering-free", **fields)
        yield Finding("NUMBERING_GAP", "warn", (unit,), "", message, repair, place=_place(node, applied))


def _after_a_hole(group: Group, was: Group | None, whole: int, fraction: int) -> bool:
    """Whether the number before is neither there now nor was before: 23 behind 20, 14-2 behind 14."""
    before = (whole, fraction - 1) if fraction else (whole - 1, 0)
    if before[0] == 0 or (fraction == 1):
        return False
    known = {number_key(node.number) for node in (*group.nodes, *(was.nodes if was else ()))}
    return before not in known if fraction else before[0] not in {number for number, _ in known}


def _next_fraction(group: Group, whole: int) -> str:
    """The inserted number that is next behind a whole one: 14-1."""
    taken = [part for number, part in (number_key(node.number) for node in group.nodes) if number == whole]
    least = next(part for part in range(1, len(taken) + 2) if part not in taken)
    return f"{whole}-{least}"


# Punctuation ------------------------------------------------------------------------------------------------

_FULL_STOP: Final = re.compile(r"\.[\"»”]?$")


def punctuation(old: Tree, new: Tree) -> tuple[Finding, ...]:
    """Lists whose last item does not end in a full stop, or an earlier one does, where the old list was in order."""
    before = {finding.units for finding in _lists(old)}
    keys = {row.id: row.key for row in new.rows}
    was = {row.key: row.id for row in old.rows}
    fresh = [finding for finding in _lists(new) if (was.get(keys[finding.units[0]], ""),) not in before]
    return (*fresh, *_marks(old, new))


def _lists(tree: Tree) -> Iterator[Finding]:
    for group in groups(tree):
        if not group.unit or len(group.nodes) < 2:
            continue
        for node in group.nodes:
            last = node is group.nodes[-1]
            words = (node.children[-1] if node.children else node).text.rstrip()
            stop = bool(_FULL_STOP.search(words))
            if stop == last or (last and words.endswith(":")):
                continue
            unit = group.unit_of(node.number)
            quote = words[-60:].partition(" ")[2] or words
            fields = {"unit_ru": cite(unit), "unit_en": cite(unit, "en"), "words": quote,
                      "now": words[-1:], "due": "." if last else ";"}  # fmt: skip
            message = says("amend.punctuation-last" if last else "amend.punctuation-inner", **fields)
            repair = says("amend.punctuation-repair", unit_ru=cite(unit, "ru", "prepositional"),
                          unit_en=cite(unit, "en"), now=words[-1:], due=fields["due"])  # fmt: skip
            paste = replacing(unit, words[-1:], fields["due"], "знак препинания") if words[-1:] in ".;:" else ""
            yield Finding("PUNCTUATION", "note", (unit,), quote, message, repair, paste=paste)


_ODD: Final = re.compile(r",,|\s,|\s;|\(\s*\)|;;|\.\.|,\.|,;|\s\.(?:\s|$)|^[,.;]")


def _marks(old: Tree, new: Tree) -> Iterator[Finding]:
    for row in new.rows:
        before = old.by_key.get(row.key)
        odd = _ODD.search(row.text)
        if odd and not (before and _ODD.search(before.text)):
            message = says("amend.punctuation-odd", unit_ru=cite(row.id), unit_en=cite(row.id, "en"), words=odd[0])
            yield Finding(
                "PUNCTUATION", "note", (row.id,), row.text[max(0, odd.start() - 30) : odd.end() + 30], message
            )


# Structure --------------------------------------------------------------------------------------------------


def structure(old: Tree, new: Tree, renumbered: bool) -> tuple[Finding, ...]:
    """Units whose address moved though nobody renumbered them, and points whose parts were merged or split."""
    out: list[Finding] = []
    for point in (node for node in old.nodes if node.kind == "point"):
        now = next((node for node in new.nodes if node.kind == "point" and node.key == point.key), None)
        if now is None:
            continue
        one, other = len(point.children), len(now.children)
        if one != other and any(_now(part, new) != old.by_key[part.key].id for part in point.children):
            out.append(_parts(point, now, one, other, old, new))
    merged = {finding.units[0] for finding in out}
    out += [_moved(row, old.by_key[row.key]) for row in new.rows
            if row.key in old.by_key and _address_moved(row, old.by_key[row.key], renumbered)
            and row.id.partition(".")[0] not in merged]  # fmt: skip
    return tuple(out)


def _address_moved(row: Row, was: Row, renumbered: bool) -> bool:
    if row.id == was.id:
        return False
    numbered = row.kind == "sub" or row.id.partition(".")[0] != was.id.partition(".")[0]
    return not (renumbered and numbered)


def shortened(text: str, length: int) -> str:
    """The beginning of a text, cut between words."""
    return text if len(text) <= length else text[:length].rpartition(" ")[0] + " …"


def _parts(point: Node, now: Node, one: int, other: int, old: Tree, new: Tree) -> Finding:
    unit = f"p{now.number}"
    pairs = [(old.by_key[part.key].id, _now(part, new)) for part in point.children if part.key in old.by_key]
    fields = {"unit_ru": cite(unit), "unit_en": cite(unit, "en"), "old": str(one), "new": str(other)}
    fields |= {"moved_ru": _addresses(pairs, "ru"), "moved_en": _addresses(pairs, "en")}
    code = "amend.parts-merged" if other < one else "amend.parts-split"
    quote = shortened(now.children[0].text, 100) if now.children else ""
    return Finding("STRUCTURE_NOTE", "note", (unit,), quote, says(code, **fields))


def _now(part: Node, new: Tree) -> str:
    return new.by_key[part.key].id if part.key in new.by_key else ""


def _addresses(pairs: Iterable[tuple[str, str]], lang: Lang) -> str:
    """Addresses that lead elsewhere now: the old one, an arrow, the new one."""
    gone = {"en": "nothing", "ru": "такой единицы больше нет"}[lang]
    said = (f"{cite(was, lang)} → {cite(now, lang) if now else gone}" for was, now in pairs if was != now)
    return "; ".join(said) or {"en": "none", "ru": "нет"}[lang]


def _moved(row: Row, was: Row) -> Finding:
    fields = {
        "old_ru": cite(was.id),
        "old_en": cite(was.id, "en"),
        "new_ru": cite(row.id),
        "new_en": cite(row.id, "en"),
    }
    return Finding("STRUCTURE_NOTE", "note", (row.id,), shortened(row.text, 100), says("amend.address-moved", **fields))


def chapter_border(new: Tree, applied: Applied) -> tuple[Finding, ...]:
    """New points that stand between two chapters, so that their numbers do not say to which they belong."""
    out = []
    for index, node in enumerate(new.nodes):
        if node.kind != "point" or not node.new:
            continue
        beside = [*new.nodes[max(0, index - 1) : index], *new.nodes[index + 1 : index + 2]]
        border = next((each for each in beside if each.kind == "chapter"), None)
        origin = _origin(node, applied)
        if border is None or (isinstance(origin, AddUnit) and origin.target.address.step("chapter")):
            continue
        home = next((each for each in reversed(new.nodes[:index]) if each.kind == "chapter"), border)
        unit = f"p{node.number}"
        message = says("amend.chapter-border", unit_ru=cite(unit), unit_en=cite(unit, "en"), chapter=home.text)
        out.append(Finding("AMBIGUITY", "note", (unit,), home.text, message, place=_place(node, applied)))
    return tuple(out)
