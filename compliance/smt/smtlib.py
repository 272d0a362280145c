"""A ground question as SMT-LIB text, in words that every solver reads alike.

Written by hand from the terms: `set-logic ALL`, names between bars, no `and` or `or` without operands, each shared
term named once. Only what can bear on the assumptions is written; leaving a fact out can lose a proof, never make one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import z3
from attrs import define, field

from compliance.smt.terms import not_
from compliance.smt.world import World

OPERATORS = {
    z3.Z3_OP_AND: "and",
    z3.Z3_OP_OR: "or",
    z3.Z3_OP_NOT: "not",
    z3.Z3_OP_IMPLIES: "=>",
    z3.Z3_OP_EQ: "=",
    z3.Z3_OP_IFF: "=",
    z3.Z3_OP_ITE: "ite",
    z3.Z3_OP_LE: "<=",
    z3.Z3_OP_GE: ">=",
    z3.Z3_OP_LT: "<",
    z3.Z3_OP_GT: ">",
    z3.Z3_OP_ADD: "+",
    z3.Z3_OP_SUB: "-",
    z3.Z3_OP_UMINUS: "-",
    z3.Z3_OP_MUL: "*",
    z3.Z3_OP_DISTINCT: "distinct",
}
EMPTY = {z3.Z3_OP_AND: "true", z3.Z3_OP_OR: "false"}
PIN = "pin!"


def script(world: World, assume: Mapping[str, bool]) -> str:
    """The question whether the assumptions can hold together; `unsat` confirms that they cannot."""
    goals = []
    for name, wanted in assume.items():
        cond = world.named[name] if wanted else not_(world.named[name])
        goals.append(z3.BoolVal(cond, world.ctx) if isinstance(cond, bool) else cond)
    writer = _Writer()
    asserted = [writer.write(term) for term in (*_relevant(world.solver.assertions(), goals), *goals)]
    lines = ["(set-logic ALL)", *writer.lines, *(f"(assert {text})" for text in asserted), "(check-sat)", ""]
    return "\n".join(lines)


def quoted(name: str) -> str:
    """A name as a symbol; bars and backslashes have no place in one."""
    return "|" + name.replace("\\", "/").replace("|", "!") + "|"


@define
class _Writer:
    """Declarations and shared terms, in the order in which they are met."""

    lines: list[str] = field(factory=list)
    done: dict[int, str] = field(factory=dict)
    names: dict[str, str] = field(factory=dict)

    def write(self, term: z3.ExprRef) -> str:
        stack = [term]
        while stack:
            top = stack[-1]
            waiting = [child for child in top.children() if child.get_id() not in self.done]
            if waiting:
                stack.extend(reversed(waiting))
                continue
            stack.pop()
            if top.get_id() not in self.done:
                self.done[top.get_id()] = self._one(top)
        return self.done[term.get_id()]

    def _one(self, term: z3.ExprRef) -> str:
        kind, sort = term.decl().kind(), "Bool" if z3.is_bool(term) else "Int"
        if z3.is_int_value(term):
            value = term.as_long()
            return str(value) if value >= 0 else f"(- {-value})"
        if kind == z3.Z3_OP_TRUE or kind == z3.Z3_OP_FALSE:
            return "true" if kind == z3.Z3_OP_TRUE else "false"
        if kind == z3.Z3_OP_UNINTERPRETED and term.num_args() == 0:
            return self._declare(term.decl().name(), sort)
        text = self._application(term, kind)
        if text.startswith("(not ") or not text.startswith("("):
            return text
        name = f"|=t{len(self.done)}|"
        self.lines.append(f"(define-fun {name} () {sort} {text})")
        return name

    def _declare(self, name: str, sort: str) -> str:
        symbol = quoted(name)
        if self.names.setdefault(symbol, name) != name:
            raise ValueError(f"two names are written {symbol}")
        self.lines.append(f"(declare-const {symbol} {sort})")
        return symbol

    def _application(self, term: z3.ExprRef, kind: int) -> str:
        args = [self.done[child.get_id()] for child in term.children()]
        if kind in EMPTY and len(args) < 2:
            return args[0] if args else EMPTY[kind]
        if kind == z3.Z3_OP_PB_LE:
            limit, *costs = term.decl().params()
            sums = " ".join(f"(ite {arg} {cost} 0)" for arg, cost in zip(args, costs, strict=True))
            return f"(<= (+ 0 0 {sums}) {limit})"
        return f"({OPERATORS[kind]} {' '.join(args)})"


def _relevant(assertions: Iterable[z3.BoolRef], goals: Iterable[z3.BoolRef]) -> list[z3.BoolRef]:
    """The facts that share symbols with the goals, directly or through others; definitions only where used."""
    facts = [(fact, frozenset(_symbols(fact))) for fact in assertions]
    facts = [(fact, symbols) for fact, symbols in facts if not any(name.startswith(PIN) for name in symbols)]
    reached = {name for goal in goals for name in _symbols(goal)}
    kept: set[int] = set()
    grown = True
    while grown:
        grown = False
        for at, (fact, symbols) in enumerate(facts):
            if at not in kept and (_head(fact) in reached if _head(fact) else not reached.isdisjoint(symbols)):
                kept.add(at)
                reached |= symbols
                grown = True
    return [fact for at, (fact, _) in enumerate(facts) if at in kept]


def _head(fact: z3.BoolRef) -> str | None:
    """The name that a definition defines; None for any other fact."""
    if z3.is_eq(fact) and z3.is_const(fact.arg(0)) and z3.is_bool(fact.arg(0)):
        head = fact.arg(0).decl()
        return str(head.name()) if head.kind() == z3.Z3_OP_UNINTERPRETED else None
    return None


def _symbols(term: z3.ExprRef) -> Iterator[str]:
    seen: set[int] = set()
    stack = [term]
    while stack:
        top = stack.pop()
        if top.get_id() in seen:
            continue
        seen.add(top.get_id())
        if z3.is_const(top) and top.decl().kind() == z3.Z3_OP_UNINTERPRETED:
            yield str(top.decl().name())
        stack.extend(top.children())
