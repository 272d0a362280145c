"""The type checker: the only source of `Typed` expressions and of a `Program`.

It resolves names, puts notions in terms of kinds, and reports every error of what it is given at once. What a form
needs stands in rules.py; here are the order of definitions, the limits on unfolding, and the seal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define, evolve, field, frozen

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.language import Language, named
from compliance.norm.parse import Head
from compliance.norm.program import CHECKED, Definition, Notion, Program, Typed
from compliance.norm.rules import Rules
from compliance.norm.summary import Summaries
from compliance.norm.tokens import RESERVED
from compliance.norm.types import (
    BOOL,
    DATE,
    PERIOD,
    POSITION,
    QUARTER,
    QUARTER_DAY,
    REF,
    Enum,
    EventType,
    Period,
    QuarterDay,
    Signature,
    Type,
)
from compliance.norm.vocabulary import Vocabulary, Words
from compliance.norm.walk import check_limits, nodes
from compliance.source.diagnostic import Collector, Note, Problems
from compliance.source.loc import Place

DEEPEST_UNFOLDED = 150
"""Nesting of a formula with its definitions written out: the evaluator's recursion stays far from Python's limit."""

LARGEST_NOTION = 200

TYPE_WORDS: Mapping[str, Type] = {
    "truth": BOOL, "date": DATE, "quarter": QUARTER, "period": PERIOD, "quarter_day": QUARTER_DAY, "ref": REF,
    "position": POSITION,
}  # fmt: skip


@frozen
class Scope:
    """Where an expression stands: the program around it and the variables that are already bound."""

    program: Program
    variables: Mapping[str, Type] = field(factory=dict)
    summaries: Summaries = field(init=False, eq=False, repr=False)
    """What is known of the definitions so far: one scope for many norms looks at each definition once."""

    language: Language = field(init=False, eq=False, repr=False)

    @summaries.default
    def _summaries(self) -> Summaries:
        return Summaries(self.program.definitions)

    @language.default
    def _language(self) -> Language:
        program = self.program
        signatures = {name: each.signature for name, each in program.definitions.items()}
        return Language(
            program.vocabulary, program.notions, signatures, program.readings, program.params, self.summaries.backward
        )  # fmt: skip


@frozen
class RawDefinition:
    """A definition as it was read: its head, its body with names unresolved, its sentence."""

    head: Head
    body: Expr
    words: Words | None = None


def check_expr(expr: Expr, scope: Scope, expect: Type | None = BOOL) -> Typed:
    """The typed expression (`Problems` with every error); `expect=None` takes any type."""
    problems = Collector()
    typed = try_expr(expr, scope, problems, expect)
    problems.raise_if_any()
    assert typed is not None
    return typed


def try_expr(expr: Expr, scope: Scope, problems: Collector, expect: Type | None = BOOL) -> Typed | None:
    """As `check_expr`, with errors and warnings left in `problems`; nothing where there was an error."""
    own = Collector()
    rules = Rules(scope.language, own, dict(scope.variables))
    found = rules.infer(expr, expect)
    if expect is not None:
        rules.fit(found, expect)
    typed = None
    if not own.has_errors and found.type is not None:
        typed = _limited(found.expr, found.type, scope, own)
    problems.add(*own.found)
    return typed


def _limited(expr: Expr, of: Type, scope: Scope, problems: Collector) -> Typed | None:
    try:
        check_limits(expr)
    except Problems as found:
        problems.add(*found.diagnostics)
        return None
    summary = scope.summaries.of(expr)
    if summary.depth > DEEPEST_UNFOLDED:
        problems.error("norm.too-deep-unfolded", expr.place, limit=str(DEEPEST_UNFOLDED))
        return None
    return Typed(expr, of, summary.readings, summary.params, summary.calls, summary.kinds, seal=CHECKED)


# programs


def check_program(
    vocabulary: Vocabulary,
    notions: Sequence[Notion],
    definitions: Sequence[RawDefinition],
    readings: Mapping[str, tuple[str, ...]],
    params: Mapping[str, Period | QuarterDay],
    problems: Collector | None = None,
) -> Program:
    """The program with its definitions typed and in the order of their dependence (`Problems` with every error).

    `notions` carry their condition as it was read. Warnings are left in `problems` where one is passed.
    """
    own = problems if problems is not None else Collector()
    builder = _Builder(vocabulary, readings, params, own)
    builder.build(notions, definitions)
    own.raise_if_any()
    return Program(vocabulary, dict(builder.typed), readings, params, builder.notions)


@define
class _Builder:
    """A program in the making: first all heads, then the bodies, those first on which others rest."""

    vocabulary: Vocabulary
    readings: Mapping[str, tuple[str, ...]]
    params: Mapping[str, Period | QuarterDay]
    problems: Collector
    raw_notions: dict[str, Notion] = field(factory=dict)
    raw: dict[str, RawDefinition] = field(factory=dict)
    signatures: dict[str, Signature] = field(factory=dict)
    notions: dict[str, Notion] = field(factory=dict)
    typed: dict[str, Definition] = field(factory=dict)
    summaries: Summaries = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.summaries = Summaries(self.typed)

    def build(self, notions: Sequence[Notion], definitions: Sequence[RawDefinition]) -> None:
        for notion in notions:
            self.add_notion(notion)
        for definition in definitions:
            self.add_head(definition)
        for name in self.ordered():
            if name in self.raw_notions:
                self.check_notion(self.raw_notions[name])
            if name in self.raw:
                self.check_definition(self.raw[name])

    def add_notion(self, notion: Notion) -> None:
        place = notion.where.place
        taken = {*self.vocabulary.kinds, *self.vocabulary.groups, *self.raw_notions}
        if notion.name in taken or notion.name in RESERVED:
            self.problems.error("norm.name-taken", place, word=notion.name)
            return
        if notion.kind not in self.vocabulary.kinds:
            self.problems.unknown("norm.unknown-kind", place, notion.kind, self.vocabulary.kinds)
            return
        self.raw_notions[notion.name] = notion

    def add_head(self, definition: RawDefinition) -> None:
        head = definition.head
        if head.name in self.raw or head.name in self.params or head.name in self.raw_notions:
            self.problems.error("norm.name-taken", head.place, word=head.name)
            return
        params: list[tuple[str, Type]] = []
        for name, word, place in head.params:
            of = self.type_of(word, place)
            if name in dict(params):
                self.problems.error("norm.name-taken", place, word=name)
            elif of == BOOL:
                self.problems.error("norm.parameter-type", place, got=named(BOOL))
            elif of is not None:
                params.append((name, of))
        result = TYPE_WORDS.get(head.result)
        if result not in (BOOL, DATE):
            place = head.result_place or head.place
            self.problems.error("norm.result-type", place, expected=("truth", "date"), word=head.result)
        self.raw[head.name] = definition
        if len(params) == len(head.params) and result in (BOOL, DATE):
            self.signatures[head.name] = Signature(tuple(params), BOOL if result == BOOL else DATE)

    def type_of(self, word: str, place: Place | None) -> Type | None:
        """The type that a word of a head stands for: a basic one, an enumeration, a kind, a notion or a group."""
        if word in TYPE_WORDS:
            return TYPE_WORDS[word]
        if word in self.vocabulary.enumerations:
            return Enum(word)
        if word in self.raw_notions:
            return EventType(frozenset({self.raw_notions[word].kind}))
        if word in self.vocabulary.kinds:
            return EventType(frozenset({word}))
        if word in self.vocabulary.groups:
            return EventType(self.vocabulary.groups[word])
        vocabulary = self.vocabulary
        known = [*TYPE_WORDS, *vocabulary.enumerations, *self.raw_notions, *vocabulary.kinds, *vocabulary.groups]
        self.problems.unknown("norm.unknown-type", place, word, known)
        return None

    # the order of dependence

    def uses(self, name: str) -> list[tuple[str, Place | None]]:
        """The notions and definitions that a notion or definition speaks of, each with its first place."""
        bodies = [each.where for each in (self.raw_notions.get(name),) if each]
        bodies += [each.body for each in (self.raw.get(name),) if each]
        found: dict[str, Place | None] = {}
        for node in (node for body in bodies for node in nodes(body)):
            word = node.name if isinstance(node, ast.Call) else getattr(node, "kind", None)
            if isinstance(word, str) and (word in self.raw or word in self.raw_notions):
                found.setdefault(word, node.place)
        return list(found.items())

    def ordered(self) -> list[str]:
        """Names, those first on which others rest; a name in a circle, or resting on one, is left out."""
        order: list[str] = []
        circular: set[str] = set()
        state: dict[str, str] = {}
        for root in [*self.raw_notions, *self.raw]:
            path: list[tuple[str, Place | None]] = [(root, None)]
            waiting = [iter(self.uses(root))]
            if state.setdefault(root, "open") != "open" or root in order:
                continue
            while waiting:
                step = next(waiting[-1], None)
                if step is None:
                    waiting.pop()
                    name, _ = path.pop()
                    state[name] = "done"
                    if circular.isdisjoint([name, *(used for used, _ in self.uses(name))]):
                        order.append(name)
                    else:
                        circular.add(name)
                elif step[0] not in state:
                    state[step[0]] = "open"
                    path.append(step)
                    waiting.append(iter(self.uses(step[0])))
                elif state[step[0]] == "open":
                    self.circle(path, step)
                    circular.add(step[0])
        return order

    def circle(self, path: Iterable[tuple[str, Place | None]], back: tuple[str, Place | None]) -> None:
        """Reports the whole chain from a name back to itself."""
        steps = list(path)
        first = [name for name, _ in steps].index(back[0])
        chain = [*steps[first + 1 :], back]
        notes = [Note("norm.cycle-step", place, {"word": name}) for name, place in chain]
        names = " > ".join([back[0], *(name for name, _ in chain)])
        self.problems.error("norm.cycle", notes[0].place, chain=notes, word=back[0], names=names)

    # bodies

    def rules(self, variables: Mapping[str, Type]) -> Rules:
        language = Language(
            self.vocabulary, self.notions, self.signatures, self.readings, self.params, self.summaries.backward
        )  # fmt: skip
        return Rules(language, self.problems, dict(variables))

    def check_notion(self, notion: Notion) -> None:
        rules = self.rules({notion.var: EventType(frozenset({notion.kind}))})
        where = rules.check(notion.where, BOOL)
        if sum(1 for _ in nodes(where)) > LARGEST_NOTION:
            self.problems.error(
                "norm.notion-too-large", notion.where.place, word=notion.name, limit=str(LARGEST_NOTION)
            )
            where = ast.Literal(True, BOOL)
        self.notions[notion.name] = evolve(notion, where=where)

    def check_definition(self, raw: RawDefinition) -> None:
        head = raw.head
        signature = self.signatures.get(head.name)
        if signature is None:
            return
        for name, _, place in head.params:
            if name in self.params or any(name in each.values for each in self.vocabulary.enumerations.values()):
                self.problems.error("norm.name-taken", place, word=name)
        rules = self.rules(dict(signature.params))
        body = rules.given(raw.body, DATE) if signature.result == DATE else rules.check(raw.body, BOOL)
        for name, _, place in head.params:
            if name not in rules.used:
                self.problems.warning("norm.unused-variable", place, word=name)
        try:
            check_limits(body)
        except Problems as found:
            self.problems.add(*found.diagnostics)
            return
        definition = Definition(head.name, signature.params, signature.result, body, raw.words, place=head.place)
        self.typed[head.name] = definition
        if self.summaries.definition(head.name).depth > DEEPEST_UNFOLDED:
            self.problems.error("norm.too-deep-unfolded", raw.body.place, limit=str(DEEPEST_UNFOLDED))
