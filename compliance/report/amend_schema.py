"""The JSON Schemas of what `reserve amend` writes: a report or a list of them, the answers for a parameter, an act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, get_args

from compliance.amend.effect.report import SCHEMA
from compliance.amend.effect.theorems import How, Result
from compliance.amend.finding import WEIGHTS, Verdict

Json = dict[str, Any]
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def amend_schema() -> Json:
    """One report, or the list of them that several amendments give."""
    return {"$schema": DRAFT, "title": SCHEMA, "anyOf": [_REPORT, _list(_REPORT)]}


def solve_schema() -> Json:
    """The answers of `--solve`."""
    title = "reserve.amend.solve/1"
    edge = _object({"at": _TEXT, "code": _TEXT, "message": _WORDS, "story": _maybe(_STORY)})
    answer = _object({"ranges": _list(_object({"from": _TEXT, "to": _TEXT})), "edges": _list(edge)})
    return {"$schema": DRAFT, "title": title, **_object({
        "schema": {"const": title}, "unit": _TEXT, "parameter": _TEXT, "now": _TEXT, "words": _TEXT,
        "between": _list(_TEXT), "tried": _list(_TEXT), "answers": _map(answer),
    })}  # fmt: skip


def act_schema() -> Json:
    """The answers of `--act`."""
    title = "reserve.amend.act/1"
    check = _object({"check": _WORDS, "holds": _FLAG, "of": _list(_TEXT)})
    listed = _object({"number": _TEXT, "item": _TEXT, "act": _TEXT, "operation": _TEXT, "place": _WORDS,
                      "derived": _maybe(_WORDS), "not_derived": _maybe(_WORDS)})  # fmt: skip
    unknown = _object({"of": _TEXT, "en": _TEXT, "ru": _TEXT})
    return {"$schema": DRAFT, "title": title, **_object({
        "schema": {"const": title}, "act": _TEXT, "operations": _COUNT, "listed": _list(listed),
        "checks": _list(check), "not_derivable": _list(unknown),
    })}  # fmt: skip


def _object(properties: Json, optional: Iterable[str] = ()) -> Json:
    required = [name for name in properties if name not in set(optional)]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _map(values: Json) -> Json:
    return {"type": "object", "additionalProperties": values}


def _maybe(what: Json) -> Json:
    return {"anyOf": [what, {"type": "null"}]}


_TEXT: Final[Json] = {"type": "string"}
_FLAG: Final[Json] = {"type": "boolean"}
_COUNT: Final[Json] = {"type": "integer", "minimum": 0}
_NUMBER: Final[Json] = {"type": "integer"}
_DAY: Final[Json] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_WORDS: Final[Json] = _object({"en": _TEXT, "ru": _TEXT})
_RELATION: Final[Json] = {"enum": ["equivalent", "stricter", "looser", "incomparable", "not_formalised"]}
_PLACE: Final[Json] = _object({"file": _TEXT, "line": _COUNT, "column": _COUNT})
_SPOT: Final[Json] = _object(
    {"file": _TEXT, "line": _COUNT, "column": _COUNT, "end_line": _COUNT, "end_column": _COUNT}
)
_EVENT: Final[Json] = {"type": "object", "properties": {"event": _TEXT, "date": _DAY}, "required": ["event", "date"]}
_STORY: Final[Json] = _object(
    {"officer": {"type": "object"}, "positions": _map({"type": "object"}), "events": _list(_EVENT), "as_of": _DAY}
)
_PROBLEM: Final[Json] = _object({
    "code": _TEXT, "severity": _TEXT, "place": _maybe(_SPOT), "message": _WORDS, "fields": _map(_TEXT),
    "expected": _list(_TEXT), "suggestion": _maybe(_TEXT),
    "chain": _list(_object({"code": _TEXT, "place": _maybe(_SPOT), "message": _TEXT})),
})  # fmt: skip
_FINDING: Final[Json] = _object({
    "code": _TEXT, "weight": {"enum": list(WEIGHTS)}, "units": _list(_TEXT), "quote": _TEXT, "message": _WORDS,
    "repair": _maybe(_WORDS), "paste": _maybe(_TEXT), "formula": _maybe(_TEXT), "depends_on": _list(_TEXT),
    "not_under": _list(_TEXT), "only_under": _list(_TEXT), "story": _maybe({"type": "object"}), "place": _maybe(_PLACE),
})  # fmt: skip
_SIZE: Final[Json] = _object({
    "unit": _TEXT, "parameter": _TEXT, "before": _TEXT, "after": _TEXT, "least": _NUMBER, "most": _NUMBER,
    "when": _list(_object({"days": _NUMBER, "when": _WORDS})), "example": {}, "years": _list(_NUMBER), "says": _WORDS,
})  # fmt: skip
_COMPARE: Final[Json] = _object(
    {
        "whole": _RELATION, "facets": _map(_RELATION),
        "stories": _map(_object({"story": _STORY, "because": _list(_TEXT)})), "bounded": _FLAG,
        "under": _map(_RELATION), "sizes": _list(_SIZE), "references_followed": _maybe(_RELATION),
        "not_formalised": _list(_TEXT),
    },
    optional=("under", "sizes", "references_followed"),
)  # fmt: skip
_MOVED: Final[Json] = _object({
    "position": _TEXT, "effect": _TEXT, "act": _maybe(_TEXT), "cohort": _object({"from": _DAY, "to": _DAY}),
    "first_hit": _DAY, "norms": _list(_TEXT), "story": _STORY,
})  # fmt: skip
_FLIP: Final[Json] = _object(
    {"file": _TEXT, "officer": _TEXT, "title": _WORDS, "old": _TEXT, "new": _TEXT, "norms": _list(_TEXT),
     "transitional": {}},
    optional=("title",),
)  # fmt: skip
_RESULTS: Final[Json] = {"enum": list(get_args(Result))}
_THEOREM: Final[Json] = _object(
    {"theorem": _TEXT, "says": _WORDS, "old": _RESULTS, "new": _RESULTS, "how": {"enum": list(get_args(How))}}
)
_TURNS: Final[Json] = _object({
    "as_of": _DAY, "officers": _COUNT,
    "units": _list(_object({"unit": _TEXT, "direction": _TEXT, "officers": _COUNT, "examples": _list(_TEXT)})),
})  # fmt: skip
_REGISTER: Final[Json] = _object({
    "file": _TEXT, "rows": _COUNT, "officers": _COUNT, "as_of": _DAY, "left_out": _COUNT, "put_aside": _map(_COUNT),
    "open": _COUNT, "always": _TURNS, "first_day": _maybe(_TURNS),
})  # fmt: skip
_CHANGE: Final[Json] = _object({
    "unit": _TEXT, "was": _maybe(_TEXT), "status": {"enum": ["changed", "added", "deleted", "moved"]},
    "segments": _list({"type": "array", "prefixItems": [{"enum": ["same", "old", "new"]}, _TEXT], "minItems": 2,
                       "maxItems": 2}),
})  # fmt: skip
_REPORT: Final[Json] = _object(
    {
        "schema": {"const": SCHEMA}, "package": _TEXT, "title": _maybe(_TEXT), "applicable": _FLAG,
        "verdict": {"enum": list(get_args(Verdict))}, "in_force": _maybe(_DAY), "problems": _list(_PROBLEM),
        "findings": _list(_FINDING), "conflicts": _list(_list(_TEXT)), "compare": _COMPARE,
        "dangling": _list(_list(_TEXT)), "dead": _list(_list(_TEXT)), "transition": _list(_MOVED),
        "flips": _object({"scenarios": _list(_FLIP), "theorems": _list(_THEOREM), "carried_over": _list(_TEXT)}),
        "lifecycle": _object(
            {name: _list(_TEXT) for name in ("lost_steps", "undecided", "unreachable", "stuck")}
        ),
        "register": _REGISTER, "redline": _list(_CHANGE), "left_alone": _list(_TEXT), "not_checked": _list(_WORDS),
    },
    optional=("register",),
)  # fmt: skip

__all__ = ["act_schema", "amend_schema", "solve_schema"]
