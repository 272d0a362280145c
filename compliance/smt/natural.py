"""What an attribute most naturally is: the value that the norms themselves ask for.

Stories prefer these values, so that a person sees at once what is unusual in them. Nothing about the Rules is
written here: the values are gathered from the comparisons in formulas and definitions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from attrs import define, field

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Program
from compliance.norm.types import Bool, Enum, EventType, Items, OfficerType, Position, Type, Value
from compliance.norm.vocabulary import Attribute, Vocabulary
from compliance.norm.walk import children, nodes

OFFICER_OWNER, POSITION_OWNER = "officer", "position"


@define
class Natural:
    """Preferred values by owner (a kind of event, `officer` or `position`) and attribute, the best first."""

    vocabulary: Vocabulary
    wanted: Mapping[tuple[str, str], tuple[Value, ...]]

    def value(self, owner: str, attribute: Attribute) -> Value:
        found = self.values(owner, attribute)
        return found[0] if found else None

    def values(self, owner: str, attribute: Attribute) -> tuple[Value, ...]:
        """Values worth trying, the most natural first; none where nothing is known."""
        asked = self.wanted.get((owner, attribute.name), ())
        if attribute.default == "value":
            return tuple(dict.fromkeys((attribute.value, *asked)))
        if attribute.optional:
            return tuple(dict.fromkeys((None, *asked)))
        match attribute.type:
            case Items(name=name):
                return (frozenset(self.vocabulary.enumerations[name].values),)
            case Bool():
                return asked or (False,)
            case Enum(name=name) if owner == OFFICER_OWNER:
                return tuple(self.vocabulary.enumerations[name].values)
            case Enum(name=name):
                return tuple(dict.fromkeys((*asked, *self.vocabulary.enumerations[name].values)))
            case _:
                return ()


@define
class _Gatherer:
    """Counts, over formulas and the definitions they call, the constants that each attribute is compared with."""

    program: Program
    counts: dict[tuple[str, str], Counter[Value]] = field(factory=dict)
    params: dict[tuple[str, str], Counter[Value]] = field(factory=dict)
    """The constants that a parameter of a definition is compared with."""

    def definition(self, name: str) -> None:
        body = self.program.definitions[name].body
        for node in nodes(body):
            for item, value in _comparisons(node):
                if isinstance(item, ast.Var):
                    self.params.setdefault((name, item.name), Counter())[value] += 1
        self.formula(body)

    def formula(self, expr: Expr, weight: int = 1) -> None:
        for item, value in _truths(expr):
            self.note(item, value, weight)
        for node in nodes(expr):
            for item, value in _comparisons(node):
                self.note(item, value, weight)
            if isinstance(node, ast.Call):
                self.call(node)

    def call(self, node: ast.Call) -> None:
        for (name, _), arg in zip(self.program.definitions[node.name].params, node.args, strict=True):
            asked = self.params.get((node.name, name))
            if asked:
                self.note(arg, asked.most_common(1)[0][0], 2)

    def note(self, item: Expr, value: Value, weight: int) -> None:
        if isinstance(item, ast.Attr):
            for owner in _owners(item.base, self.program.vocabulary):
                self.counts.setdefault((owner, item.name), Counter())[value] += weight


def natural(program: Program, formulas: Iterable[Expr]) -> Natural:
    """The preferences of a set of norms."""
    gatherer = _Gatherer(program)
    for name in program.definitions:
        gatherer.definition(name)
    for expr in formulas:
        gatherer.formula(expr)
    ranked = {
        key: tuple(value for value, _ in sorted(counts.items(), key=lambda item: (-item[1], str(item[0]))))
        for key, counts in gatherer.counts.items()
    }
    return Natural(program.vocabulary, ranked)


def _comparisons(node: Expr) -> list[tuple[Expr, Value]]:
    match node:
        case ast.Compare(op="=", left=left, right=ast.Literal(value=bool() | str() as value)):
            return [(left, value)]
        case ast.In(item=item, options=options):
            first = options[0].value if options and isinstance(options[0], ast.Literal) else None
            return [(item, first)] if isinstance(first, str) else []
        case _:
            return []


def _truths(expr: Expr, positive: bool = True) -> list[tuple[Expr, Value]]:
    """Boolean attributes with the sign under which they stand."""
    if isinstance(expr, ast.Attr):
        return [(expr, positive)]
    if isinstance(expr, ast.Not):
        return _truths(expr.body, not positive)
    if isinstance(expr, ast.Compare | ast.In | ast.Has | ast.Given | ast.Call):
        return []
    if isinstance(expr, ast.Quant | ast.Pick | ast.Implies | ast.And | ast.Or | ast.If | ast.Case | ast.Due):
        return [found for child in children(expr) for found in _truths(child, positive)]
    return []


def _owners(base: Expr, vocabulary: Vocabulary) -> tuple[str, ...]:
    match base:
        case ast.OfficerRef():
            return (OFFICER_OWNER,)
        case ast.Var(type=EventType(kinds=kinds)):
            return tuple(sorted(kinds))
        case ast.Var(type=OfficerType()):
            return (OFFICER_OWNER,)
        case ast.Attr():
            return (POSITION_OWNER,) if _is_position(base, vocabulary) else ()
        case _:
            return ()


def _is_position(attr: ast.Attr, vocabulary: Vocabulary) -> bool:
    match attr.base:
        case ast.Var(type=EventType(kinds=kinds)):
            found: list[Type | None] = [vocabulary.kinds[kind].type_of(attr.name) for kind in sorted(kinds)]
            return bool(found) and isinstance(found[0], Position)
        case _:
            return False


__all__ = ["OFFICER_OWNER", "POSITION_OWNER", "Natural", "natural"]
