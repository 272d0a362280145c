"""What an expression rests on, through definitions too; each definition is looked at once."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field, frozen

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Definition
from compliance.norm.types import PERIOD
from compliance.norm.walk import children, nodes

NOTHING: frozenset[str] = frozenset()


@frozen
class Summary:
    """The words that an expression depends on, and its nesting with all definitions written out."""

    depth: int
    readings: frozenset[str] = NOTHING
    params: frozenset[str] = NOTHING
    calls: frozenset[str] = NOTHING
    kinds: frozenset[str] = NOTHING


@define
class Summaries:
    """Summaries over a table of typed definitions, which may grow as long as none of them changes."""

    definitions: Mapping[str, Definition]
    known: dict[str, Summary] = field(factory=dict)
    subtracted: dict[str, frozenset[str]] = field(factory=dict)

    def of(self, expr: Expr) -> Summary:
        readings: set[str] = set()
        params: set[str] = set()
        calls: set[str] = set()
        kinds: set[str] = set()
        for node in nodes(expr):
            match node:
                case ast.Case(reading=reading):
                    readings.add(reading)
                case ast.Param(name=name):
                    params.add(name)
                case ast.Quant(kind=kind) | ast.Pick(kind=kind):
                    kinds.add(kind)
                case ast.Call(name=name) if name not in calls and name in self.definitions:
                    inner = self.definition(name)
                    calls |= {name, *inner.calls}
                    readings |= inner.readings
                    params |= inner.params
                    kinds |= inner.kinds
                case _:
                    pass
        sets = (frozenset(each) for each in (readings, params, calls, kinds))
        return Summary(self.depth(expr), *sets)

    def definition(self, name: str) -> Summary:
        if name not in self.known:
            self.known[name] = self.of(self.definitions[name].body)
        return self.known[name]

    def depth(self, expr: Expr) -> int:
        inner = max((self.depth(child) for child in children(expr)), default=0)
        if isinstance(expr, ast.Call) and expr.name in self.definitions:
            inner = max(inner, self.definition(expr.name).depth)
        return inner + 1

    def backward(self, name: str) -> frozenset[str]:
        """The parameters of a definition that are taken away from a day in it, or are passed to such a one."""
        definition = self.definitions.get(name)
        if definition is None or PERIOD not in [of for _, of in definition.params]:
            return NOTHING
        if name not in self.subtracted:
            found: set[str] = set()
            for node in nodes(definition.body):
                if isinstance(node, ast.Shift) and node.sign == -1 and isinstance(node.period, ast.Var):
                    found.add(node.period.name)
                if isinstance(node, ast.Call) and (inner := self.backward(node.name)):
                    pairs = zip(self.definitions[node.name].params, node.args, strict=True)
                    found |= {arg.name for (param, _), arg in pairs if param in inner and isinstance(arg, ast.Var)}
            self.subtracted[name] = frozenset(found)
        return self.subtracted[name]
