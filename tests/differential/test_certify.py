"""Two solvers on one question: wherever a random norm is always true or never, cvc5 finds so too."""

from __future__ import annotations

from collections import Counter

from compliance.smt.certify import certify, lemmas_hold
from compliance.smt.decide import Case
from compliance.smt.solve import Sat, Unsat, check
from tests.differential.test_encode import CALENDAR, draw
from tests.randomised import random_choice


def test_both_solvers_agree_on_random_norms(scale: int) -> None:
    """On one completion a norm has one value: that it has the other is refuted by both solvers."""
    counts: Counter[str] = Counter()
    for seed in range(150 * scale):
        drawn = draw(seed)
        case = Case(drawn.program, CALENDAR, drawn.timeline)
        conds = {name: case.encode(norm, drawn.profile)[0] for name, norm in drawn.norms.items()}
        case.world.name_all(conds)
        choice = random_choice(drawn.random, drawn.timeline)
        known = {f"{path} as chosen": True for path in case.record.variables}
        for path in case.record.variables:
            case.world.name(f"{path} as chosen", case.record.equals(path, choice[path]))
        for name in [name for name, cond in conds.items() if not isinstance(cond, bool)]:
            value = drawn.truth(name, choice, drawn.profile)
            assert isinstance(check(case.world, {**known, name: value}), Sat)
            assert certify(case.world, {**known, name: value}).outcome == "contradicted"
            assert isinstance(check(case.world, {**known, name: not value}), Unsat)
            counts[certify(case.world, {**known, name: not value}).outcome] += 1
        assert lemmas_hold(case.world.applications)
    print(f"what Z3 refutes, cvc5: {dict(sorted(counts.items()))}")
    assert counts.keys() == {"confirmed"}
    assert counts["confirmed"] > 100 * scale
