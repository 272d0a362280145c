"""Fingerprints: the same for what says the same, wherever it is written; different for what does not."""

from __future__ import annotations

from random import Random

from attrs import evolve

from compliance.norm.fingerprint import fingerprint
from compliance.norm.parse import parse_expr
from compliance.norm.program import Program
from compliance.norm.types import Period
from tests.randomised import random_program
from tests.unit.norm.examples import EXAMPLES, PROGRAM, Text, example_program, typed


def test_places_and_layout_do_not_count() -> None:
    one = parse_expr(Text("every sent m:\n  m.date <= as_of", "a.yaml"))
    other = parse_expr("every sent m: (m.date <= as_of)")
    assert fingerprint(one) == fingerprint(other)
    assert len(fingerprint(one)) == 64


def test_it_is_stable() -> None:
    assert fingerprint(parse_expr("a")) == "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
    assert fingerprint(PROGRAM) == fingerprint(example_program())


def test_different_norms_differ() -> None:
    prints = {fingerprint(typed(text)) for text in EXAMPLES}
    assert len(prints) == len(EXAMPLES)


def test_a_typed_norm_says_more_than_its_text() -> None:
    assert fingerprint(typed("quiet()")) != fingerprint(typed("quiet()").expr)


def test_every_part_of_a_program_counts() -> None:
    def changed(**parts: object) -> Program:
        return evolve(PROGRAM, **parts)  # type: ignore[arg-type]

    definitions = dict(PROGRAM.definitions)
    quiet = evolve(definitions["quiet"], body=typed("some report r with r.date <= as_of").expr)
    vocabulary = evolve(PROGRAM.vocabulary, groups={})
    kinds = {name: kind for name, kind in PROGRAM.vocabulary.kinds.items() if name != "report"}
    others = [
        changed(params={**PROGRAM.params, "waiting": Period(4)}),
        changed(readings={**PROGRAM.readings, "bound": ("inclusive", "exclusive")}),
        changed(definitions={**definitions, "quiet": quiet}),
        changed(vocabulary=evolve(vocabulary, kinds=kinds)),
        changed(vocabulary=evolve(vocabulary, officer={})),
        random_program(Random(1)),
    ]
    assert len({fingerprint(each) for each in [PROGRAM, *others]}) == len(others) + 1
