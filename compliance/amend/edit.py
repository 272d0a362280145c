"""Single changes of the tree: words, deletions, additions, restatements, numbers. Keys stay with their units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve

from compliance.amend.split import split_part, split_point, split_sub, top_pieces
from compliance.amend.text import likeness, sentences
from compliance.amend.tree import Kind, Node, Tree, leading_number, number_key, replace_node

NEW: Final = "new:"
_WORDED: Final[tuple[Kind, ...]] = ("part", "sub", "dash", "chapter")


def set_words(tree: Tree, key: str, text: str) -> Tree:
    """The tree with other words in one row."""
    words = " ".join(text.split())
    for kind in _WORDED:
        tree = replace_node(tree, key, kind, lambda node: evolve(node, text=words))
    return tree


def splice(text: str, spans: Sequence[tuple[int, int]], new: str) -> str:
    """The text with new words in the place of each stretch; blanks and commas left by a deletion are tidied."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    if not new:
        text = re.sub(r"\s+", " ", text)
        text = re.sub(r"\s+([,.;:)])", r"\1", text)
        text = re.sub(r",\s*([,.;:])", r"\1", text)
    return text.strip()


def insert(text: str, at: int, new: str) -> str:
    """The text with words set in at an offset, a blank on each side where one is due."""
    left, right = text[:at].rstrip(), text[at:].lstrip()
    before = "" if not left or new[:1] in ",.;:)" else " "
    after = "" if not right or right[:1] in ",.;:)" or new.endswith("(") else " "
    return f"{left}{before}{new}{after}{right}"


def end_of(text: str) -> int:
    """The offset before the last punctuation mark."""
    match = re.search(r"[.;:]\s*$", text)
    return match.start() if match else len(text)


def delete(tree: Tree, key: str, kind: Kind) -> Tree:
    """The tree without a unit; with a chapter go its points."""
    if kind == "chapter":
        return _without_chapter(tree, key)
    return replace_node(tree, key, kind, lambda _: None)


def _without_chapter(tree: Tree, key: str) -> Tree:
    kept: list[Node] = []
    inside = False
    for node in tree.nodes:
        if node.kind == "chapter":
            inside = node.key == key
        if not inside:
            kept.append(node)
    return Tree(tuple(kept))


def sentence(text: str, number: int, new: str | None) -> str | None:
    """The text with one sentence gone or replaced, or nothing where it has no such sentence."""
    found = list(sentences(text))
    if not 0 < number <= len(found):
        return None
    found[number - 1 : number] = [new.strip()] if new else []
    return " ".join(found)


def add_sentence(text: str, number: int, new: str) -> str | None:
    """The text with a sentence at a place counted from 1, or at its end (0); nothing where the place is beyond it."""
    found = list(sentences(text))
    at = number - 1 if number else len(found)
    if not 0 <= at <= len(found):
        return None
    if at and found[at - 1][-1:] not in ".!?…:;":
        found[at - 1] += "."
    found.insert(at, new.strip())
    return " ".join(found)


# Adding -----------------------------------------------------------------------------------------------------


def fresh(node: Node) -> Node:
    """A node marked as come with the package, its keys apart from every key of the law."""
    key = node.key if node.key.startswith(NEW) else NEW + node.key
    return evolve(node, key=key, new=True, children=tuple(fresh(child) for child in node.children))


def add_point(tree: Tree, number: str, text: str, after: str | None) -> Tree:
    """The tree with a new point: behind `after` (a key), or where its number belongs, before one of the same number."""
    node = fresh(split_point(f"p{number}", number, text))
    at = _place(tree.nodes, number, after)
    return Tree((*tree.nodes[:at], node, *tree.nodes[at:]))


def add_chapter(tree: Tree, number: str, text: str, after: str | None) -> Tree:
    """The tree with a new chapter: its heading, and the points that the text brings with it."""
    heading, *points = top_pieces(text, "point")
    new = [Node(f"{NEW}chapter{number}", "chapter", number, " ".join(heading[1].split()), (), True)]
    for _, piece in points:
        found = leading_number(piece)
        assert found is not None
        new.append(fresh(split_point(f"p{found[0]}", found[0], piece)))
    at = _chapter_place(tree.nodes, number, after)
    return Tree((*tree.nodes[:at], *new, *tree.nodes[at:]))


def _chapter_place(nodes: Sequence[Node], number: str, after: str | None) -> int:
    later = [index for index, node in enumerate(nodes) if node.kind == "chapter" and not node.new]
    if after is not None:
        start = next(index for index, node in enumerate(nodes) if node.key == after)
        return next((index for index in later if index > start), len(nodes))
    wanted = number_key(number)
    return next((index for index in later if number_key(nodes[index].number) >= wanted), len(nodes))


def _place(nodes: Sequence[Node], number: str, after: str | None) -> int:
    """Where a sibling with this number goes: 14-1 behind 14, a whole number before the next one (in its chapter)."""
    if after is not None:
        return next(index for index, node in enumerate(nodes) if node.key == after) + 1
    own = [(index, node) for index, node in enumerate(nodes) if node.kind != "chapter"]
    wanted = number_key(number)
    if not wanted[1]:
        later = [index for index, node in own if number_key(node.number) >= wanted and not _twin(node, number)]
        return later[0] if later else len(nodes)
    lower = [index for index, node in own if number_key(node.number) < wanted]
    return lower[-1] + 1 if lower else own[0][0] if own else len(nodes)


def _twin(node: Node, number: str) -> bool:
    return node.new and node.number == number


def add_sub(tree: Tree, point: Node, part: Node, number: str, text: str, after: str | None) -> Tree:
    """The tree with a new sub-point in a part of a point."""
    node = fresh(split_sub(f"{part.key}.sub{number}", number, text))
    at = _place(part.children, number, after)
    grown = evolve(part, children=(*part.children[:at], node, *part.children[at:]))
    return _with_part(tree, point, part, (grown,))


def add_part(tree: Tree, point: Node, index: int, text: str) -> Tree:
    """The tree with a new part of a point at a place counted from 1; later parts move down."""
    news = tuple(fresh(evolve(node, key=f"{point.key}.part{index}" if at == 0 else f"{point.key}.part{index}-{at}"))
                 for at, node in enumerate(split_part(point.key, text)))  # fmt: skip
    children = (*point.children[: index - 1], *news, *point.children[index - 1 :])
    return replace_node(tree, point.key, "point", lambda node: evolve(node, children=children))


def add_dash(tree: Tree, sub: Node, index: int, text: str) -> Tree:
    """The tree with a new dash of a sub-point at a place counted from 1."""
    dash = Node(f"{NEW}{sub.key}.dash{index}", "dash", "", " ".join(text.split()), (), True)
    children = (*sub.children[: index - 1], dash, *sub.children[index - 1 :])
    return replace_node(tree, sub.key, "sub", lambda node: evolve(node, children=children))


def _with_part(tree: Tree, point: Node, part: Node, news: tuple[Node, ...]) -> Tree:
    children = tuple(
        new for child in point.children for new in (news if child is part or child.key == part.key else (child,))
    )
    return replace_node(tree, point.key, "point", lambda node: evolve(node, children=children))


# Restating --------------------------------------------------------------------------------------------------


def restate_point(tree: Tree, point: Node, text: str) -> Tree:
    """The tree with new words for a whole point; parts and sub-points that go on keep their keys."""
    new = split_point(NEW + point.key, point.number, text)
    children = _matched_parts(point.children, new.children)
    return replace_node(tree, point.key, "point", lambda node: evolve(node, children=children))


def restate_chapter(tree: Tree, chapter: Node, text: str) -> Tree:
    """The tree with new words for a chapter: its heading and all its points; those that go on keep their keys."""
    heading, *points = top_pieces(text, "point")
    old = {node.number: node for node in _points_of(tree, chapter)}
    news = [evolve(chapter, text=" ".join(heading[1].split()))]
    for _, piece in points:
        found = leading_number(piece)
        assert found is not None
        point = split_point(f"{NEW}p{found[0]}", found[0], piece)
        was = old.get(found[0])
        news.append(evolve(was, children=_matched_parts(was.children, point.children)) if was else fresh(point))
    start = next(index for index, node in enumerate(tree.nodes) if node.key == chapter.key)
    return Tree((*tree.nodes[:start], *news, *tree.nodes[start + 1 + len(_points_of(tree, chapter)) :]))


def _points_of(tree: Tree, chapter: Node) -> tuple[Node, ...]:
    """The points that stand under the heading of a chapter."""
    start = next(index for index, node in enumerate(tree.nodes) if node.key == chapter.key)
    after = [index for index, node in enumerate(tree.nodes) if index > start and node.kind == "chapter"]
    return tree.nodes[start + 1 : after[0] if after else len(tree.nodes)]


def restate_part(tree: Tree, point: Node, part: Node, text: str) -> Tree:
    """The tree with new words for a part and its list."""
    return _with_part(tree, point, part, _matched_parts((part,), tuple(split_part(NEW + part.key, text))))


def restate_sub(tree: Tree, sub: Node, text: str) -> Tree:
    """The tree with new words for a sub-point and its dashes."""
    new = split_sub(NEW + sub.key, sub.number, text)
    return replace_node(tree, sub.key, "sub", lambda node: _continued(node, new))


def _matched_parts(old: tuple[Node, ...], new: tuple[Node, ...]) -> tuple[Node, ...]:
    """The new parts with the keys of the old ones they go on: by place, or by words where their number differs."""
    if len(old) == len(new):
        return tuple(_continued(one, other) for one, other in zip(old, new, strict=True))
    free = list(old)
    out: list[Node] = []
    for node in new:
        best = max(free, key=lambda each: (likeness(each.text, node.text), -old.index(each)), default=None)
        if best is not None and (likeness(best.text, node.text) > 0.3 or len(new) == 1):
            free.remove(best)
            out.append(_continued(best, node))
        else:
            out.append(fresh(node))
    return tuple(out)


def _continued(old: Node, new: Node) -> Node:
    """The new words under the old key; sub-points go on by number, dashes by place."""
    children: list[Node] = []
    for index, child in enumerate(new.children):
        if child.kind == "sub":
            twin = next((each for each in old.children if each.number == child.number), None)
        else:
            twin = old.children[index] if index < len(old.children) else None
        children.append(_continued(twin, child) if twin is not None else fresh(child))
    return Node(old.key, old.kind, old.number or new.number, new.text, tuple(children), old.new)


def set_numbers(tree: Tree, numbers: dict[tuple[str, Kind], str]) -> Tree:
    """The tree with new numbers for some units, all at once."""
    return Tree(tuple(_numbered(node, numbers) for node in tree.nodes))


def _numbered(node: Node, numbers: dict[tuple[str, Kind], str]) -> Node:
    children = tuple(_numbered(child, numbers) for child in node.children)
    return evolve(node, number=numbers.get((node.key, node.kind), node.number), children=children)
