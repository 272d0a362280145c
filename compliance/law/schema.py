"""JSON Schemas for the files of model/, so that an editor can help to write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from compliance.law.model import UNIT_KINDS, WHYS
from compliance.norm.vocabulary import Vocabulary

Schema: TypeAlias = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
UNIT_ID: Final = (
    r"^p[1-9][0-9]*(-[1-9][0-9]*)*(\.part[1-9][0-9]*)?(\.sub[1-9][0-9]*(-[1-9][0-9]*)*)?"
    r"(\.dash[1-9][0-9]*)?(\.s[1-9][0-9]*)?$"
)
NORM_ID: Final = UNIT_ID.removesuffix("$") + r"(\.[a-z][a-z0-9_]*)?$"
NAME: Final = r"^[a-z][a-z0-9_]*$"
DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"

TEXT: Final[Schema] = {"type": "string", "minLength": 1}


def model_schemas(vocabulary: Vocabulary) -> dict[str, Schema]:
    """A schema for each kind of file, by the file's name; `rules/*.yaml` stands for all files of units."""
    schemas = {
        "rules/*.yaml": _rules(vocabulary),
        "rules/chapters.yaml": _chapters(),
        "definitions.yaml": _definitions(vocabulary),
        "readings.yaml": _list(_reading()),
        "notices.yaml": _list(_notice()),
        "world.yaml": _list(_fact()),
        "versions.yaml": _list(_version()),
        "vocabulary.yaml": _vocabulary(),
        "checklist.yaml": _checklist(),
    }
    return {name: {"$schema": DIALECT, "title": name, **schema} for name, schema in schemas.items()}


def _object(needed: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    properties = {**needed, **(optional or {})}
    return {"type": "object", "properties": properties, "required": list(needed), "additionalProperties": False}


def _map(values: Schema, keys: str = NAME) -> Schema:
    return {"type": "object", "propertyNames": {"pattern": keys}, "additionalProperties": values}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(words: Sequence[str]) -> Schema:
    return {"enum": list(words)}


def _pattern(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _words(description: str = "the same words in English and Russian") -> Schema:
    return {**_object({"en": TEXT, "ru": TEXT}), "description": description}


def _formula(description: str = "a formula of the norm language") -> Schema:
    return {**TEXT, "description": description}


def _norm() -> dict[str, Schema]:
    return {
        "norm": _formula(),
        "fails": _words("how it is broken, with `{x.date}` for the terms of the leading bindings"),
        "open": {**_one_of(("pending", "ahead")), "default": "pending"},
        "judged": {**_one_of(("event", "always")), "default": "event"},
    }


def _rules(vocabulary: Vocabulary) -> Schema:
    actors = vocabulary.enumerations.get("actor")
    norm = _norm()
    item = _object({"norm": norm["norm"]}, {"id": _pattern(NORM_ID), **norm})
    parameter = _object(
        {
            "value": _pattern(r"^([0-9]+ (year|month|working day|day)s?( |$))+$|^day [0-9]{1,2} of month [1-3]$"),
            "words": {**TEXT, "description": "the words of the official Russian text that carry the value"},
        }
    )
    unit = _object(
        {
            "id": _pattern(UNIT_ID),
            "kind": _one_of(UNIT_KINDS),
            "bearer": _list(_one_of(tuple(actors.values)) if actors else TEXT),
            "text": _words("the official Russian words and their translation"),
        },
        {
            "note": _words("how the words were understood"),
            "no_norm": _object({"why": _one_of(WHYS), "en": TEXT, "ru": TEXT}),
            "parameters": _map(parameter),
            "readings": _list(_pattern(NAME)),
            "norms": _list(item),
            **norm,
        },
    )
    return _object({"units": _list(unit)})


def _chapters() -> Schema:
    return _object({"chapters": _list(_object({"id": TEXT, "first": _pattern(UNIT_ID), "text": _words()}))})


def _definitions(vocabulary: Vocabulary) -> Schema:
    notion = _object(
        {
            "kind": _one_of(vocabulary.kind_names()),
            "var": _pattern(NAME),
            "where": _formula("the condition that narrows the kind"),
            "words": _words(),
        }
    )
    definition = _object(
        {"define": {**TEXT, "examples": ["last_day(p: quarter_day, q: quarter): date"]}, "is": _formula()},
        {"says": _words("a sentence with `{p}` for each parameter"), "note": _words()},
    )
    return _object({}, {"notions": _map(notion), "definitions": _list(definition)})


def _reading() -> Schema:
    return _object(
        {
            "id": _pattern(NAME),
            "words": {**TEXT, "description": "the official Russian words that leave the question open"},
            "question": _words(),
            "values": {**_map(_words()), "minProperties": 2},
            "default": {**TEXT, "description": "one of the values, or `none` where the text supports no default"},
            "units": _list(_pattern(UNIT_ID)),
            "parts": _words("the case in which the values give different verdicts"),
        }
    )


def _notice() -> Schema:
    needed = {"id": TEXT, "severity": _one_of(("notice", "contradiction")), "norm": _formula(), "fails": _words()}
    return _object(needed, {"units": _list(_pattern(UNIT_ID))})


def _fact() -> Schema:
    return _object({"id": TEXT, "says": _words(), "norm": _formula()})


def _version() -> Schema:
    day = _pattern(DAY)
    publication = _object(
        {
            "publication": _object({"earliest": day, "latest": day}),
            "plus_days": {"type": "integer", "minimum": 0, "maximum": 366},
        }
    )
    in_force = {"anyOf": [day, publication]}
    return _object({"id": TEXT, "title": _words(), "act": TEXT, "signed": day, "in_force": in_force})


def _vocabulary() -> Schema:
    attribute = _object(
        {"type": TEXT, "en": TEXT, "ru": TEXT},
        {"default": TEXT, "open_without": _pattern(NAME), "stipulated": {"type": "boolean"}},
    )
    kind = _object(
        {"words": _words()},
        {
            "group": TEXT,
            "judgement": {"type": "boolean"},
            "question": _words("whether such an event took place at all"),
            "attributes": _map(attribute),
        },
    )
    same = _object({"body": TEXT, "actors": {**_list(TEXT), "minItems": 2, "maxItems": 2}})
    return _object(
        {
            "enumerations": _map(_map(_words(), r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")),
            "kinds": _map(kind),
            "officer": _map(attribute),
            "position": _map(attribute),
        },
        {"groups": _map(_list(TEXT)), "same_actor": _list(same), "undeclared_post": {"type": "object"}},
    )


def _checklist() -> Schema:
    unit = _pattern(UNIT_ID)
    needed = {"units": _list(unit), "breakable": _list(unit)}
    return _object(needed, {"unmentioned": _map(_words("why no formula mentions these events"))})
