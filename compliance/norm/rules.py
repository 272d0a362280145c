"""The rules of typing, case by case: what each form of the language needs and what it is.

All errors of an expression are gathered; a part that has one has no type and is not complained about again.
`typecheck.py` is the door to this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, assert_never

from attrs import define, field, frozen

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Notion
from compliance.norm.types import (
    BOOL,
    DATE,
    OFFICER,
    PERIOD,
    POSITION,
    QUARTER,
    QUARTER_DAY,
    Bool,
    Date,
    Enum,
    EventType,
    Items,
    OfficerType,
    Period,
    PeriodType,
    Position,
    Quarter,
    QuarterDay,
    QuarterDayType,
    Ref,
    Signature,
    Type,
)
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.norm.walk import with_variable
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place, spot


@frozen
class Language:
    """Everything an expression may speak of."""

    vocabulary: Vocabulary
    notions: Mapping[str, Notion]
    signatures: Mapping[str, Signature]
    readings: Mapping[str, tuple[str, ...]]
    params: Mapping[str, Period | QuarterDay]
    backward: Callable[[str], frozenset[str]]
    """Parameters of a definition that are taken away from a day in it: no working days may be passed for them."""


@frozen
class Found:
    """An expression with its names resolved, its type (none after an error) and whether it may be not given."""

    expr: Expr
    type: Type | None
    optional: bool = False


def named(of: Type) -> str:
    """A type in legal words: a reference into the catalogue of messages, which has them in each language."""
    match of:
        case Bool():
            return "@norm.type-truth"
        case Date():
            return "@norm.type-day"
        case Quarter():
            return "@norm.type-quarter"
        case Ref():
            return "@norm.type-reference"
        case Position():
            return "@norm.type-post"
        case PeriodType():
            return "@norm.type-period"
        case QuarterDayType():
            return "@norm.type-quarter-day"
        case Enum(name=name):
            return f"@norm.type-value {name}"
        case Items(name=name):
            return f"@norm.type-set {name}"
        case OfficerType():
            return "@norm.type-officer"
        case EventType(kinds=kinds):
            return f"@norm.type-event {', '.join(sorted(kinds))}"
        case _:
            assert_never(of)


def tail(place: Place | None, word: str) -> Place | None:
    """The place of the word that ends a stretch of text, such as the attribute after its dot."""
    if place is None or (place.line == place.end_line and place.end_column - place.column < len(word)):
        return place
    return spot(place.file, place.end_line, place.end_column - len(word), len(word))


def start(place: Place | None, word: str) -> Place | None:
    """The place of the word that begins a stretch of text."""
    return None if place is None else spot(place.file, place.line, place.column, len(word))


def dotted(expr: Expr) -> str | None:
    """The text of names joined by dots, `p18.sub3`; nothing for anything else."""
    if isinstance(expr, ast.Name):
        return expr.text
    if isinstance(expr, ast.OfficerRef):
        return "officer"
    if isinstance(expr, ast.Attr):
        base = dotted(expr.base)
        return None if base is None else f"{base}.{expr.name}"
    return None


_EQUAL: Final = (Bool, Date, Quarter, Ref, Position, Enum, EventType)


@define
class Rules:
    """The rules over one set of words; `variables` changes as binders are entered and left."""

    words: Language
    problems: Collector
    variables: dict[str, Type | None] = field(factory=dict)
    """Bound variables; one without a type stands for an event of an unknown kind."""
    used: set[str] = field(factory=set)
    subtracted: set[str] = field(factory=set)
    """Variables from which a subtraction takes its period."""

    # what is needed

    def check(self, expr: Expr, needed: Type) -> Expr:
        """The expression where something of the type `needed` is wanted."""
        return self.fit(self.infer(expr, needed), needed).expr

    def given(self, expr: Expr, needed: Type) -> Expr:
        """As `check`; what may be not given is refused, for there is no arithmetic on it."""
        found = self.fit(self.infer(expr, needed), needed)
        if found.optional and found.type is not None:
            self.problems.error("norm.may-not-be-given", expr.place, word=written(expr))
        return found.expr

    def fit(self, found: Found, needed: Type) -> Found:
        if found.type is None or found.type == needed:
            return found
        if isinstance(found.type, EventType) and isinstance(needed, EventType) and found.type.kinds <= needed.kinds:
            return found
        self.problems.error("norm.wrong-type", found.expr.place, got=named(found.type), need=named(needed))
        return Found(found.expr, None)

    # what is there

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

    def name(self, expr: ast.Name, hint: Type | None) -> Found:
        text = expr.text
        if text in self.variables:
            self.used.add(text)
            bound = self.variables[text]
            return Found(expr if bound is None else ast.Var(text, bound, place=expr.place), bound)
        literal = self.enumerator(expr, text, hint)
        if literal is not None:
            return literal
        if text in self.words.params:
            of = PERIOD if isinstance(self.words.params[text], Period) else QUARTER_DAY
            return Found(ast.Param(text, of, place=expr.place), of)
        if text in self.words.signatures:
            self.problems.error("norm.without-arguments", expr.place, word=text)
            return Found(expr, None)
        homes = [each.name for each in self.words.vocabulary.enumerations.values() if text in each.values]
        if homes:
            need = named(hint) if hint else "@norm.type-anything"
            self.problems.error("norm.value-out-of-place", expr.place, word=text, home=", ".join(homes), need=need)
        else:
            self.problems.unknown("norm.unknown-word", expr.place, text, self.known_names(hint))
        return Found(expr, None)

    def known_names(self, hint: Type | None) -> list[str]:
        values = self.words.vocabulary.enumerations[hint.name].values if isinstance(hint, Enum) else ()
        periods = self.words.params if hint is None or isinstance(hint, PeriodType | QuarterDayType) else ()
        return [*self.variables, *values, *periods]

    def enumerator(self, expr: Expr, text: str, hint: Type | None) -> Found | None:
        """The constant of that name, where one of its enumeration is wanted."""
        if not isinstance(hint, Enum) or text not in self.words.vocabulary.enumerations[hint.name].values:
            return None
        return Found(ast.Literal(text, hint, place=expr.place), hint)

    # attributes

    def attribute(self, expr: ast.Attr, hint: Type | None) -> Found:
        text = dotted(expr)
        if text is not None and text.partition(".")[0] not in self.variables:
            literal = self.enumerator(expr, text, hint)
            if literal is not None:
                return literal
            if isinstance(hint, Enum) and not isinstance(_root(expr), ast.OfficerRef):
                values = self.words.vocabulary.enumerations[hint.name].values
                self.problems.unknown("norm.unknown-value", expr.place, text, values, home=hint.name)
                return Found(expr, None)
        base = self.infer(expr.base)
        checked = ast.Attr(base.expr, expr.name, place=expr.place)
        match base.type:
            case None:
                return Found(checked, None)
            case EventType(kinds=kinds):
                return self.event_attribute(checked, sorted(kinds))
            case Position() | OfficerType():
                is_post = base.type == POSITION
                table = self.words.vocabulary.position if is_post else self.words.vocabulary.officer
                found = table.get(expr.name)
                if found is None:
                    self.unknown_attribute(checked, table, named(base.type))
                    return Found(checked, None)
                return Found(checked, found.type, optional=base.optional or may_lack(found))
            case _:
                self.problems.error("norm.no-attributes", expr.place, word=expr.name, got=named(base.type))
                return Found(checked, None)

    def event_attribute(self, expr: ast.Attr, kinds: list[str]) -> Found:
        """An attribute that every kind of the group must have, with one type."""
        if expr.name == "date":
            return Found(expr, DATE)
        tables = {kind: self.words.vocabulary.kinds[kind].attributes for kind in kinds}
        lacking = [kind for kind, table in tables.items() if expr.name not in table]
        if len(lacking) == len(kinds):
            known = set.intersection(*(set(table) for table in tables.values())) | {"date"}
            self.unknown_attribute(expr, known, named(EventType(frozenset(kinds))))
            return Found(expr, None)
        if lacking:
            place = tail(expr.place, expr.name)
            self.problems.error("norm.not-in-every-kind", place, word=expr.name, kinds=", ".join(lacking))
            return Found(expr, None)
        found = [table[expr.name] for table in tables.values()]
        if len({each.type for each in found}) > 1:
            place = tail(expr.place, expr.name)
            self.problems.error("norm.differs-between-kinds", place, word=expr.name, kinds=", ".join(kinds))
            return Found(expr, None)
        return Found(expr, found[0].type, optional=any(may_lack(each) for each in found))

    def unknown_attribute(self, expr: ast.Attr, known: Iterable[str], owner: str) -> None:
        self.problems.unknown("norm.unknown-attribute", tail(expr.place, expr.name), expr.name, known, owner=owner)

    def may_lack(self, item: Expr) -> Expr:
        """What `is given` may be asked of."""
        found = self.infer(item)
        if found.type is not None and not isinstance(found.expr, ast.Attr):
            self.problems.error("norm.given-needs-attribute", item.place)
        elif found.type is not None and not found.optional:
            self.problems.warning("norm.always-given", item.place, word=written(item))
        return found.expr

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
            left = self.infer(expr.left, right.type)
        else:
            left = self.infer(expr.left)
            right = self.infer(expr.right, left.type)
        self.comparable(expr, left, right)
        return Found(ast.Compare(expr.op, left.expr, right.expr, place=expr.place), BOOL)

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

    # binders

    def kind(self, word: str, place: Place | None) -> tuple[str | None, Notion | None]:
        """The kind of event that a word stands for, and the notion where the word is a narrower one."""
        if word in self.words.vocabulary.kinds:
            return word, None
        notion = self.words.notions.get(word)
        if notion is not None:
            return notion.kind, notion
        known = [*self.words.vocabulary.kinds, *self.words.notions]
        if word in self.words.vocabulary.groups:
            kinds = sorted(self.words.vocabulary.groups[word])
            self.problems.error("norm.group-as-kind", start(place, word), expected=kinds, word=word)
        else:
            self.problems.unknown("norm.unknown-kind", start(place, word), word, known)
        return None, None

    def enter(self, var: str, kind: str | None, place: Place | None) -> bool:
        """Binds a variable; whether it could be bound."""
        if var in self.variables:
            self.problems.error("norm.shadowed", tail(place, var), word=var)
            return False
        taken = var in self.words.params or any(
            var in each.values for each in self.words.vocabulary.enumerations.values()
        )
        if taken:
            self.problems.error("norm.name-taken", tail(place, var), word=var)
        self.variables[var] = EventType(frozenset({kind})) if kind else None
        return True

    def leave(self, var: str, entered: bool, place: Place | None, *, silent: bool) -> None:
        if not entered:
            return
        del self.variables[var]
        if var not in self.used and not silent:
            self.problems.warning("norm.unused-variable", tail(place, var), word=var)
        self.used.discard(var)

    def narrowed(self, notion: Notion | None, var: str, kind: str | None, guard: Expr | None) -> Expr | None:
        """The guard with the notion's own condition put first."""
        if notion is None or kind is None:
            return guard
        to = ast.Var(var, EventType(frozenset({kind})))
        where = with_variable(notion.where, notion.var, to, frozenset({*self.variables, var}))
        if guard is None:
            return where
        rest = guard.items if isinstance(guard, ast.And) else (guard,)
        return ast.And((where, *rest), place=guard.place)


def may_lack(attribute: Attribute) -> bool:
    """Whether an attribute may be not given in a complete record."""
    return attribute.optional or (attribute.default == "value" and attribute.value is None)


def written(expr: Expr) -> str:
    """A short name of an expression for messages."""
    if isinstance(expr, ast.Attr):
        return f"{written(expr.base)}.{expr.name}"
    if isinstance(expr, ast.Name):
        return expr.text
    if isinstance(expr, ast.Var | ast.Param | ast.World):
        return expr.name
    return "officer" if isinstance(expr, ast.OfficerRef) else "…"


def _root(expr: Expr) -> Expr:
    while isinstance(expr, ast.Attr):
        expr = expr.base
    return expr


__all__ = ["Found", "Language", "Rules", "dotted", "may_lack", "named", "start", "tail", "written"]
