"""Records that show what the stored stories do not: that the cases of any two norms about one act can meet, under each
reading alone. They stand in proofs/witnesses.json, written by `python -m compliance.amend.effect.witness`.

A record answers nothing until the evaluator has judged it; a stale file costs time and never an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from compliance.amend.effect.alive import trigger
from compliance.amend.effect.clashes import shared
from compliance.amend.effect.flips import always, stories
from compliance.amend.effect.known import plain_facts, read_facts
from compliance.amend.effect.over import read_so
from compliance.amend.effect.probe import Probe
from compliance.calendar.load import shipped_calendar
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm.facts import Facts
from compliance.norm.program import Typed
from compliance.source.data import data_path

FILE: Final = ("proofs", "witnesses.json")


def read_witnesses() -> tuple[Facts, ...]:
    """The records; none where there is no file."""
    try:
        data = json.loads(data_path(*FILE).read_text(encoding="utf-8"))
        return tuple(read_facts(each) for each in data["records"])
    except (OSError, ValueError, KeyError):
        return ()


def witnesses(law: Law) -> dict[str, Any]:
    """The records that are missing beside the stored stories of a law, as plain values."""
    profile, calendar = law.default_profile, shipped_calendar()
    first = Probe(law, calendar, profile, always(stories(data_path("scenarios"), law).stored))
    turned = [
        first.under({**profile, reading: value}, read_so(law, reading, value))
        for reading, known in law.readings.items()
        for value in known.order
        if value != profile[reading]
    ]
    found: list[Facts] = []
    for probe in (first, *turned):
        known_before = len(probe.records)
        probe.records.extend(found)
        probe.few = False
        for goal in _questions(probe):
            probe.possible(goal)
        found.extend(probe.records[known_before + len(found) :])
    return {"law": law.fingerprint, "records": [plain_facts(facts) for facts in found]}


def _questions(probe: Probe) -> Iterator[Typed]:
    """That the case of a norm arises, and that those of two norms about one act meet."""
    for norm in probe.law.norms:
        goal = trigger(norm, probe)
        if goal is not None:
            yield goal
    for one, other in combinations(probe.law.norms, 2):
        goal = shared(one, other, probe)
        if goal is not None:
            yield goal


def written(found: dict[str, Any]) -> str:
    """The file: a line a record."""
    lines = [json.dumps(each, sort_keys=True) for each in found["records"]]
    return f'{{"law": {json.dumps(found["law"])}, "records": [\n' + ",\n".join(lines) + "\n]}\n"


def main() -> None:
    """Writes the file."""
    data_path(*FILE).write_text(written(witnesses(load_law())), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()


__all__ = ["read_witnesses", "witnesses", "written"]
