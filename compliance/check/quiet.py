"""Records whose only open facts are judgements that nobody recorded: the evaluator decides what never asks for them.

Most records say nothing of the qualification assessment, and most norms do not ask. Such a norm needs no solver: it
is evaluated on the record without the open judgements, and only if it looks for one is it handed on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, evolve, field

from compliance.calendar.working import WorkingCalendar
from compliance.check.judge import Judge, Judged, KnownJudge
from compliance.law.model import Norm
from compliance.norm.facts import Event, Facts
from compliance.norm.program import Profile, Program, Typed
from compliance.timeline.model import Timeline


class Asked(Exception):
    """An evaluation looked for events of a kind that the record leaves open."""


class Guarded(dict[str, tuple[Event, ...]]):
    """Events by kind, some kinds of which must not be asked for."""

    open_kinds: frozenset[str] = frozenset()

    def get(self, kind: str, default: object = ()) -> object:  # type: ignore[override]
        """The events of a kind; raises `Asked` for an open one."""
        if kind in self.open_kinds:
            raise Asked(kind)
        return super().get(kind, ())


def without_silent(timeline: Timeline, judgements: frozenset[str]) -> Timeline | None:
    """The record without its open judgements; None where anything else is open."""
    kept = tuple(slot for slot in timeline.slots if not (slot.phantom and slot.kind in judgements))
    rest = evolve(timeline, slots=kept)
    return rest if rest.certain else None


def guarded(facts: Facts, open_kinds: frozenset[str]) -> Facts:
    """The facts, with the open kinds out of reach."""
    events = Guarded(facts.by_kind)
    events.open_kinds = open_kinds
    watched = evolve(facts)
    object.__setattr__(watched, "by_kind", events)
    return watched


@define(eq=False)
class QuietJudge:
    """The evaluator first; `solver` makes the judge of whatever asks for an open judgement."""

    program: Program
    calendar: WorkingCalendar
    facts: Facts
    solver: Callable[[], Judge]
    known: KnownJudge = field(init=False)
    _open: Judge | None = field(init=False, default=None)

    def __attrs_post_init__(self) -> None:
        self.known = KnownJudge(self.program, self.calendar, self.facts)

    @property
    def open(self) -> Judge:
        if self._open is None:
            self._open = self.solver()
        return self._open

    def status(self, norm: Norm, profile: Profile) -> Judged:
        try:
            return self.known.status(norm, profile)
        except Asked:
            return self.open.status(norm, profile)

    def hold(self, formulas: Mapping[str, Typed], profile: Profile) -> dict[str, bool | None]:
        found: dict[str, bool | None] = {}
        asking: dict[str, Typed] = {}
        for name, formula in formulas.items():
            try:
                found |= self.known.hold({name: formula}, profile)
            except Asked:
                asking[name] = formula
        return {**found, **self.open.hold(asking, profile)} if asking else found
