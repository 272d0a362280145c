"""The consolidated law as a folder of the shape of `model/`, under the new numbers, that every command can read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from compliance.amend.effect.newlaw import NewLaw
from compliance.calendar.days import format_iso
from compliance.law.anchors import write_value
from compliance.law.model import Law
from compliance.law.version import FixedDay
from compliance.law.written import Chapter, Clause, DefinitionText, Formula, Unit
from compliance.norm.show import show
from compliance.norm.vocabulary import Words
from compliance.source.data import data_path, model_path
from compliance.source.diagnostic import Collector
from compliance.source.reader import read_text

COPIED: Final = ("readings.yaml", "notices.yaml", "world.yaml", "vocabulary.yaml")
BESIDE: Final = ("lifecycle.yaml", "conditions.yaml", "positions.yaml", "references.yaml", "gravity.yaml")
"""Files that speak of units by their numbers: written where numbers changed, else read from where they are."""
_ID: Final = re.compile(r"(?<![\w.])p\d+(?:-\d+)*(?:\.(?:part|sub|dash)\d+(?:-\d+)*)*(?![\w-])")


def law_texts(new: NewLaw) -> dict[str, str]:
    """The files of the consolidated law by their paths."""
    shown = _numbers(new)
    law = new.law
    texts = {name: read_text(model_path(*name.split("/")), shown_as=name) for name in COPIED}
    texts["vocabulary.yaml"] = _with_enumerators(texts["vocabulary.yaml"], law)
    kept = {notice.id for notice in law.notices}
    texts["notices.yaml"] = _only(texts["notices.yaml"], kept)
    texts["definitions.yaml"] = "\n".join(_definitions(law))
    texts["versions.yaml"] = "\n".join(_versions(law))
    texts["rules/chapters.yaml"] = "\n".join(["chapters:", *(_chapter(each) for each in law.written.chapters)]) + "\n"
    points: dict[str, list[Unit]] = {}
    for unit in law.units.values():
        points.setdefault(unit.id.partition(".")[0], []).append(unit)
    for point, units in points.items():
        texts[f"rules/{point}.yaml"] = "\n".join(["units:", *(line for unit in units for line in _unit(unit))]) + "\n"
    out = {name: _renumbered(text, shown) for name, text in texts.items()}
    return {_named(name, shown): text for name, text in out.items()}


def _numbers(new: NewLaw) -> dict[str, str]:
    """The units that stand under another number now, and their points."""
    shown = {old: now for old, now in new.shown.items() if old != now and old in new.law.units}
    return shown | {old.partition(".")[0]: now.partition(".")[0] for old, now in shown.items()}


def folder_texts(new: NewLaw) -> dict[str, str]:
    """The files of the law, and those beside it that speak of units, where numbers changed now or before."""
    shown = _numbers(new)
    beside = [name for name in BESIDE if shown or model_path(name) != data_path("model", name)]
    return law_texts(new) | {name: _renumbered(read_text(model_path(name), shown_as=name), shown) for name in beside}


def write_law(new: NewLaw, folder: Path) -> None:
    """Writes the folder of a new law."""
    write_texts(folder_texts(new), folder)


def write_texts(texts: Mapping[str, str], folder: Path) -> None:
    """Writes the folder; raises `Problems` where what would be written is no law, before anything is."""
    from compliance.law.load import law_from_texts

    law_from_texts({name: text for name, text in texts.items() if name not in BESIDE}, folder.name)
    _check_folder(folder, texts)
    for name, text in sorted(texts.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def _check_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """The folder is none yet, or holds nothing that would be taken for a part of the law that is written."""
    collector = Collector()
    if folder.exists() and not folder.is_dir():
        collector.fail("effect.write-no-folder", None, path=folder.name)
    found = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.yaml"))) if folder.exists() else ()
    left = [name for name in found if name not in texts]
    if left:
        collector.fail("effect.write-not-empty", None, path=folder.name, files=", ".join(left[:5]))


def _chapter(chapter: Chapter) -> str:
    return f"- {{id: {chapter.id}, first: {chapter.first}, text: {_words(chapter.text)}}}"


def _named(name: str, shown: Mapping[str, str]) -> str:
    point = name.removeprefix("rules/").removesuffix(".yaml")
    return f"rules/{shown[point]}.yaml" if name.startswith("rules/") and point in shown else name


def _renumbered(text: str, shown: Mapping[str, str]) -> str:
    """The text with every unit id under its new number; a longer id follows its point."""

    def change(found: re.Match[str]) -> str:
        id = found[0]
        if id in shown:
            return shown[id]
        point, dot, rest = id.partition(".")
        return shown.get(point, point) + dot + rest

    return _ID.sub(change, text) if shown else text


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _words(words: Words) -> str:
    return f"{{en: {_quoted(words.en)}, ru: {_quoted(words.ru)}}}"


def _formula(formula: Formula) -> str:
    return _quoted(formula.text.strip() if formula.text and _as_written(formula) else show(formula.expr))


def _as_written(formula: Formula) -> bool:
    from compliance.norm.parse import parse_expr
    from compliance.source.diagnostic import Problems
    from compliance.source.loc import spot
    from compliance.source.reader import Scalar

    try:
        return parse_expr(Scalar(formula.text, spot("norm", 1, 1))) == formula.expr
    except Problems:
        return False


def _unit(unit: Unit) -> Iterator[str]:
    yield f"- id: {unit.id}"
    yield f"  kind: {unit.kind}"
    yield f"  bearer: [{', '.join(unit.bearer)}]"
    yield f"  text: {_words(unit.text)}"
    if unit.note is not None:
        yield f"  note: {_words(unit.note)}"
    yield f"  readings: [{', '.join(unit.readings)}]"
    if unit.parameters:
        yield "  parameters:"
        for each in unit.parameters:
            yield f"    {each.name}: {{value: {write_value(each.value)}, words: {_quoted(each.words)}}}"
    if unit.no_norm is not None and not unit.clauses:
        words = unit.no_norm.words
        yield f"  no_norm: {{why: {unit.no_norm.why}, en: {_quoted(words.en)}, ru: {_quoted(words.ru)}}}"
    if unit.clauses:
        yield "  norms:"
        for at, clause in enumerate(unit.clauses):
            yield from _clause(unit, clause, at)


def _clause(unit: Unit, clause: Clause, at: int) -> Iterator[str]:
    fits = clause.id.startswith(f"{unit.id}.") and clause.id.count(".") == unit.id.count(".") + 1
    alone = len(unit.clauses) == 1 and clause.id == unit.id
    yield f"  - id: {clause.id if fits or alone else f'{unit.id}.n{at + 1}'}"
    yield f"    norm: {_formula(clause.formula)}"
    if clause.fails is not None:
        yield f"    fails: {_words(clause.fails)}"
    if clause.open != "pending":
        yield f"    open: {clause.open}"
    if clause.judged != "event":
        yield f"    judged: {clause.judged}"


def _definitions(law: Law) -> Iterator[str]:
    yield "notions:"
    for name, notion in law.written.notions.items():
        yield f"  {name}: {{kind: {notion.kind}, var: {notion.var}, where: {_quoted(show(notion.where))}, "
        yield f"    words: {_words(notion.words)}}}"
    yield "definitions:"
    for text in law.written.definitions.values():
        yield from _definition(text)
    yield ""


def _definition(text: DefinitionText) -> Iterator[str]:
    head = text.raw.head
    params = ", ".join(f"{name}: {word}" for name, word, _ in head.params)
    result = "" if head.result == "truth" else f": {head.result}"
    yield f"- define: {_quoted(f'{head.name}({params}){result}')}"
    yield f"  is: {_quoted(show(text.raw.body))}"
    if text.raw.words is not None:
        yield f"  says: {_words(text.raw.words)}"
    if text.note is not None:
        yield f"  note: {_words(text.note)}"


def _versions(law: Law) -> Iterator[str]:
    for version in law.versions:
        yield f"- id: {_quoted(version.id)}"
        yield f"  title: {_words(version.title)}"
        yield f"  act: {_quoted(version.act)}"
        yield f"  signed: {format_iso(version.signed)}"
        match version.in_force:
            case FixedDay(day=day):
                yield f"  in_force: {format_iso(day)}"
            case window:
                first, last = format_iso(window.earliest), format_iso(window.latest)
                yield "  in_force:"
                yield f"    publication: {{earliest: {first}, latest: {last}}}"
                yield f"    plus_days: {window.plus_days}"
    yield ""


def _with_enumerators(text: str, law: Law) -> str:
    """The vocabulary with the enumerators that the package added, each under its enumeration."""
    for name, enumeration in law.vocabulary.enumerations.items():
        for value in reversed(tuple(enumeration.values)):
            if not re.search(rf"^    {re.escape(value)}: ", text, re.MULTILINE):
                head = f"\n  {name}:\n"
                text = text.replace(head, f"{head}    {value}: {_words(enumeration.values[value])}\n", 1)
    return text


def _only(text: str, kept: set[str]) -> str:
    """The notices that stay, entry by entry."""
    parts = re.split(r"(?m)^(?=- id: )", text)
    return parts[0] + "".join(part for part in parts[1:] if part.split()[2] in kept)


__all__ = ["folder_texts", "law_texts", "write_law", "write_texts"]
