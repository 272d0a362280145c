"""What the tests of records share: the vocabulary of the project and a small lexicon."""

from __future__ import annotations

import pytest

from compliance.law.vocabulary import load_vocabulary
from compliance.norm.vocabulary import Vocabulary
from compliance.source.data import data_path
from compliance.timeline.lexicon import Lexicon


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(data_path("model", "vocabulary.yaml"))


@pytest.fixture(scope="session")
def lexicon(vocabulary: Vocabulary) -> Lexicon:
    return Lexicon(
        vocabulary=vocabulary,
        readings={"until_date": ("exclusive", "inclusive"), "month_rounding": ("down", "up")},
        units=("p10.part1", "p10.part3", "p13", "p14.part2"),
        laws=("2025",),
    )
