"""Obligations that need no story: days in order in every quarter, bearers and inputs of duties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from attrs import frozen

from compliance.calendar.quarters import format_quarter
from compliance.calendar.working import WorkingCalendar
from compliance.law.model import Law, Norm
from compliance.norm import ast
from compliance.norm.evaluate import Evaluator
from compliance.norm.facts import Facts
from compliance.norm.types import QUARTER, QUARTER_DAY, QuarterDay
from compliance.norm.vocabulary import Words
from compliance.norm.walk import nodes
from compliance.smt.polarity import Demands, leading_kinds

LAST_DAY = "last_day"
"""The definition that says which day is the last one for a day of a quarter."""


@frozen
class Gap:
    """Something that a law should fulfil by its shape, and does not."""

    id: str
    says: Words
    detail: Words
    settled: bool = True
    """Whether it is known; what gave up is neither met nor failed."""


def days_in_order(law: Law, calendar: WorkingCalendar) -> Iterator[Gap]:
    """Each pair of neighbouring days of the quarter, in every quarter of the calendar, under every reading."""
    params = [(p.name, p.unit) for p in law.parameters.values() if isinstance(p.value, QuarterDay)]
    definition = law.program.definitions.get(LAST_DAY)
    if definition is None:
        return
    bodies = [law.program.definitions[name].body for name in (LAST_DAY, *_called(law, LAST_DAY))]
    readings = sorted({node.reading for body in bodies for node in nodes(body) if isinstance(node, ast.Case)})
    facts = Facts({}, {}, (), 1)
    first, last = calendar.first_year * 4, calendar.last_year * 4 + 3
    for values in product(*(law.program.readings[name] for name in readings)):
        profile = dict(zip(readings, values, strict=True))
        evaluator = Evaluator(law.program, calendar, facts, profile)
        for quarter in range(first, last + 1):
            found = [(name, evaluator.day(_last_day(name, quarter), {})) for name, _ in params]
            for (early, a), (late, b) in pairwise(found):
                if a >= b:
                    where = f"{format_quarter(quarter)}, {', '.join(values)}"
                    yield Gap(f"days:{early}<{late}", _order_words(early, late), Words(where, where))


def inputs(law: Law) -> Iterator[Gap]:
    """Duties without a bearer, or that wait for an event which nobody is bound to bring about or named for."""
    demands = Demands(law.program, law.default_profile)
    demanded = {kind for norm in law.norms for kind in _demanded(norm, demands, law)}
    ruled = {kind for norm in law.norms for kind in _ruled(norm)}
    for norm in law.norms:
        if not any(isinstance(node, ast.Due) for node in nodes(norm.expr)):
            continue
        unit = law.units[norm.unit]
        if not unit.bearer:
            words = Words(f"nobody bears the duty of `{norm.id}`", f"у обязанности `{norm.id}` нет исполнителя")
            yield Gap(f"bearer:{norm.id}", words, words)
        for kind in sorted(leading_kinds(norm.expr) - demanded - ruled):
            words = Words(
                f"`{norm.id}` waits for `{kind}`, which nobody is bound to bring about",
                f"`{norm.id}` ждёт события «{law.vocabulary.kinds[kind].words.ru}», обеспечить которое никто не обязан",
            )
            yield Gap(f"input:{norm.id}.{kind}", words, words)


def _called(law: Law, name: str) -> Iterator[str]:
    for node in nodes(law.program.definitions[name].body):
        if isinstance(node, ast.Call):
            yield node.name
            yield from _called(law, node.name)


def _last_day(name: str, quarter: int) -> ast.Expr:
    return ast.Call(LAST_DAY, (ast.Param(name, QUARTER_DAY), ast.Literal(quarter, QUARTER)))


def _order_words(early: str, late: str) -> Words:
    return Words(f"the day of `{early}` comes before that of `{late}`", f"срок `{early}` раньше срока `{late}`")


def _demanded(norm: Norm, demands: Demands, law: Law) -> Iterator[str]:
    """The kinds of events that a norm asks for: those of its `some`, definitions included."""
    waiting, seen = [norm.expr], set[str]()
    lead = leading_kinds(norm.expr)
    while waiting:
        for node in nodes(waiting.pop()):
            if isinstance(node, ast.Quant) and node.mode == "some" and (node.kind not in lead or demands.of(node)):
                yield node.kind
            if isinstance(node, ast.Call) and node.name not in seen:
                seen.add(node.name)


def _ruled(norm: Norm) -> Iterator[str]:
    """The kinds whose actor a norm fixes."""
    variables = {node.var: node.kind for node in nodes(norm.expr) if isinstance(node, ast.Quant)}
    for node in nodes(norm.expr):
        if isinstance(node, ast.Attr) and node.name == "by" and isinstance(node.base, ast.Var):
            yield from (kind for var, kind in variables.items() if var == node.base.name)


__all__ = ["Gap", "days_in_order", "inputs"]
