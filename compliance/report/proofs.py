"""Answers to theorems, for people and for machines: text, JSON, JUnit, SARIF, GitHub annotations, Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as Xml

from compliance import __version__
from compliance.calendar.days import format_iso
from compliance.law.citation import citation
from compliance.norm.vocabulary import Lang, Vocabulary
from compliance.prove.outcome import ProofReport, ProofResult
from compliance.prove.record import to_json
from compliance.report.github import command
from compliance.report.jsonform import dump
from compliance.report.text import Page, row, styled, to_text
from compliance.source.loc import Place

if TYPE_CHECKING:
    from rich.console import RenderableType

FORMATS: Final = ("text", "json", "jsonl", "junit", "sarif", "github", "md")
SCHEMA: Final = "reserve.prove/1"

Places = Mapping[str, Place | None]

_WORDS: Final[Mapping[str, Mapping[Lang, str]]] = {
    "theorem": {"en": "Theorem", "ru": "Теорема"},
    "answer": {"en": "Answer", "ru": "Ответ"},
    "expected": {"en": "as expected", "ru": "как ожидалось"},
    "unexpected": {"en": "not as expected", "ru": "не как ожидалось"},
    "core": {"en": "rests on", "ru": "опирается на"},
    "world": {"en": "facts used", "ru": "факты мира"},
    "solvers": {"en": "solvers", "ru": "решатели"},
    "story": {"en": "story", "ru": "история"},
    "lemmas": {"en": "lemmas", "ru": "леммы"},
    "unconfirmed": {"en": "not confirmed", "ru": "не подтверждено"},
    "drops": {"en": "without", "ru": "без"},
    "near_miss": {"en": "near miss", "ru": "близкое утверждение"},
    "why": {"en": "why", "ru": "почему"},
    "proved": {"en": "proved", "ru": "доказано"},
    "refuted": {"en": "refuted", "ru": "опровергнуто"},
    "open": {"en": "open", "ru": "не решено"},
    "summary": {
        "en": "Summary: {total} theorems: {proved} proved, {refuted} refuted, {open} open; {unmet} not as expected",
        "ru": "Итого: теорем - {total}: доказано {proved}, опровергнуто {refuted}, не решено {open}; "
        "не как ожидалось - {unmet}",
    },
    "all_met": {
        "en": "Summary: {total} theorems: {proved} proved, {refuted} refuted, {open} open; all as expected",
        "ru": "Итого: теорем - {total}: доказано {proved}, опровергнуто {refuted}, не решено {open}; всё как ожидалось",
    },
}  # fmt: skip

_STYLES: Final = {"proved": "green", "refuted": "cyan", "open": "magenta"}


def render_proofs(report: ProofReport, form: str, page: Page, places: Places, words: Callable[[], Vocabulary]) -> str:
    """The answers in one of FORMATS; `places` says where each theorem stands, `words` are those of stories."""
    match form:
        case "json":
            results = [_json(result) for result in report.results]
            return dump({"schema": SCHEMA, "law": report.law, "results": results, "summary": report.summary()})
        case "jsonl":
            return "".join(dump(_json(result)).replace("\n", " ").strip() + "\n" for result in report.results)
        case "junit":
            return _junit(report, places, page.lang)
        case "sarif":
            return _sarif(report, places, page.lang)
        case "github":
            return "".join(f"{line}\n" for line in _github(report, places, page.lang))
        case "md":
            return "\n".join(_markdown(report, page.lang)) + "\n"
        case _:
            return to_text(_text(report, page, words), page)


def _json(result: ProofResult) -> dict[str, Any]:
    return {**to_json(result), "as_expected": result.as_expected}


def summary(report: ProofReport, lang: Lang) -> str:
    """One line."""
    counts = report.summary()
    key = "summary" if counts["unmet"] else "all_met"
    return _WORDS[key][lang].format(total=len(report.results), **counts)


def _text(report: ProofReport, page: Page, words: Callable[[], Vocabulary]) -> Iterator[RenderableType]:
    lang = page.lang
    for result in report.results:
        if page.details == "none" and result.as_expected:
            continue
        sign = "✓" if result.as_expected else "✗"
        head = styled(f"{sign} {result.theorem}  ", "bold" if result.as_expected else "bold red")
        yield head.append(result.says[lang])
        yield row("", result.label_words[lang], page, _STYLES[result.result])
        if page.details == "all" or not result.as_expected:
            yield from _details(result, page, words)
    yield styled("", "")
    yield styled(summary(report, lang), "bold")


def _details(result: ProofResult, page: Page, words: Callable[[], Vocabulary]) -> Iterator[RenderableType]:
    lang = page.lang
    for why in result.unmet:
        yield row(_WORDS["why"][lang], why[lang], page, "red")
    if result.core:
        yield row(_WORDS["core"][lang], ", ".join(f"{citation(unit, lang)} ({unit})" for unit in result.core), page)
    for key, names in (("world", result.world), ("lemmas", result.lemmas), ("solvers", result.solvers)):
        if names:
            yield row(_WORDS[key][lang], ", ".join(names), page)
    for each in result.confirmations:
        if each.outcome != "confirmed":
            told = " ".join(part for part in (each.solver, each.method, each.outcome, each.reason) if part)
            yield row(_WORDS["unconfirmed"][lang], told, page)
    for drop in result.drops:
        yield row(_WORDS["drops"][lang], f"{drop.unit}: {drop.outcome}", page)
    if result.near_miss:
        yield row(_WORDS["near_miss"][lang], _WORDS[result.near_miss][lang], page)
    if result.story is not None:
        yield from (row(_WORDS["story"][lang], line, page) for line in story_lines(result, lang, words()))


def story_lines(result: ProofResult, lang: Lang, vocabulary: Vocabulary) -> Iterator[str]:
    """The story of an answer, an event a line, in order of day."""
    if result.story is None:
        return
    for event in sorted(result.story.facts.events, key=lambda each: (each.date, each.index)):
        kind = vocabulary.kinds[event.kind]
        shown = [
            f"{attribute.words[lang]}: {_value(event.attrs[name])}"
            for name, attribute in kind.attributes.items()
            if event.attrs.get(name) not in (None, False, attribute.value) and not isinstance(event.attrs[name], int)
        ]
        yield f"{format_iso(event.date)}  {kind.words[lang]}" + (f" ({'; '.join(shown)})" if shown else "")


def _value(value: object) -> str:
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def _told(result: ProofResult, lang: Lang) -> str:
    why = "; ".join(each[lang] for each in result.unmet)
    return f"{result.says[lang]}: {result.label_words[lang]}" + (f" ({why})" if why else "")


def _junit(report: ProofReport, places: Places, lang: Lang) -> str:
    suites = Xml.Element("testsuites", name="reserve prove")
    suite = Xml.SubElement(suites, "testsuite", name="proofs", tests=str(len(report.results)))
    for result in report.results:
        place = places.get(result.theorem)
        case = Xml.SubElement(suite, "testcase", classname=place.file if place else "", name=result.theorem)
        if not result.as_expected:
            tag = "skipped" if result.result == "open" else "failure"
            Xml.SubElement(case, tag, message=_told(result, lang))
        else:
            Xml.SubElement(case, "system-out").text = _told(result, lang)
    for element in (suites, suite):
        element.set("failures", str(len(suite.findall("testcase/failure"))))
        element.set("skipped", str(len(suite.findall("testcase/skipped"))))
    Xml.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(suites, encoding="unicode") + "\n"


def _sarif(report: ProofReport, places: Places, lang: Lang) -> str:
    wrong = [result for result in report.results if not result.as_expected]
    rules = [{"id": result.theorem, "shortDescription": {"text": result.says[lang]}} for result in wrong]
    results = [_sarif_result(result, places.get(result.theorem), lang) for result in wrong]
    driver = {"name": "reserve", "version": __version__, "rules": rules}
    runs = [{"tool": {"driver": driver}, "results": results}]
    return dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": runs})


def _sarif_result(result: ProofResult, place: Place | None, lang: Lang) -> dict[str, Any]:
    found: dict[str, Any] = {
        "ruleId": result.theorem,
        "level": "warning" if result.result == "open" else "error",
        "message": {"text": _told(result, lang)},
    }
    if place:
        physical = {"artifactLocation": {"uri": place.file}, "region": {"startLine": place.line}}
        found["locations"] = [{"physicalLocation": physical}]
    return found


def _github(report: ProofReport, places: Places, lang: Lang) -> Iterator[str]:
    for result in report.results:
        if not result.as_expected:
            place = places.get(result.theorem)
            level = "warning" if result.result == "open" else "error"
            file, line = (place.file, place.line) if place else ("", None)
            yield command(level, file, line, result.theorem, _told(result, lang))


def _markdown(report: ProofReport, lang: Lang) -> Iterator[str]:
    yield f"| {_WORDS['theorem'][lang]} | {_WORDS['answer'][lang]} | |"
    yield "|---|---|---|"
    for result in report.results:
        met = _WORDS["expected" if result.as_expected else "unexpected"][lang]
        says = result.says[lang].replace("|", "\\|")
        yield f"| `{result.theorem}` {says} | {result.label_words[lang]} | {met} |"
    yield ""
    yield summary(report, lang)
