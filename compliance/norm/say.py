"""The sentence of a norm in English and Russian, to be read beside the official words.

The words are those of the vocabulary and of the definitions; phrases.py has what holds them together.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from typing import Final, assert_never

from attrs import evolve, field, frozen

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.phrases import phrase, say_day, say_period, say_quarter, say_quarter_day, say_value
from compliance.norm.program import Program
from compliance.norm.types import BOOL, Date, Enum, EventType, OfficerType, Period, Position, Quarter, QuarterDay, Type
from compliance.norm.vocabulary import Attribute, Lang, Words
from compliance.norm.walk import nodes

ReadingWords = Mapping[str, Mapping[str, Words]]
"""The words for each value of each reading."""

LONGEST_NAME: Final = 26
"""Events whose words are longer go by their letter once they are introduced, as do those that share their words."""

NO_WORDS: Final[ReadingWords] = {}


def say(expr: Expr, program: Program, lang: Lang, readings: ReadingWords = NO_WORDS) -> str:
    """The sentence of a typed norm, with a capital and a full stop; a term without either."""
    speaker = Speaker(program, lang, readings, _shared(expr, program, lang))
    if not speaker.is_formula(expr):
        return speaker.term(expr)
    said = speaker.formula(expr)
    return f"{said[0].upper()}{said[1:]}."


def say_part(part: Expr, whole: Expr, program: Program, lang: Lang, readings: ReadingWords = NO_WORDS) -> str:
    """A part of a norm in words, without capital and full stop; what the norm introduced before goes by its kind."""
    speaker = Speaker(program, lang, readings, _shared(part, program, lang), longest=sys.maxsize)
    words = {node.var: kind_words(node, program, lang) for node in _spoken(whole)}
    alike = Counter(words.values())
    said = {var: each if alike[each] == 1 else f"{each} {var}" for var, each in words.items()}
    called = {var: speaker.p("the", event=speaker.p("event", kind=each)) for var, each in said.items()}
    free = {node.name for node in nodes(part) if isinstance(node, ast.Var)} - {node.var for node in _spoken(part)}
    named = speaker.with_names({var: called[var] for var in called if var in free})
    if isinstance(part, ast.In) and len(part.options) == 1:
        part = ast.Compare("=", part.item, part.options[0])
    return named.formula(part) if named.is_formula(part) else named.term(part)


def say_definition(name: str, program: Program, lang: Lang, readings: ReadingWords = NO_WORDS) -> str:
    """A definition as a sentence: its own words, and what they mean."""
    definition = program.definitions[name]
    speaker = Speaker(program, lang, readings, _shared(definition.body, program, lang))
    head = name
    if definition.words is not None:
        head = _filled(definition.words[lang], {param: param for param, _ in definition.params})
    return f"{head}: {speaker.any(definition.body, definition.result)}"


def kind_words(node: ast.Quant | ast.Pick, program: Program, lang: Lang) -> str:
    """The words by which an event is introduced: the notion's, else the kind's."""
    if node.notion is not None and node.notion in program.notions:
        return program.notions[node.notion].words[lang]
    return program.vocabulary.kinds[node.kind].words[lang]


def own_guard(node: ast.Quant | ast.Pick) -> Expr | None:
    """The guard without the condition that the notion's word already says."""
    if node.notion is None or node.guard is None:
        return node.guard
    rest = node.guard.items[1:] if isinstance(node.guard, ast.And) and len(node.guard.items) > 1 else ()
    return None if not rest else rest[0] if len(rest) == 1 else ast.And(rest)


def _shared(expr: Expr, program: Program, lang: Lang) -> frozenset[str]:
    """Words that more than one event of the formula goes by."""
    found = {(node.var, kind_words(node, program, lang)) for node in _spoken(expr)}
    return frozenset(words for words, count in Counter(words for _, words in found).items() if count > 1)


def _spoken(expr: Expr) -> list[ast.Quant | ast.Pick]:
    return [node for node in nodes(expr) if isinstance(node, ast.Quant | ast.Pick)]


def _is_value(expr: Expr) -> bool:
    """A constant, or a parameter of a definition that stands for one."""
    return isinstance(expr, ast.Literal) or (isinstance(expr, ast.Var) and isinstance(expr.type, Enum))


def _filled(template: str, holes: Mapping[str, str]) -> str:
    text = template
    marks = {f"{{{name}}}": f"\0{index}\0" for index, name in enumerate(holes)}
    for hole, mark in marks.items():
        text = text.replace(hole, mark)
    for mark, value in zip(marks.values(), holes.values(), strict=True):
        text = text.replace(mark, value)
    return text


@frozen
class Speaker:
    """Says the forms of one formula; `names` are the words for its variables so far."""

    program: Program
    lang: Lang
    readings: ReadingWords
    shared: frozenset[str]
    names: Mapping[str, str] = field(factory=dict)
    longest: int = LONGEST_NAME

    def p(self, key: str, **holes: str) -> str:
        return phrase(key, self.lang, **holes)

    def with_names(self, names: Mapping[str, str]) -> Speaker:
        return evolve(self, names={**self.names, **names})

    # formulas

    def any(self, expr: Expr, of: Type) -> str:
        return self.formula(expr) if of == BOOL else self.term(expr)

    def tight(self, expr: Expr) -> str:
        """A formula inside another: what has commas of its own is put in brackets."""
        said = self.formula(expr)
        loose = ast.And | ast.Or | ast.Implies | ast.If | ast.Quant | ast.Due
        return f"({said})" if isinstance(expr, loose) else said

    def formula(self, expr: Expr) -> str:
        match expr:
            case ast.And(items=items):
                return self.joined("and", items)
            case ast.Or(items=items):
                return self.joined("or", items)
            case ast.Implies(left=left, right=right):
                return self.p("implies", left=self.tight(left), right=self.formula(right))
            case ast.Not(body=body):
                return self.negated(body)
            case ast.Quant():
                return self.quantifier(expr)
            case ast.Due(day=day, body=body):
                return self.p("due", day=self.term(day), body=self.formula(body))
            case ast.Compare():
                return self.compare(expr)
            case ast.In() | ast.Has() | ast.Given():
                return self.asked(expr, "")
            case ast.Attr():
                return self.mark(expr, True)
            case ast.Literal(value=bool(truth)):
                return self.p("holds" if truth else "fails")
            case _:
                return self.term(expr)

    def joined(self, word: str, items: tuple[Expr, ...]) -> str:
        """Parts with `and` or `or` between them; the last may run on."""
        end = len(items) - 1
        runs_on = ast.Quant | ast.Due
        parts = [
            self.formula(item) if index == end and isinstance(item, runs_on) else self.tight(item)
            for index, item in enumerate(items)
        ]
        return self.p(word).join(parts)

    def negated(self, body: Expr) -> str:
        match body:
            case ast.Attr():
                return self.mark(body, False)
            case ast.In() | ast.Has() | ast.Given():
                return self.asked(body, ".not")
            case ast.Quant(mode="some"):
                return self.quantifier(evolve(body, mode="no"))
            case _:
                return self.p("not", body=self.tight(body))

    def asked(self, expr: ast.In | ast.Has | ast.Given, end: str) -> str:
        match expr:
            case ast.In(item=item, options=options):
                listed = ", ".join(self.term(option) for option in options)
                return self.p(f"in{end}", item=self.term(item), options=listed)
            case ast.Has(items=items, item=item):
                return self.p(f"has{end}", items=self.term(items), item=self.term(item))
            case ast.Given(item=item):
                return self.p(f"given{end}", item=self.term(item))
            case _:
                assert_never(expr)

    def mark(self, expr: ast.Attr, positive: bool) -> str:
        """An attribute that is true or false."""
        found = self.attribute_of(expr)
        base = self.p("officer") if isinstance(expr.base, ast.OfficerRef) else self.term(expr.base)
        return self.p("mark" if positive else "mark.not", base=base, mark=found.words[self.lang])

    def compare(self, expr: ast.Compare) -> str:
        op, left, right = expr.op, expr.left, expr.right
        for side, other in ((left, right), (right, left)):
            if isinstance(other, ast.Literal) and isinstance(other.value, bool) and isinstance(side, ast.Attr):
                return self.mark(side, (op == "=") == other.value)
            if _is_value(other) and op in ("=", "!="):
                return self.p("is" if op == "=" else "is.not", left=self.term(side), right=self.term(other))
        return self.p(op, left=self.term(left), right=self.term(right))

    def quantifier(self, expr: ast.Quant) -> str:
        if expr.mode == "every":
            return self.every(expr, [])
        inner, event = self.introduce(expr)
        asked = [part for part in (own_guard(expr), expr.body) if part is not None]
        parts = tuple(each for part in asked for each in (part.items if isinstance(part, ast.And) else (part,)))
        if not parts:
            return self.p(expr.mode, event=event)
        condition = inner.joined("and", parts) if len(parts) > 1 else inner.formula(parts[0])
        return self.p(f"{expr.mode}.if", event=event, guard=condition)

    def every(self, expr: ast.Quant, heads: list[str]) -> str:
        """A chain of `every`: its heads one after the other, then what is required."""
        inner, event = self.introduce(expr)
        guard, body = own_guard(expr), expr.body
        assert body is not None
        head = self.p("every", event=event) if guard is None else ""
        said = [*heads, head if guard is None else self.p("every.if", event=event, guard=inner.formula(guard))]
        if isinstance(body, ast.Quant) and body.mode == "every":
            return inner.every(body, said)
        return f"{'; '.join(said)}: {inner.formula(body)}"

    # terms

    def term(self, expr: Expr) -> str:
        match expr:
            case ast.Name(text=text):
                return text
            case ast.Var(name=name):
                return self.names.get(name, name)
            case ast.Literal():
                return self.literal(expr)
            case ast.Param(name=name):
                return self.length(self.program.params[name])
            case ast.World(name=name):
                return self.p(name)
            case ast.OfficerRef():
                return self.p("officer")
            case ast.Attr():
                return self.attribute(expr)
            case ast.Shift():
                return self.shift(expr)
            case ast.NextWorkingDay(day=day):
                return self.p("next_working_day", day=self.term(day))
            case ast.QuarterOf(day=day):
                return self.p("quarter_of", day=self.term(day))
            case ast.DayOfQuarter(spec=spec, quarter=quarter):
                key = "day_of.named" if isinstance(spec, ast.Var) and spec.name not in self.names else "day_of"
                return self.p(key, spec=self.term(spec), quarter=self.term(quarter))
            case ast.Pick(order=order, otherwise=otherwise):
                (inner, event), guard = self.introduce(expr), own_guard(expr)
                holes = {"event": event} | ({"guard": inner.formula(guard)} if guard is not None else {})
                pick = self.p(order if guard is None else f"{order}.if", **holes)
                return self.p("else", pick=pick, other=self.term(otherwise))
            case ast.If(condition=condition, then=then, otherwise=otherwise):
                truth = self.tight(condition)
                return self.p("if", condition=truth, then=self.branch(then), other=self.branch(otherwise))
            case ast.Case():
                return self.case(expr)
            case ast.Call():
                return self.call(expr)
            case (
                ast.Compare() | ast.In() | ast.Has() | ast.Given() | ast.Not() | ast.And() | ast.Or() | ast.Implies()
                | ast.Quant() | ast.Due()
            ):  # fmt: skip
                return self.formula(expr)
            case _:
                assert_never(expr)

    def branch(self, expr: Expr) -> str:
        """A branch of a choice: a formula or a day."""
        return self.tight(expr) if self.is_formula(expr) else self.term(expr)

    def is_formula(self, expr: Expr) -> bool:
        match expr:
            case ast.If(then=branch) | ast.Case(branches=((_, branch), *_)):
                return self.is_formula(branch)
            case ast.Attr():
                return self.attribute_of(expr).type == BOOL
            case ast.Call(name=name):
                return self.program.definitions[name].result == BOOL
            case ast.Literal(value=value):
                return isinstance(value, bool)
            case _:
                formulas = ast.Quant | ast.And | ast.Or | ast.Implies | ast.Not | ast.Due | ast.Compare
                return isinstance(expr, formulas | ast.In | ast.Has | ast.Given)

    def literal(self, expr: ast.Literal) -> str:
        match expr.value, expr.type:
            case bool(truth), _:
                return self.p("true" if truth else "false")
            case (Period() | QuarterDay()) as length, _:
                return self.length(length)
            case int(day), Date():
                return say_day(day, self.lang)
            case int(quarter), Quarter():
                return say_quarter(quarter, self.lang)
            case word, Enum():
                return say_value(word, expr.type, self.program.vocabulary, self.lang)
            case word, _:
                return str(word)

    def length(self, value: Period | QuarterDay) -> str:
        return say_period(value, self.lang) if isinstance(value, Period) else say_quarter_day(value, self.lang)

    def shift(self, expr: ast.Shift) -> str:
        said = self.p("plus" if expr.sign == 1 else "minus", day=self.term(expr.day), period=self.term(expr.period))
        length = expr.period.value if isinstance(expr.period, ast.Literal) else None
        if isinstance(expr.period, ast.Param):
            length = self.program.params[expr.period.name]
        by_days = isinstance(length, Period) and not length.months
        return said if expr.rounding is None or by_days else self.p(expr.rounding, sum=said)

    def attribute(self, expr: ast.Attr) -> str:
        of = self.type_of(expr.base)
        if isinstance(of, EventType):
            if expr.name == "date":
                return self.p("date", event=self.term(expr.base))
            return self.p("of", attribute=self.attribute_of(expr).words[self.lang], event=self.term(expr.base))
        words = self.attribute_of(expr).words[self.lang]
        if isinstance(of, OfficerType):
            return self.p("of.officer", attribute=words)
        return self.p("of.post", attribute=words, base=self.term(expr.base))

    def type_of(self, expr: Expr) -> Type:
        match expr:
            case ast.Var(type=of):
                return of
            case ast.Attr():
                return self.attribute_of(expr).type
            case _:
                return OfficerType()

    def attribute_of(self, expr: ast.Attr) -> Attribute:
        vocabulary, of = self.program.vocabulary, self.type_of(expr.base)
        if isinstance(of, EventType):
            if expr.name == "date":
                return Attribute("date", Date(), Words("the day", "день"))
            return vocabulary.kinds[min(of.kinds)].attributes[expr.name]
        return (vocabulary.position if isinstance(of, Position) else vocabulary.officer)[expr.name]

    def case(self, expr: ast.Case) -> str:
        """The branches with the words of the readings; truths only: the readings under which it holds."""
        words = self.readings.get(expr.reading, {})
        said = {value: words[value][self.lang] if value in words else value for value, _ in expr.branches}
        truths = {value: branch.value for value, branch in expr.branches if isinstance(branch, ast.Literal)}
        if len(truths) == len(expr.branches) and all(isinstance(truth, bool) for truth in truths.values()):
            true = [said[value] for value, truth in truths.items() if truth]
            if len(true) in (0, len(truths)):
                return self.p("reading.always" if true else "reading.never")
            return self.p("or").join(self.p("reading.is", name=expr.reading, value=value) for value in true)
        branches = "; ".join(
            self.p("reading.branch", value=said[value], body=self.branch(branch)) for value, branch in expr.branches
        )
        return self.p("reading", name=expr.reading, branches=branches)

    def call(self, expr: ast.Call) -> str:
        definition = self.program.definitions[expr.name]
        args = {name: self.term(arg) for (name, _), arg in zip(definition.params, expr.args, strict=True)}
        if definition.words is not None:
            return _filled(definition.words[self.lang], args)
        said = self.with_names(args).any(definition.body, definition.result)
        return f"({said})"

    # events

    def introduce(self, node: ast.Quant | ast.Pick) -> tuple[Speaker, str]:
        """The speaker inside a quantifier, and the words by which its event is introduced."""
        words = kind_words(node, self.program, self.lang)
        said = self.p("event", kind=words)
        plain = self.p("the", event=said)
        if words in self.shared or len(words) > self.longest or plain in self.names.values():
            return self.with_names({node.var: node.var}), self.p("event.named", kind=words, name=node.var)
        return self.with_names({node.var: plain}), said
