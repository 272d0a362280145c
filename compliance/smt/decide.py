"""Formulas on an uncertain record: always true, always false, or open with a completion for each side.

Few solver calls: formulas that fold to a constant are never asked, one model answers for all that remain, and each
further question is whether any of those still undecided can turn out otherwise than in every model so far.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from math import prod

from attrs import define, field

from compliance.calendar.working import WorkingCalendar
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.program import Profile, Program, Typed
from compliance.smt.answers import Always, ByReadings, Open, Undecided, Verdict3
from compliance.smt.decode import Claim, Replay
from compliance.smt.encode import Encoder, Memory, Readings
from compliance.smt.record import Record
from compliance.smt.solve import RLIMIT, GaveUp, Question, Sat, Unsat, check
from compliance.smt.terms import Cond, any_, not_
from compliance.smt.world import World
from compliance.timeline.model import Choice, Timeline

MOST_PARTS = 4096
"""So many combinations of readings of one formula are decided, fewer where many acts may or may not have happened."""

FEW_PARTS = 16
"""Formulas with no more combinations than this are decided under all of them on any record."""

NO_COMPLETION = "no completion of the record fulfils the premises"


@define(eq=False)
class Case:
    """One record in one world, with its formulas encoded under as many profiles as are asked."""

    program: Program
    calendar: WorkingCalendar
    timeline: Timeline
    world: World = field(init=False)
    record: Record = field(init=False)
    readings: Readings = field(init=False)
    memory: Memory = field(factory=dict)
    replay: Replay = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.world = World(self.calendar)
        self.record = Record(self.world, self.timeline)
        self.readings = Readings(self.world, self.program.readings)
        self.replay = Replay(self.program, self.calendar, self.timeline)

    def encode(self, formula: Typed, profile: Profile) -> tuple[Cond, frozenset[str]]:
        """The condition, and the readings that were really consulted; LookupError for one that has no value."""
        encoder = Encoder(self.program, self.record, profile, self.readings, self.memory)
        cond = encoder.formula(formula)
        missing = sorted(encoder.consulted - profile.keys())
        if missing:
            raise LookupError(f"no value for the readings {missing}")
        return cond, frozenset(encoder.consulted)

    def require(self, premises: Mapping[str, Typed], profile: Profile) -> dict[str, bool]:
        """Restricts the completions to those in which the premises hold; the assumptions to ask under."""
        for name, premise in premises.items():
            self.world.name(f"premise:{name}", self.encode(premise, profile)[0])
        return {f"premise:{name}": True for name in premises}


@define(eq=False)
class _Item:
    """One formula under one profile, and the completions seen on either side."""

    name: str
    formula: Typed
    profile: Profile
    cond: Cond
    seen: dict[bool, Choice] = field(factory=dict)
    reason: str = ""

    @property
    def other(self) -> Cond:
        """The condition for the side that no model has shown."""
        return not_(self.cond) if True in self.seen else self.cond

    def verdict(self) -> Verdict3:
        if isinstance(self.cond, bool):
            return Always(self.cond)
        if len(self.seen) == 2:
            return Open(self.seen[True], self.seen[False])
        return Undecided(self.reason) if self.reason else Always(True in self.seen)


def decide(
    program: Program,
    calendar: WorkingCalendar,
    timeline: Timeline,
    formulas: Mapping[str, Typed],
    profile: Profile,
    *,
    premises: Mapping[str, Typed] | None = None,
    rlimit: int = RLIMIT,
) -> dict[str, Verdict3]:
    """The verdict on each formula under one profile; `premises` leave out the completions in which they fail."""
    case = Case(program, calendar, timeline)
    assume = case.require(premises or {}, profile)
    items = [_Item(name, formula, profile, case.encode(formula, profile)[0]) for name, formula in formulas.items()]
    _settle(case, items, assume, rlimit)
    return {item.name: item.verdict() for item in items}


def decide_over_readings(
    program: Program,
    calendar: WorkingCalendar,
    timeline: Timeline,
    formulas: Mapping[str, Typed],
    profile: Profile,
    *,
    vary: Collection[str] | None = None,
    premises: Mapping[str, Typed] | None = None,
    rlimit: int = RLIMIT,
) -> dict[str, ByReadings]:
    """The verdict on each formula over all combinations of the readings in `vary` (all but DUE, if left out).

    Readings outside `vary` have their value in `profile`. Only readings that a formula really consults on this
    record split its verdict. The first part of each answer is the one that `profile` belongs to.

    On a record with many acts that may or may not have happened nearly every formula consults nearly every reading:
    there the combinations farthest from `profile` are left out, and no part of the answer covers them.
    """
    varied = frozenset(program.readings if vary is None else vary)
    case = Case(program, calendar, timeline)
    assume = case.require(premises or {}, profile)
    found: dict[str, list[tuple[Profile, _Item]]] = {}
    doubtful = sum(slot.occurred is None for slot in timeline.slots)
    most = MOST_PARTS // max(1, doubtful) ** 2
    for name, formula in formulas.items():
        for part, whole, cond in _parts(case, formula, profile, varied, most):
            label = ",".join(f"{reading}={value}" for reading, value in sorted(part.items()))
            found.setdefault(name, []).append((part, _Item(f"{name}[{label}]", formula, whole, cond)))
    _settle(case, [item for items in found.values() for _, item in items], assume, rlimit)
    return {name: ByReadings(tuple((part, item.verdict()) for part, item in items)) for name, items in found.items()}


def _parts(
    case: Case, formula: Typed, profile: Profile, varied: frozenset[str], most: int
) -> Iterator[tuple[Profile, Profile, Cond]]:
    """Parts of a profile that together cover every combination of the varied readings, and the formula under each.

    A part fixes what was consulted; what lies outside it is cut into regions by its first, second, ... reading. After
    `most` parts only the profile itself is completed, in both modes of duties, unless there are few of them anyway.
    """
    regions: list[Profile] = [{}]
    done = 0
    while regions:
        region = regions.pop(0)
        if done >= most and any(profile[name] != value for name, value in region.items() if name != DUE):
            continue
        done += 1
        whole = {**profile, **region}
        cond, consulted = case.encode(formula, whole)
        part, asked = dict(region), sorted((consulted & varied) - region.keys())
        domains = {name: (OPEN, CLOSED) if name == DUE else case.program.readings[name] for name in asked}
        if not region and prod(map(len, domains.values())) <= FEW_PARTS:
            most = MOST_PARTS
        for reading, values in domains.items():
            regions.extend({**part, reading: value} for value in values if value != whole[reading])
            part[reading] = whole[reading]
        yield part, whole, cond


def _settle(case: Case, items: list[_Item], assume: Mapping[str, bool], rlimit: int) -> None:
    """Sees both sides of every item that is open, or knows that there is only one."""
    asked = [item for item in items if not isinstance(item.cond, bool)]
    if not asked and not assume:
        return
    answer = check(case.world, Question(assume, rlimit))
    if not isinstance(answer, Sat):
        for item in items:
            item.cond = case.world.bool("?") if isinstance(item.cond, bool) else item.cond
            item.reason = answer.reason if isinstance(answer, GaveUp) else NO_COMPLETION
        return
    _look(case, asked, answer)
    while asked := [item for item in asked if len(item.seen) < 2]:
        answer = _flip(case, asked, assume, rlimit)
        if isinstance(answer, Unsat):
            return
        if isinstance(answer, GaveUp):
            _one_by_one(case, asked, assume, rlimit)
            return
        _look(case, asked, answer)


def _one_by_one(case: Case, asked: list[_Item], assume: Mapping[str, bool], rlimit: int) -> None:
    for item in asked:
        if len(item.seen) == 2:
            continue
        answer = _flip(case, [item], assume, rlimit)
        if isinstance(answer, Sat):
            _look(case, asked, answer)
        elif isinstance(answer, GaveUp):
            item.reason = answer.reason


def _flip(case: Case, asked: list[_Item], assume: Mapping[str, bool], rlimit: int) -> Sat | Unsat | GaveUp:
    name = case.world.fresh("otherwise")
    case.world.name(name, any_(item.other for item in asked))
    return check(case.world, Question({**assume, name: True}, rlimit))


def _look(case: Case, asked: list[_Item], answer: Sat) -> None:
    """Notes the side on which each item is in the model, and lets the evaluator confirm it."""
    choice = case.record.choice(answer.model)
    news = []
    for item in asked:
        side = answer.holds(item.cond)
        if side not in item.seen:
            item.seen[side] = choice
            news.append(Claim(item.name, item.formula, item.profile, side))
    case.replay.confirm(choice, news)


__all__ = ["Case", "decide", "decide_over_readings"]
