"""Whether each norm still does something: can its case arise, can it be broken alone, does every branch matter."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.amend.effect.branches import Branch, branches, in_words, of_version
from compliance.amend.effect.probe import Probe
from compliance.amend.effect.trouble import Sides, Trouble
from compliance.law.model import Law, Norm
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.parse import parse_expr
from compliance.norm.program import Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.types import Enum
from compliance.prove.questions import premise_of, retyped

NEITHER = ("story", "open")
"""Outcomes that show no trouble."""


def dead(sides: Sides) -> Iterator[Trouble]:
    """Norms whose case can no longer arise, whatever of the rest is kept (`DEAD_CLAUSE`).

    The norm itself is left out, so that a bar is not dead for being kept. A norm that came with the change and whose
    case only another norm excludes speaks of what follows a breach of that one.
    """
    for norm in sides.asked():
        goal = trigger(norm, sides.new)
        if goal is None or _seems_alive(norm, sides, goal):
            continue
        told = sides.new.possible(goal, (norm.id,))
        if told.outcome in NEITHER or _was_dead(norm, sides):
            continue
        core = sides.new.norms(told.core)
        after = sides.new.possible(goal, (norm.id, *core)) if core else None
        fresh = norm.id not in sides.before
        only_after = fresh and len(core) == 1
        word = "logic.dead-after-breach" if only_after else "logic.dead" if core else "logic.dead-always"
        yield Trouble("DEAD_CLAUSE", "warn" if only_after else "reject", word, (norm.id,),
                      {"units": (norm.id,), "core": core},
                      facts=sides.told(goal, (norm.id, *core), after.facts) if after else None,
                      proved=told.outcome == "none")  # fmt: skip


def trigger(norm: Norm, probe: Probe) -> Typed | None:
    """That the case of a norm arises; None where it speaks of none."""

    def make() -> Typed | None:
        asked = premise_of(norm.expr)
        return None if asked is None else retyped(asked, probe.law.program)

    return probe.once(("trigger", norm.id), make)


def _seems_alive(norm: Norm, sides: Sides, goal: Typed) -> bool:
    """Whether a stored story shows it, or an unchanged norm that no stored story showed alive before either."""
    if sides.new.shown(goal, (norm.id,)) is not None:
        return True
    if norm.id in sides.changed:
        return False
    if not sides.found.come:
        return True
    before = trigger(sides.before[norm.id], sides.old) if norm.id in sides.before else None
    return before is None or sides.old.shown(before, (norm.id,)) is None


def _was_dead(norm: Norm, sides: Sides) -> bool:
    old = sides.before.get(norm.id)
    goal = trigger(old, sides.old) if old else None
    return goal is not None and sides.old.possible(goal, (norm.id,)).outcome not in NEITHER


def redundant(sides: Sides) -> Iterator[Trouble]:
    """Norms that the rest entails (`REDUNDANT`), or that forbid nothing at all (`NOT_DECISIVE`)."""
    for norm in sides.asked():
        if _kind(sides.found.new, norm) == "ground":
            continue
        goal = _broken(norm.expr, sides.new)
        if sides.new.shown(goal, (norm.id,)) is not None or not _worth_asking(norm, sides):
            continue
        told = sides.new.possible(goal, (norm.id,), likely=norm.id not in sides.changed)
        if told.outcome != "none" or _was_redundant(norm, sides):
            continue
        core = sides.new.norms(told.core)
        if core:
            yield Trouble("REDUNDANT", "note", "logic.redundant", (norm.id,), {"units": (norm.id,), "core": core})
        else:
            yield Trouble("NOT_DECISIVE", "note", "logic.forbids-nothing", (norm.id,), {"units": (norm.id,)})


def _broken(expr: Expr, probe: Probe) -> Typed:
    return retyped(ast.Not(expr), probe.law.program)


def _kind(law: Law, norm: Norm) -> str:
    return law.units[norm.unit].kind


def _worth_asking(norm: Norm, sides: Sides) -> bool:
    """A changed norm, or one that a stored story showed to be needed before; nothing is entailed by less."""
    if norm.id in sides.changed:
        return True
    if not sides.found.come or norm.id not in sides.before:
        return False
    before = sides.before[norm.id]
    return sides.old.shown(_broken(before.expr, sides.old), (norm.id,)) is not None


def _was_redundant(norm: Norm, sides: Sides) -> bool:
    old = sides.before.get(norm.id)
    if old is None:
        return False
    return sides.old.possible(_broken(old.expr, sides.old), (old.id,), likely=False).outcome == "none"


# powers


def idle_grounds(sides: Sides) -> Iterator[Trouble]:
    """Words that a changed unit adds to an enumeration (a ground) and that no lawful act can use (`NOT_DECISIVE`)."""
    law, before = sides.found.new, sides.found.old
    for unit in dict.fromkeys(norm.unit for norm in sides.found.come if norm.id in sides.subjects):
        if unit in before.units:
            continue
        for goal in _uses(law, unit):
            told = sides.new.possible(goal)
            norms = tuple(norm.id for norm in law.norms if norm.unit == unit)
            if told.outcome not in NEITHER:
                core = sides.new.norms(told.core)
                yield Trouble("DEAD_CLAUSE", "reject", "logic.idle-ground", norms, {"units": norms, "core": core},
                              proved=told.outcome == "none")  # fmt: skip
            elif told.facts is not None and (other := _replaceable(sides, goal, unit)):
                yield Trouble("NOT_DECISIVE", "note", "logic.ground-not-needed", norms,
                              {"units": norms, "other": (other,)}, facts=told.facts, proved=False)  # fmt: skip


def _uses(law: Law, word: str) -> Iterator[Typed]:
    """That an act names a word of an enumeration in an attribute that it must name."""
    scope = Scope(law.program)
    for kind, each in law.vocabulary.kinds.items():
        for name, attribute in each.attributes.items():
            of = attribute.type
            if isinstance(of, Enum) and word in law.vocabulary.enumerations[of.name].values and not attribute.optional:
                yield check_expr(parse_expr(f"some {kind} x: x.{name} = {word}"), scope)


def _replaceable(sides: Sides, goal: Typed, word: str) -> str:
    """A word that could stand in the place of another in every lawful story known; nothing where one needs it."""
    common: set[str] | None = None
    for judged in sides.new.stories():
        if judged.broken or not judged.evaluator.truth(goal.expr, {}):
            continue
        fit = set(_fitting(sides.new, judged.facts, word))
        common = fit if common is None else common & fit
    return min(common) if common else ""


def _fitting(probe: Probe, facts: Facts, word: str) -> Iterator[str]:
    from attrs import evolve

    values = next(e.values for e in probe.law.vocabulary.enumerations.values() if word in e.values)
    for other in values:
        if other == word:
            continue
        events = tuple(
            evolve(event, attrs={name: other if value == word else value for name, value in event.attrs.items()})
            for event in facts.events
        )
        evaluator = Evaluator(probe.law.program, probe.calendar, evolve(facts, events=events),
                              {DUE: OPEN, **probe.profile})  # fmt: skip
        if all(evaluator.truth(typed.expr, {}) for typed in probe.axioms.values()):
            yield other


# branches


def dead_branches(sides: Sides) -> Iterator[Trouble]:
    """Alternatives, exceptions and cases that can never matter: `DEAD_BRANCH`, or `NOT_DECISIVE` where others do."""
    for norm in sides.asked():
        for branch in branches(norm.expr, sides.new.profile):
            if of_version(branch.part) or _matters(sides.new, norm, branch) or not _fresh(sides, norm, branch):
                continue
            yield from _judged(sides, norm, branch)


def _judged(sides: Sides, norm: Norm, branch: Branch) -> Iterator[Trouble]:
    outcome = sides.new.possible(*_needed(sides.new, norm, branch)).outcome
    if outcome in NEITHER:
        return
    told = sides.new.possible(*_felt(sides.new, norm, branch))
    cited, said = {"units": (norm.id,)}, in_words("part", branch.part, norm.expr, sides.found.new)
    if told.outcome == "story":
        facts = sides.told(*_felt(sides.new, norm, branch), told.facts)
        yield Trouble("NOT_DECISIVE", "note", "logic.branch-not-needed", (norm.id,), cited, said, facts,
                      outcome == "none", branch.text, branch.text)  # fmt: skip
    elif told.outcome in ("none", "none_found"):
        core = tuple(name for name in sides.new.norms(told.core) if name != norm.id)
        word = "logic.dead-branch" if core else "logic.dead-branch-always"
        yield Trouble("DEAD_BRANCH", "warn", word, (norm.id,), {**cited, "core": core}, said,
                      proved=told.outcome == "none", what=branch.text, formula=branch.text)  # fmt: skip


def _matters(probe: Probe, norm: Norm, branch: Branch) -> bool:
    """Whether a stored story turns on the branch."""
    return probe.shown(*_needed(probe, norm, branch)) is not None


def _needed(probe: Probe, norm: Norm, branch: Branch) -> tuple[Typed, tuple[str, ...]]:
    """That something turns on the branch, the rest of the norm being as it is."""
    return _apart(probe, norm, norm.expr, branch.without, branch)


def _felt(probe: Probe, norm: Norm, branch: Branch) -> tuple[Typed, tuple[str, ...]]:
    """That something would turn on the branch if its siblings were not there."""
    return _apart(probe, norm, branch.alone, branch.bare, branch)


def _apart(probe: Probe, norm: Norm, whole: Expr, less: Expr, branch: Branch) -> tuple[Typed, tuple[str, ...]]:
    """A lawful record, or one that breaks this norm alone, on which the two forms differ."""
    program = probe.law.program
    match branch.sort:
        case "exception":
            return retyped(ast.And((whole, ast.Not(less))), program), ()
        case "alternative":
            return retyped(ast.And((less, ast.Not(whole))), program), (norm.id,)
        case "case":
            either = ast.Or((ast.And((whole, ast.Not(less))), ast.And((less, ast.Not(whole)))))
            return retyped(either, program), (norm.id,)


def _fresh(sides: Sides, norm: Norm, branch: Branch) -> bool:
    """Whether the branch is new, or was known to matter in the old law."""
    old = sides.before.get(norm.id)
    same = [b for b in branches(old.expr, sides.old.profile) if b.text == branch.text] if old else []
    if old is None or not same:
        return True
    if not sides.found.come and norm.id not in sides.changed:
        return False
    if _matters(sides.old, old, same[0]):
        return True
    return norm.id in sides.changed and sides.old.possible(*_needed(sides.old, old, same[0])).outcome == "story"


__all__ = ["dead", "dead_branches", "idle_grounds", "redundant", "trigger"]
