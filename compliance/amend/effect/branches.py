"""The branches of a norm: alternatives, exceptions, options and cases, each with the norm as it would be without it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from attrs import evolve, frozen

from compliance.amend.effect.meaning import fold, truth
from compliance.law.model import Law
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Profile
from compliance.norm.say import say_part
from compliance.norm.show import show
from compliance.norm.vocabulary import Lang
from compliance.norm.walk import children, nodes, rebuilt

LANGS: Final[tuple[Lang, ...]] = ("en", "ru")
Sort = Literal["exception", "alternative", "case"]
"""An exception lifts the norm, an alternative brings it into play, a case does either."""


@frozen(eq=False)
class Branch:
    """One branch. `without` is the norm without it, `alone` with it and none of its siblings, `bare` with none."""

    sort: Sort
    part: Expr
    without: Expr
    alone: Expr
    bare: Expr

    @property
    def text(self) -> str:
        """The words of the branch in the norm language: its name from one law to the next."""
        return show(self.part)


def branches(expr: Expr, profile: Profile) -> tuple[Branch, ...]:
    """Every branch of a norm under a profile, from the outside in."""
    return tuple(_branches(fold(expr, profile, {}), True))


def _branches(expr: Expr, positive: bool) -> Iterator[Branch]:
    yield from _here(expr, positive)
    parts = children(expr)
    for at, child in enumerate(parts):
        sign = _sign(expr, at, len(parts), positive)
        if sign is None:
            continue
        for found in _branches(child, sign):
            yield evolve(
                found,
                without=_with_child(expr, at, found.without),
                alone=_with_child(expr, at, found.alone),
                bare=_with_child(expr, at, found.bare),
            )


def _sign(expr: Expr, at: int, count: int, positive: bool) -> bool | None:
    """Whether more of a part makes more of the whole; nothing where neither can be said."""
    match expr:
        case ast.And() | ast.Or() | ast.Due():
            return positive
        case ast.Not():
            return not positive
        case ast.Implies():
            return positive == (at == 1)
        case ast.Quant(mode=mode, guard=guard):
            is_guard = guard is not None and at == 0
            return positive == (mode == "some" or (mode == "every" and not is_guard))
        case _:
            return None


def _here(expr: Expr, positive: bool) -> Iterator[Branch]:
    sort: Sort = "exception" if positive else "alternative"
    match expr:
        case ast.Or(items=items):
            for at, item in enumerate(items):
                rest = items[:at] + items[at + 1 :]
                yield Branch(sort, item, rest[0] if len(rest) == 1 else ast.Or(rest), item, truth(False))
        case ast.In(options=options) if len(options) > 1:
            for at, option in enumerate(options):
                less = evolve(expr, options=options[:at] + options[at + 1 :])
                only = evolve(expr, options=(option,))
                yield Branch(sort, only, less, only, truth(False))
        case ast.If(condition=condition, then=then, otherwise=otherwise):
            yield Branch("case", condition, otherwise, expr, otherwise)
            yield Branch("case", ast.Not(condition), then, expr, then)
        case ast.Quant(mode="every", guard=guard) if positive and guard is not None:
            yield from _lifted(expr, guard)
        case _:
            return


def _lifted(expr: ast.Quant, guard: Expr) -> Iterator[Branch]:
    """The cases that a norm leaves out by `not ...` in its guard."""
    items = guard.items if isinstance(guard, ast.And) else (guard,)
    for at, item in enumerate(items):
        if isinstance(item, ast.Not):
            rest = items[:at] + items[at + 1 :]
            more = evolve(expr, guard=None if not rest else rest[0] if len(rest) == 1 else ast.And(rest))
            yield Branch("exception", item.body, more, expr, more)


def _with_child(expr: Expr, at: int, new: Expr) -> Expr:
    met = iter(range(len(children(expr))))
    return rebuilt(expr, lambda child: new if next(met) == at else child)


def in_words(hole: str, part: Expr, whole: Expr, law: Law) -> dict[str, str]:
    """A branch of a norm in words, as the fields of a message."""
    readings = {name: reading.values for name, reading in law.readings.items()}
    return {f"{hole}_{lang}": say_part(part, whole, law.program, lang, readings) for lang in LANGS}


def of_version(expr: Expr) -> bool:
    """Whether a part only says which version of the law judges; the text does not say it."""
    return any(isinstance(node, ast.World) and node.name != "as_of" for node in nodes(expr))


__all__ = ["Branch", "Sort", "branches", "in_words", "of_version"]
