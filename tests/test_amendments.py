"""The shipped amendments through every layer: the verdict, the codes, the conflicts and the comparison they expect."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from compliance.amend.document import read_amendments
from compliance.amend.effect.ask import Asker
from compliance.amend.effect.meaning import difference
from compliance.amend.effect.newlaw import new_law
from compliance.amend.effect.report import AmendReport
from compliance.amend.effect.run import AmendOptions, amend
from compliance.amend.effect.theorems import verdicts
from compliance.amend.examine import examine
from compliance.amend.from_law import tree_of
from compliance.calendar.load import shipped_calendar
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.source.reader import Mapping, Scalar, Sequence, read_yaml

AMENDMENTS = Path(__file__).resolve().parents[1] / "amendments"
EXAMPLES = sorted(AMENDMENTS.glob("example-*.yaml"))
SLOW = ("both-notices-in-five-days", "notice-in-five-days")
"""Their proofs count working days; the comparison of one of them is enough."""
THEOREMS = "THEOREM_BREAK"


@cache
def law() -> Law:
    """The shipped law."""
    return load_law()


def expectation(path: Path) -> Mapping:
    """What a file expects."""
    root = read_yaml(path)
    assert isinstance(root, Mapping)
    found = root.get("expect")
    assert isinstance(found, Mapping)
    return found


def word(node: object) -> str:
    return node.text if isinstance(node, Scalar) else ""


def words(node: object) -> list[str]:
    return [word(item) for item in node.items] if isinstance(node, Sequence) else []


def pairs(node: object) -> list[list[str]]:
    return [words(item) for item in node.items] if isinstance(node, Sequence) else []


def compared() -> list[Path]:
    found = [path for path in sorted(AMENDMENTS.glob("*.yaml")) if not path.name.endswith(".expect.yaml")]
    return [path for path in found if path.stem not in SLOW[1:] and expectation(path).get("compare") is not None]


@cache
def report(path: Path, *, quick: bool) -> AmendReport:
    (package,) = read_amendments(path.read_text(encoding="utf-8"), path.name)
    return amend(law(), package, AmendOptions(theorems=False, facets=not quick, compare_only=quick))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_come_out_as_written(path: Path) -> None:
    expect, found = expectation(path), report(path, quick=False)
    codes = {finding.code for finding in found.findings}
    wanted = {code for code in words(expect.get("checks")) if code != THEOREMS}
    assert wanted <= codes
    assert found.relation == word(expect.get("compare"))
    assert sorted(sorted(units) for units in found.conflicts) == sorted(
        sorted(u) for u in pairs(expect.get("conflicts"))
    )
    silent = tuple(words(expect.get("silent")))
    assert not [code for code in codes if silent and code.startswith(silent)]
    assert found.verdict == word(expect.get("verdict"))


def test_the_facets_of_a_shorter_stay() -> None:
    (path,) = (path for path in EXAMPLES if path.stem.startswith("example-2"))
    wanted = expectation(path).get("facets")
    assert isinstance(wanted, Mapping)
    comparison = report(path, quick=False).comparison
    assert comparison is not None
    facets = {facet.name: facet.relation for facet in comparison.facets}
    assert {name.text: facets[name.text] for name, _ in wanted.entries} == {k.text: word(v) for k, v in wanted.entries}


@pytest.mark.parametrize("path", compared(), ids=lambda path: path.stem)
def test_every_comparison(path: Path) -> None:
    found = report(path, quick=path not in EXAMPLES)
    assert found.relation == word(expectation(path).get("compare"))
    for told, name in ((found.comparison, "looser"), (found.comparison, "stricter")):
        assert told is not None
        side = told.looser_side if name == "looser" else told.stricter_side
        assert bool(told.because.get(name)) == (side.facts is not None)


def test_a_report_is_the_same_every_time() -> None:
    (path,) = (path for path in EXAMPLES if path.stem.startswith("example-4"))
    (package,) = read_amendments(path.read_text(encoding="utf-8"), path.name)
    again = amend(law(), package, AmendOptions(theorems=False))
    assert again.as_json() == report(path, quick=False).as_json()


@pytest.mark.parametrize(("name", "broken"), [("example-4", {"D16"}), ("example-5", set()), ("example-6", {"D19.5"})])
def test_theorems_that_break(name: str, broken: set[str]) -> None:
    (path,) = (path for path in EXAMPLES if path.stem.startswith(name))
    (package,) = read_amendments(path.read_text(encoding="utf-8"), path.name)
    tree = tree_of(law().written)
    new = new_law(law(), examine(tree, package), tree)
    found = difference(new.old, new.law, new.old.default_profile)
    folder = path.parent.parent / "proofs"
    answers = verdicts(found, Asker(shipped_calendar(), new.old.default_profile), folder)
    flipped = {answer.id for answer in answers if answer.flipped}
    assert broken <= flipped
    assert bool(broken) == bool(flipped)
    assert all(answer.old == "proved" or answer.new == "proved" for answer in answers if answer.flipped)
