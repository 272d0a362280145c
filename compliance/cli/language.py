"""In which language a command line is answered, known before it is parsed."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.norm.vocabulary import Lang


def language_of(args: Sequence[str], environment: Mapping[str, str] = os.environ) -> Lang:
    """The last `--lang` of the arguments, else the language of the environment."""
    chosen: Lang | None = None
    for number, word in enumerate(args):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and number + 1 < len(args):
            value = args[number + 1]
        if value in ("en", "ru"):
            chosen = "ru" if value == "ru" else "en"
    return chosen or default_language(environment)


def default_language(environment: Mapping[str, str] = os.environ) -> Lang:
    """Russian where the system speaks it, else English."""
    named = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ru" if next((name for name in named if name), "").lower().startswith("ru") else "en"
