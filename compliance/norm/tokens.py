"""Norm text cut into words and signs, each with its place in the file it was written in."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final, NoReturn, Protocol

from attrs import define

from compliance.source.diagnostic import Diagnostic, Problems
from compliance.source.loc import Place

LONGEST_TEXT: Final = 20_000
LONGEST_NUMBER: Final = 4

RESERVED: Final = frozenset(
    "every some no not if then else by with and or implies in has is case day date never true false as_of in_force "
    "replaced officer next_working_day quarter_of".split()
)
"""Words that no variable, parameter or definition may be called by."""

_TOKEN: Final = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\w))"
    r"|(?P<quarter>[0-9]{4}Q[0-9](?!\w))"
    r"|(?P<int>[0-9]+(?!\w))"
    r"|(?P<name>[^\W0-9]\w*)"
    r"|(?P<wrong>==|=>|->|<>)"
    r"|(?P<sign><=|>=|!=|[-=<>+().,:;{}])"
)
_BLANK: Final = re.compile(r"(?>(?:\s+|\#[^\n]*)*)")
_INSTEAD: Final = {
    "==": "=", "≠": "!=", "<>": "!=", "≤": "<=", "≥": ">=", "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not",
    "¬": "not", "→": "implies", "=>": "implies", "->": "implies", "∧": "and", "∨": "or", "[": "(", "]": ")", "−": "-",
    "–": "-", "∀": "every", "∃": "some", "∈": "in",
}  # fmt: skip


class Placed(Protocol):
    """A value of a file that knows where each of its characters stands."""

    @property
    def text(self) -> str: ...
    def place_at(self, offset: int, length: int = 1) -> Place: ...


@define(slots=False, eq=False)
class Token:
    """A word or a sign; `kind` is one of date, quarter, int, name, sign and end."""

    kind: str
    text: str
    start: int
    source: Placed | None

    @cached_property
    def place(self) -> Place | None:
        return self.source.place_at(self.start, max(1, len(self.text))) if self.source else None


def between(first: Place | None, last: Place | None) -> Place | None:
    """The place from the start of one to the end of the other."""
    return first.to(last) if first and last else first


def fail(code: str, place: Place | None, *expected: str, suggestion: str | None = None, **fields: str) -> NoReturn:
    """Ends the reading of a norm: after a slip of syntax nothing further can be trusted."""
    raise Problems([Diagnostic(code, place, fields, expected, suggestion)])


def cut(text: str, source: Placed | None) -> list[Token]:
    """The tokens of a text, closed by an `end` token."""
    if len(text) > LONGEST_TEXT:
        fail("norm.too-long", source.place_at(0) if source else None, limit=str(LONGEST_TEXT))
    tokens: list[Token] = []
    skip, match = _BLANK.match, _TOKEN.match
    position, end = 0, len(text)
    while True:
        blank = skip(text, position)
        position = blank.end() if blank else position
        if position >= end:
            break
        found = match(text, position)
        if found is None or found.lastgroup == "wrong":
            _unknown(text, position, source)
        tokens.append(Token(str(found.lastgroup), found[0], position, source))
        if found.lastgroup == "int" and len(found[0]) > LONGEST_NUMBER:
            fail("norm.number-too-large", tokens[-1].place, word=found[0])
        position = found.end()
    tokens.append(Token("end", "", len(text.rstrip()), source))
    return tokens


def _unknown(text: str, position: int, source: Placed | None) -> NoReturn:
    pair, single = text[position : position + 2], text[position]
    sign = pair if pair in _INSTEAD else single
    if single.isdigit():
        found = re.compile(r"\w+").match(text, position)
        sign = found[0] if found else single
    place = source.place_at(position, len(sign)) if source else None
    fail("norm.unknown-character", place, suggestion=_INSTEAD.get(sign), word=sign)
