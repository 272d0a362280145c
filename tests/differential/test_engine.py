"""The proof engine against the evaluator, the finite search and the second solver, on random laws of a small world."""

from __future__ import annotations

from collections import Counter
from random import Random

from attrs import evolve

from compliance.calendar.days import NEVER
from compliance.calendar.load import shipped_calendar
from compliance.norm.evaluate import DUE
from compliance.norm.facts import Event, Facts
from compliance.norm.vocabulary import Vocabulary
from compliance.smt.certify import confirm
from compliance.smt.matching import confirm_by_patterns
from compliance.smt.quantified.formulas import script
from compliance.smt.query import Impossible, Query, Story
from compliance.smt.search import search
from compliance.smt.unbounded.engine import Engine
from tests.randomised import random_norm, random_profile, random_program, random_timeline

CALENDAR = shipped_calendar()
LAWS, RECORDS = 150, 60


def draw(seed: int) -> tuple[Random, Query]:
    """A goal under up to two axioms; now and then some readings are free."""
    random = Random(seed)
    program = random_program(random)
    axioms = {f"n{i}": random_norm(random, program, 3) for i in range(random.choice((0, 1, 2)))}
    profile = {name: value for name, value in random_profile(random, program).items() if name != DUE}
    if random.random() < 0.3:
        profile.pop(random.choice(sorted(profile)))
    goal = random_norm(random, program, random.choice((2, 3)))
    return random, Query(program, CALENDAR, axioms, goal, random.random() < 0.5, profile)


def plain(facts: Facts, vocabulary: Vocabulary) -> Facts:
    """The record as questions about all records see it: known to its last day, nothing stipulated."""

    def event(each: Event) -> Event:
        attributes = vocabulary.kinds[each.kind].attributes
        fixed = {name: attribute.value for name, attribute in attributes.items() if attribute.stipulated}
        return evolve(each, attrs={**each.attrs, **fixed})

    last = max((each.date for each in facts.events), default=facts.as_of)
    events = tuple(event(each) for each in facts.events)
    return evolve(facts, events=events, as_of=max(facts.as_of, last), in_force=1, replaced=NEVER)


def compare(seed: int) -> str:
    random, query = draw(seed)
    engine = Engine(query, query.preferred, most_events=10, total=2_000_000)
    answer = engine.run()
    if isinstance(answer, Story):
        assert query.judge(answer.facts, answer.profile).is_story, seed
        # The weaker question keeps only what the story is known to keep: nobody may refute it.
        text = script(query, tuple(query.axioms), patterns=False)
        assert confirm(text, 20_000).outcome != "confirmed", seed
        assert confirm_by_patterns(script(query, tuple(query.axioms), patterns=True), 200_000).outcome != "confirmed"
        return "story"
    found = search(query, (1, 2), rlimit=400_000)
    if isinstance(found, Story):
        assert query.judge(found.facts, found.profile).is_story, seed
        assert not isinstance(answer, Impossible), seed
        return "found by search"
    if isinstance(answer, Impossible):
        return refuted_by_nothing(random, query, seed)
    return "gave up"


def refuted_by_nothing(random: Random, query: Query, seed: int) -> str:
    """No random record answers a question that was proved to have no answer."""
    values = query.program.readings
    for _ in range(RECORDS):
        timeline = random_timeline(random, query.program.vocabulary, random.choice((0, 1, 2, 4, 8)), 0.0, 1)
        facts = plain(timeline.facts(), query.program.vocabulary)
        profile = {name: query.profile.get(name) or random.choice(values[name]) for name in values}
        assert not query.judge(facts, profile).is_story, seed
    return "proof"


def test_engine_agrees_with_evaluator_search_and_second_solver(scale: int) -> None:
    counts = Counter(compare(seed) for seed in range(LAWS * scale))
    print(dict(sorted(counts.items())))
    assert counts["proof"] > 20
    assert counts["story"] > 60
    assert counts["gave up"] < LAWS * scale // 10
