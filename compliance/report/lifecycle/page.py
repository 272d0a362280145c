"""The lifecycle as a page of Markdown: diagrams, states, steps, and what the verification found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from compliance.calendar.days import format_iso
from compliance.check.lifecycle.verify import Verification
from compliance.law.lifecycle.model import Graph, Lifecycle, Step
from compliance.norm.vocabulary import Lang
from compliance.report.lifecycle.arrows import actor, state
from compliance.report.lifecycle.diagrams import mermaid
from compliance.report.lifecycle.summary import cells, lost, stuck, summary
from compliance.report.lifecycle.words import say
from compliance.report.markdown import escape


def lifecycle_page(lifecycle: Lifecycle, verification: Verification | None, lang: Lang) -> str:
    """The whole page."""
    lines = [f"# {say('title', lang)}", ""]
    for graph in lifecycle.graphs:
        lines += [
            f"## {escape(graph.words[lang])}",
            "",
            "```mermaid",
            mermaid(lifecycle, lang, (graph,)).rstrip(),
            "```",
            "",
        ]
        lines += [*_states(graph, lang), "", *_steps(lifecycle, graph, verification, lang), ""]
        for key, states in (("unreachable", lost(graph, verification)), ("dead_ends", stuck(graph, verification))):
            words = "; ".join(state(graph, each, lang) for each in states) or say("none", lang)
            lines.append(f"- {say(key, lang)}: {escape(words)}")
        lines.append("")
        if verification is not None:
            lines += [*_matrix(graph, verification, lang), ""]
    if verification is not None:
        lines += [f"## {say('verified', lang)}", ""]
        lines += [f"- {escape(line)}" for line in summary(verification, lang)]
    return "\n".join(lines).rstrip() + "\n"


def _states(graph: Graph, lang: Lang) -> Iterator[str]:
    yield from _head(say("state", lang), "", say("note", lang))
    for each in graph.states.values():
        yield _row([each.words[lang], f"`{each.id}`", each.note[lang] if each.note else ""])


def _steps(lifecycle: Lifecycle, graph: Graph, verification: Verification | None, lang: Lang) -> Iterator[str]:
    heads = [say(key, lang) for key in ("from", "to", "step", "actor", "units")]
    heads += [say(key, lang) for key in ("fewest", "story")] if verification else []
    yield from _head(*heads)
    for step in graph.steps:
        each = step.transition
        words = f"{each.words[lang]} ({each.note[lang]})" if each.note else each.words[lang]
        row = [state(graph, step.source, lang), state(graph, step.target, lang), words]
        row += [actor(lifecycle, step, lang), ", ".join(each.units)]
        yield _row([*row, *(_verified(graph, step, verification, lang) if verification else ())])


def _verified(graph: Graph, step: Step, verification: Verification, lang: Lang) -> tuple[str, str]:
    taken, fewest = verification.taken(step), verification.fewest(step)
    days = "" if fewest is None or fewest.days is None else str(fewest.days)
    turns = taken.turns if taken else ()
    return days, " → ".join(f"{state(graph, turn.target, lang)} {format_iso(turn.day)}" for turn in turns)


def _matrix(graph: Graph, verification: Verification, lang: Lang) -> Iterator[str]:
    yield f"{say('matrix', lang)}:"
    yield ""
    yield from _head("", *(f"`{each}`" for each in graph.states))
    for source, days in cells(graph, verification):
        yield _row([f"`{source}`", *days])


def _head(*names: str) -> tuple[str, str]:
    return _row(names), f"|{' --- |' * len(names)}"


def _row(texts: Iterable[str]) -> str:
    return f"| {' | '.join(text if text.startswith('`') else escape(text) for text in texts)} |"
