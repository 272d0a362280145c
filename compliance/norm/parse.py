"""From the text of a norm to its syntax tree.

Written by hand after grammar.lark, which states the same language for readers and is held against this file by the
tests: building a parser from the grammar at every start of the command line would cost more than reading the law.
Everything that recurses goes through `inner`, which counts the depth: hostile nesting ends in a message.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from attrs import frozen

from compliance.calendar.days import NEVER, TextError, parse_iso
from compliance.calendar.quarters import parse_quarter
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.cursor import Cursor
from compliance.norm.tokens import RESERVED, Placed, Token, between, cut, fail
from compliance.norm.types import BOOL, DATE, PERIOD, QUARTER, QUARTER_DAY, Period, QuarterDay, Rounding
from compliance.norm.walk import check_limits
from compliance.source.loc import Place

T = TypeVar("T")

MODES: Final[dict[str, ast.Mode]] = {"every": "every", "some": "some", "no": "no"}
COMPARISONS: Final[dict[str, ast.CompareOp]] = {op: op for op in ("=", "!=", "<=", "<", ">=", ">")}
WORLD: Final[dict[str, ast.WorldConstant]] = {"as_of": "as_of", "in_force": "in_force", "replaced": "replaced"}
CONNECTIVES: Final = ("and", "or", "implies")
TERMS: Final = ("e.date", "2026-01-01", "3 months", "(")
AFTER_TERM: Final = ("and", "or", "implies", "in", "has", "is", "with", "then", "else", "rounded", "of")


@frozen
class Head:
    """The head of a definition: its name, its parameters with the words for their types, and its result's."""

    name: str
    params: tuple[tuple[str, str, Place | None], ...]
    result: str
    place: Place | None
    result_place: Place | None = None


class Parser(Cursor):
    """One text; each method reads one form and leaves the tokens behind it."""

    # formulas

    def closed(self) -> Expr:
        return self.formula(closed=True)

    def formula(self, closed: bool = False) -> Expr:
        """Operands joined by `and`, `or`, `implies`; where not closed, the last may be a quantifier, `if` or `by`."""
        first = self.token
        choices: list[list[list[Expr]]] = [[[]]]
        while True:
            negated, open_form = self.operand(closed)
            choices[-1][-1].append(negated)
            if not self.sees(*CONNECTIVES):
                break
            if open_form:
                fail("norm.needs-parentheses", negated.place, word=self.token.text)
            word = self.next().text
            if word == "implies":
                choices.append([[]])
            elif word == "or":
                choices[-1].append([])
        place = self.since(first)
        sides = [_joined(ast.Or, [_joined(ast.And, items, place) for items in each], place) for each in choices]
        result = sides.pop()
        while sides:
            result = ast.Implies(sides.pop(), result, place=place)
        return result

    def operand(self, closed: bool) -> tuple[Expr, bool]:
        """A comparison or an open form under any number of `not`, and whether it is an open form."""
        nots: list[Token] = []
        while self.sees("not"):
            nots.append(self.next())
        opens = self.sees("every", "some", "no", "if", "by")
        if opens and closed:
            fail("norm.needs-parentheses", self.token.place, word=self.token.text)
        result = self.open_form() if opens else self.comparison()
        while nots:
            result = ast.Not(result, place=self.since(nots.pop()))
        return result, opens

    def open_form(self) -> Expr:
        first = self.token
        if self.take("if"):
            condition = self.inner(self.formula)
            self.need("then")
            then = self.inner(self.formula)
            self.need("else")
            return ast.If(condition, then, self.inner(self.formula), place=self.since(first))
        if self.take("by"):
            day = self.sum()
            self.need(":")
            return ast.Due(day, self.inner(self.formula), place=self.since(first))
        return self.quantifier()

    def quantifier(self) -> Expr:
        """One or more heads, `every K x with guard, every L y`, and the body of the last."""
        word = self.need(*MODES)
        kind, var = self.bound()
        place = between(kind.place, var.place)
        guard = self.inner(self.closed) if self.take("with") else None
        body: Expr | None = None
        if self.sees(",") and self.peek() in MODES:
            self.next()
            body = self.inner(self.quantifier)
        elif self.take(":"):
            body = self.inner(self.formula)
        elif word.text == "every":
            fail("norm.every-without-body", word.place, ":", word=var.text)
        return ast.Quant(MODES[word.text], var.text, kind.text, guard, body, place=place)

    def bound(self) -> tuple[Token, Token]:
        return self.name("norm.kind-missing"), self.name("norm.variable-missing")

    def comparison(self) -> Expr:
        first = self.token
        left = self.sum()
        word = self.token.text
        if word in COMPARISONS:
            self.next()
            right = self.sum()
            if self.token.text in COMPARISONS:
                fail("norm.chained-comparison", self.token.place, word=self.token.text)
            return ast.Compare(COMPARISONS[word], left, right, place=self.since(first))
        if self.take("has"):
            return ast.Has(left, self.sum(), place=self.since(first))
        if word == "in" or (word == "not" and self.peek() == "in"):
            negated = self.take("not")
            self.next()
            found: Expr = ast.In(left, self.options(), place=self.since(first))
            return ast.Not(found, place=found.place) if negated else found
        if self.take("is"):
            negated = self.take("not")
            self.need("given")
            given: Expr = ast.Given(left, place=self.since(first))
            return ast.Not(given, place=given.place) if negated else given
        return left

    def options(self) -> tuple[Expr, ...]:
        self.need("{")
        options = [self.inner(self.sum)]
        while self.take(","):
            options.append(self.inner(self.sum))
        self.need("}", ",")
        return tuple(options)

    # terms

    def sum(self) -> Expr:
        first = self.token
        if self.sees("date") and self.peek() == "of":
            return self.pick()
        result = self.postfix()
        while self.sees("+", "-"):
            sign = self.next().text
            period = self.postfix()
            rounding = self.rounding() if self.take("rounded") else None
            result = ast.Shift(result, period, 1 if sign == "+" else -1, rounding, place=self.since(first))
        return result

    def rounding(self) -> Rounding:
        return "down" if self.need("down", "up").text == "down" else "up"

    def pick(self) -> Expr:
        """`date of first K x with guard, else other`."""
        self.need("date")
        self.need("of")
        order = self.need("first", "last").text
        kind, var = self.bound()
        place = between(kind.place, var.place)
        guard = self.inner(self.closed) if self.take("with") else None
        self.take(",")
        self.need("else")
        otherwise = self.inner(self.sum)
        return ast.Pick("first" if order == "first" else "last", var.text, kind.text, guard, otherwise, place=place)

    def postfix(self) -> Expr:
        first = self.token
        result = self.atom()
        while self.take("."):
            if self.token.kind != "name":
                fail("norm.attribute-missing", self.token.place, word=self.token.text)
            result = ast.Attr(result, self.next().text, place=self.since(first))
        return result

    def atom(self) -> Expr:
        token = self.token
        if token.kind in ("date", "quarter"):
            return self.constant(self.next())
        if token.kind == "int":
            return self.period()
        if token.kind == "name":
            return self.word(token)
        if not self.take("("):
            self.unexpected(*TERMS, *(() if self.at else ("every", "some", "no")))
        result = self.inner(self.formula)
        self.need(")")
        return result

    def word(self, token: Token) -> Expr:
        """A term that begins with a word."""
        text = token.text
        if text == "case":
            return self.case()
        if text == "day":
            return self.day()
        if text in RESERVED and text not in _CONSTANTS and text not in _FUNCTIONS:
            self.unexpected(*TERMS)
        self.next()
        if text in _CONSTANTS:
            return _constant(text, token.place)
        if not self.sees("("):
            return ast.Name(text, place=token.place)
        args = self.arguments()
        if text not in _FUNCTIONS:
            return ast.Call(text, args, place=self.since(token))
        if len(args) != 1:
            fail("norm.one-argument", self.since(token), word=text)
        make = ast.NextWorkingDay if text == "next_working_day" else ast.QuarterOf
        return make(args[0], place=self.since(token))

    def arguments(self) -> tuple[Expr, ...]:
        self.need("(")
        args: list[Expr] = []
        while not self.take(")"):
            if args:
                self.need(",", ")")
            args.append(self.inner(self.sum))
        return tuple(args)

    def day(self) -> Expr:
        """`day send_before of quarter`, `day 15 of month 3 of quarter`, or the day of a quarter alone."""
        first = self.next()
        if self.token.kind != "int":
            name = self.name("norm.day-missing")
            self.need("of")
            spec: Expr = ast.Name(name.text, place=name.place)
            return ast.DayOfQuarter(spec, self.inner(self.postfix), place=self.since(first))
        day = int(self.next().text)
        self.need("of")
        self.need("month")
        month = int(self.number("3").text)
        spec = ast.Literal(QuarterDay(day, month), QUARTER_DAY, place=self.since(first))
        if not (1 <= day <= 31 and 1 <= month <= 3):
            fail("norm.no-such-quarter-day", spec.place, day=str(day), month=str(month))
        if not self.take("of"):
            return spec
        return ast.DayOfQuarter(spec, self.inner(self.postfix), place=self.since(first))

    def number(self, *expected: str) -> Token:
        return self.next() if self.token.kind == "int" else self.unexpected(*expected)

    def period(self) -> Expr:
        """`1 year 2 months 3 days 10 working days`: months and years together, then days, then working days."""
        first, parts = self.token, {"months": 0, "days": 0, "working_days": 0}
        while self.token.kind == "int":
            number = int(self.next().text)
            unit = self.need("days", "day", "months", "month", "years", "year", "working").text
            if unit == "working":
                self.need("days", "day")
            factor = 12 if unit.startswith("year") else 1
            key = {"y": "months", "m": "months", "d": "days", "w": "working_days"}[unit[0]]
            parts[key] += number * factor
        return ast.Literal(Period(**parts), PERIOD, place=self.since(first))

    def case(self) -> Expr:
        self.next()
        reading = self.name("norm.reading-missing")
        self.need("{")
        branches: list[tuple[str, Expr]] = []
        while not self.take("}"):
            if branches:
                self.need(";", "}")
                if self.take("}"):
                    break
            if self.token.kind != "name":
                fail("norm.reading-value-missing", self.token.place, word=self.token.text)
            value = self.next().text
            self.need(":")
            branches.append((value, self.inner(self.formula)))
        return ast.Case(reading.text, tuple(branches), place=reading.place)

    def constant(self, token: Token) -> Expr:
        try:
            if token.kind == "date":
                return ast.Literal(parse_iso(token.text), DATE, place=token.place)
            return ast.Literal(parse_quarter(token.text), QUARTER, place=token.place)
        except TextError:
            fail("norm.no-such-day" if token.kind == "date" else "norm.no-such-quarter", token.place, word=token.text)

    # heads of definitions

    def head(self) -> Head:
        name = self.name("norm.definition-name-missing")
        params: list[tuple[str, str, Place | None]] = []
        if self.take("("):
            while not self.take(")"):
                if params:
                    self.need(",", ")")
                param = self.name("norm.variable-missing")
                self.need(":")
                word = self.type_name()
                params.append((param.text, word.text, between(param.place, word.place)))
        result = self.type_name() if self.take(":") else None
        of_type = result.text if result else "truth"
        return Head(name.text, tuple(params), of_type, name.place, result.place if result else None)

    def type_name(self) -> Token:
        """The word for a type; `date` and `day` are reserved in formulas and meant here."""
        return self.next() if self.token.kind == "name" else self.unexpected("truth", "date", "quarter", "period")


_FUNCTIONS: Final = ("next_working_day", "quarter_of")
_CONSTANTS: Final = ("never", "true", "false", "as_of", "in_force", "replaced", "officer")


def _constant(text: str, place: Place | None) -> Expr:
    match text:
        case "never":
            return ast.Literal(NEVER, DATE, place=place)
        case "true" | "false":
            return ast.Literal(text == "true", BOOL, place=place)
        case "officer":
            return ast.OfficerRef(place=place)
        case _:
            return ast.World(WORLD[text], place=place)


def _joined(make: type[ast.And] | type[ast.Or], items: list[Expr], place: Place | None) -> Expr:
    return items[0] if len(items) == 1 else make(tuple(items), place=place)


def _whole(text: str | Placed, source: Placed | None, read: Callable[[Parser], T]) -> T:
    plain, placed = (text, source) if isinstance(text, str) else (text.text, text)
    parser = Parser(cut(plain, placed))
    if parser.token.kind == "end":
        fail("norm.empty", parser.token.place)
    result = read(parser)
    if parser.token.kind != "end":
        parser.unexpected(*AFTER_TERM)
    return result


def parse_expr(text: str | Placed, source: Placed | None = None) -> Expr:
    """The syntax tree of a norm or a term, names unresolved (`Problems` with one error where it cannot be read).

    Places are those of the YAML value that was passed; a bare text has none.
    """
    return check_limits(_whole(text, source, Parser.formula))


def parse_signature(text: str | Placed, source: Placed | None = None) -> Head:
    """The head of a definition, `last_day(p: quarter_day, q: quarter): date`; a result left out is a truth."""
    return _whole(text, source, Parser.head)
