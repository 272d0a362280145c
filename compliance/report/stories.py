"""Which of the shipped stories are about a unit or a reading.

A story is about what its expectations name, and about what a comment line of it says: `# for p13, until_date`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from compliance.source.data import shown_name
from compliance.source.diagnostic import Problems
from compliance.source.reader import Mapping as MappingNode
from compliance.source.reader import Node, Scalar, parse_yaml, read_text
from compliance.source.reader import Sequence as SequenceNode

_FOR: Final = re.compile(r"^# for (.+)$", re.MULTILINE)


def stories_about(name: str, folder: Path) -> tuple[str, ...]:
    """The stories about a name, sorted; files that do not even contain it are not parsed."""
    paths = sorted(folder.rglob("*.yaml")) if folder.is_dir() else []
    return tuple(
        shown_name(path) for path in paths if name in _read(path) and name in _names_of(_read(path), str(path))
    )


def _read(path: Path) -> str:
    try:
        return read_text(path)
    except Problems:
        return ""


def _names_of(text: str, file: str) -> set[str]:
    names = {word.strip() for line in _FOR.findall(text) for word in line.split(",")}
    try:
        root = parse_yaml(text, file)
    except Problems:
        return names
    return names | {name for expect in _expectations(root) for name in _named(expect)}


def _expectations(root: Node) -> Iterator[MappingNode]:
    """The expectation of the file and those of its officers."""
    if not isinstance(root, MappingNode):
        return
    officers = root.get("officers")
    items = officers.items if isinstance(officers, SequenceNode) else ()
    for node in (root, *items):
        expect = node.get("expect") if isinstance(node, MappingNode) else None
        if isinstance(expect, MappingNode):
            yield expect


def _named(expect: MappingNode) -> Iterator[str]:
    """Units expected to fail or to be open, units of duties and proposals, and readings that are turned on."""
    yield from _texts(expect.get("units"))
    pending = expect.get("pending")
    for duty in pending.items if isinstance(pending, SequenceNode) else ():
        yield from _texts(duty.get("unit") if isinstance(duty, MappingNode) else None)
    proposal = expect.get("proposal")
    yield from _texts(proposal.get("units") if isinstance(proposal, MappingNode) else None)
    depends_on = expect.get("depends_on")
    yield from depends_on.keys if isinstance(depends_on, MappingNode) else ()


def _texts(node: Node | None) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, SequenceNode):
        yield from (item.text for item in node.items if isinstance(item, Scalar))
