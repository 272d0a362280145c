"""A story as a scenario file, as a person would have written it: what goes without saying is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from compliance.calendar.days import NEVER, format_iso
from compliance.calendar.quarters import format_quarter, quarter_of
from compliance.law.model import Law
from compliance.norm.facts import Event
from compliance.norm.types import Date, Quarter, Type, Value
from compliance.norm.vocabulary import Attribute, Words
from compliance.prove.outcome import ProofResult, StoryRecord

PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
WIDTH: Final = 110


def scenario_text(story: StoryRecord, title: Words, law: Law) -> str:
    """The YAML of a story."""
    facts, vocabulary = story.facts, law.vocabulary
    lines = ["title:", f"  en: {json.dumps(title.en)}", f"  ru: {json.dumps(title.ru, ensure_ascii=False)}"]
    lines += [f'law: "{law.version.id}"', f"as_of: {format_iso(facts.as_of)}"]
    changed = {name: value for name, value in story.profile.items() if law.default_profile.get(name, value) != value}
    if changed:
        lines.append(f"readings: {_flow(sorted(changed.items()))}")
    lines.append(f"officer: {_flow([('id', 'A-1'), *_attrs(facts.officer, vocabulary.officer)])}")
    if facts.positions:
        lines.append("positions:")
        lines += [f"  {post}: {_flow(_attrs(attrs, vocabulary.position))}" for post, attrs in facts.positions.items()]
    lines.append("events:" if facts.events else "events: []")
    for event in sorted(facts.events, key=lambda each: (each.date, each.index)):
        lines += _event(event, vocabulary.kinds[event.kind].attributes)
    return "\n".join([*lines, ""])


def save_story(found: ProofResult, folder: Path, law: Law) -> Path | None:
    """Writes the story of an answer, if it has one; its path."""
    if found.story is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found.theorem}.yaml"
    path.write_text(scenario_text(found.story, found.says, law), encoding="utf-8", newline="\n")
    return path


def _event(event: Event, attributes: Mapping[str, Attribute]) -> list[str]:
    pairs = [("type", event.kind), ("date", format_iso(event.date)), *_attrs(event.attrs, attributes, event.date)]
    whole = ", ".join(f"{name}: {text}" for name, text in pairs) + "}"
    line, lines = "  - {", list[str]()
    for part in whole.split(", "):
        if len(line) + len(part) > WIDTH:
            lines.append(line.rstrip())
            line = "     " + (" " * 11 if ":" not in part else "")
        line += f"{part}, "
    return [*lines, line.removesuffix(", ")]


def _flow(pairs: Iterable[tuple[str, str]]) -> str:
    return "{" + ", ".join(f"{name}: {text}" for name, text in pairs) + "}"


def _attrs(
    values: Mapping[str, Value], attributes: Mapping[str, Attribute], date: int | None = None
) -> Iterator[tuple[str, str]]:
    for name, attribute in attributes.items():
        if name in values and not _goes_without_saying(values[name], attribute, date):
            yield name, _text(values[name], attribute.type)


def _goes_without_saying(value: Value, attribute: Attribute, date: int | None) -> bool:
    match attribute.default:
        case "value":
            return value == attribute.value
        case "none":
            return value is None and attribute.open_without is None
        case "date":
            return value == date
        case "quarter_of_date":
            return date is not None and value == quarter_of(date)
        case _:
            return False


def _text(value: Value, of: Type) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, frozenset):
        return f"[{', '.join(sorted(value))}]"
    if isinstance(value, int):
        if isinstance(of, Quarter):
            return format_quarter(value)
        assert isinstance(of, Date)
        return "never" if value == NEVER else format_iso(value)
    return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


__all__ = ["save_story", "scenario_text"]
