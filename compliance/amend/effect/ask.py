"""Questions about all lawful records, asked of the solver edge, and answers as dated stories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from attrs import define, evolve, field, frozen

from compliance.calendar.days import NEVER, format_iso
from compliance.calendar.quarters import format_quarter
from compliance.calendar.working import WorkingCalendar
from compliance.norm.facts import Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.types import Date, Quarter, Type, Value
from compliance.norm.vocabulary import Attribute, Vocabulary

if TYPE_CHECKING:
    from compliance.smt.natural import Natural
    from compliance.smt.query import GaveUp, NoStory, Query, Story

Outcome: TypeAlias = Literal["story", "none", "none_found", "open"]
"""`none`: proved for any number of events; `none_found`: none up to a bound; `open`: the solver gave up."""


SLOTS: Final = (1, 2)
EFFORT: Final = 2_500_000
"""The solver's effort for one proof; some seconds."""
SMALL: Final = 300_000
"""The same for a proof from a handful of axioms: one that exists took at most a third of it."""
CALENDAR: Final = 200
"""So often a search may refine the calendar for one answer; a day off that decides is mostly found in twenty rounds."""
PROOF: Final = 800
"""The same for a proof, which may have to go through all quarters of all years."""


@frozen(eq=False)
class Told:
    """The answer to one question: a story, or that there is none, with the names that forbid it."""

    outcome: Outcome
    facts: Facts | None = None
    profile: Profile = field(factory=dict)
    core: tuple[str, ...] = ()
    slots: int = 0
    reason: str = ""


@define(eq=False)
class Asker:
    """Asks under one calendar and one profile; remembers nothing but what it costs."""

    calendar: WorkingCalendar
    profile: Profile
    polish: bool = True
    natural: Natural | None = None
    """What stories prefer, where somebody has gathered that already."""
    asked: int = 0

    def ask(
        self,
        program: Program,
        axioms: Mapping[str, Typed],
        goal: Typed,
        side: bool = True,
        *,
        story_first: bool = False,
        profile: Profile | None = None,
        slots: tuple[int, ...] = SLOTS,
        polish: bool | None = None,
        lenient: bool = True,
        start: tuple[str, ...] = (),
        seed: Facts | None = None,
    ) -> Told:
        """Is there a record on which every axiom holds and the goal is `side`?

        `lenient` tries first what an author may stipulate; statements about that itself must not be asked so. `start`
        are axioms that a proof will likely rest on. `seed` is a record that may be one on other days.
        """
        from compliance.smt.query import Query, Story

        self.asked += 1
        query = Query(program, self.calendar, axioms, goal, side, profile or self.profile, self.natural)
        granted = evolve(query, program=stipulated(program))
        quick = _redated(query, seed) or (_searched(granted, slots) if lenient else None)
        found = quick if isinstance(quick, Story) else _decided(query, story_first, slots, start, quick)
        if isinstance(found, Story):
            asked = granted if found is quick else query
            told = _tidied(asked, found, self.polish if polish is None else polish)
            return Told("story", told.facts, told.profile)
        return found

    def prove(self, program: Program, axioms: Mapping[str, Typed], goal: Typed, side: bool = True) -> Told:
        """The engine for any number of events alone, with no search before it, for a proof from few axioms."""
        from compliance.smt.query import Query, Story

        self.asked += 1
        query = Query(program, self.calendar, axioms, goal, side, self.profile, self.natural)
        found = _decided(query, False, (), effort=SMALL)
        return Told("story", found.facts, found.profile) if isinstance(found, Story) else found

    def seek(
        self,
        program: Program,
        axioms: Mapping[str, Typed],
        goal: Typed,
        side: bool = True,
        *,
        seed: Facts | None = None,
        polish: bool = False,
    ) -> Told:
        """As `ask`, with a finite search alone: a story, or none up to two events of a kind."""
        from compliance.smt.query import GaveUp, NoStory, Query, Story

        self.asked += 1
        query = Query(stipulated(program), self.calendar, axioms, goal, side, self.profile, self.natural)
        match _redated(query, seed) or _searched(query, SLOTS):
            case Story() as story:
                told = _tidied(query, story, True) if polish else story
                return Told("story", told.facts, told.profile)
            case NoStory(slots=slots, core=core):
                return Told("none_found", core=core, slots=slots)
            case GaveUp(reason=reason):
                return Told("open", reason=reason)


def stipulated(program: Program) -> Program:
    """The program in which an author of a record stipulates all that can be stipulated: stories then leave it out."""
    kinds = {
        name: evolve(kind, attributes={key: _granted(each) for key, each in kind.attributes.items()})
        for name, kind in program.vocabulary.kinds.items()
    }
    return evolve(program, vocabulary=evolve(program.vocabulary, kinds=kinds))


def _granted(attribute: Attribute) -> Attribute:
    return evolve(attribute, value=not attribute.value) if attribute.stipulated else attribute


def _searched(query: Query, slots: tuple[int, ...]) -> Story | NoStory | GaveUp:
    from compliance.smt.search import search

    return search(query, slots, rounds=CALENDAR)


def _redated(query: Query, seed: Facts | None) -> Story | None:
    """A known record on other days."""
    from compliance.smt.redate import redated

    return None if seed is None else redated(query, seed)


def _decided(
    query: Query,
    story_first: bool,
    slots: tuple[int, ...],
    start: tuple[str, ...] = (),
    before: Story | NoStory | GaveUp | None = None,
    effort: int = EFFORT,
) -> Story | Told:
    """A story or a proof; `none_found` only where a search, this one or one `before`, went through all its records."""
    from compliance.smt.query import GaveUp, Impossible, NoStory, Story
    from compliance.smt.unbounded.engine import Engine

    bounded = _searched(query, slots) if story_first else before
    if isinstance(bounded, Story):
        return bounded
    engine = Engine(query, query.preferred, total=effort, rounds=PROOF)
    found = engine.run(tuple(name for name in start if name in query.axioms))
    match found:
        case Story():
            return found
        case Impossible(core=core):
            return Told("none", core=core)
        case GaveUp(reason=reason):
            if isinstance(bounded, NoStory) and bounded.slots:
                return Told("none_found", slots=bounded.slots, reason=reason)
            return Told("open", reason=reason)


def _tidied(query: Query, story: Story, polish: bool) -> Story:
    from compliance.smt.polish import polished, shortened

    return polished(query, story) if polish else shortened(query, story)


def story_json(facts: Facts, vocabulary: Vocabulary) -> dict[str, object]:
    """A story as plain values: what stands at its default is left out."""
    officer = _attributes(facts.officer, vocabulary.officer)
    posts = {name: _attributes(attrs, vocabulary.position) for name, attrs in sorted(facts.positions.items())}
    used = {str(value) for event in facts.events for value in event.attrs.values() if isinstance(value, str)}
    events = [
        {"event": event.kind, "date": format_iso(event.date),
         **_attributes(event.attrs, vocabulary.kinds[event.kind].attributes, event.date)}
        for event in sorted(facts.events, key=lambda each: (each.date, each.index))
    ]  # fmt: skip
    return {
        "officer": officer,
        "positions": {name: attrs for name, attrs in posts.items() if name in used},
        "events": events,
        "as_of": format_iso(facts.as_of),
    }


def _attributes(
    values: Mapping[str, Value], known: Mapping[str, Attribute], day: int | None = None
) -> dict[str, object]:
    out: dict[str, object] = {}
    for name, value in values.items():
        attribute = known[name]
        usual = attribute.value if attribute.default == "value" else None
        if value is None or (attribute.default in ("value", "none") and value == usual):
            continue
        if attribute.default == "date" and value == day:
            continue
        out[name] = _plain(value, attribute.type)
    return out


def _plain(value: Value, of: Type) -> object:
    match of:
        case Date():
            return "never" if value == NEVER else format_iso(int(value))  # type: ignore[arg-type]
        case Quarter():
            return format_quarter(int(value))  # type: ignore[arg-type]
        case _:
            return sorted(value) if isinstance(value, frozenset) else value


__all__ = ["Asker", "Outcome", "Told", "story_json"]
