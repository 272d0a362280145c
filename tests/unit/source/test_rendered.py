"""How broken files look to a person, in both languages: whole outputs."""

import pytest

from compliance.source.diagnostic import Problems, render
from compliance.source.loc import Source
from compliance.source.reader import parse_yaml
from tests.conftest import Golden

BROKEN = (
    "title: {en: Lists sent late, ru: Списки направлены с опозданием\nevents: []",
    "title: 'Списки\nevents: []",
    "title: a: b",
    "events:\n\t- x",
    "events:\n  - {type: a}\n - {type: b}",
    "title: x\ntitle: y\nofficer: &a {id: 1}\nsame: *a\nвзыскание: !date 2026-01-01",
    "title: x\n---\ntitle: y",
    "title: x\u2028y",
    "",
)


def shown(text: str, lang: str) -> str:
    with pytest.raises(Problems) as caught:
        parse_yaml(text, "story.yaml")
    sources = {"story.yaml": Source("story.yaml", text)}
    return "\n".join(render(diagnostic, lang, sources) for diagnostic in caught.value.diagnostics)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_broken_files(lang: str, golden: Golden) -> None:
    golden(f"source/broken.{lang}.txt", "\n\n".join(shown(text, lang) for text in BROKEN) + "\n")
