"""The days that failures hold against each other: by columns what the evaluator's blame says of every finding."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from compliance.audit.options import AuditOptions
from compliance.audit.run import Audit
from compliance.bulk.registers.generate import write_register
from compliance.bulk.registers.quarantine import Quarantine
from compliance.bulk.sides import EARLY
from compliance.bulk.unpack import unpack
from compliance.calendar.days import NEVER
from compliance.check.judge import KnownJudge
from compliance.norm.ast import Quant
from compliance.norm.blame import Failure, Part, blame, pending
from compliance.norm.evaluate import Evaluator
from compliance.norm.walk import nodes

FULL = 400


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    folder = tmp_path_factory.mktemp("sides")
    write_register(folder / "register.csv", FULL, seed=3)
    audit = Audit(folder / "register.csv", AuditOptions(workers=1), folder)
    audit.read()
    return audit


def compared(evaluator: Evaluator, failure: Failure, parts: tuple[Part, ...]) -> Iterator[int]:
    """How many days lie between the two sides of each part that fails."""
    for part in parts:
        days = [side.value for side in part.sides if isinstance(side.value, int) and EARLY < side.value < NEVER]
        if part.reason == "either":
            yield from compared(evaluator, failure, part.parts)
        elif part.reason == "comparison" and not part.holds and len(days) == 2:
            yield abs(days[0] - days[1])
        elif part.reason == "due" and not part.holds and days:
            quants = (each for each in nodes(part.expr) if isinstance(each, Quant) and each.mode == "some")
            kind = next(quants).kind
            acts = [event.date for event in evaluator.facts.events if event.kind == kind and event.date > days[0]]
            yield min(acts, default=evaluator.facts.as_of) - days[0]


def test_days_by_columns_are_the_days_of_blame(audit: Audit) -> None:
    law, default = audit.setting.law, audit.engine.readings.default
    part = audit.engine.judge(audit.register.block(0, audit.as_of, Quarantine()))
    cells, seen = part.judged.cells, {"violated": 0, "late": 0, "due": 0}
    for at, (name, unit, verdict) in enumerate(cells.verdicts(part.packed)):
        officer = int(cells.officer[at])
        if not part.packed.certain[officer] or verdict not in ("violated", "pending"):
            continue
        judge = KnownJudge(law.program, audit.setting.calendar, unpack(part.packed, officer).facts())
        evaluator, norms = judge.evaluator(default), law.norms_of(unit)
        late = [
            days
            for norm in norms
            for failure in blame(evaluator, norm.typed)
            for days in compared(evaluator, failure, failure.parts)
        ]
        if verdict == "violated":
            seen["violated"] += 1
            seen["late"] += bool(late)
            days = abs(int(cells.day[at]) - int(cells.limit[at])) if cells.limit[at] else None
            assert days == max(late, default=None), (name, unit)
        else:
            seen["due"] += 1
            assert int(cells.due[at]) == min(d.day for norm in norms for d in pending(evaluator, norm.typed))
    assert seen["violated"] > 15
    assert seen["late"] > 8
    assert seen["due"] > 0


def test_some_officers_are_judged_as_among_all(audit: Audit) -> None:
    """Officers taken out of a packed register keep their verdicts."""
    packed = audit.engine.pack(audit.register.block(0, audit.as_of, Quarantine()))
    whole = audit.engine.statuses.run(packed).cells
    chosen = sorted({*range(0, len(packed), 7), *whole.officer.tolist()[::3]})
    import numpy as np

    some = packed.take(np.array(chosen, dtype=np.intp))
    assert some.ids == tuple(packed.ids[at] for at in chosen)
    found = set(audit.engine.statuses.run(some).cells.verdicts(some))
    wanted = {each for each in whole.verdicts(packed) if each[0] in set(some.ids)}
    assert found == wanted
    assert len(wanted) > 5
