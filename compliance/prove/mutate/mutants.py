"""Mutants of a law: one change each, with the norms that it touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from compliance.law.model import Law
from compliance.norm.ast import Expr
from compliance.norm.program import Program
from compliance.prove.mutate.operators import DROPPED, changes, neighbours, said_value


@frozen(eq=False)
class Mutant:
    """A law that differs in one place. `norms` are the formulas of the norms it touches, `program` what they mean."""

    id: str
    unit: str
    """The unit it counts for: that of the norm, of the parameter, or the first one whose norms use the definition."""
    where: str
    label: str
    program: Program
    norms: Mapping[str, Expr]
    definition: str | None = None


def mutants(law: Law, unit: str | None = None) -> Iterator[Mutant]:
    """Every mutant of the law, or of what one unit's norms say."""
    for number, mutant in enumerate(_all(law)):
        if unit is None or mutant.unit == unit:
            yield evolve(mutant, id=f"m{number + 1:04d}")


def _all(law: Law) -> Iterator[Mutant]:
    program = law.program
    for id in law.units:
        own = law.norms_of(id)
        if own:
            yield Mutant("", id, id, "unit dropped", program, {norm.id: DROPPED for norm in own})
    for norm in law.norms:
        for change in changes(norm.expr, law.vocabulary):
            yield Mutant("", norm.unit, norm.id, change.label, program, {norm.id: change.expr})
    for name, parameter in law.parameters.items():
        touched = {norm.id: norm.expr for norm in law.norms if name in norm.typed.params}
        for value in neighbours(parameter.value):
            changed = evolve(program, params={**program.params, name: value})
            label = f"{said_value(parameter.value)} to {said_value(value)}"
            yield Mutant("", parameter.unit, name, label, changed, touched)
    yield from _of_definitions(law)


def _of_definitions(law: Law) -> Iterator[Mutant]:
    program = law.program
    for name, definition in program.definitions.items():
        users = [norm for norm in law.norms if name in norm.typed.calls]
        if not users:
            continue
        touched = {norm.id: norm.expr for norm in users}
        for change in changes(definition.body, law.vocabulary):
            bodies = {**program.definitions, name: evolve(definition, body=change.expr)}
            yield Mutant("", users[0].unit, name, change.label, evolve(program, definitions=bodies), touched, name)


__all__ = ["Mutant", "mutants"]
