"""The real law over columns: on every scenario and on a made-up register, against the evaluator; and the two packers.

What a register says by cells must come out as what a scenario says by keys: the same defaults, the same openness.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from attrs import evolve

from bench.registers import AS_OF, EPOCH, register
from compliance.bulk.arrow import pack_table
from compliance.bulk.pack import pack
from compliance.bulk.plan import Plan
from compliance.bulk.run import Judge
from compliance.bulk.tables import Packed
from compliance.bulk.unpack import unpack
from compliance.calendar.days import day
from compliance.calendar.load import shipped_calendar
from compliance.calendar.quarters import format_quarter
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm.evaluate import CLOSED, DUE, OPEN, Evaluator
from compliance.norm.program import Profile
from compliance.norm.types import Date, Quarter
from compliance.norm.vocabulary import Attribute
from compliance.timeline.case import Case
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.model import Days, FromDate, OneOf, Open, OpenItems, Slot, Timeline
from compliance.timeline.scenario import read_scenario
from tests.differential.test_bulk import by_officer, leading
from tests.randomised_timelines import random_choice

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
CALENDAR = shipped_calendar()
IN_FORCE = day(2025, 7, 1)


@cache
def law() -> Law:
    return load_law()


@cache
def judge() -> Judge:
    return Judge(Plan(law().program, {norm.id: norm.typed for norm in law().norms}), CALENDAR, fewest=2)


def profiles(count: int, seed: int = 1) -> list[Profile]:
    """The default profile with duties open and closed, and some drawn ones."""
    rng, readings = Random(seed), law().readings.values()
    drawn = [{each.id: rng.choice(each.order) for each in readings} for _ in range(count)]
    default = law().default_profile
    return [{**default, DUE: OPEN}, {**default, DUE: CLOSED}, *({**each, DUE: OPEN} for each in drawn)]


def cases() -> list[Case]:
    lexicon = Lexicon(law().vocabulary)
    files = sorted(SCENARIOS.rglob("*.yaml"))
    found = [case for file in files for case in read_scenario(file, lexicon).cases]
    return [case.in_window(IN_FORCE) for case in found]


def agree(packed: Packed, timelines: Mapping[int, Timeline], profile: Profile, rng: Random, tries: int) -> int:
    """Holds the outcomes of some records against the evaluator; the number of pairs that stayed open."""
    outcomes, open_pairs = judge().judge(packed, profile), 0
    said = {id: (each.must, each.may, by_officer(packed, each.failing)) for id, each in outcomes.items()}
    place = {at: officer for officer, at in enumerate(packed.order.tolist())}
    for at, timeline in timelines.items():
        officer, choices = place[at], [random_choice(rng, timeline) for _ in range(1 if timeline.certain else tries)]
        evaluators = [Evaluator(law().program, CALENDAR, timeline.facts(choice), profile) for choice in choices]
        for norm in law().norms:
            must, may, failing = said[norm.id]
            open_pairs += int(may[officer] and not must[officer])
            assert not timeline.certain or must[officer] == may[officer]
            for evaluator in evaluators:
                holds = evaluator.truth(norm.expr, {})
                assert must[officer] <= holds <= may[officer], (norm.id, at, packed.ids[officer])
                seen = set(leading(evaluator, norm.expr, {}))
                assert failing.get(at, set()) <= seen, (norm.id, at)
                assert seen == failing.get(at, set()) or not timeline.certain, (norm.id, at)
    return open_pairs


def test_scenarios_are_judged_alike(scale: int) -> None:
    timelines = [case.timeline for case in cases()]
    assert len(timelines) > 50
    packed = pack(timelines, law().vocabulary)
    for profile in profiles(1)[:: 1 if scale > 1 else 2]:
        agree(packed, dict(enumerate(timelines)), profile, Random(2), 2)


@pytest.mark.parametrize("unknown", [0.0, 0.02])
def test_a_register_is_judged_alike(unknown: float, scale: int) -> None:
    officers, rng = 40 * scale * scale, Random(3)
    given = register(officers, 7, unknown)
    packed = pack_table(
        given.events, law().vocabulary, as_of=AS_OF, officers=given.officers, positions=given.positions,
        in_force=(IN_FORCE, IN_FORCE),
    )  # fmt: skip
    timelines = {at: unpack(packed, officer) for officer, at in enumerate(packed.order.tolist())}
    assert [timelines[at].certain for at in packed.order.tolist()] == packed.certain.tolist()
    for profile in profiles(2):
        agree(packed, timelines, profile, rng, 4)


def test_unpacking_is_the_inverse_of_packing() -> None:
    given = register(60, 9, 0.05)
    packed = pack_table(given.events, law().vocabulary, as_of=AS_OF, officers=given.officers, positions=given.positions)
    again = pack([unpack(packed, officer) for officer in range(len(packed))], law().vocabulary)
    for profile in profiles(3):
        first, second = judge().judge(packed, profile), judge().judge(again, profile)
        for name, outcome in first.items():
            assert outcome.must.tolist() == second[name].must.tolist(), name
            assert outcome.may.tolist() == second[name].may.tolist(), name


# what a register says by cells


def test_cells_mean_what_keys_mean(scale: int) -> None:
    """A scenario written as a register of one officer gives what its record gives."""
    compared = 0
    for case in cases()[:: 1 if scale > 1 else 8]:
        timeline = evolve(case.timeline, in_force=IN_FORCE)
        table = as_table(timeline)
        if table is None:
            continue
        compared += 1
        events, officers, positions = table
        packed = pack_table(
            events, law().vocabulary, as_of=case.as_of, officers=officers, positions=positions,
            in_force=(IN_FORCE, IN_FORCE),
        )  # fmt: skip
        assert bool(packed.certain[0]) == timeline.certain, case.file
        expected = judge().judge(pack([timeline], law().vocabulary), profiles(0)[0])
        for name, outcome in judge().judge(packed, profiles(0)[0]).items():
            other = expected[name]
            ends = [(bool(each.must[0]), bool(each.may[0])) for each in (outcome, other)]
            assert ends[0] == ends[1], (case.file, name)
    assert compared > 10


def as_table(timeline: Timeline) -> tuple[pa.Table, pa.Table, pa.Table] | None:
    """The record as the three tables of a register; nothing where it says what no register can."""
    words = law().vocabulary
    silent = {kind.name for kind in words.kinds.values() if kind.judgement} - {
        slot.kind for slot in timeline.slots if not slot.phantom
    }
    listed = [slot for slot in timeline.slots if not slot.phantom]
    if sorted(slot.kind for slot in timeline.slots if slot.phantom) != sorted(silent) or isinstance(
        timeline.as_of, Days
    ):
        return None
    try:
        rows = [dict(cells(slot)) for slot in listed]
        officer = {name: cell(words.officer[name], value) for name, value in timeline.officer.items()}
        posts = [
            {"position": post, **{name: cell(words.position[name], value) for name, value in attrs.items()}}
            for post, attrs in timeline.positions.items() if post != "?"
        ]  # fmt: skip
    except ValueError:
        return None
    if not rows:
        return None
    names = sorted({name for row in rows for name in row} - {"date", "date_last", "maybe"})
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    for name in ("date", "date_last"):
        columns[name] = pa.array([int(str(row[name])) - EPOCH for row in rows], pa.int32()).cast(pa.date32())
    columns["maybe"] = pa.array([row["maybe"] for row in rows])
    events = pa.table({"officer_id": pa.array(["A-1"] * len(rows)), **columns})
    schema = pa.schema([(name, pa.string()) for name in ("position", *words.position)])
    return (
        events,
        pa.table({"officer_id": ["A-1"], **{k: [v] for k, v in officer.items()}}),
        pa.Table.from_pylist(posts, schema),
    )


def cells(slot: Slot) -> Iterator[tuple[str, object]]:
    """The cells of one event; what the record does not mention is left out here too."""
    lo, hi = (slot.date.lo, slot.date.hi) if isinstance(slot.date, Days) else (slot.date, slot.date)
    yield from (("event", slot.kind), ("date", lo), ("date_last", hi), ("maybe", slot.occurred is None))
    for name, attribute in law().vocabulary.kinds[slot.kind].attributes.items():
        if name in slot.places:
            yield name, cell(attribute, slot.attrs[name])


def cell(attribute: Attribute, value: Open) -> str:
    """One value as the text of a register; ValueError where it has none."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case int() if isinstance(attribute.type, Quarter):
            return format_quarter(value)
        case int() if isinstance(attribute.type, Date):
            raise ValueError("a date stands in a column of its own kind")
        case frozenset():
            if not value:
                raise ValueError("an empty set is not written")
            return ";".join(sorted(value))
        case str():
            return value
        case Days() | OneOf() | OpenItems() | FromDate() | _:
            raise ValueError("uncertain in a way that a cell cannot say")
