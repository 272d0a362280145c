"""The JSON Schemas of what `reserve amend` writes: a report or a list of them, the answers for a parameter, an act."""

from __future__ import annotations

from typing import Final, get_args

from compliance.amend.effect.report import SCHEMA
from compliance.amend.effect.theorems import How, Result
from compliance.amend.finding import WEIGHTS, Verdict
from compliance.report.schema import (
    COUNT,
    DAY,
    DRAFT,
    FLAG,
    NUMBER,
    TEXT,
    WORDS,
    Json,
    list_of,
    map_of,
    maybe,
    object_of,
)


def amend_schema() -> Json:
    """One report, or the list of them that several amendments give."""
    return {"$schema": DRAFT, "title": SCHEMA, "anyOf": [_REPORT, list_of(_REPORT)]}


def solve_schema() -> Json:
    """The answers of `--solve`."""
    title = "reserve.amend.solve/1"
    edge = object_of({"at": TEXT, "code": TEXT, "message": WORDS, "story": maybe(_STORY)})
    answer = object_of({"ranges": list_of(object_of({"from": TEXT, "to": TEXT})), "edges": list_of(edge)})
    return {"$schema": DRAFT, "title": title, **object_of({
        "schema": {"const": title}, "unit": TEXT, "parameter": TEXT, "now": TEXT, "words": TEXT,
        "between": list_of(TEXT), "tried": list_of(TEXT), "answers": map_of(answer),
    })}  # fmt: skip


def act_schema() -> Json:
    """The answers of `--act`."""
    title = "reserve.amend.act/1"
    check = object_of({"check": WORDS, "holds": FLAG, "of": list_of(TEXT)})
    listed = object_of({"number": TEXT, "item": TEXT, "act": TEXT, "operation": TEXT, "place": WORDS,
                      "derived": maybe(WORDS), "not_derived": maybe(WORDS)})  # fmt: skip
    unknown = object_of({"of": TEXT, "en": TEXT, "ru": TEXT})
    return {"$schema": DRAFT, "title": title, **object_of({
        "schema": {"const": title}, "act": TEXT, "operations": COUNT, "listed": list_of(listed),
        "checks": list_of(check), "not_derivable": list_of(unknown),
    })}  # fmt: skip


_RELATION: Final[Json] = {"enum": ["equivalent", "stricter", "looser", "incomparable", "not_formalised"]}
_PLACE: Final[Json] = object_of({"file": TEXT, "line": COUNT, "column": COUNT})
_SPOT: Final[Json] = object_of({"file": TEXT, "line": COUNT, "column": COUNT, "end_line": COUNT, "end_column": COUNT})
_EVENT: Final[Json] = {"type": "object", "properties": {"event": TEXT, "date": DAY}, "required": ["event", "date"]}
_STORY: Final[Json] = object_of(
    {"officer": {"type": "object"}, "positions": map_of({"type": "object"}), "events": list_of(_EVENT), "as_of": DAY}
)
_PROBLEM: Final[Json] = object_of({
    "code": TEXT, "severity": TEXT, "place": maybe(_SPOT), "message": WORDS, "fields": map_of(TEXT),
    "expected": list_of(TEXT), "suggestion": maybe(TEXT),
    "chain": list_of(object_of({"code": TEXT, "place": maybe(_SPOT), "message": TEXT})),
})  # fmt: skip
_FINDING: Final[Json] = object_of({
    "code": TEXT, "weight": {"enum": list(WEIGHTS)}, "units": list_of(TEXT), "quote": TEXT, "message": WORDS,
    "repair": maybe(WORDS), "paste": maybe(TEXT), "formula": maybe(TEXT), "depends_on": list_of(TEXT),
    "not_under": list_of(TEXT), "only_under": list_of(TEXT), "story": maybe({"type": "object"}), "place": maybe(_PLACE),
})  # fmt: skip
_SIZE: Final[Json] = object_of({
    "unit": TEXT, "parameter": TEXT, "before": TEXT, "after": TEXT, "least": NUMBER, "most": NUMBER,
    "when": list_of(object_of({"days": NUMBER, "when": WORDS})), "example": {}, "years": list_of(NUMBER), "says": WORDS,
})  # fmt: skip
_COMPARE: Final[Json] = object_of(
    {
        "whole": _RELATION, "facets": map_of(_RELATION),
        "stories": map_of(object_of({"story": _STORY, "because": list_of(TEXT)})), "bounded": FLAG,
        "under": map_of(_RELATION), "sizes": list_of(_SIZE), "references_followed": maybe(_RELATION),
        "not_formalised": list_of(TEXT),
    },
    optional=("under", "sizes", "references_followed"),
)  # fmt: skip
_MOVED: Final[Json] = object_of({
    "position": TEXT, "effect": TEXT, "act": maybe(TEXT), "cohort": object_of({"from": DAY, "to": DAY}),
    "first_hit": DAY, "norms": list_of(TEXT), "story": _STORY,
})  # fmt: skip
_FLIP: Final[Json] = object_of(
    {"file": TEXT, "officer": TEXT, "title": WORDS, "old": TEXT, "new": TEXT, "norms": list_of(TEXT),
     "transitional": {}},
    optional=("title",),
)  # fmt: skip
_RESULTS: Final[Json] = {"enum": list(get_args(Result))}
_THEOREM: Final[Json] = object_of(
    {"theorem": TEXT, "says": WORDS, "old": _RESULTS, "new": _RESULTS, "how": {"enum": list(get_args(How))}}
)
_TURNS: Final[Json] = object_of({
    "as_of": DAY, "officers": COUNT,
    "units": list_of(object_of({"unit": TEXT, "direction": TEXT, "officers": COUNT, "examples": list_of(TEXT)})),
})  # fmt: skip
_REGISTER: Final[Json] = object_of({
    "file": TEXT, "rows": COUNT, "officers": COUNT, "as_of": DAY, "left_out": COUNT, "put_aside": map_of(COUNT),
    "open": COUNT, "always": _TURNS, "first_day": maybe(_TURNS),
})  # fmt: skip
_CHANGE: Final[Json] = object_of({
    "unit": TEXT, "was": maybe(TEXT), "status": {"enum": ["changed", "added", "deleted", "moved"]},
    "segments": list_of({"type": "array", "prefixItems": [{"enum": ["same", "old", "new"]}, TEXT], "minItems": 2,
                       "maxItems": 2}),
})  # fmt: skip
_REPORT: Final[Json] = object_of(
    {
        "schema": {"const": SCHEMA}, "package": TEXT, "title": maybe(TEXT), "applicable": FLAG,
        "verdict": {"enum": list(get_args(Verdict))}, "in_force": maybe(DAY), "problems": list_of(_PROBLEM),
        "findings": list_of(_FINDING), "conflicts": list_of(list_of(TEXT)), "compare": _COMPARE,
        "dangling": list_of(list_of(TEXT)), "dead": list_of(list_of(TEXT)), "transition": list_of(_MOVED),
        "flips": object_of({"scenarios": list_of(_FLIP), "theorems": list_of(_THEOREM), "carried_over": list_of(TEXT)}),
        "lifecycle": object_of(
            {name: list_of(TEXT) for name in ("lost_steps", "undecided", "unreachable", "stuck")}
        ),
        "register": _REGISTER, "redline": list_of(_CHANGE), "left_alone": list_of(TEXT), "not_checked": list_of(WORDS),
    },
    optional=("register",),
)  # fmt: skip

__all__ = ["act_schema", "amend_schema", "solve_schema"]
