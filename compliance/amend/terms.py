"""Defined terms, «(далее – X)», and names of bodies: lost, doubled, forked or never defined in the new law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from compliance.amend.actors import ACTORS, actor_words, known_stretches
from compliance.amend.address import cite
from compliance.amend.finding import Finding, says
from compliance.amend.redline import Fresh, fresh_rows
from compliance.amend.text import WORD, likeness, occurrences, plain, stem, stemmed, stems, words
from compliance.amend.tree import Row, Tree

_DEFINED: Final = re.compile(r"\(\s*далее\s*(?:[-–—]\s*|именуем\w+\s+)(?:соответственно\s+)?(?P<term>[^()]{2,160})\)")


@frozen
class Term:
    """A defined term with the unit that defines it and the words before it that it stands for."""

    term: str
    row: Row
    start: int
    meaning: str

    @property
    def roots(self) -> tuple[str, ...]:
        """The stems by which the term is known in every case form."""
        return stems(self.term)


def definitions(tree: Tree) -> tuple[Term, ...]:
    """Every «(далее – X)» of a law, in order."""
    found = []
    for row in tree.rows:
        found += [
            Term(" ".join(match["term"].split()), row, match.start(), row.text[: match.start()][-160:])
            for match in _DEFINED.finditer(row.text)
        ]
    return tuple(found)


def uses(roots: tuple[str, ...], tree: Tree) -> tuple[tuple[Row, int], ...]:
    """Where a term stands, in every case form: unit and offset. The definition's own words count too."""
    out: list[tuple[Row, int]] = []
    size = len(roots)
    for row in tree.rows:
        found = stems(row.text) if row.kind != "chapter" else ()
        if roots and roots[0] in found:
            places = stemmed(row.text)
            out += [(row, places[at][1]) for at in range(len(found) - size + 1) if found[at : at + size] == roots]
    return tuple(out)


def term_findings(old: Tree, new: Tree) -> tuple[Finding, ...]:
    """What the package did to the defined terms and to the names of bodies."""
    fresh = fresh_rows(old, new)
    return (*_lost(old, new), *_early(old, new), *_forks(old, new), *_variants(old, new, fresh),
            *_unknown_words(old, fresh), *_unknown_actors(old, fresh))  # fmt: skip


def _units(found: tuple[tuple[Row, int], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.id for row, _ in found))


def _listed(units: tuple[str, ...], lang: str) -> str:
    shown = "; ".join(cite(unit, lang) for unit in units[:6])
    return shown + (f" (+{len(units) - 6})" if len(units) > 6 else "")


def _lost(old: Tree, new: Tree) -> Iterator[Finding]:
    kept = {term.roots for term in definitions(new)}
    for term in definitions(old):
        if term.roots in kept:
            continue
        left = uses(term.roots, new)
        if not left:
            continue
        units = _units(left)
        fields = {"term": term.term, "was_ru": cite(term.row.id), "was_en": cite(term.row.id, "en"),
                  "used_ru": _listed(units, "ru"), "used_en": _listed(units, "en")}  # fmt: skip
        first = left[0][0].text[left[0][1] :][:60]
        repair = says(
            "amend.lost-definition-repair", term=term.term, unit_ru=cite(units[0]), unit_en=cite(units[0], "en")
        )
        yield Finding("LOST_DEFINITION", "warn", units, first, says("amend.lost-definition", **fields), repair)


def _before_definition(term: Term, tree: Tree) -> tuple[str, ...]:
    order = {row.key: index for index, row in enumerate(tree.rows)}
    here = (order[term.row.key], term.start)
    return _units(
        tuple(
            (row, at) for row, at in uses(term.roots, tree) if (order[row.key], at) < here and row.key != term.row.key
        )
    )


def _early(old: Tree, new: Tree) -> Iterator[Finding]:
    was = {term.roots: set(_before_definition(term, old)) for term in definitions(old)}
    first = {term.roots: term for term in reversed(definitions(new))}
    for term in first.values():
        keys = {old.by_id[unit].key for unit in was.get(term.roots, ()) if unit in old.by_id}
        units = tuple(unit for unit in _before_definition(term, new) if new.by_id[unit].key not in keys)
        if units and (term.roots in was or len(term.roots) > 1 or term.term[:1].isupper()):
            fields = {"term": term.term, "unit_ru": _listed(units, "ru"), "unit_en": _listed(units, "en"),
                      "at_ru": cite(term.row.id), "at_en": cite(term.row.id, "en")}  # fmt: skip
            yield Finding("UNDEFINED_TERM", "warn", units, term.term, says("amend.term-before-definition", **fields))


def _forks(old: Tree, new: Tree) -> Iterator[Finding]:
    """A term defined twice, or two names for one thing, where the old law had one."""
    known = {(term.roots, term.row.key) for term in definitions(old)}
    found, before = definitions(new), definitions(old)
    ranks = {_rank(term, before) for term in before}
    for index, term in enumerate(found):
        for other in found[index + 1 :]:
            later = other if (other.roots, other.row.key) not in known else term
            same = term.roots == other.roots
            if (later.roots, later.row.key) in known or not (same or _same_thing(term, other)):
                continue
            if not same and {_rank(term, found), _rank(other, found)} <= ranks:
                continue  # one of two terms of the old law was only given another name
            first = term if later is other else other
            fields = {"term": later.term, "first": first.term,
                      "at_ru": cite(first.row.id), "at_en": cite(first.row.id, "en"),
                      "unit_ru": cite(later.row.id), "unit_en": cite(later.row.id, "en")}  # fmt: skip
            code = "amend.term-twice" if same else "amend.term-fork"
            yield Finding("TERM_FORK", "warn", (later.row.id, first.row.id), later.term, says(code, **fields))


def _rank(term: Term, among: tuple[Term, ...]) -> tuple[str, int]:
    """The unit of a definition, and which one in it it is."""
    here = [each for each in among if each.row.key == term.row.key]
    return term.row.key, here.index(term)


def _same_thing(one: Term, other: Term) -> bool:
    """Whether the words before both definitions end alike, or one is defined as the other."""
    tails = [stems(term.meaning)[-6:] for term in (one, other)]
    shared = 0
    for left, right in zip(reversed(tails[0]), reversed(tails[1]), strict=False):
        if left != right:
            break
        shared += 1
    ends = any(
        stems(a.meaning)[-len(b.roots) :] == b.roots and a.roots[0] not in stems(a.meaning)[-20:]
        for a, b in ((one, other), (other, one))
    )
    return shared >= 4 or ends


_SYNONYMS: Final = {"сотрудники": ("работник", "служащ", "госслужащ")}


def _variants(old: Tree, new: Tree, fresh: tuple[Fresh, ...]) -> Iterator[Finding]:
    """Look-alikes of a defined term in the new words: «Президентский резерв» for «Президентский кадровый резерв»."""
    for term in definitions(new):
        for row in fresh:
            quote = _variant(term, row, old)
            if quote:
                fields = {
                    "term": term.term,
                    "words": quote,
                    "unit_ru": cite(row.row.id),
                    "unit_en": cite(row.row.id, "en"),
                }
                repair = says("amend.term-variant-repair", term=term.term, words=quote)
                yield Finding("TERM_FORK", "warn", (row.row.id,), quote, says("amend.term-variant", **fields), repair)


def _variant(term: Term, fresh: Fresh, old: Tree) -> str | None:
    for name, roots in _SYNONYMS.items():
        for match in WORD.finditer(fresh.row.text) if term.term.lower() == name else ():
            said = match[0].lower()
            if said.startswith(roots) and fresh.covers(*match.span()) and not _in_old(match[0], old):
                return match[0]
    return _shortened(term, fresh, old) if len(term.roots) > 1 else None


def _shortened(term: Term, fresh: Fresh, old: Tree) -> str | None:
    spans = [(start, end) for _, start, end in stemmed(fresh.row.text)]
    found = stems(fresh.row.text)
    roots, size = term.roots, len(term.roots)
    full = {at + k for at in range(len(found) - size + 1) if found[at : at + size] == roots for k in range(size)}
    head = 0 if size < 3 or not _ADJECTIVE.search(words(term.term)[0]) else size - 1
    close = {
        (roots[one], roots[other]) for one in range(size) for other in range(one + 1, size) if head in (one, other)
    }
    for at in range(len(found) - 1):
        pair = (found[at], found[at + 1])
        if at in full or pair not in close or not fresh.covers(spans[at][0], spans[at + 1][1]):
            continue
        quote = fresh.row.text[spans[at][0] : spans[at + 1][1]]
        if not _in_old(quote, old) and not _stems_in_old(pair, roots, old):
            return quote
    return None


_ADJECTIVE: Final = re.compile(r"(?:ий|ый|ой|ая|ое|ые)$")


def _in_old(words: str, old: Tree) -> bool:
    return any(occurrences(words, row.text) for row in old.rows)


def _stems_in_old(pair: tuple[str, str], roots: tuple[str, ...], old: Tree) -> bool:
    """Whether the old law has these two words side by side outside the full term."""
    for row in old.rows:
        found = stems(row.text)
        for at in range(len(found) - 1):
            if found[at : at + 2] != pair:
                continue
            around = found[max(0, at - len(roots)) : at + len(roots) + 1]
            if not any(around[k : k + len(roots)] == roots for k in range(len(around))):
                return True
    return False


# Words that nothing defines -----------------------------------------------------------------------------------

_ABBREVIATION: Final = re.compile(r"(?<![\w-])[А-ЯЁ]{2,8}(?![\w-])")
_NAME: Final = re.compile(r"(?<=[а-яё,]\s)[А-ЯЁ][а-яё]{3,}(?![\w-])")
_NUMERALS: Final = frozenset("РК II III IV VI VII".split())


def _unknown_words(old: Tree, fresh: tuple[Fresh, ...]) -> Iterator[Finding]:
    """Abbreviations and single names with a capital letter that the law neither defines nor has used."""
    known = {stem(plain(word)) for row in old.rows for word in WORD.findall(row.text) if word[:1].isupper()}
    defined = {root for row in fresh for match in _DEFINED.finditer(row.row.text) for root in stems(match["term"])}
    seen: set[str] = set()
    for row in fresh:
        text, stretches = row.row.text, known_stretches(row.row.text)
        for match in [*_ABBREVIATION.finditer(text), *_NAME.finditer(text)]:
            root = stem(plain(match[0]))
            inside = any(start <= match.start() < end for start, end in stretches)
            if root in known | defined | seen or match[0] in _NUMERALS or inside or not row.covers(*match.span()):
                continue
            if _title_follows(text, match.end()) or _HEADS.match(match[0].lower()) or _quoted(text, match.start()):
                continue
            seen.add(root)
            fields = {"term": match[0], "unit_ru": cite(row.row.id), "unit_en": cite(row.row.id, "en")}
            yield Finding("UNDEFINED_TERM", "warn", (row.row.id,), match[0], says("amend.undefined-term", **fields),
                          says("amend.undefined-term-repair", term=match[0]))  # fmt: skip


def _title_follows(text: str, at: int) -> bool:
    """Whether the name goes on, as «Закон Республики Казахстан» does: then it is an official title, no short term."""
    return bool(re.match(r"\s+(?:Республики|Казахстан|[А-ЯЁ][а-яё]+)", text[at:])) or bool(re.match(r"\s*№", text[at:]))


def _quoted(text: str, at: int) -> bool:
    return text[:at].count('"') % 2 == 1 or text[:at].count("«") > text[:at].count("»")


_HEADS: Final = re.compile(
    r"(?:комисси|управлени|департамент|комитет|министр|отдел(?!ьн)|агентств|канцеляри|аппарат|начальник|директор|"
    r"председател|секретар|руководител|заместител|инспектор|прокурор|уполномоченн|коллеги|совет(?!ск)|служб[аеоу]й?$|"
    r"центр(?!альн)|фонд|орган$|органом$|органу$|органа$)"
)
_PLAIN_HEADS: Final = re.compile(r"(?:орган|служб|совет|центр|фонд|отдел|уполномоченн)")


def _unknown_actors(old: Tree, fresh: tuple[Fresh, ...]) -> Iterator[Finding]:
    """Officials and bodies in the new words that neither the old law nor the register of actors knows."""
    titles = {actor: actor_words(actor) for actor in ACTORS}
    seen: set[str] = set()
    for row in fresh:
        text, stretches = row.row.text, known_stretches(row.row.text)
        for match in WORD.finditer(text):
            if not _HEADS.match(match[0].lower()) or not row.covers(*match.span()):
                continue
            if any(start <= match.start() < end for start, end in stretches) or _usual(match, text, old):
                continue
            quote = _phrase(text, match.start(), match.end())
            if stem(match[0]) in seen:
                continue
            seen.add(stem(match[0]))
            near = sorted(titles, key=lambda actor: (-likeness(titles[actor], quote), actor))[:3]
            fields = {"words": quote, "unit_ru": cite(row.row.id), "unit_en": cite(row.row.id, "en"),
                      "known": "; ".join(titles[actor] for actor in near)}  # fmt: skip
            yield Finding("ACTOR_UNKNOWN", "warn", (row.row.id,), quote, says("amend.actor-unknown", **fields),
                          says("amend.actor-unknown-repair", known=titles[near[0]], words=quote))  # fmt: skip


def _usual(match: re.Match[str], text: str, old: Tree) -> bool:
    """Whether the old law has the word in the same company, or the word is a common one that names nobody here."""
    word = match[0]
    if word[:1].islower() and _PLAIN_HEADS.match(word.lower()) and not word.lower().startswith("уполномоченн"):
        return True
    before = WORD.findall(text[: match.start()])[-1:]
    after = WORD.findall(text[match.end() :])[:1]
    pairs = {(stem(plain(each)), stem(plain(word))) for each in before} if word[:1].islower() else set()
    pairs |= {(stem(plain(word)), stem(plain(each))) for each in after}
    return any(pair in pairs for row in old.rows for pair in zip(stems(row.text), stems(row.text)[1:], strict=False))


def _phrase(text: str, start: int, end: int) -> str:
    """The name that begins with a head word: what follows up to a mark, a verb or a preposition, six words at most."""
    at = end
    for match in list(WORD.finditer(text, end))[:6]:
        word = match[0].lower()
        if text[at : match.start()].strip() or _BREAKS.fullmatch(word):
            break
        at = match.end()
    return re.sub(r"\s+(?:и|по|при)$", "", text[start:at])


_BREAKS: Final = re.compile(
    r"(?:в|во|на|с|со|для|из|к|ко|о|об|от|до|не|или|после|перед|может|могут|вправе|долж\w+|обязан\w*|\w+(?:ет|ют|ит|ат|ят|ется|ются|ится|атся|ятся))"
)
