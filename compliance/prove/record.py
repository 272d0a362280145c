"""An answer as JSON and back, exact: what the cache and the proof records hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from compliance.calendar.days import NEVER
from compliance.norm.facts import Event, Facts
from compliance.norm.types import Value
from compliance.norm.vocabulary import Words
from compliance.prove.outcome import Confirmation, Drop, ProofResult, StoryRecord


def to_json(found: ProofResult) -> dict[str, Any]:
    """Every field as plain JSON values."""
    return {
        "theorem": found.theorem,
        "says": _words(found.says),
        "kind": found.kind,
        "expect": found.expect,
        "result": found.result,
        "label": found.label,
        "label_words": _words(found.label_words),
        "core": list(found.core),
        "norms": list(found.norms),
        "world": list(found.world),
        "lemmas": list(found.lemmas),
        "solvers": list(found.solvers),
        "confirmations": [
            {"method": each.method, "outcome": each.outcome, "solver": each.solver, "reason": each.reason}
            for each in found.confirmations
        ],
        "story": _story(found.story) if found.story else None,
        "vacuous": found.vacuous,
        "drops": [{"unit": each.unit, "outcome": each.outcome} for each in found.drops],
        "near_miss": found.near_miss,
        "rests_on": list(found.rests_on),
        "readings": None if found.readings is None else dict(found.readings),
        "slots": found.slots,
        "reason": found.reason,
        "checks": found.checks,
        "rlimit": found.rlimit,
        "events": found.events,
        "unmet": [_words(each) for each in found.unmet],
    }


def from_json(data: Mapping[str, Any]) -> ProofResult:
    """The inverse; ValueError, KeyError or TypeError for anything else."""
    return ProofResult(
        theorem=data["theorem"],
        says=Words(**data["says"]),
        kind=data["kind"],
        expect=data["expect"],
        result=data["result"],
        label=data["label"],
        label_words=Words(**data["label_words"]),
        core=tuple(data["core"]),
        norms=tuple(data["norms"]),
        world=tuple(data["world"]),
        lemmas=tuple(data["lemmas"]),
        solvers=tuple(data["solvers"]),
        confirmations=tuple(Confirmation(**each) for each in data["confirmations"]),
        story=_read_story(data["story"]) if data["story"] else None,
        vacuous=data["vacuous"],
        drops=tuple(Drop(**each) for each in data["drops"]),
        near_miss=data["near_miss"],
        rests_on=tuple(data["rests_on"]),
        readings=data["readings"],
        slots=data["slots"],
        reason=data["reason"],
        checks=data["checks"],
        rlimit=data["rlimit"],
        events=data["events"],
        unmet=tuple(Words(**each) for each in data["unmet"]),
    )


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "ru": words.ru}


def _story(story: StoryRecord) -> dict[str, Any]:
    facts = story.facts
    return {
        "officer": _attrs(facts.officer),
        "positions": {name: _attrs(attrs) for name, attrs in facts.positions.items()},
        "events": [
            {"kind": each.kind, "date": each.date, "attrs": _attrs(each.attrs), "index": each.index}
            for each in facts.events
        ],
        "as_of": facts.as_of,
        "in_force": facts.in_force,
        "readings": dict(story.profile),
    }


def _read_story(data: Mapping[str, Any]) -> StoryRecord:
    facts = Facts(
        officer=_read_attrs(data["officer"]),
        positions={name: _read_attrs(attrs) for name, attrs in data["positions"].items()},
        events=tuple(
            Event(each["kind"], each["date"], _read_attrs(each["attrs"]), each["index"]) for each in data["events"]
        ),
        as_of=data["as_of"],
        in_force=data["in_force"],
        replaced=NEVER,
    )
    return StoryRecord(facts, dict(data["readings"]))


def _attrs(attrs: Mapping[str, Value]) -> dict[str, Any]:
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in attrs.items()}


def _read_attrs(attrs: Mapping[str, Any]) -> dict[str, Value]:
    return {name: frozenset(value) if isinstance(value, list) else value for name, value in attrs.items()}


__all__ = ["from_json", "to_json"]
