"""Unit ids and how people cite them: reading both, writing the official citation, the order of the text."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias, assert_never

from attrs import evolve, frozen

from compliance.law.ordinals import CASES, GREATEST, Case, Gender, number_en, number_words, ordinal_ru
from compliance.source.diagnostic import Diagnostic, Problems
from compliance.source.loc import Place

Lang: TypeAlias = Literal["en", "ru"]
Number: TypeAlias = tuple[int, ...]  # 14 is (14,), the inserted 14-1 is (14, 1)
Level: TypeAlias = Literal["sentence", "paragraph", "sub", "part", "point"]

LONGEST = 200  # characters of a citation that anybody would write
_INNERMOST_FIRST: tuple[Level, ...] = ("sentence", "paragraph", "sub", "part", "point")

_NUMBER = r"[1-9][0-9]{0,3}(?:-[1-9][0-9]{0,3}){0,2}"
_COUNT = r"[1-9][0-9]?"
_DASH = r"[1-9]|[1-8][0-9]|9[0-8]"  # one less than a paragraph, which the number words take up to 99
_ID = re.compile(rf"p({_NUMBER})(?:\.part({_COUNT}))?(?:\.sub({_NUMBER}))?(?:\.dash({_DASH}))?(?:\.s({_COUNT}))?")
_TYPED = re.compile(
    rf"[pпр]?({_NUMBER})(?:\.part({_COUNT}))?(?:\.(?:sub)?({_NUMBER})\)?)?(?:\.dash({_DASH}))?(?:\.s({_COUNT}))?"
)
_WORD = re.compile(
    rf"(?P<number>{_NUMBER})\)?(?![\w-])|(?P<word>[a-zа-я]+(?:-[a-zа-я]+)*)\.?|(?P<comma>,)|(?P<other>\S)"
)


class UnitIdError(Problems):
    """The words name no unit; shown like every other bad input, at a place if the caller knows one."""

    def __init__(self, code: str, text: str, expected: tuple[str, ...]) -> None:
        plain = " ".join(text.split())
        self.diagnostic = Diagnostic(code, None, {"text": plain}, expected)
        super().__init__([self.diagnostic])

    def at(self, place: Place) -> Diagnostic:
        """The same error with the place in the file where the words stand."""
        return evolve(self.diagnostic, place=place)


@frozen(order=False)
class UnitId:
    """A place in the Rules. `paragraph` of a citation is `dash + 1`: the introduction is the first абзац."""

    point: Number
    part: int | None = None
    sub: Number | None = None
    dash: int | None = None
    sentence: int | None = None

    def __str__(self) -> str:
        steps = [f"p{_spell(self.point)}"]
        steps += [f"part{self.part}"] if self.part else []
        steps += [f"sub{_spell(self.sub)}"] if self.sub else []
        steps += [f"dash{self.dash}"] if self.dash else []
        steps += [f"s{self.sentence}"] if self.sentence else []
        return ".".join(steps)

    @property
    def parent(self) -> "UnitId | None":
        """The place just around this one; none around a point."""
        if self.sentence:
            return evolve(self, sentence=None)
        if self.dash:
            return evolve(self, dash=None)
        if self.sub:
            return evolve(self, sub=None)
        return evolve(self, part=None) if self.part else None

    @property
    def sort_key(self) -> tuple[Number, int, Number, int, int]:
        """The order of the text: p9 < p10, p14 < p14.part1 < p14-1 < p15, sub9 < sub10."""
        return (self.point, self.part or 0, self.sub or (), self.dash or 0, self.sentence or 0)


def parse_unit_id(text: str) -> UnitId:
    """The strict form of files: `p10.part2.sub1.dash3`, `p14-1`, also a sentence such as `p14.part1.s2`."""
    found = _ID.fullmatch(text)
    if found is None:
        raise UnitIdError("unit.not-an-id", text, ("p14.part1", "p18.sub3"))
    return _from_groups(found)


def unit_id_from_user(text: str) -> str:
    """What a person types, as a unit id: `18`, `18.3`, `14.part1`, `p18.sub3`, or a citation in either language."""
    typed = _TYPED.fullmatch(_fold(text))
    return str(_from_groups(typed) if typed else parse_citation(text))


def parse_citation(text: str, within: UnitId | None = None) -> UnitId:
    """A citation in words, in any case: «в части второй пункта 14». Levels left out are taken from `within`.

    «Абзац первый» is the introduction, whose words belong to the unit around it: that unit is the answer.
    """
    numbers = _levels(text)
    outermost = _INNERMOST_FIRST.index(list(numbers)[-1])
    if within is not None:
        numbers |= {level: n for level, n in _numbers_of(within).items() if _INNERMOST_FIRST.index(level) > outermost}
    if "point" not in numbers:
        raise UnitIdError("unit.no-point", text, ("часть вторая пункта 14", "part two of point 14"))
    part, paragraph, sentence = (_count(numbers, level, text) for level in ("part", "paragraph", "sentence"))
    dash = paragraph - 1 if paragraph else None
    return UnitId(numbers["point"], part, numbers.get("sub"), dash or None, sentence)


def citation(unit: str | UnitId, lang: Lang, case: Case = "nominative") -> str:
    """The official citation: «часть вторая пункта 14», "part two of point 14". The case is that of the first word."""
    steps = _numbers_of(parse_unit_id(unit) if isinstance(unit, str) else unit)
    match lang:
        case "en":
            return " of ".join(_step_en(level, number) for level, number in steps.items())
        case "ru":
            (first, number), *around = steps.items()
            genitives = [_step_ru(level, outer, "genitive") for level, outer in around]
            return " ".join([_step_ru(first, number, case), *genitives])
        case _:
            assert_never(lang)


def akn_eid(unit: str | UnitId) -> str:
    """The Akoma Ntoso eId. Пункт is a paragraph, часть a subparagraph, подпункт a point, абзац an indent.

    Chapters give no prefix, since the points are numbered through the whole text.
    """
    place = parse_unit_id(unit) if isinstance(unit, str) else unit
    steps = [f"para_{_spell(place.point)}"]
    steps += [f"subpara_{place.part}"] if place.part else []
    steps += [f"point_{_spell(place.sub)}"] if place.sub else []
    steps += [f"indent_{place.dash}"] if place.dash else []
    steps += [f"span_{place.sentence}"] if place.sentence else []
    return "__".join(steps)


def sort_key(unit: str | UnitId) -> tuple[Number, int, Number, int, int]:
    """Sorts unit ids in the order of the text; see `UnitId.sort_key`."""
    return (parse_unit_id(unit) if isinstance(unit, str) else unit).sort_key


def is_within(inner: str | UnitId, outer: str | UnitId) -> bool:
    """Whether `inner` is `outer` or lies inside it: p18.sub3 lies within p18, p14-1 does not lie within p14."""
    place: UnitId | None = parse_unit_id(inner) if isinstance(inner, str) else inner
    around = parse_unit_id(outer) if isinstance(outer, str) else outer
    while place is not None and place != around:
        place = place.parent
    return place is not None


# --- writing -----------------------------------------------------------------------------------------------------

_ENDLESS = ("", "а", "у", "", "ом", "е")
_NOUNS: Mapping[Level, tuple[str, tuple[str, ...], Gender]] = MappingProxyType(
    {
        "point": ("пункт", _ENDLESS, "masculine"),
        "sub": ("подпункт", _ENDLESS, "masculine"),
        "part": ("част", ("ь", "и", "и", "ь", "ью", "и"), "feminine"),
        "paragraph": ("абзац", ("", "а", "у", "", "ем", "е"), "masculine"),
        "sentence": ("предложени", ("е", "я", "ю", "е", "ем", "и"), "neuter"),
    }
)


def _step_ru(level: Level, number: Number, case: Case) -> str:
    stem, endings, gender = _NOUNS[level]
    noun = stem + endings[CASES.index(case)]
    match level:
        case "point":
            return f"{noun} {_spell(number)}"
        case "sub":
            return f"{noun} {_spell(number)})"
        case "part" | "paragraph" | "sentence":
            return f"{noun} {ordinal_ru(number[0], gender, case)}"
        case _:
            assert_never(level)


def _step_en(level: Level, number: Number) -> str:
    match level:
        case "point":
            return f"point {_spell(number)}"
        case "sub":
            return f"sub-point {_spell(number)})"
        case "part" | "paragraph" | "sentence":
            return f"{level} {number_en(number[0])}"
        case _:
            assert_never(level)


def _numbers_of(place: UnitId) -> dict[Level, Number]:
    """The levels that are named, the innermost first; the paragraph is one more than the dash."""
    named: dict[Level, Number | None] = {
        "sentence": (place.sentence,) if place.sentence else None,
        "paragraph": (place.dash + 1,) if place.dash else None,
        "sub": place.sub,
        "part": (place.part,) if place.part else None,
        "point": place.point,
    }
    return {level: number for level, number in named.items() if number}


def _spell(number: Number) -> str:
    return "-".join(map(str, number))


# --- reading -----------------------------------------------------------------------------------------------------

_ABBREVIATED: Mapping[str, Level] = MappingProxyType({
    "п": "point", "пп": "sub", "подп": "sub", "ч": "part", "абз": "paragraph", "предл": "sentence",
    "point": "point", "sub-point": "sub", "subpoint": "sub", "part": "part", "paragraph": "paragraph",
    "sentence": "sentence",
})  # fmt: skip
_NAMES: Mapping[str, Level] = MappingProxyType(
    {stem + ending: level for level, (stem, endings, _) in _NOUNS.items() for ending in endings} | dict(_ABBREVIATED)
)
_FILLERS = frozenset({
    "в", "во", "к", "ко", "из", "по", "с", "со", "о", "об", "на", "после", "до", "настоящих", "правил",
    "of", "the", "in", "to", "after", "these", "rules",
})  # fmt: skip


def _levels(text: str) -> dict[Level, Number]:
    """Levels and their numbers, the innermost first; a noun stands before its number or after it."""
    items = _items(text)
    if len(items) < 2 or len(items) % 2:
        raise _unreadable(text)
    pairs: dict[Level, Number] = {}
    for first, second in zip(items[::2], items[1::2], strict=True):
        level, number = (first, second) if isinstance(first, str) else (second, first)
        if not isinstance(level, str) or isinstance(number, str) or level in pairs:
            raise _unreadable(text)
        pairs[level] = number
    ranks = [_INNERMOST_FIRST.index(level) for level in pairs]
    if ranks not in (sorted(ranks), sorted(ranks, reverse=True)):
        raise _unreadable(text)
    return {level: pairs[level] for level in _INNERMOST_FIRST if level in pairs}


def _items(text: str) -> list[Level | Number]:
    if len(text) > LONGEST:
        raise _unreadable(text)
    tokens = [found for found in _WORD.finditer(_fold(text)) if found["word"] not in _FILLERS and not found["comma"]]
    words = number_words()
    items: list[Level | Number] = []
    at = 0
    while at < len(tokens):
        word = tokens[at]["word"] or ""
        both = f"{word} {tokens[at + 1]['word']}" if at + 1 < len(tokens) else ""
        if tokens[at]["number"]:
            items.append(_number(tokens[at]["number"]))
        elif word in _NAMES:
            items.append(_NAMES[word])
        elif both in words or word in words:
            items.append((words[both] if both in words else words[word],))
        else:
            raise _unreadable(text)
        at += 2 if both in words else 1
    return items


def _count(numbers: Mapping[Level, Number], level: Level, text: str) -> int | None:
    """Parts, paragraphs and sentences bear no number of their own: they are counted, and never inserted as 2-1."""
    number = numbers.get(level)
    if number is None:
        return None
    if len(number) > 1 or number[0] > GREATEST:
        raise _unreadable(text)
    return number[0]


def _from_groups(found: re.Match[str]) -> UnitId:
    point, part, sub, dash, sentence = found.groups()
    return UnitId(_number(point), _int(part), _number(sub) if sub else None, _int(dash), _int(sentence))


def _number(text: str) -> Number:
    return tuple(int(piece) for piece in text.split("-"))


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _fold(text: str) -> str:
    """Case, ё, quotation marks, odd spaces and a mark at the end do not matter."""
    plain = re.sub(r"[«»\"“”„`]", " ", text.lower().replace("ё", "е").replace("‑", "-"))
    return " ".join(plain.split()).rstrip(".;:,").strip()


def _unreadable(text: str) -> UnitIdError:
    return UnitIdError("unit.unreadable", text, ("18.3", "p14.part2", "подпункт 3) пункта 18", "part two of point 14"))
