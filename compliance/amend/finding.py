"""What a check has to say to the drafter: a code, a weight, the units and words it speaks of, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from attrs import field, frozen

from compliance.source.diagnostic import Diagnostic, say
from compliance.source.loc import Place

Weight = Literal["note", "warn", "reject"]
Verdict = Literal["accept", "warn", "reject"]
WEIGHTS: Final[tuple[Weight, ...]] = ("note", "warn", "reject")
_VERDICTS: Final[tuple[Verdict, ...]] = ("accept", "warn", "reject")

CONSEQUENCES: Final = ("SCENARIO_FLIP", "THEOREM_BREAK", "COMPARE")
"""Codes that show a change of meaning and are no trouble of their own: they come last among their weight."""


def _freeze(fields: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(sorted(fields.items())))


@frozen
class Says:
    """A message of the catalogue with the words for its holes.

    A field `x` may be given per language as `x_en` and `x_ru`; the hole in the catalogue is `{x}`.
    """

    code: str
    fields: Mapping[str, str] = field(factory=dict, converter=_freeze)

    def say(self, lang: str) -> str:
        """The message in a language."""
        return say(self.code, self.fields, lang)


def says(code: str, **fields: str) -> Says:
    """Shorthand: `says("amend.unit-missing", unit="p21")`."""
    return Says(code, fields)


@frozen
class Finding:
    """One thing a check found. `quote` is taken from the law or from the drafter, `place` from the drafter's text."""

    code: str
    weight: Weight
    units: tuple[str, ...]
    quote: str
    message: Says
    repair: Says | None = None
    depends_on: tuple[str, ...] = ()
    """The readings that it turns on; nothing where it holds under every one."""
    not_under: tuple[str, ...] = ()
    """`reading=value`: other values than the default under which it does not hold."""
    only_under: tuple[str, ...] = ()
    """`reading=value`: those under which alone it holds; nothing where it holds by default."""
    story: Any = None
    place: Place | None = field(default=None, eq=False)
    fatal: bool = False
    expected: tuple[str, ...] = ()
    suggestion: str | None = None
    left: tuple[str, ...] = field(default=(), eq=False)
    """The units that speak of the same thing and were left alone."""
    paste: str = ""
    """The repair as an instruction that can be put at the end of the package and read again."""
    formula: str = field(default="", eq=False)
    """The part of a norm that the finding speaks of, in the norm language; the message has it in words."""

    @property
    def key(self) -> tuple[object, ...]:
        """The order of reports: by weight, then what is to mend before what merely shows it; place, code and words."""
        place = self.place.key if self.place else ("", 0, 0, 0, 0)
        rank = CONSEQUENCES.index(self.code) + 1 if self.code in CONSEQUENCES else 0
        return (-WEIGHTS.index(self.weight), rank, place, self.code, self.units, tuple(self.message.fields.items()))

    def diagnostic(self) -> Diagnostic:
        """The finding as bad input, with a caret in the drafter's own text."""
        return Diagnostic(self.message.code, self.place, _with_twins(self.message), self.expected, self.suggestion)

    def as_json(self) -> dict[str, object]:
        """Plain values for programs, the messages in both languages."""
        return {
            "code": self.code,
            "weight": self.weight,
            "units": list(self.units),
            "quote": self.quote,
            "message": {lang: self.message.say(lang) for lang in ("en", "ru")},
            "repair": {lang: self.repair.say(lang) for lang in ("en", "ru")} if self.repair else None,
            "paste": self.paste or None,
            "formula": self.formula or None,
            "depends_on": list(self.depends_on),
            "not_under": list(self.not_under),
            "only_under": list(self.only_under),
            "story": self.story,
            "place": _place(self.place),
        }


def _place(place: Place | None) -> dict[str, object] | None:
    return {"file": place.file, "line": place.line, "column": place.column} if place else None


def _with_twins(message: Says) -> dict[str, str]:
    """Fields for a diagnostic, which is shown in a language chosen later: what is given per language has a plain twin
    in Russian, the language of the law, for those who read the fields alone."""
    fields = dict(message.fields)
    for name in [name for name in fields if name.endswith("_ru")]:
        fields.setdefault(name[:-3], fields[name])
    return fields


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The heaviest finding decides: nothing above a note is `accept`."""
    worst = max((WEIGHTS.index(finding.weight) for finding in findings), default=0)
    return _VERDICTS[worst]


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, the heaviest first."""
    unique = {repr(finding.key): finding for finding in findings}
    return tuple(sorted(unique.values(), key=lambda finding: finding.key))
