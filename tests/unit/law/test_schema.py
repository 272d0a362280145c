"""The schemas take the shipped files and refuse what the reader refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from compliance.law.schema import UNIT_ID, model_schemas
from compliance.law.vocabulary import read_vocabulary
from compliance.source.data import data_path
from compliance.source.reader import Mapping, Node, Scalar, Sequence, parse_yaml, read_yaml
from tests.unit.law.toy import P2, READINGS, TEXTS, swapped

INTEGERS = frozenset({"plus_days"})
TRUTHS = frozenset({"judgement", "stipulated"})


def _plain(node: Node, key: str = "") -> Any:
    """A document as an editor's YAML reader sees it: text, but for the keys that hold numbers and truths."""
    match node:
        case Scalar(text=text):
            if key in INTEGERS:
                return int(text)
            return text == "true" if key in TRUTHS else text
        case Sequence(items=items):
            return [_plain(item) for item in items]
        case Mapping(entries=entries):
            return {name.text: _plain(value, name.text) for name, value in entries}


def _schema_of(name: str, schemas: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return schemas[name if name in schemas else "rules/*.yaml"]


def _files() -> list[str]:
    model = data_path("model")
    names = [name for name in TEXTS if "/" not in name and (model / name).exists()]
    return names + sorted(f"rules/{path.name}" for path in (model / "rules").glob("*.yaml"))


def test_the_schemas_are_schemas() -> None:
    schemas = model_schemas(read_vocabulary(parse_yaml(TEXTS["vocabulary.yaml"], "vocabulary.yaml")))
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", _files())
def test_shipped_files_fit(name: str) -> None:
    vocabulary = read_vocabulary(read_yaml(data_path("model", "vocabulary.yaml")))
    validator = Draft202012Validator(_schema_of(name, model_schemas(vocabulary)))
    found = validator.iter_errors(_plain(read_yaml(data_path("model", name))))
    assert [f"{error.json_path}: {error.message}" for error in found] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rules/p02.yaml", swapped(P2, "kind: limit", "kind: limitation")),
        ("rules/p02.yaml", swapped(P2, "- id: p2\n", "- id: p.2\n")),
        ("rules/p02.yaml", swapped(P2, "open: ahead", "open: soon")),
        ("rules/p02.yaml", swapped(P2, "value: 3 years", "value: 3")),
        ("rules/p02.yaml", swapped(P2, "  note: {en: a limit,", "  nota: {en: a limit,")),
        ("readings.yaml", swapped(READINGS, "    a_notice: {en: it is one, ru: считается}\n", "")),
    ],
)
def test_slips_do_not_fit(name: str, text: str) -> None:
    vocabulary = read_vocabulary(parse_yaml(TEXTS["vocabulary.yaml"], "vocabulary.yaml"))
    validator = Draft202012Validator(_schema_of(name, model_schemas(vocabulary)))
    assert not validator.is_valid(_plain(parse_yaml(text, name)))
    assert validator.is_valid(_plain(parse_yaml(TEXTS[name], name)))


def test_the_pattern_of_ids_takes_what_the_reader_takes() -> None:
    for id in ("p1", "p14-1", "p10.part2.sub1.dash3", "p14.part1.s2", "p18.sub3-1"):
        assert re.search(UNIT_ID, id)
    for id in ("p0", "p1.", "18.3", "p1.dash1.sub1", "p1 "):
        assert not re.search(UNIT_ID, id)
