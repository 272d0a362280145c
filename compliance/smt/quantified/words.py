"""Sorts, declarations and attributes: the words of the law as those of SMT-LIB."""

from __future__ import annotations

from attrs import define, field

from compliance.calendar.days import NEVER
from compliance.calendar.quarters import quarter_of
from compliance.norm.types import Bool, Date, Enum, EventType, Items, Position, Quarter, Ref, Type
from compliance.norm.vocabulary import Attribute
from compliance.smt.quantified.calendar import Calendar
from compliance.smt.quantified.text import FALSE, TRUE, Text
from compliance.smt.query import Query
from compliance.smt.smtlib import quoted
from compliance.smt.unbounded.domain import EARLIEST, LATEST


@define(eq=False)
class Vocabulary(Calendar):
    """Sorts and declarations in the order in which they are needed."""

    query: Query = field(kw_only=True)
    sorts: list[str] = field(factory=list)
    declared: list[str] = field(factory=list)
    facts: list[str] = field(factory=list)
    names: set[str] = field(factory=set)

    def once(self, name: str, lines: list[str], line: str) -> str:
        if name not in self.names:
            self.names.add(name)
            lines.append(line)
        return name

    def sort(self, of: Type) -> str:
        match of:
            case Bool():
                return "Bool"
            case Date() | Quarter():
                return "Int"
            case Enum(name=name) | Items(name=name):
                values = self.query.program.vocabulary.enumerations[name].values
                parts = " ".join(f"({quoted(f'{name}:{value}')})" for value in values)
                sort = quoted(f"enum {name}")
                return self.once(sort, self.sorts, f"(declare-datatypes (({sort} 0)) (({parts})))")
            case Position() | Ref():
                sort = quoted("post" if isinstance(of, Position) else "reference")
                return self.once(sort, self.sorts, f"(declare-sort {sort} 0)")
            case EventType(kinds=kinds):
                (kind,) = kinds
                return self.kind(kind)
            case _:
                raise AssertionError(f"no sort for {of}")

    def kind(self, kind: str) -> str:
        sort = quoted(kind)
        if sort not in self.names:
            self.once(sort, self.sorts, f"(declare-sort {sort} 0)")
            self.declared.append(f"(declare-fun {quoted(f'is {kind}')} ({sort}) Bool)")
            self.declared.append(f"(declare-fun {quoted(f'{kind}.date')} ({sort}) Int)")
            date = f"({quoted(f'{kind}.date')} x)"
            body = f"(and (<= {EARLIEST} {date}) (<= {date} {LATEST}) (<= {date} {self.world('as_of').value}))"
            self.facts.append(f"(assert {self.forall('x', kind, body)})")
        return sort

    def world(self, name: str) -> Text:
        if name != "as_of":
            return Text(str(1 if name == "in_force" else NEVER))
        return Text(self.once("|as_of|", self.declared, "(declare-const |as_of| Int)"))

    def forall(self, var: str, kind: str, body: str) -> str:
        guard = f"({quoted(f'is {kind}')} {var})"
        inner = f"(=> {guard} {body})"
        if self.patterns:
            inner = f"(! {inner} :pattern ({guard}))"
        return f"(forall (({var} {self.kind(kind)})) {inner})"

    def attribute(self, owner: str, sort: str, at: str, attribute: Attribute) -> Text:
        """An attribute of an event, a post or (where `at` is empty) the officer."""
        if attribute.stipulated:
            assert isinstance(attribute.value, bool)
            return Text(TRUE if attribute.value else FALSE, TRUE, attribute.type)
        base = f"{owner}.{attribute.name}"
        args = f"({sort})" if at else "()"
        if isinstance(attribute.type, Items):
            item = self.sort(attribute.type)
            self.once(quoted(base), self.declared, f"(declare-fun {quoted(base)} ({sort} {item}) Bool)")
            return Text(f"{quoted(base)} {at}", TRUE, attribute.type)
        result = self.sort(attribute.type)
        if quoted(base) not in self.names and isinstance(attribute.type, Quarter | Date) and at:
            low, high = (quarter_of(day) if isinstance(attribute.type, Quarter) else day for day in (EARLIEST, LATEST))
            bounded = f"(and (<= {low} ({quoted(base)} x)) (<= ({quoted(base)} x) {high}))"
            self.facts.append(f"(assert {self.forall('x', owner, bounded)})")
        self.once(quoted(base), self.declared, f"(declare-fun {quoted(base)} {args} {result})")
        value, given = (f"({quoted(base)} {at})", TRUE) if at else (quoted(base), TRUE)
        if attribute.optional:
            self.once(quoted(f"{base}?"), self.declared, f"(declare-fun {quoted(f'{base}?')} {args} Bool)")
            given = f"({quoted(f'{base}?')} {at})" if at else quoted(f"{base}?")
        return Text(value, given, attribute.type)


__all__ = ["Vocabulary"]
