"""One officer's story out of an audit, for a terminal and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compliance.audit.story import OfficerStory
from compliance.norm.vocabulary import Lang, Vocabulary
from compliance.report.audit_html import remarks, sentences
from compliance.report.audit_phrases import say
from compliance.report.audit_text import COLORS, unit_name
from compliance.report.jsonform import dump
from compliance.report.text import Page, styled, to_text
from compliance.source.diagnostic import say as say_code

if TYPE_CHECKING:
    from rich.console import RenderableType


def story_text(story: OfficerStory, vocabulary: Vocabulary, page: Page) -> str:
    return to_text(_parts(story, vocabulary, page.lang), page)


def story_json(story: OfficerStory) -> str:
    return dump({
        "schema": "reserve.audit.story/1",
        "officer": story.officer,
        "register": story.run["register"],
        "as_of": story.run["as_of"],
        "events": list(story.events),
        "findings": list(story.findings),
        "quarantine": [{"file": f, "row": row, "reason": why, "detail": said} for f, row, why, said in story.aside],
    })  # fmt: skip


def _parts(story: OfficerStory, vocabulary: Vocabulary, lang: Lang) -> Iterator[RenderableType]:
    run = story.run
    yield styled(f"{story.officer} · {run['register']['file']} · {run['as_of']}", "bold")
    yield ""
    for each in story.events:
        kind = vocabulary.kinds.get(each["event"])
        name = kind.words[lang] if kind else each["event"]
        said = ", ".join(f"{key}: {value}" for key, value in each["attrs"].items())
        until = f"..{each['until']}" if "until" in each else ""
        line = styled(f"  {each['date']}{until}  ", "")
        yield line.append_text(styled(name, "bold")).append_text(styled(f"  {said}  :{each['row']}", "dim"))
    for _, row, reason, detail in story.aside:
        yield styled(f"  {say('put_aside', lang, row=row, reason=say_code(reason, {}, lang))} {detail}", "magenta")
    yield ""
    if not story.findings:
        yield styled(say("nothing", lang), "green")
    for finding in story.findings:
        head = styled(say(finding["verdict"], lang), COLORS[finding["verdict"]])
        contested = "" if finding["robust"] else f", {say('contested', lang)}"
        yield head.append_text(styled(f"{contested}  {unit_name(finding['unit'] or '-', lang)}", "bold"))
        for sentence in sentences(finding, lang):
            yield styled(f"  {sentence}", "")
        for sentence in remarks(finding, lang):
            yield styled(f"  {sentence}", "dim")
