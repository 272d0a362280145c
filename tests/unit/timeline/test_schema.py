"""The JSON Schema of scenario files: what the reader takes, the schema takes; slips of shape it refuses."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from compliance.law.vocabulary import load_vocabulary
from compliance.source.data import data_path
from compliance.source.reader import Mapping, Node, Scalar, Sequence, parse_yaml
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.schema import scenario_schema
from tests.unit.timeline.stories import stories
from tests.unit.timeline.test_bad_inputs import TABLE, Bad
from tests.unit.timeline.test_write import OFFICERS, STORY

VOCABULARY = load_vocabulary(data_path("model", "vocabulary.yaml"))
LEXICON = Lexicon(
    VOCABULARY, {"until_date": ("exclusive", "inclusive")}, ("p10.part1", "p11.sub1", "p11.sub2", "p13"), ("2025",)
)

SHAPE = frozenset(
    f"scenario.{code}"
    for code in (
        "unknown-event unknown-attribute foreign-attribute unknown-key unknown-value date-key event-key officer-key "
        "position-key position-name occurred not-a-quarter unknown-reading reading-value unknown-law unknown-unit "
        "duplicate-item duplicate-value one-choice answer no-officers verdict"
    ).split()
) | {"source.missing-key", "source.not-a-boolean", "source.not-a-list", "source.not-a-mapping", "source.not-text"}
"""Errors that are visible in the shape of a file alone."""


@cache
def validator() -> Draft202012Validator:
    schema = scenario_schema(LEXICON)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def plain(node: Node) -> object:
    """The value as an editor sees it."""
    match node:
        case Mapping(entries=entries):
            return {key.text: plain(value) for key, value in entries}
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Scalar(text=text, quoted=quoted):
            if not quoted and text in ("true", "false"):
                return text == "true"
            return int(text) if not quoted and re.fullmatch(r"[0-9]+", text) else text


def errors(text: str) -> list[str]:
    return [error.message for error in validator().iter_errors(plain(parse_yaml(text, "story.yaml")))]


@pytest.mark.parametrize("text", [STORY, OFFICERS], ids=["one officer", "several"])
def test_good_files_fit(text: str) -> None:
    assert errors(text) == []


@settings(max_examples=40)
@given(stories(VOCABULARY))
def test_whatever_the_reader_takes_fits(text: str) -> None:
    assert errors(text) == []


def _visible(bad: Bad) -> bool:
    return any(code in SHAPE for code, *_ in bad.errors)


@pytest.mark.parametrize("bad", [bad for bad in TABLE if _visible(bad)], ids=lambda bad: bad.title)
def test_slips_of_shape_do_not_fit(bad: Bad) -> None:
    assert errors(bad.text)


def test_the_descriptions_follow_the_language() -> None:
    english, russian = (scenario_schema(LEXICON, lang)["$defs"]["kind_dismissal"] for lang in ("en", "ru"))
    assert english["description"] == "dismissal from service"
    assert russian["description"] == "увольнение со службы"


def test_every_kind_and_attribute_is_described() -> None:
    defs = scenario_schema(LEXICON)["$defs"]
    for name, kind in VOCABULARY.kinds.items():
        properties = defs[f"kind_{name}"]["properties"]
        assert set(properties) == {"type", "date", "occurred", *kind.attributes}
