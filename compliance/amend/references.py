"""References between units, «пунктом 14 настоящих Правил»: what they meant in the old law, what they hit now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from compliance.amend.address import Address, Level, cite, node_at, replacing, resolve
from compliance.amend.finding import Finding, says
from compliance.amend.numerals import read_numeral
from compliance.amend.text import likeness, plain
from compliance.amend.tree import Node, Row, Tree
from compliance.law.ordinals import Case

_NUMBERS: Final = r"\d+(?:-\d+)?(?:\s*(?:,|и|[–—-])\s*(?:пункт\w*\s+)?\d+(?:-\d+)?(?![\d)]))*"
_SUBS: Final = r"\d+(?:-\d+)?\)(?:\s*(?:,|и|[–—-])\s*(?:подпункт\w*\s+)?\d+(?:-\d+)?\))*"
_ORDINAL: Final = r"[а-яё]+(?:ой|ей|ою|ую|ая|ый|ого|ом|ым|ему|ем|им|ий|ья|ьей|ью)"
_REFERENCE: Final = re.compile(
    rf"(?<![\w])(?:(?:абзац\w*)\s+(?P<paragraph>{_ORDINAL})\s+)?(?:подпункт\w*\s+(?P<subs>{_SUBS})\s+)?"
    rf"(?:част\w+\s+(?P<part>{_ORDINAL})\s+)?пункт\w*\s+(?P<points>{_NUMBERS})(?!\))"
    rf"|(?<![\w])(?:подпункт\w*\s+(?P<own_subs>{_SUBS})|част\w+\s+(?P<own_part>{_ORDINAL}))(?=\s+настоящ\w+\s+пункт)"
    rf"|(?<![\w])глав\w+\s+(?P<chapter>\d+)(?=\s+настоящих\s+Правил)",
    re.IGNORECASE,
)
_OUTSIDE: Final = re.compile(
    r"\s*(?:(?:и|,)\s*)?(?:част\w+\s+\S+\s+)?(?:стать|Закон|Кодекс|Указ|Положени|Инструкц|приложени|Перечн|Конституц)",
    re.IGNORECASE,
)


@frozen
class Reference:
    """A reference as it stands: the row, its words and place in it, the address, and the node it hits."""

    source: Row
    quote: str
    start: int
    address: Address
    hit: Node | None
    unit: str


def references(tree: Tree) -> tuple[Reference, ...]:
    """Every internal reference of a law; several numbers are several references."""
    return tuple(reference for row in tree.rows if row.kind != "chapter" for reference in references_in(row, tree))


def references_in(row: Row, tree: Tree) -> Iterator[Reference]:
    """The internal references of one unit."""
    skip = len(row.text) - len(tree.words_by_key[row.key])
    for match in _REFERENCE.finditer(row.text):
        if match.start() < skip or _OUTSIDE.match(row.text[match.end() :]):
            continue
        for address in _addresses(match, row):
            found = resolve(address, tree)
            hit = node_at(tree, found[0], old=True) if found else None
            yield Reference(row, match[0], match.start(), address, hit, found[0] if found else "")


def _addresses(match: re.Match[str], row: Row) -> list[Address]:
    if match["chapter"]:
        return [Address((("chapter", match["chapter"]),))]
    own = row.id.partition(".")[0][1:]
    points = _spread(match["points"]) if match["points"] else [own]
    subs = _spread(match["subs"] or match["own_subs"] or "")
    tail: list[tuple[Level, str]] = []
    if part := _ordinal(match["part"] or match["own_part"]):
        tail.append(("part", part))
    number = _ordinal(match["paragraph"])
    head: list[tuple[Level, str]] = [("paragraph", number)] if number else []
    out = []
    for point in points:
        for sub in subs or [""]:
            below: list[tuple[Level, str]] = [("sub", sub)] if sub else []
            out.append(Address((("point", point), *tail, *below, *head)))
    return out


def _ordinal(word: str | None) -> str:
    numeral = read_numeral((plain(word).lower(),)) if word else None
    return str(numeral.value) if numeral and numeral.ordinal else ""


def _spread(numbers: str) -> list[str]:
    out: list[str] = []
    for match in re.finditer(r"(?P<span>[–—-]\s+|\s[–—-]\s*)?(?:\w+\s+)?(?P<number>\d+(?:-\d+)?)", numbers):
        if match["span"] and out and out[-1].isdigit() and match["number"].isdigit():
            out += [str(number) for number in range(int(out[-1]) + 1, int(match["number"]) + 1)][:200]
        else:
            out.append(match["number"])
    return out


# Against the old law ----------------------------------------------------------------------------------------


def reference_findings(old: Tree, new: Tree, renumbered: bool) -> tuple[Finding, ...]:
    """References that lost their target or hit another one, and what cannot be known of other acts."""
    was: dict[tuple[str, str, int], list[Reference]] = {}
    for reference in references(old):
        was.setdefault(_identity(reference, was), []).append(reference)
    out: list[Finding] = []
    seen: dict[tuple[str, str, int], list[Reference]] = {}
    for reference in references(new):
        identity = _identity(reference, seen)
        seen.setdefault(identity, []).append(reference)
        then = was.get(identity)
        out += _judged(then[0] if then else None, reference, old, new)
    return (*out, *(_external(old, new) if renumbered else ()))


def _identity(reference: Reference, seen: dict[tuple[str, str, int], list[Reference]]) -> tuple[str, str, int]:
    """The reference's row, words and rank among equals."""
    words = f"{plain(reference.quote).lower()} {reference.address.steps}"
    rank = 0
    while (reference.source.key, words, rank) in seen:
        rank += 1
    return reference.source.key, words, rank


def _judged(then: Reference | None, now: Reference, old: Tree, new: Tree) -> Iterator[Finding]:
    if then is not None and then.hit is None:
        return
    if now.hit is None:
        yield _dangling(then, now, new)
    elif then is not None and then.hit is not None and then.hit.key != now.hit.key:
        yield from _shifted(then, now, old, new)
    elif then is not None and then.hit is not None and _drifted(then, now, old, new):
        fields = _fields(now) | {"meant": _words(then, old), "hits": _words(now, new)}
        yield Finding(
            "SEMANTIC_DRIFT", "warn", (now.source.id, now.unit), now.quote, says("amend.drift-same", **fields)
        )


def _fields(now: Reference) -> dict[str, str]:
    unit, english = now.source.id, cite(now.source.id, "en")
    return {"source_ru": cite(unit), "in_ru": cite(unit, "ru", "prepositional"), "source_en": english, "in_en": english,
            "quote": now.quote}  # fmt: skip


def _target(now: Reference, moved: str) -> dict[str, str]:
    """The address where the meant unit now stands, in the case in which the reference is put."""
    word = now.quote.lower().split()[0]
    case: Case = "nominative"
    for endings, name in _CASES:
        case = name if re.search(rf"(?:{endings})$", word) else case
    return {"moved_ru": cite(moved, "ru", case), "moved_en": cite(moved, "en")}


_CASES: Final[tuple[tuple[str, Case], ...]] = (
    ("а|ов|ев", "genitive"), ("у|ам", "dative"), ("ом|ем|ами|ью", "instrumental"), ("е|ах", "prepositional"),
)  # fmt: skip


def _where(key: str, kind: str, tree: Tree) -> str | None:
    """The address of a node in a tree."""
    return next(
        (unit for unit, nodes in tree.places.items() for node in nodes if node.key == key and node.kind == kind), None
    )


def _dangling(then: Reference | None, now: Reference, new: Tree) -> Finding:
    moved = _where(then.hit.key, then.hit.kind, new) if then and then.hit else None
    fields, paste = _fields(now), ""
    if moved:
        fields |= _target(now, moved)
        repair = says("amend.xref-repair", **fields)
        paste = replacing(now.source.id, now.quote, fields["moved_ru"])
    else:
        repair = says("amend.xref-repair-gone", **fields)
    units = (now.source.id, *((moved,) if moved else ()))
    code = "amend.xref-dangling" if then else "amend.xref-dangling-new"
    return Finding("XREF_DANGLING", "reject", units, now.quote, says(code, **fields), repair, paste=paste)


def _shifted(then: Reference, now: Reference, old: Tree, new: Tree) -> Iterator[Finding]:
    assert then.hit is not None
    moved = _where(then.hit.key, then.hit.kind, new)
    meant, hits = _words(then, old), _words(now, new)
    fields = _fields(now) | {"meant": meant, "hits": hits, "moved_ru": "", "moved_en": ""}
    repair, paste = says("amend.xref-repair-gone", **fields), ""
    if moved:
        fields |= _target(now, moved)
        repair = says("amend.xref-repair", **fields)
        paste = replacing(now.source.id, now.quote, fields["moved_ru"])
    units = (now.source.id, now.unit, *((moved,) if moved else ()))
    code = "amend.xref-shifted" if moved else "amend.xref-shifted-gone"
    yield Finding("XREF_SHIFTED", "reject", units, now.quote, says(code, **fields), repair, paste=paste)
    yield Finding("SEMANTIC_DRIFT", "warn", units, now.quote, says("amend.drift", **fields))


def _rows(reference: Reference, tree: Tree) -> tuple[Row, ...]:
    return tree.under(reference.unit)


def _words(reference: Reference, tree: Tree) -> str:
    rows = _rows(reference, tree)
    text = tree.words_by_key[rows[0].key] if rows else ""
    return text if len(text) <= 70 else text[:69].rpartition(" ")[0] + " …"


def _drifted(then: Reference, now: Reference, old: Tree, new: Tree) -> bool:
    """Whether the unit under an unchanged number now says something else altogether."""
    one, other = (" ".join(row.text for row in _rows(each, tree)) for each, tree in ((then, old), (now, new)))
    return one != other and likeness(one, other) < 0.2


def _is_sub(unit: str) -> bool:
    return unit.rpartition(".")[2].startswith("sub")


def _external(old: Tree, new: Tree) -> tuple[Finding, ...]:
    moved = [(old.by_key[row.key].id, row.id) for row in new.rows if row.key in old.by_key]
    pairs = {(before.partition(".")[0], after.partition(".")[0]) for before, after in moved}
    points = sorted((pair for pair in pairs if pair[0] != pair[1]), key=lambda pair: old_order(pair[0]))
    subs = [pair for pair in moved if _is_sub(pair[0]) and pair[0].rpartition(".")[2] != pair[1].rpartition(".")[2]]
    if not points and not subs:
        return ()
    tables = {
        f"table_{lang}": ", ".join(
            [*(f"{a[1:]} → {b[1:]}" for a, b in points), *(f"{cite(a, lang)} → {cite(b, lang)}" for a, b in subs)]
        )
        for lang in ("en", "ru")
    }
    units = tuple(b for _, b in (*points, *subs))
    return (Finding("EXTERNAL_XREF", "warn", units, "", says("amend.external-xref", **tables)),)


def old_order(unit: str) -> tuple[int, str]:
    """Points by their number."""
    digits = re.match(r"p(\d+)", unit)
    return (int(digits[1]) if digits else 0, unit)
