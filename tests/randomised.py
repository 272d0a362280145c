"""Random programs, norms, records and profiles: every test that holds two engines against each other uses these.

    program = random_program(rng)                       definitions, notions, readings and parameters of a small world
    norm = random_norm(rng, program, depth=4)           a `Typed` formula; every node of the syntax tree turns up
    timeline = random_timeline(rng, program.vocabulary, uncertainty=0.2)
    for choice in choices(timeline): facts = timeline.facts(choice)
    profile = random_profile(rng, program)              a value for each reading, and the mode of duties (DUE)

`surface_norm` is the same as `random_norm` before the type checker (names unresolved, notions unexpanded). All take
a `random.Random`, so that a seed is a test case; `programs()`, `norms()` and `surface_norms()` are the strategies of
hypothesis over seeds. The vocabulary stands in `tests/randomised_words.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from random import Random
from typing import Literal

from attrs import define, field
from hypothesis import strategies as st

from compliance.calendar.days import NEVER
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import CLOSED, DUE, OPEN
from compliance.norm.language import may_lack
from compliance.norm.parse import parse_signature
from compliance.norm.program import Profile, Program, Typed
from compliance.norm.summary import Summaries
from compliance.norm.typecheck import RawDefinition, Scope, check_expr, check_program
from compliance.norm.types import (
    BOOL,
    DATE,
    PERIOD,
    QUARTER,
    QUARTER_DAY,
    Bool,
    Enum,
    EventType,
    Items,
    Period,
    PeriodType,
    Position,
    QuarterDay,
    QuarterDayType,
    Ref,
    Rounding,
    Type,
)
from compliance.norm.vocabulary import Attribute, Words
from tests.randomised_timelines import EDGES, choices, random_choice, random_day, random_timeline
from tests.randomised_words import HEADS, NOTIONS, PARAMS, READINGS, VOCABULARY

__all__ = [
    "EDGES", "choices", "norms", "profiles", "programs", "random_choice", "random_norm", "random_profile",
    "random_program", "random_timeline", "surface_norm", "surface_norms",
]  # fmt: skip

Sign = Literal[1, -1]

DEEPEST_BINDING = 3
VARIABLES = ("x", "y", "z", "u", "v")


@define
class _Norms:
    """One expression in the making: `variables` are those in scope, with their types."""

    rng: Random
    program: Program
    variables: dict[str, Type] = field(factory=dict)
    bound: int = 0
    summaries: Summaries = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.summaries = Summaries(self.program.definitions)

    def one(self, *ways: Callable[[], Expr | None]) -> Expr:
        """The result of one of the ways, at random; a way that has nothing to offer gives None."""
        left = list(ways)
        while True:
            way = left.pop(self.rng.randrange(len(left)))
            result = way()
            if result is not None:
                return result

    # formulas

    def truth(self, depth: int) -> Expr:
        if depth <= 0:
            return self.one(*self.simple(0))
        deeper = depth - 1
        if not self.variables and depth > 1 and self.rng.random() < 0.6:
            return self.quantifier(deeper) or self.truth(deeper)

        def many(make: type[ast.And] | type[ast.Or]) -> Expr:
            return make(tuple(self.truth(deeper) for _ in range(self.rng.choice((2, 2, 3)))))

        ways: list[Callable[[], Expr | None]] = [
            lambda: many(ast.And),
            lambda: many(ast.Or),
            lambda: ast.Not(self.truth(deeper)),
            lambda: ast.Implies(self.truth(deeper), self.truth(deeper)),
            lambda: ast.If(self.truth(deeper), self.truth(deeper), self.truth(deeper)),
            lambda: self.case(lambda: self.truth(deeper)),
            lambda: ast.Due(self.day(deeper), self.truth(deeper)),
        ]
        return self.one(*ways, *[lambda: self.quantifier(deeper)] * 8, *self.simple(deeper))

    def simple(self, depth: int) -> list[Callable[[], Expr | None]]:
        return [
            lambda: ast.Compare(self.comparison(), self.day(depth), self.day(depth)),
            lambda: ast.Compare(self.comparison(), self.side(DATE) or self.day(depth), self.day(depth)),
            lambda: self.equality(depth),
            lambda: self.equality(depth),
            lambda: self.side(BOOL),
            lambda: self.member(),
            lambda: self.has(),
            lambda: self.given(),
            lambda: self.call(BOOL, depth),
            lambda: ast.Literal(self.rng.random() < 0.5, BOOL) if self.rng.random() < 0.2 else None,
            lambda: ast.Compare("=", self.day(0), self.day(0)),
        ]

    def comparison(self) -> ast.CompareOp:
        ops: tuple[ast.CompareOp, ...] = ("=", "!=", "<", "<=", ">", ">=", "<", "<=")
        return self.rng.choice(ops)

    def equality(self, depth: int) -> Expr | None:
        """`=` or `!=` between two values of one type, an enumerator perhaps on either side."""
        ops: tuple[ast.CompareOp, ...] = ("=", "!=")
        op = self.rng.choice(ops)
        pool: list[Type] = [*self.enumerations(), QUARTER, BOOL, Ref(), Position()]
        of = pool[self.rng.randrange(len(pool))]
        if self.rng.random() < 0.25:
            return self.identity(op)
        left = self.side(of)
        if left is None:
            return None
        right: Expr | None = self.side(of)
        if isinstance(of, Enum) and (right is None or self.rng.random() < 0.6):
            right = self.enumerator(of.name)
        if of == QUARTER and (right is None or self.rng.random() < 0.5):
            right = self.quarter(depth)
        if of == BOOL and (right is None or self.rng.random() < 0.5):
            right = ast.Literal(self.rng.random() < 0.5, BOOL)
        if right is None:
            return None
        return ast.Compare(op, left, right) if self.rng.random() < 0.8 else ast.Compare(op, right, left)

    def identity(self, op: ast.CompareOp) -> Expr | None:
        events = [(name, of.kinds) for name, of in self.variables.items() if isinstance(of, EventType)]
        pairs = [(a, b) for a, kinds in events for b, others in events if a != b and kinds & others]
        if not pairs:
            return None
        left, right = self.rng.choice(pairs)
        return ast.Compare(op, ast.Name(left), ast.Name(right))

    def member(self) -> Expr | None:
        pool: list[Type] = [*self.enumerations(), DATE, QUARTER]
        of = pool[self.rng.randrange(len(pool))]
        item = self.side(of)
        if item is None:
            return None
        if isinstance(of, Enum):
            values = sorted(self.program.vocabulary.enumerations[of.name].values)
            picked = self.rng.sample(values, self.rng.randint(1, len(values)))
            return ast.In(item, tuple(enumerator(value) for value in picked))
        make = self.literal_day if of == DATE else self.literal_quarter
        return ast.In(item, tuple(dict.fromkeys(make() for _ in range(2))))

    def has(self) -> Expr | None:
        found = [each for each, of, _ in self.attributes() if isinstance(of, Items)]
        if not found:
            return None
        items = [each for each, of, _ in self.attributes() if of == Enum("item")] + self.names(Enum("item"))
        item = self.rng.choice(items) if items and self.rng.random() < 0.4 else self.enumerator("item")
        return ast.Has(self.rng.choice(found), item)

    def given(self) -> Expr | None:
        found = [each for each, _, optional in self.attributes() if optional or self.rng.random() < 0.1]
        return ast.Given(self.rng.choice(found)) if found else None

    def quantifier(self, depth: int) -> Expr | None:
        if self.bound >= DEEPEST_BINDING:
            return None
        modes: tuple[ast.Mode, ...] = ("every", "some", "no")
        mode, kind = self.rng.choice(modes), self.kind()
        with self.binding(kind) as var:
            guard = self.truth(min(depth, 1)) if self.rng.random() < 0.6 else None
            body = self.truth(depth) if mode == "every" or self.rng.random() < 0.7 else None
        return ast.Quant(mode, var, kind, guard, body)

    def kind(self) -> str:
        return self.rng.choice([*self.program.vocabulary.kind_names(), *sorted(self.program.notions)])

    @contextmanager
    def binding(self, kind: str) -> Iterator[str]:
        notion = self.program.notions.get(kind)
        var = next(name for name in VARIABLES if name not in self.variables)
        self.variables[var] = EventType(frozenset({notion.kind if notion else kind}))
        self.bound += 1
        yield var
        self.bound -= 1
        del self.variables[var]

    # terms

    def day(self, depth: int) -> Expr:
        plain: list[Callable[[], Expr | None]] = [
            *[lambda: self.sure(DATE)] * 5,
            lambda: self.literal_day(),
            lambda: self.rng.choice([ast.World("as_of"), ast.World("in_force"), ast.World("replaced")]),
            lambda: ast.Literal(NEVER, DATE) if self.rng.random() < 0.3 else None,
        ]
        if depth <= 0:
            return self.one(*plain)
        deeper = depth - 1
        return self.one(
            *plain,
            *[lambda: self.shift(deeper)] * 2,
            lambda: ast.NextWorkingDay(self.day(deeper)),
            lambda: ast.DayOfQuarter(self.quarter_day(plain=True), self.quarter(0)),
            lambda: self.pick(deeper),
            lambda: self.pick(deeper),
            lambda: ast.If(self.truth(min(deeper, 1)), self.day(deeper), self.day(deeper)),
            lambda: self.case(lambda: self.day(deeper)),
            lambda: self.call(DATE, deeper),
            lambda: self.call(DATE, deeper),
            lambda: self.fallback(deeper),
        )

    def fallback(self, depth: int) -> Expr | None:
        """`if x.until is given then x.until else other`: the one place where a lacking day may stand."""
        found = [each for each, of, optional in self.attributes() if of == DATE and optional]
        if not found:
            return None
        attribute = self.rng.choice(found)
        return ast.If(ast.Given(attribute), attribute, self.day(depth))

    def shift(self, depth: int) -> Expr:
        sign: Sign = 1 if self.rng.random() < 0.7 else -1
        period = self.period(working=sign == 1)
        rounding: Rounding | None = self.rng.choice(("down", "up"))
        if isinstance(period, ast.Literal) and isinstance(period.value, Period) and not period.value.months:
            rounding = None
        return ast.Shift(self.day(depth), period, sign, rounding)

    def period(self, working: bool = True) -> Expr:
        """A literal, a parameter or a variable; working days only where they are allowed."""
        rng = self.rng
        names = [name for name, of in self.program.params.items() if isinstance(of, Period)]
        allowed = [name for name in names if working or not self.length(name).working_days]
        variables = self.names(PERIOD)
        if variables and rng.random() < 0.6:
            return rng.choice(variables)
        if rng.random() < 0.35:
            return ast.Name(rng.choice(allowed))
        pure = (Period(rng.choice((1, 2, 3, 12, 36))), Period(days=rng.choice((0, 1, 10, 30))))
        mixed = (Period(working_days=rng.choice((1, 10))), Period(13, 2), Period(1, 1, 1), Period(0, 2, 3))
        return ast.Literal(rng.choice((*pure, *pure, *mixed) if working else pure), PERIOD)

    def length(self, name: str) -> Period:
        value = self.program.params[name]
        assert isinstance(value, Period)
        return value

    def quarter_day(self, plain: bool = False) -> Expr:
        """A day of a quarter; `plain` leaves out nothing but is said for `day .. of`, which takes all of these."""
        variables = self.names(QUARTER_DAY)
        if variables and self.rng.random() < 0.6:
            return self.rng.choice(variables)
        names = [name for name, of in self.program.params.items() if isinstance(of, QuarterDay)]
        if self.rng.random() < 0.6:
            return ast.Name(self.rng.choice(names))
        return ast.Literal(QuarterDay(self.rng.choice((1, 15, 30, 31)), self.rng.choice((1, 2, 3))), QUARTER_DAY)

    def quarter(self, depth: int) -> Expr:
        return self.one(
            lambda: self.sure(QUARTER),
            lambda: self.sure(QUARTER),
            lambda: ast.QuarterOf(self.day(depth)),
            lambda: self.literal_quarter(),
        )

    def pick(self, depth: int) -> Expr | None:
        if self.bound >= DEEPEST_BINDING:
            return None
        otherwise, kind = self.day(depth), self.kind()
        orders: tuple[ast.Order, ...] = ("first", "last")
        with self.binding(kind) as var:
            guard = self.truth(min(depth, 1)) if self.rng.random() < 0.7 else None
        return ast.Pick(self.rng.choice(orders), var, kind, guard, otherwise)

    def case(self, branch: Callable[[], Expr]) -> Expr:
        reading = self.rng.choice(sorted(self.program.readings))
        return ast.Case(reading, tuple((value, branch()) for value in self.program.readings[reading]))

    def call(self, result: Type, depth: int) -> Expr | None:
        found = [each for each in self.program.definitions.values() if each.result == result]
        if not found:
            return None
        definition = self.rng.choice(found)
        backward = self.summaries.backward(definition.name)
        args: list[Expr] = []
        for name, of in definition.params:
            arg = self.argument(of, depth, working=name not in backward)
            if arg is None:
                return None
            args.append(arg)
        return ast.Call(definition.name, tuple(args))

    def argument(self, of: Type, depth: int, working: bool) -> Expr | None:
        match of:
            case PeriodType():
                return self.period(working)
            case QuarterDayType():
                return self.quarter_day()
            case EventType(kinds=kinds):
                names = self.variables.items()
                fit = [name for name, each in names if isinstance(each, EventType) and each.kinds <= kinds]
                return ast.Name(self.rng.choice(fit)) if fit else None
            case Enum(name=name):
                side = self.side(of)
                return side if side is not None and self.rng.random() < 0.5 else self.enumerator(name)
            case Bool() | Ref() | Position():
                return self.side(of)
            case _:
                return self.day(min(depth, 1)) if of == DATE else self.quarter(0)

    # words

    def enumerations(self) -> list[Type]:
        return [Enum(name) for name in self.program.vocabulary.enumerations]

    def names(self, of: Type) -> list[Expr]:
        return [ast.Name(name) for name, each in self.variables.items() if each == of]

    def attributes(self) -> list[tuple[Expr, Type, bool]]:
        """Every attribute in reach, with its type and whether it may be not given."""
        words = self.program.vocabulary
        found: list[tuple[Expr, Type, bool]] = []

        def add(base: Expr, table: Mapping[str, Attribute], lacking: bool = False) -> None:
            for name, each in table.items():
                attribute = ast.Attr(base, name)
                found.append((attribute, each.type, lacking or may_lack(each)))
                if isinstance(each.type, Position):
                    add(attribute, words.position, lacking=lacking or may_lack(each))

        for name, of in self.variables.items():
            if isinstance(of, EventType):
                tables = [words.kinds[kind].attributes for kind in sorted(of.kinds)]
                shared = {key: each for key, each in tables[0].items() if all(key in table for table in tables)}
                same = {key: each for key, each in shared.items() if len({table[key].type for table in tables}) == 1}
                lacking = {key for key in same if any(may_lack(table[key]) for table in tables)}
                add(ast.Name(name), {key: each for key, each in same.items() if key not in lacking})
                add(ast.Name(name), {key: same[key] for key in same if key in lacking}, lacking=True)
                found.append((ast.Attr(ast.Name(name), "date"), DATE, False))
            if isinstance(of, Position):
                add(ast.Name(name), words.position, lacking=True)
        add(ast.OfficerRef(), words.officer)
        return found

    def side(self, of: Type) -> Expr | None:
        """An attribute or a variable of a type, given or not."""
        found = [each for each, other, _ in self.attributes() if other == of] + self.names(of)
        return self.rng.choice(found) if found else None

    def sure(self, of: Type) -> Expr | None:
        """An attribute or a variable of a type that is always given."""
        found = [each for each, other, lacking in self.attributes() if other == of and not lacking] + self.names(of)
        return self.rng.choice(found) if found else None

    def enumerator(self, name: str) -> Expr:
        return enumerator(self.rng.choice(sorted(self.program.vocabulary.enumerations[name].values)))

    def literal_day(self) -> Expr:
        return ast.Literal(random_day(self.rng), DATE)

    def literal_quarter(self) -> Expr:
        return ast.Literal(2026 * 4 + self.rng.randrange(-1, 4), QUARTER)


def enumerator(value: str) -> Expr:
    """An enumerator as it is parsed: a name, names joined by dots, or `officer`, which the language has for itself."""
    head, *rest = value.split(".")
    result: Expr = ast.OfficerRef() if head == "officer" else ast.Name(head)
    for name in rest:
        result = ast.Attr(result, name)
    return result


def random_program(rng: Random, depth: int = 2) -> Program:
    """The small world with definitions whose bodies are random, each resting on those before it."""
    raw: list[RawDefinition] = []
    program = check_program(VOCABULARY, NOTIONS, raw, READINGS, PARAMS)
    for text, en, ru in HEADS:
        head = parse_signature(text)
        empty = check_program(
            VOCABULARY, NOTIONS, [*raw, RawDefinition(head, _stand_in(head.result))], READINGS, PARAMS
        )  # fmt: skip
        make = _Norms(rng, program, dict(empty.definitions[head.name].params), bound=1)
        body = make.truth(depth) if head.result == "truth" else make.day(depth)
        raw.append(RawDefinition(head, body, Words(en, ru)))
        program = check_program(VOCABULARY, NOTIONS, raw, READINGS, PARAMS)
    return program


def _stand_in(result: str) -> Expr:
    return ast.Literal(True, BOOL) if result == "truth" else ast.Literal(NEVER, DATE)


def surface_norm(rng: Random, program: Program, depth: int = 4) -> Expr:
    """A well-typed formula as it is parsed: names unresolved, notions by their own words."""
    return _Norms(rng, program).truth(depth)


def random_norm(rng: Random, program: Program, depth: int = 4) -> Typed:
    """A random formula that the type checker has passed."""
    return check_expr(surface_norm(rng, program, depth), Scope(program))


def random_profile(rng: Random, program: Program) -> Profile:
    """A value for each reading and for the mode of duties."""
    profile = {name: rng.choice(values) for name, values in program.readings.items()}
    return {**profile, DUE: rng.choice((OPEN, CLOSED))}


def profiles(program: Program) -> Iterator[Profile]:
    """Every profile of readings, duties open."""
    for picked in product(*program.readings.values()):
        yield {**dict(zip(program.readings, picked, strict=True)), DUE: OPEN}


SEEDS = st.integers(min_value=0, max_value=2**32 - 1)


def programs() -> st.SearchStrategy[Program]:
    """Random programs, one a seed."""
    return SEEDS.map(lambda seed: random_program(Random(seed)))


def norms(program: Program, depth: int = 4) -> st.SearchStrategy[Typed]:
    """Random typed formulas of a program, one a seed."""
    return SEEDS.map(lambda seed: random_norm(Random(seed), program, depth))


def surface_norms(program: Program, depth: int = 4) -> st.SearchStrategy[Expr]:
    """Random formulas of a program before the type checker, one a seed."""
    return SEEDS.map(lambda seed: surface_norm(Random(seed), program, depth))
