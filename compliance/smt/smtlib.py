"""A ground question as SMT-LIB text, in words that every solver reads alike.

Written by hand from the terms: `set-logic ALL`, names between bars, no `and` or `or` without operands, each shared
term named once. Only what can bear on the assumptions is written; leaving a fact out can lose a proof, never make one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import z3
from attrs import define, field, frozen

from compliance.smt import native
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
VALUES = {z3.Z3_OP_TRUE: "true", z3.Z3_OP_FALSE: "false", z3.Z3_OP_ANUM: ""}
"""Values, with their text where it is always the same."""

PIN = "pin!"


def script(world: World, assume: Mapping[str, bool], among: Iterable[z3.BoolRef] | None = None) -> str:
    """The question whether the assumptions can hold together; `unsat` confirms that they cannot.

    `among` are the facts that may be written, all those of the world if left out.
    """
    graph, goals = _Graph(), []
    for name, wanted in assume.items():
        cond = world.named[name] if wanted else not_(world.named[name])
        goals.append(graph.of(z3.BoolVal(cond, world.ctx) if isinstance(cond, bool) else cond))
    kept = list(world.solver.assertions() if among is None else among)
    facts = [graph.of(fact) for fact in kept]
    writer = _Writer()
    asserted = [writer.write(term) for term in (*_relevant(facts, goals), *goals)]
    lines = ["(set-logic ALL)", *writer.lines, *(f"(assert {text})" for text in asserted), "(check-sat)", ""]
    return "\n".join(lines)


def quoted(name: str) -> str:
    """A name as a symbol; bars and backslashes have no place in one."""
    return "|" + name.replace("\\", "/").replace("|", "!") + "|"


@frozen(eq=False)
class _Node:
    """A term, read from the solver once: `word` is the name of a constant or the text of a value."""

    kind: int
    sort: str
    children: tuple[_Node, ...]
    word: str = ""
    numbers: tuple[int, ...] = ()

    @property
    def is_symbol(self) -> bool:
        return self.kind == z3.Z3_OP_UNINTERPRETED and not self.children


@define
class _Graph:
    """Every term once, whoever shares it; the terms must be kept alive as long as more are read."""

    known: dict[int, _Node] = field(factory=dict)

    def of(self, term: z3.ExprRef) -> _Node:
        ctx, stack = term.ctx, [native.term(term.ctx, term.ast)]
        while stack:
            top = stack[-1]
            waiting = [child for child in top.children if child.value not in self.known]
            if waiting:
                stack.extend(native.term(ctx, child) for child in reversed(waiting))
                continue
            stack.pop()
            if top.key not in self.known:
                self.known[top.key] = _node(top, tuple(self.known[child.value] for child in top.children))
        return self.known[term.ast.value]


def _node(term: native.Term, children: tuple[_Node, ...]) -> _Node:
    sort = "Bool" if term.is_bool else "Int"
    if term.kind == z3.Z3_OP_ANUM:
        return _Node(term.kind, sort, children, f"(- {term.word[1:]})" if term.word.startswith("-") else term.word)
    return _Node(term.kind, sort, children, term.word, term.numbers)


@define
class _Writer:
    """Declarations and shared terms, in the order in which they are met."""

    lines: list[str] = field(factory=list)
    done: dict[_Node, str] = field(factory=dict)
    names: dict[str, str] = field(factory=dict)

    def write(self, term: _Node) -> str:
        stack = [term]
        while stack:
            top = stack[-1]
            waiting = [child for child in top.children if child not in self.done]
            if waiting:
                stack.extend(reversed(waiting))
                continue
            stack.pop()
            if top not in self.done:
                self.done[top] = self._one(top)
        return self.done[term]

    def _one(self, term: _Node) -> str:
        if term.kind in VALUES:
            return VALUES[term.kind] or term.word
        if term.is_symbol:
            return self._declare(term.word, term.sort)
        text = self._application(term)
        if text.startswith("(not ") or not text.startswith("("):
            return text
        name = f"|=t{len(self.done)}|"
        self.lines.append(f"(define-fun {name} () {term.sort} {text})")
        return name

    def _declare(self, name: str, sort: str) -> str:
        symbol = quoted(name)
        if self.names.setdefault(symbol, name) != name:
            raise ValueError(f"two names are written {symbol}")
        self.lines.append(f"(declare-const {symbol} {sort})")
        return symbol

    def _application(self, term: _Node) -> str:
        args = [self.done[child] for child in term.children]
        if term.kind in EMPTY and len(args) < 2:
            return args[0] if args else EMPTY[term.kind]
        if term.kind == z3.Z3_OP_PB_LE:
            limit, *costs = term.numbers
            sums = " ".join(f"(ite {arg} {cost} 0)" for arg, cost in zip(args, costs, strict=True))
            return f"(<= (+ 0 0 {sums}) {limit})"
        return f"({OPERATORS[term.kind]} {' '.join(args)})"


def _relevant(facts: Iterable[_Node], goals: Iterable[_Node]) -> list[_Node]:
    """The facts that share symbols with the goals, directly or through others; definitions only where used."""
    read = [(fact, _symbols(fact)) for fact in facts]
    read = [(fact, symbols) for fact, symbols in read if not any(name.startswith(PIN) for name in symbols)]
    rests: dict[str, list[int]] = {}
    for at, (fact, symbols) in enumerate(read):
        head = _head(fact)
        for name in (head,) if head else symbols:
            rests.setdefault(name, []).append(at)
    waiting = [name for goal in goals for name in _symbols(goal)]
    reached, kept = set(waiting), set[int]()
    while waiting:
        for at in rests.get(waiting.pop(), ()):
            if at not in kept:
                kept.add(at)
                waiting.extend(read[at][1] - reached)
                reached |= read[at][1]
    return [read[at][0] for at in sorted(kept)]


def _head(fact: _Node) -> str | None:
    """The name that a definition defines; None for any other fact."""
    if fact.kind in (z3.Z3_OP_EQ, z3.Z3_OP_IFF) and fact.children[0].is_symbol and fact.children[0].sort == "Bool":
        return fact.children[0].word
    return None


def _symbols(term: _Node) -> frozenset[str]:
    seen, stack, found = {term}, [term], set[str]()
    while stack:
        top = stack.pop()
        if top.is_symbol:
            found.add(top.word)
        for child in top.children:
            if child not in seen:
                seen.add(child)
                stack.append(child)
    return frozenset(found)
