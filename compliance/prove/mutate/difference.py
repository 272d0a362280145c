"""Is there a record on which a mutant and the law differ? If so it is the story that would kill the mutant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Definition, Program
from compliance.norm.walk import nodes, rebuilt
from compliance.prove.decide import decide
from compliance.prove.mutate.mutants import Mutant
from compliance.prove.outcome import StoryRecord
from compliance.prove.questions import natural_values, retyped
from compliance.smt.polish import shortened
from compliance.smt.query import Impossible, Query, Story

MARK = "__mutant"
"""What names of the mutant's own definitions and parameters end in."""


@frozen(eq=False)
class Difference:
    """`story`: a record on which they differ; `none`: there is no such record, under any reading."""

    story: StoryRecord | None = None
    none: bool = False


def difference(law: Law, calendar: WorkingCalendar, mutant: Mutant) -> Difference:
    """Asks norm by norm, under the default readings first, then under all."""
    program, changed = _side_by_side(law, mutant)
    goals = [retyped(_differs(law.norm(name).expr, expr), program) for name, expr in changed.items()]
    goals.sort(key=lambda goal: len(goal.kinds))
    world, natural = {fact.id: fact.typed for fact in law.world}, natural_values(law)
    certain = True
    for profile in (law.default_profile, {}):
        for goal in goals:
            query = Query(program, calendar, world, goal, True, profile, natural)
            answer = decide(query, True, (1, 2)).answer
            if isinstance(answer, Story):
                short = shortened(query, answer)
                return Difference(StoryRecord(short.facts, short.profile))
            certain = certain and isinstance(answer, Impossible)
    return Difference(none=certain)


def _differs(law: Expr, mutant: Expr) -> Expr:
    return ast.Or((ast.And((law, ast.Not(mutant))), ast.And((mutant, ast.Not(law)))))


def _side_by_side(law: Law, mutant: Mutant) -> tuple[Program, Mapping[str, Expr]]:
    """One program with the definitions of both, and the mutant's norms in the words of its own."""
    theirs = mutant.program
    if theirs is law.program:
        return law.program, mutant.norms
    params = {name for name, value in theirs.params.items() if law.program.params.get(name) != value}
    own = set(_touched(theirs, {mutant.definition} if mutant.definition else set(), params))
    program = evolve(
        law.program,
        params={**law.program.params, **{name + MARK: theirs.params[name] for name in params}},
        definitions={**law.program.definitions, **dict(_renamed(theirs, own, params))},
    )
    return program, {name: _own(expr, own, params) for name, expr in mutant.norms.items()}


def _touched(program: Program, changed: set[str], params: set[str]) -> Iterator[str]:
    """The definitions that changed, and those that use them or a changed parameter."""
    found = set(changed)
    for name, definition in program.definitions.items():
        if any(isinstance(node, ast.Param) and node.name in params for node in nodes(definition.body)):
            found.add(name)
    while more := {
        name
        for name, definition in program.definitions.items()
        if name not in found
        and any(isinstance(node, ast.Call) and node.name in found for node in nodes(definition.body))
    }:
        found |= more
    yield from found


def _renamed(program: Program, own: set[str], params: set[str]) -> Iterator[tuple[str, Definition]]:
    for name, definition in program.definitions.items():
        if name in own:
            yield name + MARK, evolve(definition, name=name + MARK, body=_own(definition.body, own, params))


def _own(expr: Expr, own: set[str], params: set[str]) -> Expr:
    if isinstance(expr, ast.Param) and expr.name in params:
        return evolve(expr, name=expr.name + MARK)
    expr = rebuilt(expr, lambda child: _own(child, own, params))
    return evolve(expr, name=expr.name + MARK) if isinstance(expr, ast.Call) and expr.name in own else expr


__all__ = ["Difference", "difference"]
