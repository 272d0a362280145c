"""Says in the project's own words why a text is not YAML: the parser's English complaints become codes with places."""

from __future__ import annotations

from typing import Final, NoReturn

import yaml

from compliance.source.diagnostic import Collector
from compliance.source.loc import Place, Source, spot

# A part of the parser's complaint, the code it stands for, and whether the place is where the construct began.
_COMPLAINTS: Final[tuple[tuple[str, str, bool], ...]] = (
    ("mapping values are not allowed", "source.colon", False),
    ("could not find expected ':'", "source.colon-missing", True),
    ("found unexpected end of stream", "source.unclosed-quote", True),
    ("found unexpected document indicator", "source.unclosed-quote", True),
    ("expected ',' or ']'", "source.unclosed-bracket", True),
    ("expected ',' or '}'", "source.unclosed-bracket", True),
    ("unknown escape character", "source.escape", False),
    ("did not find expected hexdecimal number", "source.escape", False),
    ("cannot start any token", "source.start-character", False),
    ("did not find expected key", "source.indentation", False),
    ("expected '-' indicator", "source.indentation", False),
    ("block sequence entries are not allowed", "source.indentation", False),
    ("mapping keys are not allowed", "source.indentation", False),
    ("incompatible YAML document", "source.directive", False),
    ("directive", "source.directive", False),
)


def report_malformed(error: yaml.YAMLError, source: Source, collector: Collector) -> NoReturn:
    """Raises `Problems` for a text that the parser refused, with the errors found before it."""
    problem = str(getattr(error, "problem", "") or "")
    here, began = (_place(getattr(error, name, None), source) for name in ("problem_mark", "context_mark"))
    place = here or began or spot(source.name, 1, 1)
    if code := _indented_by(source.line(place.line) or ""):
        collector.fail(code, spot(source.name, place.line, 1))
    known = next((entry for entry in _COMPLAINTS if entry[0] in problem), None)
    if known is None or (known[1] == "source.indentation" and not _begins_line(place, source)):
        collector.fail("source.malformed", place)
    collector.fail(known[1], (began or place) if known[2] else place)


def _place(mark: yaml.Mark | None, source: Source) -> Place | None:
    """The mark's place; one behind the end of the file moves to the end of its last line that has text."""
    if mark is None:
        return None
    if mark.line < len(source.lines) and (source.lines[mark.line] or mark.line == 0):
        return spot(source.name, mark.line + 1, mark.column + 1)
    filled = [number for number, line in enumerate(source.lines, 1) if line.strip() and number <= mark.line + 1]
    last = filled[-1] if filled else 1
    return spot(source.name, last, len(source.lines[last - 1]) + 1)


def _begins_line(place: Place, source: Source) -> bool:
    return not (source.line(place.line) or "")[: place.column - 1].strip(" -")


def _indented_by(line: str) -> str | None:
    """The code of a character that may not indent, if the line begins with one."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return "source.tab"
    return "source.no-break-space" if "\xa0" in indent else None
