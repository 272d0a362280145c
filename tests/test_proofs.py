"""Every shipped theorem has the answer that its file says; one in ten with everything that is asked about it."""

from __future__ import annotations

from functools import cache

import pytest

from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.prove.inputs import BASELINE
from compliance.prove.options import ProveOptions
from compliance.prove.prove import Setting, prove, setting_of
from compliance.prove.read import read_theorems
from compliance.prove.theorem import Theorem
from compliance.source.data import data_path
from compliance.source.reader import parse_yaml, read_text

QUICK = ProveOptions(confirm=False, drops=False, premises=False, near_misses=False, polish=False)
WHOLE = ProveOptions(polish=False)
ONE_IN = 10


@cache
def law() -> Law:
    return load_law()


@cache
def setting() -> Setting:
    return setting_of(law())


THEOREMS = read_theorems([data_path("proofs")], law())


@pytest.mark.parametrize("number", range(len(THEOREMS)), ids=[theorem.id for theorem in THEOREMS])
def test_a_theorem_has_its_expected_answer(number: int) -> None:
    theorem = THEOREMS[number]
    assert not theorem.lemmas, "prove its lemmas first"
    options = WHOLE if number % ONE_IN == 0 else QUICK
    found = prove(law(), theorem, options, setting=setting())
    assert found.result == theorem.expect, found.reason
    assert not found.unmet, [each.en for each in found.unmet]


def test_there_are_enough_and_every_row_is_there() -> None:
    ids = {theorem.id for theorem in THEOREMS}
    assert len(ids) >= 75
    rows = {f"D{n:02d}" for n in range(1, 25) if n != 19} | {f"D19.{n}" for n in range(1, 9)}
    rows |= {f"F{n:02d}" for n in range(1, 13)}
    assert rows <= ids


def test_a_proof_has_a_near_miss_or_is_one_of_a_kind() -> None:
    """A theorem without a near miss says `no`, or is an existence; most others are paired."""
    proofs = [t for t in THEOREMS if t.kind == "always" and t.expect == "proved"]
    paired = [t for t in proofs if t.near_miss is not None]
    assert len(paired) >= 0.9 * len(proofs), sorted(t.id for t in proofs if t.near_miss is None)


def test_every_theorem_speaks_both_languages() -> None:
    both: list[Theorem] = [t for t in THEOREMS if t.says.en.strip() and t.says.ru.strip()]
    assert len(both) == len(THEOREMS)


def test_the_baseline_is_no_theorem_file() -> None:
    assert (data_path("proofs") / BASELINE).is_file()
    parse_yaml(read_text(data_path("proofs") / BASELINE, shown_as=BASELINE), BASELINE)
