"""The type checker's half about words: names, attributes, kinds, and the variables that quantifiers bind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable

from attrs import define, field

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.language import Found, Language, dotted, may_lack, named, start, tail, written
from compliance.norm.program import Notion
from compliance.norm.types import (
    DATE,
    PERIOD,
    POSITION,
    QUARTER_DAY,
    Enum,
    EventType,
    OfficerType,
    Period,
    PeriodType,
    Position,
    QuarterDayType,
    Type,
)
from compliance.norm.walk import with_variable
from compliance.source.diagnostic import Collector
from compliance.source.loc import Place


@define
class Names(ABC):
    """Words in their scope; `variables` changes as binders are entered and left."""

    words: Language
    problems: Collector
    variables: dict[str, Type | None] = field(factory=dict)
    """Bound variables; one without a type stands for an event of an unknown kind."""
    used: set[str] = field(factory=set)
    subtracted: set[str] = field(factory=set)
    """Variables from which a subtraction takes its period."""

    @abstractmethod
    def infer(self, expr: Expr, hint: Type | None = None) -> Found:
        """The type of an expression; `hint` is what its surroundings want (it resolves enumerators)."""

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

    # names

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
            if isinstance(hint, Enum) and not text.startswith("officer."):
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
