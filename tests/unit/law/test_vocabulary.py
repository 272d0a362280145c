"""The reader of the vocabulary: the shipped file, and every error in its place."""

from __future__ import annotations

import pytest

from compliance.law.vocabulary import load_vocabulary, read_vocabulary
from compliance.norm.types import BOOL, DATE, POSITION, QUARTER, REF, Enum, Items
from compliance.norm.vocabulary import Attribute, Vocabulary, Words
from compliance.source.catalog import message
from compliance.source.data import data_path
from compliance.source.diagnostic import Problems
from compliance.source.reader import parse_yaml

SMALL = """\
enumerations:
  actor:
    boss: {en: the boss, ru: начальник}
    clerk: {en: the clerk, ru: делопроизводитель}
  body:
    north: {en: the North, ru: Север}
  paper:
    a1: {en: form one, ru: форма один}
kinds:
  sent:
    words: {en: sending, ru: направление}
    group: papers
    attributes:
      by: {type: actor, en: who, ru: кто, default: "=boss"}
      quarter: {type: quarter, en: quarter, ru: квартал, default: quarter_of_date}
      papers: {type: "items:paper", en: papers, ru: бумаги}
      post: {type: position, en: the post, ru: должность, default: none, open_without: seen}
      ref: {type: ref, en: reference, ru: ссылка, default: none}
      asked: {type: truth, en: asked, ru: спрошено, default: "=false", stipulated: true}
  seen:
    words: {en: seeing, ru: просмотр}
    judgement: true
    question: {en: whether it was seen, ru: просмотрено ли}
    attributes:
      effect: {type: date, en: effect, ru: действие, default: date}
groups:
  acts: [sent, seen]
officer:
  body: {type: body, en: the body, ru: орган}
position:
  high: {type: truth, en: high, ru: высокая}
  body: {type: body, en: the body, ru: орган, default: none}
undeclared_post: {high: false}
same_actor:
  - {body: north, actors: [boss, clerk]}
"""


KINDS = (
    "qualification_assessment attestation secondment_start secondment_end unit_representation "
    "first_head_agreement materials_sent defect_found defect_cured materials_checked list_formed "
    "secretary_agreement list_submitted reserve_decision heads_informed extract_received officer_notified "
    "stay_waiver appointment_proposed appointment acting_duty training penalty penalty_lifted "
    "administrative_liability exclusion_request dismissal transfer demotion exclusion_materials "
    "exclusion_decision ground_removed restoration conviction list_record"
)
"""The events that every part of the product counts on."""


def read(text: str) -> Vocabulary:
    return read_vocabulary(parse_yaml(text, "vocabulary.yaml"))


def test_all_that_a_vocabulary_says() -> None:
    found = read(SMALL)
    sent, seen = found.kinds["sent"], found.kinds["seen"]
    assert found.enumerations["actor"].values["boss"] == Words("the boss", "начальник")
    assert (sent.words, sent.group, sent.judgement, sent.question) == (
        Words("sending", "направление"),
        "papers",
        False,
        None,
    )
    assert (seen.judgement, seen.question) == (True, Words("whether it was seen", "просмотрено ли"))
    assert {name: attribute.type for name, attribute in sent.attributes.items()} == {
        "by": Enum("actor"), "quarter": QUARTER, "papers": Items("paper"), "post": POSITION, "ref": REF, "asked": BOOL,
    }  # fmt: skip
    assert {name: (each.default, each.value) for name, each in sent.attributes.items()} == {
        "by": ("value", "boss"), "quarter": ("quarter_of_date", None), "papers": ("unknown", None),
        "post": ("none", None), "ref": ("none", None), "asked": ("value", False),
    }  # fmt: skip
    assert sent.attributes["post"].open_without == "seen"
    assert [name for name, each in sent.attributes.items() if each.stipulated] == ["asked"]
    assert seen.attributes["effect"] == Attribute("effect", DATE, Words("effect", "действие"), "date")
    assert found.groups == {"acts": frozenset({"sent", "seen"})}
    assert found.same_actor == (("north", "boss", "clerk"),)
    assert found.undeclared_post == {"high": False}
    assert list(found.position) == ["high", "body"]


def test_the_shipped_vocabulary() -> None:
    found = load_vocabulary(data_path("model", "vocabulary.yaml"))
    assert set(found.kinds) == set(KINDS.split())
    assert list(found.enumerations["actor"].values)[:3] == [
        "president", "head_of_administration", "secretary_of_security_council",
    ]  # fmt: skip
    assert [name for name, kind in found.kinds.items() if kind.judgement] == ["qualification_assessment"]
    assert found.same_actor == (("sgs", "first_head", "head_of_sgs"),)
    assert found.kinds["exclusion_decision"].attributes["ground"].type == Enum("ground")
    assert all(f"p18.sub{number}" in found.enumerations["ground"].values for number in range(1, 9))


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column", "suggestion"),
    [
        ("type: actor,", "type: aktor,", "vocabulary.unknown-type", 14, 18, "actor"),
        ('"items:paper"', '"items:papers"', "vocabulary.unknown-type", 16, 22, "items:paper"),
        ('"=boss"', '"=bos"', "vocabulary.default", 14, 52, "=boss"),
        ("default: quarter_of_date", "default: date", "vocabulary.default", 15, 67, None),
        ("open_without: seen", "open_without: seem", "vocabulary.unknown-kind", 17, 88, "seen"),
        ("stipulated: true", "stipulated: yes", "source.not-a-boolean", 19, 84, "true"),
        ("acts: [sent, seen]", "acts: [send, seen]", "vocabulary.unknown-kind", 27, 10, "sent"),
        ("body: north,", "body: nord,", "source.unknown-word", 35, 12, "north"),
        ("[boss, clerk]", "[boss]", "vocabulary.one-actor", 35, 27, None),
        ("  sent:\n", "  Sent-off:\n", "vocabulary.word", 10, 3, None),
        ("      by:", "      type:", "vocabulary.taken", 14, 7, None),
        ("    judgement:", "    judgment:", "source.unknown-key", 22, 5, "judgement"),
        ("    words: {en: seeing, ru: просмотр}\n", "", "source.missing-key", 21, 5, None),
        ("words: {en: sending, ru: направление}", "words: {en: sending}", "source.missing-key", 11, 13, None),
        ("    a1: {en: form one, ru: форма один}", "    {}", "vocabulary.empty-enumeration", 7, 3, None),
        ("undeclared_post: {high: false}", "undeclared_post: {high: none}", "source.unknown-word", 33, 25, None),
        ("officer:\n", "officers:\n", "source.unknown-key", 28, 1, "officer"),
    ],
)
def test_errors_stand_in_their_place(
    old: str, new: str, code: str, line: int, column: int, suggestion: str | None
) -> None:
    assert SMALL.count(old) >= 1
    with pytest.raises(Problems) as caught:
        read(SMALL.replace(old, new, 1))
    places = [
        (each.code, each.place.line, each.place.column, each.suggestion)
        for each in caught.value.diagnostics
        if each.place
    ]
    assert (code, line, column, suggestion) in places
    assert all(message(each.code) is not None for each in caught.value.diagnostics)


def test_all_errors_are_reported_at_once() -> None:
    text = (
        SMALL.replace("type: actor,", "type: aktor,").replace("[sent, seen]", "[send, seem]").replace("nord", "north")
    )
    with pytest.raises(Problems) as caught:
        read(text)
    assert [each.code for each in caught.value.diagnostics] == [
        "vocabulary.unknown-type", "vocabulary.unknown-kind", "vocabulary.unknown-kind",
    ]  # fmt: skip
