"""Reading tokens one by one, and saying what is wrong where they do not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn, TypeVar

from compliance.norm.tokens import RESERVED, Token, between, fail
from compliance.source.diagnostic import did_you_mean
from compliance.source.loc import Place

T = TypeVar("T")

DEEPEST: Final = 60
"""Levels of nesting, of brackets as well as of the tree."""

OPENING: Final = ("every", "some", "no", "not", "if", "by", "case", "date", "day", "never", "officer")


class Cursor:
    """A place in the tokens of one text; everything that recurses goes through `inner`."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.at, self.depth = tokens, 0, 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def peek(self, ahead: int = 1) -> str:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)].text

    def next(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def sees(self, *words: str) -> bool:
        return self.tokens[self.at].text in words

    def take(self, word: str) -> bool:
        if self.tokens[self.at].text == word:
            self.at += 1
            return True
        return False

    def need(self, *words: str) -> Token:
        return self.next() if self.sees(*words) else self.unexpected(*words)

    def since(self, first: Token) -> Place | None:
        return between(first.place, self.tokens[max(self.at - 1, 0)].place)

    def unexpected(self, *expected: str) -> NoReturn:
        """Stops at a token that does not fit, with the nearest word that would."""
        token = self.token
        before = self.tokens[self.at - 1] if self.at else None
        if token.kind == "end":
            fail("norm.unfinished", token.place, *expected)
        near = did_you_mean(token.text, expected) if token.kind == "name" else None
        if before and before.kind == token.kind == "name" and near is None and len(before.text) > 2:
            opening = did_you_mean(before.text, OPENING) if before.text not in RESERVED else None
            if opening:
                fail("norm.syntax", before.place, suggestion=opening, word=before.text)
        fail("norm.syntax", token.place, *expected, suggestion=near, word=token.text)

    def name(self, code: str) -> Token:
        """A word that its author chose: reserved words cannot be one."""
        token = self.token
        if token.kind != "name" or token.text in RESERVED:
            fail(code, token.place, word=token.text)
        return self.next()

    def inner(self, read: Callable[[], T]) -> T:
        self.depth += 1
        if self.depth > DEEPEST:
            fail("norm.too-deep", self.token.place, limit=str(DEEPEST))
        result = read()
        self.depth -= 1
        return result
