"""An explanation for a terminal: a title, then labels with their words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compliance.report.explain import Explanation
from compliance.report.phrases import phrase
from compliance.report.text import Page, row, styled, to_text

if TYPE_CHECKING:
    from rich.console import RenderableType


def explain_text(explanation: Explanation, page: Page) -> str:
    """The page of one explanation; a label that repeats is written once."""
    return to_text(_parts(explanation, page), page)


def _parts(explanation: Explanation, page: Page) -> Iterator[RenderableType]:
    yield styled(explanation.title[page.lang], "bold")
    width = max(
        (len(phrase(key, page.lang)) for key, words in explanation.parts if words[page.lang].strip()), default=0
    )
    last = ""
    for key, words in explanation.parts:
        text = words[page.lang].strip()
        if text:
            yield row("" if key == last else phrase(key, page.lang), text, page, width=width)
            last = key
