"""Cuts the text of a new or restated unit into its parts, sub-points and dashes, by numbers and paragraphs."""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve, frozen

from compliance.amend.tree import Kind, Node, leading_number

_NUMBERED: Final = re.compile(r"\s*\d+(?:-\d+)?[.)]\s")
_ENDS: Final = re.compile(r"[.;:!?][\"»”]?\s*$")
_DASH: Final = re.compile(r"\s*[-–—•]\s+")


@frozen
class Paragraph:
    """A paragraph of a quoted text with its offset."""

    offset: int
    text: str


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text. A line break inside a sentence is the typist's, not a paragraph."""
    blank = bool(re.search(r"\n[ \t]*\n", text))
    out: list[list[tuple[int, str]]] = []
    offset, gap = 0, True
    for line in text.split("\n"):
        if not line.strip():
            gap = True
        else:
            begins = _NUMBERED.match(line) or _DASH.match(line)
            ended = bool(out) and bool(_ENDS.search(out[-1][-1][1]))
            if not out or gap or begins or (ended and not blank):
                out.append([])
            out[-1].append((offset, line))
            gap = False
        offset += len(line) + 1
    return [_joined(lines) for lines in out]


def _joined(lines: list[tuple[int, str]]) -> Paragraph:
    first, text = lines[0]
    return Paragraph(first + len(text) - len(text.lstrip()), " ".join(line.strip() for _, line in lines))


def top_pieces(text: str, level: str) -> list[tuple[int, str]]:
    """The units of one level that a quotation holds one after another, with their offsets: «9) ...; 10) ...»."""
    mark = {"point": ".", "sub": ")"}.get(level)
    pieces: list[tuple[int, str]] = []
    for paragraph in paragraphs(text):
        number = leading_number(paragraph.text)
        starts = mark is None or (number is not None and number[1] == mark)
        if starts or not pieces:
            pieces.append((paragraph.offset, paragraph.text))
        else:
            pieces[-1] = (pieces[-1][0], f"{pieces[-1][1]}\n{paragraph.text}")
    return pieces


def split_point(key: str, number: str, text: str) -> Node:
    """A point from its text: unnumbered paragraphs are parts, «1) » sub-points, what follows their colon dashes."""
    parts: list[Node] = []
    for paragraph in paragraphs(text):
        words = paragraph.text
        mark = leading_number(words)
        if not parts:
            own = words[len(mark[0]) + 1 :].strip() if mark and mark[1] == "." else words
            parts.append(Node(f"{key}.part1", "part", "", own))
        elif mark and mark[1] == ")":
            parts[-1] = _with_sub(parts[-1], mark[0], _bare(words))
        elif _is_dash(parts[-1], words):
            parts[-1] = _with_dash(parts[-1], _DASH.sub("", words, count=1))
        else:
            parts.append(Node(f"{key}.part{len(parts) + 1}", "part", "", words))
    if len(parts) == 1:
        parts = [
            evolve(parts[0], key=key, children=tuple(_moved(sub, f"{key}.part1", key) for sub in parts[0].children))
        ]
    return Node(key, "point", number, "", tuple(parts))


def _moved(node: Node, old: str, new: str) -> Node:
    key = new + node.key[len(old) :] if node.key.startswith(old) else node.key
    return evolve(node, key=key, children=tuple(_moved(child, old, new) for child in node.children))


def split_part(key: str, text: str) -> list[Node]:
    """Parts from a text that has no number of a point in front."""
    return list(split_point(key, "", f"{text}").children)


def split_sub(key: str, number: str, text: str) -> Node:
    """A sub-point from its text: the paragraphs after its introduction are dashes."""
    found = paragraphs(text)
    own = _bare(found[0].text) if found else ""
    dashes = tuple(
        Node(f"{key}.dash{index}", "dash", "", _DASH.sub("", paragraph.text, count=1))
        for index, paragraph in enumerate(found[1:], 1)
    )
    return Node(key, "sub", number, own, dashes)


def _bare(words: str) -> str:
    mark = leading_number(words)
    return words.lstrip()[len(mark[0]) + 1 :].strip() if mark and mark[1] == ")" else words


def _with_sub(part: Node, number: str, text: str) -> Node:
    return evolve(part, children=(*part.children, Node(f"{part.key}.sub{number}", "sub", number, text)))


def _with_dash(part: Node, text: str) -> Node:
    last = part.children[-1]
    dash = Node(f"{last.key}.dash{len(last.children) + 1}", "dash", "", text)
    return evolve(part, children=(*part.children[:-1], evolve(last, children=(*last.children, dash))))


def _is_dash(part: Node, words: str) -> bool:
    """Whether a paragraph goes on the list of the last sub-point: it has one open and does not begin a sentence."""
    if not part.children or leading_number(words):
        return False
    last = part.children[-1]
    open_list = last.text.rstrip().endswith(":") or bool(last.children)
    return open_list and (bool(_DASH.match(words)) or words.lstrip()[:1].islower())


def renamed(node: Node, kind: Kind, number: str) -> Node:
    """The same node under another number."""
    return evolve(node, number=number) if kind in ("point", "sub") else node
