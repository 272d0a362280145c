"""New words that can be read in two ways and lead to different verdicts (`AMBIGUITY`), where the old ones did not."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from compliance.amend.effect.meaning import fold
from compliance.amend.effect.probe import Probe
from compliance.amend.effect.trouble import Sides, Trouble
from compliance.law.model import Law, Norm
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import DUE, OPEN, Evaluator
from compliance.norm.facts import Facts
from compliance.norm.program import Definition, Profile, Program, Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.norm.walk import nodes, rebuilt

OTHERWISE = "otherwise_"
"""Before the names of definitions under the second of two readings."""


def ambiguities(sides: Sides) -> Iterator[Trouble]:
    """For each changed norm the readings on which it newly turns, each with a record on which two values part."""
    told: set[str] = set()
    for norm in sides.found.come:
        known = {reading for reading, _ in sides.old.sensitive(_earlier(sides, norm))}
        for reading, value in sides.new.sensitive((norm,)):
            if reading in told | known:
                continue
            facts = parting(sides.new, norm, reading, value)
            if facts is not None:
                told.add(reading)
                yield _trouble(sides.found.new, norm, reading, value, facts)


def _earlier(sides: Sides, norm: Norm) -> tuple[Norm, ...]:
    """The old norms in whose place a new one stands: of the same name, or of the same unit."""
    return tuple(each for each in sides.found.old.norms if each.id == norm.id or each.unit == norm.unit)


def _trouble(law: Law, norm: Norm, reading: str, value: str, facts: Facts) -> Trouble:
    found = law.readings[reading]
    default, other = found.values[found.order[0]], found.values[value]
    question = found.question
    said = {
        "question_en": question.en,
        "question_ru": question.ru,
        "one_en": default.en,
        "one_ru": default.ru,
        "other_en": other.en,
        "other_ru": other.ru,
    }
    return Trouble("AMBIGUITY", "note", "logic.ambiguous", (norm.id,), {"units": (norm.id,)}, said, facts,
                   what=reading)  # fmt: skip


def parting(probe: Probe, norm: Norm, reading: str, value: str) -> Facts | None:
    """A record that breaks nothing else and on which two values of a reading part."""
    changed = {**probe.profile, reading: value}
    for judged in probe.stories():
        if judged.broken <= {norm.id}:
            evaluator = Evaluator(probe.law.program, probe.calendar, judged.facts, {DUE: OPEN, **changed})
            if evaluator.truth(norm.expr, {}) != (norm.id not in judged.broken):
                return judged.facts
    return _sought(probe, norm, changed)


def _sought(probe: Probe, norm: Norm, changed: Profile) -> Facts | None:
    """The same by the solver: both forms of the norm in one program."""
    from compliance.smt.polish import shortened
    from compliance.smt.query import Query, Story
    from compliance.smt.search import search

    program, (one, other) = _two_ways(probe.program, norm, probe.profile, changed)
    axioms = {name: typed for name, typed in probe.axioms.items() if name != norm.id}
    goal = check_expr(ast.Or((ast.And((one, ast.Not(other))), ast.And((other, ast.Not(one))))), Scope(program))
    query = Query(program, probe.calendar, axioms, goal, True, probe.profile, probe.preferred)
    found = search(query, (1, 2))
    return shortened(query, found).facts if isinstance(found, Story) else None


def _two_ways(program: Program, norm: Norm, one: Profile, other: Profile) -> tuple[Program, tuple[Expr, Expr]]:
    """The norm under two profiles, in a program that holds its definitions twice."""
    names = _called(program, norm.typed)

    def renamed(part: Expr) -> Expr:
        part = rebuilt(part, renamed)
        return ast.Call(OTHERWISE + part.name, part.args) if isinstance(part, ast.Call) else part

    known = ((name, program.definitions[name]) for name in names)
    twice = {
        OTHERWISE + name: Definition(OTHERWISE + name, each.params, each.result, renamed(fold(each.body, other, {})))
        for name, each in known
    }
    both = evolve(program, definitions={**program.definitions, **twice})
    return both, (fold(norm.expr, one, {}), renamed(fold(norm.expr, other, {})))


def _called(program: Program, typed: Typed) -> tuple[str, ...]:
    """The definitions that a formula calls, those they call included."""
    waiting, seen = [typed.expr], dict[str, None]()
    while waiting:
        for node in nodes(waiting.pop()):
            if isinstance(node, ast.Call) and node.name not in seen:
                seen[node.name] = None
                waiting.append(program.definitions[node.name].body)
    return tuple(seen)


__all__ = ["ambiguities", "parting"]
