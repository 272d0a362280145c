"""Two norms about one act: that cannot both be kept, or two exceptions that meet on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from attrs import define, field, frozen

from compliance.amend.effect.alive import trigger
from compliance.amend.effect.branches import Branch, branches, in_words, of_version
from compliance.amend.effect.meaning import fold
from compliance.amend.effect.probe import Probe
from compliance.amend.effect.trouble import Sides, Trouble
from compliance.law.model import Norm
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.program import Typed
from compliance.norm.show import show
from compliance.norm.types import EventType
from compliance.norm.walk import with_variable
from compliance.prove.obligations.generate import common_trigger
from compliance.prove.questions import retyped

LATER, NARROWER = ("later", "позднее"), ("narrower", "уже по предмету")


# direct conflicts


def conflicts(sides: Sides) -> Iterator[Trouble]:
    """Pairs of norms on one act that cannot both be kept on a trigger that they share (`CONFLICT_DIRECT`)."""
    stuck = _Stuck(sides.new)
    for first, second in combinations(sides.found.new.norms, 2):
        if not {first.id, second.id} & sides.subjects:
            continue
        goal = shared(first, second, sides.new)
        if goal is None or stuck.elsewhere(first, second) or sides.new.possible(goal).outcome in ("story", "open"):
            continue
        found = _conflict(first, second, goal, sides)
        if found is not None and not _clashed_before(first, second, sides):
            yield found


@define(eq=False)
class _Stuck:
    """Norms that cannot be kept with their trigger met, whatever else is triggered, and what forbids it."""

    probe: Probe
    known: dict[str, frozenset[str] | None] = field(factory=dict)

    def elsewhere(self, first: Norm, second: Norm) -> bool:
        """Whether one of two norms is stuck for a reason in which the other has no part."""
        return any(
            other.id not in core
            for norm, other in ((first, second), (second, first))
            if (core := self.core(norm)) is not None
        )

    def core(self, norm: Norm) -> frozenset[str] | None:
        if norm.id not in self.known:
            premise, core = trigger(norm, self.probe), None
            if premise is not None:
                told = self.probe.possible(premise)
                core = frozenset(told.core) if told.outcome == "none" else None
            self.known[norm.id] = core
        return self.known[norm.id]


def shared(first: Norm, second: Norm, probe: Probe) -> Typed | None:
    """That both triggers are met by one event; None where their first words already exclude each other."""

    def make() -> Typed | None:
        both = common_trigger(first, second)
        if not isinstance(both, ast.Quant) or _contradictory(both.guard):
            return None
        return retyped(both, probe.law.program)

    return probe.once(("pair", first.id, second.id), make)


def _contradictory(guard: Expr | None) -> bool:
    """Whether an attribute would have two values."""
    known: dict[str, object] = {}
    for part in _conjuncts(guard):
        if not (isinstance(part, ast.Compare) and part.op == "=" and isinstance(part.right, ast.Literal)):
            continue
        if known.setdefault(show(part.left), part.right.value) != part.right.value:
            return True
    return False


def _conjuncts(expr: Expr | None) -> Iterator[Expr]:
    if isinstance(expr, ast.And):
        for item in expr.items:
            yield from _conjuncts(item)
    elif expr is not None:
        yield expr


def _conflict(first: Norm, second: Norm, goal: Typed, sides: Sides) -> Trouble | None:
    """The conflict of a pair whose trigger is possible without the two, and with each of them alone."""
    pair = (first.id, second.id)
    story = sides.new.possible(goal, pair)
    if story.facts is None or any(sides.new.possible(goal, (name,)).facts is None for name in pair):
        return None
    told = sides.new.prove(goal, only=pair)
    if told.outcome == "story":
        told = sides.new.possible(goal)
    if told.outcome not in ("none", "none_found"):
        return None
    core = tuple(dict.fromkeys((*pair, *sides.new.norms(told.core))))
    yields = _yields(first, second, sides)
    word = "logic.conflict" if yields is None else "logic.conflict-yields"
    cited = {"units": pair, "core": core, **({"yields": (yields[0].id,)} if yields else {})}
    said = {"why_en": yields[1][0], "why_ru": yields[1][1]} if yields else {}
    facts = sides.told(goal, pair, story.facts)
    return Trouble("CONFLICT_DIRECT", "reject", word, pair, cited, said, facts, told.outcome == "none")


def _clashed_before(first: Norm, second: Norm, sides: Sides) -> bool:
    one, other = sides.before.get(first.id), sides.before.get(second.id)
    if one is None or other is None:
        return False
    goal = shared(one, other, sides.old)
    return goal is not None and sides.old.possible(goal).outcome in ("none", "none_found")


def _yields(first: Norm, second: Norm, sides: Sides) -> tuple[Norm, tuple[str, str]] | None:
    """Which of two norms gives way, and why: to the narrower one, else to the later one."""
    one, other = (_conditions(norm, sides.new) for norm in (first, second))
    if one != other and (one <= other or other <= one):
        return (first if one <= other else second), NARROWER
    came = [norm for norm in (first, second) if norm.id in sides.changed]
    if len(came) == 1:
        return (second if came[0] is first else first), LATER
    return None


def _conditions(norm: Norm, probe: Probe) -> frozenset[str]:
    """The conditions on the first event of a norm, under a name of its own."""
    expr = fold(norm.expr, probe.profile, {})
    if not isinstance(expr, ast.Quant) or expr.guard is None:
        return frozenset()
    guard = with_variable(expr.guard, expr.var, ast.Var("it", EventType(frozenset({expr.kind}))), frozenset({"it"}))
    return frozenset(show(item) for item in (guard.items if isinstance(guard, ast.And) else (guard,)))


# exceptions


@frozen(eq=False)
class Exempt:
    """An exception of a norm: the first event, what the rest of the norm says of it, with and without the exception."""

    norm: Norm
    branch: Branch
    lead: ast.Quant
    """The norm as it would be without the exception."""


def overlaps(sides: Sides) -> Iterator[Trouble]:
    """New exceptions that meet another one on the same act, with nothing said of which goes first."""
    norms = [norm for norm in sides.found.come if norm.id in sides.subjects]
    fresh = [each for norm in norms for each in _exempt(norm, sides.new) if _is_new(each, sides)]
    if not fresh:
        return
    known = [each for norm in sides.found.new.norms for each in _exempt(norm, sides.new)]
    for new in fresh:
        for other in known:
            if _same(new, other) or (other in fresh and known.index(other) < _at(new, known)):
                continue
            goal = _meet(new, other, sides.new)
            told = sides.new.possible(goal) if goal is not None else None
            if told is not None and told.facts is not None:
                met = tuple(dict.fromkeys((new.norm.id, other.norm.id)))
                law, texts = sides.found.new, (new.branch.text, other.branch.text)
                said = {
                    **in_words("one", new.branch.part, new.norm.expr, law),
                    **in_words("other", other.branch.part, other.norm.expr, law),
                }
                yield Trouble("EXCEPTION_OVERLAP", "note", "logic.overlap", met, {"units": met}, said, told.facts,
                              what=" / ".join(texts), formula=" / ".join(texts))  # fmt: skip


def _exempt(norm: Norm, probe: Probe) -> tuple[Exempt, ...]:
    return tuple(
        Exempt(norm, branch, branch.without)
        for branch in branches(norm.expr, probe.profile)
        if branch.sort == "exception" and isinstance(branch.without, ast.Quant) and not of_version(branch.part)
    )


def _is_new(each: Exempt, sides: Sides) -> bool:
    old = sides.before.get(each.norm.id)
    if old is None:
        return True
    return all(branch.text != each.branch.text for branch in branches(old.expr, sides.old.profile))


def _same(one: Exempt, other: Exempt) -> bool:
    return one.norm is other.norm and one.branch.text == other.branch.text


def _at(each: Exempt, known: list[Exempt]) -> int:
    return next(at for at, other in enumerate(known) if _same(each, other))


def _meet(one: Exempt, other: Exempt, probe: Probe) -> Typed | None:
    """One act that each of two exceptions lifts a norm for: lawful, and not so without either."""
    if one.norm is other.norm:
        return _within(one, other, probe)
    a, b = one.lead, other.lead
    if a.kind != b.kind or a.mode != "every" or b.mode != "every":
        return None
    taken = frozenset({a.var})
    var = ast.Var(a.var, EventType(frozenset({a.kind})))
    parts = [*_fails(a), *(with_variable(part, b.var, var, taken) for part in _fails(b))]
    return retyped(ast.Quant("some", a.var, a.kind, ast.And(tuple(parts)), None), probe.law.program)


def _fails(lead: ast.Quant) -> list[Expr]:
    """The parts that together say that a norm fails for its first event."""
    body = ast.Not(lead.body) if lead.body is not None else None
    return [part for part in (lead.guard, body) if part is not None]


def _within(one: Exempt, other: Exempt, probe: Probe) -> Typed | None:
    """Within one norm: each exception alone is enough, and without both the norm fails."""
    again = [b for b in branches(one.branch.without, probe.profile) if b.text == other.branch.text]
    if not again or not isinstance(again[0].without, ast.Quant):
        return None
    keeps = (one.branch.without, other.branch.without)
    return retyped(ast.And((*keeps, ast.Not(again[0].without))), probe.law.program)


__all__ = ["Exempt", "conflicts", "overlaps", "shared"]
