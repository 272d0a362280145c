"""The encoder against the evaluator, its specification: random norms on random records, known and uncertain."""

from __future__ import annotations

from collections import Counter
from itertools import product
from math import prod
from random import Random

from attrs import frozen

from compliance.norm.evaluate import DUE, Evaluator
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.types import Value
from compliance.smt.answers import Always, Open, Undecided, Verdict3
from compliance.smt.decide import Case, decide, decide_over_readings
from compliance.timeline.model import Choice, Days, OneOf, OpenItems, Timeline
from tests.differential.random_norms import READINGS, Norms, Records, calendar, profile

CALENDAR = calendar()
PAIRS, NORMS, SAMPLES, FEW = 2_000, 4, 12, 300


@frozen
class Draw:
    """One record and some norms on it."""

    program: Program
    norms: dict[str, Typed]
    timeline: Timeline
    profile: Profile
    records: Records

    def truth(self, name: str, choice: Choice, under: Profile) -> bool:
        evaluator = Evaluator(self.program, CALENDAR, self.timeline.facts(choice), under)
        return evaluator.truth(self.norms[name].expr, {})


def draw(seed: int) -> Draw:
    """Half of the norms are drawn until two completions differ, for most norms are always true or never."""
    random = Random(seed)
    norms = Norms(random)
    program = norms.program()
    records = Records(random, random.choice((0, 2, 4, 6, 8)))
    drawn = Draw(program, {}, records.timeline(), profile(random), records)
    choices = [records.completion(drawn.timeline) for _ in range(8)]
    for i in range(NORMS):
        for _ in range(1 if i % 2 or drawn.timeline.certain else 20):
            drawn.norms[f"n{i}"] = norms.norm()
            if len({drawn.truth(f"n{i}", choice, drawn.profile) for choice in choices}) == 2:
                break
    return drawn


def values(domain: Days | OneOf | OpenItems | None) -> list[Value]:
    match domain:
        case None:
            return [False, True]
        case Days(intervals=intervals):
            return [day for lo, hi in intervals for day in range(lo, hi + 1)]
        case OneOf(values=found):
            return [*found]
        case OpenItems(sure=sure, maybe=maybe):
            subsets = product(*((frozenset(), frozenset({item})) for item in sorted(maybe)))
            return [sure.union(*subset) for subset in subsets]


def completions(drawn: Draw) -> tuple[list[Choice], bool]:
    """All completions and True where they are few, else a sample and False."""
    domains = {path: values(domain) for path, domain in drawn.timeline.unknowns().items()}
    if prod(map(len, domains.values())) <= FEW:
        return [dict(zip(domains, found, strict=True)) for found in product(*domains.values())], True
    return [drawn.records.completion(drawn.timeline) for _ in range(SAMPLES)], False


def agrees(verdict: Verdict3, seen: set[bool], complete: bool) -> bool:
    """Whether a verdict fits the values that the evaluator gave on completions."""
    match verdict:
        case Always(value=value):
            return seen == {value}
        case Open():
            return len(seen) == 2 or not complete
        case Undecided():
            return False


def certain(drawn: Draw) -> Counter[str]:
    """On a known record the encoder folds to the evaluator's value and consults the same readings."""
    case = Case(drawn.program, CALENDAR, drawn.timeline)
    for name, norm in drawn.norms.items():
        evaluator = Evaluator(drawn.program, CALENDAR, drawn.timeline.facts(), drawn.profile)
        expected = evaluator.truth(norm.expr, {})
        assert case.encode(norm, drawn.profile) == (expected, frozenset(evaluator.consulted)), name
    return Counter(known=len(drawn.norms))


def uncertain(drawn: Draw) -> Counter[str]:
    found = decide(drawn.program, CALENDAR, drawn.timeline, drawn.norms, drawn.profile)
    choices, complete = completions(drawn)
    for name, verdict in found.items():
        assert agrees(verdict, {drawn.truth(name, c, drawn.profile) for c in choices}, complete), (name, verdict)
        if isinstance(verdict, Open):
            assert drawn.truth(name, verdict.holds, drawn.profile)
            assert not drawn.truth(name, verdict.fails, drawn.profile)
    kind = "all completions" if complete else "sampled"
    return Counter(f"{type(v).__name__.lower()}, {kind}" for v in found.values())


def over_readings(drawn: Draw) -> Counter[str]:
    found = decide_over_readings(drawn.program, CALENDAR, drawn.timeline, drawn.norms, drawn.profile)
    choices, complete = completions(drawn)
    names = [name for name in READINGS if name != DUE]
    for combination in product(*(READINGS[name] for name in names)):
        under = {**drawn.profile, **dict(zip(names, combination, strict=True))}
        for name, parts in found.items():
            verdict = parts.under(under)
            assert agrees(verdict, {drawn.truth(name, c, under) for c in choices[:40]}, complete and len(choices) <= 40)
    return Counter(parts=sum(len(parts.parts) for parts in found.values()))


def test_encoder_is_the_evaluator(scale: int) -> None:
    counts: Counter[str] = Counter()
    seed = 0
    while sum(counts.values()) < PAIRS * scale:
        drawn = draw(seed)
        counts += certain(drawn) if drawn.timeline.certain else uncertain(drawn)
        seed += 1
    print(f"{sum(counts.values())} pairs of norm and record: {dict(sorted(counts.items()))}")
    assert counts["known"] > 100
    assert counts["open, all completions"] > 100
    assert counts["open, sampled"] > 300


def test_parts_of_profiles_cover_every_combination_of_readings(scale: int) -> None:
    counts: Counter[str] = Counter()
    for seed in range(100 * scale):
        counts += over_readings(draw(seed))
    print(f"{counts['parts']} parts of profiles")
    assert counts["parts"] > 100 * NORMS
