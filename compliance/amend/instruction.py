"""Reads amending acts as drafters write them, in Russian, into operations with places in the drafter's own text."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from compliance.amend.address import Address
from compliance.amend.build import Context, operations_of, places_of
from compliance.amend.clauses import entry_into_force, is_preamble, transitional
from compliance.amend.operations import (
    EntryIntoForce,
    Operation,
    Package,
    Quoted,
    Restate,
    Target,
    Transitional,
)
from compliance.amend.scan import KNOWN_WORDS, Locate, Token, joined
from compliance.amend.segments import Segment, acts, segments
from compliance.amend.text import plain
from compliance.source.diagnostic import Collector, did_you_mean
from compliance.source.loc import Place, Source

if TYPE_CHECKING:
    from lark import Lark

LONGEST: Final = 400_000
MOST_OPERATIONS: Final = 400
_OWN: Final = re.compile(r"Президентск\w+\s+(?:кадрового\s+)?резерва", re.IGNORECASE)
_OTHER_ACT: Final = re.compile(
    r"\s*(?:в|во)\s+(?P<act>(?:указ|закон|положени|правил|состав|план|концепци|кодекс|перечн|переч|инструкци|приказ|"
    r"постановлени|регламент)\w*\s.*)",
    re.IGNORECASE | re.DOTALL,
)
_ANNEXED: Final = re.compile(
    r"\s*(?P<act>.+?)\s+изложить\s+в\s+новой\s+редакции\s+согласно\s+приложению.*", re.IGNORECASE | re.DOTALL
)


def parse_instruction(text: str, name: str, locate: Locate | None = None) -> Package:
    """The operations of an amending text; raises `Problems` with every sentence that has no known form.

    `locate` turns an offset and a width into a place; by default the text is the whole of the file `name`.
    """
    source, collector = Source(name, text), Collector()
    where = locate or source.place_of
    if len(text) > LONGEST:
        collector.fail("amend.too-long", where(0, 1), limit=str(LONGEST))
    reader = _Reader(where, collector)
    for segment in segments(text, where, collector):
        reader.take(segment)
    if not reader.operations and not collector.has_errors:
        collector.error("amend.nothing", where(0, 1), expected=_EXAMPLES[:2])
    collector.raise_if_any()
    return Package(name, tuple(reader.operations), reader.entry, tuple(reader.clauses), tuple(reader.preambles))


class _Reader:
    """Walks the pieces of an act with the head that stands over them."""

    def __init__(self, where: Locate, collector: Collector) -> None:
        self.where, self.collector = where, collector
        self.operations: list[Operation] = []
        self.entry: EntryIntoForce | None = None
        self.clauses: list[Transitional] = []
        self.preambles: list[Quoted] = []
        self.context = Context()
        self.bases: dict[str, Context] = {}
        self.decree = ""

    def take(self, segment: Segment) -> None:
        """Reads one piece: a head, a clause, a preamble or an instruction."""
        place = self.where(segment.start, segment.end - segment.start)
        if segment.item:
            self.context = self.bases.setdefault(segment.item, self.context)
            if segment.item == "1.":
                self.bases.pop("1)", None)
        if not acts(segment) and self._clause(segment, place):
            return
        if is_preamble(segment.text) and not acts(segment):
            self._preamble(segment, place)
        elif segment.head and not acts(segment):
            self._head(segment, place)
        else:
            self._instruction(segment, place)

    def _clause(self, segment: Segment, place: Place) -> bool:
        entry = entry_into_force(segment.text, place, self.collector)
        if entry is not None:
            if self.entry is not None:
                self.collector.error("amend.entry-twice", place)
            self.entry = entry
            reaching = transitional(segment.text, place)
            self.clauses += [reaching] if reaching is not None else []
            return True
        clause = transitional(segment.text, place)
        if clause is not None:
            self.clauses.append(clause)
        return clause is not None

    def _preamble(self, segment: Segment, place: Place) -> None:
        self.preambles.append(Quoted(segment.text, place))
        if not _OWN.search(segment.text) and re.search(r"№\s*\d+", segment.text):
            self.context = Context(act=_name(segment.text))

    def _head(self, segment: Segment, place: Place) -> None:
        other = _OTHER_ACT.fullmatch(segment.text)
        if other and not any(token.kind in ("POINT", "SUB", "PART", "PARA") for token in segment.tokens[:2]):
            rules = _OWN.search(other["act"]) and re.match(r"правил", other["act"], re.IGNORECASE)
            name = _name(other["act"])
            self.decree = name if name.lower().startswith("указ") else self.decree
            of = f" ({self.decree})" if "вышеназванн" in name and self.decree else ""
            self.context = Context(act="" if rules else name + of)
            return
        found = self._parse(segment, place, [*segment.tokens, Token("DELETE", "", segment.end, segment.end)])
        if found is None:
            return
        addresses = places_of(found.children[0])
        if len(addresses) != 1:
            self.collector.error("amend.head-many", place, words=segment.text)
            return
        self.context = evolve(self.context, address=addresses[0].within(self.context.address))

    def _instruction(self, segment: Segment, place: Place) -> None:
        if annexed := _ANNEXED.fullmatch(segment.text):
            own = bool(_OWN.search(annexed["act"]))
            target = Target(Address(whole="act"), place, annexed["act"], "" if own else _name(annexed["act"]))
            self._add([Restate(target, Quoted("", place), place, annex=True)], place)
            return
        found = self._parse(segment, place, list(segment.tokens))
        if found is not None:
            self._add(operations_of(found, self.context, place, self.where, self.collector), place)

    def _add(self, found: list[Operation], place: Place) -> None:
        self.operations += found
        if len(self.operations) > MOST_OPERATIONS:
            self.collector.fail("amend.too-many", place, limit=str(MOST_OPERATIONS))

    def _parse(self, segment: Segment, place: Place, found: list[Token]) -> Any:
        from lark.exceptions import UnexpectedInput

        try:
            return _grammar().parse(_Stream(tuple(joined(found))))
        except UnexpectedInput as error:
            self._report(segment, place, error)
            return None

    def _report(self, segment: Segment, place: Place, error: Any) -> None:
        """Says where the piece left every known form, what could have stood there, and the form that comes nearest."""
        token = getattr(error, "token", None)
        at = getattr(token, "start_pos", None)
        ended = getattr(token, "type", "") == "$END"
        wrong = next((found for found in segment.tokens if found.start == at and not ended), None)
        expected = sorted(
            {_SHOWN[kind] for kind in getattr(error, "accepts", None) or error.expected if kind in _SHOWN}
        )
        if wrong is None:
            if swallowed := next((t for t in segment.tokens if t.kind == "QUOTED" and _VERB.search(t.text)), None):
                self.collector.error("amend.quote-open", self.where(swallowed.start - 1, 1), mark='"')
                return
            end = self.where(max(segment.start, segment.end - 1), 1)
            self.collector.error(
                "amend.unfinished", end, expected=expected, words=segment.text, form=form_near(segment.text)
            )
            return
        spot = self.where(wrong.start, max(1, wrong.end - wrong.start))
        if wrong.kind == "FORMS":
            self.collector.error("amend.forms-not-listed", spot, words=wrong.text)
            return
        near = did_you_mean(wrong.text, KNOWN_WORDS) if wrong.kind == "WORD" and len(wrong.text) > 3 else None
        words = wrong.text or segment.text
        self.collector.error(
            "amend.unknown-form", spot, expected=expected, suggestion=near, words=words, form=form_near(segment.text)
        )


def _name(words: str) -> str:
    return " ".join(words.split())


@frozen
class _Stream:
    """What is handed to the parser in the place of a text."""

    tokens: tuple[Token, ...]


@cache
def _grammar() -> Lark:
    from lark import Lark
    from lark import Token as LarkToken
    from lark.lexer import Lexer

    class Ready(Lexer):
        """Hands over tokens that scan.py has cut."""

        def __init__(self, _: object) -> None:
            pass

        def lex(self, lexer_state: Any, parser_state: Any = None) -> Any:
            """The tokens, each carrying ours as its value."""
            for token in lexer_state.tokens:
                yield LarkToken(token.kind, token, start_pos=token.start, end_pos=token.end)

    text = (Path(__file__).parent / "grammar.lark").read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=Ready, start="start")


_SHOWN: Final = {
    "IN": "в", "POINT": "пункт", "SUB": "подпункт", "PART": "часть", "PARA": "абзац", "SENTENCE": "предложение",
    "POINT_INS": "пунктом", "SUB_INS": "подпунктом", "PART_INS": "частью", "PARA_INS": "абзацем", "NUM": "14",
    "SUBNUM": "3)", "ORD": "второй", "QUOTED": "\"...\"", "WORDS": "слова", "WORDS_INS": "словами",
    "REPLACE": "заменить", "DELETE": "исключить", "ADD": "дополнить", "RESTATE": "изложить", "COUNT": "считать",
    "AFTER": "после", "BEFORE": "перед", "EDITION": "в следующей редакции", "CONTENT": "следующего содержания",
    "THROUGHOUT": "по тексту", "RESPECTIVELY": "соответственно",
}  # fmt: skip
_EXAMPLES: Final = (
    'в части второй пункта 14 слова "трех месяцев" заменить словами "шести месяцев";',
    "пункт 20 исключить;",
    'в пункте 9 слова "личных и деловых" исключить;',
    'пункт 13 после слов "рабочих дней" дополнить словами "...";',
    'пункт 18 дополнить подпунктом 9) следующего содержания: "9) ...";',
    'пункт 14 изложить в следующей редакции: "14. ...";',
    "пункты 8 – 20 считать соответственно пунктами 9 – 21;",
)


_VERB: Final = re.compile(r"\s(?:заменить|исключить|дополнить|изложить)(?:\s|$)", re.IGNORECASE)


def form_near(words: str) -> str:
    """The known form that comes nearest to an instruction, by the verb it seems to use."""
    said = plain(words).lower()
    for stem, index in (("замен", 0), ("излож", 5), ("счита", 6), ("содержани", 4), ("дополн", 3), ("слов", 2)):
        if stem in said:
            return _EXAMPLES[index]
    return _EXAMPLES[1]
