"""The findings of a part as lines of JSON and as flat columns, without an object for each of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from compliance.bulk.cells import PENDING, STATUS, VIOLATED
from compliance.calendar.days import format_iso

COLUMNS: Final = (
    "officer", "file", "row", "unit", "norm", "verdict", "robust", "depends_on", "combination", "citation_en",
    "citation_ru", "says_en", "says_ru", "detail_en", "detail_ru", "because", "body", "quarter", "day", "last_day",
    "late_days", "by", "bearer", "settled", "missing", "repair", "suppressed", "explained",
)  # fmt: skip


@frozen
class Phrases:
    """What the lines of a register have in common."""

    file: str
    kinds: tuple[str, ...]
    citations: Mapping[str, Mapping[str, str]]
    """By unit, in both languages."""
    bearers: Mapping[str, tuple[str, ...]]


class Lines:
    """The findings of one part, by place in their table."""

    def __init__(self, table: Any, phrases: Phrases) -> None:
        self.phrases = phrases
        self.columns: dict[str, list[Any]] = {
            name: table.column(name).to_pylist() for name in table.column_names if name != "because"
        }
        because = table.column("because").combine_chunks()
        self.starts: list[int] = because.offsets.to_pylist()
        events = because.values
        self.kind, self.day, self.row = (events.field(name).to_pylist() for name in ("kind", "day", "row"))
        self.days = _Days()

    def __len__(self) -> int:
        return len(self.columns["officer"])

    def events(self, at: int) -> Iterator[tuple[str, str, int]]:
        """Kind, day and row of the events that a finding rests on."""
        for place in range(self.starts[at], self.starts[at + 1]):
            yield self.phrases.kinds[self.kind[place]], self.days[self.day[place]], self.row[place]

    def first_row(self, at: int) -> int | None:
        return self.row[self.starts[at]] if self.starts[at + 1] > self.starts[at] else self.aside_row(at)

    def aside_row(self, at: int) -> int | None:
        aside = self.columns["aside"][at]
        return int(json.loads(aside)[0]["row"]) if aside and self.columns["unit"][at] is None else None

    @cached_property
    def heads(self) -> dict[str | None, str]:
        """By unit, what every line on it says of the unit."""
        found: dict[str | None, str] = {None: '"citation": null'}
        for unit, cited in self.phrases.citations.items():
            found[unit] = f'"citation": {json.dumps(dict(cited), ensure_ascii=False)}'
        return found

    def text(self, at: int) -> str:
        """The line of one finding."""
        c = self.columns
        unit, turns = c["unit"][at], c["turns"][at]
        robust = turns is None and c["combination"][at] is None
        because = ", ".join(
            f'{{"event": "{kind}", "index": {row}, "date": "{day}", "line": {row}}}'
            for kind, day, row in self.events(at)
        )
        row = self.first_row(at)
        return (
            f'{{"officer": {_quoted(c["officer"][at])}, "file": {_quoted(self.phrases.file)}, '
            f'"row": {"null" if row is None else row}, "unit": {_quoted(unit)}, "verdict": "{STATUS[c["code"][at]]}", '
            f'"robust": {"true" if robust else "false"}, "depends_on": {turns or "{}"}, {self.heads[unit]}, '
            f'"norm": {_quoted(c["norm"][at])}, "because": [{because}], "says": {{"en": "", "ru": ""}}, "repair": [], '
            f'"explained": false{self.more(at)}}}'
        )

    def more(self, at: int) -> str:
        """What only some lines have."""
        c, found = self.columns, ""
        for name in ("body", "quarter"):
            if c[name][at] is not None:
                found += f', "{name}": {_quoted(c[name][at])}'
        if c["limit"][at] and c["code"][at] == VIOLATED:
            found += f', "day": "{self.days[c["day"][at]]}", "last_day": "{self.days[c["limit"][at]]}"'
            found += f', "late_days": {self.late(at)}'
        if c["due"][at]:
            bearer = json.dumps(list(self.phrases.bearers.get(c["unit"][at], ())))
            found += f', "by": "{self.days[c["due"][at]]}", "bearer": {bearer}'
        if c["open"][at]:
            found += ', "settled": false'
        if c["otherwise"][at] >= 0:
            found += f', "otherwise": "{STATUS[c["otherwise"][at]]}"'
        for name, key in (
            ("combination", "combination"),
            ("aside", "quarantined"),
            ("contradictions", "contradictions"),
        ):
            if c[name][at] is not None:
                found += f', "{key}": {c[name][at]}'
        return found

    def late(self, at: int) -> int | None:
        """By how many days; nothing where no days were compared."""
        c = self.columns
        return abs(c["day"][at] - c["limit"][at]) if c["limit"][at] and c["code"][at] == VIOLATED else None

    def flat(self) -> dict[str, list[Any]]:
        """Every finding as one row of plain cells, by column."""
        c, size = self.columns, len(self)
        cited: dict[str | None, Mapping[str, str]] = {None: {}}
        cited.update(self.phrases.citations)
        turned: dict[str | None, str | None] = {None: None}
        for words in set(c["turns"]) - {None}:
            turned[words] = _turns(json.loads(words))
        nothing: list[Any] = [None] * size
        due = [by if code == PENDING else 0 for by, code in zip(c["due"], c["code"], strict=True)]
        ends = [limit if code == VIOLATED else 0 for limit, code in zip(c["limit"], c["code"], strict=True)]
        return {
            "officer": c["officer"], "file": [self.phrases.file] * size,
            "row": [self.first_row(at) for at in range(size)], "unit": c["unit"], "norm": c["norm"],
            "verdict": [STATUS[code] for code in c["code"]],
            "robust": [t is None and k is None for t, k in zip(c["turns"], c["combination"], strict=True)],
            "depends_on": [turned[words] for words in c["turns"]],
            "combination": [_pairs(words) for words in c["combination"]],
            "citation_en": [cited[unit].get("en") for unit in c["unit"]],
            "citation_ru": [cited[unit].get("ru") for unit in c["unit"]],
            "says_en": nothing[:], "says_ru": nothing[:], "detail_en": nothing[:], "detail_ru": nothing[:],
            "because": ["; ".join(f"{k} {d} (row {r})" for k, d, r in self.events(at)) or None for at in range(size)],
            "body": c["body"], "quarter": c["quarter"],
            "day": [self.days[day] if end else None for day, end in zip(c["day"], ends, strict=True)],
            "last_day": [self.days[end] if end else None for end in ends],
            "late_days": [self.late(at) for at in range(size)],
            "by": [self.days[day] if day else None for day in due],
            "bearer": [", ".join(self.phrases.bearers.get(unit, ())) or None if day else None
                       for unit, day in zip(c["unit"], due, strict=True)],
            "settled": [False if each else None for each in c["open"]], "missing": nothing[:], "repair": nothing[:],
            "suppressed": nothing[:], "explained": [False] * size,
        }  # fmt: skip


class _Days(dict[int, str]):
    """Days as text, each made once."""

    def __missing__(self, day: int) -> str:
        self[day] = format_iso(day)
        return self[day]


def _quoted(text: str | None) -> str:
    return "null" if text is None else json.dumps(text, ensure_ascii=False)


def _turns(turns: Mapping[str, Mapping[str, str]]) -> str | None:
    return "; ".join(f"{name}: {_values(under)}" for name, under in turns.items()) or None


def _values(under: Mapping[str, str]) -> str:
    return ", ".join(f"{value} = {verdict}" for value, verdict in under.items())


def _pairs(words: str | None) -> str | None:
    return None if words is None else ", ".join(f"{name} = {value}" for name, value in json.loads(words).items())


def flat_line(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line that is at hand as one row of plain cells."""
    none = {"en": None, "ru": None}
    says, detail, citation = (line.get(name) or none for name in ("says", "detail", "citation"))
    suppressed, combination = line.get("suppressed"), line.get("combination")
    return {
        "officer": line["officer"], "file": line["file"], "row": line["row"], "unit": line["unit"],
        "norm": line["norm"], "verdict": line["verdict"], "robust": line["robust"],
        "depends_on": _turns(line["depends_on"]),
        "combination": _pairs(json.dumps(combination)) if combination else None,
        "citation_en": citation["en"], "citation_ru": citation["ru"], "says_en": says["en"] or None,
        "says_ru": says["ru"] or None, "detail_en": detail["en"] or None, "detail_ru": detail["ru"] or None,
        "because": "; ".join(f"{e['event']} {e['date']} (row {e['line']})" for e in line["because"]) or None,
        "body": line.get("body"), "quarter": line.get("quarter"), "day": line.get("day"),
        "last_day": line.get("last_day"), "late_days": line.get("late_days"), "by": line.get("by"),
        "bearer": ", ".join(line.get("bearer", ())) or None, "settled": line.get("settled"),
        "missing": "; ".join(each["words"]["en"] for each in line.get("missing", ())) or None,
        "repair": "; ".join(f"{each['change']}: {each['to']}" for each in line["repair"]) or None,
        "suppressed": f"{suppressed['reason']} ({suppressed['expires']})" if suppressed else None,
        "explained": line["explained"],
    }  # fmt: skip


def patched(columns: dict[str, list[Any]], lines: Mapping[int, Mapping[str, Any]]) -> dict[str, list[Any]]:
    """The columns with some lines in the place of others."""
    for at, line in lines.items():
        for name, cell in flat_line(line).items():
            columns[name][at] = cell
    return columns


def without(values: Sequence[Any], gone: frozenset[int]) -> list[Any]:
    """The values but for those at some places."""
    return [value for at, value in enumerate(values) if at not in gone] if gone else list(values)


__all__ = ["COLUMNS", "Lines", "Phrases", "flat_line", "patched", "without"]
