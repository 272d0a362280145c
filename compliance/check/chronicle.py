"""The story of one officer in the order of time: what happened, which days the Rules name for it, and the stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from attrs import evolve, frozen

from compliance.calendar.days import NEVER, format_iso
from compliance.check.case import check_case
from compliance.check.evidence import Witness, cite
from compliance.check.lifecycle.belonging import belonging
from compliance.check.lifecycle.way import Way, ways
from compliance.check.setting import Setting
from compliance.law.lifecycle.model import Lifecycle
from compliance.law.model import Norm
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.evaluate import Env, Evaluator
from compliance.norm.facts import Event
from compliance.norm.phrases import say_value
from compliance.norm.types import BOOL, EventType, Type
from compliance.norm.vocabulary import Attribute, Lang, Vocabulary, Words
from compliance.timeline.case import Case, Scenario
from compliance.timeline.model import Days, FromDate, OneOf, Open, OpenItems, Slot
from compliance.verdict import Result, Status

Standing = Literal["kept", "missed", "open"]
Bound = Literal["last_day", "first_day"]

STAY: Final = ("enrolment", "opens", "start", "limit", "ended_before", "stayed_enough")
"""The notion and the definitions by which the law says what a stay is; where it lacks one, no stays are shown."""

LONGEST_STAY: Final = 366 * 20
DEEPEST: Final = 8
"""So many definitions are unfolded in search of the days that a norm names."""

LANGS: Final[tuple[Lang, ...]] = ("en", "ru")

_OPPOSITE: Final[Mapping[str, str]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


@frozen
class Mark:
    """A day that a norm names for an event: the last or the first lawful one, and how that stands."""

    unit: str
    norm: str
    citation: Words
    bound: Bound
    day: str
    standing: Standing


@frozen
class Moment:
    """An event of the record. `date` is a day, or how the record leaves it open."""

    date: str
    index: int
    event: str
    words: Words
    details: tuple[Words, ...]
    line: int | None
    certain: bool
    marks: tuple[Mark, ...] = ()
    found: tuple[tuple[str, Status], ...] = ()
    """The units whose findings rest on the event, with their verdicts."""
    belongs_to: int | None = None
    """The index of the sending or of the enrolment to which the act belongs."""


@frozen
class Stay:
    """A stay in the reserve. `end` is its last day, or nothing where it has not ended by `as_of`."""

    start: str
    end: str | None
    limit: str | None
    higher_post_from: str | None
    index: int


@frozen
class Chronicle:
    """One officer's story. `example` says that unknown facts were filled in to compute days and stays."""

    file: str
    officer: str
    title: Words
    as_of: str
    facts: tuple[Words, ...]
    posts: tuple[tuple[str, tuple[Words, ...]], ...]
    moments: tuple[Moment, ...]
    stays: tuple[Stay, ...]
    result: Result
    example: bool = False
    ways: tuple[Way, ...] = ()
    """The path through each graph of the lifecycle, where one was given."""


def chronicles(setting: Setting, scenario: Scenario, lifecycle: Lifecycle | None = None) -> tuple[Chronicle, ...]:
    """The stories of a file, one an officer."""
    return tuple(chronicle(setting, case, scenario.title, lifecycle) for case in scenario.cases)


def chronicle(setting: Setting, case: Case, title: Words, lifecycle: Lifecycle | None = None) -> Chronicle:
    """The story of one officer under the default readings, or those that the caller fixed."""
    result = check_case(setting, case, title)
    placed = setting.placed(case)
    readings = setting.readings_of(case.readings)
    witness = Witness(setting, placed, setting.judge(placed.timeline, readings), readings)
    evaluator = witness.evaluator()
    marks = _marks(setting.law.norms, evaluator)
    timeline, vocabulary = placed.timeline, setting.law.vocabulary
    listed = sorted((slot for slot in timeline.slots if not slot.phantom), key=_when)
    found, links = _found(result), belonging(evaluator)
    return Chronicle(
        file=case.file,
        officer=case.officer_id,
        title=title,
        as_of=format_iso(case.as_of),
        facts=_told(timeline.officer, vocabulary.officer, vocabulary, ()),
        posts=tuple(
            (name, _told(post, vocabulary.position, vocabulary, ())) for name, post in _named(timeline.positions)
        ),
        moments=tuple(
            evolve(
                _moment(slot, vocabulary, marks.get(slot.index, ()), found.get(slot.index, ())),
                belongs_to=links.get(slot.index),
            )
            for slot in listed
        ),
        stays=tuple(_stays(setting, evaluator)),
        result=result,
        example=not timeline.certain,
        ways=ways(lifecycle, setting.calendar, evaluator.facts, evaluator.profile) if lifecycle else (),
    )


def _when(slot: Slot) -> tuple[int, int]:
    return (slot.date.lo if isinstance(slot.date, Days) else slot.date, slot.index)


def _named(positions: Mapping[str, Mapping[str, Open]]) -> list[tuple[str, Mapping[str, Open]]]:
    """The posts that the record names itself."""
    return [(name, post) for name, post in positions.items() if name[:1].isalnum()]


def _found(result: Result) -> dict[int, tuple[tuple[str, Status], ...]]:
    found: dict[int, dict[str, Status]] = {}
    for finding in result.units:
        for evidence in finding.because:
            found.setdefault(evidence.index, {})[finding.unit] = finding.verdict
    return {index: tuple(units.items()) for index, units in found.items()}


# --- events in words ---------------------------------------------------------------------------------------------


def _moment(slot: Slot, vocabulary: Vocabulary, marks: Iterable[Mark], found: tuple[tuple[str, Status], ...]) -> Moment:
    kind = vocabulary.kinds[slot.kind]
    written = [name for name in kind.attributes if name in slot.places]
    return Moment(
        date=_date(slot.date),
        index=slot.index,
        event=slot.kind,
        words=kind.words,
        details=_told(slot.attrs, kind.attributes, vocabulary, written),
        line=slot.place.line if slot.place else None,
        certain=slot.occurred is True,
        marks=tuple(dict.fromkeys(marks)),
        found=found,
    )


def _date(date: int | Days) -> str:
    if isinstance(date, int):
        return format_iso(date)
    return ", ".join(
        format_iso(first) if first == last else f"{format_iso(first)}..{format_iso(last)}"
        for first, last in date.intervals[:3]
    ) + (", …" if len(date.intervals) > 3 else "")


def _told(
    values: Mapping[str, Open], attributes: Mapping[str, Attribute], vocabulary: Vocabulary, written: Iterable[str]
) -> tuple[Words, ...]:
    """What is said of an event, a post or the officer; only what the file says itself, where that is known."""
    names = list(written) or [name for name, each in attributes.items() if values.get(name) != each.value]
    return tuple(
        Words(said["en"], said["ru"])
        for name in names
        if values.get(name) is not None
        and (said := {lang: _says(attributes[name], values[name], vocabulary, lang) for lang in LANGS})["en"]
    )


def _says(attribute: Attribute, value: Open, vocabulary: Vocabulary, lang: Lang) -> str:
    words = attribute.words[lang]
    match value:
        case FromDate():
            return ""
        case Days():
            return f"{words}: {_date(value)}"
        case OpenItems(sure=sure, maybe=maybe):
            open_ = say_value(maybe, attribute.type, vocabulary, lang)
            return f"{words}: {say_value(sure, attribute.type, vocabulary, lang)} (? {open_})"
        case OneOf():
            return f"{words}: ?"
        case bool() if attribute.type == BOOL:
            return words if value else ""
        case _:
            return f"{words}: {say_value(value, attribute.type, vocabulary, lang)}"


# --- the days that norms name ------------------------------------------------------------------------------------


def _marks(norms: Iterable[Norm], evaluator: Evaluator) -> dict[int, list[Mark]]:
    """The days that norms name, by the event for which they name them."""
    found: dict[int, list[Mark]] = {}
    for norm in norms:
        for env, body in _leading(evaluator, norm.expr, {}):
            events = [value for value in env.values() if isinstance(value, Event)]
            latest = max(events, key=lambda event: event.date, default=None)
            for bound, day, standing, event in _bounds(evaluator, body, env, latest, DEEPEST):
                if event is not None and day < NEVER:
                    mark = Mark(norm.unit, norm.id, cite(norm.unit), bound, format_iso(day), standing)
                    found.setdefault(event.index, []).append(mark)
    return found


def _leading(evaluator: Evaluator, expr: Expr, env: Env) -> Iterator[tuple[Env, Expr]]:
    """The bindings of the `every` quantifiers that a norm begins with, and what must hold for them."""
    if not isinstance(expr, ast.Quant) or expr.mode != "every" or expr.body is None:
        yield env, expr
        return
    for event in evaluator.candidates(expr.var, expr.kind, expr.guard, env):
        yield from _leading(evaluator, expr.body, {**env, expr.var: event})


def _bounds(
    evaluator: Evaluator, expr: Expr, env: Env, event: Event | None, depth: int
) -> Iterator[tuple[Bound, int, Standing, Event | None]]:
    """The last and first days in a requirement: those of duties, and of comparisons with the day of an event."""
    match expr:
        case ast.Due(day=day, body=body):
            last = evaluator.day(day, env)
            kept = evaluator.truth(body, env)
            yield "last_day", last, "kept" if kept else "open" if evaluator.facts.as_of <= last else "missed", event
        case ast.And(items=parts):
            for part in parts:
                yield from _bounds(evaluator, part, env, event, depth)
        case ast.Case(reading=reading, branches=branches):
            yield from _bounds(evaluator, dict(branches)[evaluator.reading(reading)], env, event, depth)
        case ast.Call(name=name, args=args) if depth > 0:
            definition = evaluator.program.definitions[name]
            values = [evaluator.value(arg, env) for arg in args]
            inner = dict(zip((param for param, _ in definition.params), values, strict=True))
            yield from _bounds(evaluator, definition.body, inner, event, depth - 1)
        case ast.Compare(op="<" | "<=" | ">" | ">=", left=left, right=right):
            yield from _compared(evaluator, expr, left, right, env)
        case _:
            return


def _compared(
    evaluator: Evaluator, expr: ast.Compare, left: Expr, right: Expr, env: Env
) -> Iterator[tuple[Bound, int, Standing, Event]]:
    """The day of an event held against a day that is computed, on either side."""
    for here, there, op in ((left, right, expr.op), (right, left, _OPPOSITE[expr.op])):
        event = _own_day(here, env)
        if event is None or not _computed(there):
            continue
        day = evaluator.day(there, env)
        standing: Standing = "kept" if evaluator.truth(expr, env) else "missed"
        if op in ("<", "<="):
            yield "last_day", day - (op == "<"), standing, event
        else:
            yield "first_day", day + (op == ">"), standing, event


def _own_day(expr: Expr, env: Env) -> Event | None:
    """The event whose own day this is: `m.date` of a bound event."""
    if isinstance(expr, ast.Attr) and expr.name == "date" and isinstance(expr.base, ast.Var):
        value = env.get(expr.base.name)
        return value if isinstance(value, Event) else None
    return None


def _computed(expr: Expr) -> bool:
    """Whether a day comes out of the calendar or of a definition, rather than out of the record."""
    return isinstance(expr, ast.Call | ast.Shift | ast.NextWorkingDay | ast.DayOfQuarter)


# --- stays -------------------------------------------------------------------------------------------------------


def _stays(setting: Setting, evaluator: Evaluator) -> Iterator[Stay]:
    notion = setting.law.program.notions.get(STAY[0])
    if notion is None or any(name not in setting.law.program.definitions for name in STAY[1:]):
        return
    as_of = evaluator.facts.as_of
    for event in evaluator.candidates(notion.var, notion.kind, notion.where, {}):
        if not _asks(evaluator, "opens", event):
            continue
        start = _day(evaluator, "start", event)
        if start > as_of:
            continue
        after = _first(evaluator, "ended_before", event, start, as_of + 1)
        higher = _first(evaluator, "stayed_enough", event, start, start + LONGEST_STAY)
        yield Stay(
            start=format_iso(start),
            end=format_iso(after - 1) if after is not None else None,
            limit=_iso(_day(evaluator, "limit", event)),
            higher_post_from=_iso(higher),
            index=event.index,
        )


def _iso(day: int | None) -> str | None:
    return format_iso(day) if day is not None and day < NEVER else None


def _call(name: str, event: Event, day: int | None = None) -> tuple[ast.Call, Env]:
    """A definition applied to an event, and to a day where it takes one."""
    of: Type = EventType(frozenset({event.kind}))
    names: dict[str, Event | int] = {"e": event} if day is None else {"e": event, "d": day}
    return ast.Call(name, tuple(ast.Var(var, of) for var in names)), names


def _asks(evaluator: Evaluator, name: str, event: Event, day: int | None = None) -> bool:
    return evaluator.truth(*_call(name, event, day))


def _day(evaluator: Evaluator, name: str, event: Event) -> int:
    return evaluator.day(*_call(name, event))


def _first(evaluator: Evaluator, name: str, event: Event, low: int, high: int) -> int | None:
    """The first day on which a definition holds that goes on holding once it does; nothing where none does."""
    if not _asks(evaluator, name, event, high):
        return None
    while low < high:
        middle = (low + high) // 2
        if _asks(evaluator, name, event, middle):
            high = middle
        else:
            low = middle + 1
    return low
