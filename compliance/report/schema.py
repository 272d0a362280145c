"""The parts of which the JSON Schemas of results are made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

Json = dict[str, Any]
DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def object_of(properties: Json, optional: Iterable[str] = ()) -> Json:
    """An object with these keys and no others; those of `optional` may be missing."""
    required = [name for name in properties if name not in set(optional)]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def list_of(items: Json) -> Json:
    """A list of any length."""
    return {"type": "array", "items": items}


def map_of(values: Json) -> Json:
    """An object with any keys."""
    return {"type": "object", "additionalProperties": values}


def maybe(what: Json) -> Json:
    """A value or null."""
    return {"anyOf": [what, {"type": "null"}]}


TEXT: Final[Json] = {"type": "string"}
FLAG: Final[Json] = {"type": "boolean"}
COUNT: Final[Json] = {"type": "integer", "minimum": 0}
NUMBER: Final[Json] = {"type": "integer"}
DAY: Final[Json] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
WORDS: Final[Json] = object_of({"en": TEXT, "ru": TEXT})

__all__ = [
    "COUNT", "DAY", "DRAFT", "FLAG", "NUMBER", "TEXT", "WORDS", "Json", "list_of", "map_of", "maybe", "object_of",
]  # fmt: skip
