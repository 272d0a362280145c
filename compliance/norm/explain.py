"""A failure said in English or Russian, for norms that bring no sentence of their own."""

from __future__ import annotations

from collections.abc import Mapping

from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.blame import Failure, Part, Side
from compliance.norm.evaluate import Env
from compliance.norm.facts import Event
from compliance.norm.phrases import phrase, say_day, say_event, say_value
from compliance.norm.program import Program
from compliance.norm.say import NO_WORDS, ReadingWords, Speaker
from compliance.norm.types import BOOL, DATE, QUARTER, Type
from compliance.norm.vocabulary import Lang
from compliance.norm.walk import nodes

OPPOSITE: Mapping[ast.CompareOp, ast.CompareOp] = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def say_failure(failure: Failure, program: Program, lang: Lang, readings: ReadingWords = NO_WORDS) -> str:
    """For which events, and what is wrong with them: `sending of the materials, 2026-12-02: ...`."""
    events = "; ".join(say_event(event, program.vocabulary, lang) for _, event in failure.bindings)
    parts = "; ".join(dict.fromkeys(say_part(part, program, lang, readings) for part in failure.parts))
    return f"{events}: {parts}" if events and parts else events or parts


def say_part(part: Part, program: Program, lang: Lang, readings: ReadingWords = NO_WORDS) -> str:
    """One part of a failure, as it stands on the record."""
    expr = part.expr
    speaker = Speaker(program, lang, readings, frozenset(), _names(expr, part.env, program, lang))
    inner = "; ".join(dict.fromkeys(say_part(each, program, lang, readings) for each in part.parts))
    match part.reason:
        case "comparison":
            assert isinstance(expr, ast.Compare)
            left, right = (_valued(side, speaker) for side in part.sides)
            op = expr.op if part.holds else OPPOSITE[expr.op]
            if op in ("=", "!=") and isinstance(expr.right, ast.Literal):
                return phrase("is" if op == "=" else "is.not", lang, left=left, right=right)
            return phrase(op, lang, left=left, right=right)
        case "reading":
            assert isinstance(expr, ast.Case)
            words = readings.get(expr.reading, {}).get(str(part.sides[0].value))
            value = words[lang] if words else str(part.sides[0].value)
            return phrase("reading.is", lang, name=expr.reading, value=value)
        case "such_event" | "for_event":
            assert part.event is not None
            event = say_event(part.event, program.vocabulary, lang)
            if part.reason == "such_event":
                return phrase("there.is", lang, event=event)
            return phrase("about", lang, event=event, parts=inner) if inner else event
        case "no_such_event":
            assert isinstance(expr, ast.Quant)
            return " - ".join(each for each in (speaker.negated(expr), inner) if each)
        case "either":
            return inner
        case "due":
            day = part.sides[0].value
            assert isinstance(day, int)
            return phrase("due.last", lang, parts=inner, day=say_day(day, lang, iso=True))
        case "attribute" if isinstance(expr, ast.In):
            said = speaker.formula(expr) if part.holds else speaker.negated(expr)
            return f"{said} ({_value(part.sides[0], speaker)})"
        case _:
            return speaker.formula(expr) if part.holds else speaker.negated(expr)


def _names(expr: Expr, env: Env, program: Program, lang: Lang) -> dict[str, str]:
    """The words for the variables of a part: events by their kind, everything else by its value."""
    names: dict[str, str] = {}
    for node in nodes(expr):
        if isinstance(node, ast.Var) and node.name in env:
            value = env[node.name]
            if isinstance(value, Event):
                kind = program.vocabulary.kinds[value.kind].words[lang]
                names[node.name] = phrase("the", lang, event=phrase("event", lang, kind=kind))
            else:
                names[node.name] = say_value(value, node.type, program.vocabulary, lang)
    return names


def _valued(side: Side, speaker: Speaker) -> str:
    """A term with its value behind it; a constant alone."""
    if isinstance(side.expr, ast.Literal):
        return speaker.term(side.expr)
    said, value = speaker.term(side.expr), _value(side, speaker)
    return said if said == value else f"{said} ({value})"


def _value(side: Side, speaker: Speaker) -> str:
    return say_value(side.value, _type(side, speaker), speaker.program.vocabulary, speaker.lang)


def _type(side: Side, speaker: Speaker) -> Type:
    """The type of a side, as far as its value needs one to be said."""
    match side.expr:
        case ast.Attr():
            return speaker.attribute_of(side.expr).type
        case ast.Var(type=of) | ast.Literal(type=of) | ast.Param(type=of):
            return of
        case ast.QuarterOf():
            return QUARTER
        case _:
            return BOOL if isinstance(side.value, bool) else DATE
