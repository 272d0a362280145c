"""A small vocabulary that has one of everything: each type, each default, a group, notions, readings, parameters.

Used by `tests.randomised`; nothing in it is law.
"""

from __future__ import annotations

from typing import Final

from compliance.norm.parse import parse_expr
from compliance.norm.program import Notion
from compliance.norm.types import (
    BOOL,
    DATE,
    POSITION,
    QUARTER,
    REF,
    Enum,
    Items,
    Period,
    QuarterDay,
    Type,
    Value,
)
from compliance.norm.vocabulary import Attribute, Default, Enumeration, Kind, Vocabulary, Words


def _same(text: str) -> Words:
    return Words(text.replace("_", " "), text.replace("_", " "))


def _enumeration(name: str, *values: str) -> Enumeration:
    return Enumeration(name, {value: _same(value) for value in values})


def _attributes(**given: Type | tuple[Type, Default] | tuple[Type, Default, Value]) -> dict[str, Attribute]:
    found: dict[str, Attribute] = {}
    for name, spec in given.items():
        if not isinstance(spec, tuple):
            found[name] = Attribute(name, spec, _same(name))
        elif len(spec) == 2:
            found[name] = Attribute(name, spec[0], _same(name), spec[1])
        else:
            found[name] = Attribute(name, spec[0], _same(name), spec[1], spec[2])
    return found


def _kind(name: str, en: str, ru: str, **given: Type | tuple[Type, Default] | tuple[Type, Default, Value]) -> Kind:
    return Kind(name, Words(en, ru), _attributes(**given))


ACTOR, ITEM, OUTCOME, GROUND, BODY = (Enum(name) for name in ("actor", "item", "outcome", "ground", "body"))

VOCABULARY: Final = Vocabulary(
    enumerations={
        each.name: each
        for each in (
            _enumeration("actor", "president", "head", "department", "officer", "other"),
            _enumeration("item", "paper", "photo", "certificate"),
            _enumeration("outcome", "enrol", "refuse"),
            _enumeration("ground", "g1.sub1", "g1.sub2", "g2"),
            _enumeration("body", "army", "guard", "other"),
        )
    },
    kinds={
        each.name: each
        for each in (
            _kind(
                "sent", "sending of the materials", "направление материалов",
                quarter=(QUARTER, "quarter_of_date"), by=ACTOR, position=(POSITION, "none"), contents=Items("item"),
            ),
            _kind(
                "decision", "decision", "решение",
                outcome=OUTCOME, by=(ACTOR, "value", "head"), position=POSITION, quarter=(QUARTER, "none"),
                regular=(BOOL, "value", False), sure=(BOOL, "none"),
            ),
            _kind(
                "penalty", "penalty", "взыскание",
                ref=(REF, "none"), grave=BOOL, ground=(GROUND, "none"), in_force=(DATE, "date"),
            ),
            _kind("lifting", "lifting of a penalty", "снятие взыскания", ref=REF, until=(DATE, "none")),
            _kind("report", "report", "рапорт"),
        )
    },
    groups={"act": frozenset({"sent", "decision"}), "conduct": frozenset({"penalty", "lifting", "report"})},
    officer=_attributes(body=BODY, serving=(BOOL, "value", True), host=(BODY, "none")),
    position=_attributes(listed=BOOL, higher=BOOL, body=(BODY, "none")),
)  # fmt: skip

NOTIONS: Final = (
    Notion("enrolment", "decision", "e", parse_expr("e.outcome = enrol"), Words("enrolment", "зачисление")),
    Notion(
        "live_penalty", "penalty", "p", parse_expr("p.grave and no lifting l with l.ref = p.ref: l.date <= as_of"),
        Words("penalty in force", "действующее взыскание"),
    ),
)  # fmt: skip

READINGS: Final[dict[str, tuple[str, ...]]] = {
    "bound": ("exclusive", "inclusive"),
    "rounding": ("down", "up"),
    "route": ("short", "long", "none"),
}

PARAMS: Final[dict[str, Period | QuarterDay]] = {
    "send_before": QuarterDay(1, 3),
    "list_before": QuarterDay(30, 3),
    "early": QuarterDay(31, 2),
    "longest": Period(36),
    "waiting": Period(3),
    "notice": Period(working_days=10),
    "blend": Period(14, 3, 5),
}

HEADS: Final = (
    ("d_day(p: quarter_day, q: quarter): date", "the day {p} of {q}", "день {p} в {q}"),
    ("d_later(t: date, p: period): date", "{t} and {p}", "{t} и {p}"),
    ("d_late(m: sent, d: date)", "{m} is late on {d}", "{m} опоздало на {d}"),
    ("d_of(a: act, b: act)", "{a} belongs to {b}", "{a} относится к {b}"),
    ("d_start(x: enrolment): date", "the start of {x}", "начало {x}"),
    ("d_actor(w: actor, i: item, t: date)", "{w} deals with {i} on {t}", "{w} занимается: {i}, {t}"),
    ("d_post(r: ref, s: position, o: conduct)", "{o} concerns {s} under {r}", "{o} касается {s} по {r}"),
    ("d_nothing()", "nothing is wrong", "нарушений нет"),
    ("d_within(p: period, q: quarter, a: act)", "{a} is within {p} of {q}", "{a} в пределах {p} от {q}"),
)
"""Definitions whose bodies are made up at random; the words are fixed."""
