"""Whether graver conduct is treated more mildly: how soon one may come back after an exclusion on each ground.

The order of gravity is declared, not derived: in model/gravity.yaml, or by the drafter (`gravity:`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from compliance.amend.effect.probe import Probe
from compliance.amend.effect.trouble import Sides, Trouble
from compliance.norm.parse import parse_expr
from compliance.norm.program import Typed
from compliance.norm.typecheck import Scope, check_expr
from compliance.source.data import model_path
from compliance.source.diagnostic import Collector, Problems
from compliance.source.reader import Node, Scalar, Sequence, read_yaml

Order = tuple[str, ...]
"""Grounds from the gravest to the mildest."""

WAITS: Final = (30, 100, 200, 400, 800, 1200)
"""Days after the exclusion within which a new enrolment is looked for, one after the other."""

LEADING: Final = frozenset({"exclusion_decision", "reserve_decision"})


def read_gravity(declared: Iterable[Order] = ()) -> tuple[Order, ...]:
    """The orders of gravity: those that a drafter declares, else those of the model; raises `Problems`."""
    own = tuple(declared)
    if own:
        return own
    root, collector = read_yaml(model_path("gravity.yaml")), Collector()
    found = orders(root, collector)
    collector.raise_if_any()
    return found


def orders(node: Node, collector: Collector) -> tuple[Order, ...]:
    """A list of lists of grounds."""
    if not isinstance(node, Sequence):
        collector.error("source.not-a-list", node.place)
        return ()
    out = []
    for item in node.items:
        if not isinstance(item, Sequence):
            collector.error("source.not-a-list", item.place)
            continue
        out.append(tuple(each.text for each in item.items if isinstance(each, Scalar)))
    return tuple(out)


def sanctions(sides: Sides, declared: Iterable[Order]) -> Iterator[Trouble]:
    """Pairs of grounds where the graver one has become the milder one in its consequences."""
    if not any(_on_return(norm.typed) for norm in (*sides.found.come, *sides.found.gone)):
        return
    pairs = dict.fromkeys((grave, mild) for order in declared for at, grave in enumerate(order)
                          for mild in order[at + 1 :])  # fmt: skip
    new, old = _Waits(sides.new), _Waits(sides.old)
    for grave, mild in pairs:
        sooner, later = new.of(grave), new.of(mild)
        if sooner is None or (later is not None and later <= sooner):
            continue
        before = old.of(grave), old.of(mild)
        if before[0] is not None and (before[1] is None or before[1] > before[0]):
            continue
        goal = new.goal(grave, sooner)
        told = sides.new.possible(goal) if goal else None
        norms = tuple(dict.fromkeys(n.id for n in (*sides.found.come, *sides.found.gone) if _on_return(n.typed)))
        wait = str(_before(later)) if later is not None else str(WAITS[-1])
        facts = sides.told(goal, (), told.facts) if goal and told else None
        yield Trouble(
            "SANCTION_MONOTONICITY", "warn", "logic.sanction", norms, {"grave": (grave,), "mild": (mild,)},
            {"days": str(sooner), "wait": wait}, facts, proved=False, what=f"{grave}<{mild}",
        )  # fmt: skip


def _before(days: int) -> int:
    """The longest of the waits that was tried in vain."""
    at = WAITS.index(days)
    return WAITS[at - 1] if at else 0


def _on_return(typed: Typed) -> bool:
    """Whether a norm speaks of an enrolment and an exclusion together."""
    from compliance.smt.polarity import leading_kinds

    return leading_kinds(typed.expr) >= LEADING


class _Waits:
    """How soon one may come back under one law, by ground."""

    def __init__(self, probe: Probe) -> None:
        self.probe = probe
        self.scope = Scope(probe.law.program)
        self.known: dict[str, int | None] = {}

    def of(self, ground: str) -> int | None:
        """The first of the waits within which there is a lawful return; None where there is none."""
        if ground not in self.known:
            goals = ((days, self.goal(ground, days)) for days in WAITS)
            self.known[ground] = next(
                (days for days, goal in goals if goal and self.probe.possible(goal).outcome == "story"), None
            )
        return self.known[ground]

    def goal(self, ground: str, days: int) -> Typed | None:
        """An exclusion on a ground and a new enrolment within so many days; None where the law has no such ground."""
        text = (
            f"some exclusion_decision x with x.ground = {ground}, some enrolment e with e.date > x.date: "
            f"e.date <= x.date + {days} days"
        )
        try:
            return check_expr(parse_expr(text), self.scope)
        except Problems:
            return None


__all__ = ["Order", "orders", "read_gravity", "sanctions"]
