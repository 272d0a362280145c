"""The messages of all diagnostics, kept as data beside this file and read only when one is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from attrs import frozen

MESSAGES: Final = Path(__file__).parent / "messages"
FIELD: Final = re.compile(r"\{([a-z_]+)\}")


@frozen
class Message:
    """What a code says, in one line and at length, in both languages."""

    code: str
    en: str
    ru: str
    explain_en: str
    explain_ru: str

    def line(self, lang: str) -> str:
        """The one-line template, its holes still open."""
        return self.ru if lang == "ru" else self.en

    def explain(self, lang: str) -> str:
        """The paragraph for a person who asks what the code means."""
        return self.explain_ru if lang == "ru" else self.explain_en


def message(code: str) -> Message | None:
    """The message of a code such as `source.tab`; the part before the dot names the catalogue's file."""
    subsystem = code.partition(".")[0]
    return _catalogue(subsystem).get(code) if re.fullmatch("[a-z-]{1,40}", subsystem) else None


def codes() -> tuple[str, ...]:
    """Every code that has a message, sorted."""
    return tuple(sorted(code for path in MESSAGES.glob("*.yaml") for code in _catalogue(path.stem)))


def fill(template: str, fields: Mapping[str, str]) -> str:
    """Puts the fields into a template; a hole without a field stays visible."""
    return FIELD.sub(lambda hole: fields.get(hole[1], hole[0]), template)


@cache
def _catalogue(subsystem: str) -> dict[str, Message]:
    from compliance.source.reader import Mapping as MappingNode
    from compliance.source.reader import read_yaml

    path = MESSAGES / f"{subsystem}.yaml"
    if not path.is_file():
        return {}
    root = read_yaml(path)
    assert isinstance(root, MappingNode), f"{path.name} is not a mapping of codes"
    return {code.text: _message(code.text, entry) for code, entry in root.entries if isinstance(entry, MappingNode)}


def _message(code: str, entry: object) -> Message:
    from compliance.source.reader import Mapping as MappingNode
    from compliance.source.reader import Scalar

    assert isinstance(entry, MappingNode)
    words = {key.text: value.text.strip() for key, value in entry.entries if isinstance(value, Scalar)}
    return Message(code, words["en"], words["ru"], words["explain_en"], words["explain_ru"])
