"""Errors as data: what is wrong, where, what was expected; collected, sorted, and shown in two languages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal, NoReturn

from attrs import field, frozen

from compliance.source.catalog import fill, message
from compliance.source.data import data_path
from compliance.source.loc import Place, Source
from compliance.source.stdin import NAME as STANDARD_INPUT
from compliance.source.stdin import text_of_standard_input
from compliance.source.suggest import did_you_mean

__all__ = ["Collector", "Diagnostic", "Note", "Problems", "as_json", "did_you_mean", "read_sources", "render", "say"]

Severity = Literal["error", "warning"]

WIDEST_LINE: Final = 140
WIDEST_FIELD: Final = 160
MOST_EXPECTED: Final = 16

_LABELS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "error": "error",
                "warning": "warning",
                "expected": "expected: {words}",
                "more": "and {count} more",
                "help": "help: did you mean `{word}`?",
                "note": "note",
            }
        ),
        "ru": MappingProxyType(
            {
                "error": "ошибка",
                "warning": "предупреждение",
                "expected": "ожидалось: {words}",
                "more": "и ещё {count}",
                "help": "подсказка: возможно, имелось в виду `{word}`",
                "note": "примечание",
            }
        ),
    }
)


def _freeze(fields: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(sorted(fields.items())))


@frozen
class Note:
    """A link of the chain behind a diagnostic: `here, via here, because of here`."""

    code: str
    place: Place | None = None
    fields: Mapping[str, str] = field(factory=dict, converter=_freeze)


@frozen
class Diagnostic:
    """One thing that is wrong: a code of the catalogue, its place, and the words for the holes of its message."""

    code: str
    place: Place | None
    fields: Mapping[str, str] = field(factory=dict, converter=_freeze)
    expected: tuple[str, ...] = ()
    suggestion: str | None = None
    chain: tuple[Note, ...] = ()
    severity: Severity = "error"

    @property
    def key(self) -> tuple[object, ...]:
        """The order of reports: by place (those without one first), then by code and words."""
        place = self.place.key if self.place else ("", 0, 0, 0, 0)
        return (place, self.code, tuple(self.fields.items()), self.expected)


class Problems(Exception):
    """All the errors of one phase, sorted; nothing downstream sees the input that has them."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = _sorted(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(render(diagnostic, "en", {}) for diagnostic in self.diagnostics)


def _sorted(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    unique = {repr(diagnostic.key): diagnostic for diagnostic in diagnostics}
    return tuple(sorted(unique.values(), key=lambda diagnostic: diagnostic.key))


class Collector:
    """Gathers the diagnostics of a phase, so that a person sees all of them at once."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def add(self, *diagnostics: Diagnostic) -> None:
        """Takes diagnostics made elsewhere, those of a caught `Problems` for one."""
        self._found.extend(diagnostics)

    def error(
        self,
        code: str,
        place: Place | None,
        *,
        expected: Sequence[str] = (),
        suggestion: str | None = None,
        chain: Sequence[Note] = (),
        **fields: str,
    ) -> None:
        """Notes an error; the keywords left over fill the holes of its message."""
        self._found.append(Diagnostic(code, place, fields, tuple(expected), suggestion, tuple(chain)))

    def warning(self, code: str, place: Place | None, *, suggestion: str | None = None, **fields: str) -> None:
        """Notes something that deserves a look and stops nothing."""
        self._found.append(Diagnostic(code, place, fields, (), suggestion, (), "warning"))

    def unknown(self, code: str, place: Place | None, word: str, known: Iterable[str], **fields: str) -> None:
        """Notes a word that is not among the known ones (hole `{word}`), with the nearest of them."""
        words = sorted(set(known))
        found = Diagnostic(code, place, {"word": word, **fields}, tuple(words), did_you_mean(word, words))
        self._found.append(found)

    def fail(self, code: str, place: Place | None, *, expected: Sequence[str] = (), **fields: str) -> NoReturn:
        """Notes an error after which the phase cannot go on, and raises all that was found."""
        self._found.append(Diagnostic(code, place, fields, tuple(expected)))
        raise Problems(self._found) from None

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """Everything noted so far, sorted, each once."""
        return _sorted(self._found)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """Only the warnings, sorted."""
        return tuple(diagnostic for diagnostic in self.found if diagnostic.severity == "warning")

    @property
    def has_errors(self) -> bool:
        """Whether an error was noted; warnings do not count."""
        return any(diagnostic.severity == "error" for diagnostic in self._found)

    def raise_if_any(self) -> None:
        """Ends the phase: raises `Problems` with all diagnostics if one of them is an error."""
        if self.has_errors:
            raise Problems(self._found) from None


def say(code: str, fields: Mapping[str, str], lang: str) -> str:
    """The one-line message of a code with its holes filled; the bare code where the catalogue lacks it.

    A field `@code word` is itself said in the language: the message of that code, with `word` in its hole. A field
    `x_en` or `x_ru` fills the hole `{x}` in its language.
    """
    entry = message(code)
    own = {name[:-3]: value for name, value in fields.items() if name.endswith(f"_{lang}")}
    shown = {name: _printable(_worded(value, lang), WIDEST_FIELD) for name, value in {**fields, **own}.items()}
    if entry is not None:
        return fill(entry.line(lang), shown)
    return " ".join([code, *(f"{name}=`{value}`" for name, value in shown.items())])


def _worded(value: str, lang: str) -> str:
    code, _, word = value.removeprefix("@").partition(" ")
    entry = message(code) if value.startswith("@") else None
    return fill(entry.line(lang), {"word": word}) if entry is not None else value


def read_sources(diagnostics: Iterable[Diagnostic]) -> dict[str, Source]:
    """The texts of the files that diagnostics point into, for the carets; an unreadable file is left out."""
    places = [place for each in diagnostics for place in (each.place, *(note.place for note in each.chain)) if place]
    sources: dict[str, Source] = {}
    for name in sorted({place.file for place in places}):
        try:
            if name == STANDARD_INPUT:
                sources[name] = Source(name, text_of_standard_input())
                continue
            path = name if os.path.exists(name) else data_path(name)
            with open(path, encoding="utf-8-sig", errors="replace", newline="") as stream:
                sources[name] = Source(name, stream.read(8 * 1024 * 1024))
        except (OSError, ValueError):
            continue
    return sources


def render(diagnostic: Diagnostic, lang: str, sources: Mapping[str, Source]) -> str:
    """The diagnostic as a person reads it: place, message, the line with a caret, what was expected, help."""
    labels = _LABELS["ru" if lang == "ru" else "en"]
    where = f"{_printable(str(diagnostic.place), WIDEST_FIELD)}: " if diagnostic.place else ""
    head = f"{where}{labels[diagnostic.severity]}[{diagnostic.code}]: {say(diagnostic.code, diagnostic.fields, lang)}"
    lines = [head, *_excerpt(diagnostic.place, sources)]
    if diagnostic.expected:
        lines.append("  " + fill(labels["expected"], {"words": _words(diagnostic.expected, labels)}))
    if diagnostic.suggestion is not None:
        lines.append("  " + fill(labels["help"], {"word": _printable(diagnostic.suggestion, WIDEST_FIELD)}))
    for note in diagnostic.chain:
        at = f"{_printable(str(note.place), WIDEST_FIELD)}: " if note.place else ""
        lines.append(f"  {labels['note']}: {at}{say(note.code, note.fields, lang)}")
        lines.extend(_excerpt(note.place, sources))
    return "\n".join(lines)


def as_json(diagnostic: Diagnostic, lang: str) -> dict[str, object]:
    """The diagnostic as plain values for programs; keys are the same in every language."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "place": _place_json(diagnostic.place),
        "message": say(diagnostic.code, diagnostic.fields, lang),
        "fields": dict(diagnostic.fields),
        "expected": list(diagnostic.expected),
        "suggestion": diagnostic.suggestion,
        "chain": [
            {"code": note.code, "place": _place_json(note.place), "message": say(note.code, note.fields, lang)}
            for note in diagnostic.chain
        ],
    }


def _place_json(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    start = {"file": place.file, "line": place.line, "column": place.column}
    return {**start, "end_line": place.end_line, "end_column": place.end_column}


def _words(words: Sequence[str], labels: Mapping[str, str]) -> str:
    shown = ", ".join(f"`{_printable(word, WIDEST_FIELD)}`" for word in words[:MOST_EXPECTED])
    rest = len(words) - MOST_EXPECTED
    return f"{shown} {fill(labels['more'], {'count': str(rest)})}" if rest > 0 else shown


def _excerpt(place: Place | None, sources: Mapping[str, Source]) -> list[str]:
    """The source line of a place with carets under it; a long line is cut round the carets."""
    source = sources.get(place.file) if place else None
    text = source.line(place.line) if place and source else None
    if place is None or text is None:
        return []
    start = min(place.column - 1, len(text))
    end = place.end_column - 1 if place.end_line == place.line else len(text.rstrip())
    end = max(start + 1, min(end, len(text)))
    cut = max(0, start - WIDEST_LINE // 2) if len(text) > WIDEST_LINE else 0
    shown = _plain(text[cut : cut + WIDEST_LINE])
    carets = "^" * max(1, min(end, cut + WIDEST_LINE) - start)
    margin = f"{place.line:>5} | "
    return [f"{margin}{shown.rstrip()}", " " * (len(margin) - 2) + "| " + " " * (start - cut) + carets]


def _plain(text: str) -> str:
    """The text with each character that would move the cursor or turn the writing round made visible."""
    return "".join(" " if char == "\t" else char if char.isprintable() or char == "\xa0" else "\ufffd" for char in text)


def _printable(text: str, widest: int) -> str:
    plain = _plain(text)
    return plain if len(plain) <= widest else plain[: widest - 1] + "…"
