"""The rules of typing, case by case: what each form of the language needs and what it is.

All errors of an expression are gathered; a part that has one has no type and is not complained about again.
`typecheck.py` is the door to this module.
"""

from __future__ import annotations

from typing import Final, assert_never

from attrs import define

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.language import Found, dotted, named, start, written
from compliance.norm.names import Names
from compliance.norm.types import (
    BOOL,
    DATE,
    OFFICER,
    PERIOD,
    QUARTER,
    QUARTER_DAY,
    Bool,
    Date,
    Enum,
    EventType,
    Items,
    Period,
    Position,
    Quarter,
    Ref,
    Type,
)

_EQUAL: Final = (Bool, Date, Quarter, Ref, Position, Enum, EventType)


@define
class Rules(Names):
    """The rules over one set of words."""

    def infer(self, expr: Expr, hint: Type | None = None) -> Found:
        """The type of an expression; `hint` is what its surroundings want (it resolves enumerators)."""
        match expr:
            case ast.Name():
                return self.name(expr, hint)
            case ast.Var(name=name) | ast.Param(name=name):
                return self.name(ast.Name(name, place=expr.place), hint)
            case ast.Literal(value=value, type=Enum() as of):
                return self.name(ast.Name(str(value), place=expr.place), of)
            case ast.Literal(type=of):
                return Found(expr, of)
            case ast.World():
                return Found(expr, DATE)
            case ast.OfficerRef():
                return self.enumerator(expr, "officer", hint) or Found(expr, OFFICER)
            case ast.Attr():
                return self.attribute(expr, hint)
            case ast.Shift():
                return self.shift(expr)
            case ast.NextWorkingDay(day=day):
                return Found(ast.NextWorkingDay(self.given(day, DATE), place=expr.place), DATE)
            case ast.QuarterOf(day=day):
                return Found(ast.QuarterOf(self.given(day, DATE), place=expr.place), QUARTER)
            case ast.DayOfQuarter(spec=spec, quarter=quarter):
                checked = ast.DayOfQuarter(
                    self.check(spec, QUARTER_DAY), self.given(quarter, QUARTER), place=expr.place
                )
                return Found(checked, DATE)
            case ast.Pick():
                return self.pick(expr)
            case ast.If():
                return self.choice(expr, hint)
            case ast.Case():
                return self.case(expr, hint)
            case ast.Call():
                return self.call(expr)
            case ast.Compare():
                return self.compare(expr)
            case ast.In():
                return self.member(expr)
            case ast.Has():
                return self.has(expr)
            case ast.Given(item=item):
                return Found(ast.Given(self.may_lack(item), place=expr.place), BOOL)
            case ast.Not(body=body):
                return Found(ast.Not(self.check(body, BOOL), place=expr.place), BOOL)
            case ast.And(items=items):
                return Found(ast.And(tuple(self.check(item, BOOL) for item in items), place=expr.place), BOOL)
            case ast.Or(items=items):
                return Found(ast.Or(tuple(self.check(item, BOOL) for item in items), place=expr.place), BOOL)
            case ast.Implies(left=left, right=right):
                return Found(ast.Implies(self.check(left, BOOL), self.check(right, BOOL), place=expr.place), BOOL)
            case ast.Quant():
                return self.quantifier(expr)
            case ast.Due(day=day, body=body):
                return Found(ast.Due(self.given(day, DATE), self.check(body, BOOL), place=expr.place), BOOL)
            case _:
                assert_never(expr)

    # terms

    def shift(self, expr: ast.Shift) -> Found:
        day, period = self.given(expr.day, DATE), self.check(expr.period, PERIOD)
        checked = ast.Shift(day, period, expr.sign, expr.rounding, place=expr.place)
        match period:
            case ast.Literal(value=Period(months=months)):
                if months and expr.rounding is None:
                    self.problems.error("norm.rounding-missing", expr.place, expected=("rounded down", "rounded up"))
                if not months and expr.rounding is not None:
                    self.problems.error("norm.rounding-needless", expr.place)
            case ast.Param() | ast.Var():
                if expr.rounding is None:
                    self.problems.error("norm.rounding-missing", expr.place, expected=("rounded down", "rounded up"))
            case _:
                pass
        if expr.sign == -1:
            self.backward(period)
        return Found(checked, DATE)

    def backward(self, period: Expr) -> None:
        """Working days are counted forward only, also where the period is passed to a definition."""
        value = self.words.params.get(period.name) if isinstance(period, ast.Param) else None
        if isinstance(period, ast.Literal) and isinstance(period.value, Period):
            value = period.value
        if isinstance(period, ast.Var):
            self.subtracted.add(period.name)
        elif isinstance(value, Period) and value.working_days:
            self.problems.error("norm.working-days-backward", period.place)

    def pick(self, expr: ast.Pick) -> Found:
        otherwise = self.given(expr.otherwise, DATE)
        kind, where = self.kind(expr.kind, expr.place)
        entered = self.enter(expr.var, kind, expr.place)
        guard = None if expr.guard is None else self.check(expr.guard, BOOL)
        self.leave(expr.var, entered, expr.place, silent=guard is None)
        checked = ast.Pick(
            expr.order, expr.var, kind or expr.kind, self.narrowed(where, expr.var, kind, guard), otherwise,
            notion=where.name if where else None, place=expr.place,
        )  # fmt: skip
        return Found(checked, DATE)

    def choice(self, expr: ast.If, hint: Type | None) -> Found:
        condition = self.check(expr.condition, BOOL)
        then, otherwise = self.infer(expr.then, hint), self.infer(expr.otherwise, hint)
        of = self.branch_type([then, otherwise], lacks=condition != ast.Given(then.expr))
        return Found(ast.If(condition, then.expr, otherwise.expr, place=expr.place), of)

    def branch_type(self, branches: list[Found], lacks: bool = True) -> Type | None:
        """The common type of branches: a truth or a day, and given (the first may lack where `lacks` is off)."""
        known = [branch for branch in branches if branch.type is not None]
        if len(known) < len(branches):
            return None
        of = known[0].type
        assert of is not None
        if of not in (BOOL, DATE):
            self.problems.error("norm.branch-type", known[0].expr.place, got=named(of))
            return None
        for index, branch in enumerate(known):
            self.fit(branch, of)
            if branch.optional and of == DATE and (index > 0 or lacks):
                self.problems.error("norm.may-not-be-given", branch.expr.place, word=written(branch.expr))
        return of if all(branch.type == of for branch in known) else None

    def case(self, expr: ast.Case, hint: Type | None) -> Found:
        """Every value of the reading, each once; the branches are put into the reading's order."""
        values = self.words.readings.get(expr.reading)
        branches = [(value, self.infer(branch, hint)) for value, branch in expr.branches]
        if values is None:
            self.problems.unknown("norm.unknown-reading", expr.place, expr.reading, self.words.readings)
            return Found(expr, None)
        seen: dict[str, Found] = {}
        for value, branch in branches:
            if value not in values:
                self.problems.unknown("norm.unknown-reading-value", branch.expr.place, value, values, home=expr.reading)
            elif value in seen:
                self.problems.error("norm.reading-value-twice", branch.expr.place, word=value)
            seen[value] = branch
        missing = [value for value in values if value not in seen]
        if missing:
            self.problems.error("norm.reading-value-uncovered", expr.place, expected=missing, word=expr.reading)
        of = self.branch_type([branch for _, branch in branches]) if branches else None
        ordered = tuple((value, seen[value].expr) for value in values if value in seen)
        return Found(ast.Case(expr.reading, ordered, place=expr.place), of)

    def call(self, expr: ast.Call) -> Found:
        signature = self.words.signatures.get(expr.name)
        if signature is None:
            place = start(expr.place, expr.name)
            known = [*self.words.signatures, "next_working_day", "quarter_of"]
            self.problems.unknown("norm.unknown-definition", place, expr.name, known)
            for arg in expr.args:
                if not isinstance(arg, ast.Name):
                    self.infer(arg)
            return Found(expr, None)
        needed, count = len(signature.params), len(expr.args)
        if needed != count:
            params = ", ".join(name for name, _ in signature.params)
            self.problems.error(
                "norm.wrong-count", start(expr.place, expr.name), word=expr.name, got=str(count), need=str(needed),
                params=params,
            )  # fmt: skip
            return Found(expr, signature.result)
        args: list[Expr] = []
        for (name, of), arg in zip(signature.params, expr.args, strict=True):
            args.append(self.given(arg, of) if of in (DATE, QUARTER) else self.check(arg, of))
            if name in self.words.backward(expr.name):
                self.backward(args[-1])
        return Found(ast.Call(expr.name, tuple(args), place=expr.place), signature.result)

    # formulas

    def compare(self, expr: ast.Compare) -> Found:
        if self.plain(expr.left) and not self.plain(expr.right):
            right = self.infer(expr.right)
            left = self.beside(expr.left, right)
        else:
            left = self.infer(expr.left)
            right = self.beside(expr.right, left)
        self.comparable(expr, left, right)
        return Found(ast.Compare(expr.op, left.expr, right.expr, place=expr.place), BOOL)

    def beside(self, expr: Expr, other: Found) -> Found:
        """The second side; beside a slip a known value is not complained about, for its place is not known."""
        homes = self.words.vocabulary.enumerations.values()
        if other.type is None and any(dotted(expr) in each.values for each in homes):
            return Found(expr, None)
        return self.infer(expr, other.type)

    def plain(self, expr: Expr) -> bool:
        """Whether a side is a bare word whose meaning the other side decides."""
        text = dotted(expr)
        return text is not None and text.partition(".")[0] not in self.variables and not text.startswith("officer.")

    def comparable(self, expr: ast.Compare, left: Found, right: Found) -> None:
        a, b = left.type, right.type
        if a is None or b is None:
            return
        if isinstance(a, EventType) and isinstance(b, EventType):
            if not a.kinds & b.kinds:
                self.problems.error("norm.never-the-same", expr.place, left=named(a), right=named(b))
            b = a
        if a != b:
            self.problems.error("norm.different-things", expr.place, left=named(a), right=named(b))
        elif expr.op not in ("=", "!=") and a != DATE:
            self.problems.error("norm.only-days-have-order", expr.place, op=expr.op, got=named(a))
        elif not isinstance(a, _EQUAL):
            self.problems.error("norm.cannot-be-compared", expr.place, got=named(a))
        elif a == BOOL and not all(isinstance(side.expr, ast.Attr | ast.Literal) for side in (left, right)):
            self.problems.error("norm.compared-truths", expr.place)

    def member(self, expr: ast.In) -> Found:
        item = self.infer(expr.item)
        if item.type is not None and not isinstance(item.type, Enum | Date | Quarter):
            self.problems.error("norm.cannot-be-listed", expr.item.place, got=named(item.type))
            return Found(expr, BOOL)
        options: list[Expr] = []
        for option in expr.options if item.type else ():
            assert item.type is not None
            found = self.fit(self.infer(option, item.type), item.type)
            if found.type is not None and not isinstance(found.expr, ast.Literal):
                self.problems.error("norm.not-a-constant", option.place)
            if found.expr in options:
                self.problems.warning("norm.listed-twice", option.place, word=written(option))
            options.append(found.expr)
        return Found(ast.In(item.expr, tuple(options), place=expr.place), BOOL)

    def has(self, expr: ast.Has) -> Found:
        items = self.infer(expr.items)
        if items.type is not None and not isinstance(items.type, Items):
            self.problems.error("norm.not-a-set", expr.items.place, got=named(items.type))
            return Found(expr, BOOL)
        item = self.check(expr.item, Enum(items.type.name)) if items.type else expr.item
        return Found(ast.Has(items.expr, item, place=expr.place), BOOL)

    def quantifier(self, expr: ast.Quant) -> Found:
        kind, where = self.kind(expr.kind, expr.place)
        entered = self.enter(expr.var, kind, expr.place)
        guard = None if expr.guard is None else self.check(expr.guard, BOOL)
        body = None if expr.body is None else self.check(expr.body, BOOL)
        self.leave(expr.var, entered, expr.place, silent=guard is None and body is None)
        checked = ast.Quant(
            expr.mode, expr.var, kind or expr.kind, self.narrowed(where, expr.var, kind, guard), body,
            notion=where.name if where else expr.notion, place=expr.place,
        )  # fmt: skip
        return Found(checked, BOOL)
