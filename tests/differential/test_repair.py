"""Repairs of random records: replayed, nothing else broken, and no cheaper one exists."""

from __future__ import annotations

from collections import Counter

import z3

from compliance.norm.evaluate import Evaluator
from compliance.norm.program import Typed
from compliance.smt.decide import Case
from compliance.smt.relax import relax
from compliance.smt.repair import NoRepair, Repair, repair
from compliance.smt.solve import Unsat, check
from compliance.smt.terms import not_
from tests.differential.test_encode import CALENDAR, Draw, draw


def is_cheaper_impossible(drawn: Draw, broken: dict[str, Typed], kept: dict[str, Typed], cost: int) -> bool:
    """Asked in one go, without cores: does any change of the same events cost less?"""
    near = frozenset().union(*(norm.kinds for norm in broken.values()))
    every = frozenset(slot.kind for slot in drawn.timeline.slots)
    relaxed = relax(drawn.timeline, drawn.program.vocabulary, near & every)
    case = Case(drawn.program, CALENDAR, relaxed.timeline)
    for name, norm in {**broken, **kept}.items():
        case.world.name(name, case.encode(norm, drawn.profile)[0])
    costs = []
    for soft in relaxed.softs:
        changed = not_(soft.kept(case.record))
        assert not isinstance(changed, bool)
        costs.append((changed, soft.cost))
    case.world.name("cheaper", z3.PbLe(costs, cost - 1) if costs else cost > 0)
    return isinstance(check(case.world, dict.fromkeys((*broken, *kept, "cheaper"), True)), Unsat)


def repaired(drawn: Draw, broken: dict[str, Typed], kept: dict[str, Typed]) -> Counter[str]:
    found = repair(drawn.program, CALENDAR, drawn.timeline, broken, kept, drawn.profile)
    if isinstance(found, NoRepair):
        assert is_cheaper_impossible(drawn, broken, kept, 10_000)
        return Counter(none=1)
    assert isinstance(found, Repair)
    assert is_cheaper_impossible(drawn, broken, kept, found.cost)
    after = Evaluator(drawn.program, CALENDAR, found.facts, drawn.profile)
    assert all(after.truth(norm.expr, {}) for norm in (*broken.values(), *kept.values()))
    return Counter(["repaired", *(change.step for change in found.changes)])


def test_no_repair_is_cheaper(scale: int) -> None:
    counts: Counter[str] = Counter()
    for seed in range(150 * scale):
        drawn = draw(seed)
        if not drawn.timeline.certain:
            continue
        before = Evaluator(drawn.program, CALENDAR, drawn.timeline.facts(), drawn.profile)
        kept = {name: norm for name, norm in drawn.norms.items() if before.truth(norm.expr, {})}
        for name in [name for name in drawn.norms if name not in kept]:
            counts += repaired(drawn, {name: drawn.norms[name]}, kept)
    print(f"repairs and their changes: {dict(sorted(counts.items()))}")
    assert counts["repaired"] > 15 * scale
    assert counts["move"] > 2 * scale
    assert counts["set"] > 2 * scale
