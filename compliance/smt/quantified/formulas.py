"""A question about all records as SMT-LIB text, quantifiers and all: what other solvers are asked to confirm.

Written from the formulas, not from the engine's instances, so that an answer checks the engine too. One sort a kind
with a guard `is` for the events that happened; a datatype for each enumeration; definitions as functions, one for
each kind of their arguments; what may be not given is a pair. Calendar functions are unknown but for bounds,
monotony and distances: that is enough for most proofs, and leaving facts out can lose a proof, never make one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from attrs import define, field

from compliance.calendar import functions
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.types import (
    Bool,
    Date,
    Enum,
    EventType,
    Period,
    PeriodType,
    Position,
    QuarterDay,
    QuarterDayType,
    Type,
)
from compliance.norm.walk import nodes
from compliance.smt.quantified.text import FALSE, TRUE, Env, Term, Text, and_, applied, ite, kinds_of, not_, or_
from compliance.smt.quantified.words import Vocabulary
from compliance.smt.query import Query
from compliance.smt.smtlib import quoted
from compliance.smt.unbounded.lazy import extreme, least
from compliance.smt.unbounded.shapes import Shapes


def script(query: Query, axioms: tuple[str, ...], patterns: bool) -> str:
    """The question whether the axioms and the goal can hold together; `unsat` confirms a proof.

    `patterns` steer a solver that instantiates by them; they are left out for those that choose for themselves.
    """
    writer = _Writer(query.calendar, patterns, query=query)
    asserted = [writer.truth(query.axioms[name].expr, {}) for name in axioms]
    goal = writer.truth(query.goal.expr, {})
    asserted.append(goal if query.side else f"(not {goal})")
    lines = [*writer.sorts, *writer.calendar(), *writer.declared, *writer.facts]
    lines += [f"(assert {text})" for text in asserted]
    return "\n".join(["(set-logic ALL)", *lines, "(check-sat)", ""])


@define(eq=False)
class _Writer(Vocabulary):
    """Formulas and definitions."""

    calls: dict[object, str] = field(factory=dict)
    axioms: set[object] = field(factory=set)
    shapes: Shapes = field(factory=Shapes)

    def truth(self, expr: Expr, env: Env) -> str:
        found = self.term(expr, env)
        assert isinstance(found, Text)
        return and_(found.given, found.value)

    def term(self, expr: Expr, env: Env) -> Term:
        match expr:
            case ast.Var(name=name):
                return env[name]
            case ast.Literal(value=value, type=of):
                return value if isinstance(value, Period | QuarterDay) else self.literal(value, of)
            case ast.Param(name=name):
                return self.query.program.params[name]
            case ast.World(name=name):
                return self.world(name)
            case ast.Attr():
                return self.attr(expr, env)
            case ast.Shift():
                return self.shift(expr, env)
            case ast.NextWorkingDay(day=day):
                return self.chained((functions.NextWorkingDay(),), self.text(day, env))
            case ast.QuarterOf(day=day):
                return self.chained((functions.QuarterOf(),), self.text(day, env))
            case ast.DayOfQuarter():
                return self.day_of_quarter(expr, env)
            case ast.Pick():
                return self.pick(expr, env)
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                return self.branch(self.truth(condition, env), self.term(then, env), self.term(otherwise, env))
            case ast.Case(reading=reading, branches=branches):
                return self.case(reading, dict(branches), env)
            case ast.Call():
                return self.call(expr, env)
            case ast.Compare(op="=" | "!=" as op, left=left, right=right):
                equal = self.same(self.text(left, env), self.text(right, env))
                return Text(equal if op == "=" else not_(equal))
            case ast.Compare(op=op, left=left, right=right):
                a, b = self.text(left, env), self.text(right, env)
                return Text(and_(a.given, b.given, f"({op} {a.value} {b.value})"))
            case ast.In(item=item, options=options):
                found = self.text(item, env)
                return Text(or_(*(self.same(found, self.text(option, env)) for option in options)))
            case ast.Has(items=items, item=item):
                held, wanted = self.text(items, env), self.text(item, env)
                return Text(and_(wanted.given, f"({held.value} {wanted.value})"))
            case ast.Given(item=item):
                return Text(self.text(item, env).given)
            case ast.Not(body=body):
                return Text(not_(self.truth(body, env)))
            case ast.And(items=parts):
                return Text(and_(*(self.truth(part, env) for part in parts)))
            case ast.Or(items=parts):
                return Text(or_(*(self.truth(part, env) for part in parts)))
            case ast.Implies(left=left, right=right):
                return Text(or_(not_(self.truth(left, env)), self.truth(right, env)))
            case ast.Quant():
                return Text(self.quantifier(expr, env))
            case ast.Due(day=day, body=body):
                not_past = f"(<= {self.world('as_of').value} {self.text(day, env).value})"
                return Text(or_(self.truth(body, env), not_past))
            case ast.OfficerRef() | ast.Name():
                raise AssertionError("the officer is no value, and names are resolved by the type checker")
            case _:
                assert_never(expr)

    def shift(self, expr: ast.Shift, env: Env) -> Text:
        length = self.term(expr.period, env)
        assert isinstance(length, Period)
        chain = functions.chain_of(length if expr.sign == 1 else -length, expr.rounding or "down")
        return self.chained(chain, self.text(expr.day, env))

    def day_of_quarter(self, expr: ast.DayOfQuarter, env: Env) -> Text:
        where = self.term(expr.spec, env)
        assert isinstance(where, QuarterDay)
        assert where.month in (1, 2, 3)
        function = functions.DayOfQuarter(where.month, where.day)  # type: ignore[arg-type]
        return self.chained((function,), self.text(expr.quarter, env))

    def text(self, expr: Expr, env: Env) -> Text:
        found = self.term(expr, env)
        assert isinstance(found, Text)
        return found

    def literal(self, value: bool | int | str, of: Type) -> Text:
        if isinstance(value, bool):
            return Text(TRUE if value else FALSE, TRUE, of)
        if isinstance(of, Enum):
            self.sort(of)
            return Text(quoted(f"{of.name}:{value}"), TRUE, of)
        return Text(str(value), TRUE, of)

    def attr(self, expr: ast.Attr, env: Env) -> Text:
        vocabulary = self.query.program.vocabulary
        if isinstance(expr.base, ast.OfficerRef):
            return self.attribute("officer", "", "", vocabulary.officer[expr.name])
        base = self.text(expr.base, env)
        if isinstance(base.type, EventType):
            (kind,) = base.type.kinds
            if expr.name == "date":
                self.kind(kind)
                return Text(f"({quoted(f'{kind}.date')} {base.value})", TRUE, Date())
            return self.attribute(kind, self.kind(kind), base.value, vocabulary.kinds[kind].attributes[expr.name])
        found = self.attribute("post", self.sort(Position()), base.value, vocabulary.position[expr.name])
        return Text(found.value, and_(base.given, found.given), found.type)

    @staticmethod
    def same(a: Text, b: Text) -> str:
        if isinstance(a.type, EventType) and isinstance(b.type, EventType) and a.type != b.type:
            return FALSE
        both = and_(a.given, b.given, f"(= {a.value} {b.value})")
        return or_(both, and_(not_(a.given), not_(b.given)))

    def branch(self, condition: str, then: Term, otherwise: Term) -> Text:
        assert isinstance(then, Text)
        assert isinstance(otherwise, Text)
        given = then.given if then.given == otherwise.given else ite(condition, then.given, otherwise.given)
        return Text(ite(condition, then.value, otherwise.value), given, then.type)

    def case(self, reading: str, branches: Mapping[str, Expr], env: Env) -> Term:
        if reading in self.query.readings:
            return self.term(branches[self.query.readings[reading]], env)
        sort = quoted(f"reading {reading}")
        values = {value: quoted(f"{reading}={value}") for value in self.query.program.readings[reading]}
        parts = " ".join(f"({symbol})" for symbol in values.values())
        self.once(sort, self.sorts, f"(declare-datatypes (({sort} 0)) (({parts})))")
        constant = quoted(f"the {reading}")
        self.once(constant, self.declared, f"(declare-const {constant} {sort})")
        *first, last = branches
        found = self.term(branches[last], env)
        for value in reversed(first):
            found = self.branch(f"(= {constant} {values[value]})", self.term(branches[value], env), found)
        return found

    def quantifier(self, expr: ast.Quant, env: Env) -> str:
        self.first_or_last(expr, env)
        var, inner = self.bound(expr.var, expr.kind, env)
        guard = TRUE if expr.guard is None else self.truth(expr.guard, inner)
        body = TRUE if expr.body is None else self.truth(expr.body, inner)
        if expr.mode == "every":
            return self.forall(var, expr.kind, or_(not_(guard), body))
        if expr.mode == "no":
            return self.forall(var, expr.kind, not_(and_(guard, body)))
        happened = f"({quoted(f'is {expr.kind}')} {var})"
        return f"(exists (({var} {self.kind(expr.kind)})) {and_(happened, guard, body)})"

    def bound(self, var: str, kind: str, env: Env) -> tuple[str, dict[str, Term]]:
        """A variable that no other in reach is written like."""
        taken = {each.value for each in env.values() if isinstance(each, Text)}
        name = next(f"{var}{i or ''}" for i in range(len(taken) + 1) if quoted(f"{var}{i or ''}") not in taken)
        self.kind(kind)
        return quoted(name), {**env, var: Text(quoted(name), TRUE, EventType(frozenset({kind})))}

    # definitions

    def call(self, expr: ast.Call, env: Env) -> Text:
        definition = self.query.program.definitions[expr.name]
        args = [self.term(arg, env) for arg in expr.args]
        params = [name for name, _ in definition.params]
        sorts = [self.param_sort(arg, of) for arg, (_, of) in zip(args, definition.params, strict=True)]
        name = self.defined(expr.name, args, params, sorts)
        given = [a.value for a, sort in zip(args, sorts, strict=True) if sort and isinstance(a, Text)]
        given += [a.given for a in args if isinstance(a, Text) and a.given != TRUE]
        return Text(f"({name} {' '.join(given)})" if given else name, TRUE, definition.result)

    def param_sort(self, arg: Term, of: Type) -> str:
        if isinstance(of, PeriodType | QuarterDayType):
            return ""
        assert isinstance(arg, Text)
        return self.sort(arg.type if isinstance(of, EventType) and arg.type else of)

    def defined(self, word: str, args: list[Term], params: list[str], sorts: list[str]) -> str:
        """The function of a definition for these kinds of arguments; constants that are no values are written out."""
        definition = self.query.program.definitions[word]
        optional = [isinstance(arg, Text) and arg.given != TRUE for arg in args]
        key = (word, tuple(sorts), tuple(optional), tuple(a for a in args if not isinstance(a, Text)))
        if key in self.calls:
            return self.calls[key]
        inner: dict[str, Term] = {}
        head: list[str] = []
        flags: list[str] = []
        for arg, param, sort, lacks, (_, of) in zip(args, params, sorts, optional, definition.params, strict=True):
            if not isinstance(arg, Text):
                inner[param] = arg
                continue
            head.append(f"({quoted(param)} {sort})")
            if lacks:
                flags.append(f"({quoted(f'{param}?')} Bool)")
            type_ = arg.type if isinstance(of, EventType) else of
            inner[param] = Text(quoted(param), quoted(f"{param}?") if lacks else TRUE, type_)
        name = self.calls[key] = quoted(f"{word} {len(self.calls)}")
        found = self.term(definition.body, inner)
        assert isinstance(found, Text)
        body = and_(found.given, found.value) if isinstance(definition.result, Bool) else found.value
        result = self.sort(definition.result)
        self.declared.append(f"(define-fun {name} ({' '.join([*head, *flags])}) {result} {body})")
        return name

    def pick(self, expr: ast.Pick, env: Env) -> Text:
        """The day of a first or last event: a function of the free variables, with what it means."""
        free = [
            name
            for name in dict.fromkeys(node.name for node in nodes(expr) if isinstance(node, ast.Var))
            if name in env and isinstance(env[name], Text)
        ]
        texts = [text for name in free if isinstance(text := env[name], Text)]
        sorts = [self.sort(text.type) for text in texts if text.type is not None]
        name = quoted(f"{expr.order} {len(self.names)}")
        self.once(name, self.declared, f"(declare-fun {name} ({' '.join(sorts)}) Int)")
        inner = {n: Text(quoted(f"{n}'"), TRUE, t.type) for n, t in zip(free, texts, strict=True)}
        outer = {**{n: t for n, t in env.items() if not isinstance(t, Text)}, **inner}
        at = applied(name, [text.value for text in inner.values()])
        var, bound = self.bound(expr.var, expr.kind, outer)
        guard = TRUE if expr.guard is None else self.truth(expr.guard, bound)
        date = f"({quoted(f'{expr.kind}.date')} {var})"
        happened = f"({quoted(f'is {expr.kind}')} {var})"
        some = f"(exists (({var} {self.kind(expr.kind)})) {and_(happened, guard, f'(= {date} {at})')})"
        none = self.forall(var, expr.kind, not_(guard))
        order = f"(<= {at} {date})" if expr.order == "first" else f"(<= {date} {at})"
        best = self.forall(var, expr.kind, or_(not_(guard), order))
        otherwise = f"(= {at} {self.text(expr.otherwise, outer).value})"
        meaning = or_(and_(some, best), and_(none, otherwise))
        self.declared.append(f"(assert {self.closed(inner, meaning, at)})")
        return Text(applied(name, [text.value for text in texts]), TRUE, Date())

    def closed(self, variables: Mapping[str, Text], body: str, pattern: str = "") -> str:
        """A formula for all values of its free variables; events are those that happened."""
        if not variables:
            return body
        events = [text for text in variables.values() if isinstance(text.type, EventType)]
        guards = [f"({quoted('is ' + next(iter(kinds_of(text))))} {text.value})" for text in events]
        inner = or_(*(not_(guard) for guard in guards), body)
        marks = [*guards] if len(guards) == len(variables) else [*guards, *([pattern] if pattern else [])]
        if self.patterns and marks:
            inner = f"(! {inner} :pattern ({' '.join(marks)}))"
        heads = " ".join(f"({text.value} {self.sort(text.type)})" for text in variables.values() if text.type)
        return f"(forall ({heads}) {inner})"

    def first_or_last(self, expr: ast.Quant, env: Env) -> None:
        """The least-element axiom of unbounded/lazy.py, for all values of its free variables."""
        found = extreme(expr)
        if found is None:
            return
        rest, first = found
        free = dict.fromkeys(node.name for node in nodes(rest) if isinstance(node, ast.Var) and node.name in env)
        free.pop(rest.var, None)
        inner: dict[str, Text] = {}
        static: dict[str, Term] = {}
        for name in free:
            term = env[name]
            if not isinstance(term, Text):
                static[name] = term
            elif term.given != TRUE:
                return
            else:
                inner[name] = Text(quoted(f"{name}'"), TRUE, term.type)
        shape = self.shapes.of(rest)
        key = (shape.id, first, tuple(getattr(env[name], "type", env[name]) for name in shape.free))
        if key in self.axioms:
            return
        self.axioms.add(key)
        body = self.truth(least(rest, first), {**static, **inner})
        self.facts.append(f"(assert {self.closed(inner, body)})")


__all__ = ["script"]
