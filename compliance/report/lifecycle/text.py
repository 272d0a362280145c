"""The lifecycle for a terminal: each state with the steps out of it, and what the verification found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from compliance.calendar.days import format_iso
from compliance.check.lifecycle.verify import (
    Fewest,
    Finding,
    Missing,
    Partition,
    Verification,
    is_good,
)
from compliance.law.lifecycle.model import Graph, Lifecycle, Step
from compliance.norm.vocabulary import Lang
from compliance.report.lifecycle.arrows import actor, event, state
from compliance.report.lifecycle.summary import cells, long_waits, lost, stuck, summary
from compliance.report.lifecycle.words import say
from compliance.report.text import Page, styled, to_text
from compliance.smt.query import GaveUp, Story

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text


def lifecycle_text(lifecycle: Lifecycle, verification: Verification | None, page: Page) -> str:
    """Both graphs, one below the other."""
    return to_text(_parts(lifecycle, verification, page), page)


def _parts(lifecycle: Lifecycle, verification: Verification | None, page: Page) -> Iterator[RenderableType]:
    for number, graph in enumerate(lifecycle.graphs):
        if number:
            yield ""
        yield styled(graph.words[page.lang], "bold underline")
        for each in graph.states:
            yield from _state(lifecycle, graph, each, verification, page)
        yield from _shape(graph, verification, page)
    if verification is not None:
        yield ""
        yield from _summary(lifecycle, verification, page)


def _state(
    lifecycle: Lifecycle, graph: Graph, each: str, verification: Verification | None, page: Page
) -> Iterator[RenderableType]:
    lang = page.lang
    head = styled(state(graph, each, lang), "bold").append(f"  {each}", style="dim")
    if each == graph.start:
        head.append(f" · {say('start', lang)}", style="dim")
    yield ""
    yield head
    note = graph.states[each].note
    if note is not None:
        yield _branch("│", styled(note[lang], "italic"))
    steps = graph.out_of(each)
    for step in steps:
        last = step is steps[-1]
        yield _branch("└" if last else "├", _step_words(graph, step, lang))
        for line in _step_details(lifecycle, step, verification, lang):
            yield _branch(" " if last else "│", line, 2)


def _branch(sign: str, words: Text, indent: int = 0) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    grid.add_row(f"{sign}{' ' * indent}", words)
    return grid


def _step_words(graph: Graph, step: Step, lang: Lang) -> Text:
    text = styled(step.transition.words[lang], "cyan")
    if step.is_loop:
        return text.append(f"  ({say('same', lang)})", style="dim")
    return text.append(" → ", style="dim").append(state(graph, step.target, lang), style="bold")


def _step_details(lifecycle: Lifecycle, step: Step, verification: Verification | None, lang: Lang) -> Iterator[Text]:
    each = step.transition
    yield styled(f"{actor(lifecycle, step, lang)} · {', '.join(each.units)}", "dim")
    if each.note is not None and step.source == each.sources[0]:
        yield styled(each.note[lang], "italic")
    if verification is not None:
        yield from _checked(lifecycle, step, verification, lang)


def _checked(lifecycle: Lifecycle, step: Step, verification: Verification, lang: Lang) -> Iterator[Text]:
    taken, fewest = verification.taken(step), verification.fewest(step)
    if taken is None:
        return
    if not is_good(taken):
        yield styled(f"✗ {_why_not(taken, lang)}", "bold red")
        return
    graph = lifecycle.graph(step.graph)
    way = " → ".join(f"{state(graph, t.target, lang)} {format_iso(t.day)}" for t in taken.turns)
    days = f" · {say('days', lang, days=_days(fewest, lang))}" if fewest and fewest.days is not None else ""
    yield styled(f"✓ {way}{days}", "green")


def _why_not(finding: Finding, lang: Lang) -> str:
    if isinstance(finding.found, GaveUp):
        return say("gave_up", lang, reason=finding.found.reason)
    return say("not_taken", lang)


def _days(fewest: Fewest, lang: Lang) -> str:
    words = {0: say("same_day", lang), 1: say("next_day", lang)}
    return words.get(fewest.days or 0, say("after_days", lang, days=str(fewest.days)))


def _shape(graph: Graph, verification: Verification | None, page: Page) -> Iterator[RenderableType]:
    """States that cannot be reached and dead ends: of the graph as drawn, or of the steps that were verified."""
    lang = page.lang
    yield ""
    for key, states in (("unreachable", lost(graph, verification)), ("dead_ends", stuck(graph, verification))):
        words = "; ".join(state(graph, each, lang) for each in states) or say("none", lang)
        yield styled(f"{say(key, lang)}: {words}", "yellow" if states else "")


# --- the verification --------------------------------------------------------------------------------------------


def _summary(lifecycle: Lifecycle, verification: Verification, page: Page) -> Iterator[RenderableType]:
    yield styled(say("verified", page.lang), "bold")
    for line in summary(verification, page.lang):
        yield _branch(" ", styled(line, ""))
    yield from _waits(lifecycle, verification, page)
    for graph in lifecycle.graphs:
        yield from _matrix(graph, verification, page)
    for finding in verification.wrong:
        yield from _wrong(lifecycle, finding, page.lang)


def _waits(lifecycle: Lifecycle, verification: Verification, page: Page) -> Iterator[RenderableType]:
    lang, long = page.lang, long_waits(verification)
    if long:
        yield _branch(" ", styled(f"{say('waits', lang)}:", ""))
    for fewest in long:
        graph = lifecycle.graph(fewest.step.graph)
        words = styled(f"{state(graph, fewest.step.source, lang)}: ", "")
        words.append_text(_step_words(graph, fewest.step, lang)).append(f": {_days(fewest, lang)}")
        yield _branch(" ", words, 2)


def _matrix(graph: Graph, verification: Verification, page: Page) -> Iterator[RenderableType]:
    from rich import box
    from rich.table import Table

    if not any(isinstance(f, Fewest) and f.step.graph == graph.id for f in verification.findings):
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 0, 0, 1))
    for head in ("", *graph.states):
        table.add_column(styled(head, "dim"), justify="right" if head else "left", no_wrap=True)
    for source, days in cells(graph, verification):
        table.add_row(source, *days)
    yield ""
    yield styled(f"{graph.words[page.lang]}: {say('matrix', page.lang)}", "")
    yield table


def _wrong(lifecycle: Lifecycle, finding: Finding, lang: Lang) -> Iterator[RenderableType]:
    yield ""
    yield styled(f"✗ {_wrong_words(lifecycle, finding, lang)}", "bold red")
    if isinstance(finding.found, Story):
        vocabulary = lifecycle.program.vocabulary
        for each in sorted(finding.found.facts.events, key=lambda e: (e.date, e.index)):
            yield styled(f"    {format_iso(each.date)}  {vocabulary.kinds[each.kind].words[lang]}", "")


def _wrong_words(lifecycle: Lifecycle, finding: Finding, lang: Lang) -> str:
    if isinstance(finding, Missing):
        if isinstance(finding.found, GaveUp):
            return f"{finding.state}, {finding.event}: {_why_not(finding, lang)}"
        graph = lifecycle.graph(finding.graph)
        source = state(graph, finding.state, lang)
        target = state(graph, finding.target, lang) if finding.target else "?"
        return say("lacks", lang, source=source, target=target, event=event(lifecycle, finding.event, lang))
    if isinstance(finding, Partition):
        key = {"two": "two", "none": "no_state"}.get(finding.what, "other_start")
        return f"{lifecycle.graph(finding.graph).words[lang]}: {say(key, lang)}"
    return f"{finding.step.id}: {_why_not(finding, lang)}"
