"""The JSON Schema of scenario files (draft 2020-12), for editors; made from the vocabulary and the readers' own keys.

It knows the shape of a file, not the calendar and not what refers to what: the reader remains the judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from attrs import frozen

from compliance.norm.types import Bool, Date, Enum, Items, Position, Quarter, Ref
from compliance.norm.vocabulary import Attribute, Lang, Vocabulary
from compliance.timeline.attributes import NONE, UNKNOWN
from compliance.timeline.events import MOST_EVENTS
from compliance.timeline.expectation import ANSWERS, EXPECT, PENDING, PROPOSAL, VERDICTS
from compliance.timeline.lexicon import Lexicon
from compliance.timeline.record import MOST_POSITIONS, RECORD, SHARED
from compliance.timeline.scenario import MOST_OFFICERS, WHOLE

Schema = dict[str, Any]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"

_SINGLE: Final = r"[0-9]{4}(-([0-9]{2}|XX)(-([0-9]{2}|XX))?)?"
_DATE: Final = rf"^({UNKNOWN}|{_SINGLE}(/({_SINGLE}|\.\.))?|\.\./{_SINGLE}|\[.*\])$"
_CHOICE: Final = rf"^({_SINGLE}|({_SINGLE})?\.\.({_SINGLE})?)$"
_YEAR: Final[Schema] = {"type": "integer", "minimum": 1900, "maximum": 2199}
_TEXT: Final[Schema] = {"type": ["string", "integer"]}

_DEFS: Final[Mapping[str, Schema]] = {
    "day": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "date": {
        "anyOf": [
            {"type": "string", "pattern": _DATE},
            _YEAR,
            {"type": "array", "minItems": 1, "items": {"anyOf": [{"type": "string", "pattern": _CHOICE}, _YEAR]}},
        ]
    },
    "quarter": {"type": "string", "pattern": "^[0-9]{4}Q[1-4]$"},
    "unknown": {"const": UNKNOWN},
    "text": _TEXT,
    "words": {
        "type": "object",
        "properties": {"en": _TEXT, "ru": _TEXT},
        "required": ["en", "ru"],
        "additionalProperties": False,
    },
}


def scenario_schema(lexicon: Lexicon, lang: Lang = "en") -> Schema:
    """The schema as plain values, described in the words of one language."""
    return _Writer(lexicon, lang).schema()


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: Mapping[str, Schema], required: Iterable[str] = ()) -> Schema:
    shape: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    return {**shape, "required": list(required)} if required else shape


def _list(items: Schema, **limits: object) -> Schema:
    return {"type": "array", "items": items, **limits}


def _one_of(known: Iterable[str] | None) -> Schema:
    """One of the known words, or any text where they are not known."""
    return {"enum": list(known)} if known is not None else _ref("text")


@frozen
class _Writer:
    lexicon: Lexicon
    lang: Lang

    @property
    def vocabulary(self) -> Vocabulary:
        return self.lexicon.vocabulary

    def schema(self) -> Schema:
        keys, enumerations = self.keys(), self.vocabulary.enumerations
        several = (*WHOLE, "officers", "expect", *SHARED)
        return {
            "$schema": DRAFT,
            "title": "reserve scenario",
            "type": "object",
            "if": {"required": ["officers"]},
            "then": _object({key: keys[key] for key in several}, ("officers",)),
            "else": _object({key: keys[key] for key in (*WHOLE, *RECORD)}, ("officer", "events")),
            "$defs": {
                **_DEFS,
                **{f"kind_{name}": self.event(name) for name in self.vocabulary.kinds},
                **{f"values_{name}": {"enum": list(found.values)} for name, found in enumerations.items()},
                "kinds": _list({"enum": list(self.vocabulary.kinds)}, uniqueItems=True),
                "event": {"oneOf": [_ref(f"kind_{name}") for name in self.vocabulary.kinds]},
                "events": _list(_ref("event"), maxItems=MOST_EVENTS),
                "proposals": _list({**_ref("event"), "properties": {"occurred": False}}, maxItems=MOST_EVENTS),
                "officer": _object({"id": _ref("text"), **self.attributes(self.vocabulary.officer)}, ("id",)),
                "position": _object(self.attributes(self.vocabulary.position)),
                "expect": self.expect(),
                "record": _object({key: keys[key] for key in RECORD}, ("officer", "events")),
            },
        }  # fmt: skip

    def keys(self) -> dict[str, Schema]:
        """The schema of each key of a file."""
        position_names = {"pattern": r"^[^\W_][\w-]{0,59}$", "not": {"enum": [UNKNOWN, NONE]}}
        positions: Schema = {
            "type": "object",
            "additionalProperties": _ref("position"),
            "maxProperties": MOST_POSITIONS,
        }
        return {
            "title": {"anyOf": [_ref("text"), _ref("words")]},
            "as_of": _ref("day"),
            "officer": _ref("officer"),
            "positions": {**positions, "propertyNames": position_names},
            "events": _ref("events"),
            "propose": _ref("proposals"),
            "complete": {"type": "boolean"},
            "may_be_missing": _ref("kinds"),
            "did_not_happen": _ref("kinds"),
            "readings": self.readings(),
            "law": self.law(),
            "published": _ref("day"),
            "expect": _ref("expect"),
            "officers": _list(_ref("record"), minItems=1, maxItems=MOST_OFFICERS),
        }

    def readings(self) -> Schema:
        if self.lexicon.readings is None:
            return {"type": "object", "additionalProperties": _ref("text")}
        return _object({name: {"enum": list(values)} for name, values in sorted(self.lexicon.readings.items())})

    def law(self) -> Schema:
        """A version; a name that is a number may be written without quotes."""
        if self.lexicon.laws is None:
            return _ref("text")
        laws = sorted(self.lexicon.laws)
        return {"enum": [*laws, *(int(law) for law in laws if law.isdecimal())]}

    def event(self, name: str) -> Schema:
        kind = self.vocabulary.kinds[name]
        own = {"type": {"const": name}, "date": _ref("date"), "occurred": {"enum": [True, UNKNOWN]}}
        shape = _object({**own, **self.attributes(kind.attributes)}, ("type", "date"))
        return {"description": kind.words[self.lang], **shape}

    def attributes(self, attributes: Mapping[str, Attribute]) -> dict[str, Schema]:
        return {
            name: {"description": attribute.words[self.lang], **self.value(attribute)}
            for name, attribute in attributes.items()
        }

    def value(self, attribute: Attribute) -> Schema:
        none: list[Schema] = [{"const": NONE}] if attribute.optional else []
        match attribute.type:
            case Date():
                return {"anyOf": [_ref("date"), *none]}
            case Items(name=name):
                listed = _list(_ref(f"values_{name}"), uniqueItems=True)
                partly = _object({"sure": listed, "maybe": listed}, ("maybe",))
                return {"anyOf": [listed, partly, _ref("unknown"), *none]}
            case Bool():
                single: Schema = {"type": "boolean"}
            case Enum(name=name):
                single = _ref(f"values_{name}")
            case Quarter():
                single = _ref("quarter")
            case Position() | Ref() | _:
                single = _ref("text")
        choice = {"anyOf": [single, *none]} if none else single
        several = _object({"one_of": _list(choice, minItems=2, uniqueItems=True)}, ("one_of",))
        return {"anyOf": [single, _ref("unknown"), *none, several]}

    def expect(self) -> Schema:
        unit, verdict = _one_of(self.lexicon.units and sorted(self.lexicon.units)), {"enum": list(VERDICTS)}
        pending = {"unit": unit, "by": _ref("day")}
        proposal = {"answer": {"enum": list(ANSWERS)}, "from": _ref("day"), "units": _list(unit)}
        by_value = {"type": "object", "additionalProperties": verdict}
        keys: dict[str, Schema] = {
            "verdict": verdict,
            "units": _list(unit),
            "depends_on": {"type": "object", "additionalProperties": by_value},
            "missing": _list({"type": "string"}),
            "pending": _list(_object({key: pending[key] for key in PENDING}, ("unit",))),
            "proposal": _object({key: proposal[key] for key in PROPOSAL}, ("answer",)),
            "notices": _list(_ref("text")),
        }
        return _object({key: keys[key] for key in EXPECT})
