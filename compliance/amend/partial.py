"""Places that speak of the same thing and were left alone: periods, cadences, officials, phrases."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from compliance.amend.actors import find_actors
from compliance.amend.address import cite, replacing
from compliance.amend.changes import value_changes
from compliance.amend.finding import Finding, Weight, says
from compliance.amend.operations import Operation, ReplaceWords
from compliance.amend.redline import Fresh, fresh_rows
from compliance.amend.text import WORD, occurrences, stems, words
from compliance.amend.tree import Row, Tree
from compliance.amend.words import Cadence, PlacedValue, Value, find_values, reword
from compliance.norm.types import QuarterDay

_QUARTER: Final = re.compile(r"(?<!\w)(?:еже)?квартал\w*", re.IGNORECASE)
_OTHER_SPAN: Final = re.compile(
    r"(?<!\w)(?:ежемесячн|ежегодн|полугоди|полугод|месячн|годов|кажд\w+\s+(?:месяц|год))\w*|раз\s+в\s+\w+",
    re.IGNORECASE,
)


def partial_findings(old: Tree, new: Tree, operations: Sequence[Operation]) -> tuple[Finding, ...]:
    """The mentions left alone, for every value, official or phrase that the package changed in one place."""
    fresh = [row for row in fresh_rows(old, new) if row.old is not None]
    changed = {row.row.key for row in fresh_rows(old, new)}
    left = tuple(row for row in new.rows if row.key not in changed and row.kind != "chapter")
    out: list[Finding] = []
    for row in fresh:
        out += _values(row, left)
        out += _cadence(row, left)
        out += _actors(row, left)
    said = {unit for finding in out for unit in finding.units}
    return (*out, *_phrases(operations, left, said, new))


def _listed(rows: Sequence[Row], lang: str) -> str:
    return "; ".join(cite(row.id, lang) for row in rows)


def _finding(code: str, weight: Weight, message: str, row: Fresh, left: Sequence[Row], **fields: str) -> Finding:
    known = {"unit_ru": cite(row.row.id), "unit_en": cite(row.row.id, "en"), "left_ru": _listed(left, "ru"),
             "left_en": _listed(left, "en")} | fields  # fmt: skip
    repair = says(f"{message}-repair", **known) if "new" in fields else None
    units = tuple(other.id for other in left)
    return Finding(
        code, weight, (row.row.id, *units), fields.get("old", ""), says(message, **known), repair, left=units
    )


def _values(row: Fresh, left: Sequence[Row]) -> Iterator[Finding]:
    assert row.old is not None
    for before, after in value_changes(row.old.text, row.row.text):
        if isinstance(before.value, Cadence) or before.value == after.value:
            continue
        same = [other for other in left if _says(other, before)]
        if same:
            new = reword(before.quote, after.value)
            found = _finding("PARTIAL_EDIT", "warn", "amend.partial-value", row, same, old=before.quote, new=new)
            yield evolve(found, paste="\n".join(_same_change(other, before, after) for other in same))
        month = _left_in_month(before.value, after.value, left)
        if month:
            yield _finding("CADENCE_MISMATCH", "note", "amend.cadence-month", row, month, old=before.quote)


def _same_change(row: Row, before: PlacedValue, after: PlacedValue) -> str:
    """The instruction that changes the same value in another unit, in that unit's own form of words."""
    quote = next(
        each.quote for each in find_values(row.text) if each.value == before.value and each.bound == before.bound
    )
    return replacing(row.id, quote, reword(quote, after.value))


def _says(row: Row, value: PlacedValue) -> bool:
    return any(each.value == value.value and each.bound == value.bound for each in find_values(row.text))


def _left_in_month(before: Value, after: Value, left: Sequence[Row]) -> list[Row]:
    """Where a deadline went to another month of the quarter: the deadlines that stay in the former."""
    if not isinstance(before, QuarterDay) or not isinstance(after, QuarterDay) or before.month == after.month:
        return []
    return [other for other in left if _month(other, before.month)]


def _month(row: Row, month: int) -> bool:
    return any(isinstance(each.value, QuarterDay) and each.value.month == month for each in find_values(row.text))


def _cadence(row: Fresh, left: Sequence[Row]) -> Iterator[Finding]:
    """«Ежеквартально» or «квартала» gave way to another span in one unit, and others still count in quarters."""
    assert row.old is not None
    one, other = _cadences(row.old.text), _cadences(row.row.text)
    fewer = len(_QUARTER.findall(row.row.text)) < len(_QUARTER.findall(row.old.text))
    if not (one != other and one) and not (fewer and _OTHER_SPAN.search(row.row.text)):
        return
    words_left = [each for each in left if _QUARTER.search(each.text) or (one - other) & _cadences(each.text)]
    if words_left:
        match = _QUARTER.search(row.old.text)
        yield _finding("CADENCE_MISMATCH", "warn", "amend.cadence", row, words_left, old=match[0] if match else "")


def _cadences(text: str) -> set[Value]:
    return {each.value for each in find_values(text) if isinstance(each.value, Cadence)}


# Officials ----------------------------------------------------------------------------------------------------

_ACTS: Final = "утвержд утверд реш согласова представл провер уведомл информир направл формир рассмотр".split()


def _actors(row: Fresh, left: Sequence[Row]) -> Iterator[Finding]:
    """One official gave way to another in one unit, and others still give the first the same act."""
    assert row.old is not None
    before = Counter(actor.actor for actor in find_actors(row.old.text))
    after = Counter(actor.actor for actor in find_actors(row.row.text))
    come = +(after - before)
    for actor in sorted(+(before - after)):
        if not come or actor == "officer" or after[actor]:
            continue
        deeds = _deeds(row.old.text, actor)
        same = [other for other in left if deeds & _deeds(other.text, actor)]
        if same:
            old = next(found.quote for found in find_actors(row.old.text) if found.actor == actor)
            new = next(found.quote for found in find_actors(row.row.text) if found.actor in come)
            yield _finding("PARTIAL_EDIT", "warn", "amend.partial-actor", row, same, old=old, new=new)


def _deeds(text: str, actor: str) -> set[str]:
    """What is said to be done near the mentions of an actor: ten words before, four after."""
    found: set[str] = set()
    for mention in find_actors(text):
        if mention.actor == actor:
            near = [*WORD.findall(text[: mention.start])[-10:], *WORD.findall(text[mention.end :])[:4]]
            found |= {act for act in _ACTS for word in near if word.lower().startswith(act)}
    return found


# Phrases ------------------------------------------------------------------------------------------------------


def _phrases(operations: Sequence[Operation], left: Sequence[Row], said: set[str], new: Tree) -> Iterator[Finding]:
    """Words replaced in the named unit that stand unchanged in others; single words are too common to mention."""
    for operation in operations:
        if not isinstance(operation, ReplaceWords) or len(words(operation.old.text)) < 2:
            continue
        if operation.everywhere:
            yield from _other_forms(operation, new)
            continue
        grown = occurrences(operation.old.text, operation.new.text)
        if operation.target.act or grown or find_values(operation.old.text):
            continue
        same = [row for row in left if occurrences(operation.old.text, row.text) and row.id not in said]
        if same:
            fields = {"old": operation.old.text, "new": operation.new.text, "left_ru": _listed(same, "ru"),
                      "left_en": _listed(same, "en"), "count": str(len(same))}  # fmt: skip
            units = tuple(row.id for row in same)
            yield Finding("PARTIAL_EDIT", "note", units, operation.old.text,
                          says("amend.partial-phrase", **fields), says("amend.partial-phrase-repair", **fields),
                          left=units, place=operation.place, paste="\n".join(
                              replacing(row.id, operation.old.text, operation.new.text) for row in same))  # fmt: skip


def _other_forms(operation: ReplaceWords, new: Tree) -> Iterator[Finding]:
    """«По тексту» replaces one case form; the same words in other cases are left where they stand."""
    roots = stems(operation.old.text)
    if roots == stems(operation.new.text):
        return
    size = len(roots)
    same = [
        row for row in new.rows if any(stems(row.text)[at : at + size] == roots for at in range(len(stems(row.text))))
    ]
    if same:
        fields = {"old": operation.old.text, "left_ru": _listed(same, "ru"), "left_en": _listed(same, "en")}
        message, repair = says("amend.partial-forms", **fields), says("amend.partial-forms-repair")
        units = tuple(row.id for row in same)
        yield Finding("PARTIAL_EDIT", "warn", units, operation.old.text, message, repair, left=units,
                      place=operation.place)  # fmt: skip
