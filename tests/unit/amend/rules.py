"""What the tests of amendments share: the tree of the Rules as shipped, and packages read from a line of words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from compliance.amend.apply import apply
from compliance.amend.document import read_amendments
from compliance.amend.examine import TextReport, examine
from compliance.amend.operations import Package
from compliance.amend.tree import Tree, from_pairs
from compliance.source.reader import Mapping, Scalar, Sequence, read_yaml

CHECKOUT = Path(__file__).resolve().parents[3]
AMENDMENTS = CHECKOUT / "amendments"


def _items(path: Path, key: str) -> list[Mapping]:
    root = read_yaml(path)
    assert isinstance(root, Mapping)
    found = root.get(key)
    assert isinstance(found, Sequence)
    return [item for item in found.items if isinstance(item, Mapping)]


def _words(item: Mapping, key: str) -> str:
    found = item.get(key)
    if isinstance(found, Mapping):
        found = found.get("ru")
    assert isinstance(found, Scalar)
    return found.text


@cache
def the_rules() -> Tree:
    """The Rules of the model: chapter headings and units, without their norms."""
    folder = CHECKOUT / "model" / "rules"
    chapters = {_words(item, "first"): item for item in _items(folder / "chapters.yaml", "chapters")}
    pairs: list[tuple[str, str]] = []
    for path in sorted(folder.glob("p*.yaml")):
        for unit in _items(path, "units"):
            heading = chapters.pop(_words(unit, "id").partition(".")[0], None)
            pairs += [(_words(heading, "id"), _words(heading, "text"))] if heading else []
            pairs.append((_words(unit, "id"), _words(unit, "text")))
    return from_pairs(pairs)


def package(words: str, name: str = "amendment.txt") -> Package:
    """The one package of a text."""
    (found,) = read_amendments(words, name)
    return found


def report(words: str, name: str = "amendment.txt") -> TextReport:
    """The text layers' report on a text against the Rules."""
    return examine(the_rules(), package(words, name))


def after(words: str, tree: Tree | None = None) -> Tree:
    """The law after an amendment that can be applied."""
    applied = apply(tree or the_rules(), package(words).operations)
    assert applied.tree is not None, [finding.message.say("en") for finding in applied.findings]
    return applied.tree


def codes(found: TextReport) -> list[str]:
    """The codes of a report, sorted, each once."""
    return sorted({finding.code for finding in found.findings})
