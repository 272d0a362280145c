"""The text of a norm from its syntax tree; `parse(show(e)) == e` for every tree that can be written.

A typed tree prints as the author would have to write it, with notions put in terms of kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

from compliance.calendar.days import format_iso
from compliance.calendar.quarters import format_quarter
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.types import Date, Period, Quarter, QuarterDay

ANY, IMPLIES, OR, AND, NOT, COMPARE, SUM, SHIFT, UNIT, ATOM = range(10)
"""How tightly a form holds together, from the loosest; NOTE(open) in grammar.lark says where an open one may stand."""

INDENT: Final = "  "


def show(expr: Expr) -> str:
    """The expression on one line."""
    return _text(expr, ANY, True)


def show_pretty(expr: Expr, width: int = 100) -> str:
    """The expression on as many lines as the width asks for; it parses to the same tree."""
    return "\n".join(_lines(expr, ANY, True, width))


def show_period(period: Period) -> str:
    """`1 year 2 months 3 days 10 working days`, leaving out what is zero."""
    years, months = divmod(period.months, 12)
    counts = ((years, "year"), (months, "month"), (period.days, "day"), (period.working_days, "working day"))
    parts = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counts if count]
    return " ".join(parts) or "0 days"


def _binding(expr: Expr) -> int:
    """How tightly the form holds together; an open form as tightly as `not`, where nothing follows it."""
    match expr:
        case ast.Quant() | ast.If() | ast.Due():
            return NOT
        case ast.Implies():
            return IMPLIES
        case ast.Or():
            return OR
        case ast.And():
            return AND
        case ast.Not(body=ast.Given() | ast.In()):
            return COMPARE
        case ast.Not():
            return NOT
        case ast.Compare() | ast.In() | ast.Has() | ast.Given():
            return COMPARE
        case ast.Pick():
            return SUM
        case ast.Shift():
            return SHIFT
        case ast.DayOfQuarter():
            return UNIT
        case _:
            return ATOM


def _wrapped(expr: Expr, need: int, last: bool) -> bool:
    return _binding(expr) < need or (not last and isinstance(expr, ast.Quant | ast.If | ast.Due))


def _text(expr: Expr, need: int, last: bool) -> str:
    """The text where a form at least as tight as `need` is wanted; `last`: nothing follows it."""
    return f"({_bare(expr, True)})" if _wrapped(expr, need, last) else _bare(expr, last)


def _bare(expr: Expr, last: bool) -> str:
    match expr:
        case ast.Name(text=text):
            return text
        case ast.Var(name=name) | ast.Param(name=name) | ast.World(name=name):
            return name
        case ast.Literal():
            return _literal(expr)
        case ast.OfficerRef():
            return "officer"
        case ast.Attr(base=base, name=name):
            return f"{_text(base, ATOM, False)}.{name}"
        case ast.Shift(day=day, period=period, sign=sign, rounding=rounding):
            tail = f" rounded {rounding}" if rounding else ""
            return f"{_text(day, SHIFT, False)} {'+' if sign == 1 else '-'} {_text(period, UNIT, False)}{tail}"
        case ast.NextWorkingDay(day=day):
            return f"next_working_day({_text(day, SUM, False)})"
        case ast.QuarterOf(day=day):
            return f"quarter_of({_text(day, SUM, False)})"
        case ast.DayOfQuarter(spec=spec, quarter=quarter):
            head = _bare(spec, False)
            named = head if isinstance(spec, ast.Literal) else f"day {head}"
            return f"{named} of {_text(quarter, UNIT, False)}"
        case ast.Pick(order=order, otherwise=otherwise):
            return f"date of {order} {_head(expr)}, else {_text(otherwise, SUM, last)}"
        case ast.If(condition=condition, then=then, otherwise=otherwise):
            first, second = _text(condition, ANY, True), _text(then, ANY, True)
            return f"if {first} then {second} else {_text(otherwise, ANY, last)}"
        case ast.Case(reading=reading, branches=branches):
            inside = "; ".join(f"{value}: {_text(branch, ANY, True)}" for value, branch in branches)
            return f"case {reading} {{{inside}}}"
        case ast.Call(name=name, args=args):
            return f"{name}({_listed(args)})"
        case ast.Compare(op=op, left=left, right=right):
            return f"{_text(left, SUM, False)} {op} {_text(right, SUM, False)}"
        case ast.In():
            return _member(expr, "in")
        case ast.Has(items=items, item=item):
            return f"{_text(items, SUM, False)} has {_text(item, SUM, False)}"
        case ast.Given(item=item):
            return f"{_text(item, SUM, False)} is given"
        case ast.Not(body=ast.Given(item=item)):
            return f"{_text(item, SUM, False)} is not given"
        case ast.Not(body=ast.In() as body):
            return _member(body, "not in")
        case ast.Not(body=body):
            return f"not {_text(body, NOT, last)}"
        case ast.And(items=parts):
            return _joined(parts, " and ", NOT, last)
        case ast.Or(items=parts):
            return _joined(parts, " or ", AND, last)
        case ast.Implies(left=left, right=right):
            return f"{_text(left, OR, False)} implies {_text(right, IMPLIES, last)}"
        case ast.Quant():
            return _quantifier(expr, last)
        case ast.Due(day=day, body=body):
            return f"by {_text(day, SUM, False)}: {_text(body, ANY, last)}"
        case _:
            assert_never(expr)


def _quantifier(expr: ast.Quant, last: bool) -> str:
    """The head and the body; an `every` straight inside an `every` follows a comma."""
    start = f"{expr.mode} {_head(expr)}"
    if expr.body is None:
        return start
    return f"{start}{',' if _chained(expr) else ':'} {_text(expr.body, ANY, last)}"


def _chained(expr: ast.Quant) -> bool:
    return isinstance(expr.body, ast.Quant) and expr.body.mode == expr.mode == "every"


def _literal(expr: ast.Literal) -> str:
    match expr.value:
        case bool(truth):
            return "true" if truth else "false"
        case Period() as period:
            return show_period(period)
        case QuarterDay(day=day, month=month):
            return f"day {day} of month {month}"
        case int(number) if isinstance(expr.type, Date):
            return format_iso(number)
        case int(number):
            assert isinstance(expr.type, Quarter)
            return format_quarter(number)
        case str(word):
            return word


def _head(expr: ast.Quant | ast.Pick) -> str:
    guard = f" with {_text(expr.guard, IMPLIES, False)}" if expr.guard is not None else ""
    return f"{expr.kind} {expr.var}{guard}"


def _listed(parts: Sequence[Expr]) -> str:
    return ", ".join(_text(part, SUM, False) for part in parts)


def _member(expr: ast.In, word: str) -> str:
    return f"{_text(expr.item, SUM, False)} {word} {{{_listed(expr.options)}}}"


def _joined(parts: Sequence[Expr], word: str, need: int, last: bool) -> str:
    end = len(parts) - 1
    return word.join(_text(part, need, last and index == end) for index, part in enumerate(parts))


# on several lines


def _lines(expr: Expr, need: int, last: bool, width: int) -> list[str]:
    line = _text(expr, need, last)
    if len(line) <= width:
        return [line]
    if _wrapped(expr, need, last):
        inner = _broken(expr, True, width - 1)
        return [f"({inner[0]}", *(f" {each}" for each in inner[1:-1]), f" {inner[-1]})"] if inner[1:] else [line]
    return _broken(expr, last, width)


def _broken(expr: Expr, last: bool, width: int) -> list[str]:
    """The lines of a form that is too long for one."""
    inner = width - len(INDENT)
    match expr:
        case ast.And(items=parts):
            return _stacked(parts, "and ", NOT, last, width)
        case ast.Or(items=parts):
            return _stacked(parts, "or ", AND, last, width)
        case ast.Implies(left=left, right=right):
            tail = _lines(right, IMPLIES, last, width - len("implies "))
            return [*_lines(left, OR, False, width), *_hung("implies ", tail)]
        case ast.Not(body=body) if not isinstance(body, ast.Given | ast.In):
            return _hung("not ", _lines(body, NOT, last, width - len("not ")))
        case ast.Quant(mode=mode, body=body):
            chained = _chained(expr)
            end = "" if body is None else "," if chained else ":"
            head = [f"{mode} {expr.kind} {expr.var}{end if expr.guard is None else ''}"]
            if expr.guard is not None:
                guard = _lines(expr.guard, IMPLIES, False, inner - len("with "))
                guard[-1] += end
                short = f"{head[0]} with {guard[0]}"
                head = [short] if len(guard) == 1 and len(short) <= width else [*head, *_in(_hung("with ", guard))]
            rest = [] if body is None else _lines(body, ANY, last, inner)
            return [*head, *(rest if chained else _in(rest))]
        case ast.If(condition=condition, then=then, otherwise=otherwise):
            return [
                *_hung("if ", _lines(condition, ANY, True, width - 3)),
                *_hung("then ", _lines(then, ANY, True, width - 5)),
                *_hung("else ", _lines(otherwise, ANY, last, width - 5)),
            ]
        case ast.Case(reading=reading, branches=branches):
            found = [f"case {reading} {{"]
            for index, (value, branch) in enumerate(branches):
                lines = _hung(f"{value}: ", _lines(branch, ANY, True, inner - len(value) - 2))
                lines[-1] += ";" if index < len(branches) - 1 else ""
                found.extend(_in(lines))
            return [*found, "}"]
        case ast.Due(day=day, body=body):
            return [f"by {_text(day, SUM, False)}:", *_in(_lines(body, ANY, last, inner))]
        case _:
            return [_bare(expr, last)]


def _stacked(parts: Sequence[Expr], word: str, need: int, last: bool, width: int) -> list[str]:
    end, found = len(parts) - 1, list[str]()
    for index, part in enumerate(parts):
        lines = _lines(part, need, last and index == end, width - len(word))
        found.extend(_hung(word, lines) if index else lines)
    return found


def _hung(word: str, lines: Sequence[str]) -> list[str]:
    """A word before the first line, the others below what follows the word."""
    return [word + lines[0], *(" " * len(word) + line for line in lines[1:])]


def _in(lines: Sequence[str]) -> list[str]:
    return [INDENT + line for line in lines]
