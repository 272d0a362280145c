"""Cuts an amending act into pieces: heads, instructions, sentences; each with the item number in front of it."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

from compliance.amend.clauses import is_furniture
from compliance.amend.scan import PLACES, Locate, Token, tokens
from compliance.source.diagnostic import Collector

_KEY: Final = frozenset(("REPLACE", "DELETE", "ADD", "RESTATE", "COUNT"))


@frozen
class Segment:
    """A piece of the act. `item` is the style of the number in front («1.» or «1)»), `head` whether a colon ends it."""

    tokens: tuple[Token, ...]
    text: str
    start: int
    end: int
    item: str
    head: bool


def segments(text: str, locate: Locate, collector: Collector) -> list[Segment]:
    """The pieces of an act in order; the lines that only dress it are left out."""
    found = tokens(undressed(text), locate, collector)
    out: list[Segment] = []
    start = 0
    for index, token in enumerate(found):
        if _ends(found, index, start, text):
            out += _segment(found[start : index + 1], text)
            start = index + 1
        elif token is found[-1]:
            out += _segment(found[start:], text)
    return out


def undressed(text: str) -> str:
    """The text with the lines of furniture blanked, so that every offset stays."""
    lines = text.split("\n")
    return "\n".join(" " * len(line) if line.strip() and is_furniture(line) else line for line in lines)


def _ends(found: list[Token], index: int, start: int, text: str) -> bool:
    token = found[index]
    if token.kind == "SEMI":
        return True
    after = found[index + 1] if index + 1 < len(found) else None
    if token.kind == "COMMA":
        return _next_instruction(found, index, start)
    if token.kind == "COLON":
        return after is None or after.kind != "QUOTED"
    if token.kind == "DOT":
        return not _numbering(found, index, start) and (after is None or _new_sentence(text, token, after))
    return (
        after is not None and "\n\n" in re.sub(r"[ \t\r]", "", text[token.end : after.start]) and after.kind != "QUOTED"
    )


def _next_instruction(found: list[Token], index: int, start: int) -> bool:
    """A comma behind a finished instruction, another place after it: «пункт 7 исключить, пункт 8 изложить ...»."""
    after = [token.kind for token in found[index + 1 : index + 3]] + ["", ""]
    place = after[0] in PLACES or (after[0] == "IN" and after[1] in PLACES)
    done = any(token.kind in _KEY for token in found[start:index])
    return place and done and found[index - 1].kind in ("DELETE", "QUOTED")


def _numbering(found: list[Token], index: int, start: int) -> bool:
    return index == start + 1 and found[start].kind == "NUM"


def _new_sentence(text: str, dot: Token, after: Token) -> bool:
    between = text[dot.end : after.start]
    return "\n" in between or (bool(between) and (after.text[:1].isupper() or after.kind in ("NUM", "SUBNUM")))


def _segment(found: list[Token], text: str) -> list[Segment]:
    head = bool(found) and found[-1].kind == "COLON"
    while found and found[-1].kind in ("SEMI", "DOT", "COLON", "COMMA"):
        found = found[:-1]
    item = ""
    if len(found) > 1 and found[0].kind == "NUM" and found[1].kind == "DOT":
        item, found = "1.", found[2:]
    elif len(found) > 1 and found[0].kind == "SUBNUM" and found[1].kind not in ("LSEP", "COMMA", "RANGE"):
        item, found = "1)", found[1:]
    while found and found[0].kind in ("RANGE", "DOT"):
        found = found[1:]
    if not found:
        return []
    start, end = found[0].start, found[-1].end
    if found[0].kind == "QUOTED":
        start -= 1
    return [Segment(tuple(found), text[start:end], start, end, item, head)]


def acts(segment: Segment) -> bool:
    """Whether a piece has a verb of the technique."""
    return any(token.kind in _KEY for token in segment.tokens)
