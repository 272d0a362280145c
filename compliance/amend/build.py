"""From the parse of one instruction to operations: numbers spread out, heads applied, pairs of words matched."""

from __future__ import annotations

import re
from typing import Any, Final, cast

from attrs import evolve, frozen

from compliance.amend.address import LEVELS, Address, Level
from compliance.amend.operations import (
    AddUnit,
    DeleteUnit,
    DeleteWords,
    InsertWords,
    Operation,
    Quoted,
    Renumber,
    ReplaceWords,
    Restate,
    Target,
)
from compliance.amend.scan import Locate, Token
from compliance.amend.split import top_pieces
from compliance.amend.tree import leading_number
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place

MOST_UNITS: Final = 200


@frozen
class Context:
    """The head that stands over an instruction: another act, a unit of the Rules, or nothing."""

    act: str = ""
    address: Address = Address()


def ours(item: Any) -> Token:
    """The token of scan.py inside a token of the parser."""
    return cast(Token, item.value)


# Places -----------------------------------------------------------------------------------------------------


def places_of(tree: Any) -> list[Address]:
    """All the addresses that a place names: «пункты 5, 16 и 18» are three."""
    return [address for chain in tree.children if _data(chain) == "chain" for address in _chain(chain)]


def _data(item: Any) -> str:
    return str(getattr(item, "data", ""))


def _chain(chain: Any) -> list[Address]:
    steps = [found for step in chain.children for found in _steps(step)]
    return _product(steps)


def _product(steps: list[tuple[Level, list[str]]]) -> list[Address]:
    addresses: list[tuple[tuple[Level, str], ...]] = [()]
    for level, numbers in sorted(steps, key=lambda step: LEVELS.index(step[0])):
        addresses = [(*address, (level, number)) for address in addresses for number in numbers]
    return [Address(steps) for steps in addresses]


def _steps(step: Any) -> list[tuple[Level, list[str]]]:
    """One step of an address; a heading is the first line of its chapter."""
    if _data(step) == "heading":
        return [("chapter", _numbers(step.children[-1])), ("paragraph", ["1"])]
    return [_step(step)]


def _step(step: Any) -> tuple[Level, list[str]]:
    """A level with its numbers; none where the drafter left it to the text («дополнить частью»)."""
    numbers = next((child for child in step.children if _data(child) in ("nums", "subnums", "ords")), None)
    return cast(Level, _data(step)), _numbers(numbers) if numbers is not None else []


def _numbers(tree: Any) -> list[str]:
    out: list[str] = []
    span = False
    for item in (ours(child) for child in tree.children):
        if item.kind == "RANGE":
            span = True
        elif item.kind in ("NUM", "SUBNUM", "ORD"):
            number = str(item.number) if item.kind == "ORD" else item.text.rstrip(")")
            out += _between(out[-1], number) if span and out else [number]
            span = False
    return out


def _between(first: str, last: str) -> list[str]:
    if "-" in first or "-" in last or "." in first or "." in last:
        return [last]
    numbers = range(int(first) + 1, int(last) + 1)
    return [str(number) for number in numbers[:MOST_UNITS]] or [last]


def fresh_of(tree: Any) -> tuple[Level, list[str], list[tuple[Level, list[str]]]]:
    """The units that come: their level, their numbers, and the larger units named with them."""
    if _data(tree) == "chained":
        numbers = next(child for child in tree.children if _data(child) == "subnums")
        return "sub", _numbers(numbers), [_step(child) for child in tree.children if _data(child) in LEVELS]
    return (*_step(tree), [])


# Operations -------------------------------------------------------------------------------------------------


@frozen
class _Frame:
    context: Context
    place: Place
    where: Locate
    collector: Collector

    def quoted(self, token: Token) -> Quoted:
        """A quotation with the place of its first words; one that holds nothing is an error."""
        if not token.text.strip():
            self.collector.error("amend.quote-empty", self.where(max(0, token.start - 1), 2))
        return Quoted(token.text, self.where(token.start, max(1, len(token.text))))

    def target(self, address: Address, at: Place, words: str) -> Target:
        """A unit under the head."""
        return Target(address.within(self.context.address), at, words, self.context.act)


def operations_of(tree: Any, context: Context, place: Place, where: Locate, collector: Collector) -> list[Operation]:
    """The operations of one instruction, in its order."""
    frame = _Frame(context, place, where, collector)
    targets = _targets(tree, frame)
    if _data(tree) == "of_title":
        targets = [evolve(targets[0], address=Address(whole="title"))]
    elif _data(tree) != "instruction":
        return _action(_RENAMED.sub("", _data(tree)), tree.children, targets, frame)
    out: list[Operation] = []
    for child in tree.children:
        if _data(child) and _data(child) != "place":
            out += _action(_data(child), child.children, targets, frame)
    return out


_RENAMED: Final = re.compile(r"_(?:first|throughout)$")


def _targets(tree: Any, frame: _Frame) -> list[Target]:
    place = next((child for child in tree.children if _data(child) == "place"), None)
    if place is None:
        return [frame.target(Address(), frame.place, "")]
    found = [ours(token) for token in place.scan_values(lambda item: hasattr(item, "type"))]
    start, end = found[0].start, found[-1].end
    at = frame.where(start, end - start)
    words = " ".join(token.text for token in found)
    return [frame.target(address, at, words) for address in places_of(place)]


def _quotes(children: list[Any]) -> list[list[Token]]:
    """The quotations of an action: a list for each `quotes`, single ones as lists of one."""
    out: list[list[Token]] = []
    for child in children:
        if _data(child) == "quotes":
            out.append([ours(token) for token in child.children if token.type == "QUOTED"])
        elif getattr(child, "type", "") == "QUOTED":
            out.append([ours(child)])
    return out


def _action(name: str, children: list[Any], targets: list[Target], frame: _Frame) -> list[Operation]:
    quotes = _quotes(children)
    everywhere = any("THROUGHOUT" in (_data(child).upper(), getattr(child, "type", "")) for child in children)
    match name:
        case "replace":
            return _replace(quotes, everywhere, targets, frame)
        case "delete_words":
            return [
                DeleteWords(target, frame.quoted(old), everywhere, frame.place)
                for target in targets
                for old in quotes[0]
            ]
        case "insert_end" | "insert_after" | "insert_before" | "after_insert" | "before_insert":
            return _insert(name, quotes, targets, frame)
        case "add_sentence":
            return _add_sentence(children, quotes[0][0], targets, frame)
        case "restate_heading":
            return _restate(quotes[0][0], [frame.target(_heading(children), frame.place, "")], frame)
        case "delete":
            return _delete(targets, frame)
        case "restate":
            return _restate(quotes[0][0], targets, frame)
        case "add_after":
            return _add_after(children, quotes[0][0], targets, frame)
        case "restate_annex":
            return [Restate(target, Quoted("", frame.place), frame.place, annex=True) for target in targets]
        case "add_after_in":
            chain = next(child for child in children if _data(child) == "chain")
            sibling = frame.target(_chain(chain)[0].within(targets[0].address), frame.place, targets[0].words)
            return _add_after(children, quotes[0][0], [sibling], frame)
        case "add":
            return _add(children, quotes[0][0], targets, frame)
        case "renumber":
            return _renumber(children, targets, frame)
        case _:
            return _special(name, children, quotes, targets, frame)


def _special(
    name: str, children: list[Any], quotes: list[list[Token]], targets: list[Target], frame: _Frame
) -> list[Operation]:
    """Rows of tables, titles and preambles: places that only other acts have."""
    if name == "restate_whole":
        whole = ours(children[0]).text.lower()
        label = {"заголовок": "title", "наименование": "title"}.get(whole, "preamble")
    else:
        label = f"row:{quotes[0][0].text}"
    target = evolve(targets[0], address=Address(whole=label))
    if name == "delete_row":
        return [DeleteUnit(target, frame.place)]
    return [Restate(target, frame.quoted(quotes[-1][0]), frame.place)]


def _replace(quotes: list[list[Token]], everywhere: bool, targets: list[Target], frame: _Frame) -> list[Operation]:
    old, new = quotes
    if len(old) != len(new) and len(new) != 1:
        at = frame.where(new[-1].start, len(new[-1].text))
        frame.collector.error("amend.pairs", at, old=str(len(old)), new=str(len(new)))
        return []
    pairs = list(zip(old, new if len(new) == len(old) else new * len(old), strict=True))
    return [
        ReplaceWords(target, frame.quoted(one), frame.quoted(other), everywhere, frame.place)
        for target in targets
        for one, other in pairs
    ]


def _insert(name: str, quotes: list[list[Token]], targets: list[Target], frame: _Frame) -> list[Operation]:
    words = [group[0] for group in quotes]
    if name in ("after_insert", "before_insert"):
        words.reverse()
    anchor = frame.quoted(words[1]) if len(words) > 1 else None
    before = name in ("insert_before", "before_insert")
    return [InsertWords(target, frame.quoted(words[0]), anchor, before, frame.place) for target in targets]


def _add_sentence(children: list[Any], text: Token, targets: list[Target], frame: _Frame) -> list[Operation]:
    """«Дополнить предложением (третьим)»: without a number it is the last one."""
    ords = next((_numbers(child) for child in children if _data(child) == "ords"), ["0"])
    return [
        AddUnit(evolve(target, address=Address((*target.address.steps, ("sentence", ords[0])))), frame.quoted(text),
                frame.place)
        for target in targets
    ]  # fmt: skip


def _heading(children: list[Any]) -> Address:
    numbers = next(_numbers(child) for child in children if _data(child) == "nums")
    return Address((("chapter", numbers[0]), ("paragraph", "1")))


def _delete(targets: list[Target], frame: _Frame) -> list[Operation]:
    if not targets[0].address.steps and not targets[0].address.whole:
        frame.collector.error("amend.no-unit", frame.place)
        return []
    if targets[0].address.steps and targets[0].address.steps[-1][0] in _PLACED:
        targets = sorted(targets, key=lambda target: -int(target.address.steps[-1][1].partition("-")[0]))
    return [DeleteUnit(target, frame.place) for target in targets]


_PLACED: Final = ("part", "paragraph", "sentence")
"""Units that are counted by their place: of several that one instruction deletes, the last goes first."""


def _restate(text: Token, targets: list[Target], frame: _Frame) -> list[Operation]:
    """Several units may be restated by one text that holds them one after another."""
    if len(targets) == 1:
        return [Restate(targets[0], frame.quoted(text), frame.place)]
    level = targets[0].address.steps[-1][0] if targets[0].address.steps else "point"
    pieces = _pieces(text, level, len(targets), frame)
    return [Restate(target, quoted, frame.place) for target, quoted in zip(targets, pieces, strict=False)]


def _pieces(text: Token, level: str, count: int, frame: _Frame) -> list[Quoted]:
    """The units that a quotation holds, each with its place; an error where their number is not the one announced."""
    pieces = top_pieces(text.text, level) if count > 1 else [(0, text.text)]
    if len(pieces) != count:
        at = frame.where(text.start, max(1, len(text.text)))
        frame.collector.error("amend.pieces", at, announced=str(count), given=str(len(pieces)))
        return []
    return [Quoted(piece, frame.where(text.start + offset, max(1, len(piece)))) for offset, piece in pieces]


def _add_after(children: list[Any], text: Token, targets: list[Target], frame: _Frame) -> list[Operation]:
    """«После пункта 14 дополнить пунктом 14-1»: the sibling says where, and the parent of the sibling is the parent."""
    sibling = targets[0]
    parent = evolve(sibling, address=Address(sibling.address.steps[:-1]))
    found = _add(children, text, [parent], frame)
    return [evolve(each, after=sibling) if isinstance(each, AddUnit) else each for each in found[:1]] + found[1:]


def _add(children: list[Any], text: Token, targets: list[Target], frame: _Frame) -> list[Operation]:
    level, numbers, larger = fresh_of(next(child for child in children if _data(child) in (*LEVELS, "chained")))
    base = targets[0]
    numbers = numbers or _own_numbers(text.text, level)
    if larger:
        base = frame.target(_product(larger)[0], base.place, base.words)
    if level in ("part", "sub", "paragraph") and not (base.address.steps or base.act):
        frame.collector.error("amend.no-parent", frame.place)
        return []
    out: list[Operation] = []
    for number, quoted in zip(numbers, _pieces(text, level, len(numbers), frame), strict=False):
        address = Address(((level, number),)).within(base.address)
        out.append(AddUnit(Target(address, base.place, base.words, base.act), quoted, frame.place))
    return out


def _own_numbers(text: str, level: Level) -> list[str]:
    """The numbers that the text itself gives its units; an empty one where the place alone counts, or it gives none."""
    if level not in ("point", "sub"):
        return [""]
    found = [leading_number(piece) for _, piece in top_pieces(text, level)]
    return [number[0] if number else "" for number in found] or [""]


def _renumber(children: list[Any], targets: list[Target], frame: _Frame) -> list[Operation]:
    level, numbers, _ = fresh_of(next(child for child in children if _data(child) in LEVELS))
    if len(numbers) != len(targets):
        frame.collector.error("amend.renumber-count", frame.place, old=str(len(targets)), new=str(len(numbers)))
        return []
    new = [
        evolve(target, address=Address((*target.address.steps[:-1], (level, number))))
        for target, number in zip(targets, numbers, strict=True)
    ]
    return [Renumber(tuple(targets), tuple(new), frame.place)]
