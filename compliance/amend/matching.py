"""Finding the drafter's words in the unit that he names: exactly, or a finding that says what stands there instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from compliance.amend.address import Address, cite, nearest_unit, outline, resolve
from compliance.amend.finding import Finding, says
from compliance.amend.operations import Quoted, Target
from compliance.amend.text import nearest, occurrences, plain, stems
from compliance.amend.tree import Row, Tree
from compliance.amend.words import find_values, parse_value
from compliance.source.loc import Place

MOST_SHOWN: Final = 8


@frozen
class Hit:
    """One occurrence of words: the key of the row, offsets into the row's own words (without their number)."""

    key: str
    start: int
    end: int


def missing(target: Target, tree: Tree) -> Finding:
    """The finding for an address that resolves to nothing, or to several units."""
    found = resolve(target.address, tree)
    if len(found) > 1:
        fields = {"words": target.words or shown(target.address), "units": "; ".join(cite(unit) for unit in found)}
        message = says("amend.unit-ambiguous", **fields)
        return Finding("UNIT_MISSING", "reject", found, target.words, message, place=target.place, fatal=True,
                       expected=tuple(cite(unit) for unit in found))  # fmt: skip
    near = nearest_unit(target.address, tree)
    expected = tuple(cite(unit) for unit in _around(near, tree)) if near else ()
    message = says("amend.unit-missing", **named(target.address), **both("near", near))
    return Finding("UNIT_MISSING", "reject", (), target.words, message, place=target.place, fatal=True,
                   expected=expected)  # fmt: skip


def _around(near: str, tree: Tree) -> tuple[str, ...]:
    """The nearest unit, with what stands under it, or beside it if nothing does."""
    under = outline(tree, near)
    if len(under) > 1 or "." not in near:
        return under[:MOST_SHOWN]
    parent = near.rpartition(".")[0]
    beside = [each for each in outline(tree, parent) if each.count(".") == near.count(".")]
    at = beside.index(near)
    return tuple(beside[max(0, min(at - 3, len(beside) - MOST_SHOWN)) :][:MOST_SHOWN])


def named(address: Address, hole: str = "unit") -> dict[str, str]:
    """The official citation of an address that need not exist, for a hole of a message, in both languages."""
    unit = unit_named(address)
    return both(hole, unit) if unit else {hole: shown(address)}


def unit_named(address: Address) -> str:
    """The id of a point, part or sub-point, whether it exists or not; nothing for another place."""
    names = {"point": "p", "part": "part", "sub": "sub"}
    levels = [level for level, _ in address.steps]
    if levels[:1] != ["point"] or any(level not in names for level in levels):
        return ""
    return ".".join(names[level] + number for level, number in address.steps)


NOUNS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"chapter": "chapter", "section": "section", "point": "point", "part": "part", "sub": "sub-point",
           "paragraph": "paragraph", "sentence": "sentence", "": "the Rules"},
    "ru": {"chapter": "глава", "section": "раздел", "point": "пункт", "part": "часть", "sub": "подпункт",
           "paragraph": "абзац", "sentence": "предложение", "": "Правила"},
}  # fmt: skip


def shown(address: Address, lang: str = "ru") -> str:
    """The levels of an address in words, from the smallest: «часть 3, пункт 14»."""
    nouns = NOUNS[lang]
    parts = [f"{nouns[level]} {number}{')' if level == 'sub' else ''}" for level, number in reversed(address.steps)]
    return ", ".join(parts) or address.whole or nouns[""]


def both(hole: str, unit: str | None) -> dict[str, str]:
    """The citation of a unit, or a dash, for a hole of a message, in both languages."""
    return {f"{hole}_{lang}": cite(unit, lang) if unit else "—" for lang in ("en", "ru")}


def scope(target: Target, tree: Tree) -> tuple[Row, ...] | Finding:
    """The rows in which the drafter's words are to be looked for."""
    if not target.address.steps:
        return tree.rows
    found = resolve(target.address, tree)
    if len(found) != 1:
        return missing(target, tree)
    if target.address.steps[-1][0] == "paragraph":
        return (tree.by_id[found[0]],)
    if found[0].startswith("chapter"):
        return _chapter(found[0], tree)
    return tree.under(found[0])


def _chapter(unit: str, tree: Tree) -> tuple[Row, ...]:
    rows, inside = [], False
    for row in tree.rows:
        if row.kind == "chapter":
            inside = row.id == unit
        if inside:
            rows.append(row)
    return tuple(rows)


def own_words(tree: Tree, row: Row) -> str:
    """The words of a row without its number."""
    return tree.words_by_key[row.key]


def hits(words: str, rows: tuple[Row, ...], tree: Tree) -> tuple[Hit, ...]:
    """Where the words stand in the rows."""
    return tuple(Hit(row.key, *span) for row in rows for span in occurrences(words, own_words(tree, row)))


def find(
    words: Quoted, target: Target, tree: Tree, before: Tree, *, everywhere: bool, count: int | None = None
) -> tuple[Hit, ...] | Finding:
    """The places of the drafter's words in the unit, as many as he means, or the finding that says why not."""
    rows = scope(target, tree)
    if isinstance(rows, Finding):
        return rows
    found = hits(words.text, rows, tree)
    if not found:
        return _not_found(words, target, rows, tree, before)
    if (everywhere and count is None) or len(found) == (count or 1):
        return found
    return _not_unique(words, target, found, tree, count)


def _not_unique(words: Quoted, target: Target, found: tuple[Hit, ...], tree: Tree, count: int | None) -> Finding:
    units = tuple(dict.fromkeys(tree.by_key[hit.key].id for hit in found))
    fields = {"words": words.text, "count": str(len(found)), **named(target.address)}
    fields |= {"wanted": str(count or 1), "units": "; ".join(cite(unit) for unit in units[:MOST_SHOWN])}
    repair = says("amend.match-not-unique-repair", words=words.text)
    return Finding("MATCH_NOT_UNIQUE", "reject", units, words.text, says("amend.match-not-unique", **fields), repair,
                   place=words.place, fatal=True, expected=tuple(cite(unit) for unit in units))  # fmt: skip


def _not_found(words: Quoted, target: Target, rows: tuple[Row, ...], tree: Tree, before: Tree) -> Finding:
    near = _nearest(words.text, rows, tree)
    elsewhere = _elsewhere(words.text, rows, tree)
    fields = {"words": words.text, "near": near or "—", **named(target.address)}
    fields["elsewhere"] = "; ".join(cite(each) for each in elsewhere) or "—"
    code = "amend.match-not-found"
    if moved := _moved(words, target, tree, before):
        code, fields["now"] = "amend.match-moved", cite(moved)
    elif any(occurrences(words.text, own_words(tree, row), ignore_case=True) for row in rows):
        code = "amend.match-capitals"
    elif near and (stems(near) == stems(words.text) or _same_value(words.text, [near])):
        code = "amend.match-case-form"
    elif elsewhere:
        code = "amend.match-elsewhere"
    repair = says("amend.match-not-found-repair", near=near) if near else None
    units = tuple(row.id for row in rows[:1])
    return Finding("MATCH_NOT_FOUND", "reject", units, words.text, says(code, **fields), repair, place=words.place,
                   fatal=True, expected=tuple(cite(each) for each in elsewhere), suggestion=near)  # fmt: skip


def _nearest(words: str, rows: tuple[Row, ...], tree: Tree) -> str | None:
    texts = [own_words(tree, row) for row in rows[:40]]
    for text in texts:
        if found := occurrences(words, text, ignore_case=True):
            return text[found[0][0] : found[0][1]]
    return _same_value(words, texts) or nearest(words, tuple(texts))


def _same_value(words: str, texts: list[str]) -> str | None:
    """The same period in other words: «трех лет» for «три года» or «36 месяцев»."""
    value = parse_value(words)
    found = (
        placed.quote for text in texts for placed in find_values(text) if value is not None and placed.value == value
    )
    return next(found, None)


def _elsewhere(words: str, rows: tuple[Row, ...], tree: Tree) -> tuple[str, ...]:
    inside = {row.key for row in rows}
    found = [row.id for row in tree.rows if row.key not in inside and occurrences(words, own_words(tree, row))]
    return tuple(found[:MOST_SHOWN])


def _moved(words: Quoted, target: Target, tree: Tree, before: Tree) -> str | None:
    """Where the unit that bore this number before the package stands now, if it has the words."""
    then = resolve(target.address, before)
    if len(then) != 1:
        return None
    rows = [tree.by_key[row.key] for row in before.under(then[0]) if row.key in tree.by_key]
    inside = {row.key for row in tree.under(then[0])}
    found = [row.id for row in rows if row.key not in inside and occurrences(words.text, own_words(tree, row))]
    return found[0] if found else None


def mismatch(number: str, given: str, place: Place, address: Address) -> Finding:
    """The finding for a text whose own number is not the one announced."""
    message = says("amend.number-differs", number=number, given=given)
    unit = unit_named(address)
    units = (unit,) if unit else ()
    return Finding("NUMBERING_MISMATCH", "reject", units, plain(given), message, place=place, fatal=True)
