"""The report as JSON, in the fixed shape `reserve.check/1`, whole or one result a line; and its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final, get_args

from compliance.norm.vocabulary import Lang, Words
from compliance.report.schema import COUNT, DAY, DRAFT, FLAG, TEXT, WORDS, Json, list_of, map_of, object_of
from compliance.source.diagnostic import as_json
from compliance.verdict import (
    CheckReport,
    Duty,
    Evidence,
    NoticeFinding,
    Proposal,
    Result,
    Status,
    UnitFinding,
)

SCHEMA: Final = "reserve.check/1"


def dump(value: object) -> str:
    """JSON for people and programs: two blanks of indentation, Russian letters as they are, one line end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def json_report(report: CheckReport, lang: Lang = "en", all_units: bool = False) -> str:
    """The whole report; words stand in both languages, so that `lang` matters for problems alone."""
    return dump(report_as_json(report, lang, all_units))


def jsonl_report(report: CheckReport, lang: Lang = "en", all_units: bool = False) -> str:
    """One result a line, then one line for each problem."""
    lines: list[Json] = [{"schema": SCHEMA, **result_as_json(result, all_units)} for result in report.results]
    lines += [{"schema": SCHEMA, "problem": as_json(problem, lang)} for problem in report.problems]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def report_as_json(report: CheckReport, lang: Lang = "en", all_units: bool = False) -> Json:
    """`problems` stands there only where a file could not be read, `not_checked` only with all units."""
    problems = [as_json(problem, lang) for problem in report.problems]
    not_checked = [{"unit": unit, "why": _words(words)} for unit, words in report.not_checked]
    return {
        "schema": SCHEMA,
        "results": [result_as_json(result, all_units) for result in report.results],
        "summary": report.summary(),
        **({"problems": problems} if problems else {}),
        **({"not_checked": not_checked} if all_units else {}),
    }


def result_as_json(result: Result, all_units: bool = False) -> Json:
    """One officer of one file."""
    return {
        "file": result.file,
        "officer": result.officer,
        **({"title": _words(result.title)} if result.title else {}),
        "law": result.law,
        "as_of": result.as_of,
        "verdict": result.verdict,
        "robust": result.robust,
        "depends_on": _table(result.depends_on),
        "units": [finding_as_json(finding) for finding in (result.all_units if all_units else result.units)],
        "notices": [_notice(notice) for notice in result.notices],
        "pending": [_duty(duty) for duty in result.pending],
        "ahead": [_duty(duty) for duty in result.ahead],
        "missing": [fact.path for fact in result.missing],
        **({"proposal": _proposal(result.proposal)} if result.proposal else {}),
        **({"unmet": [_unmet(item.what, item.expected, item.got) for item in result.unmet]} if result.expected else {}),
    }


def finding_as_json(finding: UnitFinding) -> Json:
    """One norm of one unit; `combination` and `projected` only where they say something."""
    return {
        "unit": finding.unit,
        "verdict": finding.verdict,
        "robust": finding.robust,
        "depends_on": _table(finding.depends_on),
        **({"combination": dict(finding.combination)} if finding.combination else {}),
        "citation": _words(finding.citation),
        "norm": finding.norm,
        "because": _because(finding.because),
        "says": _joined(finding.says),
        "repair": [{"change": step.change, "to": step.to} for step in finding.repair],
        **({"projected": True} if finding.projected else {}),
    }


def _words(words: Words) -> Json:
    return {"en": words.en, "ru": words.ru}


def _joined(sentences: Iterable[Words]) -> Json:
    said = list(dict.fromkeys(sentences))
    return {"en": "; ".join(words.en for words in said), "ru": "; ".join(words.ru for words in said)}


def _table(depends_on: Mapping[str, Mapping[str, Status]]) -> Json:
    return {reading: dict(by_value) for reading, by_value in depends_on.items()}


def _because(events: Iterable[Evidence]) -> list[Json]:
    return [{"event": e.event, "index": e.index, "date": e.date, "line": e.line} for e in events]


def _notice(notice: NoticeFinding) -> Json:
    start = {"id": notice.id, "severity": notice.severity, "units": list(notice.units)}
    return {**start, "says": _words(notice.says), "because": _because(notice.because)}


def _duty(duty: Duty) -> Json:
    start = {"unit": duty.unit, "norm": duty.norm, "by": duty.by, "bearer": list(duty.bearer)}
    return {**start, "citation": _words(duty.citation), "because": _because(duty.because)}


def _proposal(proposal: Proposal) -> Json:
    return {"answer": proposal.answer, "from": proposal.start, "units": list(proposal.units)}


def _unmet(what: str, expected: str, got: str) -> Json:
    return {"what": what, "expected": expected, "got": got}


# --- the schema --------------------------------------------------------------------------------------------------


def check_schema() -> Json:
    """The JSON Schema of the report."""
    return {
        "$schema": DRAFT,
        "title": SCHEMA,
        **object_of(
            {
                "schema": {"const": SCHEMA},
                "results": list_of(_RESULT),
                "summary": object_of(dict.fromkeys(("compliant", "violated", "pending", "undetermined"), COUNT)),
                "problems": list_of({"type": "object"}),
                "not_checked": list_of(object_of({"unit": TEXT, "why": WORDS})),
            },
            optional=("problems", "not_checked"),
        ),
    }


_STATUS: Final[Json] = {"enum": sorted(get_args(Status))}
_DEPENDS: Final[Json] = map_of(map_of(_STATUS))
_EVENT: Final[Json] = object_of({
    "event": TEXT, "index": COUNT, "date": TEXT, "line": {"type": ["integer", "null"]},
})  # fmt: skip
_CHANGE: Final[Json] = object_of({"change": TEXT, "to": {"type": ["string", "null"]}})
_FINDING: Final[Json] = object_of(
    {
        "unit": TEXT, "verdict": _STATUS, "robust": FLAG, "depends_on": _DEPENDS, "combination": map_of(TEXT),
        "citation": WORDS, "norm": TEXT, "because": list_of(_EVENT), "says": WORDS, "repair": list_of(_CHANGE),
        "projected": FLAG,
    },
    optional=("combination", "projected"),
)  # fmt: skip
_DUTY: Final[Json] = object_of({
    "unit": TEXT, "norm": TEXT, "by": DAY, "bearer": list_of(TEXT), "citation": WORDS, "because": list_of(_EVENT),
})  # fmt: skip
_NOTICE: Final[Json] = object_of({
    "id": TEXT, "severity": {"enum": ["contradiction", "notice"]}, "units": list_of(TEXT), "says": WORDS,
    "because": list_of(_EVENT),
})  # fmt: skip
_ANSWERS: Final[Json] = {"enum": ["yes", "no", "not_yet", "undetermined"]}
_RESULT: Final[Json] = object_of(
    {
        "file": TEXT, "officer": TEXT, "title": WORDS, "law": TEXT, "as_of": TEXT, "verdict": _STATUS,
        "robust": FLAG, "depends_on": _DEPENDS, "units": list_of(_FINDING), "notices": list_of(_NOTICE),
        "pending": list_of(_DUTY), "ahead": list_of(_DUTY), "missing": list_of(TEXT),
        "proposal": object_of({"answer": _ANSWERS, "from": {"type": ["string", "null"]}, "units": list_of(TEXT)}),
        "unmet": list_of(object_of({"what": TEXT, "expected": TEXT, "got": TEXT})),
    },
    optional=("title", "proposal", "unmet"),
)  # fmt: skip
