"""The lifecycle as JSON, with what the verification found."""

from __future__ import annotations

from typing import Any, Final

from compliance.calendar.days import format_iso
from compliance.check.lifecycle.verify import SLOTS, Fewest, Missing, Partition, Taken, Verification, is_good
from compliance.law.lifecycle.model import Graph, Lifecycle, Step
from compliance.law.lifecycle.structure import structure
from compliance.norm.vocabulary import Words
from compliance.report.jsonform import dump
from compliance.smt.query import GaveUp, Story
from compliance.smt.symbolic import FIRST, LAST

SCHEMA: Final = "reserve.lifecycle/1"


def lifecycle_json(lifecycle: Lifecycle, verification: Verification | None) -> str:
    """The graphs, their shape, and the verification where there was one."""
    graphs = [_graph(graph, verification) for graph in lifecycle.graphs]
    found: dict[str, Any] = {"schema": SCHEMA, "graphs": graphs}
    if verification is not None:
        found["verification"] = _verification(verification)
    return dump(found)


def _graph(graph: Graph, verification: Verification | None) -> dict[str, Any]:
    shape = structure(graph)
    states = [
        {"id": each.id, "words": _words(each.words), "note": _words(each.note) if each.note else None}
        for each in graph.states.values()
    ]
    return {
        "id": graph.id,
        "words": _words(graph.words),
        "start": graph.start,
        "events": list(graph.events),
        "states": states,
        "steps": [_step(step, verification) for step in graph.steps],
        "unreachable": list(shape.unreachable),
        "dead_ends": list(shape.dead_ends),
        "circles": [list(each) for each in shape.circles],
    }


def _step(step: Step, verification: Verification | None) -> dict[str, Any]:
    each = step.transition
    found: dict[str, Any] = {
        "id": step.id, "from": step.source, "to": step.target, "event": each.event, "route": each.route,
        "actor": each.actor, "units": list(each.units), "words": _words(each.words),
        "note": _words(each.note) if each.note else None,
    }  # fmt: skip
    if verification is not None:
        taken, fewest = verification.taken(step), verification.fewest(step)
        found["taken"] = _answer(taken) if taken else None
        found["story"] = _story(taken) if taken else None
        found["fewest_days"] = fewest.days if fewest else None
        found["fewest_is_exact"] = fewest.exact if fewest else None
    return found


def _answer(finding: Taken | Missing | Partition | Fewest) -> str:
    if isinstance(finding.found, GaveUp):
        return f"gave up: {finding.found.reason}"
    return "story" if isinstance(finding.found, Story) else "no story"


def _story(taken: Taken) -> list[dict[str, str]]:
    return [{"date": format_iso(turn.day), "to": turn.target} for turn in taken.turns]


def _verification(verification: Verification) -> dict[str, Any]:
    missing = [finding for finding in verification.findings if isinstance(finding, Missing)]
    states = [finding for finding in verification.findings if isinstance(finding, Partition)]
    return {
        "bound": {"slots": SLOTS, "first": format_iso(FIRST), "last": format_iso(LAST)},
        "readings": dict(verification.profile),
        "ok": not verification.wrong,
        "missing_steps": [
            {"graph": m.graph, "state": m.state, "event": m.event, "answer": _answer(m), "to": m.target}
            for m in missing
            if not is_good(m)
        ],
        "questions": {"missing": len(missing), "states": len(states)},
        "states": [{"graph": s.graph, "question": s.what, "answer": _answer(s)} for s in states],
    }


def _words(words: Words) -> dict[str, str]:
    return {"en": words.en, "ru": words.ru}
