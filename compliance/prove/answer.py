"""The answer to a theorem: decided, confirmed, and tried without its units, on its premise and on its near miss."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from compliance.norm.vocabulary import Words
from compliance.prove.confirm import confirmations, keep_proof, prove_otherwise
from compliance.prove.decide import Decision, decide
from compliance.prove.outcome import LABELS, Confirmation, Drop, Label, ProofResult, Result, StoryRecord
from compliance.prove.prove import Job
from compliance.prove.questions import LEMMA, is_never, premise
from compliance.smt.query import GaveUp, Impossible, Query, Story
from compliance.source.diagnostic import Collector


def answer(job: Job) -> ProofResult:
    """The whole answer; raises `Problems` for a theorem that is true whatever the law says."""
    query = job.query()
    decision = decide(query, job.story_expected, job.options.slots)
    match decision.answer:
        case Story() as story:
            found = _with_story(job, query, story)
        case Impossible() as proof:
            found = _with_proof(job, query, decision, proof)
        case GaveUp(reason=reason):
            found = _otherwise(job, query, decision) or _open(job, decision, reason)
    effort = decision.answer.effort
    found = evolve(found, checks=effort.checks, rlimit=effort.rlimit, events=effort.events)
    if job.theorem.near_miss and job.options.near_misses:
        found = evolve(found, near_miss=_near_miss(job, decision))
    return evolve(found, unmet=tuple(_unmet(job, found)))


def _blank(job: Job, result: Result, label: Label) -> ProofResult:
    theorem = job.theorem
    return ProofResult(
        theorem=theorem.id,
        says=theorem.says,
        kind=theorem.kind,
        expect=theorem.expect,
        result=result,
        label=label,
        label_words=LABELS[label],
        rests_on=theorem.rests_on,
        readings=None if theorem.for_all_readings else dict(theorem.readings),
    )


def _open(job: Job, decision: Decision, reason: str) -> ProofResult:
    label: Label = "no_story" if decision.slots else "gave_up"
    words = _filled(LABELS[label], slots=str(decision.slots), reason=reason)
    return evolve(_blank(job, "open", label), label_words=words, reason=reason, slots=decision.slots)


def _otherwise(job: Job, query: Query, decision: Decision) -> ProofResult | None:
    """What other solvers prove where the engine gave up; one of them alone is one method."""
    found = prove_otherwise(query, _likely(decision)) if job.options.confirm else None
    if found is None:
        return None
    core, checked = found
    sure = [each for each in checked if each.outcome == "confirmed"]
    result = _proved(job, core, checked, _vacuous(job, decision), tuple(_drops(job, decision)))
    if job.theorem.kind == "always" and result.label == "proved" and len(sure) < 2:
        result = evolve(result, label="proved_by_one_method", label_words=LABELS["proved_by_one_method"])
    return evolve(result, solvers=tuple(each.solver for each in sure))


def _filled(words: Words, **fields: str) -> Words:
    en, ru = words.en, words.ru
    for name, value in fields.items():
        en, ru = en.replace(f"{{{name}}}", value), ru.replace(f"{{{name}}}", value)
    return Words(en, ru)


def _with_story(job: Job, query: Query, story: Story) -> ProofResult:
    from compliance.smt.polish import polished, shortened

    tidy = polished(query, story) if job.options.polish else shortened(query, story)
    shown = job.theorem.kind == "possible"
    found = _blank(job, "proved" if shown else "refuted", "shown" if shown else "refuted")
    return evolve(found, story=StoryRecord(tidy.facts, tidy.profile), solvers=(solver_name(),))


def _with_proof(job: Job, query: Query, decision: Decision, proof: Impossible) -> ProofResult:
    assert decision.engine is not None
    if not proof.core and not decision.engine.world.applications.found and not job.theorem.formula.calls:
        collector = Collector()
        collector.fail("proofs.trivially-true", job.theorem.place, word=job.theorem.id)
    checked = confirmations(query, decision.engine, proof) if job.options.confirm else ()
    if job.options.proofs is not None:
        keep_proof(job.options.proofs, job.theorem.id, query, proof)
    return _proved(job, proof.core, checked, _vacuous(job, decision), tuple(_drops(job, decision)))


def _proved(
    job: Job,
    core: tuple[str, ...],
    checked: tuple[Confirmation, ...],
    vacuous: bool | None,
    drops: tuple[Drop, ...],
) -> ProofResult:
    lemmas = tuple(name[len(LEMMA) :] for name in core if name.startswith(LEMMA))
    facts = {fact.id for fact in job.law.world}
    norms = tuple(name for name in core if name not in facts and not name.startswith(LEMMA))
    always = job.theorem.kind == "always"
    return evolve(
        _blank(job, "proved" if always else "refuted", "proved"),
        core=job.under.units_of(norms),
        norms=norms,
        world=tuple(name for name in core if name in facts),
        lemmas=lemmas,
        confirmations=checked,
        solvers=(solver_name(), *(each.solver for each in checked if each.outcome == "confirmed")),
        vacuous=vacuous,
        drops=drops,
        label=(label := _label(job, lemmas, checked, vacuous)),
        label_words=LABELS[label],
    )


def _label(job: Job, lemmas: tuple[str, ...], checked: tuple[Confirmation, ...], vacuous: bool | None) -> Label:
    if job.theorem.kind == "possible":
        return "impossible"
    if vacuous and not job.theorem.vacuous:
        return "vacuous"
    if lemmas:
        return "proved_using_lemmas"
    return "proved" if any(each.by_another for each in checked) else "proved_by_one_method"


def _vacuous(job: Job, decision: Decision) -> bool | None:
    """Whether the premise of a proved theorem can never be met; None where that is open or there is none."""
    wanted = job.theorem.kind == "always" and job.options.premises and not is_never(job.theorem)
    asked = premise(job.theorem) if wanted else None
    if asked is None:
        return None
    found = _beside(job, decision, job.query(goal=asked, side=True)).answer
    return isinstance(found, Impossible) if not isinstance(found, GaveUp) else None


def _drops(job: Job, decision: Decision) -> Iterator[Drop]:
    """The theorem without each unit that it is said to rest on."""
    wanted = job.theorem.kind == "always" and job.options.drops
    for unit in job.theorem.rests_on if wanted else ():
        found = _beside(job, decision, job.query(without=unit)).answer
        match found:
            case Story():
                yield Drop(unit, "story")
            case Impossible():
                yield Drop(unit, "still proved")
            case GaveUp():
                yield Drop(unit, "gave up")


def _beside(job: Job, decision: Decision, query: Query, story_first: bool = True) -> Decision:
    """A question beside the main one, of which only the outcome counts: in worlds that serve all of them."""
    return decide(query, story_first, job.options.slots, _likely(decision), job.setting.worlds)


def _likely(decision: Decision) -> tuple[str, ...]:
    """The axioms that a proof had to look at."""
    active = decision.engine.active if decision.engine else {}
    return tuple(name.removeprefix("axiom:") for name in active if name.startswith("axiom:"))


def _near_miss(job: Job, decision: Decision) -> Result:
    assert job.theorem.near_miss is not None
    query, always = job.query(goal=job.theorem.near_miss.formula), job.theorem.kind == "always"
    found = _beside(job, decision, query, story_first=always).answer
    if isinstance(found, GaveUp):
        return "open"
    return "refuted" if isinstance(found, Story) == always else "proved"


def _unmet(job: Job, found: ProofResult) -> Iterator[Words]:
    theorem = job.theorem
    if found.result != theorem.expect:
        yield Words(
            f"expected `{theorem.expect}`, got `{found.result}`",
            f"ожидалось `{theorem.expect}`, получено `{found.result}`",
        )
    if found.label == "vacuous":
        yield LABELS["vacuous"]
    for drop in found.drops:
        if drop.outcome != "story":
            yield Words(
                f"without `{drop.unit}` it does not fail: {drop.outcome}",
                f"без `{drop.unit}` не перестаёт выполняться: {_DROPS[drop.outcome]}",
            )
    if found.near_miss not in (None, "refuted"):
        yield Words(f"the near miss is `{found.near_miss}`", f"близкое утверждение: `{found.near_miss}`")
    if job.options.confirm and not theorem.single_method and _unconfirmed(found):
        yield Words("no second solver confirms it", "второй решатель не подтвердил")


def _unconfirmed(found: ProofResult) -> bool:
    by_proof = found.settled and found.story is None
    return by_proof and not any(each.by_another for each in found.confirmations)


_DROPS = {"story": "история", "still proved": "доказано и без неё", "gave up": "не решено"}


def solver_name() -> str:
    """The first solver with its version."""
    from compliance.smt.versions import z3_version

    return f"z3 {z3_version()}"


__all__ = ["answer", "solver_name"]
