"""A shipped amending act checked by itself.

What must agree within it, what it refers to, and what cannot be known without the texts it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from compliance.amend.text import plain
from compliance.law.model import Law
from compliance.norm.vocabulary import Words
from compliance.source.data import data_path
from compliance.source.diagnostic import Collector
from compliance.source.reader import Mapping as MappingNode
from compliance.source.reader import Node, Scalar, Sequence, read_yaml


@frozen
class Row:
    """What was checked, whether it holds, and on which operations and units it bears."""

    check: Words
    holds: bool
    of: tuple[str, ...]


@frozen
class Operation:
    """One operation of the act: where it works and how, what follows from the act alone, and what does not."""

    number: str
    item: str
    act: str
    kind: str
    place: Words
    derived: Words | None
    not_derived: Words | None


@frozen
class ActReport:
    """The answers: checks with their outcome, and what is derived and not derivable of each operation."""

    act: str
    title: Words
    operations: tuple[Operation, ...]
    targets: Mapping[str, Words]
    checks: tuple[Row, ...]

    @property
    def failed(self) -> bool:
        """Whether something that could be checked does not hold."""
        return not all(row.holds for row in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "schema": "reserve.amend.act/1",
            "act": self.act,
            "operations": len(self.operations),
            "listed": [
                {"number": each.number, "item": each.item, "act": each.act, "operation": each.kind,
                 "place": _both(each.place), "derived": _both(each.derived), "not_derived": _both(each.not_derived)}
                for each in self.operations
            ],
            "checks": [{"check": _both(row.check), "holds": row.holds, "of": list(row.of)} for row in self.checks],
            "not_derivable": [
                {"of": each.number, **(_both(each.not_derived) or {})} for each in self.operations if each.not_derived
            ],
        }  # fmt: skip


def _both(words: Words | None) -> dict[str, str] | None:
    return {"en": words.en, "ru": words.ru} if words else None


def check_act(name: str, law: Law) -> ActReport:
    """The report on `model/acts/NAME.yaml`; raises `Problems` for a name that is none."""
    known = {path.stem: path for path in sorted(data_path("model", "acts").glob("*.yaml"))}
    if name not in known:
        collector = Collector()
        collector.unknown("effect.unknown-act", None, name, known)
        collector.raise_if_any()
    root = read_yaml(known[name])
    assert isinstance(root, MappingNode)
    operations = {_text(item, "number"): item for item in _items(root, "operations")}
    listed = tuple(_operation(number, item) for number, item in operations.items())
    targets = {_text(item, "id"): _words(item, "title") or Words("", "") for item in _items(root, "targets")}
    title = _words(head, "title") if isinstance(head := root.get("act"), MappingNode) else None
    return ActReport(name, title or Words(name, name), listed, targets, tuple(_checks(root, operations, law)))


def _operation(number: str, item: MappingNode) -> Operation:
    place = item.get("place")
    where = _words_of(place) or Words("", "")
    return Operation(number, _text(item, "item"), _text(item, "act"), _text(item, "operation"), where,
                     _words(item, "derived"), _words(item, "not_derived"))  # fmt: skip


_SAYS: Final = {
    "numbers": Words("operations are numbered without gaps", "операции пронумерованы без пропусков"),
    "targets": Words("every operation names a target of the act", "каждая операция называет изменяемый акт"),
    "places": Words("no place is changed twice", "ни одно место не меняется дважды"),
    "entry": Words("one effect date covers all operations", "у всех операций один день введения в действие"),
    "agree": Words("«{words}» stands everywhere it must", "«{words}» стоит везде, где должно"),
    "stands": Words("the reference «{words}» stands in the new words", "ссылка «{words}» стоит в новых словах"),
    "noted": Words("what «{words}» names is changed by the operations noted, and by no other",
                   "то, на что указывает «{words}», меняют отмеченные операции и никакие другие"),
}  # fmt: skip


def _row(name: str, holds: bool, of: Iterable[str], words: str = "") -> Row:
    said = _SAYS[name]
    return Row(Words(said.en.replace("{words}", words), said.ru.replace("{words}", words)), holds, tuple(of))


def _checks(root: MappingNode, operations: Mapping[str, MappingNode], law: Law) -> Iterator[Row]:
    numbers = [str(number) for number in range(1, len(operations) + 1)]
    yield _row("numbers", list(operations) == numbers, ("1", str(len(operations))))
    targets = {_text(item, "id") for item in _items(root, "targets")}
    named = [_text(each, "act") in targets for each in operations.values()]
    yield _row("targets", all(named), operations)
    places = [(_text(o, "act"), *_list(o.get("place"), "steps")) for o in operations.values()]
    yield _row("places", len(set(places)) == len(places), operations)
    yield _row("entry", _text(root.get("entry_into_force"), "applies_to") == "all", operations)
    for item in _items(root, "agreements"):
        words = plain(_text(item, "words"))
        of = _list(item, "operations")
        parts = [_all_words(operations[number]) for number in of if number in operations]
        units = [law.units[unit].text.ru for unit in _list(item, "units") if unit in law.units]
        same = all(words in plain(text) for text in (*parts, *units))
        yield _row("agree", same, (*of, *_list(item, "units")), words)
    for item in _items(root, "references"):
        words, number = plain(_text(item, "words")), _text(item, "operation")
        found = number in operations and words in plain(_all_words(operations[number]))
        yield _row("stands", found, (number,), words)
        changed = [n for n, o in operations.items() if _text(o, "act") == _text(item, "act")
                   and _list(o.get("place"), "steps") == _list(item, "steps")]  # fmt: skip
        yield _row("noted", changed == _list(item, "changed_by"), (number,), words)


def _items(node: MappingNode, key: str) -> list[MappingNode]:
    found = node.get(key)
    return [item for item in found.items if isinstance(item, MappingNode)] if isinstance(found, Sequence) else []


def _text(node: Node | None, key: str) -> str:
    found = node.get(key) if isinstance(node, MappingNode) else None
    return found.text if isinstance(found, Scalar) else ""


def _list(node: Node | None, key: str) -> list[str]:
    found = node.get(key) if isinstance(node, MappingNode) else None
    return [item.text for item in found.items if isinstance(item, Scalar)] if isinstance(found, Sequence) else []


def _words(node: MappingNode, key: str) -> Words | None:
    return _words_of(node.get(key))


def _words_of(found: Node | None) -> Words | None:
    en, ru = _text(found, "en"), _text(found, "ru")
    return Words(en, ru) if en and ru else None


def _all_words(node: MappingNode) -> str:
    return " ".join(_text(node, key) for key in ("old", "new"))


__all__ = ["ActReport", "Operation", "Row", "check_act"]
