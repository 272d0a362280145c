"""Random typed norms over a small vocabulary, and random records: what holds the encoder to the evaluator."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from attrs import define, field

from compliance.calendar.days import NEVER, day
from compliance.calendar.working import WorkingCalendar
from compliance.calendar.year import DayOff, YearData
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.program import CHECKED, Definition, Program, Typed
from compliance.norm.types import BOOL, DATE, Enum, EventType, Period, QuarterDay, Rounding, Value
from compliance.norm.vocabulary import Vocabulary
from compliance.timeline.model import Choice, Days, FromDate, OneOf, Open, OpenItems, Slot, Timeline

KINDS = ("filing", "ruling", "notice")
ACTORS: tuple[Value, ...] = ("clerk", "judge", "court")
ITEMS = ("form", "photo", "map")
POSITIONS = ("chief", "deputy")
READINGS = {"edge": ("exclusive", "inclusive"), "route": ("short", "long", "both"), DUE: (OPEN, CLOSED)}
BASE = day(2026, 1, 20)


def calendar() -> WorkingCalendar:
    """Two holidays a year, every year alike."""

    def year(number: int) -> YearData:
        holidays = tuple(DayOff(day(number, m, d), "holiday", "праздник", "act") for m, d in ((1, 1), (3, 8), (3, 23)))
        return YearData(number, "confirmed", holidays)

    return WorkingCalendar(year, 2013, 2060)


@define
class Norms:
    """Draws expressions of a wanted type; `scope` is the event and date variables in reach."""

    random: Random
    definitions: dict[str, Definition] = field(factory=dict)

    def program(self) -> Program:
        events = {f"e_{kind}": ast.Var("e", EventType(frozenset({kind}))) for kind in KINDS}
        for i, kind in enumerate(KINDS):
            scope = {"e": kind, "t": "date"}
            params = (("e", events[f"e_{kind}"].type), ("t", DATE))
            self.definitions[f"holds{i}"] = Definition(f"holds{i}", params, BOOL, self.truth(3, scope))
            self.definitions[f"day{i}"] = Definition(f"day{i}", params, DATE, self.date(2, scope))
        values: dict[str, Period | QuarterDay] = {"span": Period(months=2), "slot": QuarterDay(15, 2)}
        vocabulary = Vocabulary({}, {}, {}, {}, {})
        readings = {name: values for name, values in READINGS.items() if name != DUE}
        return Program(vocabulary, dict(self.definitions), readings, values)

    def norm(self, depth: int = 4) -> Typed:
        none: frozenset[str] = frozenset()
        return Typed(self.truth(depth, {}), BOOL, frozenset(READINGS), none, none, frozenset(KINDS), seal=CHECKED)

    def event(self, scope: dict[str, str], kind: str | None = None) -> ast.Var | None:
        names = [name for name, what in scope.items() if what in KINDS and kind in (None, what)]
        return ast.Var(self.random.choice(names), BOOL) if names else None

    def attr(self, scope: dict[str, str], name: str) -> ast.Attr | None:
        event = self.event(scope)
        return ast.Attr(event, name) if event else None

    def truth(self, depth: int, scope: dict[str, str]) -> Expr:
        if depth <= 0 or (scope and self.random.random() < 0.1):
            return self.simple(scope)
        pick = self.random.randrange(12 if scope else 7)
        if pick <= 3:
            return self.quantifier(depth, scope)
        if pick == 4:
            return ast.Not(self.truth(depth - 1, scope))
        if pick <= 6:
            parts = tuple(self.truth(depth - 1, scope) for _ in range(self.random.choice((2, 2, 3))))
            return ast.And(parts) if pick == 5 else ast.Or(parts)
        if pick == 7:
            return ast.Implies(self.truth(depth - 1, scope), self.truth(depth - 1, scope))
        if pick == 8:
            first, then, otherwise = (self.truth(depth - 1, scope) for _ in range(3))
            return ast.If(first, then, otherwise)
        if pick == 9:
            return self.case(lambda: self.truth(depth - 1, scope))
        if pick == 10:
            return ast.Due(self.date(1, scope), self.truth(depth - 1, scope))
        return self.call("holds", scope) or self.simple(scope)

    def case(self, branch: Callable[[], Expr]) -> ast.Case:
        name = self.random.choice(("edge", "route"))
        return ast.Case(name, tuple((value, branch()) for value in READINGS[name]))

    def quantifier(self, depth: int, scope: dict[str, str]) -> Expr:
        kind, var = self.random.choice(KINDS), f"x{len(scope)}"
        inner = {**scope, var: kind}
        guard = self.truth(depth - 2, inner) if self.random.random() < 0.7 else None
        mode: ast.Mode = self.random.choice(("every", "some", "no"))
        body = None if mode != "every" and self.random.random() < 0.3 else self.truth(depth - 1, inner)
        return ast.Quant(mode, var, kind, guard, body)

    def call(self, stem: str, scope: dict[str, str]) -> Expr | None:
        names = sorted(name for name in self.definitions if name.startswith(stem))
        if not names:
            return None
        name = self.random.choice(names)
        event = self.event(scope, KINDS[int(name[-1])])
        return ast.Call(name, (event, self.date(0, scope))) if event else None

    def simple(self, scope: dict[str, str]) -> Expr:
        pick = self.random.randrange(11)
        event, other = self.event(scope), self.event(scope)
        if pick <= 3 or event is None or other is None:
            op: ast.CompareOp = self.random.choice(("<", "<=", ">", ">=", "=", "!="))
            left = ast.Attr(event, "date") if event is not None else self.date(2, scope)
            return ast.Compare(op, left, self.date(2, scope))
        if pick == 4:
            right = self.random.choice((self.enum("clerk"), ast.Attr(other, "by")))
            return ast.Compare(self.random.choice(("=", "!=")), ast.Attr(event, "by"), right)
        if pick == 5:
            return ast.In(ast.Attr(event, "by"), (self.enum("judge"), self.enum("court")))
        if pick == 6:
            return ast.Has(ast.Attr(event, "items"), self.enum(self.random.choice(ITEMS)))
        if pick == 7:
            return ast.Attr(ast.Attr(event, "position"), "listed")
        if pick == 8:
            return self.random.choice((ast.Attr(event, "flag"), ast.Given(ast.Attr(event, "quarter"))))
        if pick == 9:
            return self.random.choice(
                (
                    ast.Compare("=", ast.Attr(event, "ref"), ast.Attr(other, "ref")),
                    ast.Compare("=", event, other),
                    ast.Compare("=", ast.Attr(event, "quarter"), ast.QuarterOf(self.date(1, scope))),
                    ast.Compare("=", ast.Attr(ast.Attr(event, "position"), "rank"), self.enum("high")),
                )
            )
        return ast.Compare("=", ast.Attr(ast.OfficerRef(), "body"), self.enum("navy"))

    @staticmethod
    def enum(text: str) -> ast.Literal:
        return ast.Literal(text, Enum("word"))

    def date(self, depth: int, scope: dict[str, str]) -> Expr:
        pick = self.random.randrange(13 if depth > 0 else 4)
        event = self.event(scope)
        if pick <= 2 and event is not None:
            return ast.Attr(event, "date")
        if pick == 3 and "t" in scope:
            return ast.Var("t", DATE)
        if pick <= 4:
            return self.random.choice((ast.Literal(BASE + self.random.randrange(90), DATE), ast.World("as_of")))
        if pick <= 6:
            return self.shift(depth, scope)
        if pick == 7:
            return ast.NextWorkingDay(self.date(depth - 1, scope))
        if pick == 8:
            spec = self.random.choice((ast.Param("slot", BOOL), ast.Literal(QuarterDay(30, 1), BOOL)))
            return ast.DayOfQuarter(spec, ast.QuarterOf(self.date(depth - 1, scope)))
        if pick == 9:
            return ast.If(self.truth(depth - 1, scope), self.date(depth - 1, scope), self.date(depth - 1, scope))
        if pick == 10:
            return self.case(lambda: self.date(depth - 1, scope))
        if pick == 11:
            kind, var = self.random.choice(KINDS), f"x{len(scope)}"
            guard = self.truth(depth - 1, {**scope, var: kind}) if self.random.random() < 0.7 else None
            last = ast.Literal(NEVER, DATE) if self.random.random() < 0.5 else self.date(0, scope)
            return ast.Pick(self.random.choice(("first", "last")), var, kind, guard, last)
        return self.call("day", scope) or ast.World("in_force")

    def shift(self, depth: int, scope: dict[str, str]) -> Expr:
        period: Expr = ast.Literal(
            self.random.choice(
                (Period(days=7), Period(months=1), Period(months=12), Period(working_days=5), Period(1, 2, 3))
            ),
            BOOL,
        )
        if self.random.random() < 0.2:
            period = ast.Param("span", BOOL)
        rounding: Rounding = self.random.choice(("down", "up"))
        return ast.Shift(self.date(depth - 1, scope), period, self.random.choice((1, 1, -1)), rounding)


@define
class Records:
    """Draws records with up to `open_facts` uncertain facts."""

    random: Random
    open_facts: int

    def _open(self) -> bool:
        if self.open_facts > 0 and self.random.random() < 0.4:
            self.open_facts -= 1
            return True
        return False

    def timeline(self) -> Timeline:
        count = self.random.choice((2, 3, 3, 4, 5, 6))
        slots = tuple(self.slot(index) for index in range(count))
        officer: dict[str, Open] = {"body": self.one_of(("navy", "army", None))}
        positions = {
            name: {"listed": self.one_of((True, False)), "rank": self.one_of(("high", "low", None))}
            for name in POSITIONS
        }
        return Timeline(officer, positions, slots, self.day(60, 120), self.day(-60, 60), NEVER)

    def slot(self, index: int) -> Slot:
        attrs: dict[str, Open] = {
            "by": self.one_of(ACTORS),
            "flag": self.one_of((True, False, None)),
            "position": self.one_of((*POSITIONS, None)),
            "ref": self.one_of(("r1", "r2", None)),
            "quarter": self.quarter(),
            "items": self.items(),
        }
        occurred = None if self._open() else True
        return Slot(self.random.choice(KINDS), self.day(0, 90), attrs, index, occurred)

    def day(self, lo: int, hi: int) -> int | Days:
        start = BASE + self.random.randrange(lo, hi)
        if not self._open():
            return start
        length = self.random.choice((1, 2, 5, 30, 400))
        if self.random.random() < 0.3:
            return Days(((start, start + length), (start + length + 10, start + length + 12)))
        return Days(((start, start + length),))

    def one_of(self, values: tuple[Value, ...]) -> Open:
        if not self._open():
            return self.random.choice(values)
        return OneOf(values if self.random.random() < 0.7 else values[:2])

    def quarter(self) -> Open:
        pick = self.random.randrange(3)
        if pick == 0:
            return FromDate(quarter=True)
        return self.one_of((None, 2026 * 4, 2026 * 4 + 1))

    def items(self) -> Open:
        held = frozenset(item for item in ITEMS if self.random.random() < 0.5)
        return OpenItems(held, frozenset(ITEMS) - held) if held and self._open() else held

    def completion(self, timeline: Timeline) -> Choice:
        return {path: self.pick(domain) for path, domain in timeline.unknowns().items()}

    def pick(self, domain: Days | OneOf | OpenItems | None) -> Value:
        match domain:
            case None:
                return self.random.random() < 0.5
            case Days(intervals=intervals):
                lo, hi = self.random.choice(intervals)
                return self.random.randint(lo, hi)
            case OneOf(values=values):
                return self.random.choice(values)
            case OpenItems(sure=sure, maybe=maybe):
                return sure | {item for item in sorted(maybe) if self.random.random() < 0.5}


def profile(random: Random) -> dict[str, str]:
    return {name: random.choice(values) for name, values in READINGS.items()}


__all__ = ["BASE", "KINDS", "READINGS", "Norms", "Records", "calendar", "profile"]
