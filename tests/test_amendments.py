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
from compliance.amend.effect.theorems import Theorems
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
TURNED = ("example-3", "example-4")
"""The examples whose readings are turned here; the others consult many."""


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


def shipped() -> list[Path]:
    """Every amendment that can be read."""
    return [path for path in sorted(AMENDMENTS.glob("*.yaml")) if not path.name.endswith(".expect.yaml")]


@cache
def report(path: Path, *, quick: bool) -> AmendReport:
    (package,) = read_amendments(path.read_text(encoding="utf-8"), path.name)
    readings = path.stem.startswith(TURNED)
    return amend(law(), package, AmendOptions(theorems=False, facets=not quick, compare_only=quick, readings=readings))


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_every_amendment_comes_out_as_written(path: Path) -> None:
    expect, found = expectation(path), report(path, quick=path.stem in SLOW)
    assert found.relation == word(expect.get("compare"))
    if path.stem in SLOW:
        return
    codes = {finding.code for finding in found.findings}
    wanted = {code for code in words(expect.get("checks")) if code != THEOREMS}
    assert wanted <= codes
    assert sorted(sorted(units) for units in found.conflicts) == sorted(
        sorted(u) for u in pairs(expect.get("conflicts"))
    )
    silent = tuple(words(expect.get("silent")))
    assert not [code for code in codes if silent and code.startswith(silent)]
    assert found.verdict == word(expect.get("verdict"))


def test_rewordings_with_their_norm_are_accepted() -> None:
    """Nothing above a note: neither in these, nor anything that they change."""
    names = ("rewording-", "example-1", "example-7", "stay-in-months")
    same = [path for path in shipped() if path.stem.startswith(names)]
    assert len(same) >= 9
    for path in same:
        found = report(path, quick=False)
        assert (found.verdict, found.relation) == ("accept", "equivalent"), path.stem
        assert not [each for each in found.findings if each.weight != "note"]
        assert (found.flips, found.moved, found.conflicts, found.life) == ((), (), (), None)


@pytest.mark.parametrize("name", ["example-2", "package-of-three", "stay-two-years-with-saving-clause"])
def test_the_facets_that_are_written(name: str) -> None:
    (path,) = (path for path in shipped() if path.stem.startswith(name))
    wanted = expectation(path).get("facets")
    assert isinstance(wanted, Mapping)
    comparison = report(path, quick=False).comparison
    assert comparison is not None
    facets = {facet.name: facet.relation for facet in comparison.facets}
    assert {name.text: facets[name.text] for name, _ in wanted.entries} == {k.text: word(v) for k, v in wanted.entries}


@pytest.mark.parametrize("path", [path for path in shipped() if path.stem not in SLOW], ids=lambda path: path.stem)
def test_every_side_names_the_norms_that_turn(path: Path) -> None:
    told = report(path, quick=False).comparison
    for name in ("looser", "stricter") if told is not None else ():
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
    asked = Theorems.read(found, Asker(shipped_calendar(), new.old.default_profile), folder)
    answers = [asked.verdict(name) for name in asked.old]
    flipped = {answer.id for answer in answers if answer.flipped}
    assert broken <= flipped
    assert bool(broken) == bool(flipped)
    assert all(answer.old == "proved" or answer.new == "proved" for answer in answers if answer.flipped)
