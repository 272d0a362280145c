"""What is known of the stored theorems under the shipped law, kept in proofs/known.json: a core or a story each.

An entry counts only while the theorem and everything it rests on say what they said when it was written; a story counts
only once the evaluator has replayed it. So a stale file costs time and never an answer. Written anew by
`python -m compliance.amend.effect.known`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from compliance.amend.effect.meaning import Meanings
from compliance.calendar.days import NEVER
from compliance.calendar.load import shipped_calendar
from compliance.law.load import load_law
from compliance.law.model import Law
from compliance.norm.facts import Event, Facts
from compliance.norm.program import Profile
from compliance.norm.types import Value
from compliance.prove.questions import Assumed, assumed, natural_values, profile_of, query_of
from compliance.prove.read import read_theorems
from compliance.prove.theorem import Theorem
from compliance.source.data import data_path

FILE: Final = ("proofs", "known.json")


@frozen(eq=False)
class Known:
    """One theorem: the meaning under which it was decided, the formulas it rests on, or the story."""

    meaning: str
    core: tuple[str, ...]
    facts: Facts | None


def meaning_of(theorem: Theorem, under: Assumed, names: Iterable[str], profile: Profile) -> str:
    """What a theorem and some of its assumptions say, as one hash."""
    meanings = Meanings(theorem.program, profile)
    parts = [meanings.formula(theorem.formula), *sorted(meanings.formula(under.formulas[name]) for name in names)]
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:24]


def read_known() -> Mapping[str, Known]:
    """The entries of the file by theorem; none where there is no file."""
    path = data_path(*FILE)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {
        name: Known(each["meaning"], tuple(each["core"]), read_facts(each["story"]) if each["story"] else None)
        for name, each in data.items()
    }


def decided(law: Law) -> dict[str, dict[str, Any]]:
    """Every stored theorem decided under a law, as plain values."""
    from compliance.prove.decide import decide
    from compliance.smt.polish import shortened
    from compliance.smt.query import Impossible, Story

    calendar, natural, out = shipped_calendar(), natural_values(law), dict[str, dict[str, Any]]()
    for theorem in read_theorems([data_path("proofs")], law):
        under, profile = assumed(law, theorem), profile_of(law, theorem)
        query = query_of(law, theorem, calendar, under, {}, natural)
        found = decide(query, (theorem.kind == "possible") == (theorem.expect == "proved"), (1, 2, 3)).answer
        if isinstance(found, Story):
            story = shortened(query, found)
            out[theorem.id] = {"meaning": meaning_of(theorem, under, (), profile), "core": [],
                               "story": plain_facts(story.facts)}  # fmt: skip
        elif isinstance(found, Impossible):
            meaning = meaning_of(theorem, under, found.core, profile)
            out[theorem.id] = {"meaning": meaning, "core": list(found.core), "story": None}
    return out


def plain_facts(facts: Facts) -> dict[str, Any]:
    """A record as plain values."""
    return {
        "officer": _attrs(facts.officer),
        "positions": {name: _attrs(attrs) for name, attrs in facts.positions.items()},
        "events": [[e.kind, e.date, _attrs(e.attrs)] for e in facts.events],
        "as_of": facts.as_of,
        "in_force": facts.in_force,
    }


def read_facts(data: Mapping[str, Any]) -> Facts:
    """The record behind plain values."""
    events = (Event(kind, date, _values(attrs), at) for at, (kind, date, attrs) in enumerate(data["events"]))
    positions = {name: _values(attrs) for name, attrs in data["positions"].items()}
    return Facts(_values(data["officer"]), positions, tuple(events), data["as_of"], data["in_force"], NEVER)


def _attrs(attrs: Mapping[str, Value]) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in attrs.items()}


def _values(attrs: Mapping[str, Any]) -> dict[str, Value]:
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in attrs.items()}


def main() -> None:
    """Writes the file."""
    text = json.dumps(decided(load_law()), ensure_ascii=False, indent=1, sort_keys=True)
    data_path(*FILE).write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
