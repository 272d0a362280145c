"""Finite search for a story: at most so many events of each kind, formulas switched on only when a story breaks them.

Every event is assumed absent until a core says that one is needed: stories come out small, and few formulas are ever
encoded. A story counts once the evaluator finds every axiom kept on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

import z3
from attrs import define, evolve, field

from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Typed
from compliance.norm.types import Value
from compliance.smt import solve
from compliance.smt.answers import EngineDisagreement
from compliance.smt.decide import Case
from compliance.smt.encode import Encoder
from compliance.smt.native import is_true
from compliance.smt.natural import OFFICER_OWNER, POSITION_OWNER, Natural
from compliance.smt.polarity import Demands, next_on
from compliance.smt.query import Effort, Found, GaveUp, NoStory, Query, Story
from compliance.smt.record import first_value, read
from compliance.smt.solve import RLIMIT, Question, Unsat
from compliance.smt.symbolic import symbolic
from compliance.smt.terms import Cond, implies, le, not_
from compliance.smt.values import same
from compliance.timeline.model import Choice, OneOf, Slot, Timeline

GOAL = "goal"
ROUNDS = 400
"""Questions to the solver after which a search is given up."""


@define(eq=False)
class Search:
    """One search over the completions of a timeline; the events that may not have happened are kept few."""

    query: Query
    timeline: Timeline
    preferred: Natural
    slots: int = 0
    """How many events of a kind the timeline has room for: the bound of `NoStory`."""
    rlimit: int = RLIMIT
    rounds: int = solve.ROUNDS
    """Refinements of the calendar for one question."""
    start: tuple[str, ...] = ()
    """Axioms that are switched on from the beginning."""
    sparing: bool = True
    """Whether the story is to have few events, and nothing unusual; else any story will do."""
    case: Case = field(init=False)
    active: dict[str, None] = field(factory=dict)
    usual: dict[str, bool] = field(factory=dict)
    asked: set[str] = field(factory=set)
    """The readings that formulas have consulted so far."""
    core: tuple[str, ...] = ()
    """The names that contradicted each other last."""
    absent: dict[int, Slot] = field(init=False)
    bounded: set[str] = field(factory=set)
    demands: Demands = field(init=False)
    usually_so: dict[str, Value] = field(init=False)
    effort: Effort = field(default=Effort())
    goal: str = GOAL
    """The name of the goal in the world: a search may be asked again."""

    def __attrs_post_init__(self) -> None:
        self.case = Case(self.query.program, self.query.calendar, self.timeline)
        self.case.world.applications.monotone = True
        self.absent = self.optional()
        self.demands = Demands(self.query.program, self.query.readings)
        self.usually_so = self.natural_choice()

    def optional(self) -> dict[int, Slot]:
        return {slot.index: slot for slot in self.timeline.slots if slot.occurred is None and self.sparing}

    def run(self) -> Found:
        """A story, or why there is none."""
        self.begin()
        return self.settle({})

    def again(self, query: Query, start: tuple[str, ...], sparing: bool = True) -> Found:
        """Another question in the same world: the same program and readings, axioms of the same names.

        What was encoded and learned serves again, so the story is not the one of a world of its own.
        """
        self.sparing = sparing
        self.query, self.start, self.goal = query, start, self.case.world.fresh(GOAL)
        self.absent, self.active, self.usual, self.effort = self.optional(), {}, {}, Effort()
        self.asked = set()
        return self.run()

    def begin(self) -> None:
        """Switches the goal on; the officer and the readings are the usual ones as long as that is possible."""
        record = self.case.record
        for name, attribute in self.query.program.vocabulary.officer.items():
            if isinstance(self.timeline.officer[name], OneOf):
                natural = self.preferred.value(OFFICER_OWNER, attribute)
                self.usually(f"usual:officer.{name}", same(record.officer(name), natural))
        self.switch_on(self.goal, self.query.goal)
        for name in self.start:
            self.switch_on(name, self.query.axioms[name])

    def usually(self, name: str, cond: Cond) -> None:
        """Assumes a condition until nothing else can be given up for it."""
        if self.sparing:
            self.case.world.name(name, cond)
            self.usual[name] = True

    def usual_readings(self) -> None:
        for name, variable in self.case.readings.variables.items():
            if name not in self.asked:
                self.asked.add(name)
                self.usually(f"usual:{name}", same(variable, self.query.program.readings[name][0]))

    def settle(self, also: Mapping[str, bool]) -> Found:
        """Answers under further assumptions, switching on what a candidate breaks."""
        for _ in range(ROUNDS):
            answer = self.ask(also)
            self.core = answer.core if isinstance(answer, Unsat) else ()
            if isinstance(answer, solve.GaveUp):
                return GaveUp(answer.reason, self.cost())
            if isinstance(answer, Unsat):
                if not self.allow(answer.core):
                    return NoStory(self.slots, tuple(n[6:] for n in answer.core if n.startswith("axiom:")), self.cost())
                continue
            facts, profile = self.decoded(answer)
            judged = self.query.judge(facts, profile, self.active)
            self.confirm(judged.goal, judged.broken)
            if judged.is_story:
                return Story(facts, profile, self.cost(), tuple(name for name in self.active if name != self.goal))
            for name in next_on(judged.broken, self.query.axioms, self.query.goal, self.demands):
                self.switch_on(name, self.query.axioms[name])
        return GaveUp(f"no answer after {ROUNDS} rounds", self.cost())

    def ask(self, also: Mapping[str, bool]) -> solve.Answer:
        self.effort = Effort(self.effort.checks + 1)
        assume = {self.goal: self.query.side}
        assume |= {f"axiom:{name}": True for name in self.active if name != self.goal}
        assume |= {f"absent:{index}": True for index, slot in self.absent.items() if slot.kind in self.bounded}
        return solve.check(self.case.world, Question({**assume, **self.usual, **also}, self.rlimit, self.rounds))

    def allow(self, core: Iterable[str]) -> bool:
        """Lets one absent event of a core happen, or else something unusual; whether there was either."""
        blocked = [int(name[7:]) for name in core if name.startswith("absent:")]
        if not blocked:
            return self.usual.pop(max((name for name in core if name in self.usual), default=""), False)
        left = Counter(slot.kind for slot in self.absent.values())
        del self.absent[min(blocked, key=lambda index: (-left[self.absent[index].kind], index))]
        return True

    def confirm(self, goal: bool, broken: tuple[str, ...]) -> None:
        """EngineDisagreement where the evaluator sees a formula otherwise that the solver was told of."""
        wrong = [name for name in broken if name in self.active] + ([] if goal else [self.goal])
        if wrong:
            raise EngineDisagreement(wrong[0], {}, self.query.readings, True)

    def switch_on(self, name: str, formula: Typed) -> None:
        self.bound(formula.kinds)
        case, label = self.case, name if name == self.goal else f"axiom:{name}"
        if label not in case.world.named:
            encoder = Encoder(self.query.program, case.record, self.query.readings, case.readings, case.memory)
            case.world.name(label, encoder.formula(formula))
        self.active[name] = None
        self.usual_readings()

    def bound(self, kinds: Iterable[str]) -> None:
        """States of the slots of a kind that they are in order, and not after the last known day."""
        record, world = self.case.record, self.case.world
        for kind in sorted(set(kinds) - self.bounded):
            self.bounded.add(kind)
            slots = record.slots(kind)
            for slot in slots:
                present = record.present(slot)
                world.fact(implies(present, le(record.date(slot), record.constant("as_of"))))
                if slot.occurred is None:
                    world.name(f"absent:{slot.index}", not_(present))
            for before, after in pairwise(slot for slot in slots if slot.occurred is None):
                world.fact(implies(record.present(after), record.present(before)))
                world.fact(implies(record.present(after), le(record.date(before), record.date(after))))

    def decoded(self, answer: solve.Sat) -> tuple[Facts, Profile]:
        """The model as a record and a profile; what no formula asked for is natural."""
        record, profile = self.case.record, dict(self.query.readings)
        for name, variable in self.case.readings.variables.items():
            profile[name] = str(read(answer.model, variable))
        for name, values in self.query.program.readings.items():
            profile.setdefault(name, values[0])
        facts = self.timeline.facts(self.choice(answer.model))
        if "as_of" in record.variables:
            return facts, profile
        return evolve(facts, as_of=max((event.date for event in facts.events), default=facts.as_of)), profile

    def choice(self, model: z3.ModelRef) -> Choice:
        """Values for all uncertain facts; what no formula asked for, and what did not happen, is natural."""
        found, variables = dict(self.usually_so), self.case.record.variables
        gone = {f"events[{slot.index}]" for slot in self.timeline.slots if not self.happens(model, slot)}
        for path, variable in variables.items():
            if path.partition(".")[0] not in gone:
                found[path] = read(model, variable)
        return found

    def happens(self, model: z3.ModelRef, slot: Slot) -> bool:
        if slot.occurred is not None:
            return slot.occurred
        variable = self.case.record.variables.get(f"events[{slot.index}].occurred")
        return isinstance(variable, z3.BoolRef) and is_true(model, variable, complete=False)

    def natural_choice(self) -> dict[str, Value]:
        """A value for every uncertain fact: the natural one, or the first."""
        timeline, vocabulary = self.timeline, self.query.program.vocabulary
        found: dict[str, Value] = {path: first_value(domain) for path, domain in timeline.unknowns().items()}
        owners = [(OFFICER_OWNER, "officer", vocabulary.officer)]
        owners += [(POSITION_OWNER, f"positions.{post}", vocabulary.position) for post in timeline.positions]
        owners += [(s.kind, f"events[{s.index}]", vocabulary.kinds[s.kind].attributes) for s in timeline.slots]
        for owner, path, attributes in owners:
            for name, attribute in attributes.items():
                values = self.preferred.values(owner, attribute)
                if values and f"{path}.{name}" in found:
                    found[f"{path}.{name}"] = values[0]
        return found

    def cost(self) -> Effort:
        return Effort(self.effort.checks, 0, len(self.active) - 1, len(self.timeline.slots) - len(self.absent))


def search(query: Query, slots: Iterable[int] = (1, 2, 3), rlimit: int = RLIMIT, rounds: int = solve.ROUNDS) -> Found:
    """The first story with the fewest slots a kind; `NoStory` names the last bound that was searched in full.

    `rounds` bounds how often the calendar is refined for one answer of the solver.
    """
    counts = tuple(slots)
    plain = search_plain(query, counts, rlimit, rounds=rounds)
    return plain if isinstance(plain, Story) else search_all(query, counts, rlimit, rounds=rounds)


def search_plain(
    query: Query,
    slots: Iterable[int],
    rlimit: int = RLIMIT,
    start: tuple[str, ...] = (),
    rounds: int = solve.ROUNDS,
) -> Found:
    """As `search`, among plain records: one post, and acts that belong together by their order.

    Its `NoStory` says nothing of other records: it has no slots.
    """
    found: Found = NoStory(0)
    for count in slots:
        found = _search(query, count, rlimit, start, rounds, plain=True)
        if isinstance(found, Story):
            return found
    return evolve(found, slots=0) if isinstance(found, NoStory) else found


def search_again(
    kept: dict[int, Search],
    query: Query,
    slots: Iterable[int],
    start: tuple[str, ...] = (),
    rlimit: int = RLIMIT,
    sparing: bool = True,
) -> Found:
    """As `search_plain`, in worlds that are kept for further questions of the same program, readings and axioms."""
    found: Found = NoStory(0)
    for count in slots:
        if count not in kept:
            timeline = symbolic(query.program.vocabulary, query.program.vocabulary.kinds, count, plain=True)
            kept[count] = Search(query, timeline, query.preferred, count, rlimit)
        found = kept[count].again(query, start, sparing)
        if isinstance(found, Story):
            return found
    return evolve(found, slots=0) if isinstance(found, NoStory) else found


def search_all(
    query: Query,
    slots: Iterable[int],
    rlimit: int = RLIMIT,
    start: tuple[str, ...] = (),
    rounds: int = solve.ROUNDS,
) -> Found:
    """As `search`, among all records from the beginning."""
    found: Found = NoStory(0)
    last: Found = found
    for count in slots:
        last = _search(query, count, rlimit, start, rounds, plain=False)
        if isinstance(last, Story):
            return last
        found = last if isinstance(last, NoStory) else found
    return found if isinstance(found, NoStory) and found.slots else last


def _search(query: Query, count: int, rlimit: int, start: tuple[str, ...], rounds: int, plain: bool) -> Found:
    timeline = symbolic(query.program.vocabulary, query.program.vocabulary.kinds, count, plain=plain)
    return Search(query, timeline, query.preferred, count, rlimit, rounds, start=start).run()


__all__ = ["Search", "search", "search_again", "search_all", "search_plain"]
