"""A shipped amending act checked by itself.

What must agree within it, what it refers to, and what cannot be known without the texts it changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from compliance.amend.text import plain
from compliance.law.model import Law
from compliance.norm.vocabulary import Words
from compliance.source.data import data_path
from compliance.source.diagnostic import Collector
from compliance.source.reader import Mapping as MappingNode
from compliance.source.reader import Node, Scalar, Sequence, read_yaml

MARKS: Final = {
    "en": ("holds", "FAILS", "not derivable from the act"),
    "ru": ("верно", "НЕВЕРНО", "из акта не следует"),
}

Row = tuple[str, bool, str]
"""What was checked, whether it holds, and on what it bears."""


@frozen
class ActReport:
    """The answers: checks with their outcome, and what is derived and not derivable of each operation."""

    act: str
    operations: int
    checks: tuple[Row, ...]
    unknown: tuple[tuple[str, Words], ...]

    @property
    def failed(self) -> bool:
        """Whether something that could be checked does not hold."""
        return not all(holds for _, holds, _ in self.checks)

    def render(self, form: str, lang: str) -> str:
        """As JSON or as lines."""
        if form == "json":
            data = {
                "schema": "reserve.amend.act/1", "act": self.act, "operations": self.operations,
                "checks": [{"check": name, "holds": holds, "of": of} for name, holds, of in self.checks],
                "not_derivable": [{"of": of, "en": words.en, "ru": words.ru} for of, words in self.unknown],
            }  # fmt: skip
            return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        good, bad, unknown = MARKS[lang]
        lines = [f"{self.act}: {self.operations}"]
        lines += [f"  {good if holds else bad}: {name} ({of})" for name, holds, of in self.checks]
        lines += [f"  {unknown} ({of}): {words[lang]}" for of, words in self.unknown]  # type: ignore[index]
        return "\n".join(lines) + "\n"


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
    checks = tuple(_checks(root, operations, law))
    unknown = tuple((number, words) for number, item in operations.items() if (words := _words(item, "not_derived")))
    return ActReport(name, len(operations), checks, unknown)


def _checks(root: MappingNode, operations: Mapping[str, MappingNode], law: Law) -> Iterator[Row]:
    numbers = [str(number) for number in range(1, len(operations) + 1)]
    yield "operations are numbered without gaps", list(operations) == numbers, f"1-{len(operations)}"
    targets = {_text(item, "id") for item in _items(root, "targets")}
    named = [_text(each, "act") in targets for each in operations.values()]
    yield "every operation names a target of the act", all(named), "all"
    places = [(_text(o, "act"), *_list(o.get("place"), "steps")) for o in operations.values()]
    yield "no place is changed twice", len(set(places)) == len(places), "all"
    entry = root.get("entry_into_force")
    yield "one effect date covers all operations", _text(entry, "applies_to") == "all", "entry_into_force"
    for item in _items(root, "agreements"):
        words = plain(_text(item, "words"))
        of = _list(item, "operations")
        parts = [_all_words(operations[number]) for number in of if number in operations]
        units = [law.units[unit].text.ru for unit in _list(item, "units") if unit in law.units]
        same = all(words in plain(text) for text in (*parts, *units))
        yield f"«{words}»", same, ", ".join((*of, *_list(item, "units")))
    for item in _items(root, "references"):
        words, number = plain(_text(item, "words")), _text(item, "operation")
        found = number in operations and words in plain(_all_words(operations[number]))
        yield f"the reference «{words}» stands in the new words", found, number
        changed = [n for n, o in operations.items() if _text(o, "act") == _text(item, "act")
                   and _list(o.get("place"), "steps") == _list(item, "steps")]  # fmt: skip
        yield f"what «{words}» names is changed as noted", changed == _list(item, "changed_by"), number


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
    found = node.get(key)
    en, ru = _text(found, "en"), _text(found, "ru")
    return Words(en, ru) if en and ru else None


def _all_words(node: MappingNode) -> str:
    return " ".join(_text(node, key) for key in ("old", "new"))


__all__ = ["ActReport", "check_act"]
