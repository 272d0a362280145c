"""Powers that nobody has any more: acts of which no norm of the new text says who takes them, where one did before."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from compliance.amend.effect.newlaw import NewLaw
from compliance.amend.finding import Finding, says
from compliance.law.citation import citation
from compliance.law.model import Law
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.walk import nodes

EMPOWERING = ("power", "procedure", "competence")
"""The kinds of units that say who acts; where one only bids or permits, the duty goes with its bearer."""
DECIDES = "by"
"""The attribute of an act that names who takes it."""


def powerless(new: NewLaw) -> Iterator[Finding]:
    """One finding for each act whose taker the old text named and the new one does not, its units gone."""
    before, after = named_takers(new.old, EMPOWERING), named_takers(new.law)
    left = set(new.law.units)
    for kind, units in sorted(before.items()):
        if kind in after or set(units) & left or kind not in new.law.vocabulary.kinds or not _relied_on(kind, new.law):
            continue
        words = new.law.vocabulary.kinds[kind].words
        fields = {f"units_{lang}": ", ".join(citation(unit, lang) for unit in units) for lang in ("en", "ru")}
        message = says("effect.nobody-empowered", act_en=words.en, act_ru=words.ru, **fields)
        yield Finding("DUTY_UNDISCHARGEABLE", "reject", units, "", message, says("effect.nobody-empowered-repair"))


def _relied_on(kind: str, law: Law) -> bool:
    """Whether some norm still turns on such an act: a duty that went with its bearer leaves nobody helpless."""
    return any(kind in norm.typed.kinds for norm in law.norms)


def named_takers(law: Law, among: Container[str] | None = None) -> Mapping[str, tuple[str, ...]]:
    """The kinds of acts of which some unit (of certain kinds) says who takes them, each with its units."""
    out: dict[str, list[str]] = {}
    for unit in law.written.units.values():
        for clause in unit.clauses if among is None or unit.kind in among else ():
            for kind in _with_taker(clause.formula.expr):
                out.setdefault(kind, []).append(unit.id)
    return {kind: tuple(dict.fromkeys(units)) for kind, units in out.items()}


def _with_taker(expr: Expr) -> set[str]:
    """The kinds of the variables of which an expression asks who acts."""
    kinds = {node.var: node.kind for node in nodes(expr) if isinstance(node, ast.Quant | ast.Pick)}
    asked = {node.base.text for node in nodes(expr)
             if isinstance(node, ast.Attr) and node.name == DECIDES and isinstance(node.base, ast.Name)}  # fmt: skip
    return {kinds[name] for name in asked if name in kinds}


__all__ = ["named_takers", "powerless"]
