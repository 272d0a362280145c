"""Cuts an amending instruction into tokens: quotations whole (nested ones too), numbers, key words of the technique."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from attrs import evolve, frozen

from compliance.amend.numerals import read_numeral
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place

Locate = Callable[[int, int], Place]
MOST_NESTED: Final = 8


@frozen
class Token:
    """A piece of an instruction: its terminal in the grammar, its words (those inside a quotation), its place."""

    kind: str
    text: str
    start: int
    end: int
    number: int = 0


_PAIRS: Final = {"«": "»", "“": "”", "„": "“", '"': '"'}
_OPENERS: Final = frozenset(_PAIRS)
_CLOSERS: Final = frozenset('»”“"')
_BEFORE_OPENING: Final = re.compile(r"(?:^|[\s(\[:;,–—-])$")
_PIECE: Final = re.compile(
    r"(?P<ORDNUM>\d+-(?:[оыуя]?[йяюем]|ого|ому|его|ему|ая|ую)(?![а-яё]))|(?P<DATE>\d{1,2}\.\d{2}\.\d{4})|(?P<SUBNUM>\d+(?:-\d+)?\))|(?P<NUM>\d+(?:\.\d+)*(?:-\d+)?)"
    r"|(?P<WORD>[A-Za-zА-Яа-яЁё]+(?:-[A-Za-zА-Яа-яЁё]+)*)|(?P<RANGE>[-–—])|(?P<COMMA>,)|(?P<SEMI>;)|(?P<DOT>\.)"
    r"|(?P<COLON>:)|(?P<OTHER>\S)"
)
_NOUNS: Final = (
    ("POINT", "пункт", "а у е ы ов ам ах", "ом ами"),
    ("SUB", "подпункт", "а у е ы ов ам ах", "ом ами"),
    ("PART", "част", "ь и ей ям ях", "ью ями"),
    ("PARA", "абзац", "а у е ы ев ам ах", "ем ами"),
    ("SENTENCE", "предложени", "е я ю и й ям ях", "ем ями"),
    ("CHAPTER", "глав", "а ы е у ам ах", "ой ами"),
    ("SECTION", "раздел", "а у е ы ов ам ах", "ом ами"),
    ("ROW", "строк", "а и е у", "ой ами"),
)
_KEYWORDS: Final = {
    "IN": "в во", "AND": "и", "WORDS": "слова слово слов цифры цифру цифр знак знаки",
    "WORDS_INS": "словами словом цифрами цифрой знаком знаками",
    "REPLACE": "заменить", "DELETE": "исключить", "ADD": "дополнить", "RESTATE": "изложить", "COUNT": "считать",
    "RESPECTIVELY": "соответственно", "AFTER": "после", "BEFORE": "перед", "NEW": "новым новой новыми",
    "WHOLE": "заголовок преамбулу преамбула наименование", "HEADING": "заголовке наименовании",
    "SKIP": "настоящих указанных правил правила правилах также препинания",
}  # fmt: skip
_PHRASES: Final = (
    (
        "THROUGHOUT",
        r"(?:по\s+(?:всему\s+)?тексту|в\s+(?:тексте|тексту))(?:\s+(?:настоящих\s+|указанных\s+)?правил)?(?!\w)",
    ),
    (
        "FORMS",
        r"в\s+соответствующ(?:их|ем)\s+(?:падеж(?:ах|е)(?:\s+и\s+числ(?:ах|е))?|числ(?:ах|е)\s+и\s+падеж(?:ах|е))",
    ),
    ("WORDS_INS", r"на\s+(?:слов[ао]|цифр[уы]|знак)(?=\s*[«“„\"])|на(?=\s*[«“„\"])"),
    ("EDITION", r"в\s+(?:следующей|новой)\s+редакции"),
    ("CONTENT", r"следующего\s+содержания"),
    ("ANNEX", r"согласно\s+приложени[юям]+(?:\s+(?:\d+\s+)?к\s+[а-я\s]+)?"),
    ("POINT", r"п\.(?=\s*\d)"),
    ("SUB", r"(?:пп|подп)\.(?=\s*\d)"),
    ("PART", r"ч\.(?=\s*\d)"),
    ("DELETE", r"признать\s+утратившими?\s+силу|признать\s+утратившей\s+силу"),
)
_MARKS: Final = tuple(
    (kind, mark, re.compile(rf"(?:{form})(?!\w)", re.IGNORECASE))
    for kind, mark, form in (
        ("WORDS", ";", r"точк[ау]\s+с\s+запятой"), ("WORDS_INS", ";", r"точкой\s+с\s+запятой"),
        ("WORDS", ".", r"точку"), ("WORDS_INS", ".", r"точкой"),
        ("WORDS", ",", r"запятую"), ("WORDS_INS", ",", r"запятой"),
        ("WORDS", ":", r"двоеточие"), ("WORDS_INS", ":", r"двоеточием"),
    )
)  # fmt: skip
_PHRASE: Final = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _PHRASES)


def _table() -> dict[str, str]:
    table = {word: kind for kind, words in _KEYWORDS.items() for word in words.split()}
    for kind, stem, endings, instrumental in _NOUNS:
        table |= {stem + ending: kind for ending in ("", *endings.split()) if len(stem + ending) > 4}
        table |= {stem + ending: f"{kind}_INS" for ending in instrumental.split()}
    return table


TERMINALS: Final = _table()
KNOWN_WORDS: Final = tuple(sorted(TERMINALS))


def tokens(text: str, locate: Locate, collector: Collector) -> list[Token]:
    """The tokens of a text in order; a quotation that never closes is an error with its place."""
    out: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        if text[at] in _OPENERS and _BEFORE_OPENING.search(text[:at][-1:]):
            end = closing(text, at, locate, collector)
            out.append(Token("QUOTED", text[at + 1 : end].strip(), _inner(text, at + 1, end), end + 1))
            at = end + 1
            continue
        if mark := _mark(text, at):
            out += mark
            at = mark[-1].end
            continue
        token = _phrase(text, at) or _piece(text, at)
        out.append(token)
        at = token.end
    return out


def _inner(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _phrase(text: str, at: int) -> Token | None:
    for kind, form in _PHRASE:
        match = form.match(text, at)
        if match and not (at and text[at - 1].isalnum()):
            return Token(kind, match[0], at, match.end())
    return None


def _mark(text: str, at: int) -> list[Token]:
    """A punctuation mark called by its name, «точку заменить точкой с запятой», as if it stood in quotes."""
    for kind, mark, form in _MARKS:
        match = form.match(text, at)
        if match and not (at and text[at - 1].isalnum()):
            return [Token(kind, match[0], at, at), Token("QUOTED", mark, at, match.end())]
    return []


def _piece(text: str, at: int) -> Token:
    match = _PIECE.match(text, at)
    assert match is not None
    assert match.lastgroup is not None
    kind, words = match.lastgroup, match[0]
    if kind == "ORDNUM":  # «2-ой», «3-ю»
        return Token("ORD", words, at, match.end(), int(words.partition("-")[0]))
    if kind == "WORD":
        folded = words.lower().replace("ё", "е")
        numeral = read_numeral((folded,))
        if folded in TERMINALS:
            kind = TERMINALS[folded]
        elif numeral is not None and numeral.ordinal:
            return Token("ORD", words, at, match.end(), numeral.value)
    return Token(kind, words, at, match.end())


def closing(text: str, opening: int, locate: Locate, collector: Collector) -> int:
    """The offset of the mark that closes the quotation opened at `opening`, inner quotations passed over."""
    found = _closing(text, opening, locate, collector, merged=False)
    if found is None:  # drafters often write one mark where an inner and an outer quotation end together
        found = _closing(text, opening, locate, collector, merged=True)
    if found is None:
        collector.fail("amend.quote-open", locate(opening, 1), mark=text[opening])
    return found


def _closing(text: str, opening: int, locate: Locate, collector: Collector, *, merged: bool) -> int | None:
    stack = [_PAIRS[text[opening]]]
    for at in range(opening + 1, len(text)):
        char = text[at]
        if char not in _OPENERS and char not in _CLOSERS:
            continue
        if char in _OPENERS and _opens(text, at) and not (char == "“" and stack[-1] == "“"):
            stack.append(_PAIRS[char])
            if len(stack) > MOST_NESTED:
                collector.fail("amend.quotes-too-deep", locate(at, 1), limit=str(MOST_NESTED))
        elif char == stack[-1]:
            stack.pop()
            if not stack or (
                merged and re.match(r"[.;]?[.;]?\s*(?:\n|$)|;|\s+и\s+\"|\s+заменить|\s+исключить", text[at + 1 :])
            ):
                return at
    return None


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(_BEFORE_OPENING.search(before)) and bool(after) and not after.isspace() and after not in ".,;:)"


# The separators: what a comma or «и» joins is told by what comes after it ------------------------------------

_NUMBERS: Final = frozenset(("NUM", "SUBNUM", "ORD"))
PLACES: Final = frozenset(("POINT", "SUB", "PART", "PARA", "CHAPTER", "SECTION", "SENTENCE"))
_ACTIONS: Final = frozenset(("WORDS", "AFTER", "BEFORE", "ADD", "THROUGHOUT", "RESTATE", "DELETE", "WHOLE"))


def joined(found: list[Token]) -> list[Token]:
    """The tokens as the grammar wants them: separators told apart, colons, titles and «настоящих Правил» dropped."""
    kept = [token for token in _ranges(found) if token.kind not in ("COLON", "SKIP")]
    kept = _merged_separators(kept)
    out: list[Token] = []
    for index, token in enumerate(kept):
        previous = out[-1].kind if out else ""
        if token.kind == "QUOTED" and previous == "NUM" and _follows_section(out):
            continue
        out.append(evolve(token, kind=_separator(kept, index)) if token.kind in ("COMMA", "AND") else token)
    return out


def _ranges(found: list[Token]) -> list[Token]:
    """«Пункты 8-20» is a range (14-1 alone is an inserted number); a dash that joins no numbers is dropped."""
    out: list[Token] = []
    for index, token in enumerate(found):
        before, after = out[-1] if out else None, found[index + 1] if index + 1 < len(found) else None
        first, dash, last = token.text.rstrip(")").partition("-")
        if token.kind in ("NUM", "SUBNUM") and dash and before and _plural(before) and int(last) > int(first):
            middle = token.start + len(first)
            out += [Token(token.kind, first, token.start, middle), Token("RANGE", "-", middle, middle + 1)]
            out.append(Token(token.kind, last, middle + 1, token.end))
        elif token.kind != "RANGE" or (before and after and {before.kind, after.kind} <= _NUMBERS):
            out.append(token)
    return out


def _plural(token: Token) -> bool:
    return token.kind.partition("_")[0] in PLACES and token.text.lower().endswith(("ы", "ов", "ам", "ами", "ах"))


def _merged_separators(found: list[Token]) -> list[Token]:
    out: list[Token] = []
    for token in found:
        if out and token.kind == "AND" and out[-1].kind == "COMMA":
            out.pop()
        out.append(token)
    return out


def _follows_section(out: list[Token]) -> bool:
    return len(out) >= 2 and out[-2].kind == "SECTION"


def _separator(kept: list[Token], index: int) -> str:
    after = [token.kind for token in kept[index + 1 : index + 3]] + ["", ""]
    if after[0] == "QUOTED":
        return "QSEP"
    if after[0] in _NUMBERS:
        return "LSEP"
    if after[0] in PLACES or (after[0] == "IN" and after[1] in PLACES):
        return "PSEP"
    if after[0].endswith("_INS"):
        return "NSEP"
    return "SEP" if after[0] in _ACTIONS else kept[index].kind
