"""Small pictures of an audit: bars of a distribution, and an officer's events on a line of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from markupsafe import Markup

WIDTH: Final = 720
BANDS: Final = ((1, 3), (4, 7), (8, 14), (15, 30), (31, 90), (91, 365), (366, 100_000))
"""Days late, from and to."""


def bars(rows: Sequence[tuple[str, int]]) -> Markup | str:
    """A bar for each pair of a label and a number."""
    from markupsafe import Markup, escape

    top = max((number for _, number in rows), default=0)
    if not top:
        return ""
    parts, height, left = [], 18, min(330, 20 + 6 * max(len(label) for label, _ in rows))
    for at, (label, number) in enumerate(rows):
        y, width = at * height, round(number / top * (WIDTH - left - 60))
        parts.append(
            f'<text x="0" y="{y + 13}">{escape(label)}</text>'
            f'<rect class="bar" x="{left}" y="{y + 3}" width="{max(width, 1 if number else 0)}" height="12"/>'
            f'<text x="{left + 6 + width}" y="{y + 13}">{number}</text>'
        )
    tall = height * len(rows)
    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {tall}" width="{WIDTH}" height="{tall}" role="img">{"".join(parts)}</svg>'
    )


def bar(number: int, top: int) -> Markup | str:
    """One bar of a table."""
    from markupsafe import Markup

    if not number or not top:
        return ""
    width = max(1, round(number / top * 120))
    return Markup(f'<svg width="{width}" height="10"><rect class="bar" width="{width}" height="10"/></svg>')


def banded(late: Mapping[int, int]) -> list[tuple[str, int]]:
    """Days late in bands."""
    found = []
    for first, last in BANDS:
        count = sum(number for days, number in late.items() if first <= days <= last)
        found.append((f"{first}-{last}" if last < 100_000 else f"{first}+", count))
    return found


def timeline(events: Iterable[Mapping[str, Any]], rows: frozenset[int], names: Mapping[str, str]) -> Markup | str:
    """An officer's events on a line; those that a finding rests on are marked and named."""
    from markupsafe import Markup

    told = [each for each in events if each["date"] != "never"]
    if len(told) < 2:
        return ""
    days = [date.fromisoformat(each["date"]).toordinal() for each in told]
    first, span = min(days), max(1, max(days) - min(days))
    at = [20 + round((day - first) / span * (WIDTH - 40)) for day in days]
    parts = [f'<line class="axis" x1="10" x2="{WIDTH - 10}" y1="12" y2="12"/>', *_years(first, span)]
    level, last = 0, -1_000
    for x, each in sorted(zip(at, told, strict=True), key=lambda pair: (pair[1]["row"] in rows, pair[0])):
        hit = each["row"] in rows
        if hit:
            level = level + 1 if x - last < 260 else 0
            last = x
        parts.append(_event(x, each, hit, names, level))
    height = 48 + 14 * (1 + max((_level(part) for part in parts), default=0))
    return Markup(
        f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">{"".join(parts)}</svg>'
    )


def _level(part: str) -> int:
    return int(part.rpartition("<!--")[2].partition("-->")[0]) if part.endswith("-->") else 0


def _event(x: int, each: Mapping[str, Any], hit: bool, names: Mapping[str, str], level: int) -> str:
    from markupsafe import escape

    name = f"{each['date']} {names.get(each['event'], each['event'])}"
    title = f"<title>{escape(name)}</title>"
    open_ = (
        f'<line class="open" x1="{x}" x2="{x + 14}" y1="12" y2="12"/>' if "until" in each or each.get("maybe") else ""
    )
    dot = f'<circle class="{"hit" if hit else "dot"}" cx="{x}" cy="12" r="{5 if hit else 3}">{title}</circle>'
    if not hit:
        return open_ + dot
    anchor = "start" if x < WIDTH / 3 else "end" if x > WIDTH * 2 / 3 else "middle"
    y = 42 + 14 * level
    return f'{open_}{dot}<text class="hit" x="{x}" y="{y}" text-anchor="{anchor}">{escape(name)}</text><!--{level}-->'


def _years(first: int, span: int) -> list[str]:
    found = []
    begin, end = date.fromordinal(first).year, date.fromordinal(first + span).year
    for year in range(begin + 1, end + 1):
        x = 20 + round((date(year, 1, 1).toordinal() - first) / span * (WIDTH - 40))
        found.append(f'<line class="axis" x1="{x}" x2="{x}" y1="6" y2="18"/><text x="{x + 3}" y="27">{year}</text>')
    return found
