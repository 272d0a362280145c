"""What there is to know of one name of the law: a unit, a norm, a reading, a definition, or a message code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from attrs import frozen

from compliance.law.anchors import write_value
from compliance.law.citation import citation, is_within, unit_id_from_user
from compliance.law.model import Law, Norm, Reading, Unit
from compliance.norm.show import show, show_pretty
from compliance.norm.summary import Summaries
from compliance.norm.vocabulary import Words
from compliance.report.phrases import WORDS
from compliance.report.sentences import definition_sentence, sentence_of
from compliance.source.catalog import codes, message
from compliance.source.diagnostic import Diagnostic, Problems, did_you_mean

if TYPE_CHECKING:
    from compliance.norm.program import Definition, Notion

SCHEMA: Final = "reserve.explain/1"

Json = dict[str, Any]
Stories = Callable[[str], tuple[str, ...]]
"""The files of the stories about a unit or a reading."""

Part = tuple[str, Words]
"""A label of the table of phrases, and what stands beside it."""


@frozen
class Explanation:
    """An answer for programs (`json`) and for people (`title` and `parts`, in the order of the page)."""

    title: Words
    json: Json
    parts: tuple[Part, ...]


def explain(what: str, law: Law, stories: Stories) -> Explanation:
    """The explanation of a name or a citation; raises `Problems` with the nearest known name."""
    found = _named(what.strip(), law, stories)
    if found is not None:
        return found
    id = _cited_place(what, law)
    point = None if id in law.units else explain_point(id, law)
    return point or explain_unit(law.unit(id), law, stories)


def _named(what: str, law: Law, stories: Stories) -> Explanation | None:
    """What bears exactly this name."""
    if what in law.units:
        return explain_unit(law.units[what], law, stories)
    if what in law.readings:
        return explain_reading(law.readings[what], law, stories)
    if what in law.program.definitions:
        return explain_definition(law.program.definitions[what], law)
    if what in law.program.notions:
        return explain_notion(law.program.notions[what])
    for norm in law.norms:
        if norm.id == what:
            return explain_norm(norm, law, stories)
    return explain_message(what)


def _cited_place(what: str, law: Law) -> str:
    """The place that a citation names. What is neither a name nor a citation is an error that suggests both."""
    try:
        return unit_id_from_user(what)
    except Problems:
        suggestion = did_you_mean(what, known_names(law))
        raise Problems([Diagnostic("explain.unknown", None, {"word": what}, (), suggestion)]) from None


def explain_point(id: str, law: Law) -> Explanation | None:
    """A point (or a part of one) that is divided into units and has no words of its own."""
    inner = [unit for name, unit in law.units.items() if is_within(name, id)]
    if not inner:
        return None
    cited = Words(citation(id, "en"), citation(id, "ru"))
    json = {"schema": SCHEMA, "id": id, "kind": "point", "citation": _json(cited), "units": [unit.id for unit in inner]}
    parts = [("known_units", Words(f"{unit.id}: {unit.text.en}", f"{unit.id}: {unit.text.ru}")) for unit in inner]
    return Explanation(_titled(cited, id), json, tuple(parts))


def known_names(law: Law) -> tuple[str, ...]:
    """Every name that can be explained."""
    norms = (norm.id for norm in law.norms)
    program = law.program
    return (*law.units, *norms, *law.readings, *program.definitions, *program.notions, *codes())


# --- units and norms ---------------------------------------------------------------------------------------------


def explain_unit(unit: Unit, law: Law, stories: Stories) -> Explanation:
    """A unit: its words, its norms, the readings they consult and the stories about it."""
    norms = law.norms_of(unit.id)
    readings = tuple(dict.fromkeys((*unit.readings, *(name for norm in norms for name in norm.readings))))
    cited = Words(citation(unit.id, "en"), citation(unit.id, "ru"))
    told = stories(unit.id)
    sentences = [sentence_of(norm, law) for norm in norms]
    json = {
        "schema": SCHEMA, "id": unit.id, "citation": _json(cited), "text": _json(unit.text),
        "sentence": _json(_lines(sentences)), "norm": "\n\n".join(_formula(norm) for norm in norms) or None,
        "kind": unit.kind, "bearer": list(unit.bearer), "readings": list(readings), "scenarios": list(told),
        "norms": [_norm_json(norm, words) for norm, words in zip(norms, sentences, strict=True)],
        "parameters": {each.name: {"value": write_value(each.value), "words": each.words} for each in unit.parameters},
        "no_norm": {"why": unit.no_norm.why, **_json(unit.no_norm.words)} if unit.no_norm else None,
        "note": _json(unit.note) if unit.note else None,
    }  # fmt: skip
    parts = [("kind", WORDS[f"kind_{unit.kind}"])]
    parts += [("bearer", _actors(unit.bearer, law))] if unit.bearer else []
    parts += [("text", Words(unit.text.ru, unit.text.ru)), ("translation", Words(unit.text.en, ""))]
    parts += [("parameters", _same(f"{p.name} = {write_value(p.value)} («{p.words}»)")) for p in unit.parameters]
    parts += [("no_norm", unit.no_norm.words)] if unit.no_norm else []
    for norm, words in zip(norms, sentences, strict=True):
        parts += _norm_parts(norm, words)
    parts += [("consults", _reading_line(name, law)) for name in readings]
    parts += [("note", unit.note)] if unit.note else []
    parts += [("scenarios", _same(file)) for file in told]
    return Explanation(_titled(cited, unit.id), json, tuple(parts))


def explain_norm(norm: Norm, law: Law, stories: Stories) -> Explanation:
    """One norm of a unit that has several."""
    cited = Words(citation(norm.unit, "en"), citation(norm.unit, "ru"))
    words, unit = sentence_of(norm, law), law.unit(norm.unit)
    told = stories(norm.unit)
    json = {
        "schema": SCHEMA, "id": norm.id, "unit": norm.unit, "citation": _json(cited), "text": _json(unit.text),
        "sentence": _json(words), "norm": _formula(norm), "kind": unit.kind, "bearer": list(unit.bearer),
        "readings": list(norm.readings), "scenarios": list(told), "definitions": sorted(norm.typed.calls),
        "events": sorted(norm.typed.kinds), "parameters": sorted(norm.typed.params),
    }  # fmt: skip
    parts = [("unit", _titled(cited, norm.unit)), *_norm_parts(norm, words)]
    parts += [("consults", _reading_line(name, law)) for name in norm.readings]
    parts += [("definition", _same(", ".join(sorted(norm.typed.calls))))] if norm.typed.calls else []
    parts += [("scenarios", _same(file)) for file in told]
    return Explanation(_same(norm.id), json, tuple(parts))


def _norm_json(norm: Norm, words: Words) -> Json:
    fails = _json(norm.fails) if norm.fails else None
    return {
        "id": norm.id,
        "norm": _formula(norm),
        "sentence": _json(words),
        "fails": fails,
        "readings": list(norm.readings),
    }


def _norm_parts(norm: Norm, words: Words) -> list[Part]:
    head: list[Part] = [("norm_formula", _same(f"{norm.id}\n{_formula(norm)}")), ("sentence", words)]
    return head + ([("broken", norm.fails)] if norm.fails else [])


def _formula(norm: Norm) -> str:
    return norm.clause.formula.text.strip() or show_pretty(norm.expr)


def _actors(bearer: tuple[str, ...], law: Law) -> Words:
    known = law.vocabulary.enumerations["actor"].values
    said = [known.get(actor, _same(actor)) for actor in bearer]
    return Words(", ".join(words.en for words in said), ", ".join(words.ru for words in said))


def _reading_line(name: str, law: Law) -> Words:
    question = law.readings[name].question if name in law.readings else _same("")
    return Words(f"{name}: {question.en}", f"{name}: {question.ru}")


# --- readings, definitions, messages -----------------------------------------------------------------------------


def explain_reading(reading: Reading, law: Law, stories: Stories) -> Explanation:
    """A reading: what it asks, its values, and where it matters."""
    users = law.units_consulting(reading.id)
    told = stories(reading.id)
    json = {
        "schema": SCHEMA, "id": reading.id, "kind": "reading", "words": reading.words,
        "question": _json(reading.question), "values": {value: _json(words) for value, words in reading.values.items()},
        "default": reading.default, "units": list(users or reading.units), "parts": _json(reading.parts),
        "scenarios": list(told),
    }  # fmt: skip
    parts: list[Part] = [("text", _same(f"«{reading.words}»")), ("question", reading.question)]
    for value, words in reading.values.items():
        parts.append(("value", Words(f"{value}: {words.en}", f"{value}: {words.ru}")))
    parts.append(("default", _same(reading.default) if reading.default else WORDS["no_default"]))
    parts.append(("differs", reading.parts))
    parts += [("used_by", _cited(unit)) for unit in users or reading.units]
    parts += [("scenarios", _same(file)) for file in told]
    return Explanation(Words(f"reading {reading.id}", f"прочтение {reading.id}"), json, tuple(parts))


def explain_definition(definition: Definition, law: Law) -> Explanation:
    """A definition: its formula, its words, and the norms that rest on it."""
    written = law.written.definitions[definition.name]
    params = ", ".join(f"{name}: {kind}" for name, kind, _ in written.raw.head.params)
    head = f"{definition.name}({params})"
    readings = sorted(Summaries(law.program.definitions).definition(definition.name).readings)
    users = [norm.id for norm in law.norms if definition.name in norm.typed.calls]
    json = {
        "schema": SCHEMA, "id": definition.name, "kind": "definition", "head": head, "norm": show(definition.body),
        "sentence": _json(definition_sentence(definition.name, law)), "norms": users,
        "readings": readings,
    }  # fmt: skip
    parts: list[Part] = [("formula", _same(f"{head}\n{show_pretty(definition.body)}"))]
    parts += [("sentence", definition_sentence(definition.name, law))]
    parts += [("note", written.note)] if written.note else []
    parts += [("consults", _reading_line(name, law)) for name in readings]
    parts += [("used_by", _same(", ".join(users)))] if users else []
    title = Words(f"definition {definition.name}", f"определение {definition.name}")
    return Explanation(title, json, tuple(parts))


def explain_notion(notion: Notion) -> Explanation:
    """A notion: a kind of event narrowed by a condition."""
    formula = f"{notion.kind} {notion.var} with {show(notion.where)}"
    json = {"schema": SCHEMA, "id": notion.name, "kind": "notion", "norm": formula, "words": _json(notion.words)}
    parts: list[Part] = [("meaning", notion.words), ("formula", _same(formula))]
    return Explanation(Words(f"notion {notion.name}", f"понятие {notion.name}"), json, tuple(parts))


def explain_message(code: str) -> Explanation | None:
    """A code of a diagnostic, or nothing where there is no such code."""
    found = message(code)
    if found is None:
        return None
    line, meaning = Words(found.en, found.ru), Words(found.explain_en, found.explain_ru)
    json = {"schema": SCHEMA, "id": code, "kind": "message", "message": _json(line), "meaning": _json(meaning)}
    return Explanation(_same(code), json, (("message", line), ("meaning", meaning)))


# --- the index ---------------------------------------------------------------------------------------------------


def index(law: Law) -> Explanation:
    """Every name that can be explained, by what it is."""
    norms = {norm.id for norm in law.norms} - law.units.keys()
    program = law.program
    lists: Mapping[str, list[str]] = {
        "units": list(law.units), "norms": sorted(norms), "readings": list(law.readings),
        "definitions": sorted(program.definitions), "notions": sorted(program.notions), "codes": list(codes()),
    }  # fmt: skip
    parts = tuple((f"known_{name}", _same(", ".join(names))) for name, names in lists.items() if names)
    return Explanation(WORDS["known_names"], {"schema": SCHEMA, **lists}, parts)


def _lines(sentences: list[Words]) -> Words:
    return Words("\n".join(words.en for words in sentences), "\n".join(words.ru for words in sentences))


def _titled(cited: Words, id: str) -> Words:
    return Words(f"{cited.en} ({id})", f"{cited.ru} ({id})")


def _cited(unit: str) -> Words:
    return _titled(Words(citation(unit, "en"), citation(unit, "ru")), unit)


def _same(text: str) -> Words:
    return Words(text, text)


def _json(words: Words) -> Json:
    return {"en": words.en, "ru": words.ru}
