"""Russian text as a drafter types it: folding of quotes, dashes, spaces and ё; words, sentences, stems, nearness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from attrs import frozen

QUOTES: Final = '"«»“”„‟″'
DASHES: Final = "-‐‑‒–—−"
WORD: Final = re.compile(r"[0-9A-Za-zА-Яа-яЁё]+(?:-[0-9A-Za-zА-Яа-яЁё]+)*")
_FOLD: Final = {
    **{ord(char): '"' for char in QUOTES},
    **{ord(char): "-" for char in DASHES},
    ord("ё"): "е",
    ord("Ё"): "Е",
}
_GONE: Final = "\u00ad\u200b\u200c\u200d\ufeff\u2060"

# Endings of nouns, adjectives and verbs, the longest first; a stem keeps at least four letters.
_ENDINGS: Final = tuple(
    sorted(
        (
            "ываться иваться ывается ивается ываются иваются ившийся вшийся ующий ующего ующих аются яются "
            "ается яется ится ятся утся ются ется аться яться иться ить ать ять еть ует уют ают яют ает яет "
            "ит ят ут ют ет ала ило или ено ена ены ен ого его ому ему ыми ими ами ями ах ях ов ев ей ам ям "
            "ом ем ой ый ий ая яя ое ее ые ие ую юю ых их ым им ою ею иями иях иям ием ией ии ия ию ие ья ью "
            "ье ьям ьями ость ости остью а я о е и ы у ю ь й"
        ).split(),
        key=lambda ending: (-len(ending), ending),
    )
)
SHORTEST_STEM: Final = 4


@frozen
class Folded:
    """A text in the form in which texts are compared, with the way back to the original offsets."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original text behind a stretch of the folded one."""
        return self.origin[start], self.origin[end - 1] + 1


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Quotes, dashes and ё become one kind each, white space one blank; soft hyphens and the like go."""
    out: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        if char in _GONE:
            continue
        if char.isspace():
            if out and out[-1] != " ":
                out.append(" ")
                origin.append(offset)
            continue
        out.append(char.translate(_FOLD))
        origin.append(offset)
    if out and out[-1] == " ":
        out.pop()
        origin.pop()
    return Folded("".join(out), tuple(origin))


def plain(text: str) -> str:
    """The folded text alone."""
    return fold(text).text


def occurrences(needle: str, text: str, *, ignore_case: bool = False) -> tuple[tuple[int, int], ...]:
    """Where whole words of `needle` stand in `text` after folding, as stretches of the original; none overlap."""
    wanted, inside = plain(needle), fold(text)
    haystack = inside.text
    if ignore_case:
        wanted, haystack = wanted.lower(), haystack.lower()
    if not wanted:
        return ()
    if not any(char.isalnum() for char in wanted):  # a mark alone is the one at the end
        return (inside.span(len(haystack) - len(wanted), len(haystack)),) if haystack.endswith(wanted) else ()
    before = r"(?<![\w-])" if wanted[0].isalnum() else ""
    after = r"(?![\w]|-\w)" if wanted[-1].isalnum() else ""
    found = re.finditer(before + re.escape(wanted) + after, haystack)
    return tuple(inside.span(match.start(), match.end()) for match in found)


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded and in small letters."""
    return tuple(WORD.findall(plain(text).lower()))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending: rough, and the same for most case forms of one word."""
    word = word.lower().replace("ё", "е")
    if word.endswith(("ся", "сь")):
        word = word[:-2]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=4096)
def stemmed(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every word of a text as its stem with the offsets of the word."""
    same = text.lower().replace("ё", "е")
    return tuple((stem(match[0]), match.start(), match.end()) for match in WORD.finditer(same))


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a text, in order."""
    return tuple(root for root, _, _ in stemmed(text))


FUNCTION_WORDS: Final = frozenset(
    (
        "и в во на по с со к ко о об от до из за для при не ни или либо а но же если иное как что его ее "
        "их него нее них им ими ему ей он она они оно также том числе то это этот этого настоящих "
        "настоящего настоящим настоящими без под над между через после перед у где который которого "
        "которые которых"
    ).split()
)


def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(stem(word) for word in words(text) if word not in FUNCTION_WORDS and not word.isdigit())


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph; abbreviations of one letter and numbers of points do not end one."""
    cuts = [0]
    for match in re.finditer(r"[.!?…](?=\s+[«\"“]?[А-ЯЁA-Z])", text):
        before = text[: match.start()]
        if not re.search(r"(?:^|[\s(])(?:[А-ЯЁа-яё]|\d+(?:-\d+)?|ст|пп|см|им|т\.д|т\.п)$", before):
            cuts.append(match.end())
    pieces = [text[start:end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return tuple(piece for piece in pieces if piece)


def likeness(left: str, right: str) -> float:
    """How much two texts say the same words, from 0 to 1, endings set aside."""
    one, other = list(stems(left)), list(stems(right))
    if not one or not other:
        return 1.0 if one == other else 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


@lru_cache(maxsize=1024)
def nearest(wanted: str, texts: tuple[str, ...], cutoff: float = 0.5) -> str | None:
    """The stretch of one of the texts, as long as `wanted`, that comes nearest to it; endings count little."""
    best, score = None, cutoff
    for candidate, value in _windows(wanted, texts):
        value = value if len(stems(candidate)) == len(stems(wanted)) else value * 0.85
        if value > score:
            best, score = candidate, value
    return best


def _windows(wanted: str, texts: Iterable[str]) -> Iterator[tuple[str, float]]:
    target = stems(wanted)
    if not target or len(target) > 60:
        return
    letters = SequenceMatcher(None, "", plain(wanted).lower(), autojunk=False)
    for text in texts:
        spans = [match.span() for match in WORD.finditer(text)]
        roots = [stem(text[start:end]) for start, end in spans]
        for size in {max(1, len(target) - 1), len(target), len(target) + 1}:
            for first in range(len(spans) - size + 1):
                if not _promising(target, roots[first : first + size]):
                    continue
                piece = text[spans[first][0] : spans[first + size - 1][1]]
                letters.set_seq1(plain(piece).lower())
                yield piece, letters.ratio()


def _promising(target: Sequence[str], window: Sequence[str]) -> bool:
    shared = sum(1 for word in window if any(word[:4] == other[:4] for other in target))
    return shared * 2 >= len(target)
