"""The amendments that are shipped: what the text layers say of each, in both of its forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.amend.document import read_amendments
from compliance.amend.examine import TextReport, examine
from compliance.source.catalog import message
from compliance.source.diagnostic import Problems
from compliance.source.reader import Mapping, Scalar, Sequence, read_yaml
from tests.unit.amend.rules import AMENDMENTS, codes, the_rules

EXPECTED = sorted(path for path in AMENDMENTS.glob("*.yaml") if not path.name.endswith(".expect.yaml"))
UNREADABLE = sorted(AMENDMENTS.glob("*.expect.yaml"))


def expected(path: Path) -> Mapping:
    """What a file expects."""
    root = read_yaml(path)
    assert isinstance(root, Mapping)
    found = root.get("expect")
    assert isinstance(found, Mapping)
    return found


def texts(node: object) -> list[str]:
    """The words of a list."""
    return [item.text for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else []


def word(node: object) -> str:
    """A single word."""
    return node.text if isinstance(node, Scalar) else ""


def forms(path: Path) -> list[Path]:
    """The YAML form and, where there is one, the plain text."""
    plain = path.with_suffix(".txt")
    return [path, plain] if plain.exists() else [path]


def examined(path: Path) -> TextReport:
    """The report on one form."""
    (package,) = read_amendments(path.read_text(encoding="utf-8"), path.name)
    return examine(the_rules(), package)


def test_there_are_enough_of_them() -> None:
    assert len(EXPECTED) + len(UNREADABLE) >= 28
    assert sum(path.name.startswith("example-") for path in EXPECTED) == 8


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_every_amendment_says_what_it_expects(path: Path) -> None:
    wanted = expected(path).get("text")
    assert isinstance(wanted, Mapping)
    for form in forms(path):
        found = examined(form)
        assert codes(found) == sorted(texts(wanted.get("codes"))), form.name
        assert found.verdict == word(wanted.get("verdict")), form.name
        assert found.applicable == (word(wanted.get("applicable")) != "false"), form.name


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_both_forms_give_one_law(path: Path) -> None:
    laws = [found.tree.pairs() if found.tree else None for found in map(examined, forms(path))]
    assert all(law == laws[0] for law in laws)


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_what_must_be_silent_is(path: Path) -> None:
    families = texts(expected(path).get("silent"))
    assert not [code for code in codes(examined(path)) if code.startswith(tuple(families))]


@pytest.mark.parametrize("path", UNREADABLE, ids=lambda path: path.stem)
def test_what_cannot_be_read(path: Path) -> None:
    wanted = expected(path).get("text")
    assert isinstance(wanted, Mapping)
    text = path.with_name(path.name.replace(".expect.yaml", ".txt"))
    with pytest.raises(Problems) as caught:
        read_amendments(text.read_text(encoding="utf-8"), text.name)
    assert [each.code for each in caught.value.diagnostics] == texts(wanted.get("unreadable"))


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_every_message_is_whole_in_both_languages(path: Path, lang: str) -> None:
    found = examined(path)
    for finding in found.findings:
        for said in (finding.message, finding.repair):
            if said is not None:
                line = said.say(lang)
                assert "{" not in line, line
                assert not line.startswith("amend."), line
                assert not line.endswith("."), line
        assert message("amend.about-" + finding.code.lower().replace("_", "-")) is not None
    for said in found.not_checked:
        assert not said.say(lang).startswith("amend.")


def test_together_they_show_every_code_of_the_text_layers() -> None:
    shown = {code for path in EXPECTED for code in codes(examined(path))}
    assert shown >= {
        "MATCH_NOT_FOUND", "MATCH_NOT_UNIQUE", "UNIT_MISSING", "NUMBERING_COLLISION", "NUMBERING_GAP",
        "NUMBERING_ORDER", "PUNCTUATION", "STRUCTURE_NOTE", "PACKAGE_INTERACTION", "ENACTING", "XREF_DANGLING",
        "XREF_SHIFTED", "SEMANTIC_DRIFT", "EXTERNAL_XREF", "UNDEFINED_TERM", "LOST_DEFINITION", "TERM_FORK",
        "PARTIAL_EDIT", "CADENCE_MISMATCH", "ACTOR_UNKNOWN", "MODALITY_CHANGE", "AMBIGUITY", "NO_DEADLINE",
        "SELF_APPROVAL", "POWER_WITHOUT_PROCEDURE",
    }  # fmt: skip


def test_a_report_is_the_same_every_time() -> None:
    path = AMENDMENTS / "example-8-insert-and-renumber.yaml"
    one, other = ([finding.as_json() for finding in examined(path).findings] for _ in range(2))
    assert one == other
