"""Random and damaged files: a scenario or placed errors, never anything else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.law.vocabulary import load_vocabulary
from compliance.source.catalog import message
from compliance.source.data import data_path
from compliance.source.diagnostic import Diagnostic, Problems, render
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.scenario import parse_scenario
from tests.unit.timeline.stories import stories
from tests.unit.timeline.test_write import OFFICERS, STORY

VOCABULARY = load_vocabulary(data_path("model", "vocabulary.yaml"))
LEXICON = Lexicon(VOCABULARY, {"until_date": ("exclusive", "inclusive")}, ("p10.part1", "p13"), ("2025",))

WORDS = (
    "officer events type date unknown none [ ] { } &a *a !!x ' \" # | > ~ 2026-12-02 true ы one_of maybe .. dismissal "
    "penalty ref position deputy 999999999999999999999 -0 XX"
)
words = st.sampled_from([*WORDS.split(), ": ", ", ", "- ", "\n", "  ", "\t", "\0", "\u2028"])


def judge(text: str) -> None:
    """The text is a scenario, or has errors that have words in both languages."""
    for diagnostic in errors(text):
        assert message(diagnostic.code) is not None, diagnostic.code
        assert diagnostic.place is not None
        assert render(diagnostic, "ru", {}) != render(diagnostic, "en", {})


def errors(text: str) -> tuple[Diagnostic, ...]:
    try:
        parse_scenario(text, "story.yaml", LEXICON)
    except Problems as problems:
        return problems.diagnostics
    return ()


@settings(max_examples=200)
@given(st.lists(words, max_size=40).map("".join) | st.text(max_size=60))
def test_random_text(text: str) -> None:
    judge(text)


@settings(max_examples=200)
@given(st.sampled_from([STORY, OFFICERS]), st.integers(0, 2000), st.integers(0, 12), words | st.just(""))
def test_a_damaged_story(text: str, start: int, length: int, patch: str) -> None:
    judge(text[:start] + patch + text[start + length :])


@settings(max_examples=100)
@given(stories(VOCABULARY), st.integers(0, 2000), st.integers(0, 5), words | st.just(""))
def test_a_damaged_random_story(text: str, start: int, length: int, patch: str) -> None:
    judge(text[:start] + patch + text[start + length :])
