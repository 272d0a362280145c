"""What a law that can be read may still get wrong: leftovers, promises not kept, gaps against the official text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from compliance.law.anchors import read_words, write_value
from compliance.law.citation import is_within, parse_unit_id
from compliance.law.load import load_law
from compliance.law.model import Law, Reading, Unit
from compliance.law.references import references, resolves
from compliance.law.templates import check_templates
from compliance.norm import ast
from compliance.norm.ast import Expr
from compliance.norm.vocabulary import Words
from compliance.norm.walk import nodes
from compliance.source.diagnostic import Collector, Diagnostic, Problems
from compliance.source.loc import Place

_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_LATIN: Final = re.compile(r"[A-Za-z]")
_CYRILLIC: Final = re.compile(r"[А-Яа-яЁё]")


def lint_folder(path: Path | None = None, used_elsewhere: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """The findings on a law in a folder: why it cannot be read, or what the checks of a readable law find."""
    try:
        law = load_law(path)
    except Problems as problems:
        return problems.diagnostics
    return lint(law, used_elsewhere)


def lint(law: Law, used_elsewhere: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """The findings on a law that has been read, sorted by place; `used_elsewhere` are names that theorems use."""
    collector = Collector()
    collector.add(*law.warnings)
    _unused(law, frozenset(used_elsewhere), collector)
    _kinds(law, collector)
    for reading in law.readings.values():
        _reading(law, reading, collector)
    for unit in law.units.values():
        _unit(law, unit, collector)
    _named_units(law, collector)
    _checklist(law, collector)
    check_templates(law, collector)
    for what, name, words, place in _all_words(law):
        if _untranslated(words):
            collector.warning("law.translation-missing", place, what=what, word=name)
    return collector.found


# --- what nobody uses --------------------------------------------------------------------------------------------


def _unused(law: Law, elsewhere: frozenset[str], collector: Collector) -> None:
    written = law.written
    typed = [formula for _, formula in law.formulas()]
    used = frozenset().union(elsewhere, *(formula.calls for formula in typed))
    for name, text in written.definitions.items():
        if name not in used:
            collector.warning("law.unused-definition", text.place, word=name)
    words = {word for expr in _written_formulas(law) for word in _kinds_named(expr)}
    words |= {word for text in written.definitions.values() for _, word, _ in text.raw.head.params}
    for name, notion in written.notions.items():
        if name not in words | elsewhere:
            collector.warning("law.unused-notion", notion.where.place, word=name)
    params = frozenset().union(elsewhere, *(formula.params for formula in typed))
    for name, parameter in law.parameters.items():
        if name not in params:
            collector.warning("law.unused-parameter", parameter.place, word=name)
    consulted = frozenset().union(*(formula.readings for formula in typed))
    for name, reading in law.readings.items():
        if name not in consulted | elsewhere:
            collector.warning("law.unused-reading", reading.place, word=name)


def _written_formulas(law: Law) -> Iterator[Expr]:
    written = law.written
    for unit in written.units.values():
        yield from (clause.formula.expr for clause in unit.clauses)
    yield from (notice.formula.expr for notice in written.notices)
    yield from (fact.formula.expr for fact in written.world)
    for text in written.definitions.values():
        yield text.raw.body


def _kinds_named(expr: Expr) -> Iterator[str]:
    """The words for kinds and notions in an expression as written."""
    for node in nodes(expr):
        if isinstance(node, ast.Quant | ast.Pick):
            yield node.kind


def _kinds(law: Law, collector: Collector) -> None:
    """Every kind of event is mentioned by some formula, or is said not to be."""
    mentioned = frozenset().union(*(formula.kinds for _, formula in law.formulas()))
    checklist = law.written.checklist
    silent: Mapping[str, Words] = checklist.unmentioned if checklist else {}
    place = checklist.place if checklist else None
    for kind in law.vocabulary.kind_names():
        if kind not in mentioned and kind not in silent:
            collector.warning("law.unmentioned-kind", None, word=kind)
    for kind in silent:
        if kind not in law.vocabulary.kinds:
            collector.unknown("law.unknown-kind", place, kind, law.vocabulary.kinds)
        elif kind in mentioned:
            collector.warning("law.mentioned-kind", place, word=kind)


# --- promises ----------------------------------------------------------------------------------------------------


def _reading(law: Law, reading: Reading, collector: Collector) -> None:
    """The units that a reading lists are those whose norms consult it; a unit without norm may be listed freely.

    A listed unit that does not consult it is an error; one left out is a warning, for a norm may name a reading that
    never decides it.
    """
    consulting = law.units_consulting(reading.id)
    idle = [listed for listed in reading.units if not _consulted_within(law, listed, consulting)]
    silent = [unit for unit in consulting if not any(_covers(listed, unit) for listed in reading.units)]
    if idle:
        collector.error("law.reading-not-consulted", reading.place, reading=reading.id, units=", ".join(idle))
    if silent:
        collector.warning("law.reading-not-listed", reading.place, reading=reading.id, units=", ".join(silent))


def _consulted_within(law: Law, listed: str, consulting: Collection[str]) -> bool:
    with_norm = [unit.id for unit in law.units.values() if unit.clauses and _covers(listed, unit.id)]
    return not with_norm or any(unit in consulting for unit in with_norm)


def _covers(listed: str, unit: str) -> bool:
    try:
        return is_within(unit, listed)
    except Problems:
        return False


def _unit(law: Law, unit: Unit, collector: Collector) -> None:
    if not unit.clauses and unit.no_norm is None:
        collector.error("law.norm-missing", unit.place, unit=unit.id)
    if unit.note is None:
        collector.warning("law.note-missing", unit.place, word=unit.id)
    for reference in references(unit):
        if not resolves(reference.target, law.units):
            fields = {"unit": unit.id, "words": reference.words, "target": reference.target}
            collector.add(Diagnostic("law.dangling-reference", unit.text_place, fields))
    for parameter in unit.parameters:
        if read_words(parameter.words) is None:
            value = write_value(parameter.value)
            collector.warning("law.words-unread", parameter.words_place, words=parameter.words, value=value)
    if unit.readings:
        _unit_readings(law, unit, collector)


def _unit_readings(law: Law, unit: Unit, collector: Collector) -> None:
    consulted = {reading for norm in law.norms_of(unit.id) for reading in norm.readings}
    for reading in unit.readings:
        if reading not in law.readings:
            collector.unknown("law.unknown-reading", unit.place, reading, law.readings)
        elif reading not in consulted and unit.clauses:
            collector.error("law.unit-reading-not-consulted", unit.place, unit=unit.id, word=reading)
    for reading in sorted(consulted - set(unit.readings)):
        collector.error("law.unit-reading-not-listed", unit.place, unit=unit.id, word=reading)


# --- names of units ----------------------------------------------------------------------------------------------


def _named_units(law: Law, collector: Collector) -> None:
    for name, place in _units_named(law):
        if not _is_unit(name) or not resolves(name, law.units):
            collector.unknown("law.unknown-unit-named", place, name, law.units)


def _units_named(law: Law) -> Iterator[tuple[str, Place | None]]:
    for reading in law.readings.values():
        yield from ((unit, reading.place) for unit in reading.units)
    for notice in law.notices:
        yield from ((unit, notice.clause.place) for unit in notice.clause.units)
    for chapter in law.written.chapters:
        yield chapter.first, chapter.place
    for enumeration in law.vocabulary.enumerations.values():
        yield from ((value, None) for value in enumeration.values if _is_unit(value))


def _is_unit(name: str) -> bool:
    try:
        parse_unit_id(name)
    except Problems:
        return False
    return True


def _checklist(law: Law, collector: Collector) -> None:
    """The units hold against the skeleton of the official text."""
    checklist = law.written.checklist
    if checklist is None:
        return
    for unit in law.units.values():
        if unit.id not in checklist.units:
            collector.unknown("law.unit-not-official", unit.place, unit.id, checklist.units)
        if unit.clauses and unit.id not in checklist.breakable:
            collector.warning("law.norm-not-breakable", unit.place, word=unit.id)
    for name in dict.fromkeys((*checklist.units, *checklist.breakable)):
        if name not in law.units:
            collector.error("law.unit-missing", checklist.place, word=name)
        elif name in checklist.breakable and not law.units[name].clauses:
            collector.error("law.breakable-without-norm", law.units[name].place, word=name)


# --- two languages -----------------------------------------------------------------------------------------------


def _untranslated(words: Words) -> bool:
    """The same words twice, no Russian letter in the Russian ones, or no Latin letter in the English ones."""
    english, russian = (_PLACEHOLDER.sub("", text) for text in (words.en, words.ru))
    if not _LATIN.search(english) and not _CYRILLIC.search(russian):
        return english != russian
    return not _CYRILLIC.search(russian) or not _LATIN.search(english)


def _all_words(law: Law) -> Iterator[tuple[str, str, Words, Place | None]]:
    """Everything that is said in both languages: what it is, whose it is, the words and their place."""
    for unit in law.units.values():
        yield from _present(unit.place, unit.id, text=unit.text, note=unit.note)
        for clause in unit.clauses:
            yield from _present(clause.place, clause.id, fails=clause.fails)
    for reading in law.readings.values():
        yield from _present(reading.place, reading.id, question=reading.question, parts=reading.parts)
        for value, words in reading.values.items():
            yield from _present(reading.place, f"{reading.id}: {value}", value=words)
    for name, text in law.written.definitions.items():
        yield from _present(text.place, name, says=text.raw.words, note=text.note)
    for notice in law.notices:
        yield from _present(notice.clause.place, notice.id, fails=notice.clause.fails)
    for fact in law.world:
        yield from _present(fact.clause.place, fact.id, says=fact.clause.says)


def _present(place: Place | None, name: str, **words: Words | None) -> Iterable[tuple[str, str, Words, Place | None]]:
    return ((what, name, said, place) for what, said in words.items() if said is not None)
