"""Checks a law as written; where it grew out of another one, only what the change can touch is checked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from attrs import define, evolve, field

from compliance.law.citation import sort_key
from compliance.law.guard import judged_on_its_day
from compliance.law.model import Clause, FactClause, Formula, Law, Norm, Notice, NoticeClause, WorldFact, Written
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Program, Typed
from compliance.norm.typecheck import Scope, check_program, try_expr
from compliance.norm.walk import nodes
from compliance.source.diagnostic import Collector

Key: TypeAlias = tuple[str, str]


def build(written: Written, reuse: Law | None = None) -> Law:
    """The checked law; raises `Problems` with the errors of all definitions, or else of all formulas.

    `reuse` is a law whose checked formulas are taken over where nothing that they depend on differs.
    """
    problems = Collector()
    written = _in_order(written)
    program = _program(written, reuse, problems)
    builder = _Builder(written, Scope(program), problems, _Known.of(reuse, written) if reuse else _Known())
    norms = [builder.norm(clause) for unit in written.units.values() for clause in unit.clauses]
    notices = [builder.notice(clause) for clause in written.notices]
    world = [builder.fact(clause) for clause in written.world]
    problems.raise_if_any()
    return Law(
        written=written,
        program=program,
        norms=tuple(norm for norm in norms if norm),
        notices=tuple(notice for notice in notices if notice),
        world=tuple(fact for fact in world if fact),
        warnings=problems.warnings,
    )


def _in_order(written: Written) -> Written:
    """The units in the order of the text, whatever the order in which they came."""
    ids = sorted(written.units, key=sort_key)
    return written if ids == list(written.units) else evolve(written, units={id: written.units[id] for id in ids})


def _program(written: Written, reuse: Law | None, problems: Collector) -> Program:
    params = {name: parameter.value for name, parameter in written.parameters.items()}
    if (
        reuse is not None
        and _same_language(written, reuse)
        and not _defined_over(_changed_params(written, reuse), reuse)
    ):
        return evolve(reuse.program, params=params)
    readings = {name: reading.order for name, reading in written.readings.items()}
    definitions = [text.raw for text in written.definitions.values()]
    return check_program(written.vocabulary, list(written.notions.values()), definitions, readings, params, problems)


def _same_language(written: Written, old: Law) -> bool:
    """Whether vocabulary, notions, definitions and the values of readings are those of the old law."""
    before = old.written
    return (
        written.vocabulary == before.vocabulary
        and written.notions == before.notions
        and written.definitions == before.definitions
        and {name: reading.order for name, reading in written.readings.items()} == old.program.readings
        and set(written.parameters) == set(before.parameters)
    )


def _changed_params(written: Written, old: Law) -> frozenset[str]:
    now = {name: parameter.value for name, parameter in written.parameters.items()}
    return frozenset(name for name, value in now.items() if old.program.params.get(name) != value)


def _defined_over(params: frozenset[str], law: Law) -> bool:
    """Whether a definition speaks of one of these parameters (a new value may have another type)."""
    bodies = (definition.body for definition in law.program.definitions.values())
    return bool(params) and any(
        isinstance(node, ast.Param) and node.name in params for body in bodies for node in nodes(body)
    )


@define
class _Known:
    """The checked formulas of an older law that still hold: by what they belong to, with what was written then."""

    formulas: dict[Key, tuple[Formula, str, Typed]] = field(factory=dict)

    @classmethod
    def of(cls, old: Law, written: Written) -> _Known:
        before = old.written
        if written.vocabulary != before.vocabulary or written.notions != before.notions:
            return cls()
        if set(written.parameters) != set(before.parameters):
            return cls()
        params = _changed_params(written, old)
        calls = _differing(before.definitions, written.definitions)
        orders = {name: reading.order for name, reading in written.readings.items()}
        readings = _differing(old.program.readings, orders)
        known = cls()
        for key, formula, judged, typed in _checked(old):
            if not (typed.params & params or typed.calls & calls or typed.readings & readings):
                known.formulas[key] = (formula, judged, typed)
        return known

    def find(self, key: Key, formula: Formula, judged: str) -> Typed | None:
        found = self.formulas.get(key)
        return found[2] if found and found[0] == formula and found[1] == judged else None


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for name in {*before, *after} if before.get(name) != after.get(name))


def _checked(law: Law) -> Iterable[tuple[Key, Formula, str, Typed]]:
    for norm in law.norms:
        yield ("norm", norm.id), norm.clause.formula, norm.clause.judged, norm.typed
    for notice in law.notices:
        yield ("notice", notice.id), notice.clause.formula, "always", notice.typed
    for fact in law.world:
        yield ("fact", fact.id), fact.clause.formula, "always", fact.typed


@define
class _Builder:
    """Checks formula by formula; errors are gathered."""

    written: Written
    scope: Scope
    problems: Collector
    known: _Known

    def norm(self, clause: Clause) -> Norm | None:
        typed = self.checked(("norm", clause.id), clause.formula, clause.judged)
        if typed is None:
            return None
        carriers = {self.written.parameters[name].unit for name in typed.params} - {clause.unit}
        return Norm(
            clause, typed, self.readings(typed), (clause.unit, *(u for u in self.written.units if u in carriers))
        )

    def notice(self, clause: NoticeClause) -> Notice | None:
        typed = self.checked(("notice", clause.id), clause.formula, "always")
        return Notice(clause, typed, self.readings(typed)) if typed else None

    def fact(self, clause: FactClause) -> WorldFact | None:
        typed = self.checked(("fact", clause.id), clause.formula, "always")
        return WorldFact(clause, typed, self.readings(typed)) if typed else None

    def readings(self, typed: Typed) -> tuple[str, ...]:
        return tuple(name for name in self.written.readings if name in typed.readings)

    def checked(self, key: Key, formula: Formula, judged: str) -> Typed | None:
        known = self.known.find(key, formula, judged)
        if known is not None:
            return known
        expr: Expr | None = formula.expr
        if judged == "event":
            expr = judged_on_its_day(formula.expr)
        if expr is None:
            self.problems.error("law.no-leading-event", formula.expr.place or formula.place)
            return None
        return try_expr(expr, self.scope, self.problems)
