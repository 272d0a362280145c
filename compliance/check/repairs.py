"""The smallest repair of a violated unit, in the words of the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve

from compliance.calendar.days import format_iso
from compliance.check.contested import Readings
from compliance.check.setting import Setting
from compliance.law.model import Norm
from compliance.norm.evaluate import DUE, OPEN
from compliance.norm.phrases import say_value
from compliance.norm.types import Items, Value
from compliance.norm.vocabulary import Kind, Lang, Words
from compliance.timeline.case import Case
from compliance.timeline.defaults import Scope, left_out
from compliance.timeline.model import Days, Slot, Timeline
from compliance.verdict import Change

if TYPE_CHECKING:
    from compliance.smt.repair import Change as Step

NOBODY_CHOOSES: Final = frozenset({"conduct", "service"})
"""Groups of kinds that happen to people and are not decided in the procedure: a repair leaves them as they are."""

FIXED: Final = frozenset({"quarter", "outcome", "ref", "position", "ground", "presumed_regular"})
"""What an act is about: changing it would be another act."""

DECISIONS: Final = frozenset(
    {"reserve_decision", "exclusion_decision", "appointment", "acting_duty", "exclusion_request", "list_record"}
)
"""Acts that a repair does not invent: want of papers is not mended by another decision."""

BACK: Final = 370
"""How many days before `as_of` an act that is added may lie."""


def repair_of(setting: Setting, case: Case, readings: Readings, norms: Sequence[Norm]) -> tuple[Change, ...]:
    """The cheapest changes after which the norms hold and nothing else breaks; none where no change helps.

    Under the default readings. Found by the solver, replayed by the evaluator (compliance/smt/repair.py).
    """
    from compliance.smt.repair import Repair, repair

    law = setting.law
    broken = {norm.id: norm.typed for norm in norms}
    found = repair(
        law.program,
        setting.calendar,
        _at_all_times(case.timeline),
        broken,
        {norm.id: norm.typed for norm in law.norms if norm.id not in broken}
        | {notice.id: notice.typed for notice in law.notices if notice.clause.severity == "contradiction"},
        {**readings.default, DUE: OPEN},
        candidates=tuple(_candidates(setting, case, norms)),
        stays=lambda slot, name: _stays(law.vocabulary.kinds[slot.kind], name),
    )
    if not isinstance(found, Repair):
        return ()
    return tuple(_said(setting, change) for change in found.changes)


def _at_all_times(timeline: Timeline) -> Timeline:
    """The record with the version in force from the beginning, if nothing in it lies before: moving an act out of
    the reach of the version is no repair."""
    days = (slot.date.lo if isinstance(slot.date, Days) else slot.date for slot in timeline.slots)
    if isinstance(timeline.in_force, int) and min(days, default=timeline.in_force) >= timeline.in_force:
        return evolve(timeline, in_force=1)
    return timeline


def _stays(kind: Kind, name: str) -> bool:
    return kind.group in NOBODY_CHOOSES or kind.judgement or name in FIXED


def _candidates(setting: Setting, case: Case, norms: Sequence[Norm]) -> Iterator[Slot]:
    """One missing act of each kind that the norms ask for and somebody in the procedure decides."""
    wanted = frozenset().union(*(norm.typed.kinds for norm in norms)) - DECISIONS
    timeline, vocabulary = case.timeline, setting.law.vocabulary
    assert isinstance(timeline.as_of, int)
    scope = Scope(
        vocabulary, tuple(timeline.positions), (), frozenset(slot.kind for slot in timeline.slots), timeline.as_of
    )
    days = Days(((timeline.as_of - BACK, timeline.as_of),))
    index = max((slot.index for slot in timeline.slots), default=-1)
    for name, kind in vocabulary.kinds.items():
        if name in wanted and kind.group not in NOBODY_CHOOSES and not kind.judgement:
            index += 1
            attrs = {attr.name: left_out(attr, scope, days) for attr in kind.attributes.values()}
            yield Slot(name, days, attrs, index, occurred=None, phantom=True)


def _said(setting: Setting, step: Step) -> Change:
    """A step of the repair as a finding tells it."""
    kind = setting.law.vocabulary.kinds[step.event]
    event = kind.words
    match step.step:
        case "add":
            day = _day(step.after)
            return Change(step.path, day, None, Words(f"add: {event.en}, on {day}", f"добавить: {event.ru}, {day}"))
        case "remove":
            day = _day(step.before)
            return Change(step.path, None, day, Words(f"undo: {event.en} of {day}", f"отменить: {event.ru} от {day}"))
        case "move":
            was, to = _day(step.before), _day(step.after)
            words = Words(f"{event.en}: on {to} instead of {was}", f"{event.ru}: {to} вместо {was}")
            return Change(step.path, to, was, words)
        case "set":
            return _set(setting, step, kind)


def _set(setting: Setting, step: Step, kind: Kind) -> Change:
    name = step.path.split(".")[1] if "." in step.path else ""
    attribute = kind.attributes.get(name)
    if attribute is None:
        return Change(step.path, str(step.after), str(step.before), Words(step.path, step.path))
    vocabulary = setting.law.vocabulary
    if isinstance(attribute.type, Items):
        values = vocabulary.enumerations[attribute.type.name].values
        added = [item for item in values if item in _items(step.after) - _items(step.before)]
        en, ru = (", ".join(values[item][lang] for item in added) for lang in ("en", "ru"))
        words = Words(f"{kind.words.en}: attach {en}", f"{kind.words.ru}: приложить {ru}")
        return Change(step.path, "+" + ",".join(added), None, words)

    def show(value: Value, lang: Lang) -> str:
        return say_value(value, attribute.type, vocabulary, lang)

    words = Words(
        f"{kind.words.en}: {attribute.words.en} - {show(step.after, 'en')} instead of {show(step.before, 'en')}",
        f"{kind.words.ru}: {attribute.words.ru} - {show(step.after, 'ru')} вместо {show(step.before, 'ru')}",
    )
    return Change(step.path, _plain(step.after), _plain(step.before), words)


def _items(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


def _day(value: Value) -> str:
    assert isinstance(value, int)
    return format_iso(value)


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset):
        return ",".join(sorted(value))
    return "none" if value is None else str(value)
