"""The encoder against the evaluator, its specification: random norms on random records, known and uncertain."""

from __future__ import annotations

from collections import Counter
from math import prod
from random import Random

from attrs import evolve, frozen

from compliance.calendar.load import shipped_calendar
from compliance.norm.evaluate import Evaluator
from compliance.norm.program import Profile, Program, Typed
from compliance.smt.answers import Always, Open, Undecided, Verdict3
from compliance.smt.decide import Case, decide, decide_over_readings
from compliance.timeline.model import Choice, Days, Domain, OneOf, OpenItems, Slot, Timeline
from tests.randomised import (
    choices,
    profiles,
    random_choice,
    random_norm,
    random_profile,
    random_program,
    random_timeline,
)

CALENDAR = shipped_calendar()
PAIRS, NORMS, SAMPLES, FEW = 2_000, 6, 12, 200


@frozen
class Draw:
    """One record and some norms on it."""

    program: Program
    norms: dict[str, Typed]
    timeline: Timeline
    profile: Profile
    random: Random

    def truth(self, name: str, choice: Choice, under: Profile) -> bool:
        evaluator = Evaluator(self.program, CALENDAR, self.timeline.facts(choice), under)
        return evaluator.truth(self.norms[name].expr, {})


def draw(seed: int) -> Draw:
    """Half of the norms are drawn until two completions differ, for most norms are always true or never."""
    random = Random(seed)
    program = random_program(random)
    uncertainty = random.choice((0.0, 0.2, 0.4, 0.6))
    timeline = random_timeline(random, program.vocabulary, 7, uncertainty, random.choice((2, 4, 8)))
    if random.random() < 0.4:
        timeline = evolve(timeline, slots=tuple(map(widened, timeline.slots)))
    drawn = Draw(program, {}, timeline, random_profile(random, program), random)
    samples = [random_choice(random, timeline) for _ in range(8)]
    for i in range(NORMS):
        for _ in range(1 if i % 2 or timeline.certain else 12):
            drawn.norms[f"n{i}"] = random_norm(random, program)
            if len({drawn.truth(f"n{i}", choice, drawn.profile) for choice in samples}) == 2:
                break
    return drawn


def widened(slot: Slot) -> Slot:
    """An uncertain day becomes one of more than a year, too many for the calendar to be stated in full."""
    return evolve(slot, date=Days(((slot.date.lo, slot.date.lo + 400),))) if isinstance(slot.date, Days) else slot


def size(domain: Domain) -> int:
    match domain:
        case None:
            return 2
        case Days(intervals=intervals):
            return sum(hi - lo + 1 for lo, hi in intervals)
        case OneOf(values=values):
            return len(values)
        case OpenItems(maybe=maybe):
            return int(2 ** len(maybe))


def completions(drawn: Draw) -> tuple[list[Choice], bool]:
    """All completions and True where they are few, else a sample and False."""
    if prod(map(size, drawn.timeline.unknowns().values())) <= FEW:
        return list(choices(drawn.timeline)), True
    return [random_choice(drawn.random, drawn.timeline) for _ in range(SAMPLES)], False


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
    some, complete = completions(drawn)
    for name, verdict in found.items():
        assert agrees(verdict, {drawn.truth(name, c, drawn.profile) for c in some}, complete), (name, verdict)
        if isinstance(verdict, Open):
            assert drawn.truth(name, verdict.holds, drawn.profile)
            assert not drawn.truth(name, verdict.fails, drawn.profile)
    kind = "all completions" if complete else "sampled"
    return Counter(f"{type(v).__name__.lower()}, {kind}" for v in found.values())


def over_readings(drawn: Draw) -> Counter[str]:
    """Under every combination of readings, the mode of duties too, the part that it belongs to has its verdict."""
    found = decide_over_readings(
        drawn.program, CALENDAR, drawn.timeline, drawn.norms, drawn.profile, vary=drawn.profile.keys()
    )
    some, complete = completions(drawn)
    complete, some = complete and len(some) <= SAMPLES, some[:SAMPLES]
    for under in profiles(drawn.program):
        for name, parts in found.items():
            assert agrees(parts.under(under), {drawn.truth(name, c, under) for c in some}, complete), (name, under)
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
    assert counts["open, sampled"] > 100


def test_parts_of_profiles_cover_every_combination_of_readings(scale: int) -> None:
    counts: Counter[str] = Counter()
    for seed in range(100 * scale):
        counts += over_readings(draw(seed))
    print(f"{counts['parts']} parts of profiles")
    assert counts["parts"] > 100 * NORMS
