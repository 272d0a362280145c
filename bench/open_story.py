"""A story with three uncertain dates and one uncertain attribute, judged by all norms of the Rules.

Every day of one officer's complete procedure is known but three, which lie within thirty days, and one attribute of an
act. Measured inside the process: the verdicts under the default readings, and over all combinations of readings.
Run as `python -m bench.open_story`; prints medians, 95th percentiles and the machine.
"""

from __future__ import annotations

import os
import platform
import statistics
from pathlib import Path
from random import Random
from time import perf_counter

from attrs import evolve

from compliance.check.open import lexicon_of, open_setting
from compliance.check.options import CheckOptions
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.types import Bool, Enum
from compliance.norm.vocabulary import Vocabulary
from compliance.smt.answers import Open
from compliance.smt.decide import decide, decide_over_readings
from compliance.timeline.model import Days, OneOf, Slot, Timeline
from compliance.timeline.scenario import read_scenario

ROOT = Path(__file__).resolve().parent.parent
STORY = ROOT / "scenarios" / "compliant" / "ordinary-route-to-appointment.yaml"
RUNS, DATES, WITHIN = 40, 3, 30


def opened(timeline: Timeline, vocabulary: Vocabulary, random: Random) -> Timeline:
    """The story with some facts forgotten."""
    slots = list(timeline.slots)
    for at in random.sample(range(len(slots)), DATES):
        slot = slots[at]
        assert isinstance(slot.date, int)
        assert isinstance(timeline.as_of, int)
        early = slot.date - random.randrange(WITHIN)
        slots[at] = evolve(slot, date=Days(((early, min(early + WITHIN, timeline.as_of)),)))
    able = [(at, name) for at, slot in enumerate(slots) for name in sorted(choosable(slot, vocabulary))]
    at, name = random.choice(able)
    attribute = vocabulary.kinds[slots[at].kind].attributes[name]
    values = vocabulary.enumerations[attribute.type.name].values if isinstance(attribute.type, Enum) else (True, False)
    slots[at] = evolve(slots[at], attrs={**slots[at].attrs, name: OneOf(tuple(values))})
    return evolve(timeline, slots=tuple(slots))


def choosable(slot: Slot, vocabulary: Vocabulary) -> set[str]:
    attributes = vocabulary.kinds[slot.kind].attributes
    return {name for name, a in attributes.items() if isinstance(a.type, Bool | Enum) and not a.stipulated}


def percentile(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - 1]


def main() -> None:
    setting = open_setting(CheckOptions(law="2025"))
    scenario = read_scenario(STORY, lexicon_of(setting.law), STORY.name)
    timeline = evolve(setting.placed(scenario.cases[0]).timeline, in_force=1)
    program, calendar = setting.law.program, setting.calendar
    norms = {norm.id: norm.typed for norm in setting.law.norms}
    profile = {**setting.law.default_profile, DUE: OPEN}
    random = Random(1)
    once: list[float] = []
    every: list[float] = []
    left_open = parts = 0
    for _ in range(RUNS):
        story = opened(timeline, program.vocabulary, random)
        start = perf_counter()
        found = decide(program, calendar, story, norms, profile)
        decide(program, calendar, story, norms, {**profile, DUE: CLOSED})
        once.append(perf_counter() - start)
        start = perf_counter()
        over = decide_over_readings(program, calendar, story, norms, profile, vary={*program.readings, DUE})
        every.append(perf_counter() - start)
        left_open += sum(isinstance(verdict, Open) for verdict in found.values())
        parts += sum(len(answer.parts) for answer in over.values())
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    print(
        f"{RUNS} stories of {len(timeline.slots)} events, {len(norms)} norms, {left_open} verdicts open, {parts} parts"
    )
    print(f"default readings: median {statistics.median(once):.3f} s, p95 {percentile(once):.3f} s (target 0.1 s)")
    print(f"all readings: median {statistics.median(every):.3f} s, p95 {percentile(every):.3f} s (target 0.5 s)")


if __name__ == "__main__":
    main()
