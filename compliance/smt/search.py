"""Finite search for a story: at most so many events of each kind, formulas switched on only when a story breaks them.

Every event is assumed absent until a core says that one is needed: stories come out small, and few formulas are ever
encoded. A story counts once the evaluator finds every axiom kept on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field

from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Typed
from compliance.smt import solve
from compliance.smt.decide import Case
from compliance.smt.encode import Encoder
from compliance.smt.natural import OFFICER_OWNER, POSITION_OWNER, Natural, natural
from compliance.smt.polarity import Demands
from compliance.smt.query import Effort, Found, GaveUp, NoStory, Query, Story
from compliance.smt.record import read
from compliance.smt.solve import RLIMIT, Question, Unsat
from compliance.smt.symbolic import FIRST, LAST, symbolic
from compliance.smt.terms import implies, le, not_
from compliance.timeline.model import Choice, Slot

GOAL = "goal"
ROUNDS = 400
"""Questions to the solver after which a search is given up."""


def preferences(query: Query) -> Natural:
    """The natural values under the formulas of a query."""
    return natural(query.program, (typed.expr for typed in query.formulas()))


@define(eq=False)
class Search:
    """One search with a fixed number of slots a kind; `start` formulas are switched on from the beginning."""

    query: Query
    slots: int
    preferred: Natural
    days: tuple[int, int] = (FIRST, LAST)
    rlimit: int = RLIMIT
    case: Case = field(init=False)
    active: dict[str, None] = field(factory=dict)
    absent: dict[int, Slot] = field(init=False)
    bounded: set[str] = field(factory=set)
    demands: Demands = field(init=False)
    effort: Effort = field(default=Effort())

    def __attrs_post_init__(self) -> None:
        vocabulary = self.query.program.vocabulary
        timeline = symbolic(vocabulary, vocabulary.kinds, self.slots, self.days)
        self.case = Case(self.query.program, self.query.calendar, timeline)
        self.absent = {slot.index: slot for slot in timeline.slots}
        self.demands = Demands(self.query.program, self.query.readings)

    def run(self) -> Found:
        """A story, or why there is none."""
        self.switch_on(GOAL, self.query.goal)
        return self.settle({})

    def settle(self, also: Mapping[str, bool]) -> Found:
        """Answers under further assumptions, switching on what a candidate breaks."""
        for _ in range(ROUNDS):
            answer = self.ask(also)
            if isinstance(answer, solve.GaveUp):
                return GaveUp(answer.reason, self.cost())
            if isinstance(answer, Unsat):
                if not self.allow(answer.core):
                    return NoStory(self.slots, tuple(n[6:] for n in answer.core if n.startswith("axiom:")), self.cost())
                continue
            facts, profile = self.decoded(answer)
            judged = self.query.judge(facts, profile)
            self.confirm(judged.goal, judged.broken)
            if judged.is_story:
                return Story(facts, profile, self.cost())
            for name in self.next_on(judged.broken):
                self.switch_on(name, self.query.axioms[name])
        return GaveUp(f"no answer after {ROUNDS} rounds", self.cost())

    def ask(self, also: Mapping[str, bool]) -> solve.Answer:
        self.effort = Effort(self.effort.checks + 1)
        assume = {GOAL: self.query.side, **{f"axiom:{name}": True for name in self.active if name != GOAL}}
        assume |= {f"absent:{index}": True for index, slot in self.absent.items() if slot.kind in self.bounded}
        return solve.check(self.case.world, Question({**assume, **also}, self.rlimit))

    def allow(self, core: Iterable[str]) -> bool:
        """Lets one absent event of a core happen; whether there was one."""
        blocked = sorted(int(name[7:]) for name in core if name.startswith("absent:"))
        blocked = [index for index in blocked if index in self.absent]
        if not blocked:
            return False
        first = min(blocked, key=lambda i: (sum(s.kind == self.absent[i].kind for s in self.absent.values()) < self.slots, i))
        del self.absent[first]
        return True

    def confirm(self, goal: bool, broken: tuple[str, ...]) -> None:
        """EngineDisagreement where the evaluator sees a formula otherwise that the solver was told of."""
        wrong = [name for name in broken if name in self.active] + ([] if goal else [GOAL])
        if wrong:
            from compliance.smt.answers import EngineDisagreement

            raise EngineDisagreement(wrong[0], {}, self.query.readings, True)

    def next_on(self, broken: tuple[str, ...]) -> list[str]:
        """All broken formulas that demand no event; else the first broken one."""
        plain = [name for name in broken if not self.demands.of(self.query.axioms[name].expr)]
        return plain or list(broken[:1])

    def switch_on(self, name: str, formula: Typed) -> None:
        self.bound(formula.kinds)
        case = self.case
        encoder = Encoder(self.query.program, case.record, self.query.readings, case.readings, case.memory)
        case.world.name(name if name == GOAL else f"axiom:{name}", encoder.formula(formula))
        self.active[name] = None

    def bound(self, kinds: Iterable[str]) -> None:
        """States of the slots of a kind that they are in order, and not after the last known day."""
        record, world = self.case.record, self.case.world
        for kind in sorted(set(kinds) - self.bounded):
            self.bounded.add(kind)
            slots = record.slots(kind)
            for slot in slots:
                present = record.present(slot)
                world.fact(implies(present, le(record.date(slot), record.constant("as_of"))))
                world.name(f"absent:{slot.index}", not_(present))
            for before, after in zip(slots, slots[1:], strict=False):
                world.fact(implies(record.present(after), record.present(before)))
                world.fact(implies(record.present(after), le(record.date(before), record.date(after))))

    def decoded(self, answer: solve.Sat) -> tuple[Facts, Profile]:
        """The model as a record and a profile; what no formula asked for is natural."""
        record, profile = self.case.record, dict(self.query.readings)
        for name, variable in self.case.readings.variables.items():
            profile[name] = str(read(answer.model, variable))
        for name, values in self.query.program.readings.items():
            profile.setdefault(name, values[0])
        choice = dict(record.choice(answer.model))
        choice |= self.natural_choice(record.variables.keys())
        if "as_of" not in record.variables:
            days = [choice[f"events[{s.index}].date"] for s in record.timeline.slots if choice[f"events[{s.index}].occurred"]]
            choice["as_of"] = max((day for day in days if isinstance(day, int)), default=self.days[0])
        return record.timeline.facts(choice), profile

    def natural_choice(self, asked: Iterable[str]) -> Choice:
        timeline, known = self.case.timeline, set(asked)
        vocabulary, found = self.query.program.vocabulary, {}
        owners = [(OFFICER_OWNER, "officer", vocabulary.officer)]
        owners += [(POSITION_OWNER, f"positions.{post}", vocabulary.position) for post in timeline.positions]
        owners += [(s.kind, f"events[{s.index}]", vocabulary.kinds[s.kind].attributes) for s in timeline.slots]
        unknown = timeline.unknowns()
        for owner, path, attributes in owners:
            for name, attribute in attributes.items():
                values = self.preferred.values(owner, attribute)
                if values and f"{path}.{name}" in unknown and f"{path}.{name}" not in known:
                    found[f"{path}.{name}"] = values[0]
        return found

    def cost(self) -> Effort:
        return Effort(self.effort.checks, 0, len(self.active) - 1, len(self.case.timeline.slots) - len(self.absent))


def search(query: Query, slots: Iterable[int] = (1, 2, 3), rlimit: int = RLIMIT) -> Found:
    """The first story with the fewest slots a kind; `NoStory` names the last bound that was searched in full."""
    preferred, found = preferences(query), None
    for count in slots:
        found = Search(query, count, preferred, rlimit=rlimit).run()
        if isinstance(found, Story):
            return found
    assert found is not None
    return found


__all__ = ["Search", "preferences", "search"]
