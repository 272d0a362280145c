"""The one entry of the prover: `prove` for a theorem, `prove_all` for many with their lemmas in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from attrs import field, frozen

from compliance.calendar.load import shipped_calendar
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm.program import Typed
from compliance.prove.decide import Worlds
from compliance.prove.options import DEFAULTS, SLOTS, ProveOptions
from compliance.prove.outcome import ProofReport, ProofResult
from compliance.prove.questions import Assumed, assumed, natural_values, query_of
from compliance.prove.theorem import Theorem
from compliance.smt.natural import Natural
from compliance.smt.query import Query
from compliance.source.diagnostic import Collector


@frozen(eq=False)
class Setting:
    """What all theorems about a law share."""

    law: Law
    calendar: WorkingCalendar
    natural: Natural
    worlds: Worlds = field(factory=Worlds)
    """Worlds for the questions beside the main one: without a unit, the premise, the near miss."""


@frozen(eq=False)
class Job:
    """A theorem with all that it is proved from."""

    setting: Setting
    theorem: Theorem
    options: ProveOptions
    under: Assumed
    lemmas: Mapping[str, Typed] = field(factory=dict)
    lemma_results: Mapping[str, ProofResult] = field(factory=dict)

    @property
    def law(self) -> Law:
        return self.setting.law

    def query(self, without: str | None = None, goal: Typed | None = None, side: bool | None = None) -> Query:
        """The question of the theorem, or of another formula; a lemma goes with a unit that it rests on."""
        setting, under = self.setting, self.under.without(without) if without else self.under
        kept = {
            name: typed
            for name, typed in self.lemmas.items()
            if without is None or without not in (*self.lemma_results[name].core, *self.lemma_results[name].world)
        }
        return query_of(setting.law, self.theorem, setting.calendar, under, kept, setting.natural, goal, side)

    @property
    def story_expected(self) -> bool:
        return (self.theorem.kind == "possible") == (self.theorem.expect == "proved")


def setting_of(law: Law, calendar: WorkingCalendar | None = None) -> Setting:
    """The setting of a law; with the shipped calendar, if no other is given."""
    return Setting(law, calendar or shipped_calendar(), natural_values(law))


def prove(
    law: Law,
    theorem: Theorem,
    options: ProveOptions = DEFAULTS,
    *,
    calendar: WorkingCalendar | None = None,
    lemmas: Mapping[str, tuple[Theorem, ProofResult]] | None = None,
    setting: Setting | None = None,
) -> ProofResult:
    """The answer to one theorem, from the cache where it is there. `lemmas` are those that it names, proved."""
    from compliance.prove.answer import answer
    from compliance.prove.cache import Cache

    job = job_of(setting or setting_of(law, calendar), theorem, options, lemmas or {})
    cache = Cache(options.cache) if options.cache else None
    found = cache.get(job) if cache and options.proofs is None else None
    if found is None:
        found = answer(job)
        if cache and found.settled:
            cache.put(job, found)
    return found


def job_of(
    setting: Setting,
    theorem: Theorem,
    options: ProveOptions,
    lemmas: Mapping[str, tuple[Theorem, ProofResult]],
) -> Job:
    """The theorem with those of the lemmas that it names."""
    known = {name: lemmas[name] for name in theorem.lemmas if name in lemmas}
    formulas = {name: each.formula for name, (each, _) in known.items()}
    results = {name: found for name, (_, found) in known.items()}
    return Job(setting, theorem, options, assumed(setting.law, theorem), formulas, results)


def prove_all(
    law: Law,
    theorems: Iterable[Theorem],
    options: ProveOptions = DEFAULTS,
    *,
    calendar: WorkingCalendar | None = None,
    setting: Setting | None = None,
    done: Callable[[ProofResult], None] | None = None,
) -> ProofReport:
    """The answers to all theorems, lemmas before those that use them; `Problems` for a circle of lemmas."""
    theorems = tuple(theorems)
    by_id = {theorem.id: theorem for theorem in theorems}
    setting = setting or setting_of(law, calendar)
    results: dict[str, ProofResult] = {}
    for theorem in in_order(theorems):
        lemmas = {name: (by_id[name], results[name]) for name in theorem.lemmas if results[name].result == "proved"}
        results[theorem.id] = prove(law, theorem, options, lemmas=lemmas, setting=setting)
        if done:
            done(results[theorem.id])
    return ProofReport(law.fingerprint, tuple(results[theorem.id] for theorem in theorems))


def applies(lemma: Theorem, theorem: Theorem) -> bool:
    """Whether a lemma is meant under what the theorem assumes, and under its readings."""
    same_units = (lemma.under, lemma.without) == (theorem.under, theorem.without)
    same_readings = dict(lemma.readings) == dict(theorem.readings) and not theorem.for_all_readings
    everywhere = lemma.for_all_readings and not lemma.readings
    return lemma.kind == "always" and same_units and (same_readings or everywhere)


def in_order(theorems: tuple[Theorem, ...]) -> list[Theorem]:
    """Lemmas first; `Problems` for an unknown lemma or a circle."""
    by_id, collector = {theorem.id: theorem for theorem in theorems}, Collector()
    for theorem in theorems:
        for name in theorem.lemmas:
            if name not in by_id:
                collector.unknown("proofs.unknown-lemma", theorem.place, name, by_id)
            elif not applies(by_id[name], theorem):
                collector.error("proofs.lemma-elsewhere", theorem.place, word=name)
    collector.raise_if_any()
    order: list[Theorem] = []
    waiting = list(theorems)
    while waiting:
        ready = [each for each in waiting if all(by_id[name] in order for name in each.lemmas)]
        if not ready:
            collector.fail("proofs.lemma-circle", waiting[0].place, word=waiting[0].id)
        order.extend(ready)
        waiting = [each for each in waiting if each not in ready]
    return order


__all__ = [
    "DEFAULTS", "SLOTS", "Job", "ProveOptions", "Setting", "in_order", "job_of", "prove", "prove_all", "setting_of",
]  # fmt: skip
